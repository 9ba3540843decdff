"""The one writer of a library: pieces of work that become visible whole or not at all.

A piece is one SQLite transaction. What it makes answerable is embedded and written to Chroma
first, under ids that no reader believes yet; the commit makes them current and raises the
generation; dead vectors go last. A journal beside the database names, before Chroma is
touched, every id that might be left over there, so that after a crash the next writer knows
what to look at. Readers are never blocked: WAL shows them the last commit until the next.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self

from filelock import FileLock, Timeout

from bot.embedding import Embedder, load_embedder
from bot.errors import BotError, LibraryError, LibraryLocked, LibraryMismatch
from bot.indexing import NEWEST, Cutter, PassageIndex, Row
from bot.manifest import Manifest
from bot.schema import LAYOUT, TABLES, connect
from bot.settings import Settings
from bot.vectors import Entry, VectorStore

# Passages embedded at once: enough to sort by length, few enough to show progress with.
EMBED_BATCH = 256
LOCK, HOLDER, JOURNAL = "ingest.lock", "ingest.pid", "vectors.journal"


class LibraryWriter:
    """A library opened for writing, and locked against every other writer until closed.

    `cut` says where an article's passages are. Raises LibraryLocked, LibraryMismatch (unless
    `any_model`), and LibraryError where the folder cannot be written to.
    """

    def __init__(self, settings: Settings, cut: Cutter, *, any_model: bool = False) -> None:
        self.settings, self.folder = settings, settings.library
        self.embedded: Callable[[int], None] = lambda passages: None
        self.recovered: tuple[int, ...] = ()  # what the journal of an interrupted run named
        self._embedder: Embedder | None = None
        self.vectors = VectorStore(
            self.folder, host=settings.chroma_host, port=settings.chroma_port
        )
        with self.in_words():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(settings)
            try:
                (self.folder / HOLDER).write_text(str(os.getpid()), encoding="utf-8")
                self.db = connect(self.folder, write=True)
                self._open(any_model)
            except BaseException:
                self._lock.release()
                raise
        self.manifest = Manifest(self.db)
        self.index = PassageIndex(self.db, cut)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Undo what was not committed, let go of the stores, and release the lock."""
        try:
            self.rollback()
            self.db.close()
            self.vectors.close()
        finally:
            (self.folder / HOLDER).unlink(missing_ok=True)
            self._lock.release()

    def begin(self) -> None:
        """Open the piece's transaction, unless it is open."""
        if not self.db.in_transaction:
            with self.in_words():
                self.db.execute("BEGIN IMMEDIATE")

    def rollback(self) -> None:
        """Undo the piece; vectors that it left behind are the journal's to clear away."""
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")
        self.manifest.forget()

    def commit(self, affected: Iterable[str]) -> int:
        """Make the piece visible, and say how many passages it embedded.

        `affected` are the articles whose passages may have to come or go: those the manifest
        touched, and those whose leader changed.
        """
        if not self.db.in_transaction:
            return 0
        with self.in_words():
            wide = {*affected, *self.manifest.reread}
            among = json.dumps(sorted(wide))
            unlisted = self.index.unlist(among, self.manifest.reread)
            rows = self.index.missing(among)
            fresh = {row.id for row in rows}
            dead = [id_ for id_ in unlisted if id_ not in fresh]
            self._note([*fresh, *dead])
            self.embed(rows, known=fresh.intersection(unlisted))
            self.index.enlist(rows)
            if rows:
                self.set_meta("dimension", str(self.embedder().dimension))
            if wide:
                self.raise_generation()
            self.db.execute("COMMIT")
            self.manifest.forget()
            self._sweep(dead)
        return len(rows)

    def embed(self, rows: Sequence[Row], collection: str = "", known: Container[str] = ()) -> None:
        """Write the vectors of these passages into the collection, the current one as a rule.

        `known` are the ids that it holds already.
        """
        for at in range(0, len(rows), EMBED_BATCH):
            part = [Entry(r.id, r.text, r.metadata) for r in rows[at : at + EMBED_BATCH]]
            vectors = self.embedder().embed([entry.text for entry in part])
            self.vectors.upsert(collection or self.meta("collection"), part, vectors, known=known)
            self.embedded(len(part))

    def embedder(self) -> Embedder:
        """The model that the settings name, loaded when it is first needed."""
        if self._embedder is None:
            self._embedder = load_embedder(self.settings, export=True)
        return self._embedder

    def raise_generation(self) -> None:
        """Tell the readers that what they may have kept is out of date."""
        (newest,) = self.db.execute(NEWEST).fetchone()
        self.set_meta("newest", newest or "")
        self.set_meta("generation", str(int(self.meta("generation")) + 1))

    def _note(self, ids: Sequence[str]) -> None:
        """Write the journal: ids that Chroma may soon hold without right."""
        if ids:
            with (self.folder / JOURNAL).open("a", encoding="utf-8") as journal:
                journal.writelines(f"{id_}\n" for id_ in ids)
                journal.flush()
                os.fsync(journal.fileno())

    def _sweep(self, dead: Sequence[str]) -> None:
        """Take dead vectors out of Chroma, after which the journal has nothing left to say."""
        if dead:
            self.vectors.delete(self.meta("collection"), dead)
        (self.folder / JOURNAL).unlink(missing_ok=True)

    def _recover(self) -> None:
        """Clear away what an interrupted piece left in Chroma."""
        journal = self.folder / JOURNAL
        if not journal.exists():
            return
        noted = journal.read_text("utf-8").split()
        current = self.db.execute(
            "SELECT id FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(noted),),
        )
        self._sweep(sorted(set(noted) - {id_ for (id_,) in current}))
        self.recovered = (len(set(noted)),)

    def drop_unfinished(self) -> None:
        """Drop the collection that a rebuild did not finish, or the one that it replaced."""
        building = self.meta("building")
        if building:
            if building != self.meta("collection"):
                self.vectors.drop(building)
            self.db.execute("DELETE FROM meta WHERE key = 'building'")

    def _open(self, any_model: bool) -> None:
        self.db.executescript(TABLES)
        if not self.meta("layout"):
            self._create()
        _refuse_mismatch(self.meta, self.settings, any_model)
        self._recover()
        self.drop_unfinished()

    def _create(self) -> None:
        name = f"articles-{secrets.token_hex(4)}"
        self.vectors.create(name)
        self.db.execute("BEGIN IMMEDIATE")
        for key, value in {
            "layout": LAYOUT,
            "generation": "0",
            "collection": name,
            "embedding_model": self.settings.embedding_model,
            "dimension": "",
            "newest": "",
        }.items():
            self.set_meta(key, value)
        self.db.execute("COMMIT")

    def meta(self, key: str) -> str:
        """What is stored under the key, or nothing."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """Turn what a full disk or a forbidden folder raises into one sentence."""
        try:
            yield
        except BotError:
            raise
        except (OSError, sqlite3.Error) as error:
            raise _explained(error, self.folder) from error
        except Exception as error:
            # Chroma's errors share no base that could be named without importing it.
            if type(error).__module__.startswith("chromadb"):
                raise _explained(error, self.folder) from error
            raise


def _locked(settings: Settings) -> FileLock:
    folder = settings.library
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        holder = folder / HOLDER
        who = f" (process {holder.read_text('utf-8')})" if holder.exists() else ""
        raise LibraryLocked(
            f"Another ingest{who} is writing to the library in {folder}. "
            "Wait until it is done, and run this again."
        ) from None
    return lock


def _refuse_mismatch(meta: Callable[[str], str], settings: Settings, any_model: bool) -> None:
    if meta("layout") != LAYOUT:
        raise LibraryMismatch(
            f"The library in {settings.library} has layout {meta('layout')}, this program "
            f"needs {LAYOUT}. Delete the folder and run: python -m ingest FOLDER"
        )
    if meta("embedding_model") != settings.embedding_model and not any_model:
        raise LibraryMismatch(
            f"The library in {settings.library} was built with the embedding model "
            f"{meta('embedding_model')!r}, but BOT_EMBEDDING_MODEL is "
            f"{settings.embedding_model!r}. Set it back, or run: python -m ingest --rebuild"
        )


def _explained(error: Exception, folder: object) -> LibraryError:
    return LibraryError(
        f"The library in {folder} cannot be written to: {error}. What it held before is intact; "
        "free some space or correct the permissions, and run this again."
    )
