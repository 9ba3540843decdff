"""The members of a list: which names in a sentence are of the kind that a question asks for.

"Which Xiaomi phones" asks for names that begin with Xiaomi or look like a model ("13T",
"Mix Fold 2"); "which executives" for names of people; anything else for names as such. A
name in a clause that denies ("not", "except") is no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.language import STOP, is_model_word, name_spans, stem, words
from bot.questions import Asked

_PEOPLE = re.compile(
    r"(?:people|men|women|persons|\w+(?:ers|ors|ists|ians|ives|ants|ents|stars|men|women))$", re.I
)
_NO_PEOPLE = re.compile(
    r"(?:sensors|processors|numbers|events|computers|papers|makers|"
    r"manufacturers|partners|continents|patents|monitors)$",
    re.I,
)
_SERIES = re.compile(r"\s+(?:series|line-?up|family)\b", re.I)
_CLAUSE = re.compile(
    r"[;:—–]|\s-\s|,?\s+(?:but|while|whereas|although|though|which|who)\s|,\s+and\s+(?=\w+\s+\w+\s+[a-z])"
)
_DENIES = re.compile(
    r"\b(?:not|never|no longer|neither|nor|without|except|excluding|unlike|instead of|"
    r"rather than|cannot)\b(?!\s+(?:only|just))|n['’]t\b",
    re.I,
)
_IMAGINES = re.compile(r"\b(?:if|could|might|would|should have|had it)\b", re.I)
_BETWEEN = re.compile(r"^(?:\s*,\s*|\s+)(?:and\s+|or\s+|as well as\s+)?$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list question asks for.

    `anchors` are the names that must stand near an item ("Leica", "Xiaomi"); `maker` the
    name that its items begin with (""); `noun` the plural asked for; `people` whether the
    items are persons.
    """

    noun: str
    maker: str
    anchors: tuple[str, ...]
    people: bool

    def anchored(self, text: str) -> float:
        """The share of the anchors that stand in `text`."""
        known = {stem(word) for word in words(text)}
        found = [all(stem(word) in known for word in words(name)) for name in self.anchors]
        return sum(found) / len(found) if found else 0.0


def wanted_of(asked: Asked, texts: Iterable[str]) -> Wanted:
    """The kind of item that the question asks for, and the names it is tied to.

    A name typed in lower case is recognised when the found texts always capitalise it.
    """
    capitals = _capitalised(asked, texts)
    head = [capitals.get(word.lower(), word) for word in words(asked.head)]
    maker = " ".join(word for word in head[:-1] if word[:1].isupper())
    named = [name for name in asked.names if any(c.isupper() for c in name)]
    lower = [capitals[w.lower()] for w in words(asked.text) if w.lower() in capitals]
    anchors = [*named, *(word for word in lower if not any(word in name for name in named))]
    noun = head[-1] if head else ""
    people = bool(_PEOPLE.search(noun)) and not _NO_PEOPLE.search(noun)
    return Wanted(noun, maker, tuple(dict.fromkeys(anchors)), people)


def items_in(sentence: str, wanted: Wanted) -> Iterator[str]:
    """The items that a sentence names, as they stand there, a following "series" included."""
    spans = list(_with_bare_numbers(sentence, wanted))
    for start, name in spans:
        if _is_item(name, wanted) and not _denied(sentence, start):
            series = _SERIES.match(sentence, start + len(name))
            yield name + (series.group() if series else "")


def key_of(item: str, wanted: Wanted) -> str:
    """What makes two mentions the same item: its words without the maker's name."""
    maker = {word.lower() for word in words(wanted.maker)}
    kept = [word.lower() for word in words(item) if word.lower() not in maker]
    return " ".join(kept) or item.lower()


def _is_item(name: str, wanted: Wanted) -> bool:
    parts = words(name)
    own = [part.lower() for part in parts]
    if wanted.people:
        return len(parts) >= 2 and not any(is_model_word(part) for part in parts)
    for anchor in wanted.anchors:
        theirs = [word.lower() for word in words(anchor)]
        if own == theirs:
            return False
    if wanted.maker:
        makers = [word.lower() for word in words(wanted.maker)]
        if own[: len(makers)] == makers:
            return len(own) > len(makers)
        return is_model_word(parts[0])
    return own[0] not in STOP


def _with_bare_numbers(sentence: str, wanted: Wanted) -> Iterator[tuple[int, str]]:
    """The names of a sentence; a number listed beside one counts too: "the 13, 13 Pro"."""
    spans = list(name_spans(sentence))
    yield from spans
    if not wanted.maker:
        return
    for match in re.finditer(
        r"(?<![\w.$€£])\d{1,3}(?![\w.,]*\d|%)(?=\s*(?:,|and\b|or\b))", sentence
    ):
        after = [start for start, _ in spans if start > match.end()]
        if after and _BETWEEN.match(sentence[match.end() : after[0]]):
            yield match.start(), match.group()


def _denied(sentence: str, at: int) -> bool:
    """Whether the clause up to the item denies or only imagines what it says of it."""
    starts = [m.end() for m in _CLAUSE.finditer(sentence) if m.end() <= at]
    ends = [m.start() for m in _CLAUSE.finditer(sentence) if m.start() >= at]
    clause = sentence[starts[-1] if starts else 0 : ends[0] if ends else len(sentence)]
    return bool(_DENIES.search(clause) or _IMAGINES.search(clause))


def _capitalised(asked: Asked, texts: Iterable[str]) -> dict[str, str]:
    """Words of the question that the texts write with a capital only: lower case -> as written."""
    wanted = {w.lower() for w in words(asked.text) if w.lower() not in STOP and not w.isdigit()}
    seen: dict[str, list[str]] = {}
    for text in texts:
        for word in words(text):
            if word.lower() in wanted:
                seen.setdefault(word.lower(), []).append(word)
    return {
        low: max(set(forms), key=forms.count)
        for low, forms in seen.items()
        if all(form[:1].isupper() or form[1:2].isupper() for form in forms)
    }
