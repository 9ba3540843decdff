"""Ingest that is killed loses nothing, and the next run completes it: real processes, SIGKILL."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.embedding import load_embedder
from bot.library import Library
from bot.records import Filters
from ingest import ingest
from tests.conftest import ROOT
from tests.stored import assert_sound, contents, settings, write

TOWNS = ("Aachen", "Bremen", "Coburg", "Dessau", "Erfurt", "Fulda")


def text(town: str, edition: int) -> str:
    return f"# News from {town}\n\nEdition {edition} of the {town} paper appeared.\n\nIt was read."


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder and its library, where since two files were edited, one deleted and one added."""
    folder = write(tmp_path / "articles", **{f"{town}__md": text(town, 1) for town in TOWNS})
    ingest(folder, library=tmp_path / "library")
    write(folder, Aachen__md=text("Aachen", 2), Bremen__md=text("Bremen", 2))
    write(folder, Goslar__md=text("Goslar", 1))
    (folder / "Coburg.md").unlink()
    return tmp_path


def killed(*command: str) -> int:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, check=False, capture_output=True
    ).returncode


def assert_answers(library: Path) -> None:
    """Search by meaning and by words gives only passages that are current."""
    own = settings(library)
    stored = Library(own)
    try:
        with stored.snapshot() as view:
            found = view.nearest(load_embedder(own).embed_query("the paper"), 50, Filters())
            assert len(found) >= 5
            for passage in view.passages(id_ for id_, _ in found).values():
                whole = view.article(passage.article.id, passage.article.version)
                assert whole.text[passage.start : passage.end] == passage.text
    finally:
        stored.close()


def assert_completes(base: Path) -> None:
    folder, library = base / "articles", base / "library"
    ingest(folder, library=library)
    assert_sound(library)
    ingest(folder, library=base / "anew")
    assert contents(library) == contents(base / "anew")


@pytest.mark.parametrize(
    ("when", "step"),
    [
        ("after", "place"),
        ("before", "embed"),
        ("after", "embed"),
        ("after", "list"),
        ("before", "commit"),
        ("after", "delete"),
    ],
)
def test_killed_at_any_step_it_answers_from_before_or_after_and_then_completes(
    base: Path, when: str, step: str
) -> None:
    old = contents(base / "library")
    code = killed("tests.dying", when, step, str(base / "articles"), str(base / "library"))
    assert code == -signal.SIGKILL
    if step not in {"commit", "delete"}:  # the first piece holds all that is new
        assert contents(base / "library") == old
    assert_answers(base / "library")
    assert_completes(base)


def test_killed_before_it_made_a_library_it_leaves_nothing_that_stands_in_the_way(
    base: Path,
) -> None:
    shutil.rmtree(base / "library")
    code = killed("tests.dying", "before", "list", str(base / "articles"), str(base / "library"))
    assert code == -signal.SIGKILL
    assert contents(base / "library") == []
    assert_completes(base)


def test_killed_at_random_moments_one_after_the_other_it_completes(base: Path) -> None:
    chance = random.Random(4)
    for edition in range(3, 7):
        write(base / "articles", Dessau__md=text("Dessau", edition))
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "ingest",
                str(base / "articles"),
                "--library",
                str(base / "library"),
            ],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.5, 2.5))
        process.kill()
        process.wait()
    assert_answers(base / "library")
    assert_completes(base)
