"""A follow-up question and the turns before it -> a question that stands alone; rules only.

1. "What about Vivo?" is the earlier question with its subject exchanged.
2. "The first one" is an item of the list that was answered last.
3. "Who said that?" asks about the sentence that was shown last.
4. Any other question that leans on what was said ("it", "they", "there", hardly a word of
   its own) takes along the names and rare words of the turns before.
A question that stands alone already is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language import STOP, content_stems, names, stem, words
from bot.questions import subject_of
from bot.records import Turn

# Words taken along from earlier turns: more of them drown the question's own.
CARRIED = 8
FEW = 3  # content words; a shorter question is taken to go on with the topic

_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_ORDINAL = re.compile(
    r"\bthe\s+(?P<which>first|second|third|fourth|fifth|last)(?:\s+(?:one|item|phone|of\s+(?:them|those|these)))?\b"
    r"(?!\s+\w+\s+(?:to|of))",
    re.I,
)
_ABOUT = re.compile(r"^(?:and\s+|but\s+|so\s+)?(?:what|how)\s+about\s+(?P<new>.+?)\??$", re.I)
_AND = re.compile(r"^(?:and|but|or)\s+(?:for|in|with|at|by|from)?\s*(?P<new>[^?]{1,60}?)\??$", re.I)
_SAID = re.compile(
    r"\b(?:who|where|when)\b.*\b(?:said|says|say|claim(?:s|ed)|report(?:s|ed)|wrote|confirmed)\s+(?:that|this|it|so)\b",
    re.I,
)
_LEANS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|"
    r"one|ones|both|either|neither|former|latter|same|other|others|another|else|more|"
    r"then|too|instead)\b|^(?:and|but|so|or|why|how|when|where|who)\W*$|^(?:and|but|so|or|also)\b",
    re.I,
)
_WHOLE = re.compile(
    r"(?:who|whom|whose|what|which|when|where|why|how(?:\s+(?:much|many|long|often|far|old))?+)\s+"
    r"(?!(?:in|at|for|from|with|on|to|of|about|and|or|after|before)\b)\w|tell\b|any\b",
    re.I,
)
_CLAUSE = re.compile(
    r"\b(?:who|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|will)\b", re.I
)
_ITEM = re.compile(r"^- \*\*(?P<item>[^*]+)\*\*", re.M)
_QUOTE = re.compile(r"“(?P<quote>[^”]+)”")


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question as it would be asked without the turns before it."""
    if not history or not question.strip():
        return question
    last = history[-1]
    if exchanged := _exchanged(question, last, history[:-1]):
        return exchanged
    if item := _item(question, history):
        return _with_item(question, item, history)
    if _SAID.search(question) and (quote := _last_quote(last)):
        return f"{question.rstrip('?').strip()}: {quote}"
    if not leans(question):
        return question
    return _with_topic(question, history)


def leans(question: str) -> bool:
    """Whether the question needs what was said before it to be understood.

    "Who owns Zeiss?" is short and whole; "How much in India?" is short and goes on.
    """
    if _LEANS.search(question):
        return True
    whole = bool(names(question)) and bool(_WHOLE.match(question.strip()))
    return not whole and len(set(content_stems(question))) < FEW


def _exchanged(question: str, last: Turn, before: Sequence[Turn]) -> str:
    """The last question about what is named now: "What about Vivo?"."""
    match = _ABOUT.match(question.strip()) or _AND.match(question.strip())
    if not match or _ORDINAL.search(question) or len(words(match["new"])) > 6:
        return ""
    earlier = standalone(last.question, before)
    new, old = match["new"].strip(), names(earlier)
    if not names(new) or not old or _LEANS.search(new) or _CLAUSE.search(new):
        return ""
    return earlier.replace(old[0], new, 1)


def _item(question: str, history: Sequence[Turn]) -> str:
    """The item that "the second one" names, of the last turn that has that many."""
    match = _ORDINAL.search(question)
    place = _ORDINALS[match["which"].lower()] if match else 0
    for turn in reversed(history if match else ()):
        items = _items(turn)
        if -len(items) <= place < len(items):
            return items[place]
    return ""


def _items(turn: Turn) -> list[str]:
    """What a turn listed, or else the names that it brought up."""
    items = [s.item for s in turn.answer.statements if s.item] if turn.answer else []
    return items or [m["item"] for m in _ITEM.finditer(turn.text)] or _listed_names(turn)


def _listed_names(last: Turn) -> list[str]:
    """The names of the last answer that its question did not hold, in order."""
    known = {stem(word) for word in words(last.question)}
    found = dict.fromkeys(names(" ".join(m["quote"] for m in _QUOTE.finditer(last.text))))
    return [name for name in found if not {stem(word) for word in words(name)} <= known]


def _with_item(question: str, item: str, history: Sequence[Turn]) -> str:
    """The question about the item; "and the second one?" asks what was asked of the first."""
    named = _ORDINAL.sub(item, question, count=1)
    bare = re.fullmatch(rf"(?:and|but|what about|how about|\W)*{re.escape(item)}\W*", named, re.I)
    if not bare:
        return named
    earlier = standalone(history[-1].question, history[:-1])
    known = {other: None for turn in history for other in _items(turn) if other != item}
    longest = sorted(known, key=len, reverse=True)  # "Leitz Phone 1" before "Leitz Phone"
    asked = next((o for o in longest if re.search(rf"\b{re.escape(o)}\b", earlier)), "")
    return earlier.replace(asked, item, 1) if asked else f"What about {item}?"


def _last_quote(last: Turn) -> str:
    if last.answer and last.answer.statements:
        return last.answer.statements[0].text
    match = _QUOTE.search(last.text)
    return match["quote"] if match else ""


def _with_topic(question: str, history: Sequence[Turn]) -> str:
    """The question, and in brackets the words that the turns before it were about."""
    own = set(content_stems(question))
    carried: dict[str, None] = {}
    for turn in reversed(history):
        for term in () if _SAID.search(turn.question) else _topic(turn.question):
            size = len(words(" ".join([*carried, term])))
            if not set(content_stems(term)) <= own and size <= CARRIED:
                carried.setdefault(term)
    return f"{question} ({', '.join(carried)})" if carried else question


def _topic(text: str) -> list[str]:
    """The names of a text, or of the subject it asks about, and then its other words."""
    text = subject_of(text)[1] or text
    named = names(text)
    known = {stem(word) for name in named for word in words(name)}
    others = [w for w in words(text) if w.lower() not in STOP and stem(w) not in known]
    return list(dict.fromkeys([*named, *others]))
