"""What is marked as no news, by rule, with samples: `python -m benchmarks.furniture [SAMPLES]`.

Read the samples: a line of news among them can't be quoted any more. Measured on the 2,299
articles of `../shared/eval/news`, with the time that cleaning and marking take.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict

from benchmarks.data import news_articles
from ingest.cleaning import clean
from ingest.furniture import marked


def main(samples: int = 8) -> None:
    raw = [article.text for article in news_articles()]
    begun = time.perf_counter()
    texts = [clean(text) for text in raw]
    cleaned = time.perf_counter()
    spans = [list(marked(text)) for text in texts]
    done = time.perf_counter()
    found: dict[str, list[str]] = defaultdict(list)
    for text, marks in zip(texts, spans, strict=True):
        for start, end, kind in marks:
            found[kind].append(text[start:end])
    characters = sum(map(len, texts))
    lines = sum(text.count("\n") + 1 for text in texts)
    count = sum(map(len, found.values()))
    share = sum(len(line) for kind in found.values() for line in kind) / characters
    print(
        f"{characters / 1e6:.1f} million characters: cleaned in {cleaned - begun:.1f} s, "
        f"marked in {done - cleaned:.1f} s; {count} of {lines} lines marked "
        f"({count / lines:.1%}), {share:.1%} of the characters"
    )
    chance = random.Random(1)  # noqa: S311 - samples to read, no secret
    for kind, marked_lines in sorted(found.items(), key=lambda item: -len(item[1])):
        print(f"\n{kind}: {len(marked_lines)}")
        for line in chance.sample(sorted(set(marked_lines)), min(samples, len(set(marked_lines)))):
            print(f"  {line[:200]}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
