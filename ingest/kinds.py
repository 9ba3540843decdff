"""What a body is, by its content first and by what the server and the link call it last."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from xml.parsers import expat

from bot.errors import ReadError

FEED, SITEMAP, INDEX, URLS = "feed", "sitemap", "sitemap index", "list of links"

_ROOTS = {
    "rss": FEED,
    "feed": FEED,
    "RDF": FEED,
    "urlset": SITEMAP,
    "sitemapindex": INDEX,
    "html": ".html",
}
_TEXTS = (".txt", ".md", ".csv", ".json", ".jsonl", ".eml", ".mhtml")
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "text/plain": ".txt",
}
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)\b")
_LINKS = re.compile(rb"\s*(https?://\S+\s+)*https?://\S+\s*")
_UNICODE = (b"\xff\xfe", b"\xfe\xff")  # byte order marks of UTF-16
_LOOK = 2_000  # bytes in which a body shows what it is


def kind_of(data: bytes, content_type: str = "", url: str = "") -> str:
    """FEED, SITEMAP, INDEX or URLS; a format's suffix such as ".pdf"; or "" if it is none.

    Raises ReadError for a feed or sitemap that declares XML entities: none needs them, and
    they are how a small file grows to gigabytes, or draws in files of this machine.
    """
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if b"\0" in data[:_LOOK] and not data.startswith(_UNICODE):
        return ""
    found = _ROOTS.get(_root(data, url), "")
    if found or _HTML.search(data[:_LOOK]):
        return found or ".html"
    if _LINKS.fullmatch(data[:1_000_000]):
        return URLS
    return _named(content_type, url)


def _named(content_type: str, url: str) -> str:
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    named = _TYPES.get(content_type, "")
    if suffix in _TEXTS and named in ("", ".txt"):
        return suffix
    return named if named != ".pdf" else ""


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    if "word/document.xml" in names:
        return ".docx"
    return ".epub" if "META-INF/container.xml" in names else ""


class _FoundRoot(Exception):
    """Ends the parse; nothing failed."""


def _guessed_root(data: bytes) -> str:
    """The root of a feed or sitemap that is not well-formed before it, or not in UTF-8."""
    head = data[:_LOOK].lstrip(b"\xef\xbb\xbf \t\r\n")
    match = _ROOT.search(head)
    if not match or not head.startswith(b"<") or _HTML.search(head[: match.start()]):
        return ""
    return match[1].decode()


def _root(data: bytes, url: str) -> str:
    """The local name of an XML document's root, or "" if this is no XML."""
    found: list[str] = []
    entities: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        found.append(name.rpartition(" ")[2])
        raise _FoundRoot

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EntityDeclHandler = lambda name, *_: entities.append(name)
    try:
        parser.Parse(data.lstrip(), True)
    except _FoundRoot:
        pass
    except (expat.ExpatError, ValueError):  # ValueError: an encoding that expat does not know
        found.append(_guessed_root(data))
        entities += ["some"] if b"<!ENTITY" in data else []
    root = found[0] if found else ""
    if entities and _ROOTS.get(root, ".html") != ".html":
        raise ReadError(
            f"{url or 'The document'} declares XML entities, which no feed or sitemap needs "
            "and which can fill the memory; it is not read. Tell its publisher."
        )
    return root
