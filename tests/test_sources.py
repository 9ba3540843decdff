"""Files and folders in a stable order, and reading them without surprises."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from bot.errors import ReadError
from ingest import sources
from ingest.sources import Changing, digest_of, files_under, load, name_of, opened, suffix_of


def test_files_come_in_the_order_of_their_names_in_any_depth(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/b/c.html",
        "c.jsonl.gz",
        "photo.jpg",
        ".hidden/d.txt",
        ".e.md",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    found = [
        path.relative_to(tmp_path).as_posix()
        for path in files_under(tmp_path)
        if isinstance(path, Path)
    ]
    assert found == ["a/b/c.html", "a/z.md", "b.txt", "c.jsonl.gz"]


@pytest.mark.parametrize(
    ("name", "suffix", "readable"),
    [
        ("A.TXT", ".txt", True),
        ("a.jsonl.gz", ".jsonl", True),
        ("a.v2.HTML.GZ", ".html", True),
        ("a.pdf", ".pdf", True),
        ("a.pdf.gz", ".pdf", False),
        ("a.gz", "", False),
        ("README", "", False),
    ],
)
def test_the_suffix_names_the_format_and_only_text_is_read_packed(
    name: str, suffix: str, readable: bool
) -> None:
    assert suffix_of(Path(name)) == suffix
    assert sources.is_readable(Path(name)) is readable


def test_a_name_is_absolute_and_always_text() -> None:
    assert name_of(Path("a/../b.txt")) == f"{Path.cwd()}/b.txt"
    assert name_of(Path(os.fsdecode(b"/caf\xe9.txt"))) == "/caf\\xe9.txt"


def test_a_packed_file_is_read_as_what_is_in_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt.gz"
    file.write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))
    assert load(file) == b"one two"


def test_the_digest_is_of_the_bytes_on_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"abc")
    assert digest_of(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_zip_bomb_ends_at_the_limit(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.txt.gz"
    bomb.write_bytes(gzip.compress(bytes(3_000_000)))
    with (
        pytest.raises(ReadError, match="it has more than 1 MB, and the limit is 1 MB"),
        opened(bomb, 1_000_000) as stream,
    ):
        stream.read()


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    with file.open("wb") as endless:
        endless.truncate(sources.LONGEST_LINE + 10)
    with (
        pytest.raises(ReadError, match="a line of it is longer than 64 MB"),
        opened(file) as stream,
    ):
        next(stream)


def test_a_file_that_changes_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("before")
    with pytest.raises(Changing, match="it is being written to"), opened(file) as stream:  # noqa: PT012
        stream.read()
        file.write_text("afterwards")


@pytest.mark.parametrize("content", [b"no gzip at all", gzip.compress(b"cut off" * 50)[:-12]])
def test_a_broken_gzip_file_is_a_reason_and_no_traceback(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.txt.gz"
    file.write_bytes(content)
    with pytest.raises(ReadError, match="gzip file"):
        load(file)


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="it is no file"):
        digest_of(tmp_path / "pipe.txt")
