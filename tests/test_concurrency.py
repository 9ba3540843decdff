"""One process edits, deletes and ingests while another asks, for real; and one writer at a time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import Bot
from bot.errors import LibraryLocked
from bot.writer import LibraryWriter
from ingest import ingest
from ingest.splitting import split
from tests.conftest import ROOT
from tests.editing import TOWNS, fill
from tests.stored import assert_sound, settings

ROUNDS = 8
QUESTIONS = (
    "What fee do ships pay in Aachen?",
    "Which harbour opened its gate?",
    "What stays closed to cars in Erfurt?",
    "What is the fee in Extra3?",
)


def test_answers_are_whole_and_current_while_another_process_edits_and_ingests(
    tmp_path: Path,
) -> None:
    folder, library, log = tmp_path / "articles", tmp_path / "library", tmp_path / "log"
    log.touch()
    fill(folder, 1)
    ingest(folder, library=library)
    bot = Bot(settings(library))
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.editing", folder, library, log, str(ROUNDS)], cwd=ROOT
    )
    asked, editions = 0, set()
    try:
        while writer.poll() is None:
            gone = log.read_text("utf-8").split()
            answer = bot.answer(QUESTIONS[asked % len(QUESTIONS)])
            asked += 1
            by_article: dict[str, set[str]] = {}
            for citation in (*answer.citations, *answer.nearest):
                article = bot.article(citation.article_id, citation.version)
                assert article.text[citation.start : citation.end] == citation.quote
                assert not any(town in citation.title for town in gone), citation.title
                said = set(re.findall(r"edition (\d+)", citation.quote))
                by_article.setdefault(citation.article_id, set()).update(said)
            assert all(len(said) <= 1 for said in by_article.values()), by_article
            editions |= set().union(*by_article.values())
    finally:
        writer.kill()
    assert writer.wait() == 0
    assert asked >= ROUNDS
    assert len(editions) >= 3  # the answers did change while it wrote
    assert_sound(library)
    (title,) = {c.title for c in bot.answer(QUESTIONS[0]).citations}
    assert TOWNS[0] in title


def test_a_second_writer_is_told_who_holds_the_library(tmp_path: Path) -> None:
    folder, library = tmp_path / "articles", tmp_path / "library"
    fill(folder, 1)
    with LibraryWriter(settings(library), split):
        done = subprocess.run(
            [sys.executable, "-m", "ingest", folder, "--library", library],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert re.fullmatch(
            r"Another ingest \(process \d+\) is writing to the library in .*\. "
            r"Wait until it is done, and run this again\.\n",
            done.stderr,
        )
        with pytest.raises(LibraryLocked):
            ingest(folder, library=library)
    assert ingest(folder, library=library).added == len(TOWNS)
