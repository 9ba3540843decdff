"""What a library holds, in a form that two libraries can be compared by: content, no ids."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.schema import connect
from bot.settings import load_settings
from bot.vectors import VectorStore
from ingest import Report

LENS = "# A lens for the phone\n\nThe maker said on Monday that its next phone gets a new lens."
BATTERY = "# More battery\n\nThe battery of the next model lasts two days, the company told us."
PRICE = "# The price\n\nThe phone will cost 999 euros in Germany when it is sold from October on."


def write(folder: Path, **files: str) -> Path:
    """Files of these texts, `name__md` standing for `name.md`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def contents(library: Path) -> list[Any]:
    """Each live article with its places, passages and leader, in the order of its text."""
    with closing(connect(library)) as db:
        rows = db.execute(
            "SELECT a.id, v.text, v.title, v.published, l.text, l.title, v.id FROM articles a "
            "JOIN versions v ON v.article = a.id AND v.current = 1 "
            "JOIN versions l ON l.article = a.leader AND l.current = 1 WHERE a.live = 1"
        ).fetchall()
        return sorted(
            ([*about, _places(db, id_), _passages(db, version)] for id_, *about, version in rows),
            key=json.dumps,
        )


def _places(db: Any, article: str) -> list[str]:
    rows = db.execute("SELECT location FROM locations WHERE article = ?", (article,))
    return sorted(location for (location,) in rows)


def _passages(db: Any, version: str) -> list[Any]:
    rows = db.execute(
        "SELECT p.number, p.sentences, w.title, w.text FROM passages p "
        "JOIN words w ON w.rowid = p.rowid WHERE p.version = ? ORDER BY p.number",
        (version,),
    )
    return [[number, json.loads(spans), title, text] for number, spans, title, text in rows]


def assert_sound(library: Path) -> None:
    """Chroma holds the current passages and no others, each with its text; nothing is left over."""
    with closing(connect(library)) as db:
        meta = dict(db.execute("SELECT key, value FROM meta"))
        texts = dict(
            db.execute("SELECT p.id, w.text FROM passages p JOIN words w ON w.rowid = p.rowid")
        )
        (words,) = db.execute("SELECT count(*) FROM words").fetchone()
        wrong = db.execute(
            "SELECT a.id FROM articles a JOIN versions v ON v.article = a.id WHERE "
            "(a.live = 1 AND a.leader = a.id AND v.current = 1) != "
            "EXISTS (SELECT 1 FROM passages p WHERE p.version = v.id)"
        ).fetchall()
    assert words == len(texts)
    assert not wrong
    store = VectorStore(library)
    try:
        assert sorted(store.ids(meta["collection"])) == sorted(texts)
    finally:
        store.close()
    assert not (library / "vectors.journal").exists()


def settings(library: Path, **others: Any) -> Any:
    return load_settings(library=library, **others)


def titles(library: Path) -> list[str]:
    return sorted(title for _, title, *_ in contents(library))


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed
