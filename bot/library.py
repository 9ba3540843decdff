"""The one door to what is stored: articles, their passages, and where to look for them.

A `Library` is opened once; each question reads through one `Snapshot`, a frozen view of
SQLite (truth, full text) that also asks Chroma (vectors) and drops whatever the view does
not call current. So an answer never mixes two versions of an article, however busy ingest
is. This module knows nothing of questions, ranking or answers.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from bot.errors import LibraryMismatch, LibraryMissing
from bot.onnx_models import Vectors
from bot.records import Article, Filters, Passage
from bot.rows import ABOUT, as_chroma, as_sql, to_article, to_day, to_passage
from bot.schema import DATABASE, LAYOUT, connect
from bot.settings import Settings
from bot.vectors import VectorStore

_STORED = "v.current = 1 AND a.live = 1"
_LIVE = f"{_STORED} AND a.leader = a.id"
_FROM = "passages p JOIN versions v ON v.id = p.version JOIN articles a ON a.id = v.article"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a library holds: counts, the days of its oldest and newest article, its sources."""

    articles: int
    passages: int
    oldest: date | None
    newest: date | None
    undated: int
    sources: tuple[str, ...]


class Library:
    """A folder with `articles.db` and `chroma/`, opened for reading.

    Raises LibraryMissing where there is none, and LibraryMismatch where another layout or
    embedding model built it; both messages hold the command that mends it.
    """

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.library
        if not (self.folder / DATABASE).is_file():
            raise LibraryMissing(
                f"There is no library in {self.folder}. "
                "Put articles into a folder and run: python -m ingest FOLDER"
            )
        self._vectors = VectorStore(
            self.folder, host=settings.chroma_host, port=settings.chroma_port
        )
        self._settings = settings
        with self.snapshot():
            pass  # a library that cannot be read is refused at once

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One frozen view of everything stored; cheap, and never blocks or awaits ingest."""
        db = connect(self.folder)
        try:
            db.execute("BEGIN")
            meta = dict(db.execute("SELECT key, value FROM meta"))
            _refuse_mismatch(meta, self._settings)
            yield Snapshot(db, self._vectors, meta)
        finally:
            db.close()

    def generation(self) -> int:
        """The number that rises with every change that ingest makes."""
        with self.snapshot() as view:
            return view.generation

    def article(self, article_id: str, version: str = "") -> Article:
        """The full article, current or in the `version` named; KeyError for an unknown one."""
        with self.snapshot() as view:
            return view.article(article_id, version)

    def warm(self) -> None:
        """Open the vectors, so that the first question need not wait for them."""
        with self.snapshot() as view:
            self._vectors.warm(view.meta["collection"], view.generation)

    def close(self) -> None:
        self._vectors.close()


class Snapshot:
    """A frozen view of a library; made by `Library.snapshot`, and valid inside its `with`."""

    def __init__(self, db: sqlite3.Connection, vectors: VectorStore, meta: dict[str, str]) -> None:
        self._db, self._vectors, self.meta = db, vectors, meta
        self.generation = int(meta["generation"])

    def summary(self) -> Summary:
        articles, oldest, newest, undated = self._db.execute(
            "SELECT count(*), min(v.published), max(v.published), sum(v.published IS NULL) "
            f"FROM versions v JOIN articles a ON a.id = v.article WHERE {_LIVE}"
        ).fetchone()
        sources = self._db.execute(
            "SELECT DISTINCT v.source FROM versions v JOIN articles a ON a.id = v.article "
            f"WHERE {_LIVE} AND v.source != '' ORDER BY v.source COLLATE NOCASE"
        )
        return Summary(
            articles,
            self.passage_count(),
            to_day(oldest),
            to_day(newest),
            undated or 0,
            tuple(s for (s,) in sources),
        )

    def passage_count(self) -> int:
        """How many passages may answer: all that are listed, since no others ever are."""
        (number,) = self._db.execute("SELECT count(*) FROM passages").fetchone()
        return int(number)

    def article(self, article_id: str, version: str = "") -> Article:
        """The article with its full text; removed and replaced versions resolve as well."""
        row = self._db.execute(
            f"SELECT {ABOUT}, v.text FROM versions v WHERE v.article = ? "
            "AND (v.id = ? OR ? = '') ORDER BY v.current DESC, v.number DESC LIMIT 1",
            (article_id, version, version),
        ).fetchone()
        if row is None:
            raise KeyError(f"The library holds no article {article_id!r} {version}".rstrip())
        return to_article(row[:-1], row[-1])

    def state(self, article_id: str) -> tuple[bool, str]:
        """Whether the article is still live, and the id of its newest version ("" if unknown)."""
        row = self._db.execute(
            "SELECT a.live, v.id FROM articles a JOIN versions v ON v.article = a.id "
            "WHERE a.id = ? ORDER BY v.number DESC LIMIT 1",
            (article_id,),
        ).fetchone()
        return (bool(row[0]), str(row[1])) if row else (False, "")

    def articles(self, filters: Filters | None = None) -> Iterator[Article]:
        """Every live article, newest first, without its text: copies too, or what filters pass."""
        condition, values = as_sql(filters) if filters else ("", [])
        rows = self._db.execute(
            f"SELECT {ABOUT} FROM versions v JOIN articles a ON a.id = v.article "
            f"WHERE {_LIVE if filters else _STORED}{condition} "
            "ORDER BY v.published DESC, v.title",
            values,
        )
        return (to_article(row) for row in rows)

    def copies(self, article_id: str) -> list[Article]:
        """The other live articles that tell the same story almost word for word."""
        rows = self._db.execute(
            f"SELECT {ABOUT} FROM versions v JOIN articles a ON a.id = v.article "
            "WHERE v.current = 1 AND a.live = 1 AND a.leader = ? AND a.id != ? ORDER BY a.id",
            (article_id, article_id),
        )
        return [to_article(row) for row in rows]

    def nearest(self, vector: Vectors, k: int, filters: Filters) -> list[tuple[str, float]]:
        """Ids of the current passages nearest in meaning, with cosine similarity."""
        found = self._vectors.nearest(
            self.meta["collection"],
            vector,
            k,
            generation=self.generation,
            where=as_chroma(filters, self.meta.get("newest", "")),
        )
        live = self._allowed([id_ for id_, _ in found], filters)
        return [(id_, similarity) for id_, similarity in found if id_ in live]

    def matching(
        self, expression: str, k: int, filters: Filters, *, title_weight: float = 1.0
    ) -> list[tuple[str, float]]:
        """Ids of the current passages that match an FTS5 expression, with BM25 (more is better)."""
        condition, values = as_sql(filters)
        rows = self._db.execute(
            "SELECT p.id, -bm25(words, ?, 1.0) AS score FROM words "
            "JOIN passages p ON p.rowid = words.rowid JOIN versions v ON v.id = p.version "
            f"JOIN articles a ON a.id = v.article WHERE words MATCH ? AND {_LIVE}{condition} "
            "ORDER BY score DESC LIMIT ?",
            (title_weight, expression, *values, k),
        )
        return [(str(id_), float(score)) for id_, score in rows]

    def articles_matching(self, expression: str, filters: Filters) -> set[str]:
        """Ids of the articles in which some passage, or the title, matches an FTS5 expression."""
        condition, values = as_sql(filters)
        rows = self._db.execute(
            "SELECT DISTINCT v.article FROM words JOIN passages p ON p.rowid = words.rowid "
            "JOIN versions v ON v.id = p.version JOIN articles a ON a.id = v.article "
            f"WHERE words MATCH ? AND {_LIVE}{condition}",
            (expression, *values),
        )
        return {str(id_) for (id_,) in rows}

    def count(self, filters: Filters) -> int:
        """How many live articles (copies not counted) the filters let through."""
        condition, values = as_sql(filters)
        (number,) = self._db.execute(
            "SELECT count(*) FROM versions v JOIN articles a ON a.id = v.article "
            f"WHERE {_LIVE}{condition}",
            values,
        ).fetchone()
        return int(number)

    def day_of_newest(self, number: int, filters: Filters) -> date | None:
        """The day of the article that `number` newer ones stand before; None if there is none."""
        condition, values = as_sql(filters)
        row = self._db.execute(
            "SELECT v.published FROM versions v JOIN articles a ON a.id = v.article "
            f"WHERE {_LIVE}{condition} AND v.published IS NOT NULL "
            "ORDER BY v.published DESC LIMIT 1 OFFSET ?",
            (*values, number),
        ).fetchone()
        return to_day(row[0]) if row else None

    def document_frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        """In how many passages each stem stands; stems that stand in none are left out."""
        self._db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, row)"
        )
        rows = self._db.execute(
            "SELECT term, doc FROM temp.vocabulary WHERE term IN (SELECT value FROM json_each(?))",
            (json.dumps(list(stems)),),
        )
        return {str(term): int(documents) for term, documents in rows}

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages of those ids that are current, each with its article's metadata."""
        wanted = json.dumps(list(ids))
        return {p.id: p for p in self._passages("p.id IN (SELECT value FROM json_each(?))", wanted)}

    def passages_of(self, article_id: str) -> list[Passage]:
        """All passages of a live article, in reading order."""
        return self._passages("v.article = ?", article_id)

    def _passages(self, condition: str, value: str) -> list[Passage]:
        rows = self._db.execute(
            f'SELECT {ABOUT}, p.id, p.number, p.start, p."end", p.sentences, '
            f'substr(v.text, p.start + 1, p."end" - p.start) FROM {_FROM} '
            f"WHERE {condition} AND v.current = 1 AND a.live = 1 ORDER BY p.number",
            (value,),
        )
        return [to_passage(row) for row in rows]

    def _allowed(self, ids: list[str], filters: Filters) -> set[str]:
        condition, values = as_sql(filters)
        rows = self._db.execute(
            f"SELECT p.id FROM {_FROM} WHERE p.id IN (SELECT value FROM json_each(?)) "
            f"AND {_LIVE}{condition}",
            (json.dumps(ids), *values),
        )
        return {str(id_) for (id_,) in rows}


def _refuse_mismatch(meta: dict[str, str], settings: Settings) -> None:
    if meta["layout"] != LAYOUT:
        raise LibraryMismatch(
            f"The library in {settings.library} has layout {meta['layout']}, this program "
            f"needs {LAYOUT}. Delete the folder and run: python -m ingest FOLDER"
        )
    if meta["embedding_model"] != settings.embedding_model:
        raise LibraryMismatch(
            f"The library in {settings.library} was built with the embedding model "
            f"{meta['embedding_model']!r}, but BOT_EMBEDDING_MODEL is "
            f"{settings.embedding_model!r}. Set it back, or run: python -m ingest --rebuild"
        )
