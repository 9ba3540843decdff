"""Near-duplicates: recall on copies made by rule, and every merge among the real articles.

    python -m benchmarks.duplicates [--sample 300] [--merges]

The copies: other words at head and tail (a tenth each), the last third cut off, ten words in
a hundred changed, and all three at once. Each is put into a library of all real articles,
through the same tables and rules as ingest.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.data import news_articles
from bot.manifest import Document, Manifest
from bot.records import Article
from bot.schema import TABLES
from ingest.stories import Stories

SEED = 20240301
Change = Callable[[str, random.Random, list[str]], str]


def other_ends(text: str, chance: random.Random, words: list[str]) -> str:
    kept = text.split(" ")
    n = max(1, len(kept) // 10)
    return " ".join([*chance.choices(words, k=n), *kept[n:-n], *chance.choices(words, k=n)])


def cut_by_a_third(text: str, chance: random.Random, words: list[str]) -> str:
    kept = text.split(" ")
    return " ".join(kept[: len(kept) * 2 // 3])


def a_tenth_changed(text: str, chance: random.Random, words: list[str]) -> str:
    parts = re.split(r"(\s+)", text)
    chosen = chance.sample(range(0, len(parts), 2), k=(len(parts) // 2 + 1) // 10)
    for at in chosen:
        parts[at] = chance.choice(words)
    return "".join(parts)


def all_at_once(text: str, chance: random.Random, words: list[str]) -> str:
    cut = cut_by_a_third(text, chance, words)
    return a_tenth_changed(other_ends(cut, chance, words), chance, words)


CHANGES: tuple[Change, ...] = (other_ends, cut_by_a_third, a_tenth_changed, all_at_once)


class Shelf:
    """A library without vectors: the manifest and the stories of a database in memory."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.executescript(TABLES)
        self.manifest, self.stories = Manifest(self.db), Stories(self.db)

    def add(self, location: str, article: Article) -> set[str]:
        """Take the article in; returns its story."""
        self.manifest.place(Document(location, location, location), article)
        (id_,) = self.manifest.touched
        self.stories.update({id_})
        self.manifest.forget()
        return self.story(id_)

    def remove(self, location: str) -> None:
        self.manifest.vanish(location)
        self.stories.update(self.manifest.touched)
        self.manifest.forget()

    def story(self, id_: str) -> set[str]:
        rows = self.db.execute(
            "SELECT id FROM articles WHERE leader = (SELECT leader FROM articles WHERE id = ?)",
            (id_,),
        )
        return {one for (one,) in rows}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--merges", action="store_true", help="print every merge")
    options = parser.parse_args()
    articles = [
        Article(a.text, a.title, published=a.published, source=a.source, url=a.url)
        for a in news_articles()
    ]
    shelf, begun = Shelf(), time.perf_counter()
    for article in articles:
        shelf.add(article.url, article)
    each = (time.perf_counter() - begun) / len(articles)
    print(f"{len(articles)} articles, {1000 * each:.1f} ms each")
    _print_merges(shelf, options.merges)
    chance = random.Random(SEED)  # noqa: S311 - no secret
    sample = chance.sample(articles, options.sample)
    words = [word for article in sample for word in article.text.split()]
    for change in CHANGES:
        found = sum(_is_found(shelf, article, change, chance, words) for article in sample)
        print(f"{change.__name__:16} recall {found / len(sample):.3f}")


def _is_found(
    shelf: Shelf, article: Article, change: Change, chance: random.Random, words: list[str]
) -> bool:
    copy = replace(article, text=change(article.text, chance, words), url="copy")
    (original,) = shelf.db.execute(
        "SELECT article FROM locations WHERE location = ?", (article.url,)
    ).fetchone()
    story = shelf.add("copy", copy)
    shelf.remove("copy")
    return original in story


def _print_merges(shelf: Shelf, every: bool) -> None:
    rows = shelf.db.execute(
        "SELECT a.leader, v.published, v.source, v.title, length(v.text) FROM articles a "
        "JOIN versions v ON v.article = a.id WHERE a.leader IN "
        "(SELECT leader FROM articles WHERE leader != id) ORDER BY a.leader, a.id = a.leader DESC"
    ).fetchall()
    print(f"{len({row[0] for row in rows})} stories of more than one article, {len(rows)} articles")
    for leader, *about in rows if every else []:
        print(" ", leader, *about)


if __name__ == "__main__":
    main()
