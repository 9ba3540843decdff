"""The chat in a real browser: asked, read, opened, attacked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.errors import ModelError
from bot.records import Answer, Article, Statement
from tests.browser import Page, in_sight, served, visit
from tests.fakes import FakeBot, cite, quoted

ATTACK = (
    '<script>window.pwned=1</script><img src=x onerror="window.pwned=1"> '
    "[press](javascript:window.pwned=1) ![see](https://example.com/spy.png) **bold** $a^2$ "
    "$$b_1$$ ${window.pwned=1} {{constructor.constructor('window.pwned=1')()}} </p></article>"
)
LENGTH = "\n".join(f"Paragraph {n} goes on about lenses and sensors." for n in range(60))
LEICA = Article(
    f"{LENGTH}\nXiaomi works with Leica since 2022. They made the 12S Ultra.\n{LENGTH}\n"
    "A tipster says that it could end.\nThe next phone comes in 2025.",
    "Xiaomi and Leica",
    published=date(2024, 2, 28),
    published_from="JSON-LD",
    source="Camera Courier",
    author="M. Lind",
    url="https://example.com/leica",
    id="a",
    version="a1",
)
EVIL = Article(f"{ATTACK}\nThe end.", ATTACK, source=ATTACK, author=ATTACK, id="e", version="e1")
SINCE = cite(LEICA, "Xiaomi works with Leica since 2022.", 1)
ULTRA = cite(LEICA, "They made the 12S Ultra.", 2)
ENDING = cite(LEICA, "A tipster says that it could end.", 1)

RUMOUR = Statement(ENDING.quote, (1,), standing="rumoured", cues=("tipster",))
MADE_UP = Statement("It costs 9.", (), "unsupported")

SCOPE = "1 phone, in 1 of 2 articles"
SCRIPT: dict[str, Answer | Exception] = {
    "who works with Leica?": quoted("", SINCE, ULTRA, scope=SCOPE),
    "is it ending?": Answer("", True, "", (RUMOUR, MADE_UP), (ENDING,), as_of=date(2024, 3, 1)),
    "which battery?": Answer("", False, "", nearest=(ENDING,), as_of=date(2024, 3, 1)),
    "attack": quoted("", cite(EVIL, ATTACK, 1)),
    "fail": ModelError("The model cannot be reached. Set OPENAI_API_KEY."),
}


@pytest.fixture(scope="module")
def bot() -> FakeBot:
    return FakeBot([LEICA, EVIL], SCRIPT)


@pytest.fixture(scope="module")
def address(browser: Any, bot: FakeBot) -> Iterator[str]:
    with served(bot) as url:
        yield url


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Page]:
    opened = visit(browser, address)
    yield opened
    opened.close()


def test_an_answer_is_read_and_its_source_opens_at_the_quote(page: Page) -> None:
    answer = page.ask("who works with Leica?")
    assert "Xiaomi works with Leica since 2022." in answer.inner_text()
    assert "As of 1 March 2024 · 1 phone, in 1 of 2 articles" in answer.inner_text()
    source = page.open(answer.locator("button.cite", has_text="2").first)
    assert source.locator("h2").inner_text() == "Xiaomi and Leica"
    assert "Camera Courier · M. Lind · 28 February 2024 (date from JSON-LD)" in source.inner_text()
    assert source.locator("mark").all_inner_texts() == [
        "Xiaomi works with Leica since 2022.",
        "They made the 12S Ultra.",
    ]
    chosen = source.locator("mark.chosen")
    assert chosen.inner_text() == "They made the 12S Ultra."
    assert in_sight(chosen)
    page.photograph("answer")


def test_another_quote_of_the_same_article_moves_the_highlight(page: Page) -> None:
    answer = page.ask("who works with Leica?")
    source = page.open(answer.locator("button.cite").first)
    source.locator("button.cite").click()
    source.locator("mark.chosen", has_text="They made the 12S Ultra.").wait_for()
    assert source.locator("mark.chosen").count() == 1


def test_the_keyboard_alone_opens_and_closes_a_source(page: Page) -> None:
    answer = page.ask("who works with Leica?")
    marker = answer.locator("button.cite").first
    marker.focus()
    page.tab.keyboard.press("Enter")
    title = page.tab.locator("#source-title")
    title.wait_for()
    page.tab.wait_for_function("document.activeElement.id === 'source-title'")
    page.tab.keyboard.press("Escape")
    title.wait_for(state="detached")
    assert marker.evaluate("marker => marker === document.activeElement")


def test_a_rumour_and_an_unsupported_sentence_are_marked(page: Page) -> None:
    answer = page.ask("is it ending?")
    assert answer.locator(".rumoured .badge").inner_text() == "Rumour"
    assert "“tipster”" in answer.inner_text()
    assert answer.locator(".unsupported .badge").inner_text() == "Not supported by the articles"


def test_what_is_not_in_the_articles_is_said_with_the_nearest_to_open(page: Page) -> None:
    answer = page.ask("which battery?")
    assert "The articles don’t say" in answer.inner_text()
    source = page.open(answer.locator("button.cite"))
    assert source.locator("mark.chosen").inner_text() == "A tipster says that it could end."


def test_nothing_in_an_article_runs_or_fetches_or_becomes_markup(page: Page) -> None:
    answer = page.ask("attack")
    assert ATTACK in answer.inner_text()
    source = page.open(answer.locator("button.cite").first)
    assert ATTACK in source.locator("mark.chosen").inner_text()
    assert source.locator("h2").inner_text() == ATTACK
    places = "#conversation .bot-row, #panel"
    for tag in ("script", "img", "a", "b", "em", ".katex", "iframe"):
        assert page.tab.locator(places).locator(tag).count() == 0, tag
    page.tab.wait_for_timeout(300)  # an onerror would come late
    assert page.tab.evaluate("window.pwned") is None


def test_the_browser_itself_refuses_whatever_would_be_fetched_from_elsewhere(page: Page) -> None:
    page.tab.evaluate(
        "document.body.append(Object.assign(new Image, {src: 'https://example.com/x'}))"
    )
    page.tab.wait_for_timeout(300)
    assert any("Content Security Policy" in error for error in page.errors)


def test_no_request_leaves_for_another_machine_and_no_script_fails(page: Page) -> None:
    answer = page.ask("who works with Leica?")
    page.open(answer.locator("button.cite").first)
    assert page.beyond() == []
    assert page.errors == []


def test_an_error_is_a_sentence_and_the_next_question_is_answered(page: Page) -> None:
    assert "Set OPENAI_API_KEY." in page.ask("fail").inner_text()
    assert "Xiaomi works" in page.ask("who works with Leica?").inner_text()


def test_a_follow_up_goes_to_the_bot_with_the_turns_before_it(page: Page, bot: FakeBot) -> None:
    page.ask("who works with Leica?")
    page.ask("is it ending?")
    question, history, _ = bot.calls[-1]
    assert question == "is it ending?"
    assert [turn.question for turn in history] == ["who works with Leica?"]
    assert history[0].answer
    assert history[0].answer.citations == (SINCE, ULTRA)


def test_the_sources_of_earlier_answers_can_still_be_opened(page: Page) -> None:
    marker = page.ask("who works with Leica?").locator("button.cite").first
    page.ask("is it ending?")
    source = page.open(marker)
    assert source.locator("mark.chosen").inner_text() == "Xiaomi works with Leica since 2022."


def test_a_new_question_stands_at_the_top_of_the_talk(page: Page) -> None:
    for _ in range(3):
        page.ask("who works with Leica?")
    page.ask("is it ending?")
    talk = page.tab.locator("#conversation").bounding_box()
    question = page.tab.locator(".user-row").last.bounding_box()
    assert talk
    assert question
    assert abs(question["y"] - talk["y"]) < 30


def test_an_example_asks_itself(page: Page, bot: FakeBot) -> None:
    page.tab.get_by_text("Who had worked with Leica before Xiaomi?").click()
    page.answered(0)
    assert bot.calls[-1][0] == "Who had worked with Leica before Xiaomi?"


def test_the_filters_go_to_the_bot(page: Page, bot: FakeBot) -> None:
    page.tab.get_by_text("Narrow it down").click()
    page.tab.get_by_label("As of").fill("2024-03-01")
    page.tab.get_by_label("Source", exact=True).click()
    page.tab.get_by_role("option", name="Camera Courier").click()
    page.ask("is it ending?")
    assert bot.calls[-1][2] == {"as_of": date(2024, 3, 1), "source": "Camera Courier"}
    page.tab.locator("#filters.set").wait_for()


def test_a_new_conversation_forgets_the_old_one(page: Page, bot: FakeBot) -> None:
    answer = page.ask("who works with Leica?")
    page.open(answer.locator("button.cite").first)
    page.tab.get_by_role("button", name="New conversation").click()
    page.tab.locator(".user-row").wait_for(state="detached")
    page.tab.locator("#panel .no-source").wait_for()
    page.ask("is it ending?")
    assert bot.calls[-1][1] == ()


def test_messages_are_not_named_by_their_markup(page: Page) -> None:
    page.ask("who works with Leica?")
    assert page.tab.locator("[aria-label*='<']").count() == 0
