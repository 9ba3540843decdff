"""Keeps a library up to date for as long as it runs: files as they change, links now and then."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.errors import BotError, LibraryLocked
from ingest.report import Report
from ingest.sources import is_link, is_readable

# Conditional requests make a look at a feed cheap; most newsrooms' feeds change within this.
SECONDS_BETWEEN_LINKS = 900.0
SECONDS_AFTER_LOCKED = 5.0
_TICK_MS = 1000


def watch(
    paths: Sequence[str],
    run: Callable[[Sequence[str]], Report],
    stop: threading.Event,
    *,
    say: Callable[[str], None] = lambda text: print(text, file=sys.stderr, flush=True),
) -> None:
    """Run once, and again whenever something below the paths changes, until `stop` is set.

    A run that fails is told and tried again at the next change; one that finds the library
    locked is tried again after some seconds.
    """
    files = [path for path in paths if not is_link(path)]
    links = [path for path in paths if is_link(path)]
    due, looked = list(paths), time.monotonic()
    for changed in _ticks(files, stop):
        if changed:
            due = list(dict.fromkeys([*due, *files]))
        if links and time.monotonic() - looked >= SECONDS_BETWEEN_LINKS:
            due, looked = list(dict.fromkeys([*due, *links])), time.monotonic()
        if due and not stop.is_set():
            due = _attempt(due, run, stop, say)


def _attempt(
    due: list[str],
    run: Callable[[Sequence[str]], Report],
    stop: threading.Event,
    say: Callable[[str], None],
) -> list[str]:
    """Run, and return what is still to be done."""
    try:
        report = run(due)
    except LibraryLocked as error:
        say(str(error))
        stop.wait(SECONDS_AFTER_LOCKED)
        return due
    except BotError as error:
        say(str(error))
        return []
    if report.added or report.updated or report.removed or report.failed:
        say(str(report))
    return []


def _ticks(files: Sequence[str], stop: threading.Event) -> Iterator[bool]:
    """Whether something changed, about every second.

    The first comes when the files are watched already, so that no change slips between the
    first run and the watch.
    """
    if not files:
        yield False
        while not stop.wait(_TICK_MS / 1000):
            yield False
        return
    from watchfiles import Change, watch

    def counts(change: Change, path: str) -> bool:
        # A folder may have been moved away or here, and then its files are not named.
        return is_readable(Path(path)) or not Path(path).suffix

    for changes in watch(
        *files,
        watch_filter=counts,
        stop_event=stop,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        yield bool(changes)
