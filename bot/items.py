"""The members of a list: which names in a sentence are of the kind that a question asks for.

"Which Xiaomi phones" asks for products: names that begin with the maker's, or that stand
beside one that does ("the Xiaomi 13, 13 Pro and 13 Ultra"). "Which executives" asks for names
of people, "which companies" for names without a model number. A name in a clause that denies
or only imagines is no item.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from bot.language import STOP, is_model_word, name_spans, stem, stems, words
from bot.sentences import sentence_spans
from bot.wanted import Wanted

_SERIES = re.compile(r"\s+(?:series|line-?up|family)\b", re.I)
_CLAUSE = re.compile(
    r"[;:—–]|\s-\s|,?\s+(?:but|while|whereas|although|though|which|who)\s|,\s+and\s+(?=the\s)", re.I
)
_ASIDE = re.compile(r",\s+(?:which|who|that)\s[^,;:]*,")
_DENIES = re.compile(
    r"\b(?:not|never|no longer|neither|nor|without|except|excluding|unlike|instead of|"
    r"rather than|cannot)\b(?!\s+(?:only|just))|n['’]t\b",
    re.I,
)
# What follows an item can deny it as well: "the 13 Lite, which was shown too, has no ...".
_LACKS = re.compile(r"\b(?:has|have|had|with|carries|carry) no\b|\black(?:s|ed|ing)?\b", re.I)
_DAY = re.compile(rf"\d{{1,2}} (?:{'|'.join(calendar.month_name[1:])})|(?:19|20)\d\d")
_IMAGINES = re.compile(r"\b(?:if|could|might|would|should have|had it)\b", re.I)
_BARE = re.compile(r"(?<![\w.$€£])\d{1,3}(?=\s*(?:,|and\b|or\b))")
_BETWEEN = re.compile(r"^(?:\s*,\s*|\s+)(?:and\s+|or\s+|as well as\s+)?(?:the\s+)?$")
# What a thing uses is no thing of its kind: "Both phones run on the Kirin 955".
_USED = re.compile(
    r"\b(?:us(?:e[sd]?|ing)|shar(?:e[sd]?|ing)|r[ua]n(?:s|ning)?\s+on|powered\s+by|driven\s+by)\s+"
    r"(?:\S+\s+){0,4}$"
)
# "the P9", "the larger P9 Plus": so a model is called whose maker was named before.
_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts)\s+(?:[a-z]+e(?:r|st)\s+)?$|(?:,|\band)\s+$")
_AT = re.compile(r"\bat\s*$")
NEAR = 5  # words between a name of the question and a plain name that is tied to it
_PARTS = re.compile(r"[,;:(]|['’]s\b")  # what parts two names, or makes one the other's person


class ItemFinder:
    """Finds items in sentences, knowing how the passages write names elsewhere."""

    def __init__(
        self, wanted: Wanted, texts: Iterable[str], rivals: frozenset[str] = frozenset()
    ) -> None:
        """`rivals` are other makers: what stands after one of them is taken to be theirs."""
        self.wanted = wanted
        self._rivals = {rival.lower() for rival in rivals}
        self._anchors = {tuple(_lower(name)) for name in wanted.anchors}
        self._maker = _lower(wanted.maker)
        self._inside: set[str] = set()  # lone names that stand within a sentence somewhere
        self._models: set[str] = set()  # numbers of models that stand without "Sony's"
        # "Sony announced the Xperia 1": a name that its maker shows is a line of products.
        self._shows = (
            rf"\b{re.escape(wanted.maker)}\s+(?:[a-z]+\s+){{1,3}}(?:the|its)\s+(?:[a-z]+\s+)?"
            r"(?P<line>[A-Z]\w+)\s+\w*\d"
        )
        self._lines: set[str] = set()  # first words after the maker's name: "Mix", "13T"
        for text in texts:
            self._learn(text)

    def items(self, sentence: str, around: str = "") -> list[str]:
        """The items that a sentence names, as they stand there, a "series" included.

        `around` is what a reader has just read: the title and the sentences before.
        """
        found: list[str] = []
        before: list[str] = []
        owned = self._is_owner(around)
        called = stem(self.wanted.noun) in stems(sentence)
        for start, name in _with_bare_numbers(sentence):
            right = self._is_item(name, before, called, opens=start <= 2)
            if self.wanted.shape == "product" and is_used(sentence, start):
                right = False
            elif self._maker and not self._is_ours(_lower(name)):
                right = self._goes_on(sentence, start, name, before, owned)
            if right and self._is_linked(sentence, start, name) and not _denied(sentence, start):
                series = _SERIES.match(sentence, start + len(name))
                if not (series and self.wanted.shape != "product"):
                    found.append(name + (series.group() if series else ""))
            before.append(name)
        return found

    def key(self, item: str) -> str:
        """What makes two mentions the same item: its words without the maker's name."""
        own = _lower(item)
        if self._maker and own[: len(self._maker)] == self._maker:
            own = own[len(self._maker) :]
        return " ".join(own)

    def _learn(self, text: str) -> None:
        for start, name in name_spans(text):
            own = _lower(name)
            before = text[:start].rstrip(" “\"'(•-")
            if before and before[-1] not in ".!?\n:":
                self._inside.add(name.lower())
            if not re.search(r"['’]s\b", name):
                self._models.update(word for word in own if is_model_word(word))
            rest = own[len(self._maker) :]
            if self._maker and own[: len(self._maker)] == self._maker and len(rest) > 1:
                self._lines.update(rest[:1] if any(map(is_model_word, rest)) else ())
        shown = re.finditer(self._shows, text) if self._maker else ()
        self._lines |= {match["line"].lower() for match in shown} - self._rivals

    def _is_item(self, name: str, before: list[str], called: bool, *, opens: bool) -> bool:
        own = _lower(name)
        if tuple(own) in self._anchors or own[0] in STOP or _DAY.fullmatch(name):
            return False
        if self.wanted.shape != "product" and any(set(a) & set(own) for a in self._anchors):
            return False  # "Leica Edition" is no partner of Leica
        if opens and len(own) == 1 and name.lower() not in self._inside:
            return False  # a capital that only opens the sentence
        numbered = any(is_model_word(word) for word in own)
        if self.wanted.shape != "product":
            return not numbered and (self.wanted.shape == "plain" or len(own) in (2, 3))
        if not self._maker:
            named = self._is_called(own) or (called and len(own) > 1)
            return numbered and not own[0].isdigit() and named
        models = [word for word in own[len(self._maker) :] if is_model_word(word)]
        return self._is_ours(own) and bool(
            set(models) & self._models if re.search(r"['’]s\b", name) else models
        )

    def _is_linked(self, sentence: str, start: int, name: str) -> bool:
        """Whether a group or place stands close to a name of the question: "Leica with Sharp".

        Products carry their kind in their name; for plain names nearness has to do.
        """
        if self.wanted.shape != "plain":
            return True
        for anchor in self.wanted.anchors:
            for match in re.finditer(rf"\b{re.escape(anchor)}\b", sentence):
                first, second = sorted(((match.start(), match.end()), (start, start + len(name))))
                between = _ASIDE.sub(" ", sentence[first[1] : second[0]])
                parted = _PARTS.search(between) or _AT.search(between)  # "Head of Design at X"
                if len(words(between)) <= NEAR and not parted:
                    return True
        return False

    def _is_called(self, own: list[str]) -> bool:
        """Whether a name tells that it is what is asked for: "Leitz Phone 1" is a phone."""
        noun = stem(self.wanted.noun)
        begins = any(tuple(own[: len(anchor)]) == anchor for anchor in self._anchors)
        return begins or noun in {stem(word) for word in own}

    def _goes_on(
        self, sentence: str, start: int, name: str, before: list[str], owned: bool | None
    ) -> bool:
        """Whether a name without its maker is a product of the one asked for.

        "The 15 Ultra" is the maker's as long as no other name stands before it that could be
        another maker's: "the OnePlus 9 and 9 Pro". `owned` says who was named last.
        """
        own = _lower(name)
        if tuple(own) in self._anchors or _DAY.fullmatch(name):
            return False
        ours = any(self._is_ours(_lower(other)) for other in before)
        if not ours and owned is False:
            return False
        line = own[0] in self._lines and any(map(is_model_word, own))
        code = is_model_word(own[0]) and bool(_THE.search(sentence[:start])) and (ours or owned)
        return bool(line or own[0][0].isdigit() or code) and all(
            tuple(_lower(name)) in self._anchors
            or self._is_ours(_lower(name))
            or is_model_word(_lower(name)[0])
            or _lower(name)[0] in self._lines
            for name in before
        )

    def _is_owner(self, around: str) -> bool | None:
        """Whether the last sentence that names makers names this one first; None if none does."""
        for start, end in reversed(sentence_spans(around) if self._maker else []):
            named = [word.lower() for word in words(around[start:end])]
            makers = [word for word in named if word == self._maker[0] or word in self._rivals]
            if makers:
                return makers[0] == self._maker[0]
        return None

    def _is_ours(self, own: list[str]) -> bool:
        return own[: len(self._maker)] == self._maker


