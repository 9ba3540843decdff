"""Stand-ins that are pure functions of what they are given, and remember their calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.errors import LibraryMissing
from bot.library import Summary
from bot.records import Answer, Article, Citation, Statement, Turn


def cite(article: Article, quote: str, number: int = 1, copies: int = 0) -> Citation:
    """The citation of the first place in `article` where `quote` stands."""
    start = article.text.index(quote)
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        source=article.source,
        author=article.author,
        url=article.url,
        published=article.published,
        published_from=article.published_from,
        quote=quote,
        start=start,
        end=start + len(quote),
        version=article.version,
        copies=copies,
    )


def quoted(question: str, *citations: Citation, **more: Any) -> Answer:
    """An answer made of one quoted statement for each citation."""
    statements = tuple(Statement(c.quote, (c.number,)) for c in citations)
    text = " ".join(f"{c.quote} [{c.number}]" for c in citations)
    return Answer(question, True, text, statements, citations, as_of=date(2024, 3, 1), **more)


class FakeBot:
    """Answers each question from a script; grows an answer by a statement at a time.

    An exception in the script is raised when its question is asked. A question that is not in
    the script is not answered.
    """

    def __init__(
        self,
        articles: Sequence[Article] = (),
        script: Mapping[str, Answer | Exception] | None = None,
    ) -> None:
        self.articles = {(a.id, a.version): a for a in articles}
        self.newest = {a.id: a for a in articles}  # of two versions the later one given
        self.removed: set[str] = set()  # ids of articles that can be read and are not live
        self.script = dict(script or {})
        self.calls: list[tuple[str, tuple[Turn, ...], dict[str, Any]]] = []

    def answer(self, question: str, history: Sequence[Turn] = (), **filters: Any) -> Answer:
        self.calls.append((question, tuple(history), filters))
        silent = Answer(question, False, "The articles don't say.", as_of=date(2024, 3, 1))
        found = self.script.get(question, silent)
        if isinstance(found, Exception):
            raise found
        return replace(found, question=question)

    def stream(
        self, question: str, history: Sequence[Turn] = (), **filters: Any
    ) -> Iterator[Answer]:
        answer = self.answer(question, history, **filters)
        for number in range(1, len(answer.statements)):
            part = answer.statements[:number]
            yield replace(answer, statements=part, text=" ".join(s.text for s in part))
        yield answer

    def article(self, article_id: str, version: str = "") -> Article:
        return self.articles[article_id, version] if version else self.newest[article_id]

    def is_live(self, article_id: str) -> bool:
        return article_id in self.newest and article_id not in self.removed

    def titles(self) -> tuple[str, ...]:
        return tuple(a.title for a in self.newest.values())

    def summary(self) -> Summary:
        if not self.newest:
            raise LibraryMissing("There is no library here. Run: python -m ingest FOLDER")
        days = [a.published for a in self.newest.values() if a.published]
        return Summary(
            articles=len(self.newest),
            passages=len(self.newest),
            oldest=min(days, default=None),
            newest=max(days, default=None),
            undated=len(self.newest) - len(days),
            sources=tuple(sorted({a.source for a in self.newest.values() if a.source})),
        )
