"""A page of the chat in headless Chromium, and what happened in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tests.serving import free_port
from ui.chat import Answering, Chat
from ui.page import build, look

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
SCREENSHOTS = ROOT / ".screenshots"
WIDE, PHONE = (1360, 850), (390, 844)


class Page:
    """One tab: asks, opens sources, and keeps every address requested and every error."""

    def __init__(self, tab: Any, url: str) -> None:
        self.tab = tab
        self.requests: list[str] = []
        self.errors: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on(
            "console",
            lambda line: self.errors.append(line.text) if line.type == "error" else None,
        )
        tab.goto(url)
        tab.get_by_label("Your question").wait_for()

    def ask(self, question: str) -> Any:
        """Ask with the Enter key, wait for the whole answer, and return its message."""
        before = self.tab.locator(".bot-row").count()
        self.tab.get_by_label("Your question").fill(question)
        self.tab.keyboard.press("Enter")
        return self.answered(before)

    def answered(self, before: int) -> Any:
        """The message that follows `before` others, once it is whole and the next may be asked."""
        answer = self.tab.locator(".bot-row").nth(before)
        answer.locator(".foot, .trouble").first.wait_for()
        self.tab.get_by_role("button", name="Ask").wait_for()
        return answer

    def open(self, marker: Any) -> Any:
        """Click a marker and return the source that opens."""
        marker.click()
        source = self.tab.locator("#panel article.source")
        source.wait_for()
        return source

    def beyond(self) -> list[str]:
        """The addresses requested from anywhere but the chat's own server."""
        return [url for url in self.requests if urlsplit(url).hostname not in ("127.0.0.1", None)]

    def close(self) -> None:
        self.tab.context.close()

    def photograph(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.tab.screenshot(path=SCREENSHOTS / f"{name}.png")


def visit(browser: Any, url: str, size: tuple[int, int] = WIDE, scheme: str = "light") -> Page:
    """A page of its own, with no memory of others; close it with `page.close()`."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    return Page(context.new_page(), url)


def in_sight(element: Any) -> bool:
    """Whether the element lies inside the window."""
    box, window = element.bounding_box(), element.page.viewport_size
    return bool(box and box["y"] >= 0 and box["y"] + box["height"] <= window["height"])


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser, or a skip that says what is missing."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's Chromium: apt-get update && apt-get install -y chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(bot: Answering, articles: Path = Path("articles")) -> Iterator[str]:
    """The address of a page that asks `bot`, served from this process."""
    page = build(Chat(bot), articles)
    _, url, _ = page.launch(server_port=free_port(), prevent_thread_lock=True, quiet=True, **look())
    try:
        yield url
    finally:
        page.close(verbose=False)
