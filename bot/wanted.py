"""What a list question asks for: the kind of its items, and the names they are tied to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.language import STOP, content_stem, stem, words
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
_OF_A_PLACE = re.compile(r"(?<=[A-Za-z]{3}[a-z])(?:n|ese|ish)$")  # "Indian", "Japanese"
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
        known |= {stem(re.sub(_OF_A_PLACE, "", word)) for word in words(text)}
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


def _shape(noun: str) -> Shape:
    if _PLAIN.search(noun):
        return "plain"
    return "people" if _PEOPLE.search(noun) and not _THINGS.search(noun) else "product"


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
