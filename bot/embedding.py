"""Text -> vectors of unit length, by ONNX Runtime; sentence-transformers exports the model once.

Importing torch takes seconds and a gigabyte, so it happens at the first ingest only: the
model goes through `torch.onnx.export` into the cache folder, and is run from there ever
after. A model that cannot be exported, and ingest on a machine with a GPU, run through
sentence-transformers itself. Measured by `python -m benchmarks.speed`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.onnx_models import OnnxEmbedder, Vectors
from bot.packaged import packaged_model_folder
from bot.settings import DEFAULT_EMBEDDING, Settings


class Embedder(Protocol):
    """Turns texts into vectors; `name` is what a library remembers it by."""

    name: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Passages as rows (n, dimension) of unit length, float32, in the order given."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """One question as a vector (dimension,) of unit length, float32."""
        ...


def load_embedder(settings: Settings, *, export: bool = False) -> Embedder:
    """The embedder that `BOT_EMBEDDING_MODEL` names.

    `export` allows the slow way when the model is not in the cache yet: load it through
    sentence-transformers and export it. Answering exports too, rather than fail, since a
    cache may be deleted at any time. Raises ModelError when the model cannot be loaded.
    """
    folder = _cache_folder(settings)
    if export and shutil.which("nvidia-smi"):
        return SentenceTransformerEmbedder(settings.embedding_model)
    if not (folder / "settings.json").exists():
        from bot.export import export_embedder

        export_embedder(_model_source(settings.embedding_model), folder)
    if json.loads((folder / "settings.json").read_text())["onnx"]:
        return OnnxEmbedder(settings.embedding_model, folder)
    return SentenceTransformerEmbedder(settings.embedding_model)


class SentenceTransformerEmbedder:
    """A model run by sentence-transformers itself, for what ONNX Runtime cannot do."""

    def __init__(self, name: str) -> None:
        from bot.export import load_sentence_transformer

        self.name = name
        self._model: Any = load_sentence_transformer(_model_source(name))
        self.dimension = int(self._model.get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(
            self._model.encode_document(list(texts), normalize_embeddings=True), np.float32
        ).reshape(len(texts), self.dimension)

    def embed_query(self, text: str) -> Vectors:
        return np.asarray(self._model.encode_query(text, normalize_embeddings=True), np.float32)


def _model_source(name: str) -> str:
    """The default's packaged folder, or the name as it is: a folder, or a hub's name."""
    return str(packaged_model_folder()) if name == DEFAULT_EMBEDDING else name


def _cache_folder(settings: Settings) -> Path:
    """One folder a model: named by its weights where they lie on disk, else by its name."""
    source = Path(_model_source(settings.embedding_model))
    key = str(source)
    if source.is_dir():
        weights = sorted(source.rglob("*.safetensors")) + sorted(source.rglob("*.bin"))
        key += "".join(f"{p.name}{p.stat().st_size}{p.stat().st_mtime_ns}" for p in weights)
    return settings.cache / f"embedding-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
