"""Chroma, behind the few calls that a library needs; its traps are handled here.

Chroma holds the graph of a collection in memory, about 2 KB a passage, from the first time it
is touched until its client is closed. So the vectors of one name lie in parts of bounded
size, each a collection, and whoever writes has no more than one of them open; what is asked
is asked of all. A small library has one part, which has the name itself.

Chroma read in one process while another writes serves stale and removed results, so a
reader hands in the library's generation with each query and the store is opened anew when
it has risen. What is still served wrongly is dropped by the caller, who asks SQLite.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import LibraryError
from bot.onnx_models import Vectors

T = TypeVar("T")
Where = dict[str, Any]

FOLDER = "chroma"
BATCH = 2000  # Chroma refuses more than 5,461 at once
# Passages in one part: 32 MB of graph. Each part adds about a millisecond to a question.
PART = 16_384
ATTEMPTS = 5  # a reader may meet a writer in the middle of something; reopening helps
# Neighbours looked at while the graph is built and searched; Chroma's own 100 misses some of
# the nearest hundred. What was added since the graph was last written to disk is added again
# by each client that opens it, a second of work for Chroma's own 1,000.
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "sync_threshold": 256}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept beside a vector: its passage's id, text and metadata."""

    id: str
    text: str
    metadata: Where


