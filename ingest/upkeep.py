"""The care of a library: list it, remove from it, embed it anew, and check that it is sound."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.errors import LibraryError, LibraryMissing
from bot.schema import DATABASE, connect
from bot.settings import Settings
from bot.writer import EMBED_BATCH, LibraryWriter
from ingest import sources, splitting
from ingest.stories import Stories
from ingest.tally import Tally

GRACE = 5.0  # seconds; a question asks its vectors within one


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the list: `copy_of` names the article that answers in its place."""

    id: str
    title: str
    published: str
    source: str
    locations: tuple[str, ...]
    copy_of: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        about = ", ".join(filter(None, (self.published or "undated", self.source)))
        copy = f" (copy of {self.copy_of})" if self.copy_of else ""
        return "\n    ".join((f"{self.id}  {self.title} ({about}){copy}", *self.locations))


def entries(settings: Settings) -> Iterator[Entry]:
    """Every live article, the newest first."""
    _refuse_missing(settings)
    with closing(connect(settings.library)) as db:
        rows = db.execute(
            "SELECT a.id, v.title, coalesce(v.published, ''), v.source, a.leader FROM articles a "
            "JOIN versions v ON v.article = a.id WHERE a.live = 1 AND v.current = 1 "
            "ORDER BY v.published DESC, v.title, a.id"
        )
        for id_, title, published, source, leader in rows:
            copy_of = leader if leader != id_ else ""
            yield Entry(id_, title, published, source, _locations(db, id_), copy_of)


def remove(settings: Settings, name: str) -> Entry:
    """Make an article a tombstone; `name` is its id, the beginning of it, or a location.

    It comes back when its document is edited, or named to ingest by itself. Raises
    LibraryError if the name fits no live article, or several.
    """
    place = sources.name_of(Path(name))
    found = [
        entry
        for entry in entries(settings)
        if (len(name) >= 4 and entry.id.startswith(name)) or {name, place} & {*entry.locations}
    ]
    if len(found) != 1:
        raise LibraryError(
            f"{name!r} names {len(found) or 'no'} articles of the library in {settings.library}; "
            "give one of the ids that are shown by: python -m ingest --list"
        )
    with LibraryWriter(settings, splitting.split) as writer, writer.in_words():
        writer.begin()
        writer.manifest.bury(found[0].id)
        writer.commit(Stories(writer.db).update({found[0].id}))
    return found[0]


def rebuild(settings: Settings, tally: Tally, *, grace: float = GRACE) -> int:
    """Embed every passage with the model of the settings, and swap; returns how many.

    The vectors go into a new collection, and answers come from the old one until it is whole;
    the old one goes `grace` seconds later, when no question can be asking it any more.
    """
    _refuse_missing(settings)
    with LibraryWriter(settings, splitting.split, any_model=True) as writer, writer.in_words():
        writer.embedded = tally.embedded
        old, new = writer.meta("collection"), f"articles-{secrets.token_hex(4)}"
        writer.set_meta("building", new)  # dropped by the next writer, should this one be killed
        writer.vectors.create(new)
        passages = _embed_all(writer, new)
        writer.begin()
        writer.set_meta("collection", new)
        writer.set_meta("embedding_model", settings.embedding_model)
        writer.set_meta("dimension", str(writer.embedder().dimension))
        writer.set_meta("building", old)
        writer.raise_generation()
        writer.db.execute("COMMIT")
        time.sleep(grace)
        writer.drop_unfinished()
    return passages


def check(settings: Settings, tally: Tally) -> list[str]:
    """Compare SQLite with Chroma and mend what differs; returns what was found, as sentences."""
    _refuse_missing(settings)
    with LibraryWriter(settings, splitting.split) as writer, writer.in_words():
        writer.embedded = tally.embedded
        found = [f"The journal of an interrupted run named {n} vectors." for n in writer.recovered]
        found += _check_database(writer.db)
        found += _check_index(writer)
        found += _check_vectors(writer)
        return found


def _refuse_missing(settings: Settings) -> None:
    if not (settings.library / DATABASE).is_file():
        raise LibraryMissing(
            f"There is no library in {settings.library}. Run: python -m ingest FOLDER"
        )


def _embed_all(writer: LibraryWriter, collection: str) -> int:
    rows, last = writer.index.listed(most=EMBED_BATCH)
    total = 0
    while rows:
        writer.embed(rows, collection)
        total += len(rows)
        rows, last = writer.index.listed(last, EMBED_BATCH)
    return total


def _check_database(db: sqlite3.Connection) -> Iterator[str]:
    faults = [row[0] for row in db.execute("PRAGMA quick_check")]
    if faults != ["ok"]:
        raise LibraryError(
            f"The database is damaged ({faults[0]}) and cannot be mended. "
            "Delete the library's folder and ingest the articles again."
        )
    (rows,) = db.execute(
        "SELECT (SELECT count(*) FROM passages WHERE rowid NOT IN (SELECT rowid FROM words)) + "
        "(SELECT count(*) FROM words WHERE rowid NOT IN (SELECT rowid FROM passages))"
    ).fetchone()
    if rows:
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM words")
        db.execute(
            "INSERT INTO words (rowid, title, text) SELECT p.rowid, v.title, "
            'substr(v.text, p.start + 1, p."end" - p.start) '
            "FROM passages p JOIN versions v ON v.id = p.version"
        )
        db.execute("COMMIT")
        yield f"The full-text index differed from the passages in {rows} rows; it was made anew."


def _check_index(writer: LibraryWriter) -> Iterator[str]:
    """Articles that should answer and have no passages, or the other way round."""
    rows = writer.db.execute(
        "SELECT a.id FROM articles a JOIN versions v ON v.article = a.id WHERE "
        "(a.live = 1 AND a.leader = a.id AND v.current = 1) != "
        "EXISTS (SELECT 1 FROM passages p WHERE p.version = v.id)"
    ).fetchall()
    for part in _parts([id_ for (id_,) in rows], 64):
        writer.begin()
        embedded = writer.commit(part)
        if embedded:
            yield f"{len(part)} articles did not answer as they should; they were embedded."


def _check_vectors(writer: LibraryWriter) -> Iterator[str]:
    collection, db = writer.meta("collection"), writer.db
    if collection not in writer.vectors.names():
        writer.vectors.create(collection)
        yield "The collection of vectors was gone; a new one was made."
    db.execute("CREATE TEMP TABLE held (id TEXT PRIMARY KEY)")
    db.execute("BEGIN")
    ids = ((id_,) for id_ in writer.vectors.ids(collection))
    db.executemany("INSERT OR IGNORE INTO held VALUES (?)", ids)
    db.execute("COMMIT")
    extra = [
        id_
        for (id_,) in db.execute("SELECT id FROM held WHERE id NOT IN (SELECT id FROM passages)")
    ]
    if extra:
        writer.vectors.delete(collection, extra)
        yield f"{len(extra)} vectors belonged to no passage; they were removed."
    missing = db.execute(
        "SELECT rowid FROM passages WHERE id NOT IN (SELECT id FROM held) ORDER BY rowid"
    ).fetchall()
    for (rowid,) in missing:
        writer.embed(writer.index.listed(rowid - 1, 1)[0])
    if missing:
        writer.raise_generation()
        yield f"{len(missing)} passages had no vector; they were embedded."


def _locations(db: sqlite3.Connection, article: str) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT location FROM locations WHERE article = ? ORDER BY location", (article,)
    )
    return tuple(location for (location,) in rows)


def _parts(ids: list[str], size: int) -> Iterable[list[str]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))
