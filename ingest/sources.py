"""Where documents come from: a raw document is its bytes and what its source knows about it."""

from __future__ import annotations

from dataclasses import dataclass, field


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
