"""Ingest at size: rate, memory, disk; again unchanged; again with one article in 100 edited.

    python -m benchmarks.ingest                # the news articles, each step a fresh process
    python -m benchmarks.ingest --rate 300     # against plain SentenceTransformer.encode
    python -m benchmarks.ingest --memory       # 2,000 and 20,000 short articles made by rule

Wall time in seconds and peak memory (resident set) in MB of the whole process, as the
operating system counts it.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.data import WORK, news_articles

SEED = 20240301
FOLDER = WORK / "ingest"
_RUN = """
import json, resource, sys
from ingest import ingest
report = ingest(sys.argv[1], library=sys.argv[2]).to_dict()
report["failed"] = len(report["failed"])
report["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(report))
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=int, metavar="ARTICLES")
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    if options.rate:
        rate(options.rate)
    elif options.memory:
        memory()
    else:
        thrice()


def thrice() -> None:
    """First, unchanged, and with one file in a hundred edited; a file an article."""
    folder = write_news()
    first = run("first", folder)
    second = run("unchanged", folder)
    print(f"unchanged is {first / second:.0f} times as fast")
    files = sorted(folder.iterdir())
    for file in random.Random(SEED).sample(files, len(files) // 100):  # noqa: S311
        row = json.loads(file.read_text("utf-8"))
        row["text"] += "\nThis article was corrected."
        file.write_text(json.dumps(row), "utf-8")
    run("1 % edited", folder)
    used = sum(file.stat().st_size for file in (FOLDER / "library").rglob("*") if file.is_file())
    texts = sum(len(article.text.encode()) for article in news_articles())
    print(f"disk: {used / 1e6:.0f} MB, for {texts / 1e6:.0f} MB of text")


def write_news(most: int | None = None) -> Path:
    folder = FOLDER / "articles"
    folder.mkdir()
    for n, article in enumerate(news_articles()[:most]):
        row = {
            "url": article.url,
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "source": article.source,
            "text": article.text,
        }
        (folder / f"{n:05}.json").write_text(json.dumps(row), "utf-8")
    return folder


def run(name: str, folder: Path, library: str = "library") -> float:
    """Ingest in a fresh process; prints its report and returns its wall time."""
    begun = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own program on our own folders
        [sys.executable, "-c", _RUN, str(folder), str(FOLDER / library)],
        check=True,
        capture_output=True,
        text=True,
    )
    wall = time.perf_counter() - begun
    report = json.loads(done.stdout)
    rate = report["passages"] / report["seconds"]
    print(f"{name}: {wall:.1f} s, {rate:.0f} passages/s, {report}", flush=True)
    return wall


def rate(articles: int) -> None:
    """Passages a second of the whole of ingest, and of encoding the same passages plainly."""
    from bot.export import load_sentence_transformer
    from bot.library import Library
    from bot.packaged import packaged_model_folder
    from bot.settings import load_settings

    run("warm-up", write_news(3).rename(FOLDER / "few"), "warm-up")
    run("ingest", write_news(articles))
    with Library(load_settings(library=FOLDER / "library")).snapshot() as view:
        texts = [
            passage.text for article in view.articles() for passage in view.passages_of(article.id)
        ]
    model = load_sentence_transformer(str(packaged_model_folder()))
    model.encode(texts[:32])
    begun = time.perf_counter()
    model.encode(texts)
    seconds = time.perf_counter() - begun
    print(f"encode alone: {len(texts)} passages, {len(texts) / seconds:.0f} passages/s")


def memory() -> None:
    """Short reports made by rule, so that 20,000 of them take minutes."""
    run("warm-up", write_news(3), "warm-up")  # or the export of the model would be measured
    words = [word for article in news_articles()[:200] for word in article.text.split()]
    for number in (2_000, 20_000):
        folder = FOLDER / f"made-{number}"
        folder.mkdir()
        chance = random.Random(SEED)  # noqa: S311
        for n in range(number):
            text = " ".join(chance.choices(words, k=120))
            (folder / f"{n:05}.txt").write_text(f"Report {n}\n\n{text}.", "utf-8")
        run(f"{number} articles", folder, f"library-{number}")


if __name__ == "__main__":
    main()
