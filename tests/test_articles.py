"""The sample articles are fit to be the first thing that anyone asks about."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, SHARED


def _load(path: Path) -> dict[str, Any]:
    """The front matter of an article, and its text as "content"."""
    _, head, content = path.read_text("utf-8").split("---\n", 2)
    return {**yaml.safe_load(head), "content": content.strip()}


ARTICLES = {path.name: _load(path) for path in (ROOT / "articles").glob("*.md")}
RUMOUR = "2025-07-06-xiaomi-leica-rumour.md"
COPY = "2025-07-07-xiaomi-leica-rumour-syndicated.md"


def test_there_are_eighteen_over_several_years_from_several_sources() -> None:
    days = [str(a["published"]) for a in ARTICLES.values() if "published" in a]
    assert len(ARTICLES) == 18
    assert min(days)[:4] == "2016"
    assert max(days)[:4] == "2025"
    assert len({a["source"] for a in ARTICLES.values()}) == 6


def test_one_is_undated_on_purpose() -> None:
    undated = [name for name, article in ARTICLES.items() if "published" not in article]
    assert undated == ["sony-zeiss-backgrounder.md"]


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_each_has_a_head_and_200_to_600_words(name: str) -> None:
    article = ARTICLES[name]
    assert article["title"]
    assert article["author"]
    assert article["source"]
    assert 200 <= len(article["content"].split()) <= 600
    if "published" in article:
        assert isinstance(article["published"], date)
        assert name.startswith(article["published"].isoformat())


def test_addresses_are_of_domains_reserved_for_examples() -> None:
    addresses = [str(a["url"]) for a in ARTICLES.values() if "url" in a]
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert re.match(r"https://[a-z-]+\.example\.(org|com)/", address)


def test_one_article_is_a_copy_of_another_with_changed_head_and_tail() -> None:
    def paragraphs(name: str) -> set[str]:
        return set(ARTICLES[name]["content"].split("\n\n"))

    shared = paragraphs(RUMOUR) & paragraphs(COPY)
    assert len(shared) >= 5
    assert paragraphs(COPY) - shared
    assert paragraphs(RUMOUR) - shared


def test_no_sentence_is_taken_from_the_two_real_articles() -> None:
    if not (SHARED / "articles").is_dir():
        pytest.skip("needs the two real articles in ../shared/articles")
    real = [path.read_text("utf-8") for path in (SHARED / "articles").glob("*.txt")]
    known = {run for text in real for run in _runs(text)}
    for name, article in ARTICLES.items():
        assert not [run for run in _runs(article["content"]) if run in known], name


def _runs(text: str, length: int = 8) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]
