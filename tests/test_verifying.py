"""Citations of a saved answer, after the articles were edited and removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import Bot
from bot.settings import Settings, load_settings
from bot.verifying import Verification, verify_file
from ingest import ingest

FIRST = "Zeiss grinds the lenses of the Vivo X60 in Oberkochen."


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Settings]:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "glass.md").write_text(f"# Glass from Oberkochen\n\n{FIRST} Trains were late.\n")
    settings = load_settings(library=tmp_path / "library")
    ingest(articles, library=settings.library)
    return articles, settings


def saved(tmp_path: Path, settings: Settings) -> Path:
    answer = Bot(settings).answer("Who grinds the lenses of the Vivo X60?")
    assert FIRST in [citation.quote for citation in answer.citations]
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(answer.to_dict()))
    return file


def after(edit: str | None, places: tuple[Path, Settings], tmp_path: Path) -> Verification:
    articles, settings = places
    file = saved(tmp_path, settings)
    if edit is None:
        (articles / "glass.md").unlink()
    elif edit:
        (articles / "glass.md").write_text(f"# Glass from Oberkochen\n\n{edit}\n")
    ingest(articles, library=settings.library)
    return verify_file(file, settings)


def test_an_untouched_article_is_unchanged(places: tuple[Path, Settings], tmp_path: Path) -> None:
    report = after("", places, tmp_path)
    assert [c.state for c in report.citations] == ["unchanged"]
    assert report.holds


def test_an_edit_is_told_with_the_lines_that_changed(
    places: tuple[Path, Settings], tmp_path: Path
) -> None:
    new = "Zeiss grinds the lenses of the Vivo X60 in Jena. Trains were late."
    report = after(new, places, tmp_path)
    (citation,) = report.citations
    assert citation.state == "changed since"
    assert citation.difference == (f"-{FIRST} Trains were late.", f"+{new}")
    assert not report.holds


def test_an_edit_elsewhere_leaves_the_quote_standing(
    places: tuple[Path, Settings], tmp_path: Path
) -> None:
    report = after(f"{FIRST} Trains were on time.", places, tmp_path)
    assert [c.state for c in report.citations] == ["changed since"]
    assert report.holds
    assert "the quote still stands in it" in str(report)


def test_a_removed_article_is_gone(places: tuple[Path, Settings], tmp_path: Path) -> None:
    report = after(None, places, tmp_path)
    assert [c.state for c in report.citations] == ["gone"]
    assert not report.holds


def test_a_quote_that_was_tampered_with_is_not_believed(
    places: tuple[Path, Settings], tmp_path: Path
) -> None:
    file = saved(tmp_path, places[1])
    file.write_text(file.read_text().replace("Oberkochen", "Jena"))
    assert [c.state for c in verify_file(file, places[1]).citations] == ["unknown"]
