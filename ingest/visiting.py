"""What the events of a link mean for the library.

A feed or sitemap shows a window, so nothing is removed for having left it; only a page that
its server calls gone stops answering.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from itertools import chain

from bot.errors import ReadError
from bot.writer import LibraryWriter
from ingest import readers
from ingest.events import Event, Found, LinkFailure, Listing, Unchanged
from ingest.fetching import Fetcher
from ingest.inventory import Inventory
from ingest.links import canonical
from ingest.requesting import Validator
from ingest.sources import RawDocument
from ingest.tally import Tally
from ingest.web import discover

Take = Callable[[RawDocument, str], None]


class Visit:
    """Follows links for a run; validators are kept in the table `web`.

    They are stored in the piece that holds what they stand for, so that after a crash the
    page is simply fetched again. `revision` says how documents are read today: validators of
    another revision are dropped, since the server would not send the page again.
    """

    def __init__(
        self, writer: LibraryWriter, inventory: Inventory, tally: Tally, revision: str
    ) -> None:
        self._writer, self._inventory, self._tally = writer, inventory, tally
        self._db: sqlite3.Connection = writer.db
        if writer.meta("web_revision") != revision:
            writer.begin()
            self._db.execute("DELETE FROM web")
            writer.set_meta("web_revision", revision)

    def run(self, links: Iterable[str], take: Take, stop: Callable[[], bool]) -> None:
        """Follow the links; `take` gets each document and the address it was found at.

        One Fetcher for all: it knows when each host was asked last, and its robots.txt.
        """
        with Fetcher(
            allow_private=self._writer.settings.allow_private, known=self._validator
        ) as fetcher:
            for event in chain.from_iterable(discover(link, fetcher) for link in links):
                self._handle(event, take)
                self._tally.tell("fetching")
                if stop():
                    return

    def _handle(self, event: Event, take: Take) -> None:
        match event:
            case Found(document, etag, last_modified):
                failures = self._tally.failures
                self._take(document, take)
                if self._tally.failures == failures:
                    self._remember(document.url, etag, last_modified)
            case Unchanged(url):
                self._tally.count("unchanged", self._inventory.keep(url))
            case LinkFailure(location, reason):
                self._tally.failed(location, reason)
                if event.gone:
                    self._gone(location)
            case Listing():
                self._remember(event.url, event.etag, event.last_modified)

    def _take(self, document: RawDocument, take: Take) -> None:
        try:
            for record in readers.records(document):
                take(record, document.url)
        except ReadError as error:
            self._tally.failed(document.location, str(error))

    def _gone(self, link: str) -> None:
        rows = self._db.execute(
            "SELECT location FROM locations WHERE file = ? OR location IN (?, ?)",
            (link, link, canonical(link)),
        )
        for (location,) in rows.fetchall():
            self._writer.begin()
            self._writer.manifest.vanish(location)

    def _validator(self, url: str) -> Validator | None:
        row = self._db.execute("SELECT etag, last_modified FROM web WHERE url = ?", (url,))
        known = row.fetchone()
        return Validator(*known) if known else None

    def _remember(self, url: str, etag: str, last_modified: str) -> None:
        self._writer.begin()
        if etag or last_modified:
            self._db.execute(
                "INSERT OR REPLACE INTO web VALUES (?, ?, ?)", (url, etag, last_modified)
            )
        else:
            self._db.execute("DELETE FROM web WHERE url = ?", (url,))
