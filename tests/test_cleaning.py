"""Cleaning makes every line a block and loses no word; headings are told from sentences."""

from __future__ import annotations

import re
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import clean, is_heading, is_item, unwrap
from tests.documents import STORY


def test_blanks_breaks_and_invisible_characters_become_one_kind() -> None:
    assert clean("One\u00a0 two\tthree\r\n\r\n\u200bfour\u2028fi\u00adve\x00\ufeff") == (
        "One two three\nfour\nfive"
    )


def test_letters_are_composed_but_never_replaced_by_others() -> None:
    assert clean("Cafe\u0301 12 m² ﬁre ½ ①") == "Café 12 m² ﬁre ½ ①"


def test_marks_that_turn_the_direction_of_text_are_taken_out() -> None:
    assert clean("pay \u202e05\u202c euros") == "pay 05 euros"


def test_joined_emoji_and_persian_letters_keep_their_joiners() -> None:
    assert clean("👩\u200d🚒 می\u200cخواهم") == "👩\u200d🚒 می\u200cخواهم"


def test_hard_wrapped_text_becomes_paragraphs_again() -> None:
    wrapped = "\n\n".join(fill(paragraph, 72) for paragraph in STORY)
    assert clean(wrapped).split("\n") == list(STORY)


def test_wrapped_paragraphs_without_blank_lines_between_are_told_by_their_short_last_line() -> None:
    wrapped = "\n".join(fill(paragraph, 64) for paragraph in STORY)
    assert clean(wrapped).split("\n") == list(STORY)


def test_items_of_a_wrapped_text_stay_items() -> None:
    wrapped = "\n\n".join(fill(paragraph, 72) for paragraph in STORY)
    text = clean(f"{wrapped}\n\n- adults pay the most of all\n- children pay two euros a ride")
    assert text.split("\n")[-2:] == [
        "- adults pay the most of all",
        "- children pay two euros a ride",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(STORY),
        "Shorter lines\nof a poem stand\neach by itself\nand stay\nas they were\nwritten down",
        "He left.\nShe stayed at home.\nThey met again later.\nNobody knew of it.\nIt rained.",
        "Alabama | 12\nAlaska | 3\nArizona | 44\nArkansas | 2\nCalifornia | 100\nColorado | 9",
    ],
)
def test_text_that_is_not_clearly_wrapped_keeps_its_lines(text: str) -> None:
    assert clean(text) == text


def test_a_wrapped_compound_keeps_its_hyphen_unless_a_typesetter_put_it_there() -> None:
    lines = (
        "The ferry is, as the captain of the harbour said, a long-",
        "lived and well-built ship that has seen many a storm and",
        "that will see a few more of them before it is taken out of",
        "the service that it has done for the people of the town in",
        "all those years.",
    )
    assert "a long-lived and" in unwrap("\n".join(lines))
    assert "a longlived and" in unwrap("\n".join(lines), soft_hyphens=True)


def test_table_rows_are_cells_between_bars_and_rules_go() -> None:
    assert clean("| Ticket | Price |\n|:---|---:|\n| Adult | 4.50 |\n* * *\n____") == (
        "Ticket | Price\nAdult | 4.50"
    )


@given(st.text(max_size=400))
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.lists(st.text("abcdé .,-\n", max_size=90), max_size=12))
def test_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    letters = re.findall(r"[^\W_]", text)
    assert re.findall(r"[^\W_]", clean(text)) == letters


def test_a_lone_surrogate_becomes_a_mark_that_can_be_stored() -> None:
    assert clean("a\ud800b").encode("utf-8") == "a\ufffdb".encode()


@pytest.mark.parametrize(
    "line",
    [
        "Dedicated teams",
        "Hardware Selection And What Comes After It",
        "Is this an exclusive partnership?",
        "Highlights",
        "What the council decided:",
        "harbour interview post250 captain and mayor",
    ],
)
def test_lines_that_name_and_state_nothing_are_headings(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        STORY[0],
        "The ferry has carried passengers for thirty years",
        "“It stays”",
        "• Summer timetable from May",
        "Adult | 4.50",
        "The mayor left.",
        "",
    ],
)
def test_sentences_items_and_rows_are_no_headings(line: str) -> None:
    assert not is_heading(line)


def test_items_are_told_by_their_mark() -> None:
    assert all(map(is_item, ("- adults", "• children", "3. seniors", "(4) dogs", "b) cats")))
    assert not any(map(is_item, ("-5 degrees", "1.5 million euros", "adults")))
