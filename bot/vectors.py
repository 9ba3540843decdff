"""Chroma, behind the five calls that a library needs; its traps are handled here.

Chroma read in one process while another writes serves stale and removed results, so a
reader hands in the library's generation with each query and the store is opened anew when
it has risen. What is still served wrongly is dropped by the caller, who asks SQLite.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import LibraryError
from bot.onnx_models import Vectors

T = TypeVar("T")
Where = dict[str, Any]

FOLDER = "chroma"
BATCH = 2000  # Chroma refuses more than 5,461 at once
ATTEMPTS = 5  # a reader may meet a writer in the middle of something; reopening helps
# Neighbours looked at while the graph is built and searched; Chroma's own 100 misses some of
# the nearest hundred.
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200}


class VectorStore:
    """The vectors of one library, in its own folder or on a Chroma server."""

    def __init__(self, folder: Path, *, host: str = "", port: int = 8000) -> None:
        self._folder = folder / FOLDER
        self._host, self._port = host, port
        self._client: Any = None
        self._collections: dict[str, Any] = {}
        self._generation = -1
        self._lock = threading.RLock()

    def create(self, name: str) -> None:
        """Make an empty collection, or leave the one of that name as it is."""
        with self._lock:
            self._open().get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": HNSW}
            )

    def drop(self, name: str) -> None:
        """Remove a collection with all its vectors; none of that name is fine."""
        with self._lock:
            self._collections.pop(name, None)
            if name in self.names():
                self._open().delete_collection(name)

    def names(self) -> list[str]:
        with self._lock:
            return [collection.name for collection in self._open().list_collections()]

    def upsert(
        self,
        name: str,
        ids: Sequence[str],
        vectors: Vectors,
        *,
        texts: Sequence[str],
        metadatas: Sequence[Where],
    ) -> None:
        """Write rows; a known id is replaced, text and all."""
        for at in range(0, len(ids), BATCH):
            part = slice(at, at + BATCH)
            with self._lock:
                self._collection(name).upsert(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    documents=list(texts[part]),
                    metadatas=list(metadatas[part]),
                )

    def delete(self, name: str, ids: Sequence[str]) -> None:
        """Remove rows; unknown ids are fine."""
        for at in range(0, len(ids), BATCH):
            with self._lock:
                self._collection(name).delete(ids=list(ids[at : at + BATCH]))

    def ids(self, name: str) -> Iterator[str]:
        """Every id of the collection, a batch at a time."""
        at = 0
        while True:
            with self._lock:
                found: list[str] = self._collection(name).get(limit=BATCH, offset=at, include=[])[
                    "ids"
                ]
            yield from found
            if len(found) < BATCH:
                return
            at += BATCH

    def nearest(
        self, name: str, vector: Vectors, k: int, *, generation: int, where: Where | None = None
    ) -> list[tuple[str, float]]:
        """The `k` nearest ids with their cosine similarity, the nearest first."""

        def query() -> list[tuple[str, float]]:
            collection = self._collection(name)
            found = collection.query(
                query_embeddings=[vector], n_results=k, where=where, include=["distances"]
            )
            return [
                (id_, 1.0 - distance)
                for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)
            ]

        with self._lock:
            if generation != self._generation:
                self.close()
                self._generation = generation
            return self._persistently(query)

    def warm(self, name: str, generation: int) -> None:
        """Open the collection as it is at `generation`."""
        with self._lock:
            self._generation = generation
            self._persistently(lambda: self._collection(name).count())

    def close(self) -> None:
        """Let go of the client; the next call opens a new one, which sees all that was written."""
        with self._lock:
            client, self._client = self._client, None
            self._collections.clear()
            if client is not None:
                client.close()

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

    def _collection(self, name: str) -> Any:
        if name not in self._collections:
            self._collections[name] = self._open().get_collection(name, embedding_function=None)
        return self._collections[name]

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
