"""One raw document -> one Article: a module for each family of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from bot.errors import ReadError
from bot.records import Article
from ingest.readers.book import read_book
from ingest.readers.mail import read_mail, read_mhtml
from ingest.readers.page import read_page
from ingest.readers.pdf import read_pdf
from ingest.readers.plain import read_markdown, read_text
from ingest.readers.record import read_record
from ingest.readers.splitting import LINES, MANY, split
from ingest.readers.word import read_word
from ingest.sources import RawDocument

__all__ = ["MANY", "REVISION", "SUFFIXES", "read", "records"]

# Raised with every change that reads the same bytes differently: all is then read anew.
REVISION = "1"

_READERS: dict[str, Callable[[RawDocument], Article]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".eml": read_mail,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".epub": read_book,
    ".json": read_record,
}
SUFFIXES = frozenset(_READERS) | MANY


def read(raw: RawDocument) -> Article:
    """The article in `raw`, told by its suffix; raises ReadError with the reason if none is.

    A file that may hold many records must hold one; `records` splits the others.
    """
    if raw.suffix in (*LINES, ".csv"):
        found = list(split(raw))
        if len(found) != 1:
            raise ReadError(f"it holds {len(found)} records, and one was expected")
        raw = found[0]
    reader = _READERS.get(raw.suffix)
    if reader is None:
        raise ReadError(
            f"{raw.suffix or 'a file without a suffix'} is no format that can be read; "
            f"these are: {' '.join(sorted(SUFFIXES))}"
        )
    return reader(raw)


def records(raw: RawDocument, stream: BinaryIO | None = None) -> Iterator[RawDocument]:
    """The documents in `raw`: itself, or one for each record of a JSON, JSON lines or CSV file.

    Such a file may come as a `stream` in the place of `raw.data`.
    """
    if raw.suffix in MANY:
        yield from split(raw, stream)
    else:
        yield raw
