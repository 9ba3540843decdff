"""Retrieval on news: does a passage that holds the answer's string come among the first?

hit@4 and hit@10 over the questions whose answer stands in some article, each asked with its
own `as_of`: in the order that search finds, and in the order after the reader has read. Beside
them the tutorial's retriever, BM25 alone over the same chunks, and the length of passages,
since longer ones would hold more strings.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.baseline import Baseline
from benchmarks.data import NewsQuestion, holds
from benchmarks.figures import Figure, mean, mean_figure
from benchmarks.library import Shelf
from bot.records import Filters

AIMS = {4: 0.60, 10: 0.70}
DEPTH = max(AIMS)

Lists = Sequence[Sequence[str]]


def hit(passages: Sequence[str], answer: str, k: int) -> bool:
    """Whether one of the first k passages holds the answer's words."""
    return any(holds(text, answer) for text in passages[:k])


def measure(
    shelf: Shelf, questions: Sequence[NewsQuestion], baseline: Baseline | None = None
) -> list[Figure]:
    """The figures over the questions, beside the baseline's where one is given."""
    asked = [question.question for question in questions]
    plain = baseline.by_meaning(asked, DEPTH) if baseline else None
    found = [
        [one.passage.text for one in shelf.hits(q.question, Filters(as_of=q.as_of), DEPTH)]
        for q in questions
    ]
    read = [
        [one.passage.text for one in shelf.bot.evidence(q.question, as_of=q.as_of).hits[:DEPTH]]
        for q in questions
    ]
    figures = _figures("hit@{}", read, questions, plain)
    figures += _figures("before reading hit@{}", found, questions, plain)
    if baseline:
        words = baseline.by_words(asked, DEPTH)
        figures += _figures("bm25 alone hit@{}", words, questions, plain, better="")
    return [*figures, _length(read, plain)]


def _figures(
    name: str,
    lists: Lists,
    questions: Sequence[NewsQuestion],
    plain: Lists | None,
    *,
    better: str = "higher",
) -> list[Figure]:
    return [
        mean_figure(
            "retrieval",
            name.format(k),
            _hits(lists, questions, k),
            baseline=_hits(plain, questions, k) if plain else None,
            aim=aim if better else None,
            better=better,
        )
        for k, aim in AIMS.items()
    ]


def _hits(lists: Lists, questions: Sequence[NewsQuestion], k: int) -> list[float]:
    return [float(hit(texts, q.answer, k)) for texts, q in zip(lists, questions, strict=True)]


def _length(lists: Lists, plain: Lists | None) -> Figure:
    limit = mean([float(len(text)) for texts in plain for text in texts]) if plain else None
    lengths = [float(len(text)) for texts in lists for text in texts]
    return mean_figure(
        "retrieval", "passage length", lengths, baseline=limit, aim=limit, better="lower"
    )
