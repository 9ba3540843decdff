"""PDF files through pypdf: pages without running heads, lines joined into paragraphs."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from itertools import chain
from typing import Any

from bot.errors import ReadError
from bot.records import Article
from ingest.cleaning import unwrap
from ingest.readers.making import date_of, finish, hint, origin_of
from ingest.sources import RawDocument

MAX_PAGES = 3_000
# A line at the edge of at least this share of the pages is a running head or foot.
RUNNING_SHARE = 0.5
_FEWEST_PAGES = 3
_END_LOOK = 2_048  # bytes at the file's end in which its end mark stands
# Titles that software writes, not people.
_NO_TITLE = re.compile(
    r"untitled|microsoft word\s*-.*|.*\.(?:docx?|indd|qxd|pdf|tex|rtf)|slide \d+|-", re.I
)


def read_pdf(raw: RawDocument) -> Article:
    """The article of a PDF file.

    Its dates say when the file was made (by a browser's print command, say), so only a date
    line in the text counts. Raises ReadError for what is encrypted, cut off, or a scan.
    """
    reader = _opened(raw.data)
    text = _joined(_pages(reader))
    if not re.search(r"\w", text):
        raise ReadError("it holds no text, only pictures of pages; run OCR on it first")
    about = _metadata(reader)
    title = "" if _NO_TITLE.fullmatch(about["title"]) else about["title"]
    titles = [("metadata", title), ("feed entry", hint(raw, "title"))]
    return finish(text, titles, date_of(text, raw), origin_of(raw, about["author"]))


def _opened(data: bytes) -> Any:
    from pypdf import PdfReader

    if not data:
        raise ReadError("it is empty")
    if b"%PDF-" not in data[:1024]:
        raise ReadError("it is no PDF file")
    if b"%%EOF" not in data[-_END_LOOK:]:
        raise ReadError("it is a truncated PDF: its end is missing; fetch it again")
    # What pypdf mends or skips it reports by log; what matters comes as an error.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except Exception as error:  # broken files raise errors of every kind in any parser
        raise ReadError(f"it is a damaged PDF ({error})") from error
    if locked:
        raise ReadError("it is an encrypted PDF; take the password off and ingest it again")
    if pages > MAX_PAGES:
        raise ReadError(f"it has {pages:,} pages, and more than {MAX_PAGES:,} are no article")
    return reader


def _pages(reader: Any) -> list[list[str]]:
    """The lines of each page, in reading order."""
    try:
        texts = [page.extract_text() for page in reader.pages]
    except Exception as error:
        raise ReadError(f"it is a damaged PDF ({error})") from error
    return [[line.strip() for line in text.split("\n")] for text in texts]


def _joined(pages: list[list[str]]) -> str:
    running = _running_lines(pages)
    kept = ([line for line in page if _key(line) not in running] for page in pages)
    return unwrap("\n".join(chain.from_iterable(kept)), soft_hyphens=True)


def _running_lines(pages: list[list[str]]) -> set[str]:
    """The heads, feet and page numbers that most pages carry, as keys without digits."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line]
        edges.update({_key(line) for line in lines[:2] + lines[-2:]})
    enough = max(_FEWEST_PAGES, RUNNING_SHARE * len(pages))
    return {key for key, count in edges.items() if count >= enough}


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _metadata(reader: Any) -> dict[str, str]:
    try:
        about = reader.metadata or {}
        found = {"title": about.get("/Title"), "author": about.get("/Author")}
    except Exception as error:
        raise ReadError(f"it is a damaged PDF ({error})") from error
    return {key: " ".join(str(value or "").split()) for key, value in found.items()}
