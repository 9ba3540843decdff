"""Between rows of SQLite and records, and between filters and the words of either store."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.records import Article, Filters, Passage, Span

Where = dict[str, Any]

# The columns that `to_article` reads, in its order.
ABOUT = (
    "v.article, v.id, v.title, v.title_from, v.published, v.published_from, v.updated, "
    "v.source, v.author, v.url, v.furniture"
)


def as_chroma(filters: Filters, newest: str) -> Where | None:
    """The filters in Chroma's words; undated articles carry the day 0.

    `newest` is the day of the newest article: an `as_of` behind it hides nothing.
    """
    parts: list[Where] = []
    if filters.as_of and newest > filters.as_of.isoformat():
        parts.append({"published": {"$lte": filters.as_of.toordinal()}})
    if filters.since:
        parts.append({"published": {"$gte": filters.since.toordinal()}})
    if filters.until:
        parts.append({"published": {"$lte": filters.until.toordinal()}})
    if filters.since or filters.until:
        parts.append({"published": {"$gt": 0}})
    if filters.source:
        parts.append({"source_key": filters.source.casefold()})
    if filters.author:
        parts.append({"author_key": filters.author.casefold()})
    return {"$and": parts} if len(parts) > 1 else (parts[0] if parts else None)


def as_sql(filters: Filters) -> tuple[str, list[Any]]:
    """The filters as SQL to append, and its values; undated articles pass `as_of` alone."""
    parts: list[tuple[str, Any]] = []
    if filters.as_of:
        parts.append(("(v.published IS NULL OR v.published <= ?)", filters.as_of.isoformat()))
    if filters.since:
        parts.append(("v.published >= ?", filters.since.isoformat()))
    if filters.until:
        parts.append(("v.published <= ?", filters.until.isoformat()))
    if filters.source:
        parts.append(("casefold(v.source) = ?", filters.source.casefold()))
    if filters.author:
        parts.append(("casefold(v.author) = ?", filters.author.casefold()))
    return "".join(f" AND {sql}" for sql, _ in parts), [value for _, value in parts]


def to_day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def to_spans(text: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(text))


def to_article(row: tuple[Any, ...], text: str = "") -> Article:
    id_, version, title, title_from, published, published_from, updated, *rest = row
    source, author, url, furniture = rest
    return Article(
        text=text,
        title=title,
        title_from=title_from,
        published=to_day(published),
        published_from=published_from,
        updated=to_day(updated),
        source=source,
        author=author,
        url=url,
        furniture=to_spans(furniture),
        id=id_,
        version=version,
    )


def to_passage(row: tuple[Any, ...]) -> Passage:
    *about, id_, number, start, end, sentences, text = row
    return Passage(id_, to_article(tuple(about)), number, start, end, text, to_spans(sentences))
