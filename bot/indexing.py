"""Which passages are listed in SQLite: those of the newest versions of live leaders, no others.

The list follows from the state of the articles, so it is never kept up by hand: whoever
changes articles says which, and the difference between what is listed and what should be is
found and made good here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.records import Article, Span
from bot.rows import ABOUT, to_article, to_spans

Cut = tuple[Span, ...]  # the sentences of one passage
Cutter = Callable[[Article], Sequence[Cut]]

_ANSWERS = "a.live = 1 AND a.leader = a.id AND v.current = 1"
_OF = "FROM versions v JOIN articles a ON a.id = v.article"
_AMONG = "a.id IN (SELECT value FROM json_each(?))"


NEWEST = f"SELECT max(v.published) {_OF} WHERE v.current = 1 AND a.live = 1"


@dataclass(frozen=True, slots=True)
class Row:
    """A passage on its way into both stores."""

    article: Article
    number: int
    cut: tuple[Span, ...]

    @property
    def id(self) -> str:
        return f"{self.article.version}:{self.number}"

    @property
    def span(self) -> Span:
        return self.cut[0][0], self.cut[-1][1]

    @property
    def text(self) -> str:
        return self.article.text[slice(*self.span)]

    @property
    def metadata(self) -> dict[str, Any]:
        """What Chroma keeps beside the vector; days as ordinals, 0 for an undated article."""
        about = self.article
        return {
            "article": about.id,
            "version": about.version,
            "number": self.number,
            "start": self.span[0],
            "end": self.span[1],
            "title": about.title,
            "source": about.source,
            "source_key": about.source.casefold(),
            "author": about.author,
            "author_key": about.author.casefold(),
            "published": about.published.toordinal() if about.published else 0,
            "published_iso": about.published.isoformat() if about.published else "",
            "url": about.url,
        }


class PassageIndex:
    """The tables `passages` and `words`, on the writer's connection; `cut` makes passages."""

    def __init__(self, db: sqlite3.Connection, cut: Cutter) -> None:
        self._db, self._cut = db, cut

    def missing(self, among: str) -> list[Row]:
        """The passages that should answer and are not listed yet."""
        found = self._db.execute(
            f"SELECT {ABOUT}, v.text {_OF} WHERE {_AMONG} AND {_ANSWERS} "  # noqa: S608
            "AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.version = v.id) ORDER BY v.id",
            (among,),
        )
        return [
            Row(article, number, tuple(cut))
            for article in map(_whole, found)
            for number, cut in enumerate(self._cut(article))
        ]

    def listed(self, after: int = 0, most: int = 256) -> tuple[list[Row], int]:
        """The listed passages behind a rowid, in order, and the rowid of the last of them."""
        found = self._db.execute(
            f"SELECT {ABOUT}, v.text, p.number, p.sentences, p.rowid {_OF} "
            "JOIN passages p ON p.version = v.id WHERE p.rowid > ? ORDER BY p.rowid LIMIT ?",
            (after, most),
        ).fetchall()
        rows = [
            Row(_whole(about), number, to_spans(sentences))
            for *about, number, sentences, _ in found
        ]
        return rows, found[-1][-1] if found else after

    def _outdated(self, reread: Iterable[str]) -> str:
        """The versions whose passages would be cut otherwise today, as a JSON list."""
        found = self._db.execute(
            f"SELECT {ABOUT}, v.text {_OF} WHERE {_AMONG} AND {_ANSWERS}",
            (json.dumps(sorted(reread)),),
        )
        return json.dumps([a.version for a in map(_whole, found) if self._differs(a)])

    def _differs(self, article: Article) -> bool:
        listed = self._db.execute(
            "SELECT sentences FROM passages WHERE version = ? ORDER BY number", (article.version,)
        )
        return [row[0] for row in listed] != [json.dumps(cut) for cut in self._cut(article)]

    def unlist(self, among: str, reread: Iterable[str]) -> list[str]:
        """Take out the passages that may answer no more, and return their ids."""
        gone = self._db.execute(
            "SELECT p.rowid, p.id FROM passages p JOIN versions v ON v.id = p.version "  # noqa: S608
            f"JOIN articles a ON a.id = v.article WHERE {_AMONG} "
            f"AND (NOT ({_ANSWERS}) OR v.id IN (SELECT value FROM json_each(?)))",
            (among, self._outdated(reread)),
        ).fetchall()
        for table in ("words", "passages"):
            self._db.executemany(
                f"DELETE FROM {table} WHERE rowid = ?",  # noqa: S608
                [(rowid,) for rowid, _ in gone],
            )
        return [str(id_) for _, id_ in gone]

    def enlist(self, rows: Sequence[Row]) -> None:
        for row in rows:
            cursor = self._db.execute(
                'INSERT INTO passages (id, version, number, start, "end", sentences) '
                "VALUES (?, ?, ?, ?, ?, ?)",
                (row.id, row.article.version, row.number, *row.span, json.dumps(row.cut)),
            )
            self._db.execute(
                "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
                (cursor.lastrowid, row.article.title, row.text),
            )


def _whole(row: Sequence[Any]) -> Article:
    return to_article(tuple(row[:-1]), row[-1])
