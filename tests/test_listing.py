"""Complete lists over the sample articles: products of unnamed makers, days, groups."""

from datetime import date
from pathlib import Path

import pytest

from bot import Bot
from bot.settings import load_settings

TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def bot(sample_library: Path) -> Bot:
    return Bot(load_settings(library=sample_library))


def items(bot: Bot, question: str) -> set[str]:
    return {s.item for s in bot.answer(question, as_of=TODAY).statements if s.item}


def test_phones_are_listed_where_the_question_names_only_the_lens_maker(bot: Bot) -> None:
    found = items(bot, "Which phones were made with Hasselblad?")
    assert {"OnePlus 9 series", "OnePlus 9 Pro", "OnePlus 13"} <= found
    assert all(item.startswith("OnePlus ") for item in found)


def test_phones_of_several_makers_are_listed_together(bot: Bot) -> None:
    found = items(bot, "Which phones were made with Leica?")
    assert {
        "Huawei P9", "Huawei P20 Pro", "Huawei P50 series", "Xiaomi 12S Ultra", "Xiaomi 14",
        "Xiaomi 17 Ultra", "Leitz Phone 1", "Leitz Phone 2", "Leitz Phone 3",
    } <= found  # fmt: skip
    assert not {item for item in found if "IMX" in item or "Gen" in item}


def test_a_phone_of_another_maker_is_not_listed_for_the_one_asked_about(bot: Bot) -> None:
    found = items(bot, "Which Xiaomi phones were made with Leica?")
    assert not {"P20 Pro", "P50 series", "13 Lite"} & found


def test_a_phone_that_is_not_planned_for_a_country_is_not_listed_for_it(bot: Bot) -> None:
    assert items(bot, "List all Xiaomi phones sold in India") == {
        "Xiaomi 14", "Xiaomi 13 Pro", "14 Ultra",
    }  # fmt: skip


def test_a_list_of_some_years_holds_no_phone_of_others(bot: Bot) -> None:
    found = items(bot, "Which Xiaomi phones were made with Leica before 2023?")
    assert {"Xiaomi 12S", "12S Pro", "Xiaomi 12S Ultra", "Mix Fold 2"} <= found
    assert not {item for item in found if "13T" in item or "14" in item or "17" in item}


def test_companies_are_listed_by_what_their_sentences_say_however_unlike_the_question(
    bot: Bot,
) -> None:
    found = items(bot, "Which companies has Zeiss worked with?")
    assert {"HMD Global", "Nokia"} <= found
    assert "Leica" not in found
