"""`python -m bot "question"`: one answer, a conversation, or a saved answer checked again.

Exit status: 0 answered, 1 the articles don't say (or a citation no longer holds), 2 an error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.records import Answer, Turn
from bot.settings import load_settings

ANSWERED, NOT_ANSWERED, FAILED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if arguments[:1] == ["verify"]:
            return _verify(arguments[1:])
        return _ask(_parser().parse_args(arguments))
    except BotError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, BrokenPipeError):
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Ask the articles. Without a question: a conversation in the terminal. "
        "'python -m bot verify FILE' checks the citations of a saved --json answer.",
    )
    parser.add_argument("question", nargs="*", help="the question, in one or several words")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    for name, what in (("as-of", "answer as of"), ("since", "articles from"), ("until", "to")):
        parser.add_argument(f"--{name}", type=_day, metavar="DATE", help=f"{what} this day")
    parser.add_argument("--source", default="", metavar="NAME", help="articles of this source")
    parser.add_argument("--author", default="", metavar="NAME", help="articles of this author")
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library's folder")
    parser.add_argument("--model", metavar="NAME", help="a LangChain chat model")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no day; write it as YYYY-MM-DD, such as 2024-02-28"
        ) from None


def _ask(options: argparse.Namespace) -> int:
    from bot.answering import Bot

    bot = Bot(load_settings(library=options.library, model=options.model))
    filters = {
        name: getattr(options, name) for name in ("as_of", "since", "until", "source", "author")
    }
    bot.warm()
    if not options.question:
        return _converse(bot, filters)
    answer = bot.answer(" ".join(options.question), **filters)
    print(json.dumps(answer.to_dict(), ensure_ascii=False) if options.json else readable(answer))
    return ANSWERED if answer.answered else NOT_ANSWERED


def _converse(bot: Any, filters: dict[str, Any]) -> int:
    """Questions and answers until the end of the input; errors do not end it."""
    summary = bot.summary()
    print(f"{summary.articles} articles, {summary.oldest} to {summary.newest}. Ctrl-D ends.")
    history: list[Turn] = []
    while True:
        try:
            question = input("\n> ").strip()
        except EOFError:
            print()
            return ANSWERED
        if not question:
            continue
        try:
            answer = bot.answer(question, history, **filters)
        except BotError as error:
            print(error, file=sys.stderr)
            continue
        print(readable(answer))
        history.append(Turn(question, answer.text, answer))


def readable(answer: Answer) -> str:
    """The answer as a person reads it in a terminal, with what was nearest when it declines."""
    if answer.answered or not answer.nearest:
        return str(answer)
    lines = [str(answer), "", "Nearest:"]
    for c in answer.nearest:
        day = c.published.isoformat() if c.published else "undated"
        lines.append(f"- “{c.quote}” ({c.title}, {day})")
    return "\n".join(lines)


def _verify(arguments: Sequence[str]) -> int:
    from bot.verifying import verify_file

    parser = argparse.ArgumentParser(
        prog="python -m bot verify", description="Check a saved answer's citations again."
    )
    parser.add_argument("file", type=Path, help="the output of python -m bot --json")
    parser.add_argument("--library", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    report = verify_file(options.file, load_settings(library=options.library))
    print(json.dumps(report.to_dict(), ensure_ascii=False) if options.json else report)
    return ANSWERED if report.holds else NOT_ANSWERED


if __name__ == "__main__":
    sys.exit(main())
