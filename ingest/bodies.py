"""The body of an HTTP answer, unzipped within limits: no answer can fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from bot.errors import ReadError, Unreachable

_GZIP = b"\x1f\x8b"
_STEP = 1 << 16  # bytes unzipped at a time, so that a bomb is noticed early
_WINDOWS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
ACCEPTED = "gzip, deflate"  # what can be unzipped in bounded steps by the standard library


def read_body(chunks: Iterable[bytes], encoding: str, limit: int, name: str) -> bytes:
    """The bytes that `chunks` carry, Content-Encoding undone; `name` stands in messages.

    Raises ReadError past `limit` bytes, before or after unzipping, and for an unknown
    encoding; Unreachable when a zipped body ends too early.
    """
    body = bytearray()
    for part in _decoded(_counted(chunks, limit, name), encoding.strip().lower(), name):
        body += part
        _check(len(body), limit, name)
    return bytes(body)


def gunzip(data: bytes, limit: int, name: str) -> bytes:
    """The content of a gzip file, at most `limit` bytes; errors as for `read_body`."""
    return read_body((data,), "gzip", limit, name)


def _check(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise ReadError(
            f"{name} is larger than {limit >> 20 or 1} MiB, the limit for one link. "
            "Download it, and ingest the file."
        )


def _counted(chunks: Iterable[bytes], limit: int, name: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        _check(size, limit, name)
        yield chunk


def _decoded(chunks: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        yield from chunks
    elif encoding in _WINDOWS:
        try:
            yield from _inflated(chunks, encoding, name)
        except zlib.error as error:
            raise ReadError(f"{name} says that it is {encoding}, and is not ({error}).") from None
    else:
        raise ReadError(f"{name} is sent as {encoding}, although only {ACCEPTED} was asked for.")


def _inflated(chunks: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    """Unzips in steps; gzip members that follow each other are one body (RFC 1952, 2.2)."""
    inflater = zlib.decompressobj(_WINDOWS[encoding])
    started = False
    for chunk in chunks:
        data = chunk
        if encoding == "deflate" and not started and data[:1] and data[0] & 0x0F != 8:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)  # raw, as some servers send it
        while data:
            if inflater.eof:
                if not data.startswith(_GZIP):  # padding that some servers send
                    break
                inflater = zlib.decompressobj(_WINDOWS[encoding])
            started = True
            yield inflater.decompress(data, _STEP)
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if started and not inflater.eof:
        raise Unreachable(f"{name} ended before it was complete; try again later.")
