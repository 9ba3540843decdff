"""`python -m ingest` as a person uses it: exit codes, reports, signals, upkeep."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.library import Library
from bot.schema import connect
from bot.vectors import Entry, VectorStore
from ingest import ingest
from ingest.__main__ import main
from tests.conftest import ROOT
from tests.stored import assert_sound, contents, settings, write

LENS = "# A lens for the phone\n\nThe maker said on Monday that its next phone gets a new lens."
BATTERY = "# More battery\n\nThe battery of the next model lasts two days, the company told us."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "articles", lens__md=LENS, battery__md=BATTERY)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def filled(folder: Path, library: Path) -> Path:
    ingest(folder, library=library)
    return library


def command(*arguments: object, **more: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ingest", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def test_the_report_is_one_json_object_on_stdout(folder: Path, library: Path) -> None:
    process = command(folder, "--library", library, "--json")
    out, _ = process.communicate()
    report = json.loads(out)
    assert process.returncode == 0
    assert report.pop("seconds") > 0
    assert report == {
        "added": 2, "updated": 0, "unchanged": 0, "removed": 0, "failed": [], "passages": 2,
    }  # fmt: skip


def test_a_person_reads_counts_effort_and_failures(
    folder: Path, library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "empty.txt").touch()
    kept = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    try:
        assert main([str(folder), "--library", str(library)]) == 0
    finally:
        signal.signal(signal.SIGINT, kept[0])
        signal.signal(signal.SIGTERM, kept[1])
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == "Articles: 2 added, 0 updated, 0 unchanged, 0 removed, 1 failed."
    assert second.startswith("Embedded 2 passages in ")
    assert third.startswith(f"Failed: {folder / 'empty.txt'}: ")


def test_nothing_to_read_is_exit_code_1(tmp_path: Path, library: Path) -> None:
    process = command(tmp_path / "nowhere", "--library", library)
    out, _ = process.communicate()
    assert process.returncode == 1
    assert "there is no such file or folder" in out


def test_an_unchanged_run_imports_neither_chroma_nor_a_model(folder: Path, filled: Path) -> None:
    code = (
        "import sys; from ingest import ingest; "
        f"print(ingest({str(folder)!r}, library={str(filled)!r}).unchanged); "
        "print(*sorted({m.split('.')[0] for m in sys.modules} & "
        "{'torch', 'chromadb', 'onnxruntime', 'datasketch', 'trafilatura'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "2\n\n"


def test_ctrl_c_ends_the_run_behind_the_piece_and_says_how_to_go_on(
    tmp_path: Path, library: Path
) -> None:
    folder = write(
        tmp_path / "many",
        **{f"a{n:04}__txt": f"Report {n} on town {n}.\n\nIt rained {n} days." for n in range(400)},
    )
    process = command(folder, "--library", library)
    deadline = time.monotonic() + 120
    while not (library / "chroma").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130
    assert "Run the same command again to go on from here." in told
    assert_sound(library)
    rest = ingest(folder, library=library)
    assert rest.added + rest.unchanged == 400
    assert not rest.failed


def test_the_list_shows_id_title_day_and_place(
    filled: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--list", "--library", str(filled), "--json"]) == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(e["title"], e["published"], e["locations"]) for e in entries] == [
        ("A lens for the phone", "", [str(folder / "lens.md")]),
        ("More battery", "", [str(folder / "battery.md")]),
    ]


def test_what_was_removed_by_hand_stays_out_until_it_is_edited_or_named(
    filled: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lens = folder / "lens.md"
    assert main(["--remove", str(lens), "--library", str(filled)]) == 0
    assert capsys.readouterr().out.endswith(
        "(A lens for the phone). To bring it back, ingest its file by name.\n"
    )
    assert ingest(folder, library=filled).unchanged == 2
    assert seen(filled) == ["More battery"]
    assert ingest(lens, library=filled).added == 1
    assert seen(filled) == ["A lens for the phone", "More battery"]
    main(["--remove", str(lens), "--library", str(filled)])
    write(folder, lens__md=LENS + " It is round.")
    assert ingest(folder, library=filled).added == 1
    assert_sound(filled)


def test_removing_what_is_not_there_says_where_to_look(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--remove", "nothing", "--library", str(filled)]) == 2
    assert "python -m ingest --list" in capsys.readouterr().err


def test_upkeep_of_no_library_makes_none(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in (["--list"], ["--check"], ["--rebuild"], ["--remove", "abcd"]):
        assert main([*option, "--library", str(library)]) == 2
        assert "There is no library in" in capsys.readouterr().err
    assert not library.exists()


def test_a_sound_library_is_found_to_be_sound(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check", "--library", str(filled)]) == 0
    assert capsys.readouterr().out == "The library is sound.\n"


def test_a_check_finds_and_mends_what_chroma_and_sqlite_disagree_on(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db, store = connect(filled, write=True), VectorStore(filled)
    (collection,) = db.execute("SELECT value FROM meta WHERE key = 'collection'").fetchone()
    ids = list(store.ids(collection))
    store.delete(collection, ids[:1])
    stray = [Entry("stray:0", "Stray.", {"n": 1})]
    store.upsert(collection, stray, np.eye(1, 384, dtype=np.float32))
    store.close()
    db.execute("DELETE FROM words WHERE rowid = 1")
    db.close()
    assert main(["--check", "--library", str(filled)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The full-text index differed from the passages in 1 rows; it was made anew.",
        "1 vectors belonged to no passage; they were removed.",
        "1 passages had no vector; they were embedded.",
    ]
    assert_sound(filled)
    assert main(["--check", "--library", str(filled)]) == 0
    assert capsys.readouterr().out == "The library is sound.\n"


def test_watching_takes_in_what_changes_until_it_is_stopped(folder: Path, library: Path) -> None:
    process = command(folder, "--library", library, "--watch")

    def until(*titles: str) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if (library / "articles.db").exists() and seen(library) == list(titles):
                return
            time.sleep(0.1)
        pytest.fail(f"{seen(library)} is not {titles}")

    try:
        until("A lens for the phone", "More battery")
        (folder / "battery.md").rename(folder / "power.md")
        (folder / "new").mkdir()
        write(folder / "new", rain__md="# Rain\n\nIt rained for a week.")
        until("A lens for the phone", "More battery", "Rain")
        (folder / "lens.md").unlink()
        until("More battery", "Rain")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate()
    assert_sound(library)


def seen(library: Path) -> list[str]:
    try:
        return sorted(title for _, title, *_ in contents(library))
    except Exception as error:  # the tables may not be there yet
        return [str(error)]


def test_a_library_in_a_place_that_is_no_folder_is_refused_in_a_sentence(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    process = command(folder, "--library", blocked)
    _, told = process.communicate()
    assert process.returncode == 2
    assert told.startswith(f"The library in {blocked} cannot be written to: ")
    assert told.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files as POSIX does")
def test_a_full_disk_ends_in_a_sentence_and_an_intact_library(folder: Path, filled: Path) -> None:
    """A limit on the size of files stands for the full disk: writes fail in the same way."""
    import resource

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    before = contents(filled)
    story = "The harbour was closed on day {0} because of {1} ships, said the {2}th pilot. "
    write(folder, **{
        f"long{n}__txt": "".join(story.format(n, m * n, m) for m in range(200)) for n in range(40)
    })  # fmt: skip
    process = command(folder, "--library", filled, preexec_fn=limit)
    _, told = process.communicate()
    assert process.returncode == 2, told
    assert "What it held before is intact" in told
    assert_sound_for_readers(filled, before)
    assert ingest(folder, library=filled).added == 40
    assert_sound(filled)


def assert_sound_for_readers(library: Path, before: list[Any]) -> None:
    kept = [row[0] for row in contents(library)]
    assert all(row[0] in kept for row in before)
    Library(settings(library)).close()
