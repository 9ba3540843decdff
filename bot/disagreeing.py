"""Statements that say different things of the same matter are set side by side as such."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from bot.comparing import about_the_same, apart
from bot.composing import with_statements
from bot.questions import Asked
from bot.records import Answer, Statement


def note_disagreements(asked: Asked, answer: Answer) -> Answer:
    """The answer, with a note on each statement whose figures another article contradicts."""
    notes: dict[int, str] = {}
    for (i, one), (j, other) in combinations(enumerate(answer.statements), 2):
        ours, theirs = apart(asked, one.text, other.text)
        if not ours or _article(answer, one) == _article(answer, other):
            continue
        if about_the_same(asked, one.text, other.text):
            notes.setdefault(i, _note(other, ours, theirs))
            notes.setdefault(j, _note(one, theirs, ours))
    if not notes:
        return answer
    statements = [replace(s, note=notes.get(i, s.note)) for i, s in enumerate(answer.statements)]
    return with_statements(answer, statements, answer.citations)


def _note(other: Statement, ours: str, theirs: str) -> str:
    return f"disagrees with [{other.citations[0]}]: {ours} here, {theirs} there"


def _article(answer: Answer, statement: Statement) -> str:
    number = statement.citations[0]
    return next(c.article_id for c in answer.citations if c.number == number)
