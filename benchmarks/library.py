"""Libraries built for the measurement, under `.benchmarks/`, by the project's own ingest.

A library is kept under its name and a digest of the articles in it. It is built again when
`fresh` asks for it and the code that decides what is stored has changed since.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.data import ROOT, WORK, NewsArticle
from benchmarks.vectors import remembered_vectors
from bot.answering import Bot
from bot.declining import confidence
from bot.ranking import Weights
from bot.reading import read
from bot.records import Answer, Filters, Hit
from bot.search import search
from bot.settings import Settings, load_settings

# What decides where passages begin and end, and what is kept of a text.
_BUILDERS = ("ingest/*.py", "bot/sentences.py", "bot/schema.py", "bot/embedding.py")
_DEEP = 60  # passages found when some articles are left out, so that enough remain

Row = dict[str, Any]


class Shelf:
    """One built library, and the bot that answers from it with no chat model."""

    def __init__(self, settings: Settings) -> None:
        self.bot = Bot(settings)

    def hits(self, question: str, filters: Filters, k: int = 10) -> list[Hit]:
        """The first k passages of the project's own search, in the order it first finds them."""
        with self.bot.library.snapshot() as view:
            return list(search(view, self.bot.embedder, question, filters, k=k).hits)

    def confidence(
        self, question: str, filters: Filters, without: Collection[str] = frozenset()
    ) -> float:
        """How sure the bot is of its best sentence, when the articles `without` are not there."""
        with self.bot.library.snapshot() as view:
            found = search(view, self.bot.embedder, question, filters, k=_DEEP if without else 30)
        kept = tuple(hit for hit in found.hits if hit.passage.article.id not in without)
        return confidence(found.asked, read(replace(found, hits=kept[:30]), self.bot.reader))

    def forced(self, question: str, **filters: Any) -> Answer:
        """What the bot would say if it never declined."""
        with patch("bot.answering.enough", lambda sure: True):
            return self.bot.answer(question, **filters)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The full text of every article by its id."""
        with self.bot.library.snapshot() as view:
            ids = [article.id for article in view.articles()]
            return {id_: view.article(id_).text for id_ in ids}

    @cached_property
    def days(self) -> dict[str, date | None]:
        """The day of every article by its id, None for undated ones."""
        with self.bot.library.snapshot() as view:
            return {article.id: article.published for article in view.articles()}


@contextmanager
def weighing(weights: Weights) -> Iterator[None]:
    """While it lasts, searching, reading and declining use these weights."""
    with ExitStack() as stack:
        for module in ("search", "reading", "declining"):
            stack.enter_context(patch(f"bot.{module}.fitted", lambda: weights))
        yield


def news_row(article: NewsArticle) -> Row:
    """The article as a line of the `.jsonl` that ingest reads."""
    return {
        "title": article.title,
        "text": article.text,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "url": article.url,
    }


def open_shelf(name: str, rows: Iterable[Row], *, fresh: bool = False) -> Shelf:
    """The library of these articles, built now unless it is on disk already."""
    lines = "".join(json.dumps(row, sort_keys=True) + "\n" for row in rows)
    folder = WORK / "libraries" / f"{name}-{hashlib.sha256(lines.encode()).hexdigest()[:12]}"
    built = folder / "built"
    if built.exists() and built.read_text() != code_digest():
        if fresh:
            shutil.rmtree(folder)
        else:
            print(f"{name}: built by earlier code; --rebuild builds it again.", file=sys.stderr)
    settings = load_settings(library=folder / "library", model="")
    if not built.exists():
        _build(folder, lines, settings)
    return Shelf(settings)


def code_digest() -> str:
    """A digest of the code by which a library would come out differently."""
    digest = hashlib.sha256()
    for pattern in _BUILDERS:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _build(folder: Path, lines: str, settings: Settings) -> None:
    from ingest import ingest

    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "articles.jsonl"
    source.write_text(lines, encoding="utf-8")
    with remembered_vectors():
        report = ingest(source, settings=settings)
    print(f"{folder.name}: {report}", file=sys.stderr)
    (folder / "built").write_text(code_digest())
