"""A small part of the data, chosen by rule, on which the gate can run in minutes.

Cases are taken in the order of a digest of their ids, so the choice depends on nothing but
the data. A news question is taken only if an article of its time holds its answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from benchmarks.data import (
    Conflict,
    ConversationTurn,
    NewsArticle,
    NewsQuestion,
    ParagraphQuestion,
    words_of,
)

QUESTIONS = 50
HOLDING = 2  # articles kept for each question, of those that hold its answer's string
RECENT = timedelta(days=21)  # an article of that age may be about the news that is asked for
OTHERS = 50  # articles that were chosen for no question
CONFLICTS = 40
TURNS = 30
OTHER_PASSAGES = 60
PARAGRAPH_QUESTIONS = 150

T = TypeVar("T")


def some(cases: Iterable[T], number: int, id_of: Callable[[T], str]) -> list[T]:
    """The first `number` of the cases in the order of a digest of their ids."""
    ordered = sorted(cases, key=lambda case: hashlib.sha256(id_of(case).encode()).digest())
    return ordered[:number]


def news(
    articles: Sequence[NewsArticle], questions: Sequence[NewsQuestion]
) -> tuple[list[NewsArticle], list[NewsQuestion]]:
    """Questions, with the newest articles that may answer each and some that answer none."""
    dated = sorted((one for one in articles if one.published), key=lambda a: (a.published, a.url))
    texts = {one.url: words_of(one.text) for one in dated}
    holding = {
        q.id: [
            one
            for one in dated
            if one.published
            and q.as_of - RECENT <= one.published <= q.as_of
            and words_of(q.answer) in texts[one.url]
        ][-HOLDING:]
        for q in questions
    }
    asked = some((q for q in questions if holding[q.id]), QUESTIONS, lambda q: q.id)
    chosen = {one.url: one for q in asked for one in holding[q.id]}
    chosen |= {one.url: one for one in some(articles, OTHERS, lambda a: a.url)}
    return [chosen[url] for url in sorted(chosen)], asked


def conversations(
    turns: Sequence[ConversationTurn], passages: dict[str, str]
) -> tuple[list[ConversationTurn], dict[str, str]]:
    """Follow-up turns, all passages relevant to them, and some that are relevant to none."""
    asked = some((t for t in turns if t.history and t.relevant), TURNS, lambda t: t.id)
    kept = {id_ for turn in asked for id_ in turn.relevant if id_ in passages}
    kept.update(some(passages, OTHER_PASSAGES, str))
    return asked, {id_: passages[id_] for id_ in sorted(kept)}


def conflicts(questions: Sequence[Conflict]) -> list[Conflict]:
    return some(questions, CONFLICTS, lambda q: q.id)


def squad(questions: Sequence[ParagraphQuestion]) -> list[ParagraphQuestion]:
    """Whole paragraphs, until there are about enough questions."""
    contexts = some(dict.fromkeys(q.context for q in questions), len(questions), str)
    chosen: list[ParagraphQuestion] = []
    for context in contexts:
        if len(chosen) >= PARAGRAPH_QUESTIONS:
            break
        chosen += [q for q in questions if q.context == context]
    return chosen
