"""Web pages: trafilatura finds the article, the markup tells its title, author and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ReadError
from bot.records import Article
from ingest.dating import date_of_page
from ingest.markup import (
    ARTICLE_TYPES,
    Page,
    articles,
    first_text,
    own_elements,
    parse_page,
    text_of,
    words,
)
from ingest.pages import not_an_article
from ingest.readers.blocks import element_text
from ingest.readers.encoding import decode
from ingest.readers.making import Origin, address_of, finish, hint
from ingest.sources import RawDocument

# Less is a teaser, a notice or an error page. The shortest of the 181 articles has 190.
SHORTEST = 120  # characters
# The careful extraction is taken unless it lost this much of the ordinary one.
KEPT_AT_LEAST = 0.3
# Beyond this trafilatura takes minutes (its time grows with the square); then the text of
# the container is taken whole. The largest of the 181 pages has some 1,600 elements.
MOST_ELEMENTS = 20_000
# A body in the JSON-LD is taken when it holds nearly all that was extracted, and more.
BODY_HOLDS = 0.9


def read_page(raw: RawDocument) -> Article:
    """The article of an HTML file; raises ReadError when there is none in it."""
    return article_of(decode(raw.data), raw)


def article_of(html: str, raw: RawDocument) -> Article:
    """The article of the page `html`, with what the source of `raw` said of it."""
    page = parse_page(html)
    url = address_of(raw)
    # A page from a link was judged when it was fetched; a saved one is judged here.
    if not url and (reason := _refusal(html, page)):
        raise ReadError(f"it is no article: {reason}")
    text = main_text(html, page)
    if len(text) < SHORTEST:
        raise ReadError("there is no article in this page")
    url = url or address(page)
    titles = [*titles_of(page, url), ("feed entry", hint(raw, "title"))]
    source = site_name(page) or hint(raw, "source") or host(url)
    author = author_of(page) or hint(raw, "author")
    feed = (hint(raw, "published"), hint(raw, "updated"))
    return finish(text, titles, date_of_page(page, text, url, feed), Origin(author, source, url))


def main_text(html: str, page: Page) -> str:
    """The article's text, one block a line; "" when there is none.

    `python -m benchmarks.html` measures each of the choices made here.
    """
    if len(page.tree.xpath("//*")) > MOST_ELEMENTS:
        return _container(page)
    text = _extract(html, careful=True)
    if len(text) < KEPT_AT_LEAST * _size_of_paragraphs(page):
        ordinary = _extract(html)
        text = text if len(text) >= KEPT_AT_LEAST * len(ordinary) else ordinary
    for body in _bodies(page):
        if len(body) > len(text) and _holds(body, text):
            text = body
    return text or _container(page)


def titles_of(page: Page, url: str = "") -> Iterator[tuple[str, str]]:
    """The page's titles, best first, without the name of its site."""
    heading = _heading(page)
    named = [("JSON-LD", text_of(item.get("headline"))) for item in articles(page)]
    named += [("meta tag", page.meta.get(name, "")) for name in ("og:title", "twitter:title")]
    named.append(("title element", first_text(page, "//title")))
    sites = {_squeezed(site_name(page)), _squeezed(host(url or address(page)))} - {""}
    for title_from, stated in named:
        title = unescape(stated)
        # What a headline element says is what readers saw; titles in the markup add the site.
        if heading and title and words(heading) in words(title):
            yield "heading", heading
        yield title_from, without_site(title, sites)
    yield "heading", heading


def without_site(title: str, sites: set[str]) -> str:
    """`title` without a last part such as " - The Daily Planet" that only names the site."""
    match = re.match(r"(.{10,}?)\s+([|–—:·»-])\s+([^|–—·»]{2,50})$", title, re.S)
    if not match:
        return title
    head, mark, tail = match.groups()
    name = _squeezed(tail).removeprefix("the")
    named = any(name and (name in site or site in name) for site in sites)
    short = mark == "|" and len(tail.split()) <= 3
    return without_site(head, sites) if named or short else title


