"""Which document holds which article: identity, versions and tombstones, in SQLite alone.

An article is known by its content and has locations, the documents that hold it. So a
renamed file is the same article, a copy is a second location, and an edit of the only
document that holds an article is that article's next version.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Literal

from bot.records import Article

Outcome = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Document:
    """Where an article was read: its location, the file or listing that holds it, and a digest.

    `digest` is "REVISION-SHA": how it was read, and the raw bytes.
    """

    location: str
    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class Known:
    """What was last read at a location: its digest, and the article it holds, if any."""

    digest: str = ""
    article: str = ""
    live: bool = False


class Manifest:
    """The rules by which documents become articles, on the writer's connection.

    `touched` gathers the ids of articles whose content or life changed, `reread` those that
    were read anew and found the same, and `removed` counts those that ceased to live.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.forget()

    def forget(self) -> None:
        """Begin anew: the piece was committed or undone."""
        self.touched: set[str] = set()
        self.reread: set[str] = set()
        self.removed = 0

    def known(self, location: str) -> Known:
        """How the location was last read."""
        row = self._db.execute(
            "SELECT l.digest, l.article, a.live FROM locations l JOIN articles a "
            "ON a.id = l.article WHERE l.location = ?",
            (location,),
        ).fetchone()
        return Known(row[0], row[1], bool(row[2])) if row else Known()

    def place(self, document: Document, article: Article, *, wanted: bool = False) -> Outcome:
        """Note that the document holds this article, and say what that changed.

        An article that was removed by hand comes back when it is `wanted`, or edited.
        """
        content = content_digest(article)
        known = self.known(document.location)
        mine = known.article
        same = self._article_with(content)
        if mine and not known.live and not wanted and _same_bytes(known.digest, document.digest):
            self._locate(document, mine)  # the document is read otherwise today, and that is all
            return "unchanged"
        if same:
            outcome = self._attach(document, same, wanted)
            if mine == same:
                self.reread.add(same)
            elif mine:
                self._bury_if_homeless(mine)
            return outcome
        if mine and self._homes(mine) == 1:
            self._locate(document, mine)
            return self._renew(mine, article, content)
        new = self._unused_id(document.location, content)
        self._db.execute("INSERT INTO articles VALUES (?, 1, ?)", (new, new))
        self._locate(document, new)
        self._renew(new, article, content)
        return "added"

    def vanish(self, location: str) -> None:
        """Forget a location; its article becomes a tombstone if that was its only one."""
        article = self.known(location).article
        self._db.execute("DELETE FROM locations WHERE location = ?", (location,))
        if article:
            self._bury_if_homeless(article)

    def bury(self, article: str) -> None:
        """Make a live article a tombstone: its text stays, and it answers no more."""
        buried = self._db.execute("UPDATE articles SET live = 0 WHERE id = ? AND live", (article,))
        if buried.rowcount:
            self.removed += 1
            self.touched.add(article)

    def _attach(self, document: Document, article: str, wanted: bool) -> Outcome:
        # A tombstone with a location was removed by hand, and one without has vanished.
        back = wanted or self._homes(article) == 0
        self._locate(document, article)
        return "added" if back and self._revive(article) else "unchanged"

    def _revive(self, article: str) -> bool:
        sql = "UPDATE articles SET live = 1 WHERE id = ? AND NOT live"
        if not self._db.execute(sql, (article,)).rowcount:
            return False
        self.touched.add(article)
        return True

    def _bury_if_homeless(self, article: str) -> None:
        if self._homes(article) == 0:
            self.bury(article)

    def _renew(self, id_: str, article: Article, content: str) -> Outcome:
        """Make this content the newest version of the article, an older one of the same too."""
        (number,) = self._db.execute(
            "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE article = ?", (id_,)
        ).fetchone()
        self._db.execute("UPDATE versions SET current = 0 WHERE article = ?", (id_,))
        self._db.execute(
            "INSERT INTO versions (id, article, number, current, digest, text_digest, title, "
            "title_from, published, published_from, updated, source, author, url, furniture, "
            "text) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET current = 1, number = excluded.number",
            (_short(id_, content, 16), id_, number, content, *_row(article)),
        )
        self.touched.add(id_)
        return "added" if self._revive(id_) else "updated"

    def _locate(self, document: Document, article: str) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO locations (location, digest, article, file) "
            "VALUES (?, ?, ?, ?)",
            (document.location, document.digest, article, document.file),
        )

    def _article_with(self, content: str) -> str:
        return self._one(
            "SELECT a.id FROM versions v JOIN articles a ON a.id = v.article "
            "WHERE v.digest = ? AND v.current = 1 ORDER BY a.live DESC, a.id LIMIT 1",
            content,
        )

    def _homes(self, article: str) -> int:
        return int(self._one("SELECT count(*) FROM locations WHERE article = ?", article))

    def _unused_id(self, location: str, content: str) -> str:
        candidate = _short(location, content, 12)
        while self._one("SELECT id FROM articles WHERE id = ?", candidate):
            candidate = _short(candidate, content, 12)
        return candidate

    def _one(self, sql: str, value: str) -> str:
        return str((self._db.execute(sql, (value,)).fetchone() or ("",))[0])


def content_digest(article: Article) -> str:
    """A digest of all that makes an article what it is: text and metadata, not its ids."""
    fields = asdict(article) | {"id": "", "version": ""}
    return _digest(json.dumps(fields, sort_keys=True, default=str))


def _same_bytes(one: str, other: str) -> bool:
    """Whether two digests differ in nothing but how the bytes are read, if at all."""
    return one.rpartition("-")[2] == other.rpartition("-")[2]


def _row(article: Article) -> tuple[str | None, ...]:
    return (
        _digest(article.text),
        article.title,
        article.title_from,
        article.published.isoformat() if article.published else None,
        article.published_from,
        article.updated.isoformat() if article.updated else None,
        article.source,
        article.author,
        article.url,
        json.dumps(article.furniture),
        article.text,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _short(a: str, b: str, length: int) -> str:
    return _digest(f"{a}\n{b}")[:length]
