"""One request takes no more time, bytes or memory than its limits allow."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import pytest

from bot.errors import ReadError, Unreachable
from ingest.fetching import Fetcher
from ingest.requesting import Fetched, Limits, NotModified
from tests.web_server import Reply, TestClock, WebServer, bomb

BODY = b"<html>a page</html>"


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


def fetch(link: str, clock: TestClock | None = None, **limits: float) -> Fetched | NotModified:
    clock = clock or TestClock()
    chosen = Limits(**limits)  # type: ignore[arg-type]
    with Fetcher(allow_private=True, clock=clock, limits=chosen) as fetcher:
        return fetcher.fetch(link)


def test_a_body_beyond_the_limit_is_not_read_to_its_end(web: WebServer) -> None:
    link = web.script("/page", Reply(body=b"x" * 3_000_000))
    with pytest.raises(ReadError, match="larger than 1 MiB, the limit for one link"):
        fetch(link, size=1 << 20)


def test_a_bomb_is_noticed_while_it_is_unzipped(web: WebServer) -> None:
    small = bomb(200 << 20)
    assert len(small) < 300_000
    link = web.script("/page", Reply(body=small, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(ReadError, match="larger than 1 MiB"):
        fetch(link, size=1 << 20)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:5]) + gzip.compress(BODY[5:])),
        ("gzip", gzip.compress(BODY) + b"\0\0padding"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY, wbits=-15)),
        ("identity", BODY),
    ],
)
def test_a_zipped_body_arrives_as_it_was(web: WebServer, encoding: str, body: bytes) -> None:
    reply = Reply(body=body, headers={"Content-Encoding": encoding}, piece=7)
    answer = fetch(web.script("/page", reply))
    assert isinstance(answer, Fetched)
    assert answer.data == BODY


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("br", BODY, "is sent as br, although only gzip, deflate was asked for"),
        ("gzip", BODY, "says that it is gzip, and is not"),
        ("gzip", gzip.compress(BODY * 99)[:-20], "ended before it was complete"),
    ],
)
def test_a_body_that_cannot_be_unzipped_is_refused(
    web: WebServer, encoding: str, body: bytes, reason: str
) -> None:
    link = web.script("/page", Reply(body=body, headers={"Content-Encoding": encoding}))
    with pytest.raises(ReadError, match=reason):
        fetch(link)


def test_a_body_that_breaks_off_is_asked_for_again(web: WebServer) -> None:
    link = web.script("/page", Reply(body=BODY, length=500), Reply(body=BODY))
    answer = fetch(link)
    assert isinstance(answer, Fetched)
    assert answer.data == BODY


def test_a_server_that_says_nothing_is_not_waited_for(web: WebServer) -> None:
    link = web.script("/page", Reply(body=b"xx", piece=1, pause=30))
    with pytest.raises(Unreachable, match="did not answer in time"):
        fetch(link, read=0.2, attempts=1)


def test_a_body_that_drips_is_cut_off_when_its_time_is_up(web: WebServer) -> None:
    """Each byte comes in time, so that only the total limit can end it."""
    link = web.script("/page", Reply(body=b"x" * 500, piece=1, pause=0.05))
    with pytest.raises(Unreachable, match="did not answer in time"):
        fetch(link, read=5, total=0.5, attempts=1)
