"""How fast, and with how much memory? `python -m benchmarks.speed [--json FILE]`.

- cold start: `python -m bot "..."` as a process of its own, wall time and peak memory
- warm answer: the same question to a bot that has answered before
- ingest: passages a second of a whole ingest, against plain SentenceTransformer.encode on the
  same texts, in turns within the same run
- again: a second ingest of the unchanged folder against the first

Medians of several runs, with the lowest and the highest. On a busy machine only the ratios
mean anything, since both sides of each are measured side by side.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.data import EVAL, ROOT, NewsArticle, news_articles
from benchmarks.library import news_row
from bot.packaged import packaged_model_folder
from bot.records import Passage
from bot.settings import Settings, load_settings

RUNS = 5
QUESTION = "Which Xiaomi phones were made with Leica?"
_SAMPLE = 100  # articles of news, about 1,400 passages: half a minute for each side


@dataclass(frozen=True, slots=True)
class Timing:
    """The median of several runs, the lowest and the highest, in `unit`."""

    name: str
    median: float
    low: float
    high: float
    unit: str

    def __str__(self) -> str:
        return f"{self.name}: {self.median:.3g} {self.unit} ({self.low:.3g} to {self.high:.3g})"


def timing(name: str, values: Sequence[float], unit: str) -> Timing:
    return Timing(name, statistics.median(values), min(values), max(values), unit)


def cold_start(settings: Settings, runs: int = RUNS) -> list[Timing]:
    """Wall time and peak memory of the shell command, a process of its own each time."""
    environment = os.environ | {"BOT_LIBRARY": str(settings.library), "BOT_MODEL": ""}
    measured = [_one_process(environment) for _ in range(runs + 1)][1:]
    return [
        timing("cold start", [seconds for seconds, _ in measured], "s"),
        timing("cold start, peak memory", [memory for _, memory in measured], "MB"),
    ]


def warm_answer(settings: Settings, runs: int = RUNS) -> list[Timing]:
    """The time of an answer after the first one."""
    from bot.answering import Bot

    bot = Bot(settings)
    bot.answer(QUESTION)
    return [
        timing("warm answer", [_seconds(lambda: bot.answer(QUESTION)) for _ in range(runs)], "s")
    ]


def ingest_rate(articles: Sequence[NewsArticle], runs: int = RUNS) -> list[Timing]:
    """Passages a second of ingest and of plain encode in turns, and the ratio of each turn."""
    with tempfile.TemporaryDirectory() as made:
        source = _written(articles, Path(made) / "articles.jsonl")
        texts = [p.text for p in _ingested(source, Path(made) / "library")[1]]
        model = _plain_model()
        turns = [
            (_ingested(source, Path(made) / f"library-{run}")[0], _seconds(lambda: model(texts)))
            for run in range(runs)
        ]
    return [
        timing("ingest", [len(texts) / ours for ours, _ in turns], "passages/s"),
        timing("plain encode", [len(texts) / plain for _, plain in turns], "passages/s"),
        timing("ingest against plain encode", [plain / ours for ours, plain in turns], "times"),
    ]


def second_ingest(articles: Sequence[NewsArticle], runs: int = RUNS) -> list[Timing]:
    """How many times faster an unchanged folder of files is taken in again."""
    with tempfile.TemporaryDirectory() as made:
        folder, settings = Path(made) / "articles", load_settings(library=Path(made) / "library")
        folder.mkdir()
        for number, article in enumerate(articles):
            _written([article], folder / f"{number}.jsonl")
        first = _seconds(lambda: _ingest(folder, settings))
        again = [_seconds(lambda: _ingest(folder, settings)) for _ in range(runs)]
    return [
        timing("second ingest", again, "s"),
        timing("first ingest against second", [first / seconds for seconds in again], "times"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--all", action="store_true", help="second ingest of all 2,299 articles")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    found: list[Timing] = []
    for measured in _parts(options):
        for one in measured():
            print(one, flush=True)
            found.append(one)
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in found], indent=2) + "\n")
    return 0


def _parts(options: argparse.Namespace) -> list[Callable[[], list[Timing]]]:
    library = tempfile.mkdtemp()
    settings = load_settings(library=Path(library), model="")
    _ingest(ROOT / "articles", settings)
    parts = [
        lambda: cold_start(settings, options.runs),
        lambda: warm_answer(settings, options.runs),
    ]
    if EVAL.exists():
        sample = news_articles()[:_SAMPLE]
        parts += [
            lambda: ingest_rate(sample, options.runs),
            lambda: second_ingest(news_articles() if options.all else sample, options.runs),
        ]
    return parts


def _one_process(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and megabytes of one run of the shell command, which must succeed."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, "-m", "bot", QUESTION],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"python -m bot ended with {process.returncode}: nothing to measure.")
    return time.perf_counter() - began, usage.ru_maxrss / 1000


def _ingested(source: Path, library: Path) -> tuple[float, list[Passage]]:
    from bot.library import Library

    settings = load_settings(library=library)
    seconds = _seconds(lambda: _ingest(source, settings))
    with Library(settings).snapshot() as view:
        passages = [p for article in view.articles() for p in view.passages_of(article.id)]
    return seconds, passages


def _ingest(source: Path, settings: Settings) -> Any:
    from ingest import ingest

    return ingest(source, settings=settings)


def _plain_model() -> Callable[[list[str]], Any]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(packaged_model_folder()), device="cpu")
    return lambda texts: model.encode(texts, show_progress_bar=False)


def _written(articles: Sequence[NewsArticle], file: Path) -> Path:
    lines = (json.dumps(news_row(article)) + "\n" for article in articles)
    file.write_text("".join(lines), encoding="utf-8")
    return file


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
