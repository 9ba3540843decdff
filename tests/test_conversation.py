"""Follow-ups become questions that stand alone, by rules over the earlier turns."""

import pytest

from bot.conversation import leans, standalone
from bot.records import Answer, Statement, Turn

LIST = Turn(
    "which Xiaomi phones were made with Leica?",
    "- **Xiaomi 12S Ultra**: “It came in July 2022.” [1]\n- **Mix Fold 2**: “Then.” [2]",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and the first one?", "What about Xiaomi 12S Ultra?"),
        ("when was the second one launched?", "when was Mix Fold 2 launched?"),
        ("what about Vivo?", "which Vivo phones were made with Leica?"),
        ("and Sharp?", "which Sharp phones were made with Leica?"),
        ("who said that?", "who said that: It came in July 2022."),
    ],
)
def test_a_follow_up_takes_what_it_lacks_from_the_turn_before(question: str, expected: str) -> None:
    assert standalone(question, [LIST]) == expected


def test_the_items_of_the_answer_itself_are_used_when_the_caller_still_has_it() -> None:
    statements = (Statement("One.", (1,), item="Leitz Phone 1"), Statement("Two.", (2,), item="B"))
    turn = Turn("which phones?", answer=Answer("which phones?", True, "", statements))
    assert standalone("when did the first one come out?", [turn]) == (
        "when did Leitz Phone 1 come out?"
    )


def test_a_question_that_leans_takes_along_the_topic() -> None:
    turn = Turn("who leads Leica's mobile business?", "“Kay Plaetke leads it.” [1]")
    resolved = standalone("where does he work?", [turn])
    assert resolved.startswith("where does he work? (Leica")
    assert "mobile" in resolved


def test_a_question_that_stands_alone_is_left_as_it_is() -> None:
    question = "How many lenses does the Vivo X60 carry on its back?".replace("its", "the")
    assert standalone(question, [LIST]) == question


def test_without_history_nothing_changes() -> None:
    assert standalone("and the first one?", []) == "and the first one?"


def test_an_item_that_was_never_listed_is_not_made_up() -> None:
    assert "Xiaomi 12S" not in standalone("and the fifth one?", [LIST]).split("(")[0]


def test_chained_follow_ups_exchange_the_subject_of_the_first_question() -> None:
    history = [LIST, Turn("what about Vivo?", "“No.” [1]")]
    assert standalone("and Sharp?", history) == "which Sharp phones were made with Leica?"


def test_pronouns_and_fragments_lean_and_whole_questions_do_not() -> None:
    assert leans("why?")
    assert leans("does it cost more?")
    assert not leans("Which company made lenses for the Nokia 808?")


def test_the_word_for_news_is_not_carried_along_as_if_it_were_the_subject() -> None:
    turn = Turn("What is the latest on Vivo?", "“Vivo left.” [1]")
    assert standalone("Tell me more about it", [turn]) == "Tell me more about it (Vivo)"


def test_a_short_question_that_is_whole_takes_nothing_along() -> None:
    for question in ("Who owns Zeiss?", "Who is Ada Brink?", "What is the Optimax Engine?"):
        assert standalone(question, [LIST]) == question
    assert standalone("How much in India?", [LIST]) != "How much in India?"


def test_what_was_asked_of_the_first_is_asked_of_the_second() -> None:
    history = [LIST, Turn("how much did the first one cost?", "“Much.” [1]")]
    assert standalone("and the second one?", history) == "how much did Mix Fold 2 cost?"


def test_a_question_after_and_is_no_new_subject() -> None:
    history = [LIST, Turn("since when?", "“Since 2020.” [1]")]
    assert standalone("and who came after Vivo?", history).startswith("and who came after Vivo?")


def test_names_that_are_carried_along_stay_apart() -> None:
    turn = Turn("who does Leica work with in Japan?", "“Sharp.” [1]")
    assert standalone("which phones did they make?", [turn]) == (
        "which phones did they make? (Leica, Japan, work)"
    )


def test_who_said_that_leaves_the_topic_as_it_was() -> None:
    history = [Turn("how many lenses does Zeiss make?"), Turn("who said that?")]
    assert standalone("are there more?", history) == "are there more? (Zeiss, lenses, make)"
