"""Lines of a text that say when it was published, and lines that only look so."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.datelines import DateLines, date_lines, line_dates
from tests.documents import STORY

FEB_28 = date(2024, 2, 28)
BODY = "\n".join(STORY)


@pytest.mark.parametrize(
    "line",
    [
        "First Published: date 2024-02-28 Technology News",
        "date 2024-02-28 Technology News",
        "- First Published: February 28, 2024, 10:15 IST",
        "Published on February 28, 2024",
        "Published: Wed, 28 Feb 2024 10:15",
        "Posted Feb. 28, 2024 at 5:45 AM PST",
        "Originally published on Feb. 28, 2024",
        "Veröffentlicht am 28.02.2024",
        "February 28, 2024",
        "Wednesday, 28 February 2024 | 14:05 GMT",
        "By Ines Moreau | February 28, 2024",
        "By Ines Moreau, Feb 28, 2024 · 4 min read",
        "BERLIN, Feb 28, 2024 (Reuters) - The harbour council voted.",
        "NEW YORK, Feb. 28, 2024 /PRNewswire/ -- The harbour council voted.",
        "Oslo, Norway, 28 February 2024 – The harbour council voted.",
    ],
)
def test_a_date_line_over_the_story_says_when_it_was_published(line: str) -> None:
    assert date_lines(f"Old ferry stays\n{line}\n{BODY}") == DateLines(FEB_28, None)


def test_a_labelled_line_under_the_story_counts_as_well() -> None:
    assert date_lines(f"{BODY}\n- First Published: 28 February 2024") == DateLines(FEB_28)


def test_updated_is_kept_apart_from_published() -> None:
    assert date_lines(f"Updated: 28 February 2024 14:05 IST\n{BODY}") == DateLines(None, FEB_28)
    both = "Published February 27, 2024 | Updated February 28, 2024"
    assert date_lines(f"{both}\n{BODY}") == DateLines(date(2024, 2, 27), FEB_28)


@pytest.mark.parametrize(
    "line",
    [
        "Last Updated:",
        "BERLIN, March 3 (Reuters) - The harbour council voted.",
        "Published in the harbour gazette on February 28, 2024, the rule ends free rides.",
        "© 2024 Harbour Post",
        "When: February 28, 2024",
        "The ferry first sailed on February 28, 2024.",
        "Between May 2, 2019 and February 28, 2024 it sailed daily.",
        "Date: February 28, 2024\nVenue: Town hall",
        "Date: February 28, 2024\nThe ferry is built.\nDate: March 3, 2024\nIt sails.",
        "February 28, 2024\nThe ferry is built.\nMarch 3, 2024\nIt sails.",
        "Update, Feb. 28, 2024: The council will vote again, it said.",
        "Published February 28, 1824",
    ],
)
def test_a_line_about_something_else_dates_nothing(line: str) -> None:
    assert date_lines(f"Old ferry stays\n{line}\n{BODY}").published is None


def test_a_bare_date_deep_in_the_text_dates_nothing() -> None:
    assert date_lines("\n".join([*STORY * 3, "February 28, 2024", *STORY])).published is None


def test_one_line_by_itself_is_read_like_a_byline_element() -> None:
    assert line_dates("28/02/2024") == DateLines(FEB_28)
    assert line_dates("02/03/2024", day_first=True) == DateLines(date(2024, 3, 2))
    assert line_dates("Updated 28 Feb 2024") == DateLines(None, FEB_28)
    assert line_dates("On 28 February 2024 the ferry sailed") == DateLines()
