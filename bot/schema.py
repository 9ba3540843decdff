"""The tables of a library, and how a connection to them is opened.

SQLite is the truth: whatever is not called current here does not answer, whatever Chroma
still holds. WAL mode lets readers go on while the one writer commits.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

DATABASE = "articles.db"
LAYOUT = "1"  # raised when a table changes its meaning; another layout is refused

TABLES = """
CREATE TABLE IF NOT EXISTS meta (
    key TEXT PRIMARY KEY,           -- layout, generation, collection, newest, ... (`ingest`)
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY,
    live INTEGER NOT NULL,          -- 0: a tombstone, kept so that old citations resolve
    leader TEXT NOT NULL            -- the article that answers for this story; itself as a rule
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS articles_by_leader ON articles (leader);
CREATE TABLE IF NOT EXISTS versions (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id),
    number INTEGER NOT NULL,        -- 1, 2, ... within the article
    current INTEGER NOT NULL,       -- 1 for the newest version, of a tombstone too
    digest TEXT NOT NULL,           -- sha256 of text and metadata
    text_digest TEXT NOT NULL,      -- sha256 of the text alone
    title TEXT NOT NULL,
    title_from TEXT NOT NULL,
    published TEXT,                 -- ISO 8601 day, or NULL
    published_from TEXT NOT NULL,
    updated TEXT,
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    url TEXT NOT NULL,
    furniture TEXT NOT NULL,        -- JSON list of [start, end]
    text TEXT NOT NULL              -- last, since what stands behind a long column is slow to read
);
CREATE INDEX IF NOT EXISTS versions_by_article ON versions (article);
CREATE INDEX IF NOT EXISTS versions_by_digest ON versions (digest);
-- Partial, since an index that leads with `current` draws every lookup of a current version
-- away from the index that finds it at once: SQLite cannot know that nearly all are current.
DROP INDEX IF EXISTS versions_by_day;
CREATE INDEX IF NOT EXISTS current_by_day ON versions (published) WHERE current = 1;
CREATE INDEX IF NOT EXISTS versions_by_text ON versions (text_digest);
CREATE TABLE IF NOT EXISTS locations (
    location TEXT PRIMARY KEY,      -- absolute path, path#key, or URL
    digest TEXT NOT NULL,           -- of the raw bytes and of the reader's revision
    article TEXT NOT NULL REFERENCES articles (id),
    file TEXT NOT NULL              -- the file or listing it came from
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS locations_by_article ON locations (article);
CREATE INDEX IF NOT EXISTS locations_by_file ON locations (file);
CREATE TABLE IF NOT EXISTS files (
    file TEXT PRIMARY KEY,          -- a file that was read whole
    digest TEXT NOT NULL            -- of its bytes and of the reader's revision
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages ( -- of the newest versions of live leaders, no others
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- version:number, also the id in Chroma
    version TEXT NOT NULL REFERENCES versions (id),
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,         -- characters in the version's text, half open
    "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL         -- JSON list of [start, end] in the version's text
);
CREATE INDEX IF NOT EXISTS passages_by_version ON passages (version);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    title, text, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE IF NOT EXISTS signatures (
    article TEXT PRIMARY KEY,
    minhash BLOB NOT NULL           -- numbers of 32 bits
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bands (
    band INTEGER NOT NULL,          -- a hash of one band of the article's MinHash
    article TEXT NOT NULL,
    PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS twins (
    a TEXT NOT NULL,                -- two articles that tell the same story almost word for word
    b TEXT NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS twins_by_b ON twins (b);
CREATE TABLE IF NOT EXISTS web (
    url TEXT PRIMARY KEY,           -- what a server said to ask with next time
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL
) WITHOUT ROWID;
"""


def connect(folder: Path, *, write: bool = False) -> sqlite3.Connection:
    """A connection to the library's database, in autocommit mode.

    A reader's connection cannot write; on a folder that cannot be written to, where WAL's
    index cannot be made, it reads the file as it stands.
    """
    path = (folder / DATABASE).resolve()
    if write:
        db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
        db.create_function("casefold", 1, str.casefold, deterministic=True)
        db.execute("PRAGMA journal_mode = WAL")
        # Each piece must be on the disk before the vectors that it replaced are removed.
        db.execute("PRAGMA synchronous = FULL")
        return db
    try:
        db = _read_only(path, "mode=ro")
        db.execute("SELECT 1 FROM meta").fetchone()
    except sqlite3.OperationalError:
        db = _read_only(path, "immutable=1")
    return db


def _read_only(path: Path, how: str) -> sqlite3.Connection:
    uri = f"{path.as_uri()}?{how}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30, check_same_thread=False)
    db.create_function("casefold", 1, str.casefold, deterministic=True)
    return db
