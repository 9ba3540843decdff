"""Fetches one link: guarded, conditional, polite, and again where that helps.

    with Fetcher(allow_private=False) as fetcher:
        answer = fetcher.fetch("https://example.com/story")    # Fetched or NotModified

A link that cannot be had raises ReadError with the reason: Unreachable if a later run may have
more luck, Gone if the page is there no more. Not safe for threads; one Fetcher serves one run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

import httpx

from bot.errors import Gone, ReadError, Unreachable
from ingest import links
from ingest.politeness import LONGEST_DELAY, Clock, Pace, Robots, SystemClock
from ingest.requesting import (
    Denied,
    Fetched,
    Limits,
    NotModified,
    Passing,
    Requests,
    Silent,
    Validator,
)

if TYPE_CHECKING:
    from tenacity import RetryCallState

_ROBOTS_SIZE = 1 << 20  # bytes; RFC 9309, 2.5 asks for at least 500 KiB
# Links of one host that fail in a row, each with all its tries, before the host is given up:
# at 90 seconds a request, a feed of 50 entries would otherwise hold a run for hours.
_PATIENCE = 3

Known = Callable[[str], Validator | None]


def _nothing(_: str) -> Validator | None:
    return None


class Fetcher:
    """Fetches links with one connection pool, one pace per host, one look at each robots.txt.

    `known` gives the validator stored with a URL, or None; the caller stores the validator of
    a Fetched with what it made of it, in one transaction, under `Fetched.url`.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        known: Known = _nothing,
        limits: Limits | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._known = known
        self._clock = clock or SystemClock()
        self._pace = Pace(self._clock)
        self._robots = Robots(self._robots_text)
        self._faults: Counter[bytes] = Counter()  # per host, links in a row without an answer
        self._silent: dict[bytes, str] = {}  # hosts that are given up, with the reason
        self._requests = Requests(allow_private, self.limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._requests.close()

    def fetch(self, url: str) -> Fetched | NotModified:
        """What is at `url`, redirects followed; NotModified only where `known` has a validator.

        Raises ReadError, Unreachable or Gone.
        """
        link = links.parse(url)
        for _ in range(self.limits.redirects + 1):
            self._robots.check(link)
            delay = self._robots.delay(link, self.limits.delay)
            answer = self._persist(link, delay, self.limits.size, self._known(str(link)))
            if not isinstance(answer, httpx.URL):
                return answer
            link = answer
        raise self._too_many(url)

    def _robots_text(self, url: str) -> str:
        link = links.parse(url)
        for _ in range(self.limits.redirects + 1):
            try:
                answer = self._persist(link, 0.0, _ROBOTS_SIZE, None)
            except (Gone, Denied):
                return ""
            if isinstance(answer, Fetched):
                return answer.data.decode("utf-8", "replace")
            if isinstance(answer, httpx.URL):
                link = answer
        raise self._too_many(url)

    def _too_many(self, url: str) -> ReadError:
        return ReadError(
            f"{url} redirects more than {self.limits.redirects} times; "
            "give the link at which it ends."
        )

    def _persist(
        self, link: httpx.URL, delay: float, size: int, validator: Validator | None
    ) -> Fetched | NotModified | httpx.URL:
        """One hop, tried again with growing pauses while the failure may pass."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt

        retrying = Retrying(
            stop=stop_after_attempt(self.limits.attempts),
            retry=retry_if_exception(self._worth_waiting),
            wait=_pause,
            sleep=self._clock.sleep,
            reraise=True,
        )
        try:
            answer = retrying(self._ask, link, delay, size, validator)
        except Passing as error:
            self._remember(link, error)
            raise
        self._faults[link.netloc] = 0
        return answer

    def _remember(self, link: httpx.URL, error: Passing) -> None:
        """Spares a host that is down or wants to be left alone the rest of this run's links."""
        self._pace.postpone(link.host, error.wait or 0.0)
        self._faults[link.netloc] += 1
        if isinstance(error, Silent) or self._faults[link.netloc] >= _PATIENCE:
            self._silent[link.netloc] = str(error)

    def _worth_waiting(self, error: BaseException) -> bool:
        return isinstance(error, Passing) and (error.wait or 0.0) <= self.limits.longest_wait

    def _ask(
        self, link: httpx.URL, delay: float, size: int, validator: Validator | None
    ) -> Fetched | NotModified | httpx.URL:
        self._check_host(link)
        self._pace.wait(link.host, delay)
        return self._requests.ask(link, size, validator)

    def _check_host(self, link: httpx.URL) -> None:
        if link.netloc in self._silent:
            raise Unreachable(f"{link} is left out of this run: {self._silent[link.netloc]}")
        if self._pace.left(link.host) > max(self.limits.longest_wait, LONGEST_DELAY):
            raise Unreachable(
                f"{link} is left out of this run: {link.host} asked to be left alone for "
                f"{self._pace.left(link.host):.0f} more seconds. Run again after that."
            )


def _pause(state: RetryCallState) -> float:
    """Seconds before the next try: Retry-After, or 1, 2, 4 ... with up to one of jitter."""
    from tenacity import wait_exponential_jitter

    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, Passing) else None
    return wait_exponential_jitter(initial=1, max=20, jitter=1)(state) if asked is None else asked
