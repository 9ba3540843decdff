"""One link is fetched politely, within limits, and again where that helps."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.errors import Gone, ReadError, Unreachable
from ingest.fetching import Fetcher
from ingest.politeness import USER_AGENT
from ingest.requesting import Fetched, Limits, NotModified, Validator
from tests.web_server import Reply, TestClock, WebServer

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


def test_a_page_comes_with_its_type_charset_and_validators(web: WebServer) -> None:
    headers = {"Content-Type": "text/HTML; charset=windows-1251", "ETag": '"v1"'}
    link = web.script("/page", Reply(body=BODY, headers=headers))
    assert fetch(link) == Fetched(link, BODY, "text/html", "windows-1251", Validator('"v1"', ""))


def test_the_user_agent_says_what_it_is_and_is_no_browser(web: WebServer) -> None:
    fetch(web.script("/page", Reply(body=BODY)))
    assert {asked.headers["User-Agent"] for asked in web.asked} == {USER_AGENT}
    assert USER_AGENT.startswith("AskTheArticles/")
    assert "Mozilla" not in USER_AGENT


@pytest.mark.parametrize(
    "validator", [Validator(etag='"v1"'), Validator(last_modified="Mon, 01 Jan 2024 00:00:00 GMT")]
)
def test_a_page_that_has_not_changed_is_not_sent_again(
    web: WebServer, validator: Validator
) -> None:
    headers = {"ETag": validator.etag, "Last-Modified": validator.last_modified}
    kept = {name: value for name, value in headers.items() if value}
    link = web.script("/page", Reply(body=BODY, headers=kept))
    with Fetcher(allow_private=True, clock=TestClock(), known={link: validator}.get) as fetcher:
        assert fetcher.fetch(link) == NotModified(link)


def test_a_page_that_has_changed_is_sent_with_its_new_validator(web: WebServer) -> None:
    link = web.script("/page", Reply(body=b"new", headers={"ETag": '"v2"'}))
    known = {link: Validator('"v1"')}
    with Fetcher(allow_private=True, clock=TestClock(), known=known.get) as fetcher:
        answer = fetcher.fetch(link)
    assert isinstance(answer, Fetched)
    assert (answer.data, answer.validator) == (b"new", Validator('"v2"'))


def test_a_redirected_page_is_asked_for_by_its_own_validator(web: WebServer) -> None:
    web.redirect("/short", "/page", 301)
    link = web.script("/page", Reply(body=BODY, headers={"ETag": '"v1"'}))
    known = {link: Validator('"v1"')}
    with Fetcher(allow_private=True, clock=TestClock(), known=known.get) as fetcher:
        assert fetcher.fetch(f"{web.url}/short") == NotModified(link)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_link_is_told(web: WebServer, status: int) -> None:
    web.redirect("/a", "b?x=1", status)
    web.script("/b?x=1", Reply(body=BODY))
    answer = fetch(f"{web.url}/a")
    assert isinstance(answer, Fetched)
    assert answer.url == f"{web.url}/b?x=1"


def test_a_circle_of_redirects_ends(web: WebServer) -> None:
    link = web.redirect("/a", "/a")
    with pytest.raises(ReadError, match="redirects more than 5 times"):
        fetch(link)
    assert len(web.paths()) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.com/x", "javascript:1", "http://["]
)
def test_a_redirect_leads_to_web_links_only(web: WebServer, target: str) -> None:
    with pytest.raises(ReadError, match=r"/a redirects to .*(no link|no host|neither http://)"):
        fetch(web.redirect("/a", target))


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("file:///etc/passwd", "neither http:// nor https://"),
        ("example.com/story", "neither http:// nor https://"),
        ("http://reader:secret@example.com/", "carries a user name"),
        ("http:///story", "names no host"),
        ("http://example.com/" + "a" * 3000, "longer than 2,048 characters"),
        ("http://[::1/", "no link that can be followed"),
    ],
)
def test_what_is_no_plain_web_link_is_refused_by_the_rule_it_breaks(link: str, rule: str) -> None:
    with pytest.raises(ReadError, match=rule) as refusal:
        fetch(link)
    assert "secret" not in str(refusal.value)


def test_robots_txt_is_obeyed_and_asked_for_once(web: WebServer, clock: TestClock) -> None:
    rules = b"User-agent: *\nDisallow: /private\nUser-agent: AskTheArticles\nDisallow: /drafts"
    web.script("/robots.txt", Reply(body=rules))
    for path in ("/drafts/1", "/private/1"):
        web.script(path, Reply(body=BODY))
    with Fetcher(allow_private=True, clock=clock) as fetcher:
        with pytest.raises(ReadError, match=r"the robots\.txt of 127\.0\.0\.1 forbids it"):
            fetcher.fetch(f"{web.url}/drafts/1")
        assert isinstance(fetcher.fetch(f"{web.url}/private/1"), Fetched)
    assert [asked.path for asked in web.asked] == ["/robots.txt", "/private/1"]


def test_robots_txt_is_asked_after_a_redirect_too(web: WebServer) -> None:
    web.script("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /hidden"))
    with pytest.raises(ReadError, match=r"/hidden/1 is not fetched: the robots\.txt"):
        fetch(web.redirect("/open", "/hidden/1"))


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_robots_txt_allows_all(web: WebServer, status: int) -> None:
    web.script("/robots.txt", Reply(status))
    assert isinstance(fetch(web.script("/page", Reply(body=BODY))), Fetched)


def test_a_host_whose_robots_txt_fails_allows_nothing(web: WebServer) -> None:
    web.script("/robots.txt", Reply(503))
    with pytest.raises(Unreachable, match=r"/page is not fetched: .*/robots\.txt fails for now"):
        fetch(web.script("/page", Reply(body=BODY)))
    assert web.paths() == []


def test_a_busy_server_is_asked_again_after_longer_and_longer_pauses(
    web: WebServer, clock: TestClock
) -> None:
    link = web.script("/page", Reply(500), Reply(502), Reply(503), Reply(body=BODY))
    assert isinstance(fetch(link, clock, delay=0), Fetched)
    assert [int(pause) for pause in clock.slept] in ([1, 2, 4], [1, 2, 5], [1, 3, 4], [1, 3, 5])


def test_a_server_that_stays_busy_is_given_up_for_this_run(web: WebServer) -> None:
    link = web.script("/page", Reply(503))
    with pytest.raises(Unreachable, match=r"fails for now \(HTTP 503\); run again later"):
        fetch(link)
    assert len(web.paths()) == 4


def test_retry_after_is_waited_for_in_seconds(web: WebServer, clock: TestClock) -> None:
    link = web.script("/page", Reply(429, headers={"Retry-After": "7"}), Reply(body=BODY))
    assert isinstance(fetch(link, clock), Fetched)
    assert clock.slept == [7.0]


def test_retry_after_is_waited_for_until_a_date(web: WebServer, clock: TestClock) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    link = web.script("/page", Reply(503, headers={"Retry-After": until}), Reply(body=BODY))
    assert isinstance(fetch(link, clock), Fetched)
    assert 20 < clock.slept[0] <= 30


def test_a_host_that_wants_an_hour_is_left_alone(web: WebServer, clock: TestClock) -> None:
    link = web.script("/page", Reply(429, headers={"Retry-After": "3600"}))
    with Fetcher(allow_private=True, clock=clock) as fetcher:
        with pytest.raises(Unreachable, match="fails for now"):
            fetcher.fetch(link)
        with pytest.raises(Unreachable, match="asked to be left alone for 3600 more seconds"):
            fetcher.fetch(f"{web.url}/other")
    assert (web.paths(), clock.slept) == (["/page"], [])


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "log-in"), (402, "payment"), (403, "does not allow"), (418, "refuses"), (451, "legal")],
)
def test_a_refusal_is_not_tried_again(web: WebServer, status: int, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        fetch(web.script("/page", Reply(status)))
    assert web.paths() == ["/page"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_was_taken_down_is_told_apart(web: WebServer, status: int) -> None:
    with pytest.raises(Gone, match=f"is not there .HTTP {status}."):
        fetch(web.script("/page", Reply(status)))


def test_two_requests_to_a_host_keep_a_second_apart(web: WebServer, clock: TestClock) -> None:
    link = web.script("/page", Reply(body=BODY))
    with Fetcher(allow_private=True, clock=clock) as fetcher:
        for _ in range(3):
            fetcher.fetch(link)
    assert clock.slept == [1.0, 1.0]


def test_the_crawl_delay_of_a_host_is_kept_up_to_half_a_minute(
    web: WebServer, clock: TestClock
) -> None:
    web.script("/robots.txt", Reply(body=b"User-agent: *\nCrawl-delay: 600"))
    link = web.script("/page", Reply(body=BODY))
    with Fetcher(allow_private=True, clock=clock) as fetcher:
        fetcher.fetch(link)
        fetcher.fetch(link)
    assert clock.slept == [30.0]


def test_a_host_that_is_down_is_tried_for_one_link_only(clock: TestClock) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Fetcher(allow_private=True, clock=clock) as fetcher:
        with pytest.raises(Unreachable, match="cannot be reached"):
            fetcher.fetch(f"http://127.0.0.1:{port}/1")
        pauses = len(clock.slept)
        with pytest.raises(Unreachable, match=r"/2 is not fetched: .* cannot be reached"):
            fetcher.fetch(f"http://127.0.0.1:{port}/2")
    assert (pauses, len(clock.slept)) == (3, 3)


def test_a_host_that_fails_three_links_in_a_row_is_left_out(web: WebServer) -> None:
    for path in ("/1", "/2", "/3", "/4"):
        web.script(path, Reply(500))
    with Fetcher(allow_private=True, clock=TestClock(), limits=Limits(attempts=1)) as fetcher:
        for path in ("/1", "/2", "/3"):
            with pytest.raises(Unreachable, match="fails for now"):
                fetcher.fetch(web.url + path)
        with pytest.raises(Unreachable, match=r"/4 is left out of this run: .*/3 fails for now"):
            fetcher.fetch(f"{web.url}/4")
    assert web.paths() == ["/1", "/2", "/3"]
