"""Each link has one spelling, and a page may name its own within its site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ReadError
from ingest.links import canonical, feeds_of, is_link, page_address, same_site


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ("HTTP://News.Example:80/a/../b/./c", "http://news.example/b/c"),
        ("https://news.example:443", "https://news.example/"),
        ("https://news.example:8443/x", "https://news.example:8443/x"),
        ("https://news.example/story#comments", "https://news.example/story"),
        ("https://news.example/s?utm_source=x&utm_medium=y", "https://news.example/s"),
        ("https://news.example/s?id=7&fbclid=abc&page=2", "https://news.example/s?id=7&page=2"),
        ("https://news.example/s?gclid=1&UTM_Campaign=z", "https://news.example/s"),
        ("https://news.example/%7euser/%c3%a4", "https://news.example/~user/%C3%A4"),
        ("https://news.example/ä?q=ö", "https://news.example/%C3%A4?q=%C3%B6"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("  https://news.example/s \n", "https://news.example/s"),
    ],
)
def test_a_link_has_one_spelling_without_what_tracks_its_reader(link: str, plain: str) -> None:
    assert canonical(link) == plain
    assert canonical(plain) == plain


_PART = st.text(st.sampled_from("aZ09-._~%/?&=+:@!$ äЖ#[]"), max_size=30)


@given(path=_PART, query=_PART)
def test_the_one_spelling_of_any_link_is_its_own(path: str, query: str) -> None:
    plain = canonical(f"https://news.example/{path}?{query}")
    assert canonical(plain) == plain


@pytest.mark.parametrize("query", ["id=12", "cid=4", "ref=9", "source=x", "p=1", "a=&b", "p[]=1"])
def test_a_parameter_that_may_name_the_article_stays(query: str) -> None:
    assert canonical(f"https://news.example/s?{query}").partition("?")[2] == query


@pytest.mark.parametrize("link", ["", "story.html", "mailto:a@b.example", "http://", "data:,x"])
def test_what_is_no_web_link_has_no_spelling(link: str) -> None:
    with pytest.raises(ReadError):
        canonical(link)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://news.example/a", "http://www.news.example/b", True),
        ("https://m.news.example/a", "https://amp.news.example/b", True),
        ("https://blog.news.example/a", "https://news.example/b", False),
        ("https://one.blogspot.example/a", "https://two.blogspot.example/a", False),
        ("https://m.example/a", "https://www.example/a", False),
        ("https://news.example.evil.test/", "https://news.example/", False),
    ],
)
def test_a_site_is_one_host_with_its_www_and_mobile_forms(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ('<link rel="canonical" href="/plan">', "https://news.example/plan"),
        ("<LINK HREF=plan?utm_id=1 REL=canonical>", "https://news.example/plan"),
        (
            '<link href="https://www.news.example/p?a=1&amp;b=2" rel="alternate canonical"/>',
            "https://www.news.example/p?a=1&b=2",
        ),
        ('<link rel="canonical" href="https://other.example/plan">', "https://news.example/s?id=1"),
        ('<link rel="canonical" href="https://news.example/">', "https://news.example/s?id=1"),
        ('<link rel="canonical" href="">', "https://news.example/s?id=1"),
        ('<link rel="canonical" href="http://[">', "https://news.example/s?id=1"),
        ('<link rel="stylesheet" href="/plan">', "https://news.example/s?id=1"),
    ],
)
def test_a_page_is_believed_about_its_own_site_only(tag: str, address: str) -> None:
    html = f"<html><head>{tag}</head></html>".encode()
    assert page_address("https://news.example/s?id=1", html) == address


def test_the_feeds_of_a_page_are_those_that_its_head_names() -> None:
    html = (
        b'<link rel="alternate" type="application/rss+xml" href="/feed">'
        b"<link rel=alternate type='application/atom+xml' href='https://f.example/a?x=1&amp;y=2'>"
        b'<link rel="alternate" type="text/html" href="/en/">'
    )
    assert feeds_of("https://news.example/de/", html) == [
        "https://news.example/feed",
        "https://f.example/a?x=1&y=2",
    ]


def test_a_tag_made_to_be_slow_is_read_in_no_time() -> None:
    """Quadratic work would take minutes here, and the test's own patience is the limit."""
    assert feeds_of("https://news.example/", (b"<link " + b"a-" * 450 + b">") * 300) == []


def test_a_link_is_told_from_a_path() -> None:
    assert [is_link(path) for path in ("https://a.example", "HTTP://a.example/x")] == [True, True]
    assert [is_link(path) for path in ("articles", "/http://x", "C:\\news", "ftp://a")] == [
        False
    ] * 4
