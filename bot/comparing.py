"""Whether two sentences give different figures or days of the same matter; pure rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language import content_stems, stem, words
from bot.questions import Asked

ABOUT_THE_SAME = 0.5  # share of the question's terms that both sentences must hold

_SCALE = r"(?:\s*(?:million|billion|trillion))?"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_MONEY = re.compile(
    rf"(?:[$€£¥₹]|\b(?:Rs\.?|USD|EUR|GBP|yuan|yen)\s*)\s*\d[\d,.]*{_SCALE}"
    r"|\b\d[\d,.]*\s*(?:dollars|euros|pounds|yuan|yen|rupees)\b",
    re.I,
)
_PERCENT = re.compile(r"\b\d[\d.,]*\s*(?:%|percent|per cent)", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?![\d,.]*\d)")
_DATE = re.compile(rf"\b{_MONTH}\s+\d{{1,2}}\b|\b\d{{1,2}}\s+{_MONTH}\b")
_FIGURE = re.compile(rf"(?<![\w.$€£])\d[\d,]*(?:\.\d+)?{_SCALE}\b(?!\s*%)", re.I)
_KINDS = {"amount": (_MONEY, _PERCENT, _FIGURE), "count": (_FIGURE,), "when": (_DATE, _YEAR)}


def apart(asked: Asked, one: str, other: str) -> tuple[str, str]:
    """Figures of one kind that the texts give differently, or two empty strings.

    Only like is set beside like: money beside money, a year beside a year, "25 engineers"
    beside "30 engineers" and never beside "30 days".
    """
    for pattern in _KINDS.get(asked.kind, ()):
        ours, theirs = list(_new(pattern, asked, one)), list(_new(pattern, asked, other))
        if pattern is _FIGURE:
            units = {_unit(one, o) for o in ours} & {_unit(other, t) for t in theirs} - {""}
            ours = [o for o in ours if _unit(one, o) in units]
            theirs = [t for t in theirs if _unit(other, t) in units]
        if ours and theirs:
            return ("", "") if set(ours) & set(theirs) else (ours[0], theirs[0])
    return "", ""


def _unit(text: str, figure: str) -> str:
    """The stem of the word behind a figure, or ""."""
    following = words(text.partition(figure)[2])
    return stem(following[0]) if following else ""


def _new(pattern: re.Pattern[str], asked: Asked, text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        if match.group().strip(" .,").lower() not in asked.text.lower():
            yield match.group().strip(" .,")


def about_the_same(asked: Asked, one: str, other: str) -> bool:
    """Whether both sentences hold half of the question's terms, the same ones."""
    terms = set(asked.terms)
    shared = terms & set(content_stems(one)) & set(content_stems(other))
    return len(shared) >= ABOUT_THE_SAME * max(len(terms), 1)
