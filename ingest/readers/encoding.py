"""Bytes -> text, or the reason why they are no text."""

from __future__ import annotations

import codecs
import re

from bot.errors import ReadError

_MARKS = (  # byte order marks; the longer one of two that begin alike comes first
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_LOOK = 4096  # bytes in which a document shows what it is
_SAMPLE = 200_000  # bytes that are enough to tell an encoding by its letters
# One broken byte in a thousand characters is damage; more is another encoding.
DAMAGED = 0.001
# Text has tabs and line breaks, but no other control characters to speak of.
CONTROLS = 0.02
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`: byte order mark, UTF-8, what is declared, what the letters suggest.

    `declared` is an encoding named outside the data, such as a mail part's. Raises ReadError
    when there is nothing in it, or no text.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError("it is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"))
    head = data[:_LOOK]
    if b"\0" in head:
        return _checked(data.decode(_unmarked_utf16(head), "replace"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_other(data, declared))


def _unmarked_utf16(head: bytes) -> str:
    """UTF-16 without its mark has a NUL in every other byte of Latin text."""
    half = len(head) / 2
    if head[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half:
        return "utf-16-be"
    raise ReadError("it is not text")


def _other(data: bytes, declared: str) -> str:
    damaged = data.decode("utf-8", "replace")
    if damaged.count("\ufffd") <= DAMAGED * len(damaged):
        return damaged
    match = _DECLARED.search(data[:_LOOK])
    for name in (declared, match[1].decode("ascii") if match else ""):
        if text := _as_declared(data, name):
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def _as_declared(data: bytes, name: str) -> str:
    # Who declares Latin-1 writes Windows-1252: so the WHATWG's encoding standard has it.
    name = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}.get(
        name.lower(), name
    )
    try:
        text = data.decode(name, "replace") if name else ""
    except (LookupError, ValueError):
        return ""
    return text if text.count("\ufffd") <= 10 * DAMAGED * len(text) else ""


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > CONTROLS * len(text):
        raise ReadError("it is not text")
    return text
