"""PDF, Word, EPUB, e-mail and saved pages become articles, or a reason why not."""

from __future__ import annotations

from datetime import date

import pytest

from bot.errors import ReadError
from bot.records import Article
from ingest.readers import read
from ingest.sources import RawDocument
from tests import documents
from tests.documents import STORY, article_html, packed, wrapped


def taken(data: bytes, suffix: str, url: str = "") -> Article:
    return read(RawDocument(f"/news/story{suffix}", data, suffix, url))


def reason(data: bytes, suffix: str) -> str:
    with pytest.raises(ReadError) as error:
        taken(data, suffix)
    return str(error.value)


def test_lines_of_a_pdf_become_paragraphs_again() -> None:
    article = taken(documents.pdf(wrapped(*STORY), title="Old ferry stays"), ".pdf")
    assert article.text.split("\n") == list(STORY)
    assert (article.title, article.title_from) == ("Old ferry stays", "metadata")


def test_when_a_pdf_was_made_is_not_when_it_was_published() -> None:
    article = taken(documents.pdf(wrapped(*STORY), made="D:20200101000000Z"), ".pdf")
    assert (article.published, article.published_from) == (None, "undated")
    dated = taken(documents.pdf("Published: 5 March 2024\n\n" + wrapped(*STORY)), ".pdf")
    assert (dated.published, dated.published_from) == (date(2024, 3, 5), "date line")


def test_running_heads_and_page_numbers_of_a_pdf_are_left_out() -> None:
    pages = [
        f"Harbour Quarterly\n{wrapped(paragraph)}\n\nPage {n}" for n, paragraph in enumerate(STORY)
    ]
    text = taken(documents.pdf(*pages), ".pdf").text
    assert "Quarterly" not in text
    assert "Page" not in text
    assert "410 passengers" in text


def test_a_typesetters_hyphen_is_taken_out_and_a_words_own_is_kept() -> None:
    lines = (
        "The well-known ferry of the harbour has been kept for thir-",
        "ty years by the town, and as the council says, the well-",
        "known ferry will stay for three more years, whatever it may",
        "cost the town, the region and those who ride on it to work",
        "and home again on each day of the week, in fog or in snow.",
    )
    assert taken(documents.pdf("\n".join(lines)), ".pdf").text == (
        "The well-known ferry of the harbour has been kept for thirty years by the town, and as "
        "the council says, the well-known ferry will stay for three more years, whatever it may "
        "cost the town, the region and those who ride on it to work and home again on each day "
        "of the week, in fog or in snow."
    )


def test_titles_that_software_writes_into_a_pdf_are_not_used() -> None:
    article = taken(documents.pdf(wrapped(*STORY), title="Microsoft Word - ferry_v3.doc"), ".pdf")
    assert article.title.startswith("The harbour council voted")


def test_a_pdf_that_is_encrypted_truncated_damaged_or_a_scan_is_refused() -> None:
    whole = documents.pdf(wrapped(*STORY))
    assert "encrypted" in reason(documents.pdf(wrapped(*STORY), password="secret"), ".pdf")
    assert "truncated" in reason(whole[: len(whole) // 2], ".pdf")
    assert "damaged" in reason(b"%PDF-1.4\nnothing of use\n%%EOF", ".pdf")
    assert "OCR" in reason(documents.pdf(""), ".pdf")
    assert "no PDF" in reason(b"plain words", ".pdf")
    assert "empty" in reason(b"", ".pdf")


def test_a_word_files_headings_lists_and_tables_keep_their_lines() -> None:
    article = taken(documents.word(author="Ines Moreau"), ".docx")
    assert (article.title, article.title_from) == ("Old ferry stays", "style")
    assert article.author == "Ines Moreau"
    assert article.text.split("\n") == [
        *STORY,
        "• Summer timetable from May",
        "Ticket | Price",
        "Adult | 4.50",
    ]


def test_when_a_word_file_was_made_is_not_when_it_was_published() -> None:
    assert taken(documents.word(), ".docx").published is None


def test_chapters_of_a_book_come_in_reading_order_without_its_contents_page() -> None:
    article = taken(documents.book(), ".epub")
    assert article.text.split("\n") == list(STORY)
    assert (article.title, article.author, article.source) == (
        "Ferries",
        "Ines Moreau",
        "Quay Press",
    )
    assert (article.published, article.published_from) == (date(2021, 5, 4), "EPUB metadata")


@pytest.mark.parametrize("suffix", [".docx", ".epub"])
def test_zip_bombs_and_what_is_no_whole_archive_are_refused(suffix: str) -> None:
    bomb = packed({"word/document.xml": b"\0" * 60_000_000})
    assert "zip bomb" in reason(bomb, suffix)
    assert "no whole" in reason(documents.book()[:500], suffix)
    assert "no whole" in reason(b"plain words", suffix)
    assert "empty" in reason(b"", suffix)


def test_a_lying_archive_is_refused_when_it_is_read() -> None:
    data = bytearray(documents.book())
    data[data.index(b"OPS/c0.xhtml") + 14] ^= 0xFF
    assert "damaged" in reason(bytes(data), ".epub")


def test_billion_laughs_are_refused_in_word_files_and_books() -> None:
    laughing = {"META-INF/container.xml": documents.BILLION_LAUGHS}
    assert "XML entities" in reason(packed(laughing), ".epub")
    assert "XML entities" in reason(
        packed({"word/document.xml": documents.BILLION_LAUGHS}), ".docx"
    )


def test_an_archive_of_something_else_is_no_book_and_no_word_file() -> None:
    other = packed({"notes.txt": "nothing here"})
    assert "META-INF/container.xml is missing" in reason(other, ".epub")
    assert "no whole Word file" in reason(other, ".docx")


def test_an_e_mail_is_titled_by_its_subject_and_dated_by_the_senders_day() -> None:
    article = taken(documents.mail(wrapped(*STORY)), ".eml")
    assert (article.title, article.title_from) == ("Old ferry stays", "subject")
    assert (article.author, article.source) == ("Ines Moreau", "harbour-letter.example")
    assert (article.published, article.published_from) == (date(2024, 3, 4), "e-mail header")
    assert article.text.split("\n") == list(STORY)


def test_the_html_part_is_read_where_the_plain_one_only_points_at_it() -> None:
    rows = (
        "<table><tr><th>Ticket</th><th>Price</th></tr><tr><td>Adult</td><td>4.50</td></tr></table>"
    )
    rich = f"<div><p>{STORY[0]}</p><p>{STORY[1]}</p>{rows}</div>"
    article = taken(documents.mail("View in your browser", rich), ".eml")
    assert article.text.split("\n") == [*STORY[:2], "Ticket | Price", "Adult | 4.50"]


def test_a_mail_without_text_or_header_lines_is_refused() -> None:
    assert "no text part" in reason(documents.mail("   "), ".eml")
    assert "no header lines" in reason(b"\nJust a body", ".eml")


def test_a_saved_page_knows_its_address_but_not_its_date_from_the_saving() -> None:
    article = taken(documents.mhtml(article_html()), ".mhtml")
    assert article.url == "https://harbour-post.example/old-ferry-stays"
    assert (article.title, article.source) == ("Old ferry stays", "harbour-post.example")
    assert (article.published, article.published_from) == (None, "undated")
    assert article.text.split("\n") == list(STORY)


def test_an_mhtml_file_without_a_page_is_refused() -> None:
    assert "no page" in reason(documents.mail("plain words"), ".mhtml")
