"""Home, search, tag and author pages are not articles; articles are not taken for them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ingest.pages import not_an_article
from tests.web_server import article, teasers

REAL = Path(__file__).parents[2] / "shared" / "eval" / "html"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "a home page"),
        ("/", "a home page"),
        ("/?utm_source=mail", "a home page"),
        ("/index.html", "a home page"),
        ("/en/", "a home page"),
        ("/de-at", "a home page"),
        ("/search?q=harbour", "a search"),
        ("/?s=harbour", "a search"),
        ("/suche/hafen", "a search"),
        ("/tag/harbour", "a list (/tag/)"),
        ("/en/topics/ports/", "a list (/topics/)"),
        ("/category/news/local/", "a list (/category/)"),
        ("/author/ann-lee", "a list (/author/)"),
        ("/news/page/3/", "an archive"),
        ("/2024/03/", "an archive"),
        ("/login", "a page about the site"),
    ],
)
def test_an_address_tells_what_is_no_article(path: str, kind: str) -> None:
    assert not_an_article(f"https://news.example{path}") == f"its address is that of {kind}"


@pytest.mark.parametrize(
    "path",
    [
        *("/?p=1234", "/2024/03/02/harbour-plan", "/news/harbour-plan", "/index.php?id=7"),
        *("/category/news/council-agrees-on-new-harbour-plan", "/tag/story-20240302"),
        *("/search-for-the-lost-ship", "/tagging-whales", "/authors/2024/03/02/a-new-novel"),
    ],
)
def test_an_address_that_may_be_an_articles_is_let_through(path: str) -> None:
    assert not_an_article(f"https://news.example{path}") is None


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<body class="home blog">', "a list of articles (blog home)"),
        ('<body class="archive category category-7">', "a list of articles (archive category)"),
        ('<body class="search search-results">', "a list of articles (search search-results)"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"CollectionPage"},'
            '{"@type":"WebSite"}]}</script><body>',
            "a CollectionPage",
        ),
        (
            '<script type="application/ld+json">[{"@type":["WebPage","ProfilePage"]}]</script>',
            "a ProfilePage",
        ),
        ('<meta property="og:type" content="profile">', "a profile"),
    ],
)
def test_markup_tells_what_is_no_article(html: str, reason: str) -> None:
    page = f"<html>{html}<p>{'A long paragraph of text. ' * 90}</p></html>".encode()
    url = "https://news.example/harbour"
    assert not_an_article(url, page) == f"its own markup says that it is {reason}"


def test_a_page_of_links_and_teasers_is_no_article() -> None:
    reason = not_an_article("https://news.example/harbour", teasers().encode())
    assert reason is not None
    assert reason.endswith("% of its text are links, and no part of it reads like an article")


@pytest.mark.parametrize(
    "sign",
    [
        '<meta property="og:type" content="article">',
        '<script type="application/ld+json">{"@type":"NewsArticle"}</script>',
    ],
)
def test_a_page_of_links_that_says_it_is_an_article_is_believed(sign: str) -> None:
    page = teasers().replace("<head>", f"<head>{sign}")
    assert not_an_article("https://news.example/live", page) is None


def test_an_article_without_any_markup_is_let_through() -> None:
    assert not_an_article("https://news.example/plan", article()) is None
    assert not_an_article("", article()) is None


@pytest.mark.parametrize(
    "html", [b"", b"<html></html>", b"\0\0", b'<script type="application/ld+json">{[}</script>']
)
def test_a_page_without_text_is_left_to_the_reader(html: bytes) -> None:
    assert not_an_article("https://news.example/plan", html) is None


def test_a_page_nested_without_end_is_looked_at_without_harm() -> None:
    assert not_an_article("https://news.example/plan", b"<div>" * 200_000 + b"text") is None


def test_at_most_one_of_the_real_articles_is_refused() -> None:
    if not REAL.exists():
        pytest.skip("the article pages of ../shared/eval/html are not there")
    truth = json.loads((REAL / "ground-truth.json").read_text())
    refused = [
        (page["url"], reason)
        for name, page in truth.items()
        if (reason := not_an_article(page["url"], _page(name)))
    ]
    assert len(truth) == 181
    assert len(refused) <= 1, refused


def _page(name: str) -> bytes:
    return gzip.decompress((REAL / "pages" / f"{name}.html.gz").read_bytes())
