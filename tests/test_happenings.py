"""What the articles say of days as a whole."""

from datetime import date

import pytest

from bot import Answer, Bot
from tests.small import small_bot

OPENED = (
    "Orbit opens a works",
    date(2023, 3, 1),
    "The maker of lenses Orbit opened a works in Jena on Monday. It employs 300 people.",
)
LOOKING_BACK = (
    "Ten years of Orbit",
    date(2025, 6, 2),
    "Orbit has come far since its first days. On 12 May 2021 the firm showed its first lens. "
    "In March 2023 it moved to Jena, where it will stay.",
)
TOMORROW = (
    "Comet shows a telescope",
    date(2025, 6, 3),
    "Comet showed a telescope for children in Ulm on Tuesday. It costs 90 euros.",
)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return small_bot(tmp_path_factory.mktemp("happenings"), OPENED, LOOKING_BACK, TOMORROW)


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def ask(bot: Bot, question: str, as_of: date = date(2025, 6, 5)) -> Answer:
    return bot.answer(question, as_of=as_of)


def test_a_sentence_that_names_the_day_tells_what_happened_on_it(bot: Bot) -> None:
    answer = ask(bot, "What happened on 12 May 2021?")
    assert quotes(answer) == ["On 12 May 2021 the firm showed its first lens."]
    assert answer.scope == "1 article of these days or naming them."


def test_a_month_is_told_by_what_was_published_in_it_too(bot: Bot) -> None:
    assert quotes(ask(bot, "What happened in March 2023?")) == [
        "In March 2023 it moved to Jena, where it will stay.",
        "The maker of lenses Orbit opened a works in Jena on Monday.",
    ]


def test_days_without_a_year_are_the_latest_of_which_anything_is_said(bot: Bot) -> None:
    assert quotes(ask(bot, "What happened on May 12?")) == [
        "On 12 May 2021 the firm showed its first lens."
    ]


def test_this_week_is_told_by_its_articles_newest_first(bot: Bot) -> None:
    assert quotes(ask(bot, "What was in the news this week?")) == [
        "Comet showed a telescope for children in Ulm on Tuesday.",
        "Orbit has come far since its first days.",
    ]


def test_what_was_published_later_is_not_known_yet(bot: Bot) -> None:
    early = ask(bot, "What happened on 12 May 2021?", as_of=date(2024, 1, 1))
    assert not early.answered


@pytest.mark.parametrize(
    "question",
    ["What happened in 1995?", "What happened last year?", "What happened to Comet in May?"],
)
def test_other_days_and_other_questions_are_not_told_so(bot: Bot, question: str) -> None:
    assert "these days" not in ask(bot, question).scope
