"""Questions about two real articles, as messy as real text is; worded unlike the articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot import Answer, Bot
from bot.settings import load_settings


@pytest.fixture(scope="module")
def bot(shared_articles_library: Path) -> Bot:
    return Bot(load_settings(library=shared_articles_library))


def quotes(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


def test_every_phone_of_the_partnership_is_listed_with_a_sentence_that_says_so(bot: Bot) -> None:
    answer = bot.answer("which Xiaomi phones were made with Leica")
    by_number = {citation.number: citation for citation in answer.citations}
    items = {statement.item.removeprefix("Xiaomi "): statement for statement in answer.statements}
    assert {
        "12S Ultra", "Mix Fold 2", "13 series", "13 Ultra", "Mix Fold 3", "13T series", "14",
        "15 Ultra",
    } <= set(items)  # fmt: skip
    for item, statement in items.items():
        quoted = [by_number[number].quote for number in statement.citations]
        assert any(item in quote for quote in quoted)
    assert "2 of 2 articles" in answer.scope


def test_both_sides_of_the_ending_are_shown_with_their_dates(bot: Bot) -> None:
    answer = bot.answer("is the partnership between Xiaomi and Leica ending?")
    days = {citation.published for citation in answer.citations}
    assert days == {date(2024, 2, 28), None}
    assert "rumoured" in {statement.standing for statement in answer.statements}
    assert "undated" in answer.text
    assert "2024-02-28" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how many Leica employees work on these phones", "about 25 employees"),
        ("who had worked with Leica before Xiaomi", "previously worked with Huawei"),
        ("what will the Xiaomi 14 cost in India", "under Rs. 75,000"),
        ("who has the final say on image quality", "final say on the image quality"),
        ("in which year did Xiaomi and Leica begin to cooperate?", "2022"),
        ("who leads product management for mobile at Leica?", "Julian Burczyk"),
        ("since when has Leica cooperated with Sharp?", "Since 2020"),
        ("what was the first phone that Sharp built with Leica?", "Leitz Phone 1"),
        ("when did Leica begin working with Sharp?", "Since 2020"),
        ("when was the Leitz Phone 1 launched?", "Leitz Phone 1"),
        (
            "where in the world is the Xiaomi and Leica partnership not exclusive?",
            "Japanese market",
        ),
        ("what is dedicated to the collaboration at Leica?", "dedicated teams"),
        ("did Xiaomi sell the 13 Pro in India?", "13 Pro made it to the Indian market"),
        ("when will the Xiaomi 14 be launched in India?", "March 7"),
        ("who worked with Huawei on the P-series?", "previously worked with Huawei"),
        ("which Huawei phones had Leica cameras?", "P-series"),
        ("when was the Xiaomi 12S Ultra launched?", "July 2022"),
        ("how many people at Leica work with the Xiaomi team?", "about 25 employees"),
        ("what is the price of the Xiaomi 14 in India?", "under Rs. 75,000"),
        ("which phone did Leica and Sharp launch in 2021?", "Leitz Phone 1"),
        ("who decides on the image quality of the phones?", "final say on the image quality"),
        ("will Xiaomi end its partnership with Leica?", "could be looking to go solo"),
        ("is the partnership exclusive in Japan?", "except in the Japanese market"),
        ("who is Julian Burczyk?", "Head of Product Management Mobile"),
        ("what does Kay Plaetke do at Leica?", "Business Development Manager Mobile"),
        ("what did Huawei develop without Leica?", "own sensors"),
        ("who relies on Zeiss for the X-series?", "Vivo"),
        ("what was the first product of the collaboration?", "12S Ultra"),
    ],
)
def test_the_right_sentence_answers(bot: Bot, question: str, said: str) -> None:
    answer = bot.answer(question)
    assert answer.answered
    assert said in quotes(answer)


@pytest.mark.xfail(strict=True, reason="worded too far from the text for the reader so far")
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what was the first phone of the two companies?", "12S Ultra"),
        ("where did the executives meet the reporters?", "Wetzlar"),
        ("which model of the 13 family was sold in India?", "only the Xiaomi 13 Pro"),
        ("in which country is the deal not exclusive?", "Japanese market"),
        ("who spread the rumour that Xiaomi wants to go solo?", "Digital Chat Station"),
        ("which sister brands might profit if the partnership ends?", "Redmi and Poco"),
        ("what did Huawei do after parting from Leica?", "developed its own sensors"),
        ("how cheap did the partnership make such phones?", "$1000"),
        ("which parts do both firms choose together?", "chipset"),
        ("is the cooperation only a marketing trick?", "not a marketing campaign"),
        ("who posted the rumour?", "Digital Chat Station"),
        ("does the partnership allow prices below $1000?", "below $1000"),
        ("what could Redmi and Poco gain?", "Redmi and Poco could benefit"),
        ("which Chinese tipster wrote about the end of the partnership?", "Digital Chat Station"),
        ("is it only marketing, according to Xiaomi and Leica?", "not a marketing campaign"),
        ("when does the Xiaomi 14 go on sale in India?", "March 7"),
        ("do we know how much the Leica badge costs Xiaomi?", "don’t know how much"),
        ("when did the Leitz Phone 2 come out?", "Leitz Phone 2 in 2022"),
        ("which lens maker does Vivo rely on?", "Zeiss Optics"),
    ],
)
def test_what_is_said_in_quite_other_words_is_found(bot: Bot, question: str, said: str) -> None:
    assert said in quotes(bot.answer(question))


@pytest.mark.parametrize(
    "question",
    [
        "what battery does the Xiaomi 14 have",
        "who is the chief executive of Xiaomi?",
        "how heavy is the Xiaomi 14?",
        "which processor drives the Leitz Phone 2?",
        "how many phones did Xiaomi sell in 2023?",
        "who won the football match on Sunday?",
        "when was Leica founded?",
        "what is the capital of Australia?",
        "how much does the Vivo X100 cost?",
        "which colours does the Xiaomi 12S Ultra come in?",
    ],
)
def test_what_the_articles_do_not_say_is_declined(bot: Bot, question: str) -> None:
    answer = bot.answer(question)
    assert not answer.answered
    assert answer.text.startswith("The articles don't say.")
    assert answer.missing
    assert answer.citations == ()


def test_nothing_is_quoted_that_is_no_news(bot: Bot) -> None:
    no_news = ("accidentally got into journalism", "Read More", "First Published", "Disclosure",
               "Affiliate links", "Further reading", "Photo:")  # fmt: skip
    for question in (
        "who is S Aadeetya?",
        "who sponsored the flights?",
        "when was it first published?",
        "what can I read about Xiaomi and Leica?",
        "who poses in the photo?",
    ):
        answer = bot.answer(question)
        for citation in (*answer.citations, *answer.nearest):
            assert not any(words in citation.quote for words in no_news)


def test_title_and_date_are_those_of_the_text_and_never_guessed(bot: Bot) -> None:
    with bot.library.snapshot() as view:
        known = {article.title: article for article in view.articles()}
    dated = known[
        "Xiaomi and Leica Partnership Is Here to Stay: "
        "Five Things You Should Know About This Collaboration"
    ]
    assert (dated.published, dated.published_from) == (date(2024, 2, 28), "date line")
    (undated,) = [article for article in known.values() if article is not dated]
    assert (undated.published, undated.published_from) == (None, "undated")
    assert undated.title.startswith("Xiaomi has launched phones with Leica-engineered cameras")
