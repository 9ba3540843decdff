"""The exported model against sentence-transformers itself, and how it is loaded."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.embedding import load_embedder
from bot.errors import ModelError
from bot.onnx_models import batches_by_length
from bot.packaged import packaged_model_folder
from bot.settings import load_settings

TEXTS = [
    "Leica",
    "Xiaomi and Leica announced a partnership in May 2022.",
    "A long passage about lenses. " * 80,
    "",
]


def test_the_exported_model_gives_the_vectors_of_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer

    ours = load_embedder(load_settings()).embed(TEXTS)
    model = SentenceTransformer(str(packaged_model_folder()))
    theirs = model.encode(TEXTS, normalize_embeddings=True)
    assert ours.shape == (4, 384)
    assert ours.dtype == np.float32
    assert np.abs(ours - theirs).max() < 1e-4


def test_vectors_have_unit_length_and_do_not_depend_on_their_batch() -> None:
    embedder = load_embedder(load_settings())
    together = embedder.embed(TEXTS * 5)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    assert np.allclose(together[:4], [embedder.embed([text])[0] for text in TEXTS], atol=1e-5)


def test_no_texts_give_no_rows() -> None:
    assert load_embedder(load_settings()).embed([]).shape == (0, 384)


def test_related_texts_lie_nearer_than_unrelated_ones() -> None:
    embedder = load_embedder(load_settings())
    query = embedder.embed_query("who makes the lenses?")
    lens, rain = embedder.embed(["Zeiss grinds the lenses.", "It rained in Lisbon on Sunday."])
    assert query @ lens > query @ rain + 0.2


def test_torch_is_not_imported_to_embed_a_question() -> None:
    load_embedder(load_settings())  # exported by now
    code = (
        "import sys\nfrom bot.embedding import load_embedder\n"
        "from bot.settings import load_settings\n"
        "load_embedder(load_settings()).embed_query('who?')\n"
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_model_that_cannot_be_had_is_named_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    settings = load_settings(embedding_model=str(tmp_path / "empty"), cache=tmp_path / "cache")
    with pytest.raises(ModelError, match="BOT_EMBEDDING_MODEL"):
        load_embedder(settings)


def test_batches_hold_every_position_once_and_like_lengths_together() -> None:
    batches = list(batches_by_length([5, 1, 9, 2, 8], size=2))
    assert batches == [[2, 4], [0, 3], [1]]
