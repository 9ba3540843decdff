"""Sitemaps (sitemaps.org 0.9, with Google's news fields) and lists of links."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from bot.errors import ReadError
from ingest.feeds import Entry


def read_sitemap(data: bytes, url: str) -> list[Entry]:
    """The pages of a sitemap, or the sitemaps of an index: newest lastmod first, then the rest.

    Raises ReadError if it is no well-formed XML, or declares entities or a DTD.
    """
    entries = [_entry(element) for element in _elements(data, url)]
    return newest_first([entry for entry in entries if entry.url])


def read_links(data: bytes) -> list[Entry]:
    """The links of a text sitemap: one a line."""
    return [Entry(link) for link in data.decode("utf-8", "replace").split()]


def newest_first(entries: list[Entry]) -> list[Entry]:
    """Entries by lastmod, falling; those without one follow in their own order."""
    dated = sorted((e for e in entries if e.updated), key=lambda e: e.updated, reverse=True)
    return dated + [entry for entry in entries if not entry.updated]


def _elements(data: bytes, url: str) -> Iterator[Element]:
    """The url and sitemap elements, one at a time: 50,000 of them may stand in one file."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        for _, element in iterparse(io.BytesIO(data.lstrip()), forbid_dtd=True):
            if _name(element) in ("url", "sitemap"):
                yield element
                element.clear()
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ReadError(
            f"{url} is a sitemap that cannot be read ({error}); "
            "give the links of its articles, or a feed."
        ) from None


def _entry(element: Element) -> Entry:
    said = {_name(child): child for child in element}
    # A page's news fields only: the title and loc of an image would be another's.
    news = {_name(field): field for field in said.get("news", ())}
    paper = {_name(field): field for field in news.get("publication", ())}
    return Entry(
        url=_text(said.get("loc")),
        title=_text(news.get("title")),
        published=_text(news.get("publication_date")),
        updated=_text(said.get("lastmod")),
        source=_text(paper.get("name")),
    )


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
