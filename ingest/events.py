"""What becomes of a link: a raw document, or one of these."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.sources import RawDocument


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The page fetched from `url` in an earlier run is the same now."""

    url: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A link that is left out. `passing`: another run may help; `gone`: it was taken down."""

    location: str
    reason: str
    passing: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed or sitemap that was walked to its end.

    It is never `complete`: it shows a window of the newest articles, and one that has left
    the window stays in the library. The validator is empty when a link failed that may work
    the next time, because the listing must then be walked again even if it has not changed.
    `left_out` counts the links beyond the limit.
    """

    url: str
    kind: str
    entries: int
    left_out: int = 0
    etag: str = ""
    last_modified: str = ""
    complete: bool = False


Event = RawDocument | Unchanged | Failure | Listing