def _squeezed(name: str) -> str:
    """A name as hosts write it: "The Daily Planet" -> "thedailyplanet"."""
    return words(name).replace(" ", "")


def site_name(page: Page) -> str:
    """The publication's name as the page states it; "" when it states none but its address."""
    stated = [page.meta.get("og:site_name", "")]
    stated += [text_of(item.get("publisher")) for item in articles(page)]
    for name in map(unescape, stated):
        if name and "://" not in name:
            return name.partition(" | ")[0].lstrip("@")
    return ""


def author_of(page: Page) -> str:
    """The names in the byline, with ", " between them."""
    for item in articles(page):
        authors = item.get("author")
        names = [text_of(one) for one in (authors if isinstance(authors, list) else [authors])]
        if any(names):
            return unescape(", ".join(dict.fromkeys(filter(None, names))))
    for name in ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author"):
        value = page.meta.get(name, "")
        if value and "/" not in value:
            return value
    for path in ('//*[@rel="author"]', '//*[@itemprop="author"]', '//*[contains(@class,"byline")]'):
        for element in own_elements(page, path):
            text = " ".join(element.text_content().split())
            if 3 < len(text) < 60 and not re.search(r"\d", text):
                return text
    return ""


def address(page: Page) -> str:
    """The page's own address, canonical first; "" when it names none."""
    for link in page.tree.xpath('//link[@rel="canonical"]/@href'):
        if re.match(r"https?://", link.strip()):
            return str(link.strip())
    url = page.meta.get("og:url", "")
    return url if url.startswith(("https://", "http://")) else ""


def host(url: str) -> str:
    """The host of `url` without "www."."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _refusal(html: str, page: Page) -> str | None:
    """Why a saved page is a list or a home page; its own address counts only as a last sign."""
    described = page.meta.get("og:type") == "article" or page.types & ARTICLE_TYPES
    return not_an_article("" if described else address(page), html)


def _heading(page: Page) -> str:
    """The headline element: the only h1, or the one that the page's title repeats."""
    site = words(site_name(page))
    found = [" ".join(one.text_content().split()) for one in page.tree.xpath("//h1")]
    found = [text for text in found if text and words(text) != site]
    title = words(unescape(page.meta.get("og:title") or first_text(page, "//title")))
    named = [text for text in found if len(text) > 10 and words(text) in title]
    if named:
        return named[0]
    return found[0] if len(found) == 1 else ""


def _extract(html: str, careful: bool = False) -> str:
    from trafilatura import extract

    return extract(html, include_comments=False, config=_config(), favor_precision=careful) or ""


@cache
def _config() -> Any:
    from copy import deepcopy

    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    # Its own limit in seconds works through signals, which only a main thread may set.
    config["DEFAULT"]["EXTRACTION_TIMEOUT"] = "0"
    return config


def _size_of_paragraphs(page: Page) -> int:
    """The characters in all paragraphs: more than any extraction of the page can have."""
    return sum(len(paragraph.text_content()) for paragraph in page.tree.iter("p"))


def _bodies(page: Page) -> Iterator[str]:
    """The texts that the JSON-LD gives as the article's whole body, where they are plain."""
    for item in articles(page):
        body = item.get("articleBody")
        if isinstance(body, str) and not re.search(r"<\w+[^>]*>|&\w+;", body):
            yield body.strip()


def _holds(body: str, text: str) -> bool:
    """Whether nearly every run of four words of `text` is in `body` as well."""
    runs, known = _runs(text), _runs(body)
    return bool(runs) and len(runs & known) >= BODY_HOLDS * len(runs)


def _runs(text: str) -> set[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    return {tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3))}


def _container(page: Page) -> str:
    """The text of the page's only <article> or <main>, for what trafilatura can't do."""
    for tag in ("article", "main"):
        found = page.tree.xpath(f"//{tag}")
        if len(found) == 1:
            return element_text(found[0])
    return ""
