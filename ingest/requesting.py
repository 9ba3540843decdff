"""One HTTP request: what the answer is, or which failure, and whether that may pass.

Knows nothing of robots.txt, redirects and second tries; `fetching` adds these.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from bot.errors import Gone, ReadError, Unreachable
from ingest import links
from ingest.addresses import GuardedBackend, GuardedTransport
from ingest.bodies import ACCEPTED, read_body
from ingest.politeness import USER_AGENT

_HEADERS = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": ACCEPTED}
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DENIED = {
    401: "it asks for a log-in",
    402: "it asks for payment",
    403: "the publisher does not allow it",
    451: "it is withheld for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one link may take: bytes, seconds, and how often it is tried.

    `size` is what the sitemap protocol allows; of 181 article pages the largest has 1.5 MB.
    `total` bounds one request with its body; `delay` is the least time between two requests to
    a host; `longest_wait` is the longest Retry-After that is waited for.
    """

    size: int = 50 << 20
    connect: float = 10.0
    read: float = 20.0
    total: float = 90.0
    attempts: int = 4
    delay: float = 1.0
    longest_wait: float = 60.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Validator:
    """What a server said of the version it sent: its ETag and Last-Modified, as written."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body, unzipped, and where it came from; `url` is the last of the redirects."""

    url: str
    data: bytes
    content_type: str
    charset: str
    validator: Validator


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that `url` is as it was when its validator was stored."""

    url: str


class Passing(Unreachable):
    """A failure that may pass within this run; `wait` is the server's Retry-After, if any."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Silent(Passing):
    """No connection to the host: its other links would fail in the same way."""


class Denied(ReadError):
    """A status 4xx that will not pass."""


class Requests:
    """Sends requests over one guarded pool of connections; bodies are read within `limits`."""

    def __init__(self, allow_private: bool, limits: Limits) -> None:
        self._limits = limits
        self._backend = GuardedBackend(allow_private)
        # The bare transport: a client would look at redirects, cookies and proxies by itself.
        self._transport = GuardedTransport(self._backend)
        times = httpx.Timeout(limits.read, connect=limits.connect)
        self._extensions = {"timeout": times.as_dict()}

    def close(self) -> None:
        self._transport.close()

    def ask(
        self, link: httpx.URL, size: int, validator: Validator | None
    ) -> Fetched | NotModified | httpx.URL:
        """The answer to one GET, of at most `size` bytes; a URL when it is a redirect.

        Raises ReadError; Passing when a second try may help.
        """
        self._backend.deadline = time.monotonic() + self._limits.total
        headers = _HEADERS | _conditions(validator)
        request = httpx.Request("GET", link, headers=headers, extensions=self._extensions)
        try:
            response = self._transport.handle_request(request)
            try:
                return self._take(response, link, size, validator is not None)
            finally:
                response.close()
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            if "CERTIFICATE" in str(error):
                raise Denied(f"{link} is not fetched: its certificate is bad ({error}).") from None
            raise Silent(_sentence(link, "cannot be reached", error)) from None
        except (httpcore.TimeoutException, httpcore.NetworkError) as error:
            raise Passing(_sentence(link, "did not answer in time", error)) from None
        except httpcore.ProtocolError as error:
            raise Passing(_sentence(link, "broke off its answer", error)) from None

    def _take(
        self, response: httpx.Response, link: httpx.URL, size: int, conditional: bool
    ) -> Fetched | NotModified | httpx.URL:
        status, headers = response.status_code, response.headers
        if status == 304 and conditional:
            return NotModified(str(link))
        if status in _REDIRECTS and headers.get("location"):
            return _target(link, headers["location"])
        if status != 200:
            raise _failure(link, status, headers.get("retry-after", ""))
        chunks = response.iter_raw()
        data = read_body(chunks, headers.get("content-encoding", ""), size, str(link))
        return Fetched(
            url=str(link),
            data=data,
            content_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=response.charset_encoding or "",
            validator=Validator(headers.get("etag", ""), headers.get("last-modified", "")),
        )


def _target(link: httpx.URL, location: str) -> httpx.URL:
    try:
        return links.parse(str(link.join(location.strip())))
    except (httpx.InvalidURL, ValueError):
        raise ReadError(f"{link} redirects to {location[:200]!r}, which is no link.") from None
    except ReadError as error:
        raise ReadError(f"{link} redirects to what cannot be fetched: {error}") from None


def _conditions(validator: Validator | None) -> dict[str, str]:
    """RFC 9110, 13.1: the server compares the ETag, and the date only without one."""
    if validator is None:
        return {}
    pairs = {"If-None-Match": validator.etag, "If-Modified-Since": validator.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _failure(link: httpx.URL, status: int, retry_after: str) -> ReadError:
    if status in _GONE:
        return Gone(f"{link} is not there (HTTP {status}); check the link.")
    if status not in _PASSING:
        reason = _DENIED.get(status, "the server refuses it")
        return Denied(
            f"{link} cannot be had: {reason} (HTTP {status}). "
            "If you can read it in a browser, save the page and ingest the file."
        )
    wait = _seconds(retry_after)
    return Passing(f"{link} fails for now (HTTP {status}); run again later.", wait)


def _seconds(retry_after: str) -> float | None:
    """Retry-After in seconds: a number, or an HTTP date (RFC 9110, 10.2.3)."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _sentence(link: httpx.URL, what: str, error: Exception) -> str:
    return f"{link} {what} ({str(error) or type(error).__name__}); run again later."