def is_used(sentence: str, start: int) -> bool:
    """Whether what stands at `start` is something that another thing uses."""
    return bool(_USED.search(sentence[:start]))


def _lower(name: str) -> list[str]:
    return [word.lower() for word in words(name)]


def _with_bare_numbers(sentence: str) -> list[tuple[int, str]]:
    """The names of a sentence; a number listed before one counts too: "the 13, 13 Pro"."""
    spans = list(name_spans(sentence))
    for match in _BARE.finditer(sentence):
        inside = any(start <= match.start() < start + len(name) for start, name in spans)
        after = [start for start, _ in spans if start >= match.end()]
        if not inside and after and _BETWEEN.match(sentence[match.end() : after[0]]):
            spans.append((match.start(), match.group()))
    return sorted(spans)


def _denied(sentence: str, at: int) -> bool:
    """Whether the clause around the item denies or only imagines what it says of it.

    What stands between commas is passed over: "The 14 Pro, which came in May, is not planned".
    """
    for aside in _ASIDE.finditer(sentence):
        if not aside.start() <= at < aside.end():
            blank = " " * len(aside.group())
            sentence = sentence[: aside.start()] + blank + sentence[aside.end() :]
    starts = [m.end() for m in _CLAUSE.finditer(sentence) if m.end() <= at]
    ends = [m.start() for m in _CLAUSE.finditer(sentence) if m.start() >= at]
    clause = sentence[starts[-1] if starts else 0 : ends[0] if ends else len(sentence)]
    rest = re.split(r"[;:]", sentence[at:], maxsplit=1)[0]
    return bool(_DENIES.search(clause) or _IMAGINES.search(clause) or _LACKS.search(rest))
