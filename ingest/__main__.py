"""python -m ingest PATH… : bring the library up to date with files, folders, links and feeds.

Exit codes: 0; 1 if nothing could be read; 2 if the library or a setting stands in the way;
130 after Ctrl-C, which ends the run behind the piece at hand.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

from bot import Settings, load_settings
from bot.errors import BotError
from ingest.build import ingest
from ingest.progress import Reporter, shown_on
from ingest.report import Report

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    upkeep = options.list or options.remove or options.rebuild or options.check
    if bool(options.paths) == bool(upkeep):
        parser.error("give files, folders or links to ingest, or one of the options")
    try:
        settings = load_settings(library=options.library)
        return _care(options, settings) if upkeep else _ingest(options, settings)
    except BotError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; what was finished is in the library.", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Bring the library up to date with files, folders, links and feeds.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a folder or a link")
    parser.add_argument("--library", metavar="DIR", help="the library's folder (BOT_LIBRARY)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--watch", action="store_true", help="go on whenever something changes")
    care = parser.add_mutually_exclusive_group()
    care.add_argument("--list", action="store_true", help="list the articles")
    care.add_argument("--remove", metavar="ARTICLE", help="let an article answer no more")
    care.add_argument("--rebuild", action="store_true", help="embed all passages anew")
    care.add_argument("--check", action="store_true", help="find and mend what does not agree")
    return parser


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    stop = threading.Event()
    _stop_at_signals(stop)
    if options.watch:
        from ingest.watching import watch

        watch(options.paths, lambda paths: _run(paths, settings, stop), stop)
        return 0
    report = _run(options.paths, settings, stop)
    print(json.dumps(report.to_dict()) if options.json else report)
    if report.stopped:
        print("Stopped. Run the same command again to go on from here.", file=sys.stderr)
        return INTERRUPTED
    return 1 if report.nothing_read else 0


def _run(paths: Sequence[str], settings: Settings, stop: threading.Event) -> Report:
    shown = shown_on()
    try:
        return ingest(*paths, settings=settings, progress=shown, stop=stop.is_set)
    finally:
        shown.close()


def _stop_at_signals(stop: threading.Event) -> None:
    """The first Ctrl-C (or SIGTERM) asks for the end, the second takes it."""

    def ask(number: int, _: Any) -> None:
        print("\nStopping behind the piece at hand; again to stop at once.", file=sys.stderr)
        stop.set()
        signal.signal(number, signal.default_int_handler)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)


def _care(options: argparse.Namespace, settings: Settings) -> int:
    from ingest import upkeep
    from ingest.tally import Tally

    if options.list:
        for entry in upkeep.entries(settings):
            print(json.dumps(entry.to_dict()) if options.json else entry)
        return 0
    if options.remove:
        entry = upkeep.remove(settings, options.remove)
        print(f"Removed {entry.id} ({entry.title}). To bring it back, ingest its file by name.")
        return 0
    shown: Reporter = shown_on()
    try:
        tally = Tally(shown)
        if options.rebuild:
            passages = upkeep.rebuild(settings, tally)
            told = [f"Embedded {passages:,} passages with {settings.embedding_model}."]
        else:
            told = upkeep.check(settings, tally) or ["The library is sound."]
    finally:
        shown.close()
    print(json.dumps(told) if options.json else "\n".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
