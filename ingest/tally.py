"""Counts what a run does while it does it, and tells whoever watches."""

from __future__ import annotations

import time
from pathlib import Path
from typing import BinaryIO

from ingest.progress import Progress, Stage, Step
from ingest.report import Failure, Report
from ingest.sources import size_of


class Tally:
    """The counts of one run; `done` of `total` bytes of the named files are behind it."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self._counts = {"added": 0, "updated": 0, "unchanged": 0, "removed": 0}
        self._failed: list[Failure] = []
        self._passages = 0
        self._begun = time.monotonic()
        self.done = self.total = 0
        self._before: tuple[Path | None, int] = (None, 0)

    @property
    def failures(self) -> int:
        return len(self._failed)

    def count(self, outcome: str, number: int = 1) -> None:
        self._counts[outcome] += number

    def failed(self, source: str, reason: str) -> None:
        self._failed.append(Failure(source, reason))

    def embedded(self, passages: int) -> None:
        self._passages += passages
        self.tell("embedding")

    def reached(self, path: Path, stream: BinaryIO) -> None:
        """Note how much of a file of many records has been read, in bytes on disk."""
        if self._before[0] != path:
            self._before = (path, self.done)
        self.done = self._before[1] + min(stream.tell(), size_of(path))

    def tell(self, stage: Stage) -> None:
        if self._progress:
            self._progress(self.step(stage))

    def step(self, stage: Stage) -> Step:
        documents = sum(self._counts.values()) - self._counts["removed"] + self.failures
        seconds = time.monotonic() - self._begun
        return Step(stage, self.done, self.total, documents, self._passages, seconds)

    def report(self, *, stopped: bool) -> Report:
        return Report(
            added=self._counts["added"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            removed=self._counts["removed"],
            failed=tuple(self._failed),
            passages=self._passages,
            seconds=time.monotonic() - self._begun,
            stopped=stopped,
        )
