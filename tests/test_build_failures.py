"""What the loop of ingest makes of files that cannot be read, vanished, or have odd names."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from ingest import Failure, ingest
from tests.stored import BATTERY, LENS, PRICE, contents, counts, titles, write


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "articles", lens__md=LENS, battery__md=BATTERY)


def test_what_cannot_be_read_is_reported_with_its_reason_and_the_run_goes_on(
    folder: Path, library: Path
) -> None:
    (folder / "empty.txt").touch()
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(2_000_000_000)  # a sparse file: it takes no room on the disk
    (folder / "torn.txt.gz").write_bytes(gzip.compress(LENS.encode())[:40])
    os.mkfifo(folder / "pipe.txt")
    (folder / "lost.txt").symlink_to(folder / "nowhere.txt")
    report = ingest(folder, library=library)
    reasons = {Path(f.source).name: f.reason for f in report.failed}
    assert counts(report) == (2, 0, 0, 0)
    assert reasons.keys() == {"empty.txt", "noise.txt", "huge.txt", "torn.txt.gz", "lost.txt"}
    assert reasons["huge.txt"] == "it has 2,000 MB, and the limit is 256 MB"
    assert reasons["torn.txt.gz"] == "it is a gzip file that was cut off"
    assert reasons["lost.txt"] == "it cannot be read (No such file or directory)"


def test_a_file_that_holds_no_article_any_more_stops_answering(folder: Path, library: Path) -> None:
    ingest(folder, library=library)
    (folder / "lens.md").write_bytes(b"")
    report = ingest(folder, library=library)
    assert (report.removed, len(report.failed)) == (1, 1)
    assert titles(library) == ["More battery"]
    write(folder, lens__md=LENS)
    assert counts(ingest(folder, library=library)) == (1, 0, 1, 0)


def test_a_file_that_cannot_be_opened_this_time_keeps_its_articles(
    tmp_path: Path, library: Path
) -> None:
    export = tmp_path / "export.jsonl.gz"
    packed = gzip.compress(json.dumps({"id": "1", "title": "One", "text": LENS}).encode())
    export.write_bytes(packed)
    ingest(export, library=library)
    export.write_bytes(packed[:50])
    report = ingest(export, library=library)
    assert (report.removed, len(report.failed)) == (0, 1)
    assert titles(library) == ["One"]


def test_a_path_that_does_not_exist_is_reported_and_removes_nothing(
    folder: Path, library: Path
) -> None:
    ingest(folder, library=library)
    lost = folder.parent / "elsewhere" / "articles"
    report = ingest(lost, library=library)
    assert report.failed == (Failure(str(lost), "there is no such file or folder"),)
    assert report.nothing_read
    assert len(titles(library)) == 2


def test_a_folder_that_was_deleted_takes_its_articles_with_it(folder: Path, library: Path) -> None:
    ingest(folder, library=library)
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    assert counts(ingest(folder, library=library)) == (0, 0, 0, 2)


def test_an_empty_folder_is_no_failure(tmp_path: Path, library: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    report = ingest(empty, library=library)
    assert counts(report) == (0, 0, 0, 0)
    assert not report.nothing_read


def test_links_that_lead_in_a_circle_and_names_that_are_no_text_are_taken_as_they_are(
    folder: Path, library: Path
) -> None:
    (folder / "circle").symlink_to(folder)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_text(PRICE, encoding="utf-8")
    assert counts(ingest(folder, library=library)) == (3, 0, 0, 0)
    assert counts(ingest(folder, library=library)) == (0, 0, 3, 0)
    assert f"{folder}/caf\\xe9.md" in {
        place for *_, places, _ in contents(library) for place in places
    }
