"""A process that ingests and kills itself: `python -m tests.dying STEP FOLDER LIBRARY`.

STEP is one of STEPS, with "before" or "after": "after embed" dies once the first vectors are
in Chroma.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from bot.indexing import PassageIndex
from bot.manifest import Manifest
from bot.vectors import VectorStore
from bot.writer import LibraryWriter

STEPS: dict[str, tuple[Any, str]] = {
    "place": (Manifest, "place"),
    "note": (LibraryWriter, "_note"),
    "embed": (VectorStore, "upsert"),
    "list": (PassageIndex, "enlist"),
    "commit": (LibraryWriter, "_sweep"),
    "delete": (VectorStore, "delete"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(when: str, step: str, folder: str, library: str) -> None:
    owner, name = STEPS[step]
    real = getattr(owner, name)

    def deadly(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            die()
        real(*args, **kwargs)
        die()

    setattr(owner, name, deadly)
    from ingest import ingest

    ingest(folder, library=library)


if __name__ == "__main__":
    main(*sys.argv[1:])
