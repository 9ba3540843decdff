"""Which sentences hold the kind of thing that a question asks for, and of the thing it names."""

import pytest

from bot.holding import holds, names_sibling
from bot.questions import ask
from tests.texts import TODAY


@pytest.mark.parametrize(
    ("question", "sentence", "grade"),
    [
        ("How much did the Orbit P9 cost?", "It began with the Orbit P9 in April 2016.", 0),
        ("How much did the Orbit P9 cost?", "Orbit sold 10 million of the P9.", 0),
        ("How much did the Orbit P9 cost?", "The P9 was sold for 599 euros.", 1),
        ("How much is the kit?", "The kit is sold at Rs. 69,999.", 1),
        ("How much is the kit?", "The kit was shown on 7 March 2024.", 0),
        ("How heavy is the kit?", "The kit costs 225 dollars.", 0),
        ("How heavy is the kit?", "The kit weighs 225 grams.", 1),
        ("How many P9 phones did Orbit ship?", "Orbit began with the P9 in 2016.", 0),
        ("How many P9 phones did Orbit ship?", "Orbit shipped 10 million of them.", 1),
        ("How many engineers work there?", "There are about 25 trained engineers.", 2),
        ("How many engineers work there?", "It was built for 30 million euros.", 0),
        ("When did it open?", "It opened in Jena.", 0),
        ("When did it open?", "It opened last Friday.", 1),
        ("Who opened it?", "It was opened by Ada Brink.", 1),
        ("Who opened it?", "It was opened with cake.", 0),
        ("What is a summilux?", "Nobody knows.", 1),
    ],
)
def test_a_sentence_holds_what_is_asked_for_or_does_not(
    question: str, sentence: str, grade: int
) -> None:
    assert holds(ask(question, TODAY), sentence) == grade


@pytest.mark.parametrize(
    "sentence",
    [
        "Neither company would say what the badge costs.",
        "We don’t know how much the badge costs.",
        "What the badge costs was not disclosed.",
        "Of the costs he said nothing.",
    ],
)
def test_that_something_is_not_known_is_an_answer_too(sentence: str) -> None:
    assert holds(ask("How much does the badge cost?", TODAY), sentence) == 1


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


def test_what_is_not_told_of_another_matter_is_no_answer() -> None:
    asked = ask("When was the OnePlus 9 Pro launched?", TODAY)
    assert holds(asked, "Of the costs he said nothing.") == 0
    assert holds(asked, "When the OnePlus 9 Pro will be launched is not known.") == 1


def test_a_sentence_that_leans_on_one_without_a_name_is_about_what_it_names_itself() -> None:
    asked = ask("How much does the Leitz Phone 1 cost?", TODAY)
    text = "Its predecessor, the Leitz Phone 2, cost 225,360 yen."
    assert names_sibling(asked, text, "It costs 195,696 yen.")
