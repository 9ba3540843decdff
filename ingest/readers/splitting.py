"""A file that holds many records -> one raw document a record, read as a stream."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from typing import Any, BinaryIO

from bot.errors import ReadError
from ingest.readers.encoding import decode
from ingest.readers.record import KEY, TEXT, TITLE, field
from ingest.sources import RawDocument

LINES = (".jsonl", ".ndjson")
MANY = frozenset((*LINES, ".json", ".csv"))
_SAMPLE = 64_000  # bytes by which encoding, separator and shape are told
DEEPEST = 100  # levels of a JSON file; an attack has thousands, an export has ten
_LONGEST_CELL = 10_000_000  # characters; the csv module's own limit is 131,072


def split(raw: RawDocument, stream: BinaryIO | None = None) -> Iterator[RawDocument]:
    """Each record of `raw`, in order, located at `path#key`.

    The key is the record's address or id, else a digest of its title and how its text
    begins, so that it stays when other records come and go. A record that can't be parsed
    comes all the same: reading it raises the ReadError that says why. `stream` takes the
    place of `raw.data`, so that a file of any size can be split.
    """
    stream = stream or io.BytesIO(raw.data)
    head = stream.read(_SAMPLE)
    decode(head)  # refuses what is empty or no text
    # JSON libraries take a byte order mark for an error.
    stream.seek(len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0)
    if raw.suffix in LINES:
        found = _lines(stream)
    else:
        found = _rows(stream, head) if raw.suffix == ".csv" else _objects(stream)
    line: str | None = None
    with closing(_Counts()) as counts:
        for record, data, line in found:
            key = _key(record, data)
            times = counts.count(key)
            key = f"{key}~{times}" if times > 1 else key
            hints = {**raw.hints, "line": line} if line else raw.hints
            yield RawDocument(f"{raw.location}#{key}", data, ".json", raw.url, hints)
    if line is None:
        raise ReadError("there is no record in it")


class _Counts:
    """How often each key came, in a temporary file, so that millions of them take no memory."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID")

    def count(self, key: str) -> int:
        """Count the key once more; returns how often it came so far."""
        ((times,),) = self._db.execute(
            "INSERT INTO seen VALUES (?, 1) "
            "ON CONFLICT (key) DO UPDATE SET times = times + 1 RETURNING times",
            (hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest(),),
        ).fetchall()
        return int(times)

    def close(self) -> None:
        self._db.close()


Event = tuple[str, str, Any]  # of the JSON parser: where, what, its value
Found = tuple[dict[str, Any] | None, bytes, str]  # the record, as JSON, its line if it is bad


def _lines(stream: BinaryIO) -> Iterator[Found]:
    for number, line in enumerate(stream, 1):
        if data := line.strip():
            record = _loaded(data)
            yield record, data, "" if record is not None else str(number)


def _loaded(data: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(data, strict=False)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _rows(stream: BinaryIO, head: bytes) -> Iterator[Found]:
    """The rows of a CSV file with a header line; the separator is told by the header."""
    text = io.TextIOWrapper(stream, _encoding(head), errors="replace", newline="")
    header = head.split(b"\n", 1)[0].decode("latin-1")
    separator = max(",;\t|", key=header.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(text, delimiter=separator, restkey="", restval="")
    try:
        for row in reader:
            record = {name: value for name, value in row.items() if name and value}
            if record:
                yield record, _dumped(record), ""
    except csv.Error as error:
        raise ReadError(f"line {reader.line_num} is no CSV ({error})") from error
    finally:
        text.detach()  # or it would close a stream that is not ours


def _encoding(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        # The sample may end within a letter.
        head[: head.rfind(b"\n") + 1 if len(head) == _SAMPLE else None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _objects(stream: BinaryIO) -> Iterator[Found]:
    """The records of a JSON file: a list, an object around a list, one object, or several."""
    import ijson

    start = stream.tell()
    try:
        prefix = _prefix(stream)
        stream.seek(start)
        events = _shallow(ijson.parse(stream, use_float=True, multiple_values=True))
        found = ijson.items(events, prefix)
        for record in found:
            yield record if isinstance(record, dict) else None, _dumped(record), ""
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise ReadError(f"it is not valid JSON ({error})") from error


def _prefix(stream: BinaryIO) -> str:
    """Where the records are: "item", "articles.item", or "" when the object is the record.

    Only the names are looked at, so that nothing large is held.
    """
    import ijson

    lists: list[str] = []
    for prefix, event, value in _shallow(ijson.parse(stream, multiple_values=True)):
        if prefix == "":
            if event == "start_array":
                return "item"
            if event == "map_key" and field({value: "some"}, TEXT[:11]):
                return ""
            if event == "end_map":
                break
        elif event == "start_map" and prefix.endswith(".item") and prefix.count(".item") == 1:
            lists.append(prefix)
    return lists[0] if lists else ""


def _shallow(events: Iterable[Event]) -> Iterator[Event]:
    """The parser's events; ReadError where they nest so deep that parsing would take hours."""
    for event in events:
        if event[0].count(".") > DEEPEST:
            raise ReadError(f"it is nested more than {DEEPEST} levels deep")
        yield event


def _dumped(record: Any) -> bytes:
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "replace")


def _key(record: dict[str, Any] | None, data: bytes) -> str:
    """What names the record within its file; the same as long as the story is the same."""
    if record is None:
        return hashlib.sha256(data).hexdigest()[:16]
    if named := field(record, KEY):
        return " ".join(named.split())
    told = "\n".join(chain((field(record, TITLE),), (field(record, TEXT)[:200],)))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
