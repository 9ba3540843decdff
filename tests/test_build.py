"""The loop of ingest on real files, a real library and the real model."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.library import Library
from bot.records import Filters
from ingest import ingest
from ingest.build import PIECE_ARTICLES
from ingest.progress import Step
from tests.stored import (
    BATTERY,
    LENS,
    PRICE,
    assert_sound,
    contents,
    counts,
    settings,
    titles,
    write,
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "articles", lens__md=LENS, battery__md=BATTERY)


def test_what_is_in_a_folder_is_added_and_can_be_found(folder: Path, library: Path) -> None:
    report = ingest(folder, library=library)
    assert counts(report) == (2, 0, 0, 0)
    assert (report.passages, report.failed) == (2, ())
    with Library(settings(library)).snapshot() as view:
        ((found, _),) = view.matching("battery", 5, Filters())
        assert view.passages([found])[found].article.title == "More battery"
    assert_sound(library)


def test_a_second_run_finds_everything_unchanged_and_embeds_nothing(
    folder: Path, library: Path
) -> None:
    ingest(folder, library=library)
    before = contents(library)
    report = ingest(folder, library=library)
    assert counts(report) == (0, 0, 2, 0)
    assert report.passages == 0
    assert contents(library) == before


def test_an_edited_file_is_the_next_version_of_its_article(folder: Path, library: Path) -> None:
    ingest(folder, library=library)
    write(folder, lens__md=LENS.replace("Monday", "Tuesday"))
    assert counts(ingest(folder, library=library)) == (0, 1, 1, 0)
    stored = Library(settings(library))
    with stored.snapshot() as view:
        assert view.matching("monday", 5, Filters()) == []
        ((found, _),) = view.matching("tuesday", 5, Filters())
        article = view.passages([found])[found].article
        assert view.state(article.id) == (True, article.version)
    assert "Tuesday" in stored.article(article.id).text
    assert_sound(library)


def test_the_text_of_an_older_version_can_still_be_had(folder: Path, library: Path) -> None:
    ingest(folder, library=library)
    with Library(settings(library)).snapshot() as view:
        ((found, _),) = view.matching("monday", 5, Filters())
        old = view.passages([found])[found].article
    write(folder, lens__md=LENS.replace("Monday", "Tuesday"))
    ingest(folder, library=library)
    assert "Monday" in Library(settings(library)).article(old.id, old.version).text


def test_a_file_that_vanished_stops_answering_and_leaves_its_text(
    folder: Path, library: Path
) -> None:
    ingest(folder, library=library)
    with Library(settings(library)).snapshot() as view:
        gone = next(a for a in view.articles() if a.title == "More battery")
    (folder / "battery.md").unlink()
    assert counts(ingest(folder, library=library)) == (0, 0, 1, 1)
    assert titles(library) == ["A lens for the phone"]
    stored = Library(settings(library))
    assert "two days" in stored.article(gone.id).text
    with stored.snapshot() as view:
        assert view.state(gone.id) == (False, gone.version)
    assert_sound(library)


def test_only_what_lies_in_the_named_folders_can_vanish(tmp_path: Path, library: Path) -> None:
    one = write(tmp_path / "one", lens__md=LENS)
    two = write(tmp_path / "one-more", battery__md=BATTERY)
    ingest(one, two, library=library)
    (one / "lens.md").unlink()
    (two / "battery.md").unlink()
    assert counts(ingest(one, library=library)) == (0, 0, 0, 1)
    assert titles(library) == ["More battery"]


def test_a_renamed_file_is_the_same_article_and_costs_nothing(folder: Path, library: Path) -> None:
    ingest(folder, library=library)
    (folder / "lens.md").rename(folder / "optics.md")
    report = ingest(folder, library=library)
    assert counts(report) == (0, 0, 2, 0)
    assert report.passages == 0
    places = [places for *_, places, _ in contents(library)]
    assert places == [[str(folder / "battery.md")], [str(folder / "optics.md")]]


def test_a_copied_file_is_one_article_in_two_places(folder: Path, library: Path) -> None:
    write(folder, again__md=LENS)
    report = ingest(folder, library=library)
    assert counts(report) == (2, 0, 1, 0)
    assert titles(library) == ["A lens for the phone", "More battery"]


def test_of_two_copies_an_edited_one_becomes_an_article_of_its_own(
    folder: Path, library: Path
) -> None:
    write(folder, again__md=LENS)
    ingest(folder, library=library)
    write(folder, again__md=PRICE)
    assert counts(ingest(folder, library=library)) == (1, 0, 2, 0)
    assert titles(library) == ["A lens for the phone", "More battery", "The price"]


def test_an_article_that_comes_back_is_the_one_it_was(folder: Path, library: Path) -> None:
    ingest(folder, library=library)
    before = contents(library)
    (folder / "lens.md").unlink()
    ingest(folder, library=library)
    write(folder, lens__md=LENS)
    assert counts(ingest(folder, library=library)) == (1, 0, 1, 0)
    assert contents(library) == before
    with Library(settings(library)).snapshot() as view:
        assert len(list(view.articles())) == 2


def test_an_edit_that_is_taken_back_makes_the_older_version_current_again(
    folder: Path, library: Path
) -> None:
    ingest(folder, library=library)
    with Library(settings(library)).snapshot() as view:
        first = next(a for a in view.articles() if a.title == "A lens for the phone")
    for text in (PRICE, LENS):
        write(folder, lens__md=text)
        assert counts(ingest(folder, library=library)) == (0, 1, 1, 0)
    with Library(settings(library)).snapshot() as view:
        assert view.state(first.id) == (True, first.version)
    assert_sound(library)


def test_the_lines_of_an_export_are_articles_that_come_and_go_one_by_one(
    tmp_path: Path, library: Path
) -> None:
    rows = [
        {"url": f"https://a.example/{n}", "title": f"No. {n}", "text": text}
        for n, text in enumerate((LENS, BATTERY, PRICE))
    ]
    export = tmp_path / "export.jsonl.gz"

    def save(*lines: str) -> None:
        export.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))

    save(*map(json.dumps, rows))
    assert counts(ingest(export, library=library)) == (3, 0, 0, 0)
    rows[2]["text"] += " It is sold in two colours."
    save(json.dumps(rows[0]), json.dumps(rows[2]))
    assert counts(ingest(export, library=library)) == (0, 1, 1, 1)
    assert titles(library) == ["No. 0", "No. 2"]


def test_one_bad_line_is_reported_each_time_and_the_others_are_kept(
    tmp_path: Path, library: Path
) -> None:
    export = tmp_path / "export.jsonl"
    good = json.dumps({"id": "1", "title": "One", "text": LENS})
    export.write_text(f"{good}\n{{broken\n", encoding="utf-8")
    for added in (1, 0):
        report = ingest(export, library=library)
        assert (report.added, len(report.failed)) == (added, 1)
        assert "line 2 is not valid JSON" in report.failed[0].reason
    assert titles(library) == ["One"]


def test_a_copy_with_other_ends_is_counted_with_the_article_that_answers(
    folder: Path, library: Path
) -> None:
    story = " ".join(f"Sentence {n} tells of the {n * 7}th step of the story." for n in range(40))
    write(
        folder,
        early__md=f"---\ntitle: Early\npublished: 2024-02-01\n---\n{story}",
        late__md=f"---\ntitle: Late\npublished: 2024-02-03\n---\nBy our own desk, at noon. {story}",
    )
    ingest(folder, library=library)
    with Library(settings(library)).snapshot() as view:
        articles = {article.title: article for article in view.articles()}
        assert [copy.title for copy in view.copies(articles["Early"].id)] == ["Late"]
        assert view.summary().articles == 3
    (folder / "early.md").unlink()
    ingest(folder, library=library)
    with Library(settings(library)).snapshot() as view:
        (hit, *_) = view.matching("step", 5, Filters())
        assert view.passages([hit[0]])[hit[0]].article.title == "Late"
    assert_sound(library)


def test_a_run_that_is_stopped_keeps_whole_pieces_and_the_next_one_goes_on(
    tmp_path: Path, library: Path
) -> None:
    many = 2 * PIECE_ARTICLES + 5
    folder = write(
        tmp_path / "many",
        **{
            f"a{n:03}__txt": f"Report {n} on town {n * n}.\n\nIt rained {n} days."
            for n in range(many)
        },
    )
    seen: list[Step] = []
    report = ingest(
        folder, library=library, progress=seen.append, stop=lambda: bool(seen_pieces(seen))
    )
    assert report.stopped
    assert 0 < report.added < many
    assert report.removed == 0
    assert_sound(library)
    rest = ingest(folder, library=library)
    assert (rest.added, rest.unchanged) == (many - report.added, report.added)


def seen_pieces(steps: list[Step]) -> list[Step]:
    return [step for step in steps if step.stage == "embedding"]


def test_progress_tells_stage_share_and_rate(folder: Path, library: Path) -> None:
    steps: list[Step] = []
    ingest(folder, library=library, progress=steps.append)
    assert {step.stage for step in steps} == {"reading", "embedding"}
    assert steps[-1].done == steps[-1].total == len(LENS) + len(BATTERY)
    assert steps[-1].documents == 2
    assert str(steps[-1]).startswith("reading: 100 %, 2 documents, 2 passages, ")


@pytest.mark.parametrize("change", [lambda a, b: a.replace(b), lambda a, b: b.unlink()])
def test_a_library_that_grew_equals_one_built_at_once(
    folder: Path, library: Path, change: Callable[[Path, Path], object]
) -> None:
    write(folder, price__md=PRICE)
    ingest(folder, library=library)
    change(folder / "price.md", folder / "battery.md")
    ingest(folder, library=library)
    ingest(folder, library=library.with_name("anew"))
    assert contents(library) == contents(library.with_name("anew"))
