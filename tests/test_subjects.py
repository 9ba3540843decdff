"""What the articles say of a subject as a whole: its newest news, and what a name stands for."""

from datetime import date

import pytest

from bot import Answer, Bot
from bot.subjects import introduces
from tests.small import small_bot

OLD = (
    "Orbit opens a works in Jena",
    date(2023, 3, 1),
    "The maker of lenses Orbit opened a works in Jena on Monday. Ada Brink, who is in charge of "
    "optics at Orbit, cut the ribbon.\n\nThe works employs 300 people. Orbit has made lenses since "
    "the last century.",
)
NEW = (
    "Works in Jena to close",
    date(2025, 6, 2),
    "It was a short stay. Orbit could soon close its works in Jena, a tipster wrote on Sunday.\n\n"
    "Its head of press, Tom Hale, called the report nonsense. Ada Brink was not to be reached.",
)
PASSING = (
    "Comet shows a telescope",
    date(2025, 8, 3),
    "Comet showed a telescope for children in Ulm on Friday. It has two lenses and a stand.\n\n"
    "The telescope costs 90 euros. It is sold in toy shops. The lenses are made by Orbit in Jena.",
)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return small_bot(tmp_path_factory.mktemp("subjects"), OLD, NEW, PASSING)


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest on Orbit?",
        "What's new with Orbit?",
        "Tell me about Orbit",
        "news on Orbit?",
    ],
)
def test_the_newest_articles_about_a_subject_are_told_by_their_first_sentence_on_it(
    bot: Bot, question: str
) -> None:
    answer = bot.answer(question)
    assert quotes(answer) == [
        "Orbit could soon close its works in Jena, a tipster wrote on Sunday.",
        "The maker of lenses Orbit opened a works in Jena on Monday.",
    ]
    assert answer.statements[0].standing == "rumoured"
    assert answer.scope == "3 articles name Orbit; the newest are shown."


def test_articles_that_only_mention_a_subject_are_shown_where_none_is_about_it(bot: Bot) -> None:
    assert quotes(bot.answer("What is the latest on toy shops?")) == [
        "The telescope costs 90 euros. It is sold in toy shops."
    ]


def test_the_latest_as_of_an_earlier_day_is_what_was_known_then(bot: Bot) -> None:
    answer = bot.answer("What is the latest on Orbit?", as_of=date(2024, 1, 1))
    assert quotes(answer) == ["The maker of lenses Orbit opened a works in Jena on Monday."]


def test_a_subject_that_no_article_names_is_declined(bot: Bot) -> None:
    answer = bot.answer("What is the latest on Meteor?")
    assert not answer.answered
    assert answer.missing == "No article mentions “Meteor”."


def test_a_name_is_explained_by_the_sentence_that_says_what_it_stands_for(bot: Bot) -> None:
    for question in ("Who is Ada Brink?", "What does Ada Brink do at Orbit?"):
        assert quotes(bot.answer(question)) == [
            "Ada Brink was not to be reached.",  # the newest, whatever it says
            "Ada Brink, who is in charge of optics at Orbit, cut the ribbon.",
        ]
    assert quotes(bot.answer("Who is Tom Hale?")) == [
        "Its head of press, Tom Hale, called the report nonsense."
    ]


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("Ada Brink is the head of optics.", 2),
        ("Ada Brink, who leads the works, left.", 2),
        ("Ada Brink, Zeiss's head of optics, left.", 2),
        ("Ada Brink, Head of Optics Mobile at Zeiss, left.", 2),
        ("The head of optics, Ada Brink, left.", 2),
        ("It has a boat, which it calls the Ada Brink.", 2),
        ("The works, led by Ada Brink, closed.", 2),
        ("Chief executive Ada Brink left.", 1),
        ("Everybody thanked Ada Brink.", 0),
        ("They came with Ada Brink.", 0),
        ("Ada Brink, Tom Hale and others left.", 0),
        ("Ada Brinkmann is the head of optics.", 0),
    ],
)
def test_grammar_tells_what_a_name_stands_for(sentence: str, grade: int) -> None:
    assert introduces("Ada Brink", sentence) == grade
