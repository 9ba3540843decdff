"""The slow door to a model: load it through sentence-transformers, write it as ONNX.

Only this module and the user's own reranker import torch, and never to answer by default.
"""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import ModelError
from bot.onnx_models import OnnxEmbedder

# Vectors of the export may differ from the model's own by this much (seen: 1e-6).
TOLERANCE = 1e-4
_PROBES = ["Leica", "A camera maker and a phone maker announced a partnership on Monday."]


def load_sentence_transformer(source: str) -> Any:
    """The model at `source`, a folder or a hub's name; ModelError says why it cannot be had."""
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]

        return SentenceTransformer(source, model_kwargs={"attn_implementation": "eager"})
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise ModelError(
            f"The embedding model {source!r} cannot be loaded: {_first_line(error)} "
            "Set BOT_EMBEDDING_MODEL to a sentence-transformers folder or to a name that "
            "can be downloaded from here, or unset it to use the packaged model."
        ) from error


def export_embedder(source: str, folder: Path) -> None:
    """Write `model.onnx`, `tokenizer.json` and `settings.json` for the model into `folder`.

    The folder appears whole or not at all, so that two processes may export at once. Where
    the model cannot be exported faithfully, `settings.json` says `"onnx": false`.
    """
    model = load_sentence_transformer(source)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as made:
            new = Path(made) / "new"
            new.mkdir()
            about = _about(model) | {"onnx": _try_export(model, new)}
            (new / "settings.json").write_text(json.dumps(about))
            _move(new, folder)
    except OSError as error:
        raise ModelError(
            f"The model cannot be written to {folder}: {_first_line(error)} "
            "Free some space there, or set BOT_CACHE to a folder that can be written to."
        ) from error


def _about(model: Any) -> dict[str, Any]:
    prompts = model.prompts or {}
    return {
        "dimension": int(model.get_embedding_dimension()),
        "max_tokens": int(model.max_seq_length or 512),
        "query_prompt": prompts.get("query") or "",
        "passage_prompt": prompts.get("document") or prompts.get("passage") or "",
    }


def _try_export(model: Any, folder: Path) -> bool:
    """Whether the exported model gives the same vectors as the model itself."""
    try:
        _export(model, folder)
        return _agrees(model, folder)
    except Exception as error:  # torch, onnx and tokenizers each fail in ways of their own
        warnings.warn(
            f"The embedding model cannot be exported to ONNX ({_first_line(error)}); "
            "it runs through sentence-transformers, which is slower to start.",
            stacklevel=2,
        )
        return False


def _export(model: Any, folder: Path) -> None:
    import torch

    class Wrapper(torch.nn.Module):
        """The whole pipeline from token ids to a vector of unit length."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            vectors = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=-1)

    tokens = model.tokenizer(_PROBES, padding=True, return_tensors="pt")
    model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    names = ["input_ids", "attention_mask"]
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's own, about its future
        torch.onnx.export(
            Wrapper().eval().cpu(),
            (tokens["input_ids"].cpu(), tokens["attention_mask"].cpu()),
            str(folder / "model.onnx"),
            input_names=names,
            output_names=["vectors"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names},
            dynamo=False,
        )


def _agrees(model: Any, folder: Path) -> bool:
    (folder / "settings.json").write_text(json.dumps(_about(model)))
    ours = OnnxEmbedder("probe", folder).embed(_PROBES)
    theirs = model.encode_document(_PROBES, normalize_embeddings=True)
    if np.abs(ours - theirs).max() > TOLERANCE:
        raise ModelError("the exported vectors differ from the model's own")
    return True


def _move(new: Path, folder: Path) -> None:
    try:
        new.replace(folder)
    except OSError:
        if not (folder / "settings.json").exists():  # else another process was faster
            raise


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
