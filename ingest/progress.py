"""How far a run has come: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TextIO

Stage = str  # "reading", "embedding" or "removing"
SECONDS_BETWEEN_LINES = 10.0


@dataclass(frozen=True, slots=True)
class Step:
    """The state of a run at one moment.

    `done` and `total` are bytes of the named files, 0 where that is not known (links).
    """

    stage: Stage
    done: int
    total: int
    documents: int
    passages: int
    seconds: float

    @property
    def rate(self) -> float:
        """Passages embedded in a second, so far."""
        return self.passages / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that are left if the rest goes like what is done; None if unknown."""
        if not 0 < self.done <= self.total:
            return None
        return self.seconds * (self.total - self.done) / self.done

    def __str__(self) -> str:
        share = f"{100 * self.done // self.total} %, " if self.total else ""
        left = f", {_clock(self.left)} left" if self.left is not None else ""
        return (
            f"{self.stage}: {share}{self.documents:,} documents, {self.passages:,} passages, "
            f"{self.rate:.0f} a second{left}"
        )


Progress = Callable[[Step], None]


def shown_on(stream: TextIO | None = None) -> Reporter:
    """What shows the steps of a run on this stream (stderr); close it at the end."""
    stream = stream or sys.stderr
    return Bar(stream) if stream.isatty() else Lines(stream)


class Lines:
    """A plain line every few seconds, for logs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._last = stream, time.monotonic()

    def __call__(self, step: Step) -> None:
        if time.monotonic() - self._last >= SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            print(step, file=self._stream, flush=True)

    def close(self) -> None:
        pass


class Bar:
    """A bar that moves, with stage, rate and time left."""

    def __init__(self, stream: TextIO) -> None:
        from tqdm import tqdm  # type: ignore[import-untyped]

        self._bar: Any = tqdm(
            total=None, file=stream, leave=False, bar_format="{desc} |{bar}| {postfix}", unit="B"
        )

    def __call__(self, step: Step) -> None:
        stage, _, told = str(step).partition(": ")
        self._bar.total = step.total or None
        self._bar.n = min(step.done, step.total)
        self._bar.set_description_str(stage, refresh=False)
        self._bar.set_postfix_str(told, refresh=False)
        self._bar.update(0)
        self._bar.refresh()

    def close(self) -> None:
        self._bar.close()


Reporter = Lines | Bar


def _clock(seconds: float | None) -> str:
    minutes, rest = divmod(round(seconds or 0), 60)
    return (
        f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
    )
