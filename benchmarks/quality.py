"""How good are search and answers? `python -m benchmarks.quality` measures all of it.

    python -m benchmarks.quality                    everything; the first run builds the libraries
    python -m benchmarks.quality --only retrieval   one measure
    python -m benchmarks.quality --subset           a part that takes a few minutes
    python -m benchmarks.quality --json FILE        the figures as JSON, too

Prints a Markdown table with the 95 % bootstrap spread of each figure, the plain baseline, and
the chance that the difference would not hold on other questions of the same kind.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from benchmarks import (
    conflicts,
    conversations,
    data,
    declining,
    quotes,
    retrieval,
    samples,
    squad,
    subset,
)
from benchmarks.baseline import Baseline
from benchmarks.figures import Figure, as_json, table
from benchmarks.library import Row, Shelf, news_row, open_shelf

FOLDERS = ("news", "conflicts", "conversations", "squad")


class Course:
    """The measures over all of the data, or the `small` subset; libraries are built as needed.

    `fresh` builds a library again when the code that builds it has changed; without `compare`
    the baseline of news and SQuAD, which takes as long as the rest, is left out.
    """

    def __init__(self, *, small: bool = False, fresh: bool = False, compare: bool = True) -> None:
        self._small, self._fresh, self._compare = small, fresh, compare
        self.measures: dict[str, Callable[[], list[Figure]]] = {
            "retrieval": lambda: retrieval.measure(self._news, self._news_data[1], self._baseline),
            "quotes": lambda: quotes.measure(self._news, self._news_data[1], self._baseline),
            "declining": lambda: declining.measure(self._news, self._news_data[1]),
            "conversations": self._conversations,
            "conflicts": self._conflicts,
            "squad": self._squad,
            "samples": lambda: samples.measure(samples.samples_shelf()),
        }

    def run(self, only: str = "") -> list[Figure]:
        """The figures of every measure, or of the one named."""
        figures: list[Figure] = []
        for name in [only] if only else list(self.measures):
            began = time.monotonic()
            figures += self.measures[name]()
            print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
        return figures

    @cached_property
    def _news_data(self) -> tuple[list[data.NewsArticle], list[data.NewsQuestion]]:
        articles, questions = list(data.news_articles()), data.answerable_news()
        return subset.news(articles, questions) if self._small else (articles, questions)

    @cached_property
    def _news(self) -> Shelf:
        return self._shelf("news", map(news_row, self._news_data[0]))

    @cached_property
    def _baseline(self) -> Baseline | None:
        return Baseline(self._news_data[0]) if self._compare else None

    def _conversations(self) -> list[Figure]:
        turns, passages = list(data.conversation_turns()), data.conversation_passages()
        if self._small:
            turns, passages = subset.conversations(turns, passages)
        shelf = self._shelf("conversations", conversations.rows(passages))
        return conversations.measure(shelf, turns)

    def _conflicts(self) -> list[Figure]:
        every = list(data.conflicts())
        asked = subset.conflicts(every) if self._small else every
        return conflicts.measure(self._shelf("conflicts", conflicts.rows(asked)), asked)

    def _squad(self) -> list[Figure]:
        every = squad.measured(data.squad_questions())
        asked = subset.squad(every) if self._small else every
        return squad.measure(self._shelf("squad", squad.rows(asked)), asked, compare=self._compare)

    def _shelf(self, name: str, rows: Iterable[Row]) -> Shelf:
        return open_shelf(f"{name}-subset" if self._small else name, rows, fresh=self._fresh)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 2 where the data is absent."""
    options = _options(arguments)
    try:
        figures = Course(small=options.subset, fresh=options.rebuild).run(options.only)
    except data.DataMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    print(table(figures))
    if options.json:
        found = {"data": data.data_digest(*FOLDERS), "figures": as_json(figures)}
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--only", choices=list(Course().measures), default="")
    parser.add_argument("--subset", action="store_true", help="a part that takes minutes")
    parser.add_argument("--rebuild", action="store_true", help="build changed libraries again")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
