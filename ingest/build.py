"""The loop: every document is compared with what the library holds; only news costs anything.

1. Each source (file, folder, link) gives documents in a stable order.
2. One whose bytes are known is passed over without being read.
3. One that is new or edited is read, and noted in the manifest of the piece at hand.
4. A piece that is full is embedded and becomes visible.
5. At the end, what has vanished from the named folders and files stops answering.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from pathlib import Path

from bot.errors import BotError, ReadError
from bot.manifest import Document
from bot.settings import Settings, load_settings
from bot.writer import LibraryWriter
from ingest import splitting
from ingest.report import Failure, Report
from ingest.sources import RawDocument, files_under, load, name_of, suffix_of, digest_of

try:
    from ingest import readers  # type: ignore[attr-defined]
except ImportError:
    from ingest import interim as readers

# A piece is what a stop or a crash may cost; larger ones embed hardly faster.
PIECE_ARTICLES = 64
PIECE_CHARACTERS = 500_000
REVISION = f"{getattr(readers, 'REVISION', 1)}.{splitting.REVISION}"


def ingest(
    *paths: str | Path, library: str | Path | None = None, settings: Settings | None = None
) -> Report:
    """Bring the library up to date with files, folders and links, and say what changed.

    Raises LibraryError where the library cannot be written to, or another ingest holds it.
    A document that cannot be read is in the report's `failed`, and the run goes on.
    """
    settings = settings or load_settings(library=library)
    with LibraryWriter(settings, splitting.split) as writer:
        return Build(writer).run(paths)


class Build:
    """One run of ingest on an open library."""

    def __init__(self, writer: LibraryWriter) -> None:
        self._writer = writer
        self._counts = dict.fromkeys(("added", "updated", "unchanged", "removed", "passages"), 0)
        self._failed: list[Failure] = []
        self._articles = self._characters = 0
        writer.db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (location TEXT PRIMARY KEY)")
        writer.db.execute("CREATE TEMP TABLE IF NOT EXISTS whole (file TEXT PRIMARY KEY)")

    def run(self, paths: Iterable[str | Path]) -> Report:
        begun = time.monotonic()
        scopes: list[str] = []
        for path in map(Path, paths):
            if path.is_dir():
                self._folder(path)
                scopes.append(name_of(path))
            elif path.exists():
                self._file(path)
                scopes.append(name_of(path))
            else:
                self._failed.append(Failure(str(path), "there is no such file or folder"))
        self._commit()
        self._vanished(scopes)
        return Report(**self._counts, failed=tuple(self._failed), seconds=time.monotonic() - begun)

    def _folder(self, folder: Path) -> None:
        for path in files_under(folder):
            if isinstance(path, ReadError):
                self._failed.append(Failure(path.args[1], path.args[0]))
            else:
                self._file(path)

    def _file(self, path: Path) -> None:
        file = name_of(path)
        try:
            known = self._known_file(file)
            if known and known == f"{REVISION}-{digest_of(path)}":
                return self._pass_over(file)
            loaded = load(path)
        except ReadError as error:
            self._failed.append(Failure(file, str(error)))
            self._keep(file)
            return None
        raw = RawDocument(file, loaded.data, suffix_of(path))
        try:
            failed = len(self._failed)
            for record in readers.records(raw):
                self._document(record, file)
        except ReadError as error:
            self._failed.append(Failure(file, str(error)))
        if len(self._failed) == failed:
            self._writer.begin()
            self._writer.db.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?)", (file, f"{REVISION}-{loaded.digest}")
            )

    def _document(self, raw: RawDocument, file: str) -> None:
        digest = _digest(raw)
        manifest = self._writer.manifest
        self._writer.db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (raw.location,))
        if manifest.known(raw.location) == digest:
            self._counts["unchanged"] += 1
            return
        try:
            article = readers.read(raw)
        except ReadError as error:
            self._failed.append(Failure(raw.location, str(error)))
            self._writer.db.execute("DELETE FROM seen WHERE location = ?", (raw.location,))
            return
        self._writer.begin()
        outcome = manifest.place(Document(raw.location, file, digest), article)
        self._counts[outcome] += 1
        self._articles += 1
        self._characters += len(article.text)
        if self._articles >= PIECE_ARTICLES or self._characters >= PIECE_CHARACTERS:
            self._commit()

    def _commit(self) -> None:
        manifest = self._writer.manifest
        self._counts["removed"] += manifest.removed
        self._counts["passages"] += self._writer.commit(manifest.touched)
        self._articles = self._characters = 0

    def _known_file(self, file: str) -> str:
        row = self._writer.db.execute("SELECT digest FROM files WHERE file = ?", (file,)).fetchone()
        return str(row[0]) if row else ""

    def _pass_over(self, file: str) -> None:
        """Count the documents of a file that is as it was."""
        self._counts["unchanged"] += self._keep(file)

    def _keep(self, file: str) -> int:
        """Mark all that the file held as seen, and say how much that is."""
        return self._writer.db.execute(
            "INSERT OR IGNORE INTO seen SELECT location FROM locations WHERE file = ?", (file,)
        ).rowcount

    def _vanished(self, scopes: list[str]) -> None:
        for scope in scopes:
            gone = self._writer.db.execute(
                "SELECT location FROM locations WHERE (file = ? OR (file > ? AND file < ?)) "
                "AND location NOT IN (SELECT location FROM seen)",
                (scope, scope + "/", scope + "0"),
            ).fetchall()
            for (location,) in gone:
                self._writer.begin()
                self._writer.manifest.vanish(location)
            self._commit()


def _digest(raw: RawDocument) -> str:
    about = json.dumps([raw.suffix, raw.url, raw.hints], sort_keys=True).encode()
    return f"{REVISION}-{hashlib.sha256(about + raw.data).hexdigest()}"
