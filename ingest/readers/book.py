"""EPUB files: the chapters in reading order, with the book's own title, author and date.

Read with zipfile and lxml: the format is XHTML in a zip file, and EbookLib is under the AGPL.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from bot.errors import ReadError
from bot.records import Article
from ingest.dating import Dating, choose
from ingest.readers.archive import member, open_archive, parse_xml, refuse_entities
from ingest.readers.blocks import fragment_text
from ingest.readers.encoding import decode
from ingest.readers.making import date_of, finish, origin_of
from ingest.sources import RawDocument

_CONTAINER = "META-INF/container.xml"


def read_book(raw: RawDocument) -> Article:
    """The article (or the book) of an EPUB file; its dc:date is the publisher's statement."""
    with open_archive(raw.data, "EPUB file") as archive:
        refuse_entities(archive)
        package_name = _package_name(archive)
        package = parse_xml(member(archive, package_name))
        folder = posixpath.dirname(package_name)
        text = "\n".join(_chapters(archive, package, folder))
    return finish(
        text,
        [("metadata", _first(package, "title"))],
        _dating(package, text, raw),
        origin_of(raw, ", ".join(_all(package, "creator")), _first(package, "publisher")),
    )


def _package_name(archive: zipfile.ZipFile) -> str:
    container = parse_xml(member(archive, _CONTAINER))
    for path in container.xpath("//*[local-name()='rootfile']/@full-path"):
        return str(path)
    raise ReadError(f"{_CONTAINER} in it names no book")


def _chapters(archive: zipfile.ZipFile, package: Any, folder: str) -> Iterator[str]:
    """The text of each part in the spine, without tables of contents."""
    items = {item.get("id"): item for item in package.xpath("//*[local-name()='item']")}
    names = set(archive.namelist())
    for reference in package.xpath("//*[local-name()='itemref']/@idref"):
        item = items.get(reference)
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        if name in names and (data := member(archive, name)).strip():
            yield fragment_text(_without_declaration(decode(data)))


def _without_declaration(xhtml: str) -> str:
    """Without "<?xml ...?>", whose encoding no longer holds once the text is decoded."""
    return xhtml.partition("?>")[2] if xhtml.lstrip("\ufeff \n\r\t").startswith("<?xml") else xhtml


def _dating(package: Any, text: str, raw: RawDocument) -> Dating:
    published = [("EPUB metadata", day) for day in _all(package, "date")]
    modified = package.xpath("//*[local-name()='meta'][@property='dcterms:modified']/text()")
    found = date_of(text, raw, published)
    return choose([(found.published_from, found.published)], [*modified, found.updated])


def _all(package: Any, name: str) -> list[str]:
    elements = package.xpath(f"//*[local-name()='metadata']/*[local-name()='{name}']")
    return [text for one in elements if (text := " ".join("".join(one.itertext()).split()))]


def _first(package: Any, name: str) -> str:
    return (_all(package, name) or [""])[0]
