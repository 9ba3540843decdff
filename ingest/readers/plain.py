"""Plain text and Markdown, with front matter or header lines where there are any."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.records import Article
from ingest.dating import Dating, choose
from ingest.readers.blocks import first_heading, fragment_text
from ingest.readers.encoding import decode
from ingest.readers.making import date_of, finish, hint, origin_of
from ingest.sources import RawDocument

_FRONT = re.compile(
    r"\A\ufeff?(?:---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n(?:---|\+\+\+)[ \t]*(?:\r?\n|\Z)", re.S
)
_PAIR = re.compile(r"([A-Za-z][\w .-]{0,30}?)\s*[:=]\s*(.*)")
_HEADERS = re.compile(
    r"\A\s*(?:(?:title|headline|author|by|source|url|date|published)[ \t]*:[^\n]*\n)+", re.I
)
PUBLISHED_KEYS = (
    "published published_at date_published publication_date pubdate publishdate date".split()
)
UPDATED_KEYS = "updated modified lastmod last_modified date_modified updated_at".split()


def read_text(raw: RawDocument) -> Article:
    """The article of a plain text file; its head may be lines such as "Title: ..."."""
    text = decode(raw.data)
    about, text = split_front_matter(text)
    head = _HEADERS.match(text)
    if not about and head and re.match(r"\s*(?:title|headline)\b", text, re.I):
        about, text = _pairs(head[0]), text[head.end() :]
    return _article(text, about, [], raw)


def read_markdown(raw: RawDocument) -> Article:
    """The article of a Markdown file, titled by its front matter or its first heading."""
    about, body = split_front_matter(decode(raw.data))
    html = _rendered(body)
    return _article(fragment_text(html), about, [("heading", first_heading(html))], raw)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """(the front matter's fields by lower-case name, the text behind it)."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    return _fields(match[1]), text[match.end() :]


def _fields(block: str) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError):
        found = None
    # "title: Leica: the story" is no YAML, and people write it: then line by line.
    fields = found if isinstance(found, dict) else _pairs(block)
    return {str(key).lower(): value for key, value in fields.items()}


def _pairs(block: str) -> dict[str, Any]:
    found = (_PAIR.fullmatch(line.strip()) for line in block.split("\n"))
    return {m[1].lower(): m[2].strip().strip("\"'") for m in found if m and m[2].strip()}


def _article(
    text: str, about: dict[str, Any], titles: list[tuple[str, str]], raw: RawDocument
) -> Article:
    url = _any(about, "url link canonical_url")
    titles = [("front matter", _any(about, "title headline")), *titles]
    titles.append(("feed entry", hint(raw, "title")))
    return finish(
        text,
        titles,
        _dating(text, about, url, raw),
        origin_of(raw, _any(about, "author authors by"), _any(about, "source publisher"), url),
    )


def _dating(text: str, about: dict[str, Any], url: str, raw: RawDocument) -> Dating:
    known = [("front matter", about.get(key)) for key in PUBLISHED_KEYS]
    found = date_of(text, raw, known, url)
    changed = choose([], [about.get(key) for key in UPDATED_KEYS]).updated
    return Dating(found.published, found.published_from, changed or found.updated)


def _any(about: dict[str, Any], names: str) -> str:
    return next((text for name in names.split() if (text := as_text(about.get(name)))), "")


def as_text(value: Any) -> str:
    """A field as text: a list's items with ", " between them, a mapping's name.

    Lists within lists are left out: aliases let a few lines of YAML stand for billions.
    """
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_scalar, value)))
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    return str(value) if isinstance(value, str | int | float | date) else ""


def _rendered(body: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(body))
