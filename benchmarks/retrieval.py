"""Retrieval on news: does a passage that holds the answer's string come among the first?

hit@4 and hit@10 over the questions whose answer stands in some article, each asked with its
own `as_of`; beside them the tutorial's retriever, BM25 alone, and the length of passages,
since longer ones would hold more strings.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.baseline import Baseline
from benchmarks.data import NewsArticle, NewsQuestion, holds
from benchmarks.figures import Figure, mean_figure
from benchmarks.library import Shelf
from bot.records import Filters

AIMS = {4: 0.60, 10: 0.70}


def hit(passages: Sequence[str], answer: str, k: int) -> bool:
    """Whether one of the first k passages holds the answer's words."""
    return any(holds(text, answer) for text in passages[:k])


def measure(
    shelf: Shelf, articles: Sequence[NewsArticle], questions: Sequence[NewsQuestion]
) -> list[Figure]:
    baseline = Baseline(articles)
    asked = [question.question for question in questions]
    by_meaning, by_words = baseline.by_meaning(asked), baseline.by_words(asked)
    ours = [
        [found.passage.text for found in shelf.hits(q.question, Filters(as_of=q.as_of))]
        for q in questions
    ]
    figures = []
    for k, aim in AIMS.items():
        plain, found, bm25 = (_hits(lists, questions, k) for lists in (by_meaning, ours, by_words))
        figures += [
            mean_figure("retrieval", f"hit@{k}", found, baseline=plain, aim=aim),
            mean_figure("retrieval", f"bm25 alone hit@{k}", bm25, baseline=plain, better=""),
        ]
    lengths = [float(len(text)) for found in ours for text in found]
    theirs = [float(len(text)) for found in by_meaning for text in found]
    limit = sum(theirs) / len(theirs)
    length = mean_figure(
        "retrieval", "passage length", lengths, baseline=limit, aim=limit, better="lower"
    )
    return [*figures, length]


def _hits(lists: Sequence[Sequence[str]], questions: Sequence[NewsQuestion], k: int) -> list[float]:
    return [float(hit(texts, q.answer, k)) for texts, q in zip(lists, questions, strict=True)]
