"""The chat in a real browser where it is used otherwise: a phone, a script, a slow model."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import Bot, load_settings
from bot.records import Answer, Turn
from tests.browser import PHONE, in_sight, served, visit
from tests.fakes import FakeBot, quoted
from tests.test_page import ENDING, LEICA, SCOPE, SCRIPT, SINCE, ULTRA


def test_a_second_question_waits_in_its_box_while_the_first_is_answered(browser: Any) -> None:
    first = threading.Event()

    class Slow(FakeBot):
        def stream(self, question: str, *rest: Any, **filters: Any) -> Iterator[Answer]:
            yield from super().stream(question, *rest, **filters)
            first.wait(30)

    with served(Slow([LEICA], SCRIPT)) as url:
        page = visit(browser, url)
        box = page.tab.get_by_label("Your question")
        box.fill("who works with Leica?")
        box.press("Enter")
        page.tab.get_by_role("button", name="Stop").wait_for()
        box.fill("is it ending?")
        box.press("Enter")
        page.tab.wait_for_timeout(300)
        first.set()
        page.answered(0)
        assert box.input_value() == "is it ending?"
        assert page.tab.locator(".user-row").count() == 1
        page.close()


def test_a_slow_answer_to_one_reader_does_not_hold_up_another(browser: Any) -> None:
    first = threading.Event()

    class SlowForOne(FakeBot):
        def stream(self, question: str, *rest: Any, **filters: Any) -> Iterator[Answer]:
            if question == "is it ending?":
                first.wait(30)
            yield from super().stream(question, *rest, **filters)

    with served(SlowForOne([LEICA], SCRIPT)) as url:
        slow, quick = visit(browser, url), visit(browser, url)
        slow.tab.get_by_label("Your question").fill("is it ending?")
        slow.tab.keyboard.press("Enter")
        slow.tab.get_by_role("button", name="Stop").wait_for()
        assert "Xiaomi works with Leica" in quick.ask("who works with Leica?").inner_text()
        first.set()
        assert "A tipster" in slow.answered(0).inner_text()
        assert slow.tab.locator(".user-row").count() == 1
        slow.close()
        quick.close()


def test_an_answer_can_be_stopped_and_what_it_said_stays(browser: Any) -> None:
    class Endless(FakeBot):
        def stream(self, question: str, *rest: Any, **filters: Any) -> Iterator[Answer]:
            yield from super().stream(question, *rest, **filters)
            time.sleep(3)
            yield quoted("", ENDING)

    with served(Endless([LEICA], SCRIPT)) as url:
        page = visit(browser, url)
        page.tab.get_by_label("Your question").fill("who works with Leica?")
        page.tab.keyboard.press("Enter")
        page.tab.get_by_text("They made the 12S Ultra.").wait_for()
        page.tab.get_by_role("button", name="Stop").click()
        answer = page.answered(0)
        assert "Xiaomi works with Leica since 2022." in answer.inner_text()
        assert "Reading the articles" not in answer.inner_text()
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_source_covers_the_talk_until_it_is_closed(
    browser: Any, scheme: str
) -> None:
    with served(FakeBot([LEICA], SCRIPT)) as url:
        page = visit(browser, url, PHONE, scheme)
        answer = page.ask("who works with Leica?")
        page.photograph(f"phone-{scheme}-answer")
        assert page.tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        source = page.open(answer.locator("button.cite").first)
        assert in_sight(source.locator("mark.chosen"))
        assert in_sight(source.locator("h2"))
        page.photograph(f"phone-{scheme}-source")
        page.tab.get_by_role("button", name="Close the source").click()
        source.wait_for(state="detached")
        assert answer.locator("button.cite").first.is_visible()
        page.close()


def test_an_empty_library_says_how_to_fill_it(browser: Any) -> None:
    with served(FakeBot(), Path("my news")) as url:
        page = visit(browser, url)
        page.tab.get_by_text("There are no articles yet").wait_for()
        assert 'python -m ingest "my news"' in page.tab.locator("#conversation").inner_text()
        assert page.tab.locator("button.example").count() == 0
        page.photograph("empty")
        page.close()


def test_scripts_ask_through_the_api_and_get_the_whole_answer() -> None:
    from gradio_client import Client  # type: ignore[import-untyped]
    from gradio_client.exceptions import AppError  # type: ignore[import-untyped]

    bot = FakeBot([LEICA], SCRIPT)
    expected = replace(quoted("", SINCE, ULTRA, scope=SCOPE), question="who works with Leica?")
    with served(bot) as url:
        client = Client(url, verbose=False, analytics_enabled=False)
        earlier = [{"question": "who?", "text": "Xiaomi."}]
        result = client.predict(
            "who works with Leica?", history=earlier, since="2024-01-01", api_name="/answer"
        )
        assert result == expected.to_dict()
        assert bot.calls == [
            ("who works with Leica?", (Turn("who?", "Xiaomi."),), {"since": date(2024, 1, 1)})
        ]
        with pytest.raises(AppError, match="The model cannot be reached"):
            client.predict("fail", api_name="/answer")


def test_the_real_bot_answers_from_the_sample_articles(browser: Any, sample_library: Path) -> None:
    """The page, the bot and a library as a first run has them: the question of the README.

    The picture in the README is a copy of this one: .screenshots/sample.png.
    """
    with served(Bot(load_settings(library=sample_library))) as url:
        page = visit(browser, url, (1240, 760))
        answer = page.ask("Which Xiaomi phones were made with Leica?")
        assert "12S Ultra" in answer.inner_text()
        source = page.open(answer.locator("button.cite").first)
        assert in_sight(source.locator("mark.chosen").first)
        quote = source.locator("mark.chosen").first.inner_text()
        assert quote in answer.inner_text()
        page.photograph("sample")
        page.close()
