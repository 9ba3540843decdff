"""The figures of a sentence, written in digits or in words, as values that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

_SCALES = {
    "thousand": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "crore": 1e7,
    "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12, "k": 1e3,
}  # fmt: skip
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pc": "%", "percentage points": "%",
    "$": "$", "us$": "$", "usd": "$", "dollars": "$", "dollar": "$", "€": "€", "eur": "€",
    "euros": "€", "euro": "€", "£": "£", "gbp": "£", "pounds": "£", "¥": "¥", "yen": "¥",
    "yuan": "¥", "cny": "¥", "₹": "₹", "rs": "₹", "inr": "₹", "rupees": "₹",
}  # fmt: skip
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), count(20, 10)))
_WORDS = {word: float(n) for n, word in enumerate(_ONES)} | _TENS | {"dozen": 12.0}
_ORDINALS = {
    word: float(n)
    for n, word in enumerate("third fourth fifth sixth seventh eighth ninth tenth".split(), 3)
}
_SCALE = r"thousand|lakh|million|mn|crore|billion|bn|trillion|tn"
_AFTER = r"%|percent\b|per cent\b|percentage points\b|dollars?\b|euros?\b|rupees\b|yuan\b|yen\b"
_DIGITS = re.compile(
    r"(?<![\w.])(?:(?P<unit>US\$|[$€£¥₹]|(?:USD|EUR|GBP|CNY|INR|Rs)\.?(?=\s?\d))\s?)?"
    r"(?P<whole>\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d++)(?P<rest>\.\d++)?+"
    rf"(?:(?P<kilo>k)\b|(?P<ordinal>st|nd|rd|th)\b|(?P<decade>s)\b"
    rf"|[\s-]?(?P<scale>{_SCALE})\b)?(?![A-Za-z])(?:[\s-]?(?P<after>{_AFTER}))?",
    re.IGNORECASE,
)
_SPELT = "|".join([*sorted(_WORDS, key=len, reverse=True), "hundred", _SCALE])
_IN_WORDS = re.compile(
    rf"\b(?:(?:a|an)\s+)?(?:{_SPELT})(?:(?:[\s-]|\s+and\s+)(?:{_SPELT}))*\b(?:\s?-?(?P<after>{_AFTER}))?",
    re.IGNORECASE,
)
_ORDINAL_WORD = re.compile(r"\b(?:" + "|".join(_ORDINALS) + r")\b", re.IGNORECASE)
_MORE = re.compile(r"(?:more than|over|above|at least|exceed\w*|upwards of)\s+\S{0,3}\s*$", re.I)
_LESS = re.compile(
    r"(?:less than|fewer than|under|below|at most|up to|almost|nearly)\s+\S{0,3}\s*$", re.I
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value, unit ("%", "$", "nth" or ""), bound ("<", ">" or "") and place."""

    value: float
    unit: str
    bound: str
    start: int
    end: int


def figures(text: str) -> list[Figure]:
    """Every figure of `text` in order; "1.5 million" is 1,500,000 and "twenty-five" 25.

    Letters glued to digits ("13T") make a name, not a figure. A lone "one" counts nothing.
    """
    found = list(_in_digits(text))
    taken = [(figure.start, figure.end) for figure in found]
    found += [f for f in _in_words(text) if not any(s < f.end and f.start < e for s, e in taken)]
    return sorted(found, key=lambda figure: figure.start)


def _in_digits(text: str) -> Iterator[Figure]:
    for match in _DIGITS.finditer(text):
        whole = re.sub(r"\D", "", match["whole"]) + (match["rest"] or "")
        scale = (
            _SCALES[(match["scale"] or match["kilo"] or "").lower()]
            if (match["scale"] or match["kilo"])
            else 1.0
        )
        written = (match["unit"] or match["after"] or "").lower().rstrip(".")
        unit = _UNITS.get(written, "")
        if match["ordinal"]:
            unit = "nth"
        elif match["decade"]:
            unit = "decade"
        value = round(float(whole) * scale, 6)
        yield Figure(value, unit, _bound(text, match.start()), *match.span())


def _in_words(text: str) -> Iterator[Figure]:
    for match in _IN_WORDS.finditer(text):
        after = match["after"] or ""
        value = _value(match.group().removesuffix(after))
        if value is None:
            continue
        unit = _UNITS.get(after.lower(), "")
        yield Figure(value, unit, _bound(text, match.start()), *match.span())
    for match in _ORDINAL_WORD.finditer(text):
        yield Figure(_ORDINALS[match.group().lower()], "nth", "", *match.span())


def _value(written: str) -> float | None:
    """The value of a number in words; None for "one" and for "millions" of no known number."""
    total, group, counted = 0.0, 0.0, False
    words = [word for word in re.split(r"[\s-]+", written.lower()) if word and word != "and"]
    for word in words:
        if word in ("a", "an"):
            continue
        if word in _WORDS:
            group, counted = (group or 1) * 12 if word == "dozen" else group + _WORDS[word], True
        elif word == "hundred":
            group = (group or 1) * 100
        else:
            total, group = total + (group or 1) * _SCALES[word], 0.0
    if words == ["one"] or not (counted or words[0] == "hundred" or len(words) > 1):
        return None
    return total + group


def _bound(text: str, at: int) -> str:
    before = text[max(0, at - 24) : at]
    if _MORE.search(before):
        return ">"
    return "<" if _LESS.search(before) else ""
