"""The articles that a feed lists are taken in, each with what the feed says of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.errors import ReadError
from ingest.events import Found, LinkFailure, Listing, Unchanged
from ingest.feeds import read_feed
from ingest.fetching import Fetcher
from ingest.requesting import Validator
from ingest.web import discover
from tests.walking import documents, failures, walk
from tests.web_server import WORDS, Reply, TestClock, WebServer, item, rss

DAY = "Mon, 01 Jan 2024 23:30:00 -0500"
FULL = f"<content:encoded><![CDATA[<p>{WORDS * 12}</p><script>steal()</script>]]></content:encoded>"


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/octet-stream", ""])
def test_a_feed_is_known_by_its_content_under_any_name(web: WebServer, kind: str) -> None:
    web.article("/story")
    events = walk(web.page("/news.html", rss(item(f"{web.url}/story")), kind))
    assert [type(event).__name__ for event in events] == ["Found", "Listing"]


def test_the_entries_of_a_feed_become_documents_with_what_it_said_of_them(web: WebServer) -> None:
    first, second = web.article("/first"), web.article("/second")
    more = f"<pubDate>{DAY}</pubDate><dc:creator>Ann Lee</dc:creator>"
    other = '<source url="http://other.example/feed">The Other Post</source>'
    feed = rss(
        item(first, "Fish &amp;amp; &lt;b&gt;chips&lt;/b&gt;", more), item(second, "Two", other)
    )
    events = walk(web.page("/feed", feed, "application/rss+xml", ETag='"f1"'))
    assert [(d.location, d.hints) for d in documents(events)] == [
        (
            first,
            {
                "title": "Fish & chips",
                "published": "2024-01-01T23:30:00-05:00",
                "author": "Ann Lee",
                "source": "The Harbour Post",
            },
        ),
        (second, {"title": "Two", "source": "The Other Post"}),
    ]
    assert events[-1] == Listing(f"{web.url}/feed", "feed", 2, etag='"f1"')


def test_a_listing_is_a_window_and_never_the_whole(web: WebServer) -> None:
    listing = walk(web.page("/feed", rss(item(web.article("/a")))))[-1]
    assert isinstance(listing, Listing)
    assert listing.complete is False


def test_an_atom_feed_has_relative_links_and_tells_update_from_publication(web: WebServer) -> None:
    web.article("/news/one")
    entry = (
        '<entry><title>One</title><link href="one"/><updated>2024-02-02T08:00:00Z</updated>'
        "<published>2024-02-01T08:00:00+09:00</published><author><name>Bo</name></author></entry>"
    )
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entry}</feed>'
    [document] = documents(walk(web.page("/news/feed", atom, "application/atom+xml")))
    assert document.url == f"{web.url}/news/one"
    assert document.hints == {
        "title": "One",
        "published": "2024-02-01T08:00:00+09:00",
        "updated": "2024-02-02T08:00:00+00:00",
        "author": "Bo",
        "source": "T",
    }


def test_an_update_alone_is_not_passed_off_as_a_publication() -> None:
    entry = "<entry><title>One</title><updated>2024-02-02T08:00:00Z</updated></entry>"
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()
    [found] = read_feed(atom, "http://example.com/feed")
    assert (found.published, found.updated) == ("", "2024-02-02T08:00:00+00:00")


def test_a_date_in_an_odd_form_is_read_and_one_that_is_none_stays_out() -> None:
    odd = item("http://e.example/1", extra="<pubDate>2024-03-05</pubDate>")
    none = item("http://e.example/2", extra="<pubDate>last week</pubDate>")
    found = read_feed(rss(odd, none).encode(), "http://e.example/feed")
    assert [entry.published for entry in found] == ["2024-03-05T00:00:00", ""]


def test_a_feed_that_carries_the_text_stands_in_for_a_page_that_is_not_to_be_had(
    web: WebServer,
) -> None:
    web.script("/walled", Reply(403))
    feed = rss(item(f"{web.url}/walled?utm_medium=rss", "Behind <![CDATA[<]]> a wall", FULL))
    found = walk(web.page("/feed", feed))[0]
    assert isinstance(found, Found)
    assert found.document.location == f"{web.url}/walled"
    assert WORDS.strip().encode() in found.document.data
    assert b"steal()" not in found.document.data
    assert "(HTTP 403)" in found.note


def test_a_teaser_does_not_stand_in_for_its_page(web: WebServer) -> None:
    teaser = f"<description>{WORDS * 2}</description>"
    events = walk(web.page("/feed", rss(item(f"{web.url}/gone", extra=teaser))))
    assert documents(events) == []
    assert failures(events) == [
        LinkFailure(
            f"{web.url}/gone", f"{web.url}/gone is not there (HTTP 404); check the link.", gone=True
        )
    ]


def test_one_entry_that_fails_does_not_end_the_feed(web: WebServer) -> None:
    web.script("/locked", Reply(401))
    links = [web.article("/a"), f"{web.url}/locked", "mailto:x@example.com", web.article("/b")]
    events = walk(web.page("/feed", rss(*map(item, links))))
    assert [document.location for document in documents(events)] == [links[0], links[3]]
    assert [failure.location for failure in failures(events)] == links[1:3]


def test_an_article_that_a_feed_lists_twice_is_fetched_once(web: WebServer) -> None:
    web.article("/a")
    web.article("/a?utm_source=feed")
    web.redirect("/short", "/a")
    paths = ("/a", "/a?utm_source=feed", "/short")
    events = walk(web.page("/feed", rss(*(item(web.url + path) for path in paths))))
    assert [document.location for document in documents(events)] == [f"{web.url}/a"]
    assert web.paths() == ["/feed", "/a", "/short", "/a"]


def test_a_feed_with_a_passing_failure_is_read_again_even_if_unchanged(web: WebServer) -> None:
    web.script("/busy", Reply(503))
    feed = web.page("/feed", rss(item(f"{web.url}/busy")), ETag='"f1"')
    events = walk(feed)
    assert failures(events)[0].passing
    assert events[-1] == Listing(feed, "feed", 1, etag="")


def test_an_unchanged_feed_is_not_walked(web: WebServer) -> None:
    feed = web.page("/feed", rss(item(web.article("/a"))), ETag='"f1"')
    assert walk(feed, {feed: Validator('"f1"')}) == [Unchanged(feed)]
    assert web.paths() == ["/feed"]


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes(web: WebServer) -> None:
    torn = "\n" + rss(item(web.article("/a")), "<item><title>A & B<br></title>")
    assert [d.url for d in documents(walk(web.page("/feed", torn)))] == [f"{web.url}/a"]


def test_a_feed_of_many_megabytes_is_not_parsed() -> None:
    with pytest.raises(ReadError, match="is a feed of more than 10 MiB"):
        read_feed(rss(" " * (11 << 20)).encode(), "http://e.example/feed")


def test_a_feed_inside_a_feed_is_named_and_not_walked(web: WebServer) -> None:
    inner = web.page("/inner", rss(item(web.article("/a"))))
    events = walk(web.page("/feed", rss(item(inner))))
    assert failures(events)[0].reason == (f"{inner} is a feed, not an article; give it by itself.")


def test_links_to_private_addresses_in_a_feed_are_refused_without_ending_it(
    web: WebServer,
) -> None:
    """The feed is given as bytes here, since a public server cannot be had in a test."""
    entries = read_feed(rss(item(web.article("/a"))).encode(), "https://public.example/feed")
    with Fetcher(clock=TestClock()) as fetcher:
        [event] = discover(entries[0].url, fetcher)
    assert isinstance(event, LinkFailure)
    assert "127.0.0.1 is loopback: only public" in event.reason
    assert web.asked == []
