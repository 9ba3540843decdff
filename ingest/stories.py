"""Which articles are copies of one another, and which of them answers, kept in SQLite.

A story is a connected component of twins. Its leader is chosen by a rule that knows nothing
of the order in which articles came: dated before undated, the earliest, the longest text,
then the digest. So a library that grew equals one that was built at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from ingest.duplicates import LIKELY, Signature, Story, bands, resemblance, same_story, signature

# The most alike are compared, so that a thousand identical stubs cost a thousand times this
# many comparisons and not a million.
MOST = 50


class Stories:
    """The tables `signatures`, `bands` and `twins`, and `articles.leader`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def update(self, touched: Iterable[str]) -> set[str]:
        """Bring the stories up to date after articles changed; returns all it may concern."""
        affected: set[str] = set()
        for article in sorted(touched):
            affected |= {article, *self._mates(article)}
            self._forget(article)
            for twin in self._find(article):
                self._db.execute("INSERT INTO twins VALUES (?, ?)", tuple(sorted((article, twin))))
                affected |= {twin, *self._mates(twin)}
        left = set(affected)
        while left:
            left -= self._lead(self._component(left.pop()))
        return affected

    def _mates(self, article: str) -> list[str]:
        """The articles that had the same leader as this one."""
        rows = self._db.execute(
            "SELECT id FROM articles WHERE leader = (SELECT leader FROM articles WHERE id = ?)",
            (article,),
        )
        return [id_ for (id_,) in rows]

    def _forget(self, article: str) -> None:
        row = self._db.execute("SELECT minhash FROM signatures WHERE article = ?", (article,))
        known = row.fetchone()
        if known is None:
            return
        self._db.executemany(
            "DELETE FROM bands WHERE band = ? AND article = ?",
            [(band, article) for band in bands(_signature(known[0]))],
        )
        self._db.execute("DELETE FROM signatures WHERE article = ?", (article,))
        self._db.execute("DELETE FROM twins WHERE a = ? OR b = ?", (article, article))

    def _find(self, article: str) -> list[str]:
        """The twins of a live article, after noting its signature for those to come."""
        story = self._story(article)
        if story is None:
            return []
        minhash = signature(story.text)
        banded = bands(minhash)
        candidates = self._candidates(minhash, banded)
        self._db.execute("INSERT INTO signatures VALUES (?, ?)", (article, minhash.tobytes()))
        self._db.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, article) for band in banded]
        )
        return [
            id_ for id_ in candidates if (other := self._story(id_)) and same_story(story, other)
        ]

    def _candidates(self, minhash: Signature, banded: Sequence[int]) -> list[str]:
        rows = self._db.execute(
            "SELECT article, minhash FROM signatures WHERE article IN "
            "(SELECT article FROM bands WHERE band IN (SELECT value FROM json_each(?)))",
            (json.dumps(banded),),
        )
        likely = [(resemblance(minhash, _signature(blob)), id_) for id_, blob in rows]
        best = sorted((-score, id_) for score, id_ in likely if score >= LIKELY)
        return [id_ for _, id_ in best[:MOST]]

    def _story(self, article: str) -> Story | None:
        row = self._db.execute(
            "SELECT v.text, v.furniture, v.published FROM versions v JOIN articles a "
            "ON a.id = v.article WHERE a.id = ? AND a.live = 1 AND v.current = 1",
            (article,),
        ).fetchone()
        if row is None:
            return None
        text, furniture, published = row
        for start, end in sorted(json.loads(furniture), reverse=True):
            text = text[:start] + text[end:]
        return Story(text, date.fromisoformat(published) if published else None)

    def _component(self, article: str) -> set[str]:
        rows = self._db.execute(
            "WITH RECURSIVE story (id) AS (VALUES (?) UNION "
            "SELECT CASE t.a WHEN story.id THEN t.b ELSE t.a END "
            "FROM story JOIN twins t ON t.a = story.id OR t.b = story.id) SELECT id FROM story",
            (article,),
        )
        return {id_ for (id_,) in rows}

    def _lead(self, story: set[str]) -> set[str]:
        """Write down the story's leader; returns the story."""
        (leader,) = self._db.execute(
            "SELECT article FROM versions WHERE current = 1 "
            "AND article IN (SELECT value FROM json_each(?)) "
            "ORDER BY published IS NULL, published, length(text) DESC, digest LIMIT 1",
            (json.dumps(sorted(story)),),
        ).fetchone()
        self._db.executemany(
            "UPDATE articles SET leader = ? WHERE id = ? AND leader != ?",
            [(leader, id_, leader) for id_ in story],
        )
        return story


def _signature(blob: bytes) -> Signature:
    return np.frombuffer(blob, np.uint32)
