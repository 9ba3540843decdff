"""How well the article is found in 181 real pages: `python -m benchmarks.html`.

The measure is that of the article extraction benchmark (Zyte, 2020): the runs of four words
of the extracted text against those of the true one, as bags; each page's hits, false alarms
and misses add up to 1; precision and recall are means over the pages, and F1 is theirs.
The spread is the 95 % interval of 1,000 resamplings of the pages.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.data import EVAL, DataMissing
from bot.errors import ReadError
from bot.records import Article
from ingest.markup import parse_page, words
from ingest.readers import read
from ingest.readers.encoding import decode
from ingest.sources import RawDocument

FLOOR = 0.955  # mean F1 below which the reader has got worse
RESAMPLINGS = 1_000
_WORD = re.compile(r"\w+")

Counts = tuple[float, float, float]  # hits, false alarms, misses of one page; their sum is 1


@dataclass(frozen=True, slots=True)
class TestPage:
    """One page of the benchmark: its bytes, its address and its true text."""

    id: str
    url: str
    html: bytes
    body: str

    def raw(self) -> RawDocument:
        return RawDocument(self.url or self.id, self.html, ".html", self.url)


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the pages."""

    f1: float
    precision: float
    recall: float


def test_pages() -> Iterator[TestPage]:
    """The pages in the order of their ids; raises DataMissing where there are none."""
    folder = EVAL / "html"
    if not (folder / "ground-truth.json").exists():
        raise DataMissing(f"the pages are not in {folder}")
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for key in sorted(truth):
        html = gzip.decompress((folder / "pages" / f"{key}.html.gz").read_bytes())
        yield TestPage(key, truth[key].get("url") or "", html, truth[key]["articleBody"])


def shingles(text: str, length: int = 4) -> Counter[tuple[str, ...]]:
    """The runs of `length` words in `text`; a shorter text is one run."""
    tokens = _WORD.findall(text)
    starts = range(max(1, len(tokens) - length + 1))
    return Counter(run for start in starts if (run := tuple(tokens[start : start + length])))


def compare(true: str, found: str) -> Counts:
    """How much of both texts together is in both, only in `found`, and only in `true`."""
    wanted, got = shingles(true), shingles(found)
    parts = (wanted & got).total(), (got - wanted).total(), (wanted - got).total()
    total = sum(parts)
    return (parts[0] / total, parts[1] / total, parts[2] / total) if total else (0.0, 0.0, 0.0)


def score(counts: Sequence[Counts]) -> Score:
    """The benchmark's averages; a page without any text on a side is left out on that side."""
    precision = statistics.mean(hit / (hit + alarm) for hit, alarm, _ in counts if hit + alarm)
    recall = statistics.mean(hit / (hit + miss) for hit, _, miss in counts if hit + miss)
    both = precision + recall
    return Score(2 * precision * recall / both if both else 0.0, precision, recall)


def spread(counts: Sequence[Counts]) -> float:
    """Half the width of the 95 % interval of F1."""
    chance = random.Random(181)  # noqa: S311 - a resampling, no secret
    again = (score(chance.choices(counts, k=len(counts))).f1 for _ in range(RESAMPLINGS))
    return 1.96 * statistics.stdev(again)


def quotable(article: Article) -> str:
    """The text without its furniture: what may be quoted."""
    kept, at = [], 0
    for start, end in article.furniture:
        kept.append(article.text[at:start])
        at = end
    return "".join([*kept, article.text[at:]])


def title_is_stated(page: TestPage, title: str) -> bool:
    """Whether the page itself gives that title, in a headline or in its metadata."""
    parsed = parse_page(decode(page.html))
    stated = [parsed.meta.get("og:title", ""), *parsed.tree.xpath("//title/text()")]
    stated += [element.text_content() for element in parsed.tree.xpath("//h1")]
    stated += [str(item.get("headline", "")) for item in parsed.objects]
    return any(words(title) and words(title) in words(text) for text in stated)


def main() -> None:
    found: list[Counts] = []
    news: list[Counts] = []
    titles = 0
    for page in test_pages():
        try:
            article = read(page.raw())
        except ReadError as error:
            print(f"{page.url}: {error}")
            found.append(compare(page.body, ""))
            continue
        found.append(compare(page.body, article.text))
        news.append(compare(page.body, quotable(article)))
        titles += title_is_stated(page, article.title)
    for name, counts in (("text", found), ("text without furniture", news)):
        mean = score(counts)
        print(
            f"{name}: F1 {mean.f1:.4f} ± {spread(counts):.4f} "
            f"(precision {mean.precision:.4f}, recall {mean.recall:.4f}) on {len(counts)} pages"
        )
    print(f"titles that the page itself states: {titles} of {len(found)}")


if __name__ == "__main__":
    main()
