"""Where documents come from: files and folders, in a stable order, read without surprises.

A raw document is its bytes and what its source knows about it. Nothing here knows what is
in the bytes; links are fetched elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import ReadError

PLAIN = frozenset(
    ".txt .text .md .markdown .html .htm .xhtml .mhtml .mht .eml .json .jsonl .ndjson .csv".split()
)
SUFFIXES = PLAIN | {".pdf", ".docx", ".epub"}
PACKED = ".gz"
# A file beyond this is no article and no sensible export of articles; one that is unzipped
# is counted as it comes out, so that a zip bomb ends here as well.
MAX_BYTES = 512 * 1024 * 1024
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document before it is read, whatever it came from.

    `location` is stable: an absolute path, `path#key` for one record of a file that holds
    many, or a URL. `suffix` names the format in lower case, without ".gz" (".html"), and
    `data` holds the bytes already unzipped. `url` says where it was fetched from. `hints`
    is what the source says about it ("title", "published", "author"), as text.
    """

    location: str
    data: bytes
    suffix: str
    url: str = ""
    hints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as it was read: its bytes, already unzipped, and a digest of the bytes on disk."""

    data: bytes
    digest: str


def name_of(path: Path) -> str:
    """The file's absolute path as text; bytes that are no UTF-8 are written as \\xff."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - resolving would follow links
    return os.fsencode(absolute).decode("utf-8", "backslashreplace")


def suffix_of(path: Path) -> str:
    """The suffix that names the format, in lower case: `.txt` for `A.TXT.gz`."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] == PACKED:
        return suffixes[0] if len(suffixes) == 2 else ""
    return suffixes[-1] if suffixes else ""


def is_readable(path: Path) -> bool:
    """Whether the name promises a format that can be read; only text is read packed."""
    packed = path.suffix.lower() == PACKED
    return suffix_of(path) in (PLAIN if packed else SUFFIXES)


def files_under(folder: Path) -> Iterator[Path | ReadError]:
    """The readable files of a folder in any depth, in the order of their names.

    Hidden files and folders are left out, and so is a folder that holds itself (by a link).
    A folder that cannot be looked into comes as a ReadError in its place.
    """
    yield from _walk(folder, ())


def _walk(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | ReadError]:
    try:
        here = folder.stat()
        if (here.st_dev, here.st_ino) in above:
            return
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield ReadError(f"the folder cannot be looked into: {error.strerror}", name_of(folder))
        return
    above = (*above, (here.st_dev, here.st_ino))
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path), above)
        elif is_readable(Path(entry.name)) and (entry.is_file() or entry.is_symlink()):
            yield Path(entry.path)


def load(path: Path) -> Loaded:
    """The file, read whole and unzipped; a file that changes meanwhile is read once more.

    Raises ReadError with the reason if it is huge, cannot be read, or keeps changing.
    """
    for _ in range(2):
        try:
            before = _state(path)
            packed = path.read_bytes()
            if _state(path) == before:
                data = _unzipped(packed) if path.suffix.lower() == PACKED else packed
                return Loaded(data, hashlib.sha256(packed).hexdigest())
        except OSError as error:
            raise ReadError(f"it cannot be read: {error.strerror or error}") from error
    raise ReadError("it is being written to; ingest it again when that is done")


def digest_of(path: Path) -> str:
    """The sha256 of the file's bytes as they lie on disk; ReadError if it cannot be read."""
    try:
        _state(path)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"it cannot be read: {error.strerror or error}") from error


def _state(path: Path) -> tuple[int, int, int]:
    """What changes when the file does; ReadError for what should not be opened at all."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise ReadError("it is no file")
    if about.st_size > MAX_BYTES:
        raise ReadError(_huge(about.st_size))
    return about.st_ino, about.st_size, about.st_mtime_ns


def _unzipped(packed: bytes) -> bytes:
    unzip = zlib.decompressobj(wbits=31)
    data, rest, whole = bytearray(), packed, False
    while rest:
        try:
            data += unzip.decompress(rest, _CHUNK)
        except zlib.error as error:
            raise ReadError("it is no gzip file, though its name says so") from error
        if len(data) > MAX_BYTES:
            raise ReadError(_huge(len(data)))
        rest, whole = unzip.unconsumed_tail, unzip.eof
        if whole:  # gzip files may stand one behind the other
            rest = unzip.unused_data.lstrip(b"\0")
            unzip = zlib.decompressobj(wbits=31)
    if not whole:
        raise ReadError("the gzip file is cut off")
    return bytes(data)


def _huge(size: int) -> str:
    return f"it has {size / 1e6:,.0f} MB, and files over {MAX_BYTES / 1e6:,.0f} MB are not read"
