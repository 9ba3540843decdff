"""A link leads to an article: its own, in whatever form, or to a reason why not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.events import Found, LinkFailure, Unchanged
from ingest.requesting import Validator
from ingest.sources import RawDocument
from tests.walking import only_document, only_failure, walk
from tests.web_server import WebServer, article


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def test_an_article_page_is_one_document_with_what_the_server_said_of_it(web: WebServer) -> None:
    link = web.article("/2024/harbour-plan", ETag='"v1"')
    document = RawDocument(
        location=f"{web.url}/2024/harbour-plan",
        data=article().encode(),
        suffix=".html",
        url=f"{web.url}/2024/harbour-plan",
    )
    assert walk(f"{link}?utm_source=post#top") == [Found(document, etag='"v1"')]


def test_a_page_is_known_by_the_address_that_it_gives_itself(web: WebServer) -> None:
    own = article(head=f'<link rel="canonical" href="{web.url}/harbour-plan">')
    assert only_document(walk(web.page("/p?id=7", own))).location == f"{web.url}/harbour-plan"


def test_an_unchanged_page_is_told_and_not_sent(web: WebServer) -> None:
    link = web.article("/story", ETag='"v1"')
    assert walk(link, {link: Validator('"v1"')}) == [Unchanged(link)]


def test_a_pdf_is_known_by_its_content_under_any_name(web: WebServer) -> None:
    link = web.page("/report.html", b"%PDF-1.7 ...", "text/html")
    document = only_document(walk(link))
    assert (document.suffix, document.data) == (".pdf", b"%PDF-1.7 ...")


def test_a_charset_that_only_the_server_names_is_turned_into_utf_8(web: WebServer) -> None:
    text = article("Гавань").encode("windows-1251")
    document = only_document(walk(web.page("/s", text, "text/html; charset=windows-1251")))
    assert document.data.decode("utf-8-sig") == article("Гавань")


def test_a_charset_that_the_page_names_itself_is_left_to_the_reader(web: WebServer) -> None:
    text = article("Гавань", head='<meta charset="windows-1251">').encode("windows-1251")
    assert only_document(walk(web.page("/s", text, "text/html; charset=utf-8"))).data == text


def test_a_picture_is_refused_by_its_kind(web: WebServer) -> None:
    failure = only_failure(walk(web.page("/photo", b"\x89PNG\r\n\x1a\n\0\0", "image/png")))
    assert failure.reason == (
        f"{web.url}/photo is of a kind that cannot be read (image/png); "
        "web pages, PDF, Word, EPUB, e-mail, text, JSON and CSV can."
    )


def test_an_article_that_was_moved_to_the_home_page_is_refused(web: WebServer) -> None:
    web.article("/")
    failure = only_failure(walk(web.redirect("/old-story", "/", 301)))
    assert failure.reason == (
        f"{web.url}/old-story leads to {web.url}/, which is not taken in: its address is that of "
        "a home page. Give an article, a feed or a sitemap."
    )


def test_a_home_page_is_refused_and_its_feed_named_instead(web: WebServer) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    failure = only_failure(walk(web.page("/", article(head=head))))
    assert failure == LinkFailure(
        f"{web.url}/",
        f"{web.url}/ is not taken in: its address is that of a home page. "
        f"Give its feed: {web.url}/feed.xml.",
    )
