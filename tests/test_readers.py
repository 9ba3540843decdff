"""Each format becomes an article, or a reason why not; text formats and pages."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bot.errors import ReadError
from bot.records import Article
from ingest.readers import SUFFIXES, read
from ingest.sources import RawDocument
from tests import documents
from tests.documents import STORY, article_html


def taken(data: bytes | str, suffix: str, url: str = "", **hints: str) -> Article:
    raw = data.encode() if isinstance(data, str) else data
    return read(RawDocument(f"/news/story{suffix}", raw, suffix, url, hints))


def reason(data: bytes | str, suffix: str) -> str:
    with pytest.raises(ReadError) as error:
        taken(data, suffix)
    return str(error.value)


def test_plain_text_is_titled_by_its_headline_and_keeps_every_word() -> None:
    article = taken("Old ferry stays for three more years\n\n" + "\n\n".join(STORY), ".txt")
    assert article.title == "Old ferry stays for three more years"
    assert article.title_from == "first line"
    assert article.text.split("\n")[1:] == list(STORY)
    assert (article.published, article.published_from) == (None, "undated")


def test_a_text_without_headline_is_titled_by_its_first_sentence() -> None:
    article = taken("Last Updated:\n" + "\n".join(STORY), ".txt")
    assert article.title == (
        "The harbour council voted on Tuesday to keep the old ferry running for three more years."
    )
    assert article.title_from == "first sentence"


def test_an_authors_name_and_an_agency_over_the_story_are_no_title() -> None:
    article = taken("Ines Moreau\nHarbour News Agency\n" + STORY[0], ".txt")
    assert article.title.startswith("The harbour council voted")


def test_header_lines_of_a_text_are_read_as_what_they_say() -> None:
    head = (
        "Title: Old ferry stays\nAuthor: By Ines Moreau\nSource: Harbour Post\nDate: 2024-03-05\n"
    )
    article = taken(f"{head}\n{STORY[0]}", ".txt")
    assert (article.title, article.author, article.source) == (
        "Old ferry stays",
        "Ines Moreau",
        "Harbour Post",
    )
    assert article.published == date(2024, 3, 5)
    assert article.text == STORY[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_in_the_encoding_that_it_is_in(encoding: str) -> None:
    text = "Café owners in Málaga are said to “love” the new ferry, which costs 4 € a ride."
    assert taken(text.encode(encoding), ".txt").text == text


def test_cyrillic_of_the_last_century_is_read() -> None:
    text = "Городской совет решил сохранить старый паром ещё на три года, сообщила газета."
    assert taken(text.encode("cp1251"), ".txt").text == text


def test_one_broken_byte_does_not_spoil_the_other_letters() -> None:
    text = "\n".join(STORY) * 3 + "\nCafé Málaga"
    article = taken(text.encode()[:200] + b"\xff" + text.encode()[200:], ".txt")
    assert "Café Málaga" in article.text


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".eml", ".json", ".csv", ".jsonl"])
def test_what_is_empty_or_no_text_is_refused_with_the_reason(suffix: str) -> None:
    assert "empty" in reason(b" \n", suffix)
    assert "not text" in reason(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0" * 9, suffix)


def test_an_unknown_format_is_refused_by_naming_those_that_can_be_read() -> None:
    assert ".docx .eml .epub" in reason(b"x", ".odt")
    assert {".txt", ".md", ".html", ".mhtml", ".pdf", ".docx", ".epub", ".eml"} <= SUFFIXES


def test_a_text_too_long_for_one_article_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.making.MAX_CHARACTERS", 200)
    assert "more than one article can have (200)" in reason("\n".join(STORY), ".txt")


def test_markdown_front_matter_gives_title_author_source_date_and_address() -> None:
    head = (
        "title: 'Ferry: it stays'\nauthor: Ines Moreau\nsource: Harbour Post\npublished: 2024-03-05"
    )
    article = taken(
        f"---\n{head}\nupdated: 2024-03-06\nurl: https://harbour-post.example/x\n---\n\n{STORY[0]}",
        ".md",
    )
    assert (article.title, article.title_from) == ("Ferry: it stays", "front matter")
    assert (article.author, article.source) == ("Ines Moreau", "Harbour Post")
    assert (article.published, article.published_from) == (date(2024, 3, 5), "front matter")
    assert article.updated == date(2024, 3, 6)
    assert article.url == "https://harbour-post.example/x"
    assert article.text == STORY[0]


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    article = taken(f"---\ntitle: Ferry: it stays\ndate: 5 March 2024\n---\n{STORY[0]}", ".md")
    assert (article.title, article.published) == ("Ferry: it stays", date(2024, 3, 5))


def test_aliases_in_front_matter_do_not_multiply() -> None:
    names = "abcdefghijklm"
    lists = [f"{b}: &{b} [{','.join(['*' + a] * 7)}]" for a, b in pairwise(names)]
    head = "\n".join(["a: &a [x, y]", *lists, "title: *m"])
    assert taken(f"---\n{head}\n---\n{STORY[0]}", ".md").title_from == "first sentence"


def test_markdown_marks_go_and_lists_tables_and_headings_keep_their_lines() -> None:
    body = (
        "# Old ferry stays\n\nThe *old* [ferry](https://x.example) **stays**.\n\n## Prices\n\n"
        "- adults\n- children\n\n| Ticket | Price |\n|---|---|\n| Adult | 4.50 |\n"
    )
    article = taken(body, ".md")
    assert (article.title, article.title_from) == ("Old ferry stays", "heading")
    assert article.text.split("\n") == [
        "The old ferry stays.",
        "Prices",
        "• adults",
        "• children",
        "Ticket | Price",
        "Adult | 4.50",
    ]


def test_a_page_gives_title_author_source_date_and_address_from_its_markup() -> None:
    head = (
        '<meta property="og:title" content="Old ferry stays - Harbour Post">'
        '<meta property="og:site_name" content="Harbour Post">'
        '<link rel="canonical" href="https://harbour-post.example/ferry">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Ines '
        'Moreau"}, {"name": "Jo Li"}], "datePublished": "2024-03-04T23:30:00-05:00", '
        '"dateModified": "2024-03-06T08:00:00Z"}</script>'
    )
    article = taken(article_html(head), ".html")
    assert (article.title, article.author) == ("Old ferry stays", "Ines Moreau, Jo Li")
    assert (article.source, article.url) == ("Harbour Post", "https://harbour-post.example/ferry")
    assert (article.published, article.published_from) == (date(2024, 3, 4), "JSON-LD")
    assert article.updated == date(2024, 3, 6)
    assert article.text.split("\n") == list(STORY)


def test_a_page_without_headline_element_loses_the_sites_name_from_its_title() -> None:
    head = '<meta property="og:site_name" content="The Harbour Post">'
    body = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    page = documents.html(body, head + "<title>Ferry stays until 2027 | Harbour Post</title>")
    assert taken(page, ".html").title == "Ferry stays until 2027"


def test_a_declared_charset_is_used_where_the_bytes_are_no_utf8() -> None:
    page = article_html(before="<p>Über die Fähre freut sich Málaga sehr, heißt es im Rathaus.</p>")
    latin = page.decode().replace("utf-8", "iso-8859-1").encode("iso-8859-1")
    assert "Über die Fähre freut sich Málaga" in taken(latin, ".htm").text


def test_menus_scripts_and_comments_of_a_page_are_no_text() -> None:
    menu = "<nav><a href='/a'>World</a> <a href='/b'>Sport</a></nav><script>var x = 1</script>"
    comment = '<section id="comments"><p>Great story, I love ferries!</p></section>'
    text = taken(article_html(before=menu, after=comment), ".html").text
    assert "Sport" not in text
    assert "var x" not in text
    assert "Great story" not in text


def test_a_page_of_many_thousand_elements_is_read_from_its_article_element() -> None:
    page = article_html(before="<p>One more <b>word</b> of it.</p>" * 12_000)
    assert taken(page, ".html").text.endswith(STORY[2])


def test_a_page_of_links_holds_no_article() -> None:
    links = "".join(f"<li><a href='/{n}'>Story number {n} of today</a></li>" for n in range(60))
    assert "no article" in reason(documents.html(f"<ul>{links}</ul>"), ".html")


def test_a_page_with_next_to_no_text_holds_no_article() -> None:
    assert reason(documents.html("<p>Page not found.</p>"), ".html") == (
        "there is no article in this page"
    )


def test_a_saved_home_page_is_refused_though_it_has_texts() -> None:
    head = '<link rel="canonical" href="https://harbour-post.example/">'
    page = documents.html("".join(f"<p>{p}</p>" for p in STORY), head)
    assert "home page" in reason(page, ".html")


def test_a_feeds_words_fill_what_the_page_leaves_open() -> None:
    article = taken(
        documents.html("".join(f"<p>{p}</p>" for p in STORY)),
        ".html",
        "https://harbour-post.example/f",
        feed_title="Ferry stays",
        feed_published="2024-03-05T01:00:00+01:00",
        feed_author="Ines Moreau",
    )
    assert (article.title, article.title_from) == ("Ferry stays", "feed entry")
    assert (article.published, article.published_from) == (date(2024, 3, 5), "feed entry")
    assert (article.author, article.source) == ("Ines Moreau", "harbour-post.example")


def test_the_two_real_articles_have_their_title_and_date_and_no_guess() -> None:
    folder = Path(__file__).resolve().parents[2] / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("needs the two real articles in ../shared/articles")
    first, second = (
        read(RawDocument(str(path), path.read_bytes(), ".txt"))
        for path in sorted(folder.glob("*.txt"))
    )
    assert (first.published, first.published_from) == (None, "undated")
    assert first.title_from == "first sentence"
    assert not first.title.startswith("Last Updated")
    assert second.title.startswith("Xiaomi and Leica Partnership Is Here to Stay")
    assert (second.published, second.published_from) == (date(2024, 2, 28), "date line")
