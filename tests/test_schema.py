"""The indexes: what is asked by name costs the same in a library of any size."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.indexing import PassageIndex
from bot.library import Library, Snapshot
from bot.manifest import Document, Manifest
from bot.records import Article, Filters
from bot.schema import connect
from bot.writer import LibraryWriter
from ingest.splitting import split
from ingest.stories import Stories
from tests.stored import settings


@contextmanager
def stocked(folder: Path, articles: int) -> Iterator[Snapshot]:
    """A view of a library with so many articles of a passage each, and no vectors."""
    with LibraryWriter(settings(folder), split) as writer:
        writer.begin()
        for n in range(articles):
            document = Document(f"/{n}", f"/{n}", f"1-{n}")
            writer.manifest.place(document, Article(text=f"The fee is {n}.", title=f"Fee {n}"))
        writer.index.enlist(writer.index.missing(among(writer.manifest.touched)))
        writer.raise_generation()
        writer.db.execute("COMMIT")
    with Library(settings(folder)).snapshot() as view:
        yield view


def among(ids: set[str]) -> str:
    return "[" + ",".join(f'"{id_}"' for id_ in sorted(ids)) + "]"


def steps(db: sqlite3.Connection, ask: Callable[..., object], *what: object) -> int:
    """How many instructions SQLite runs for what is asked."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    db.set_progress_handler(step, 1)
    ask(*what)
    db.set_progress_handler(None, 1)
    return count


READS: dict[str, Callable[[Snapshot, str, str], object]] = {
    "article": lambda view, article, passage: view.article(article),
    "state": lambda view, article, passage: view.state(article),
    "copies": lambda view, article, passage: view.copies(article),
    "passages": lambda view, article, passage: view.passages([passage]),
    "passages of": lambda view, article, passage: view.passages_of(article),
    "allowed": lambda view, article, passage: view._allowed([passage], Filters()),
    "passage count": lambda view, article, passage: view.passage_count(),
}
WRITES: dict[str, Callable[[sqlite3.Connection, str], object]] = {
    "known content": lambda db, article: Manifest(db)._article_with("no such digest"),
    "story": lambda db, article: Stories(db)._story(article),
    "leader": lambda db, article: Stories(db)._lead({article}),
    "missing": lambda db, article: PassageIndex(db, split).missing(among({article})),
    "unlist": lambda db, article: PassageIndex(db, split).unlist(among({article}), []),
}


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    """The instructions of each statement, in a library of 20 articles and in one of 400."""
    costs: dict[str, list[int]] = {}
    for size in (20, 400):
        folder = tmp_path_factory.mktemp("library")
        with stocked(folder, size) as view, closing(connect(folder, write=True)) as db:
            article = next(view.articles()).id
            (passage,) = view.passages_of(article)
            for name, read in READS.items():
                cost = steps(view._db, read, view, article, passage.id)
                costs.setdefault(name, []).append(cost)
            for name, write in WRITES.items():
                cost = steps(db, write, db, article)
                costs.setdefault(name, []).append(cost)
    return costs


@pytest.mark.parametrize("name", [*READS, *WRITES])
def test_what_is_asked_by_name_costs_the_same_in_a_library_of_any_size(
    costs: dict[str, list[int]], name: str
) -> None:
    small, large = costs[name]
    assert 0 < large < 2 * small
