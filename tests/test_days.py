"""The days of a sentence are known as far as the day of its article makes them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.days import blank, holds, mentions

WEDNESDAY = date(2024, 2, 28)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("on March 7", "on 7 March 2024"),
        ("on December 30", "on 30 December 2023"),
        ("in July 2022", "in 2022"),
        ("on Tuesday", "on 27 February 2024"),
        ("on Tuesday", "on Tuesday"),
        ("it will open on Friday", "on 1 March 2024"),
        ("last Friday", "on 23 February 2024"),
        ("yesterday", "on February 27"),
        ("last year", "in 2023"),
        ("last month", "in January 2024"),
        ("two years ago", "in 2022"),
        ("next week", "next week"),
        ("on 2024-03-07", "on March 7, 2024"),
    ],
)
def test_a_day_may_be_written_out(quote: str, said: str) -> None:
    assert _held(quote, said)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("on March 7", "on 8 March 2024"),
        ("in July 2022", "in August 2022"),
        ("in 2022", "in July 2022"),
        ("on Tuesday", "on Wednesday"),
        ("on Tuesday", "on 5 March 2024"),
        ("last Friday", "on 1 March 2024"),
        ("last week", "this week"),
        ("last year", "in 2024"),
    ],
)
def test_another_day_is_not_held(quote: str, said: str) -> None:
    assert not _held(quote, said)


def test_without_the_day_of_the_article_relative_words_hold_only_themselves() -> None:
    (known,) = mentions("It closed yesterday.")
    assert holds(known, mentions("It closed yesterday.")[0])
    assert not holds(known, mentions("It closed on 27 February 2024.")[0])


def test_may_and_march_are_months_only_where_they_are_written_so() -> None:
    assert mentions("They may march on.") == []


def test_blanking_keeps_every_offset() -> None:
    text = "In July 2022 it sold 25."
    assert blank(text, mentions(text)) == "In           it sold 25."


def _held(quote: str, said: str) -> bool:
    (claimed,) = mentions(said)
    return any(holds(known, claimed) for known in mentions(quote, WEDNESDAY))
