"""Reading a real library: frozen views, filters, full text, and refusals."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.embedding import load_embedder
from bot.errors import LibraryMismatch, LibraryMissing
from bot.library import Library
from bot.records import Filters
from bot.settings import load_settings
from ingest import ingest

STORY = """---
title: {title}
published: {day}
source: {source}
author: Ada Brink
---

{text}
"""


def write(folder: Path, name: str, text: str, *, day: str, source: str) -> None:
    body = STORY.format(title=f"About {name}", day=day, source=source, text=text)
    (folder / f"{name}.md").write_text(body)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = tmp_path_factory.mktemp("articles")
    write(articles, "glass", "Zeiss grinds lenses in Oberkochen. It has done so for a century.",
          day="2020-05-01", source="Lens Weekly")  # fmt: skip
    write(articles, "colour", "Leica tunes colours in Wetzlar. Its engineers travel to Beijing.",
          day="2023-06-30", source="Pocket News")  # fmt: skip
    (articles / "plain.txt").write_text(
        "A note on tripods\n\nTripods keep a camera still. Their legs fold into one another.\n"
    )
    library = tmp_path_factory.mktemp("library")
    report = ingest(articles, library=library)
    assert (report.added, report.failed) == (3, ())
    return library


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    library = Library(load_settings(library=folder))
    yield library
    library.close()


def titles(library: Library, expression: str, filters: Filters) -> list[str]:
    with library.snapshot() as view:
        ids = [id_ for id_, _ in view.matching(expression, 9, filters)]
        return [passage.article.title for passage in view.passages(ids).values()]


def test_the_summary_counts_articles_days_and_sources(library: Library) -> None:
    with library.snapshot() as view:
        summary = view.summary()
    assert (summary.articles, summary.undated) == (3, 1)
    assert (summary.oldest, summary.newest) == (date(2020, 5, 1), date(2023, 6, 30))
    assert summary.sources == ("Lens Weekly", "Pocket News")


def test_full_text_finds_stems_and_titles(library: Library) -> None:
    assert titles(library, '"grinding"', Filters()) == ["About glass"]
    assert titles(library, '"colour"', Filters()) == ["About colour"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(as_of=date(2021, 1, 1)), {"About glass", "A note on tripods"}),
        (Filters(since=date(2021, 1, 1)), {"About colour"}),
        (Filters(until=date(2021, 1, 1)), {"About glass"}),
        (Filters(source="lens weekly"), {"About glass"}),
        (Filters(author="ADA BRINK"), {"About glass", "About colour"}),
        (Filters(), {"About glass", "About colour", "A note on tripods"}),
    ],
)
def test_filters_hold_for_meaning_and_for_words_alike(
    library: Library, filters: Filters, expected: set[str]
) -> None:
    vector = load_embedder(load_settings()).embed_query("cameras and lenses")
    with library.snapshot() as view:
        near = view.passages([id_ for id_, _ in view.nearest(vector, 9, filters)])
        every = '"lens" OR "colour" OR "camera" OR "in" OR "into"'
        worded = view.passages([id_ for id_, _ in view.matching(every, 9, filters)])
        assert view.count(filters) == len(expected)
    assert {passage.article.title for passage in near.values()} == expected
    assert {passage.article.title for passage in worded.values()} == expected


def test_a_passage_is_cut_from_its_article_at_its_offsets(library: Library) -> None:
    with library.snapshot() as view:
        for article in view.articles():
            text = view.article(article.id).text
            for passage in view.passages_of(article.id):
                assert text[passage.start : passage.end] == passage.text
                for span in passage.sentences:
                    assert text[span[0] : span[1]] == passage.cut(span)


def test_rare_and_common_stems_are_counted(library: Library) -> None:
    with library.snapshot() as view:
        assert view.document_frequencies(["zeiss", "it", "nowhere"]) == {"zeiss": 1, "it": 2}


def test_an_unknown_article_is_a_key_error(library: Library) -> None:
    with pytest.raises(KeyError, match="no article 'none'"):
        library.article("none")


def test_where_no_library_is_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="python -m ingest FOLDER"):
        Library(load_settings(library=tmp_path / "none"))


def test_a_library_of_another_embedding_model_is_refused(folder: Path) -> None:
    with pytest.raises(LibraryMismatch, match="python -m ingest --rebuild"):
        Library(load_settings(library=folder, embedding_model="another-model"))


def test_the_day_of_the_newest_article_skips_newer_ones_and_undated_ones(library: Library) -> None:
    with library.snapshot() as view:
        assert view.day_of_newest(0, Filters()) == date(2023, 6, 30)
        assert view.day_of_newest(1, Filters()) == date(2020, 5, 1)
        assert view.day_of_newest(2, Filters()) is None
        assert view.day_of_newest(0, Filters(as_of=date(2022, 1, 1))) == date(2020, 5, 1)
