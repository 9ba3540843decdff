"""Which model a sentence is about, and which it is not."""

import pytest

from bot.numbered import names_models, names_sibling, names_stranger
from bot.questions import ask
from tests.texts import TODAY


@pytest.mark.parametrize(
    ("sentence", "before", "other"),
    [
        ("The Orbit 12S Pro costs 4,699 yuan.", "", True),
        ("The 12S Pro costs 4,699 yuan.", "", True),
        ("The Orbit 12S costs 3,999 yuan.", "", True),
        ("The Orbit 12S Ultra costs 5,999 yuan.", "", False),
        ("The 12S Pro costs 4,699 yuan, the 12S Ultra 5,999.", "", False),
        ("It costs 5,999 yuan.", "Orbit shows the 12S Ultra.", False),
        ("It costs 5,999 yuan.", "Orbit shows the 12S Pro.", True),
        ("It costs more than the 12S Pro.", "Orbit shows a phone.", False),
        ("A phone cheaper than the Orbit 12S Pro is rare.", "", False),
        ("Its processor is the Comet 8 Gen 3.", "Orbit shows a phone.", False),
    ],
)
def test_a_sentence_on_another_model_of_the_family_is_told(
    sentence: str, before: str, other: bool
) -> None:
    asked = ask("How much is the Orbit 12S Ultra?", TODAY)
    assert names_sibling(asked, sentence, before) is other


def test_a_sentence_that_leans_back_and_names_the_model_itself_is_about_it() -> None:
    asked = ask("When did the Xiaomi 15 come out?", TODAY)
    before = "The Xiaomi 14 came out in 2023."
    assert not names_sibling(asked, "Both firms also launched the Xiaomi 15 in 2024.", before)
    assert names_sibling(asked, "It was launched in 2023.", before)


def test_an_owner_is_no_part_of_a_model_and_owns_more_than_models() -> None:
    asked = ask("When did Sony's Xperia 5 come out?", TODAY)
    assert names_sibling(asked, "The Xperia 1 came out in 2019.")
    wins = ask("When did Ada Brink's 10 wins in a row end?", TODAY)
    assert not names_sibling(wins, "Ada Brink's 12 defeats were forgotten in May.")


def test_a_sentence_that_leans_on_one_without_a_name_is_about_what_it_names_itself() -> None:
    asked = ask("How much does the Leitz Phone 1 cost?", TODAY)
    text = "Its predecessor, the Leitz Phone 2, cost 225,360 yen."
    assert names_sibling(asked, text, "It costs 195,696 yen.")


def test_a_day_is_no_model() -> None:
    asked = ask("How much does the Leitz Phone 1 cost?", TODAY)
    assert not names_sibling(asked, "It costs 187,920 yen.", "It reaches the shops on 16 July.")


def test_a_series_stands_for_its_models() -> None:
    asked = ask("When does the OnePlus 9 Pro come out?", TODAY)
    assert not names_sibling(asked, "The OnePlus 9 series comes out on 23 March.")
    assert names_sibling(asked, "The OnePlus 9 comes out on 23 March.")
    assert names_models(asked, "What we know of the OnePlus 9 series")


def test_a_model_before_a_month_is_no_day() -> None:
    asked = ask("How much does the Leitz Phone 2 cost?", TODAY)
    assert names_models(asked, "The Leitz Phone 2 of November 2022 cost 225,360 yen.")


def test_a_name_ends_with_its_line() -> None:
    asked = ask("How much does the Leitz Phone 2 cost?", TODAY)
    assert names_models(asked, "Leitz Phone 2\nThe phone is sold in Japan.")


def test_a_part_with_a_number_is_no_sibling() -> None:
    asked = ask("Who makes the sensor of the Xiaomi 12S?", TODAY)
    assert not names_sibling(asked, "The sensor is the IMX989 by Sony.")
    assert names_sibling(ask("Who makes the P9?", TODAY), "The P10 is made by Huawei.")


def test_a_model_of_whatever_family_is_a_stranger() -> None:
    asked = ask("How much does the Leitz Phone 1 cost?", TODAY)
    assert names_stranger(asked, "The Xiaomi 12S Ultra costs 5,999 yuan.")
    assert not names_stranger(asked, "The Leitz Phone 1 costs more than the Xiaomi 12S Ultra.")
    assert not names_stranger(asked, "It costs 187,920 yen.")
    assert not names_stranger(ask("How much is the kit?", TODAY), "The Xiaomi 12S is cheaper.")
