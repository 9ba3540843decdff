"""What a host asks of us: how often, and which pages (robots.txt, RFC 9309)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import httpx
from protego import Protego

from bot.errors import ReadError

PRODUCT = "AskTheArticles"
USER_AGENT = f"{PRODUCT}/1.0 (fetches news articles that its user names; obeys robots.txt)"

# A Crawl-delay above this would make a feed of 50 entries take more than 25 minutes.
LONGEST_DELAY = 30.0  # seconds


class Clock(Protocol):
    """Time in seconds, from any starting point, and how to let it pass."""

    def now(self) -> float: ...
    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The clock on the wall."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass(slots=True)
class Pace:
    """Keeps a least time between two requests to a host."""

    clock: Clock
    _next: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str, delay: float) -> None:
        """Returns when `host` may be asked again, and books the next `delay` seconds."""
        left = self._next.get(host, 0.0) - self.clock.now()
        if left > 0:
            self.clock.sleep(left)
        self._next[host] = max(self._next.get(host, 0.0), self.clock.now() + delay)

    def left(self, host: str) -> float:
        """Seconds until `host` may be asked again."""
        return max(0.0, self._next.get(host, 0.0) - self.clock.now())

    def postpone(self, host: str, seconds: float) -> None:
        """Keeps `host` from being asked for so long, as it wished."""
        self._next[host] = max(self._next.get(host, 0.0), self.clock.now() + seconds)


class Robots:
    """The robots.txt of every host that was met, each fetched once.

    `get` fetches a link and returns its text, "" when there is none (any 4xx). RFC 9309,
    2.3.1: no robots.txt allows all pages; one that cannot be read forbids all.
    """

    def __init__(self, get: Callable[[str], str]) -> None:
        self._get = get
        self._known: dict[str, Protego | ReadError] = {}

    def check(self, url: httpx.URL) -> None:
        """Raises ReadError if the host forbids `url`; Unreachable if it does not answer."""
        rules = self._rules(url)
        if isinstance(rules, ReadError):
            raise type(rules)(f"{url} is not fetched: {rules}")
        if not rules.can_fetch(str(url), PRODUCT):
            raise ReadError(
                f"{url} is not fetched: the robots.txt of {url.host} forbids it. "
                "Ask the publisher, or save the page yourself and ingest the file."
            )

    def delay(self, url: httpx.URL, least: float) -> float:
        """Seconds between two requests: what the host asks for, from `least` to LONGEST_DELAY."""
        rules = self._rules(url)
        asked = None if isinstance(rules, ReadError) else rules.crawl_delay(PRODUCT)
        return max(least, min(asked or 0.0, LONGEST_DELAY))

    def _rules(self, url: httpx.URL) -> Protego | ReadError:
        where = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if where not in self._known:
            try:
                self._known[where] = Protego.parse(self._get(where))
            except ReadError as error:
                self._known[where] = error
        return self._known[where]
