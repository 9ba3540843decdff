"""The articles that a sitemap lists are taken in, the newest first, within limits."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from ingest.events import Listing
from tests.walking import documents, failures, only_failure, walk
from tests.web_server import WebServer, bomb, sitemap


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.mark.parametrize("root", ["rss", "urlset"])
def test_a_billion_laughs_is_not_expanded(web: WebServer, root: str) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><{root}><title>&l11;</title></{root}>'
    failure = only_failure(walk(web.page("/feed", laughs)))
    assert "declares XML entities" in failure.reason


def test_an_entity_that_names_a_file_is_not_opened(web: WebServer) -> None:
    evil = '<!DOCTYPE urlset [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    failure = only_failure(walk(web.page("/s.xml", f"{evil}<urlset><loc>&f;</loc></urlset>")))
    assert "declares XML entities" in failure.reason


def test_a_sitemap_is_walked_from_the_newest_and_says_what_it_left_out(web: WebServer) -> None:
    days = {"/a": "2024-01-01", "/b": "2024-03-01T10:00:00Z", "/c": "", "/d": "2024-02-01"}
    pages = [(web.article(path), day) for path, day in days.items()]
    events = walk(web.page("/sitemap.xml", sitemap(*pages)), most=3)
    assert web.paths()[1:] == ["/b", "/d", "/a"]
    assert events[-1] == Listing(f"{web.url}/sitemap.xml", "sitemap", 4, left_out=1)


def test_a_sitemap_index_is_walked_from_the_newest_of_all_its_sitemaps(web: WebServer) -> None:
    old = web.page("/old.xml", sitemap((web.article("/a"), "2024-01-01")))
    zipped = gzip.compress(sitemap((web.article("/b"), "2024-02-01")).encode())
    new = web.page("/new.xml.gz", zipped, "application/gzip")
    index = sitemap((old, "2024-01-01"), (new, "2024-02-01"), (f"{web.url}/lost", ""), index=True)
    events = walk(web.page("/index.xml", index))
    assert [d.url for d in documents(events)] == [f"{web.url}/b", f"{web.url}/a"]
    assert [f.location for f in failures(events)] == [f"{web.url}/lost"]
    assert [e.kind for e in events if isinstance(e, Listing)] == [
        *("sitemap index", "sitemap", "sitemap")
    ]


def test_an_index_that_names_itself_ends(web: WebServer) -> None:
    index = sitemap((f"{web.url}/index.xml", ""), index=True)
    events = walk(web.page("/index.xml", index))
    assert web.paths() == ["/index.xml"]
    assert [type(event).__name__ for event in events] == ["Listing"]


def test_indexes_within_indexes_are_followed_three_deep(web: WebServer) -> None:
    for n in range(5):
        web.page(f"/{n}.xml", sitemap((f"{web.url}/{n + 1}.xml", ""), index=True))
    [failure] = failures(walk(f"{web.url}/0.xml"))
    assert failure.reason == (
        f"{web.url}/4.xml and what follows it in its index (1 in all) is left out: they lie more "
        "than 3 sitemap indexes deep. Give those that you need by themselves."
    )


def test_an_index_of_very_many_sitemaps_is_cut_off_in_one_sentence(web: WebServer) -> None:
    links = [web.page(f"/{n}.xml", sitemap()) for n in range(60)]
    web.page("/index.xml", sitemap(*((link, "") for link in links), index=True))
    [failure] = failures(walk(f"{web.url}/index.xml"))
    assert failure.reason.startswith(
        f"{web.url}/50.xml and what follows it in its index (10 in all)"
    )
    assert len(web.paths()) == 51


def test_the_fields_of_a_news_sitemap_are_its_own_and_not_those_of_an_image(web: WebServer) -> None:
    fields = (
        "<n:news><n:publication><n:name>Post</n:name></n:publication><n:title>Plan</n:title><n:publication_date>2024-05-01</n:publication_date>"
        "</n:news><i:image><i:loc>http://i.example/1.png</i:loc><i:title>Pic</i:title></i:image>"
    )
    text = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="urn:n" '
        f'xmlns:i="urn:i"><url><loc>{web.article("/a")}</loc>{fields}</url></urlset>'
    )
    [document] = documents(walk(web.page("/news.xml", text)))
    assert document.url == f"{web.url}/a"
    assert document.hints == {"title": "Plan", "published": "2024-05-01", "source": "Post"}


def test_a_broken_sitemap_is_refused_with_the_place(web: WebServer) -> None:
    failure = only_failure(walk(web.page("/s.xml", sitemap(("http://e.example/", ""))[:-12])))
    assert "is a sitemap that cannot be read" in failure.reason
    assert "line 1" in failure.reason


def test_a_zipped_sitemap_cannot_fill_the_memory(web: WebServer) -> None:
    failure = only_failure(walk(web.page("/s.xml.gz", bomb(50 << 20), "application/gzip")))
    assert "larger than 2 MiB" in failure.reason


def test_a_list_of_links_is_walked(web: WebServer) -> None:
    text = f"{web.article('/a')}\n{web.article('/b')}\n"
    assert len(documents(walk(web.page("/urls.txt", text, "text/plain")))) == 2


def test_tag_pages_of_a_sitemap_are_not_even_fetched(web: WebServer) -> None:
    links = [f"{web.url}/tag/harbour/", web.article("/a")]
    events = walk(web.page("/s.xml", sitemap(*((link, "") for link in links))))
    assert web.paths() == ["/s.xml", "/a"]
    assert "is that of a list (/tag/)" in failures(events)[0].reason
