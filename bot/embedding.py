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
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.packaged import packaged_model_folder
from bot.settings import DEFAULT_EMBEDDING, Settings

Vectors = NDArray[np.float32]

# Texts of like length share a batch, so that little padding is computed; 8 keeps a batch in
# the processor's cache (2.6 times the rate of plain `encode`, `python -m benchmarks.speed`).
BATCH = 8


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


def batches_by_length(lengths: Sequence[int], size: int = BATCH) -> Iterator[list[int]]:
    """Positions in groups of at most `size` and of like length, the longest first."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    return (order[at : at + size] for at in range(0, len(order), size))


def onnx_session(model: Path) -> Any:
    """An ONNX Runtime session on the CPU, whose idle threads sleep instead of spinning.

    Spinning gains little on a quiet machine and starves whatever else runs on a busy one.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class OnnxEmbedder:
    """An exported model, run by ONNX Runtime; safe to call from several threads."""

    def __init__(self, name: str, folder: Path) -> None:
        from tokenizers import Tokenizer

        about = json.loads((folder / "settings.json").read_text())
        self.name = name
        self.dimension: int = about["dimension"]
        self._query_prompt: str = about["query_prompt"]
        self._passage_prompt: str = about["passage_prompt"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(about["max_tokens"])
        self._tokenizer.no_padding()
        self._session = onnx_session(folder / "model.onnx")
        self._inputs = {one.name for one in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._embed([self._passage_prompt + text for text in texts])

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._embed([self._query_prompt + text])[0]
        return vector

    def _embed(self, texts: list[str]) -> Vectors:
        tokens = [encoded.ids for encoded in self._tokenizer.encode_batch(texts)]
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for batch in batches_by_length([len(ids) for ids in tokens]):
            vectors[batch] = self._run([tokens[i] for i in batch])
        return vectors

    def _run(self, tokens: list[list[int]]) -> Vectors:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(tokens):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {name: array for name, array in feed.items() if name in self._inputs}
        vectors: Vectors = self._session.run(None, wanted)[0]
        return vectors


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
