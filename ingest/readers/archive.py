"""The zip files that Word and EPUB files are, opened so that none can fill the memory."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from bot.errors import ReadError

MAX_FILES = 10_000
MAX_UNZIPPED = 300_000_000  # bytes; an illustrated book has some 100 MB
# XML packs 5 to 20 times; what packs more than this was made to burst.
MAX_RATIO = 200
_RATIO_FROM = 10_000_000  # bytes; small files may pack any way they like
_ENTITY = re.compile(b"<!ENTITY")


def open_archive(data: bytes, kind: str) -> zipfile.ZipFile:
    """The zip archive in `data`; `kind` ("Word file") names it in messages.

    Raises ReadError when it is none, is cut off, encrypted, or would burst.
    """
    if not data:
        raise ReadError("it is empty")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ReadError(f"it is no whole {kind}: {error}") from error
    entries = archive.infolist()
    unzipped = sum(entry.file_size for entry in entries)
    bursts = unzipped > _RATIO_FROM and unzipped > MAX_RATIO * len(data)
    if len(entries) > MAX_FILES or unzipped > MAX_UNZIPPED or bursts:
        raise ReadError(
            f"it is a zip bomb: {len(data):,} bytes that would become {unzipped:,}"
            f" in {len(entries):,} files"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadError(f"it is an encrypted {kind}; take the password off and ingest it again")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one file of the archive; ReadError when it is missing or damaged."""
    try:
        return archive.read(name)
    except KeyError:
        raise ReadError(f"{name} is missing in it") from None
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise ReadError(f"it is damaged ({error})") from error
    except Exception as error:  # zlib.error has no public parent
        raise ReadError(f"it is damaged ({error})") from error


def refuse_entities(archive: zipfile.ZipFile) -> None:
    """Raise ReadError if a part declares XML entities, as billion-laughs files do."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html")):
            head = member(archive, entry.filename)
            if _ENTITY.search(head.replace(b"\0", b"")):
                raise ReadError(
                    f"{entry.filename} in it declares XML entities, which can fill the memory"
                )


def parse_xml(data: bytes) -> Any:
    """The root of an XML document, with nothing expanded and nothing fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"its XML is damaged ({error})") from error
    if root is None:
        raise ReadError("its XML is damaged")
    return root
