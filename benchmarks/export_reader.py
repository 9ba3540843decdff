"""The fitted reader as one small ONNX file: int8 throughout, its calibration folded in.

The word embeddings are rounded row by row, each with a scale of its own; the matrices column
by column, with what flows into them scaled at run time (ONNX Runtime's dynamic quantization).
"""

from __future__ import annotations

import copy
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.reader_network import ReaderNetwork

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


class ByteEmbedding(nn.Module):
    """An embedding table in int8: row i stands for `rows[i] * scale[i]`."""

    rows: Tensor
    scale: Tensor

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(dim=1).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scale.unsqueeze(1)).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids].unsqueeze(-1)


def export_reader(
    network: ReaderNetwork, target: Path, calibration: tuple[float, float], int8: bool = True
) -> None:
    """Writes the network to `target`; its logits become slope * logit + offset."""
    shipped = copy.deepcopy(network).float().eval()
    last: Any = shipped.head[-1]
    with torch.no_grad():
        last.weight.mul_(calibration[0])
        last.bias.mul_(calibration[0]).add_(calibration[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    if not int8:
        _export(shipped, target)
        return
    embeddings = shipped.encoder.embeddings
    embeddings.word_embeddings = ByteEmbedding(embeddings.word_embeddings.weight.detach())
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        _export(shipped, full)
        _quantize(full, target)


def _export(network: ReaderNetwork, target: Path) -> None:
    probe = torch.ones(2, 7, dtype=torch.long)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's own, about its future
        torch.onnx.export(
            network,
            (probe, probe, probe * 0),
            str(target),
            input_names=INPUTS,
            output_names=["logits"],
            dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in INPUTS},
            opset_version=17,
            dynamo=False,
        )


def _quantize(full: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        full,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )
