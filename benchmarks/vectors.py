"""Vectors of texts, kept on disk: a benchmark that is run again embeds nothing twice.

One SQLite file under `.benchmarks/` holds a vector for each digest of a model's name and a
text, so another model or an edited text can never be mistaken for it. Building a library
goes through it as well, so that new rules for cutting passages cost only what they changed.
Nothing that measures time uses it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.data import WORK
from bot.embedding import Embedder, load_embedder
from bot.onnx_models import Vectors
from bot.settings import load_settings

_FILE = WORK / "vectors.db"
_PART = 512  # texts embedded between two commits; what a stopped run loses at most


class RememberingEmbedder:
    """An embedder that asks another one only for the texts it has never seen."""

    def __init__(self, inner: Embedder, file: Path = _FILE) -> None:
        self._inner, self._file = inner, file
        self.name, self.dimension = inner.name, inner.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.sha256(f"{self.name}\0{text}".encode()).digest() for text in texts]
        db = self._open()
        try:
            known = {key: _stored(db, key) for key in keys}
            new = [i for i, key in enumerate(keys) if known[key] is None]
            for at in range(0, len(new), _PART):
                part = new[at : at + _PART]
                made = self._inner.embed([texts[i] for i in part])
                with db:
                    db.executemany(
                        "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                        [(keys[i], row.tobytes()) for i, row in zip(part, made, strict=True)],
                    )
                known |= {keys[i]: row for i, row in zip(part, made, strict=True)}
        finally:
            db.close()
        rows = [known[key] for key in keys]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)

    def embed_query(self, text: str) -> Vectors:
        return self._inner.embed_query(text)

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._file, timeout=120)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)")
        return db


@cache
def default_embedder() -> RememberingEmbedder:
    """all-MiniLM-L6-v2 run by ONNX Runtime: the vectors of sentence-transformers to 1e-5."""
    return RememberingEmbedder(load_embedder(load_settings(model=""), export=True))


def cached_vectors(texts: Sequence[str]) -> Vectors:
    """The vectors of `texts` as rows (n, dimension) of unit length, from disk where known."""
    return default_embedder().embed(texts)


@contextmanager
def remembered_vectors() -> Iterator[None]:
    """While it lasts, ingest takes vectors that are known from disk."""

    def load(*_: Any, **__: Any) -> Embedder:
        return default_embedder()

    with patch("bot.writer.load_embedder", load):
        yield


def _stored(db: sqlite3.Connection, key: bytes) -> Vectors | None:
    row = db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
    return None if row is None else np.frombuffer(row[0], np.float32)
