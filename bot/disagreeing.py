"""Statements that say different things of the same matter are set side by side as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from bot.composing import with_statements
from bot.language import content_stems, stem, words
from bot.questions import Asked
from bot.records import Answer, Statement

ABOUT_THE_SAME = 0.5  # share of the question's terms that both quotes must hold

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


def note_disagreements(asked: Asked, answer: Answer) -> Answer:
    """The answer, with a note on each statement whose figures another article contradicts."""
    notes: dict[int, str] = {}
    for (i, one), (j, other) in combinations(enumerate(answer.statements), 2):
        ours, theirs = _apart(asked, one.text, other.text)
        if not ours or _article(answer, one) == _article(answer, other):
            continue
        if _about_the_same(asked, one.text, other.text):
            notes.setdefault(i, _note(other, ours, theirs))
            notes.setdefault(j, _note(one, theirs, ours))
    if not notes:
        return answer
    statements = [replace(s, note=notes.get(i, s.note)) for i, s in enumerate(answer.statements)]
    return with_statements(answer, statements, answer.citations)


def _note(other: Statement, ours: str, theirs: str) -> str:
    return f"disagrees with [{other.citations[0]}]: {ours} here, {theirs} there"


def _apart(asked: Asked, one: str, other: str) -> tuple[str, str]:
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


def _about_the_same(asked: Asked, one: str, other: str) -> bool:
    terms = set(asked.terms)
    shared = terms & set(content_stems(one)) & set(content_stems(other))
    return len(shared) >= ABOUT_THE_SAME * max(len(terms), 1)


def _article(answer: Answer, statement: Statement) -> str:
    number = statement.citations[0]
    return next(c.article_id for c in answer.citations if c.number == number)
