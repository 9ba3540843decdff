"""The reader while it is being fitted: all-MiniLM-L6-v2 read as a cross-encoder, in PyTorch.

One forward pass sees question and sentence together; what it says of the first token and the
mean of all tokens go through one small layer to one number, the logit that the sentence
answers the question. A logit of 0 stands for "nothing here answers".
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from bot.packaged import packaged_model_folder
from bot.reader import reader_tokenizer

HIDDEN = 128  # width of the layer above the encoder
BATCH = 32  # pairs of like length in one pass
MASKED = 0.08  # share of the tokens hidden while fitting, in place of dropout (slow on a CPU)
MASK_TOKEN = 103


class ReaderNetwork(nn.Module):
    """Token ids, attention mask and token types (n, length) -> logits (n,)."""

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder: Any = AutoModel.from_pretrained(
            packaged_model_folder(), attn_implementation="eager", add_pooling_layer=False
        )
        self.encoder.config.hidden_dropout_prob = 0.0
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        del self.encoder.encoder.layer[layers:]
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        width = self.encoder.config.hidden_size
        self.head = nn.Sequential(nn.Linear(2 * width, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state.float()
        weights = attention_mask.unsqueeze(-1).float()
        mean = (states * weights).sum(1) / weights.sum(1)
        logits: Tensor = self.head(torch.cat([states[:, 0], mean], dim=-1)).squeeze(-1)
        return logits


class Masters:
    """Full-precision copies of the weights, for steps too small for bfloat16 to hold.

    The encoder computes in bfloat16 (2 to 3 times as fast where the processor has AMX); the
    optimizer moves these copies, and they are rounded into the network after each step.
    """

    def __init__(self, network: ReaderNetwork) -> None:
        network.encoder.bfloat16()
        self._live = [p for p in network.parameters() if p.requires_grad]
        self.copies = [p.detach().float().clone() for p in self._live]

    def take_gradients(self) -> None:
        for copy, live in zip(self.copies, self._live, strict=True):
            copy.grad = None if live.grad is None else live.grad.float()
            live.grad = None

    def put_back(self) -> None:
        with torch.no_grad():
            for copy, live in zip(self.copies, self._live, strict=True):
                live.copy_(copy)

    def finish(self, network: ReaderNetwork) -> None:
        """Leaves the network in full precision, with the unrounded weights."""
        network.float()
        self.put_back()


class Scorer:
    """Runs the network on pairs of texts, in batches of like length."""

    def __init__(self, network: ReaderNetwork) -> None:
        self.network = network
        self._tokenizer = reader_tokenizer()

    def logits(self, pairs: Sequence[tuple[str, str]], masked: float = 0.0) -> Tensor:
        """The logits of (question, text) pairs, in their order, float32."""
        encoded = self._tokenizer.encode_batch(list(pairs))
        order = sorted(range(len(pairs)), key=lambda i: len(encoded[i].ids))
        parts = []
        for at in range(0, len(order), BATCH):
            rows = [encoded[i] for i in order[at : at + BATCH]]
            parts.append(self.network(*_tensors(rows, masked)))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[back]


def _tensors(rows: list[Any], masked: float) -> tuple[Tensor, Tensor, Tensor]:
    length = max(len(row.ids) for row in rows)
    ids, mask, types = (torch.zeros(len(rows), length, dtype=torch.long) for _ in range(3))
    for at, row in enumerate(rows):
        size = len(row.ids)
        ids[at, :size] = torch.tensor(_hide(row, masked))
        mask[at, :size] = 1
        types[at, :size] = torch.tensor(row.type_ids)
    return ids, mask, types


def _hide(row: Any, masked: float) -> list[int]:
    """The token ids, some of them masked; those that mark the parts stay."""
    if not masked:
        return list(row.ids)
    return [
        token if special or random.random() > masked else MASK_TOKEN  # noqa: S311 (no secret)
        for token, special in zip(row.ids, row.special_tokens_mask, strict=True)
    ]
