"""A stand-in for the readers until they land: plain text, Markdown and JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from bot.errors import ReadError
from bot.records import Article
from ingest.sources import RawDocument

REVISION = "0"


def records(raw: RawDocument) -> Iterator[RawDocument]:
    if raw.suffix != ".jsonl":
        yield raw
        return
    for number, line in enumerate(raw.data.splitlines(), 1):
        if line.strip():
            key = json.loads(line).get("url") or str(number)
            yield RawDocument(f"{raw.location}#{key}", line, ".jsonl")


def read(raw: RawDocument) -> Article:
    text = raw.data.decode("utf-8", "replace").strip()
    if raw.suffix == ".jsonl":
        row = json.loads(text)
        day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        return Article(
            text=row["text"].strip(),
            title=row.get("title") or row["text"].strip().split("\n")[0][:200],
            title_from="record",
            published=day,
            published_from="record" if day else "undated",
            source=row.get("source") or "",
            author=row.get("author") or "",
            url=row.get("url") or "",
        )
    about: dict[str, str] = {}
    if text.startswith("---\n"):
        head, _, text = text[4:].partition("\n---")
        about = {
            k.strip(): v.strip().strip("\"'")
            for k, _, v in (x.partition(":") for x in head.splitlines())
        }
        text = text.strip()
    if not text:
        raise ReadError("it is empty")
    day = date.fromisoformat(about["published"][:10]) if about.get("published") else None
    return Article(
        text=text,
        title=about.get("title") or text.split("\n")[0].lstrip("# ")[:200],
        published=day,
        published_from="front matter" if day else "undated",
        source=about.get("source", ""),
        author=about.get("author", ""),
        url=about.get("url", ""),
    )
