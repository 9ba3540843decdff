"""What becomes of a link: one of four things, in the order in which they are met."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.sources import RawDocument


@dataclass(frozen=True, slots=True)
class Found:
    """A document, and what its server gave to ask by the next time.

    The two stand beside the document, not in its hints, because they change without it. `note`
    says why the text is the feed's own, when the page was not to be had.
    """

    document: RawDocument
    etag: str = ""
    last_modified: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The page fetched from `url` in an earlier run is the same now."""

    url: str


@dataclass(frozen=True, slots=True)
class LinkFailure:
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


Event = Found | Unchanged | LinkFailure | Listing
