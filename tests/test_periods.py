"""The days that a question's time words name."""

from datetime import date

import pytest

from bot.periods import Period, period_of

TODAY = date(2024, 3, 22)  # a Friday


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("what did Leica announce yesterday?", date(2024, 3, 21), date(2024, 3, 21)),
        ("what changed in March?", date(2024, 3, 1), date(2024, 3, 31)),
        ("what changed in December?", date(2023, 12, 1), date(2023, 12, 31)),
        ("what changed in December 2021?", date(2021, 12, 1), date(2021, 12, 31)),
        ("who won on 3 March 2022?", date(2022, 3, 3), date(2022, 3, 3)),
        ("who won on March 3rd, 2022?", date(2022, 3, 3), date(2022, 3, 3)),
        ("which phones came out in 2023?", date(2023, 1, 1), date(2023, 12, 31)),
        ("which phones came out since 2023?", date(2023, 1, 1), None),
        ("which phones came out before 2021?", None, date(2020, 12, 31)),
        ("which phones came out after 2021?", date(2022, 1, 1), None),
        ("what came before March 2024?", None, date(2024, 2, 29)),
        ("which phones came out until 2021?", None, date(2021, 12, 31)),
        ("what happened last month?", date(2024, 2, 1), date(2024, 2, 29)),
        ("what happened last year?", date(2023, 1, 1), date(2023, 12, 31)),
        ("what came in the last 10 days?", date(2024, 3, 12), TODAY),
    ],
)
def test_time_words_name_days_counted_from_today(
    question: str, start: date | None, end: date | None
) -> None:
    period, _ = period_of(question, TODAY)
    assert period == Period(start, end)


def test_a_week_reaches_back_over_the_days_that_news_lags_behind() -> None:
    period, rest = period_of("what did Leica say this week?", TODAY)
    assert period is not None
    assert period.start == date(2024, 3, 14)
    assert period.end == TODAY
    assert "week" not in rest


@pytest.mark.parametrize(
    "question",
    ["what does the Xiaomi 14 cost?", "who may speak?", "what is the 2020X sensor?", "on May Day?"],
)
def test_words_that_only_look_like_dates_name_none(question: str) -> None:
    assert period_of(question, TODAY)[0] is None


def test_a_day_that_does_not_exist_names_no_period() -> None:
    assert period_of("what happened on February 31, 2023?", TODAY)[0] is None


def test_the_distance_to_a_period_is_counted_in_days_and_zero_inside() -> None:
    march = Period(date(2024, 3, 1), date(2024, 3, 31))
    assert march.distance(date(2024, 2, 28)) == 2
    assert march.distance(date(2024, 3, 15)) == 0
    assert march.distance(date(2024, 4, 10)) == 10
    assert Period(None, date(2021, 12, 31)).distance(date(1999, 1, 1)) == 0
