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
from dataclasses import dataclass
from typing import Literal

from bot.language import STOP, content_stem, is_model_word, name_spans, stem, stems, words
from bot.questions import Asked

Shape = Literal["people", "plain", "product"]

_PEOPLE = re.compile(
    r"(?:people|persons|\w+(?:ers|ors|ists|ians|ives|ants|ents|ees|stars|men|women))$", re.I
)
# Nouns of groups and places, whose names carry no model number, and -ers that are no people.
_PLAIN = re.compile(
    r"(?:compan|countr|cit|universit|part|agenc|industr)ies$|(?:makers|manufacturers|brands|firms|"
    r"partners|publishers|teams|clubs|bands|states|towns|places|nations|regions|continents|"
    r"markets|organi[sz]ations|schools|groups|languages|outlets|sources|newspapers)$",
    re.I,
)
_THINGS = re.compile(
    r"(?:sensors|processors|numbers|computers|papers|patents|monitors|events|chargers|stickers)$",
    re.I,
)
_SERIES = re.compile(r"\s+(?:series|line-?up|family)\b", re.I)
_CLAUSE = re.compile(
    r"[;:—–]|\s-\s|,?\s+(?:but|while|whereas|although|though|which|who)\s|,\s+and\s+(?=the\s)", re.I
)
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
NEAR = 5  # words between a name of the question and a plain name that is tied to it
_PARTS = re.compile(r"[,;:(]|['’]s\b")  # what parts two names, or makes one the other's person
MOSTLY = 0.8  # share of a word's occurrences with a capital from which it is a name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list question asks for.

    `anchors` are the names that must stand near an item ("Leica", "Xiaomi"); `maker` the
    name that a product begins with (""); `noun` the plural asked for; `relation` the stems of
    what is said of them ("work").
    """

    noun: str
    maker: str
    anchors: tuple[str, ...]
    shape: Shape
    relation: frozenset[str] = frozenset()

    def anchored(self, text: str) -> float:
        """The share of the anchors that stand in `text`."""
        known = {stem(word) for word in words(text)}
        found = [all(stem(word) in known for word in words(name)) for name in self.anchors]
        return sum(found) / len(found) if found else 0.0


def wanted_of(asked: Asked, texts: Iterable[str]) -> Wanted:
    """The kind of item that the question asks for, and the names it is tied to.

    A name typed in lower case is recognised when the found texts capitalise it.
    """
    capitals = _capitalised(asked, texts)
    head = [capitals.get(word.lower(), word) for word in words(asked.head)]
    noun = head[-1] if head else ""
    shape = _shape(noun)
    maker = " ".join(word for word in head[:-1] if word[:1].isupper())
    lower = [capitals[w.lower()] for w in words(asked.text) if w.lower() in capitals]
    anchors = [*asked.names, *(w for w in lower if not any(w in name for name in asked.names))]
    named = {content_stem(word) for name in (noun, *anchors) for word in words(name)}
    return Wanted(
        noun,
        maker if shape == "product" else "",
        tuple(dict.fromkeys(anchors)),
        shape,
        frozenset(asked.terms) - named,
    )


class ItemFinder:
    """Finds items in sentences, knowing how the passages write names elsewhere."""

    def __init__(self, wanted: Wanted, texts: Iterable[str]) -> None:
        self.wanted = wanted
        self._anchors = {tuple(_lower(name)) for name in wanted.anchors}
        self._maker = _lower(wanted.maker)
        self._inside: set[str] = set()  # lone names that stand within a sentence somewhere
        self._lines: set[str] = set()  # first words after the maker's name: "Mix", "13T"
        for text in texts:
            self._learn(text)

    def items(self, sentence: str) -> list[str]:
        """The items that a sentence names, as they stand there, a "series" included."""
        found: list[str] = []
        before: list[str] = []
        called = stem(self.wanted.noun) in stems(sentence)
        for start, name in _with_bare_numbers(sentence):
            right = self._is_item(name, before, called, opens=start <= 2)
            if right and self._is_linked(sentence, start, name) and not _denied(sentence, start):
                series = _SERIES.match(sentence, start + len(name))
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
            rest = own[len(self._maker) :]
            if self._maker and own[: len(self._maker)] == self._maker and len(rest) > 1:
                self._lines.update(rest[:1] if any(map(is_model_word, rest)) else ())

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
            return numbered and not own[0].isdigit() and (called or self._is_called(own))
        return self._is_product(own, before)

    def _is_linked(self, sentence: str, start: int, name: str) -> bool:
        """Whether a group or place stands close to a name of the question: "Leica with Sharp".

        Products carry their kind in their name; for plain names nearness has to do.
        """
        if self.wanted.shape != "plain":
            return True
        for anchor in self.wanted.anchors:
            for match in re.finditer(rf"\b{re.escape(anchor)}\b", sentence):
                first, second = sorted(((match.start(), match.end()), (start, start + len(name))))
                between = sentence[first[1] : second[0]]
                if len(words(between)) <= NEAR and not _PARTS.search(between):
                    return True
        return False

    def _is_called(self, own: list[str]) -> bool:
        """Whether a name tells that it is what is asked for: "Leitz Phone 1" is a phone."""
        noun = stem(self.wanted.noun)
        begins = any(tuple(own[: len(anchor)]) == anchor for anchor in self._anchors)
        return begins or noun in {stem(word) for word in own}

    def _is_product(self, own: list[str], before: list[str]) -> bool:
        """Products of the maker asked for, named in full or after one that was.

        "The 15 Ultra" is the maker's as long as no other name stands before it that could be
        another maker's: "the OnePlus 9 and 9 Pro".
        """
        if self._is_ours(own):
            return any(is_model_word(word) for word in own[len(self._maker) :])
        line = own[0] in self._lines and any(map(is_model_word, own))
        return (line or own[0][0].isdigit()) and all(
            tuple(_lower(name)) in self._anchors
            or self._is_ours(_lower(name))
            or is_model_word(_lower(name)[0])
            or _lower(name)[0] in self._lines
            for name in before
        )

    def _is_ours(self, own: list[str]) -> bool:
        return own[: len(self._maker)] == self._maker


def _lower(name: str) -> list[str]:
    return [word.lower() for word in words(name)]


def _shape(noun: str) -> Shape:
    if _PLAIN.search(noun):
        return "plain"
    return "people" if _PEOPLE.search(noun) and not _THINGS.search(noun) else "product"


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
    """Whether the clause around the item denies or only imagines what it says of it."""
    starts = [m.end() for m in _CLAUSE.finditer(sentence) if m.end() <= at]
    ends = [m.start() for m in _CLAUSE.finditer(sentence) if m.start() >= at]
    clause = sentence[starts[-1] if starts else 0 : ends[0] if ends else len(sentence)]
    rest = re.split(r"[;:]", sentence[at:], maxsplit=1)[0]
    return bool(_DENIES.search(clause) or _IMAGINES.search(clause) or _LACKS.search(rest))


def _capitalised(asked: Asked, texts: Iterable[str]) -> dict[str, str]:
    """Words of the question that the texts write with a capital: lower case -> as written."""
    wanted = {w.lower() for w in words(asked.text) if w.lower() not in STOP and not w.isdigit()}
    seen: dict[str, list[str]] = {}
    for text in texts:
        for word in words(text):
            if word.lower() in wanted:
                seen.setdefault(word.lower(), []).append(word)
    named: dict[str, str] = {}
    for low, forms in seen.items():
        capital = [form for form in forms if form != low]
        if len(capital) >= MOSTLY * len(forms):
            named[low] = max(set(capital), key=capital.count)
    return named
