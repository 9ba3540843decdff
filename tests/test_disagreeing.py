"""Figures and days that two articles give differently are set side by side."""

from dataclasses import replace
from datetime import date

from bot.composing import with_statements
from bot.disagreeing import note_disagreements
from bot.questions import ask
from bot.records import Answer, Citation, Statement

DAY = date(2024, 3, 22)


def answer(question: str, *quotes: str, one_article: bool = False) -> Answer:
    citations = [
        Citation(n, "same" if one_article else f"a{n}", f"Title {n}", "", "", "", None, "undated",
                 quote, 0, len(quote))
        for n, quote in enumerate(quotes, 1)
    ]  # fmt: skip
    statements = [Statement(quote, (n,)) for n, quote in enumerate(quotes, 1)]
    return with_statements(Answer(question, True, ""), statements, citations)


def notes(question: str, *quotes: str, one_article: bool = False) -> list[str]:
    given = answer(question, *quotes, one_article=one_article)
    noted = note_disagreements(ask(question, DAY), given)
    return [statement.note for statement in noted.statements]


def test_prices_that_differ_are_noted_on_both_sides() -> None:
    found = notes(
        "What does the Leitz Phone 1 cost?",
        "The Leitz Phone 1 will cost $1,700.",
        "The Leitz Phone 1 will cost $1,500.",
    )
    assert found == [
        "disagrees with [2]: $1,700 here, $1,500 there",
        "disagrees with [1]: $1,500 here, $1,700 there",
    ]


def test_the_note_is_part_of_the_text() -> None:
    question = "When was the Leitz Phone 1 launched?"
    given = answer(question, "The Leitz Phone 1 was launched in 2021.",
                   "The Leitz Phone 1 was launched in 2022.")  # fmt: skip
    assert "2021 here, 2022 there" in note_disagreements(ask(question, DAY), given).text


def test_agreeing_figures_other_matters_and_one_article_are_no_disagreement() -> None:
    question = "How many engineers work on the Leitz Phone?"
    same = ["25 engineers work on the Leitz Phone.", "The Leitz Phone has 25 engineers at work."]
    assert notes(question, *same) == ["", ""]
    other = ["25 engineers work on the Leitz Phone.", "It rained on 30 days."]
    assert notes(question, *other) == ["", ""]
    differing = ["25 engineers work on the Leitz Phone.", "30 engineers work on the Leitz Phone."]
    assert notes(question, *differing, one_article=True) == ["", ""]


def test_figures_of_the_question_are_not_taken_for_answers() -> None:
    question = "How many lenses does the Leitz Phone 1 have?"
    quotes = ["The Leitz Phone 1 has three lenses.", "The Leitz Phone 1 has lenses."]
    assert notes(question, *quotes) == ["", ""]


def test_an_answer_without_figures_is_left_as_it_is() -> None:
    given = answer("Who makes lenses?", "Zeiss makes lenses.", "Leica makes lenses.")
    assert note_disagreements(ask("Who makes lenses?", DAY), given) == replace(given)


def test_only_figures_of_one_kind_are_set_beside_each_other() -> None:
    question = "How much did the Leitz Phone cost?"
    price = "The Leitz Phone did cost 599 euros."
    for other in (
        "The Leitz Phone came in April 2016.",
        "The Leitz Phone sold more than 10 million pieces.",
    ):
        assert notes(question, price, other) == ["", ""]
