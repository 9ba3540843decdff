"""Exported models, run by ONNX Runtime: loaded in a tenth of a second, without torch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

# Texts of like length share a batch, so that little padding is computed; 8 keeps a batch in
# the processor's cache (2.6 times the rate of plain `encode`, `python -m benchmarks.speed`).
BATCH = 8


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
