"""What the library holds of which file, and what of it this run has come across."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator


class Inventory:
    """The tables `files` and `locations`, and two of its own that live as long as the run.

    Those keep the memory of a run small however many documents it meets.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        for table in ("seen", "met"):
            db.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (name TEXT PRIMARY KEY)")
            db.execute(f"DELETE FROM temp.{table}")  # noqa: S608 - constants only

    def first_time(self, file: str) -> bool:
        """Whether the run meets this file for the first time."""
        return bool(self._db.execute("INSERT OR IGNORE INTO met VALUES (?)", (file,)).rowcount)

    def digest_of(self, file: str) -> str:
        """The digest with which the whole file was read, or nothing."""
        row = self._db.execute("SELECT digest FROM files WHERE file = ?", (file,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, file: str, digest: str) -> None:
        """Remember that the whole file was read."""
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (file, digest))

    def forget(self, file: str) -> None:
        """Note that the file must be read again, should this reading of it be cut short."""
        self._db.execute("DELETE FROM files WHERE file = ?", (file,))

    def see(self, location: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (location,))

    def keep(self, file: str) -> int:
        """Count all that the file held as seen, and return how much that is."""
        held = "FROM locations WHERE file = ?"
        self._db.execute(f"INSERT OR IGNORE INTO seen SELECT location {held}", (file,))
        return int(self._db.execute(f"SELECT count(*) {held}", (file,)).fetchone()[0])

    def keep_below(self, folder: str) -> None:
        """Count all that the folder held as seen."""
        self._db.execute(
            "INSERT OR IGNORE INTO seen SELECT location FROM locations WHERE "  # noqa: S608
            + _BELOW,
            _below(folder),
        )

    def holds_below(self, name: str) -> bool:
        """Whether the library holds anything of this file, or of a folder of this name."""
        row = self._db.execute(
            f"SELECT 1 FROM locations WHERE {_BELOW} LIMIT 1",  # noqa: S608
            _below(name),
        )
        return row.fetchone() is not None

    def has_buried(self, file: str) -> bool:
        """Whether an article of this file was removed by hand."""
        row = self._db.execute(
            "SELECT 1 FROM locations l JOIN articles a ON a.id = l.article "
            "WHERE l.file = ? AND a.live = 0 LIMIT 1",
            (file,),
        )
        return row.fetchone() is not None

    def vanished(self, scope: str) -> Iterator[str]:
        """The locations in this file or folder that the run has not seen, and forgets now."""
        self._db.execute(
            f"DELETE FROM files WHERE {_BELOW} AND file NOT IN (SELECT name FROM met)",  # noqa: S608
            _below(scope),
        )
        unseen = (
            f"SELECT location FROM locations WHERE {_BELOW} "  # noqa: S608
            "AND location NOT IN (SELECT name FROM seen) LIMIT 500"
        )
        while found := self._db.execute(unseen, _below(scope)).fetchall():
            yield from (location for (location,) in found)


# "0" is the character behind "/": all names that begin with the folder's name and a slash.
_BELOW = "(file = ? OR (file > ? AND file < ?))"


def _below(name: str) -> tuple[str, str, str]:
    return name, f"{name.rstrip('/')}/", f"{name.rstrip('/')}0"
