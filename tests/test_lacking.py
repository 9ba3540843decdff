"""What the articles provably lack is declined, with a sentence that says what it is."""

from datetime import date
from pathlib import Path

import pytest

from bot import Bot
from bot.declining import missing
from bot.settings import load_settings
from tests.texts import candidates, found, passage


@pytest.fixture(scope="module")
def bot(sample_library: Path) -> Bot:
    return Bot(load_settings(library=sample_library))


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("When will the Xiaomi 18 Ultra come out?", "No article mentions “Xiaomi 18 Ultra”."),
        ("How much does the Vivo X100 cost?", "No article mentions “Vivo X100”."),
        ("How heavy is the Xiaomi 14?", "None of the nearest sentences gives its weight."),
        ("How much is the Xiaomi 15 Pro?", "None of the nearest sentences gives its price."),
    ],
)
def test_what_no_article_names_or_measures_is_declined(bot: Bot, question: str, gap: str) -> None:
    answer = bot.answer(question)
    assert not answer.answered
    assert answer.missing == gap
    assert answer.nearest


def test_a_model_that_only_a_later_article_names_is_not_known_before(bot: Bot) -> None:
    question = "When was the Xiaomi 17 Ultra presented?"
    assert bot.answer(question, as_of=date(2026, 1, 15)).answered
    early = bot.answer(question, as_of=date(2025, 6, 1))
    assert early.missing == "No article mentions “Xiaomi 17 Ultra”."


def test_a_price_is_not_that_of_another_model(bot: Bot) -> None:
    answer = bot.answer("What is the price of the 12S Ultra?")
    assert [c.quote for c in answer.citations] == [
        "The Xiaomi 12S Ultra costs 5,999 yuan, about 900 dollars."
    ]


def test_what_follows_how_is_not_called_missing(bot: Bot) -> None:
    assert "heavy" not in bot.answer("How heavy is the Mix Fold 2?").missing


def test_a_number_that_is_missing_is_told_with_its_name() -> None:
    near = passage("The Leitz Phone came to Japan.", title="Leitz Phone")
    lacking = found("How much did the Leitz Phone 1 cost?", near)
    counts = dict.fromkeys(lacking.asked.terms, 1)
    told = missing(lacking, candidates((near, 0, 1.0)), counts)
    assert told == "The nearest passage does not mention “Leitz Phone 1”, “cost”."


def test_what_somebody_has_ten_of_is_no_model(bot: Bot) -> None:
    missing_then = bot.answer("Who ended Xiaomi's 10-year partnership with Leica?").missing
    assert "Xiaomi's 10" not in missing_then


def test_what_is_near_begins_with_what_holds_the_kind_of_thing_asked_for(bot: Bot) -> None:
    answer = bot.answer("What is the price of the Leitz Phone 3?", as_of=date(2026, 1, 15))
    shown = answer.citations or answer.nearest
    assert "195,696 yen" in shown[0].quote
