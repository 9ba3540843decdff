"""Passages and hits made from literal text, for tests of what needs no library."""

from __future__ import annotations

from datetime import date

from bot.questions import ask
from bot.reading import Candidate
from bot.records import Article, Hit, Passage
from bot.search import Found
from bot.sentences import sentence_spans

TODAY = date(2024, 3, 22)


def passage(
    text: str, *, title: str = "A title", published: date | None = None, article: str = "a"
) -> Passage:
    """A passage that is its article's whole text."""
    about = Article(
        text="",
        title=title,
        published=published,
        published_from="front matter" if published else "undated",
        id=article,
        version=f"{article}-1",
    )
    return Passage(f"{article}-1:0", about, 0, 0, len(text), text, tuple(sentence_spans(text)))


def candidates(*scored: tuple[Passage, int, float]) -> list[Candidate]:
    """Sentences by their place in their passage, each with the score it is given."""
    made = [
        Candidate(Hit(p, 0.0), index, score=score, signals={"reader": score})
        for p, index, score in scored
    ]
    return sorted(made, key=lambda candidate: -candidate.score)


def found(question: str, *passages: Passage) -> Found:
    """What a search for `question` would hand on, if it found these passages."""
    asked = ask(question, TODAY)
    hits = tuple(Hit(p, 0.0) for p in passages)
    return Found(asked, hits, dict.fromkeys(asked.terms, 1.0))
