"""Where documents come from: files and folders, in a stable order, read without surprises.

A raw document is its bytes and what its source knows about it. Nothing here knows what is
in the bytes; links are fetched elsewhere.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from bot.errors import ReadError

PLAIN = frozenset(
    ".txt .text .md .markdown .html .htm .xhtml .mhtml .mht .eml .json .jsonl .ndjson .csv".split()
)
SUFFIXES = PLAIN | {".pdf", ".docx", ".epub"}
PACKED = ".gz"
# What is unzipped is counted as it comes out, so that a zip bomb ends at these limits too.
MAX_BYTES = 256_000_000  # a file of one article is read whole
MAX_EXPORT = 16_000_000_000  # a file of many records is read as a stream
LONGEST_LINE = 64_000_000  # of such a file; one line is one record


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


def is_link(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))


def size_of(path: Path) -> int:
    """Bytes on disk of a file, or of the readable files of a folder; 0 where that is unknown."""
    if path.is_dir():
        return sum(size_of(file) for file in files_under(path) if isinstance(file, Path))
    try:
        return path.stat().st_size
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class Closed:
    """A folder that cannot be looked into."""

    folder: str
    reason: str


def files_under(folder: Path) -> Iterator[Path | Closed]:
    """The readable files of a folder in any depth, in the order of their names.

    Hidden files and folders are left out, and so is a folder that holds itself (by a link).
    """
    yield from _walk(folder, ())


def _walk(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | Closed]:
    try:
        here = folder.stat()
        if (here.st_dev, here.st_ino) in above:
            return
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name, reverse=True)
    except OSError as error:
        yield Closed(name_of(folder), f"the folder cannot be looked into ({error.strerror})")
        return
    above = (*above, (here.st_dev, here.st_ino))
    while found:
        entry = found.pop()  # what was passed takes no memory any more
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path), above)
        elif is_readable(Path(entry.name)) and (entry.is_file() or entry.is_symlink()):
            yield Path(entry.path)


def digest_of(path: Path) -> str:
    """The sha256 of the file's bytes as they lie on disk; ReadError if they cannot be read."""
    with _reasons():
        _state(path)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def load(path: Path) -> bytes:
    """The bytes of a file that holds one article, unzipped.

    A file that changes while it is read is read once more. Raises ReadError with the reason
    if it keeps changing, is huge, or cannot be read.
    """
    try:
        with opened(path, MAX_BYTES) as stream:
            return stream.read()
    except Changing:
        with opened(path, MAX_BYTES) as stream:
            return stream.read()


@contextmanager
def opened(path: Path, most: int = MAX_EXPORT) -> Iterator[BinaryIO]:
    """The file as a stream of unzipped bytes, `most` of them; reading may raise ReadError.

    On leaving, Changing is raised if the file is not the one that was opened any more.
    """
    with _reasons():
        before = _state(path, most)
        packed = path.suffix.lower() == PACKED
        with gzip.open(path) if packed else path.open("rb") as file:
            yield cast(BinaryIO, _Bounded(file, most))
        if _state(path) != before:
            raise Changing("it is being written to; ingest it again when that is done")


class Changing(ReadError):
    """The file changed while it was read."""


class _Bounded(io.BufferedIOBase):
    """A stream that ends with a ReadError where it turns out to be too long, or broken."""

    def __init__(self, file: BinaryIO | gzip.GzipFile, most: int) -> None:
        self._file, self._most, self._left = file, most, most

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        return self._counted(self._file.read(wanted))

    read1 = read

    def readline(self, size: int | None = -1) -> bytes:
        line = self._counted(self._file.readline(min(LONGEST_LINE, self._left) + 1))
        if len(line) > LONGEST_LINE:
            raise ReadError(f"a line of it is longer than {LONGEST_LINE / 1e6:,.0f} MB")
        return line

    def __next__(self) -> bytes:
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        at = self._file.seek(offset, whence)
        self._left = self._most - at
        return at

    def tell(self) -> int:
        return self._file.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(_huge("more than ", self._most, self._most))
        return data


@contextmanager
def _reasons() -> Iterator[None]:
    """Turn what reading a file raises into a ReadError that says why."""
    try:
        yield
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ReadError(f"it is no sound gzip file ({error})") from error
    except EOFError as error:
        raise ReadError("it is a gzip file that was cut off") from error
    except OSError as error:
        raise ReadError(f"it cannot be read ({error.strerror or error})") from error


def _state(path: Path, most: int = MAX_EXPORT) -> tuple[int, int, int]:
    """What changes when the file does; ReadError for what should not be opened at all."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise ReadError("it is no file")
    if about.st_size > most:
        raise ReadError(_huge("", about.st_size, most))
    return about.st_ino, about.st_size, about.st_mtime_ns


def _huge(more: str, size: int, most: int) -> str:
    return f"it has {more}{size / 1e6:,.0f} MB, and the limit is {most / 1e6:,.0f} MB"
