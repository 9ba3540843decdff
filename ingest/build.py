"""The loop: every document is compared with what the library holds; only news costs anything.

1. Each path gives documents in a stable order.
2. A file whose bytes are known is passed over without being read.
3. A document that is new or edited is read, and placed in the manifest of the piece at hand.
4. A piece that is full is embedded and becomes visible.
5. At the end, what has vanished from the named folders and files stops answering.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.errors import ReadError
from bot.manifest import Document
from bot.settings import Settings, load_settings
from bot.writer import LibraryWriter
from ingest import readers, sources, splitting
from ingest.inventory import Inventory
from ingest.progress import Progress
from ingest.report import Report
from ingest.sources import RawDocument
from ingest.stories import Stories
from ingest.tally import Tally

# A piece is what a crash may cost and what a stop waits for; larger ones embed hardly faster.
PIECE_ARTICLES = 64
PIECE_CHARACTERS = 500_000
# Part of every digest: documents are read anew once reading or cutting has changed.
REVISION = f"{readers.REVISION}.{splitting.REVISION}"

Stop = Callable[[], bool]


def ingest(
    *paths: str | Path,
    library: str | Path | None = None,
    progress: Progress | None = None,
    settings: Settings | None = None,
    stop: Stop | None = None,
) -> Report:
    """Bring the library up to date with files, folders and links, and say what changed.

    `progress` is called with every Step; once `stop` says so, the run ends after the piece
    at hand. Raises LibraryError where the library cannot be written to or another ingest
    holds it. A document that cannot be read is in the report's `failed`; the run goes on.
    """
    settings = settings or load_settings()
    if library is not None:
        settings = settings.model_copy(update={"library": Path(library)})
    with LibraryWriter(settings, splitting.split) as writer, writer.in_words():
        return Build(writer, Tally(progress), stop).run(paths)


class Build:
    """One run of ingest on an open library."""

    def __init__(self, writer: LibraryWriter, tally: Tally, stop: Stop | None = None) -> None:
        self._writer, self._tally = writer, tally
        self._stop: Stop = stop or (lambda: False)
        self._manifest = writer.manifest
        self._stories = Stories(writer.db)
        self._inventory = Inventory(writer.db)
        self._articles = self._characters = 0
        writer.embedded = tally.embedded

    def run(self, paths: Iterable[str | Path]) -> Report:
        named = [str(path) for path in paths]
        links = [path for path in named if sources.is_link(path)]
        files = [Path(path) for path in named if not sources.is_link(path)]
        self._tally.total = sum(map(sources.size_of, files)) if not links else 0
        scopes = [scope for path in files for scope in self._path(path)]
        if links:
            self._links(links)
        self._commit()
        if not self._stop():
            self._remove(scopes)
        return self._tally.report(stopped=self._stop())

    def _path(self, path: Path) -> list[str]:
        """Take in a file or folder; returns the names below which documents may have vanished."""
        name = sources.name_of(path)
        if path.is_dir():
            for found in sources.files_under(path):
                if isinstance(found, sources.Closed):
                    self._tally.failed(found.folder, found.reason)
                    self._inventory.keep_below(found.folder)
                elif not self._stop():
                    self._file(found)
        elif path.exists():
            self._file(path, named=True)
        elif not (path.absolute().parent.is_dir() and self._inventory.holds_below(name)):
            self._tally.failed(str(path), "there is no such file or folder")
            return []
        return [name]

    def _file(self, path: Path, *, named: bool = False) -> None:
        file = sources.name_of(path)
        if not self._inventory.first_time(file):
            return
        before = self._tally.done
        try:
            digest = f"{REVISION}-{sources.digest_of(path)}"
            back = named and self._inventory.has_buried(file)
            if self._inventory.digest_of(file) == digest and not back:
                self._tally.count("unchanged", self._inventory.keep(file))
            else:
                self._read(path, file, digest, named)
        except ReadError as error:  # the file, not a document in it: what it held stays
            self._tally.failed(file, str(error))
            self._inventory.keep(file)
        self._tally.done = before + sources.size_of(path)
        self._tally.tell("reading")

    def _read(self, path: Path, file: str, digest: str, named: bool) -> None:
        """Read a file that is new or has changed, and remember it if all of it could be read."""
        self._writer.begin()
        self._inventory.forget(file)
        if self._records(path, file, named):
            self._writer.begin()
            self._inventory.note(file, digest)

    def _records(self, path: Path, file: str, named: bool) -> bool:
        """Take in every document of a file; returns whether all of them could be read."""
        suffix, failures, found = sources.suffix_of(path), self._tally.failures, 0
        if suffix in readers.MANY:
            with sources.opened(path) as stream:
                for record in _records_in(RawDocument(file, b"", suffix), stream):
                    found += 1
                    self._tally.reached(path, stream)
                    self._document(record, file, named)
                    if self._stop():
                        return False
            if not found:
                self._tally.failed(file, "it holds no articles")
        else:
            self._document(RawDocument(file, sources.load(path), suffix), file, named)
        return self._tally.failures == failures

    def _document(self, raw: RawDocument, file: str, named: bool = False) -> None:
        """Take in one document, unless its bytes are known."""
        digest = _digest(raw)
        known = self._manifest.known(raw.location)
        if known.digest == digest and (known.live or not named):
            self._inventory.see(raw.location)
            self._tally.count("unchanged")
            return
        try:
            article = readers.read(raw)
        except ReadError as error:  # what it held is there no more, so it is not seen
            self._tally.failed(raw.location, str(error))
            return
        self._inventory.see(raw.location)
        self._writer.begin()
        document = Document(raw.location, file, digest)
        self._tally.count(self._manifest.place(document, article, wanted=named))
        self._articles += 1
        self._characters += len(article.text)
        if self._articles >= PIECE_ARTICLES or self._characters >= PIECE_CHARACTERS:
            self._commit()

    def _links(self, links: list[str]) -> None:
        from ingest.visiting import Visit  # the network's libraries are slow to import

        Visit(self._writer, self._inventory, self._tally, REVISION).run(
            links, self._document, self._stop
        )

    def _commit(self) -> None:
        """Make the piece at hand visible."""
        if self._writer.db.in_transaction:
            self._tally.count("removed", self._manifest.removed)
            touched = self._manifest.touched
            self._writer.commit(touched | self._stories.update(touched))
            self._tally.tell("reading")
        self._articles = self._characters = 0

    def _remove(self, scopes: Iterable[str]) -> None:
        for scope in scopes:
            for location in self._inventory.vanished(scope):
                self._writer.begin()
                self._manifest.vanish(location)
                self._articles += 1
                if self._articles >= PIECE_ARTICLES:
                    self._commit()
                    self._tally.tell("removing")
            self._commit()


def _records_in(raw: RawDocument, stream: BinaryIO) -> Iterator[RawDocument]:
    """The records of a file; none if it was emptied, while a broken one raises ReadError."""
    if stream.read(1):
        stream.seek(0)
        yield from readers.records(raw, stream)


def _digest(raw: RawDocument) -> str:
    about = json.dumps([raw.suffix, raw.url, raw.hints], sort_keys=True).encode()
    return f"{REVISION}-{hashlib.sha256(about + raw.data).hexdigest()}"
