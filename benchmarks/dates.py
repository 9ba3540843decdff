"""Which statements about a page's date can be trusted: `python -m benchmarks.dates`.

The 181 pages of `../shared/eval/html` have no published dates in their ground truth, so each
kind of statement is held against the others of the same page. The table prints on how many
pages there is one, how often it names the day that most others name, and how often a day
next to that (a stamp in UTC beside a local day). The order in `ingest.dating` follows it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from benchmarks.html import TestPage, test_pages
from bot.errors import ReadError
from ingest.dating import body_candidates, head_candidates, url_day
from ingest.days import stated_day
from ingest.markup import parse_page
from ingest.readers import read
from ingest.readers.encoding import decode

MARKUP = ("JSON-LD", "meta tag", "microdata", "time element")


def statements(page: TestPage) -> dict[str, date]:
    """The first day of each kind of statement on the page."""
    parsed = parse_page(decode(page.html))
    found: dict[str, date] = {}
    for origin, value in (*head_candidates(parsed), *body_candidates(parsed)):
        if value and (day := stated_day(value, parsed.day_first)):
            found.setdefault(origin, day)
    if day := url_day(page.url):
        found["URL"] = day
    return found


def most_named(days: Iterable[date]) -> date:
    """The day that most of them name; of equals the one that comes first."""
    return Counter(days).most_common(1)[0][0]


def reference(stated: dict[str, date]) -> date | None:
    """The day that the page's markup states: what most of its statements there agree on."""
    days = [stated[origin] for origin in MARKUP if origin in stated]
    return most_named(days) if days else None


def main() -> None:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    read_as: Counter[str] = Counter()
    for page in test_pages():
        stated = statements(page)
        for origin, day in stated.items():
            table[origin]["pages"] += 1
            if others := [other for kind, other in stated.items() if kind != origin]:
                apart = abs((day - most_named(others)).days)
                table[origin].update(compared=1, same=apart == 0, near=apart <= 1)
        _compare(page, reference(stated), read_as)
    print(f"{'statement':14} {'pages':>6} {'compared':>9} {'same day':>9} {'within 1':>9}")
    for origin, row in sorted(table.items(), key=lambda item: -_share(item[1])):
        print(
            f"{origin:14} {row['pages']:6} {row['compared']:9} {_share(row):9.1%} "
            f"{row['near'] / max(1, row['compared']):9.1%}"
        )
    print(
        f"read: the day of the markup on {read_as['right']} of {read_as['stated']} pages that "
        f"state one ({read_as['right'] / max(1, read_as['stated']):.1%}); "
        f"{read_as['elsewhere']} dated from text or URL; {read_as['undated']} undated"
    )


def _compare(page: TestPage, stated: date | None, read_as: Counter[str]) -> None:
    try:
        published = read(page.raw()).published
    except ReadError:
        published = None
    if stated:
        read_as.update(stated=1, right=published == stated)
    else:
        read_as.update(elsewhere=published is not None, undated=published is None)


def _share(row: Counter[str]) -> float:
    return row["same"] / max(1, row["compared"])


if __name__ == "__main__":
    main()
