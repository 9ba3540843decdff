"""Reads a question and a sentence together and says how likely the sentence answers it.

An embedding compares two texts that were read apart; a cross-encoder reads both at once, and
so can tell the sentence that answers from the one that mentions. The shipped one is
all-MiniLM-L6-v2 fitted on questions about news and on SQuAD 2.0 (bot/weights/README.md), in
int8, run by ONNX Runtime: torch is imported only for a model named in BOT_RERANKER_MODEL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.errors import ModelError
from bot.onnx_models import batches_by_length, onnx_session
from bot.packaged import packaged_model_folder
from bot.settings import Settings

Scores = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights" / "reader.onnx"
# Question and text together; a longer pair is cut, the longer of the two first. 96 tokens hold
# a long quiz question, a long sentence and a title, and bound the time a sentence can take.
MAX_TOKENS = 96
# Characters; what surrounds a sentence is there to say what it is about, not to be read whole.
TITLE_LENGTH, BEFORE_LENGTH = 80, 120
# Sentences of fewer characters rarely stand alone, so the one before comes along.
SHORT_SENTENCE = 60
# Pairs of like length share a batch, so that little padding is computed. On one core 16 took
# as long as 8, and 1 took 10 to 40 % longer.
BATCH = 8
# A sentence that opens with one of these leans on the sentence before it.
_LEANS = re.compile(
    r"[“\"'(]?(?:he|she|it|they|his|her|its|their|this|that|these|those|there|but|and|so)\b",
    re.IGNORECASE,
)


class Reader(Protocol):
    """Scores sentences for a question; `name` says which model it is."""

    name: str

    def score(self, question: str, sentences: Sequence[str]) -> Scores:
        """One logit for each sentence (n,), float32, higher where it answers better.

        The shipped reader's are calibrated: 1 / (1 + exp(-score)) estimates the probability
        that the sentence answers. Texts should come from `reader_input`.
        """
        ...


def load_reader(settings: Settings) -> Reader:
    """The shipped reader, or the one that BOT_RERANKER_MODEL names; ModelError if neither."""
    if settings.reranker_model:
        return CrossEncoderReader(settings.reranker_model)
    return OnnxReader(WEIGHTS)


def reader_input(sentence: str, title: str = "", before: str = "") -> str:
    """The text that stands for a sentence, the same for fitting and for answering.

    The sentence comes first, so that cutting takes what surrounds it; then the title of its
    article; then the end of the sentence `before` it, where it leans on that one.
    """
    parts = [sentence]
    if title:
        parts.append(title[:TITLE_LENGTH])
    if before and (len(sentence) < SHORT_SENTENCE or _LEANS.match(sentence)):
        parts.append(before[-BEFORE_LENGTH:])
    return " | ".join(parts)


def reader_tokenizer() -> Any:
    """The tokenizer of the packaged model, set to the reader's length, without padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(packaged_model_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    tokenizer.no_padding()
    return tokenizer


class OnnxReader:
    """The shipped model, run by ONNX Runtime; safe to call from several threads.

    Its int8 arithmetic scales a whole batch alike, so a sentence's score moves by up to some
    tenths with the company it is scored in; never with the order it is given in.
    """

    def __init__(self, weights: Path) -> None:
        if not weights.is_file():
            raise ModelError(
                f"The reader's weights are missing: {weights}. Restore that file from the "
                "repository, or make it with: python -m benchmarks.train_reader"
            )
        self.name = "reader"
        self._tokenizer = reader_tokenizer()
        self._session = onnx_session(weights)

    def score(self, question: str, sentences: Sequence[str]) -> Scores:
        texts = sorted(set(sentences))
        pairs = self._tokenizer.encode_batch([(question, text) for text in texts])
        scores = np.empty(len(texts), np.float32)
        for batch in batches_by_length([len(pair.ids) for pair in pairs], BATCH):
            scores[batch] = self._run([pairs[i] for i in batch])
        place = {text: at for at, text in enumerate(texts)}
        found: Scores = scores[np.array([place[text] for text in sentences], np.intp)]
        return found

    def _run(self, pairs: list[Any]) -> Scores:
        shape = (len(pairs), max(len(pair.ids) for pair in pairs))
        ids, mask, types = (np.zeros(shape, np.int64) for _ in range(3))
        for row, pair in enumerate(pairs):
            size = len(pair.ids)
            ids[row, :size], types[row, :size], mask[row, :size] = pair.ids, pair.type_ids, 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        logits: Scores = self._session.run(None, feed)[0]
        return logits


class CrossEncoderReader:
    """A sentence-transformers CrossEncoder of the user's choice; its logits as they are."""

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            from sentence_transformers import CrossEncoder

            self._model: Any = CrossEncoder(name)
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
            raise ModelError(
                f"BOT_RERANKER_MODEL={name!r} cannot be loaded: {reason} "
                "Set it to a sentence-transformers CrossEncoder, as a folder or as a name that "
                "can be downloaded from here, or unset it to use the shipped reader."
            ) from error

    def score(self, question: str, sentences: Sequence[str]) -> Scores:
        from torch import nn

        if not sentences:
            return np.empty(0, np.float32)
        pairs = [(question, sentence) for sentence in sentences]
        logits = self._model.predict(pairs, activation_fn=nn.Identity(), show_progress_bar=False)
        return np.asarray(logits, np.float32).reshape(len(sentences))
