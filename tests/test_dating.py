"""When was it published: the stated day, how it is known, and never a guess."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from ingest.dating import Dating, body_candidates, choose, date_of_page, url_day
from ingest.days import plausible, stated_day
from ingest.markup import parse_page
from ingest.readers import read
from ingest.sources import RawDocument
from tests import documents
from tests.documents import STORY, article_html

MARCH_4 = date(2024, 3, 4)


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-04",
        "2024-03-04T23:30:00-05:00",
        "2024-03-04 01:30:00.000Z",
        "2024/03/04",
        "20240304",
        "20240304T101500Z",
        "1709510400",
        "1709510400000",
        "Mon, 04 Mar 2024 23:30:00 -0500",
        "Mon Mar 04 2024 09:28:00 GMT+0000 (UTC)",
        "Mon Mar 4 21:57:01 UTC 2024",
        "March 4, 2024, 07:47 PM EST",
        "Mar. 4th, 2024",
        "4 March 2024 14:05 IST",
        "the 4th of March 2024",
        "04-Mar-2024",
        "21:17 04.03.2024",
        "2024年3月4日",
        "4 de março de 2024 às 20:13",
        "4 марта 2024",
        "le 4 mars 2024 à 10h",
        MARCH_4,
        datetime(2024, 3, 4, 23, 30, tzinfo=timezone(timedelta(hours=-5))),
        1709510400,
    ],
)
def test_the_day_is_the_one_that_the_publisher_wrote(value: object) -> None:
    assert stated_day(value) == MARCH_4


@pytest.mark.parametrize(
    "value",
    [
        *("2024", "March 2024", "March 4", "yesterday", "5 days ago", "04/03/2024", "2024-13-45"),
        *("0001-01-01T00:00:00Z", "1851-09-18", "9999-12-31", "v. 20.3.4", "", "Summer 2024 sale"),
        "May 2024: 3 ferries",
    ],
)
def test_what_states_no_whole_plausible_day_is_no_day(value: str) -> None:
    assert stated_day(value) is None


def test_day_and_month_in_figures_are_read_only_when_their_order_is_sure() -> None:
    assert stated_day("04/03/2024", day_first=True) == MARCH_4
    assert stated_day("03/04/2024", day_first=False) == MARCH_4
    assert stated_day("25/12/2023") == date(2023, 12, 25)
    assert stated_day("12/25/2023") == date(2023, 12, 25)
    assert stated_day("11.14.2019 09:00 AM") == date(2019, 11, 14)


def test_plausible_days_lie_between_1990_and_a_year_from_now() -> None:
    now = date(2024, 3, 4)
    assert plausible(date(1990, 1, 1), now)
    assert plausible(date(2025, 12, 31), now)
    assert not plausible(date(1989, 12, 31), now)
    assert not plausible(date(2026, 1, 1), now)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/03/04/ferry", MARCH_4),
        ("https://a.example/2024/3/4/ferry.html", MARCH_4),
        ("https://a.example/2024/mar/04/ferry", MARCH_4),
        ("https://a.example/ferry-2024-03-04", MARCH_4),
        ("https://a.example/20240304/ferry", MARCH_4),
        ("https://a.example/2024/03/ferry", None),
        ("https://a.example/ferry-20240399-x", None),
        ("https://a.example/2024/03/04567/", None),
        ("https://a.example/id/120240304", None),
    ],
)
def test_an_address_dates_its_article_only_with_a_whole_day(url: str, day: date | None) -> None:
    assert url_day(url) == day


def test_the_first_statement_that_holds_a_day_wins() -> None:
    found = choose(
        [("JSON-LD", "soon"), ("meta tag", "2024-03-04"), ("URL", "2024-03-01")], ["", "2024-03-05"]
    )
    assert found == Dating(MARCH_4, "meta tag", date(2024, 3, 5))


def test_a_change_alone_dates_nothing() -> None:
    assert choose([("JSON-LD", None)], ["2024-03-05"]) == Dating(None, "undated", date(2024, 3, 5))


def test_a_change_before_the_publication_is_dropped() -> None:
    assert choose([("JSON-LD", "2024-03-04")], ["2014-06-17"]).updated is None


JSON_LD = '<script type="application/ld+json">{}</script>'
PAGES = {
    "JSON-LD": JSON_LD.format(
        '{"@type":"NewsArticle","datePublished":"2024-03-04T23:30:00-05:00"}'
    ),
    "meta tag": '<meta property="article:published_time" content="2024-03-04T09:00:00Z">',
}


@pytest.mark.parametrize("origin", list(PAGES))
def test_markup_in_the_head_dates_the_page(origin: str) -> None:
    assert dated(article_html(PAGES[origin])) == (MARCH_4, origin)


def test_json_ld_in_a_graph_with_a_trailing_semicolon_is_read() -> None:
    graph = '{"@graph":[{"@type":"WebSite"},{"@type":["Article"],"datePublished":"2024-03-04"}]};'
    assert dated(article_html(JSON_LD.format(graph))) == (MARCH_4, "JSON-LD")


def test_of_several_articles_in_json_ld_the_pages_own_counts() -> None:
    both = (
        '[{"@type":"NewsArticle","headline":"Fog at sea","datePublished":"2020-01-01"},'
        '{"@type":"NewsArticle","headline":"Old ferry stays","datePublished":"2024-03-04"}]'
    )
    assert dated(article_html(JSON_LD.format(both))) == (MARCH_4, "JSON-LD")


def test_microdata_and_time_elements_of_the_article_date_it() -> None:
    micro = '<span itemprop="datePublished" content="2024-03-04">Monday</span>'
    assert dated(article_html(before=micro)) == (MARCH_4, "microdata")
    times = (
        '<time class="updated" datetime="2024-03-06">6 March</time>'
        '<time class="entry-date published" datetime="2024-03-04T10:00">4 March</time>'
    )
    assert dated(article_html(before=times)) == (MARCH_4, "time element")


def test_a_byline_under_the_headline_dates_the_page() -> None:
    byline = '<div class="byline">By Ines Moreau | March 4, 2024 | 10:15 AM</div>'
    assert dated(article_html(before=byline)) == (MARCH_4, "date line")


def test_the_head_comes_before_the_feed_then_the_address_then_what_is_shown() -> None:
    page = parse_page(article_html(PAGES["meta tag"]).decode())
    url, feed = "https://a.example/2024/03/01/x", ("2024-03-02", "2024-03-08")
    assert date_of_page(page, "", url, feed) == Dating(MARCH_4, "meta tag", date(2024, 3, 8))
    plain = parse_page(article_html().decode())
    assert date_of_page(plain, "", url, feed).published_from == "feed entry"
    shown = parse_page(article_html(before='<time datetime="2024-03-04">x</time>').decode())
    assert date_of_page(shown, "", url).published_from == "URL"
    assert date_of_page(shown, "").published_from == "time element"


def test_the_order_of_day_and_month_follows_the_pages_language() -> None:
    byline = '<article><h1>Old ferry stays</h1><p class="date">04/03/2024</p></article>'
    days = {}
    for lang in ("en-GB", "en-US", "de", "en"):
        page = parse_page(documents.html(byline, lang=lang).decode())
        days[lang] = [stated_day(value) for _, value in body_candidates(page)]
    assert days == {"en-GB": [MARCH_4], "en-US": [date(2024, 4, 3)], "de": [MARCH_4], "en": []}


UNDATED = {
    "copyright year": article_html(after="<footer>© 2024 Harbour Post, 4 March 2024</footer>"),
    "comments": article_html(
        after='<div class="comments"><time datetime="2024-03-04">4 March 2024</time></div>'
    ),
    "comment in a list": article_html(
        after='<ol class="commentlist"><li><i itemprop="datePublished">2024-03-04</i></li></ol>'
    ),
    "event": article_html(
        JSON_LD.format('{"@type":"Event","startDate":"2024-03-04","datePublished":"2024-03-04"}')
    ),
    "event in the text": article_html(
        before="<p>Date: March 4, 2024</p><p>Venue: Town hall</p><p>Tickets: 5 euros</p>"
    ),
    "event line": article_html(before="<p>When: Monday, March 4, 2024, 7 pm</p>"),
    "related stories": article_html(
        after='<aside class="related"><a href="/2023/12/24/fog">Fog</a>'
        '<time datetime="2023-12-24">24 Dec</time></aside>'
    ),
    "next stories": article_html(
        after='<div class="more-stories"><article><time pubdate datetime="2023-12-24">x</time>'
        "</article></div>"
    ),
    "other articles in JSON-LD": article_html(
        JSON_LD.format(
            '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle",'
            '"datePublished":"2024-03-04"}]}'
        )
    ),
    "video": article_html(JSON_LD.format('{"@type":"VideoObject","uploadDate":"2024-03-04"}')),
    "placeholder": article_html(PAGES["JSON-LD"].replace("2024-03-04", "0001-01-01")),
    "changed only": article_html('<meta property="article:modified_time" content="2024-03-04">'),
    "today in the masthead": documents.html(
        '<div class="date">Monday, March 4, 2024</div><article><h1>Old ferry stays</h1>'
        + "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
        + "</article>"
    ),
    "a date in a sentence": article_html(before="<p>It was built on March 4, 2019, in Oslo.</p>"),
    "a chronicle": article_html(
        before="<h2>March 4, 2019</h2><p>It is built.</p><h2>May 2, 2021</h2><p>It sails.</p>"
    ),
    "month in the address": article_html(
        '<link rel="canonical" href="https://a.example/2024/03/x">'
    ),
    "other times": article_html(
        before='<time datetime="2024-03-04">4 March</time><time datetime="2024-05-06">6 May</time>'
    ),
    "relative": article_html(before='<time class="published">5 days ago</time>'),
    "ambiguous": article_html(before='<span class="date">04/03/2024</span>'),
    "site founded": article_html('<meta name="foundingDate" content="1991-09-18">'),
}


@pytest.mark.parametrize("trap", list(UNDATED))
def test_a_page_that_states_no_publication_day_stays_undated(trap: str) -> None:
    assert dated(UNDATED[trap]) == (None, "undated")


def dated(page: bytes) -> tuple[date | None, str]:
    article = read(RawDocument("/news/2022-02-02/page.html", page, ".html"))
    return article.published, article.published_from
