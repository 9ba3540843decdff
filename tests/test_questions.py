"""A question taken apart by its words."""

from datetime import date

import pytest

from bot.questions import Kind, ask

TODAY = date(2024, 3, 22)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who leads Leica's mobile business?", "who"),
        ("When was the phone launched?", "when"),
        ("In which year did the two part?", "when"),
        ("Where were the lenses made?", "where"),
        ("Which city hosted the fair?", "where"),
        ("How many engineers work on it?", "count"),
        ("How much does the kit cost?", "amount"),
        ("What will the new phone cost in Japan?", "amount"),
        ("Why did the makers part ways?", "why"),
        ("Is the deal over?", "polar"),
        ("Which maker left?", "which"),
        ("What is a summilux?", "what"),
    ],
)
def test_the_kind_is_read_off_the_question_word(question: str, kind: Kind) -> None:
    assert ask(question, TODAY).kind == kind


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("which Xiaomi phones were made with Leica", "Xiaomi phones"),
        ("how many phones carry Zeiss lenses?", "phones"),
        ("list all phones with Zeiss lenses", "phones"),
        ("What are the partners of Hasselblad?", "partners"),
    ],
)
def test_a_plural_that_is_asked_for_makes_a_list(question: str, head: str) -> None:
    asked = ask(question, TODAY)
    assert asked.wants_list
    assert asked.head == head


@pytest.mark.parametrize(
    "question",
    [
        "Which of the following makers is not a partner?",
        "Which phone was first?",
        "Who makes lenses?",
        "Is it one of the phones?",
        "When do sales start?",
    ],
)
def test_a_question_for_one_thing_wants_no_list(question: str) -> None:
    assert not ask(question, TODAY).wants_list


def test_terms_are_stems_in_order_without_function_words() -> None:
    asked = ask("What will the Xiaomi 14 cost in India?", TODAY)
    assert asked.terms == ("xiaomi", "14", "cost", "india")
    assert asked.names == ("Xiaomi 14", "India")
    assert asked.models == ("14",)


def test_words_for_the_present_are_noticed() -> None:
    assert ask("What is the latest Leitz phone?", TODAY).present
    assert not ask("What was the first Leitz phone?", TODAY).present


@pytest.mark.parametrize(
    ("question", "kind", "subject"),
    [
        ("What is the latest on Zeiss?", "latest", "Zeiss"),
        ("What's new about the Nokia phones?", "latest", "the Nokia phones"),
        ("Tell me about Zeiss and Sony", "latest", "Zeiss and Sony"),
        ("any news about Zeiss?", "latest", "Zeiss"),
        ("What do the articles say about lenses?", "latest", "lenses"),
        ("What is reported under “Zeiss leaves”?", "latest", "“Zeiss leaves”"),
        ("Tell me more about it (Zeiss)", "latest", "Zeiss"),
        ("Who is Ada Brink?", "identity", "Ada Brink"),
        ("What is the Optimax Engine?", "identity", "Optimax Engine"),
        ("What does Ada Brink do at Zeiss?", "identity", "Ada Brink"),
        ("What is the latest Leitz phone?", "what", ""),
        ("Who is the head of optics at Zeiss?", "who", ""),
        ("What do the engineers do at Zeiss?", "what", ""),
        ("Tell me about it", "what", ""),
    ],
)
def test_a_subject_as_a_whole_is_asked_about(question: str, kind: Kind, subject: str) -> None:
    asked = ask(question, TODAY)
    assert (asked.kind, asked.subject) == (kind, subject)


@pytest.mark.parametrize(
    "question",
    [
        "Which type of fees will be banned?",
        "Which group of workers walked out?",
        "Which invasive species threatens the bees?",
        "Which sports league plays in Brazil?",
        "Which sensor does the Xiaomi 13 use?",
        "Which lens does the camera have?",
    ],
)
def test_a_question_for_one_thing_asks_for_no_list(question: str) -> None:
    assert not ask(question, date(2024, 3, 22)).wants_list
