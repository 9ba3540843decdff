"""RSS and Atom feeds: what each entry says of its article, and the text if it carries that."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape, unescape
from typing import Any

from bot.errors import ReadError

# Shorter than this, an entry's text is a teaser: the usual excerpt has 55 words.
FULL_TEXT = 800  # characters
# feedparser takes 2 to 3 s for a MiB of markup made to be slow; real feeds have one or two.
LARGEST = 10 << 20  # bytes
_TAG = re.compile(r"<[^<>]*>")  # linear, whatever the text


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a feed or sitemap lists it; what it does not say is "".

    `published` and `updated` are ISO 8601, with the offset that was written, if any.
    `content` is sanitised HTML, and only there when it is long enough to be the article.
    """

    url: str
    title: str = ""
    published: str = ""
    updated: str = ""
    author: str = ""
    source: str = ""
    content: str = ""

    def hints(self) -> dict[str, str]:
        """What a RawDocument of this article carries along."""
        said = {
            "title": self.title,
            "published": self.published,
            "updated": self.updated,
            "author": self.author,
            "source": self.source,
        }
        return {name: value for name, value in said.items() if value}

    def page(self) -> bytes:
        """The entry's own text as an HTML page in UTF-8, for when the real one is not to be had."""
        return (
            f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(self.title)}</title>'
            f"</head><body><article><h1>{escape(self.title)}</h1>{self.content}</article></body>"
            "</html>"
        ).encode()


def read_feed(data: bytes, url: str, charset: str = "") -> list[Entry]:
    """The entries of a feed fetched from `url`, in its order, with absolute links.

    Raises ReadError if it is too large, or no entry can be made out. feedparser gets bytes,
    never the link: it would fetch it without our rules.
    """
    import feedparser

    if len(data) > LARGEST:
        raise ReadError(
            f"{url} is a feed of more than {LARGEST >> 20} MiB; ask for a shorter one, "
            "or give its site's sitemap."
        )
    kind = f"application/xml; charset={charset}" if charset else "application/xml"
    headers = {"content-location": url, "content-type": kind}
    parsed = feedparser.parse(data.lstrip(), response_headers=headers)
    if not parsed.entries and parsed.bozo:
        raise ReadError(
            f"{url} is a feed that cannot be read ({parsed.get('bozo_exception')}); "
            "tell its publisher, or give the links of its articles."
        )
    source = _plain(parsed.feed.get("title_detail") or {})
    return [_entry(found, source) for found in parsed.entries]


def _entry(found: dict[str, Any], source: str) -> Entry:
    # dict.get, because feedparser's own passes one date off as the other.
    dates = {name: dict.get(found, name) for name in ("published", "updated")}
    moments = {name: dict.get(found, f"{name}_parsed") for name in dates}
    return Entry(
        url=str(found.get("link") or ""),
        title=_plain(found.get("title_detail") or {}),
        published=_moment(dates["published"], moments["published"]),
        updated=_moment(dates["updated"], moments["updated"]),
        author=", ".join(person["name"] for person in found.get("authors", ()) if "name" in person),
        source=" ".join((found.get("source") or {}).get("title", source).split()),
        content=_content(found),
    )


def _content(found: Mapping[str, Any]) -> str:
    parts = [*found.get("content", ()), found.get("summary_detail") or {}]
    texts = [
        part["value"] if part.get("type") != "text/plain" else _paragraphs(part["value"])
        for part in parts
        if part.get("value")
    ]
    longest = max(texts, key=len, default="")
    return longest if len(_TAG.sub("", longest)) >= FULL_TEXT else ""


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(block)}</p>" for block in re.split(r"\n\s*\n", text))


def _plain(detail: Mapping[str, Any]) -> str:
    """A title without its markup; RSS does not say whether there is any."""
    value = str(detail.get("value") or "")
    if detail.get("type") != "text/plain":
        value = unescape(_TAG.sub("", value))
    return " ".join(value.split())


def _moment(written: Any, utc: Any) -> str:
    """A date as ISO 8601, its own offset kept; feedparser's reading, in UTC, if it is odd."""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return parse(str(written or "").strip()).isoformat()
        except (TypeError, ValueError):
            continue
    return datetime.fromtimestamp(timegm(utc), UTC).isoformat() if utc else ""
