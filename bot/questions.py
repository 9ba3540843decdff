"""What a question asks for, read off its words: the kind of answer, its terms, names and time.

Pure rules over the question alone; nothing here has seen an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.language import STOP, content_stems, is_model_word, names, words
from bot.periods import Period, is_only_time, period_of

Kind = Literal[
    "who", "when", "where", "count", "amount", "which", "polar", "why", "how", "what",
    "identity", "latest", "happened",
]  # fmt: skip

_PLURAL = re.compile(
    r"(?:[a-z]{2,}(?:[^siu]s|ies|ches|shes|xes|sses|ues)|people|men|women|children)$"
)
# Nouns that end in s and are no plural, or stand before another noun: "which sports league".
_NO_PLURAL = frozenset(
    """sports news series species politics economics means headquarters lens gas canvas atlas bias
    alias""".split()
)
# "Which type of fees" asks for one thing, however many fees there are.
_ONE_OF = re.compile(
    r"^(?:type|kind|sort|form|group|part|brand|piece|member|style|make|one|set)\s+of\b", re.I
)
_LIST_OPENING = re.compile(
    r"^(?:please\s+)?(?:(?:list|name|enumerate)\s+(?:all|every|the)?|(?:give|show|tell)\s+me\s+"
    r"(?:a\s+list\s+of|all|every)|what\s+are\s+(?:all\s+)?the|who\s+are\s+(?:all\s+)?the|"
    r"who\s+all|which\s+of\s+the\s+\w+s\b)",
    re.I,
)
_HEAD = re.compile(
    r"\b(?:which|what|how\s+many|list|name|all|every|are\s+the)\s+(?:of\s+the\s+|the\s+|all\s+|"
    r"other\s+|different\s+)*(?P<head>(?:[\w’'-]+\s+){0,3}?[\w’'-]+?s)\b",
    re.I,
)
_AUXILIARY = "is|are|was|were|did|does|do|has|have|had|will|would|can|could|should"
_SINGULAR_VERB = re.compile(r"^\s*(?:is|was|isn't|wasn't)\b", re.I)
_PLACES = "country|city|state|town|place|continent|county|nation"
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("count", r"\bhow many\b"),
    (
        "amount",
        r"\bhow (?:much|long|old|far|big|large|tall|fast|often|high|deep|heavy|wide|thick)\b"
        r"|\bat what (?:price|cost)\b"
        r"|\bwhat (?:is|was|will be|were) the (?:price|cost|number|percentage|amount|total)\b"
        r"|\bwhat (?:will|does|did|do|would)\b.*\bcost\b",
    ),
    ("when", r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|week|time)\b|\bsince when\b"),
    ("where", rf"\bwhere\b|\b(?:what|which|in which|in what) (?:{_PLACES})\b"),
    (
        "who",
        r"\bwho(?:m|se)?\b"
        r"|\b(?:what|which) (?:person|man|woman|actor|actress|singer|politician|author)\b",
    ),
    ("why", r"\bwhy\b|\bwhat (?:caused|led to)\b|\bfor what reason\b|\bthe reason\b"),
    ("which", r"\bwhich\b"),
    ("polar", rf"^(?:{_AUXILIARY})\b"),
    ("how", r"\bhow\b"),
)
_NEWS = r"(?:news|developments?|updates?|reports?|information|word|story|state of affairs)"
_ON = r"(?:on|about|from|with|regarding|concerning|around|in|at)"
# "What is the latest on Leica?": the newest that the articles say of a subject as a whole.
_LATEST = re.compile(
    rf"""^(?:and\s+|please\s+|can\s+you\s+|could\s+you\s+)*(?:
    what(?:['’]s|\s+is|\s+are)\s+(?:the\s+)?(?:latest|newest|most\s+recent)(?:\s+{_NEWS})?\s+{_ON}
    |what(?:['’]s|\s+is)\s+(?:new|going\s+on|happening|up)\s+{_ON}
    |(?:is\s+there\s+|are\s+there\s+)?(?:any|what(?:['’]s|\s+is)\s+the|latest|recent)
        \s+(?:(?:new|recent|latest)\s+)?{_NEWS}\s+{_ON}
    |(?:the\s+)?(?:latest|newest|news)(?:\s+{_NEWS})?\s+{_ON}
    |(?:tell|brief|update|inform)\s+me\s+(?:more\s+)?(?:about|on)
    |what\s+(?:do|does|did)\s+(?:you|we|they|the\s+(?:articles?|news|papers?))\s+
        (?:know|say|report|tell\s+(?:me|us)|write)\s+(?:about|on|of)
    |what\s+(?:is|has\s+been|was)\s+(?:reported|known|said|written)\s+(?:about|on|of|under)
    |(?:summari[sz]e|sum\s+up|give\s+me\s+an?\s+(?:summary|overview)\s+of)
    )\s+(?P<subject>\S.*?)[\s?.!]*$""",
    re.I | re.X,
)
# "Who is Ada Brink?", "What does Ada Brink do at Zeiss?": what a name stands for.
_IDENTITY = re.compile(
    r"^(?:and\s+|so\s+)?(?:(?:who|what)(?:['’]s|\s+(?:is|are|was|were))\s+(?:exactly\s+)?"
    r"(?:the\s+|an?\s+)?(?P<subject>\S.*?)"
    r"|what\s+(?:does|did)\s+(?P<doing>\S.*?)\s+do(?:\s+(?:at|for|in)\s+\S.*?)?)[\s?.!]*$",
    re.I,
)
# "What happened in March 2021?", and nothing but the time behind it.
_HAPPENED = re.compile(
    r"^(?:and\s+|so\s+)?what(?:['’]s|\s+else)?\s+(?:has\s+)?(?:happened|(?:was|is|were|are)\s+(?:in\s+)?"
    r"(?:the\s+)?(?:news|announced|reported|published)|did\s+the\s+(?:articles|papers|news)\s+"
    r"(?:say|report|write))\b(?P<time>.*?)[\s?.!]*$",
    re.I,
)
# A follow-up carries what it is about in brackets: "Tell me more about it (Leica)".
_CARRIED = re.compile(r"^(?:it|them|him|her|that|this|these|those)\s+\((?P<topic>[^()]+)\)$", re.I)
_PRESENT = re.compile(
    r"\b(?:this week|latest|newest|most recent|recently|now|currently|current|today|yesterday|"
    r"still|this month|this year|so far|these days|last week|just|upcoming|outgoing)\b",
    re.I,
)


_FILLERS = frozenset(["two", "three", "four", "five", "various", "several"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart.

    `terms` are distinct content stems in order; `names` proper names as written; `models`
    figures and model numbers, lower case. `head` is the plural noun phrase whose members a
    list question asks for (""). `period` are the days that its time words name. `subject` is
    what a question of the kinds "latest" and "identity" wants to be told about ("").
    """

    text: str
    kind: Kind
    terms: tuple[str, ...]
    names: tuple[str, ...]
    models: tuple[str, ...]
    head: str
    wants_list: bool
    present: bool
    period: Period | None
    subject: str = ""

    @property
    def name_words(self) -> tuple[str, ...]:
        """The words of the names, lower case."""
        return tuple(dict.fromkeys(w.lower() for name in self.names for w in words(name)))


def ask(text: str, today: date) -> Asked:
    """Take a question apart; `today` is the day that "last week" is counted from."""
    kind: Kind = next((kind for kind, rule in _KINDS if re.search(rule, text, re.I)), "what")
    head = _head(text)
    period, rest = period_of(text, today)
    whole, subject = subject_of(rest)
    if period and (match := _HAPPENED.match(text.strip())) and is_only_time(match["time"]):
        whole = "happened"
    kind = whole or kind
    return Asked(
        text=text,
        kind=kind,
        terms=tuple(dict.fromkeys(content_stems(subject or rest))),
        names=tuple(dict.fromkeys(names(text))),
        models=tuple(dict.fromkeys(w.lower() for w in words(rest) if is_model_word(w))),
        head=head,
        wants_list=bool(head) and kind in ("which", "count", "what", "who", "where"),
        present=bool(_PRESENT.search(text)),
        period=period,
        subject=subject,
    )


def subject_of(text: str) -> tuple[Kind | None, str]:
    """The kind of a question about a subject as a whole, and that subject; None and "" if not."""
    if (match := _LATEST.match(text.strip())) and content_stems(match["subject"]):
        return "latest", _CARRIED.sub(r"\g<topic>", match["subject"])
    match = _IDENTITY.match(text.strip())
    subject = (match["subject"] or match["doing"]) if match else ""
    if subject and names(subject) == [subject] and not subject.isdigit():
        return "identity", subject
    return None, ""


def _head(text: str) -> str:
    """The plural that is asked for: "Xiaomi phones" in "which Xiaomi phones were ...", or ""."""
    match = _HEAD.search(text)
    if not match or _SINGULAR_VERB.match(text[match.end() :]):
        return ""
    opening = bool(_LIST_OPENING.match(text.strip()))
    asks = re.match(r"(?:which|what|how)\b", match.group(), re.I)
    last = words(match["head"])[-1].lower()
    if not (opening or asks) or not _PLURAL.search(last) or last in STOP | _NO_PLURAL:
        return ""
    if _ONE_OF.match(match["head"]):
        return ""
    kept = [word for word in match["head"].split() if word.lower() not in STOP | _FILLERS]
    return " ".join(kept)
