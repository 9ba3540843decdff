"""Word files (.docx): paragraphs, headings, list items and table rows in their order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from bot.errors import ReadError
from bot.records import Article
from ingest.readers.archive import open_archive, refuse_entities
from ingest.readers.making import date_of, finish, origin_of
from ingest.sources import RawDocument


def read_word(raw: RawDocument) -> Article:
    """The article of a Word file.

    Its properties give title and author. Their dates say when the file was made, often from
    a template years older, so they are no publication dates.
    """
    with open_archive(raw.data, "Word file") as archive:
        refuse_entities(archive)
    document = _opened(raw.data)
    text = "\n".join(_blocks(document))
    about = document.core_properties
    titles = [("style", _styled_title(document)), ("metadata", about.title or "")]
    return finish(text, titles, date_of(text, raw), origin_of(raw, _author(about.author or "")))


def _opened(data: bytes) -> Any:
    from docx import Document

    try:
        return Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets errors of zip, XML and its own through
        raise ReadError(f"it is no whole Word file: {error}") from error


def _blocks(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        elif text := " ".join(block.text.split()):
            yield f"• {text}" if _is_item(block) else text


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen = set()
        for cell in row.cells:
            # A merged cell is listed once for each column that it spans.
            if cell._tc not in seen:
                seen.add(cell._tc)
                cells.append(" ".join(cell.text.split()))
        if any(cells):
            yield " | ".join(cells)


def _is_item(paragraph: Any) -> bool:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    properties = paragraph._p.pPr
    return style.startswith("List") or (properties is not None and properties.numPr is not None)


def _styled_title(document: Any) -> str:
    """The first paragraph in the style Title, or else in Heading 1."""
    for wanted in ("Title", "Heading 1"):
        for paragraph in document.paragraphs[:50]:
            if paragraph.style is not None and paragraph.style.name == wanted:
                return str(paragraph.text)
    return ""


def _author(name: str) -> str:
    return "" if name.lower() in ("python-docx", "user", "admin", "microsoft office user") else name
