"""What a LangChain tutorial builds, and BM25 alone: the columns that ours stand beside.

RecursiveCharacterTextSplitter 1000/200, all-MiniLM-L6-v2, Chroma, top k. The text splitter
and Chroma are the real ones; only the vectors are computed by ONNX Runtime and kept on disk
(they agree with sentence-transformers' own to 1e-5), so that the run takes minutes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from benchmarks.data import NewsArticle, words_of
from benchmarks.vectors import cached_vectors

CHUNK_SIZE, CHUNK_OVERLAP = 1000, 200  # characters, the tutorial's own
# Neighbours that Chroma looks at: enough to miss none of the ten nearest, so that the figures
# are the same at each run (with its default of 100 one question in 243 comes and goes).
_EXACT = 1000
_CHROMA_BATCH = 5000  # Chroma takes at most 5,461 at once


class Baseline:
    """Chunks of the articles, searched by vectors alone or by words alone."""

    def __init__(self, articles: Iterable[NewsArticle]) -> None:
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP
        )
        self.chunks = [chunk for one in articles for chunk in splitter.split_text(one.text)]

    def by_meaning(self, questions: Sequence[str], k: int = 10) -> list[list[str]]:
        """The k chunks nearest to each question, the tutorial's retriever."""
        vectors = cached_vectors(questions)
        found = self._collection.query(query_embeddings=vectors, n_results=k)
        return [list(documents) for documents in found["documents"]]

    def by_words(self, questions: Sequence[str], k: int = 10) -> list[list[str]]:
        """The k best chunks of each question by BM25 over Porter stems."""
        return [self._bm25(question, k) for question in questions]

    @cached_property
    def _collection(self) -> Any:
        import chromadb

        client = chromadb.EphemeralClient()
        collection = client.create_collection(
            f"baseline-{id(self)}", configuration={"hnsw": {"space": "cosine", "ef_search": _EXACT}}
        )
        vectors = cached_vectors(self.chunks)
        for at in range(0, len(self.chunks), _CHROMA_BATCH):
            part = range(at, min(at + _CHROMA_BATCH, len(self.chunks)))
            collection.add(
                ids=[str(i) for i in part],
                embeddings=vectors[part.start : part.stop],
                documents=self.chunks[part.start : part.stop],
            )
        return collection

    @cached_property
    def _index(self) -> sqlite3.Connection:
        index = sqlite3.connect(":memory:")
        index.execute("CREATE VIRTUAL TABLE chunks USING fts5(words, tokenize = 'porter')")
        rows = ((words_of(chunk),) for chunk in self.chunks)
        index.executemany("INSERT INTO chunks VALUES (?)", rows)
        return index

    def _bm25(self, question: str, k: int) -> list[str]:
        wanted = " OR ".join(f'"{word}"' for word in dict.fromkeys(words_of(question).split()))
        rows = self._index.execute(
            "SELECT rowid FROM chunks WHERE chunks MATCH ? ORDER BY bm25(chunks) LIMIT ?",
            (wanted, k),
        )
        return [self.chunks[row[0] - 1] for row in rows]
