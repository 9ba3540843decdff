"""The questions that the page offers fit the articles that are there."""

from __future__ import annotations

import pytest

from bot import Bot, load_settings
from ui.examples import SHOWN, WRITTEN, example_questions


def test_a_name_that_two_titles_share_is_asked_about_the_most_frequent_first() -> None:
    titles = [
        "Harbour bridge in Velden reopens after repairs",
        "Why the mayor of Velden will not run again",
        "Storm closes the railway between Velden and Port Arles",
        "A ferry for Port Arles is late again",
    ]
    assert example_questions(titles)[:2] == [
        "What is the latest on Velden?",
        "What is the latest on Port Arles?",
    ]


def test_the_written_questions_are_offered_only_where_the_titles_name_what_they_name() -> None:
    assert example_questions(["Xiaomi and Leica present a phone"]) == list(WRITTEN)
    assert not set(WRITTEN) & set(example_questions(["Xiaomi presents a phone"]))


def test_capitals_tell_no_names_in_a_title_that_is_all_capitals() -> None:
    titles = ["Many Words In Capitals Here", "Many Words In Another Title"]
    assert not [q for q in example_questions(titles) if q.startswith("What is the latest")]


def test_no_more_are_offered_than_fit_and_none_without_articles() -> None:
    titles = [f"the news of Place{n} and Place{n + 1} today" for n in range(20)]
    assert len(example_questions(titles)) == SHOWN
    assert example_questions([]) == []


@pytest.fixture(scope="module")
def bot(sample_library: object) -> Bot:
    return Bot(load_settings(library=sample_library))


def test_every_question_offered_for_the_sample_articles_is_answered(bot: Bot) -> None:
    questions = example_questions(bot.titles())
    assert questions == list(WRITTEN)
    declined = [question for question in questions if not bot.answer(question).answered]
    assert not declined