class VectorStore:
    """The vectors of one library, in its own folder or on a Chroma server."""

    def __init__(self, folder: Path, *, host: str = "", port: int = 8000) -> None:
        self._folder = folder / FOLDER
        self._host, self._port = host, port
        self._client: Any = None
        self._collections: dict[str, Any] = {}
        self._parts: dict[str, list[str]] = {}
        self._written = ""  # the part whose graph a write has brought into memory
        self._generation = -1
        self._lock = threading.RLock()

    def create(self, name: str) -> None:
        """Make an empty collection, or leave the one of that name as it is."""
        with self._lock:
            self._parts.clear()
            self._open().get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": HNSW}
            )

    def drop(self, name: str) -> None:
        """Remove a collection with all its vectors; none of that name is fine."""
        with self._lock:
            for part in self._parts_of(name) if name in self.names() else ():
                self._drop(part)

    def names(self) -> list[str]:
        """The names under which there are vectors, in one part or several."""
        with self._lock:
            return sorted({_name_of(c.name) for c in self._open().list_collections()})

    def upsert(
        self, name: str, rows: Sequence[Entry], vectors: Vectors, *, known: Container[str] = ()
    ) -> None:
        """Write rows; those whose ids are `known` to be held are replaced, text and all."""
        at = 0
        while at < len(rows):
            with self._lock:
                part, room = self._newest(name)
                end = at + min(room, BATCH)
                ids = [row.id for row in rows[at:end]]
                self._alone(part).upsert(
                    ids=ids,
                    embeddings=vectors[at:end],
                    documents=[row.text for row in rows[at:end]],
                    metadatas=[row.metadata for row in rows[at:end]],
                )
                self._remove(name, [id_ for id_ in ids if id_ in known], but=part)
            at = end

    def delete(self, name: str, ids: Sequence[str]) -> None:
        """Remove rows; unknown ids are fine."""
        for at in range(0, len(ids), BATCH):
            with self._lock:
                self._remove(name, ids[at : at + BATCH])

    def ids(self, name: str) -> Iterator[str]:
        """Every id of the collection, a batch at a time."""
        for part in self._parts_of(name):
            at = 0
            while found := self._batch(part, limit=BATCH, offset=at):
                yield from found
                at += len(found)

    def nearest(
        self, name: str, vector: Vectors, k: int, *, generation: int, where: Where | None = None
    ) -> list[tuple[str, float]]:
        """The `k` nearest ids with their cosine similarity, the nearest first."""

        def query(part: str) -> list[tuple[str, float]]:
            found = self._collection(part).query(
                query_embeddings=[vector], n_results=k, where=where, include=["distances"]
            )
            return [
                (id_, 1.0 - distance)
                for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)
            ]

        def query_all() -> list[tuple[str, float]]:
            found = [pair for part in self._parts_of(name) for pair in query(part)]
            return sorted(found, key=lambda pair: -pair[1])[:k]

        with self._lock:
            if generation != self._generation:
                self.close()
                self._generation = generation
            return self._persistently(query_all)

    def warm(self, name: str, generation: int) -> None:
        """Open the collection as it is at `generation`."""
        with self._lock:
            self._generation = generation
            self._persistently(
                lambda: [self._collection(part).count() for part in self._parts_of(name)]
            )

    def close(self) -> None:
        """Let go of the client; the next call opens a new one, which sees all that was written."""
        with self._lock:
            client, self._client = self._client, None
            self._collections.clear()
            self._parts.clear()
            self._written = ""
            if client is not None:
                client.close()
                _give_back()

    def _persistently(self, query: Callable[[], T]) -> T:
        for attempt in range(ATTEMPTS):
            try:
                return query()
            except Exception as error:  # Chroma raises many kinds, some of them of Rust's making
                if attempt == ATTEMPTS - 1:
                    raise LibraryError(
                        f"The vectors in {self._folder} cannot be read: {error} "
                        "Run: python -m ingest --check"
                    ) from error
                self.close()
                time.sleep(0.05 * 2**attempt)
        raise AssertionError("unreachable")

    def _parts_of(self, name: str) -> list[str]:
        """The collections that hold the vectors of this name, the oldest first."""
        with self._lock:
            if name not in self._parts:
                found = [c.name for c in self._open().list_collections()]
                self._parts[name] = sorted(c for c in found if _name_of(c) == name) or [name]
            return self._parts[name]

    def _newest(self, name: str) -> tuple[str, int]:
        """The part that is written to, and how many rows it has room for; a new one if none."""
        part = self._parts_of(name)[-1]
        room = PART - self._alone(part).count()
        if room > 0:
            return part, int(room)
        new = _next(part)
        self.create(new)
        return new, PART

    def _remove(self, name: str, ids: Sequence[str], *, but: str = "") -> None:
        """Remove rows from all parts `but` one, and parts that are empty then, save the newest."""
        *older, newest = self._parts_of(name)
        left = list(ids)
        for part in (newest, *reversed(older)):
            if left and part != but:
                held = self._batch(part, ids=left)
                if held:
                    self._alone(part).delete(ids=held)
                    left = list(set(left).difference(held))
                if part != newest and not self._alone(part).count():
                    self._drop(part)

    def _drop(self, part: str) -> None:
        self._open().delete_collection(part)
        self._collections.pop(part, None)
        self._parts.clear()

    def _batch(self, part: str, **wanted: Any) -> list[str]:
        with self._lock:
            found: list[str] = self._alone(part).get(**wanted, include=[])["ids"]
            return found

    def _alone(self, part: str) -> Any:
        """The part as a Chroma collection, after closing any other that was written to."""
        if self._written not in ("", part):
            self.close()
        self._written = part
        return self._collection(part)

    def _collection(self, part: str) -> Any:
        if part not in self._collections:
            self._collections[part] = self._open().get_collection(part, embedding_function=None)
        return self._collections[part]

    def _open(self) -> Any:
        if self._client is None:
            import chromadb
            from chromadb.config import Settings as ChromaSettings

            quiet = ChromaSettings(anonymized_telemetry=False)
            if self._host:
                self._client = chromadb.HttpClient(self._host, self._port, settings=quiet)
            else:
                self._client = chromadb.PersistentClient(self._folder, settings=quiet)
        return self._client


def _give_back() -> None:
    """Return what was freed to the system, which glibc does unasked for a fraction only."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)


def _name_of(part: str) -> str:
    return part.partition(".")[0]


def _next(part: str) -> str:
    """`name`, `name.0002`, `name.0003`: in the order of the alphabet."""
    name, _, number = part.partition(".")
    return f"{name}.{int(number or 1) + 1:04}"
