"""Which sentences hold the kind of thing that a question asks for."""

import pytest

from bot.holding import fitting, holds, tells_for_certain
from bot.questions import ask
from bot.records import Passage
from tests.texts import TODAY, candidates, passage


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
        ("What is the weight of the kit?", "The kit costs 225 dollars.", 0),
        ("What is the weight of the kit?", "The kit weighs 225 grams.", 1),
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


def test_what_is_not_told_of_another_matter_is_no_answer() -> None:
    asked = ask("When was the OnePlus 9 Pro launched?", TODAY)
    assert holds(asked, "Of the costs he said nothing.") == 0
    assert holds(asked, "When the OnePlus 9 Pro will be launched is not known.") == 1


def kept(question: str, *scored: tuple[Passage, int, float]) -> list[str]:
    return [c.text for c in fitting(ask(question, TODAY), candidates(*scored))]


def test_a_price_is_that_of_the_model_that_was_named_last() -> None:
    one = passage(
        "The Leitz Phone 1 was shown today. It reaches the shops on 16 July. "
        "It costs 187,920 yen. The Xiaomi 12 costs 3,699 yuan."
    )
    other = passage("The Leitz Phone 1 has a rival. So had the Xiaomi 12. Its price is 600 euros.")
    question = "How much does the Leitz Phone 1 cost?"
    assert kept(question, (one, 3, 5.0), (other, 2, 4.0), (one, 2, 3.0)) == [
        "It costs 187,920 yen."
    ]


def test_a_price_far_behind_the_best_sentence_is_still_preferred() -> None:
    one = passage("The kit was shown in Jena. Everybody liked it. The kit costs 40 euros.")
    assert kept("How much is the kit?", (one, 0, 9.0), (one, 1, 8.0), (one, 2, 1.0)) == [
        "The kit costs 40 euros."
    ]


@pytest.mark.parametrize(
    ("question", "sentence", "certain"),
    [
        ("How much does the Leitz Phone 2 cost?", "The Leitz Phone 2 cost 225,360 yen.", True),
        ("How much does the Leitz Phone 2 cost?", "The phone cost 225,360 yen.", False),
        ("How much does the Leitz Phone 2 cost?", "The Leitz Phone 2 came in 2022.", False),
        ("How much does the phone cost?", "The phone cost 225,360 yen.", False),
        ("When was the Leitz Phone 2 sold?", "The Leitz Phone 2 cost 225,360 yen in May.", False),
    ],
)
def test_the_price_of_a_model_by_its_name_is_certain(
    question: str, sentence: str, certain: bool
) -> None:
    found = candidates((passage(sentence, title="Leitz Phone 2"), 0, 1.0))
    assert tells_for_certain(ask(question, TODAY), found) is certain


def test_a_price_is_that_of_the_place_asked_about() -> None:
    text = passage(
        "The Orbit 14 costs 999 euros in Spain. The Orbit 14 costs 150,000 yen in Japan."
    )
    assert kept("How much is the Orbit 14 in Japan?", (text, 0, 5.0), (text, 1, 3.0)) == [
        "The Orbit 14 costs 150,000 yen in Japan."
    ]
    asked = ask("How much is the Orbit 14 in Japan?", TODAY)
    assert not tells_for_certain(asked, candidates((text, 0, 5.0)))
