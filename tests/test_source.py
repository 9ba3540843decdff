"""The panel beside the chat: the whole article, its quotes marked where they stand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.records import Article, Citation
from tests.fakes import cite
from tests.test_rendering import HOSTILE, Words, words
from ui.markup import shown
from ui.source import REMOVED, empty_panel, since_quoted, source_panel

BRIDGE = Article(
    "The bridge\nIt opened on Monday. It cost 14 million euros.\nShips pass under it.\nAbout us.",
    "The bridge",
    published=date(2024, 5, 6),
    published_from="date line",
    updated=date(2024, 5, 8),
    source="Courier",
    author="K. Brandt",
    url="https://example.com/bridge",
    furniture=((79, 88),),
    id="a",
    version="a1",
)
OPENED = cite(BRIDGE, "It opened on Monday.", 1, copies=3)
COST = cite(BRIDGE, "It cost 14 million euros.", 2)


def marked(panel: str) -> list[tuple[str, str]]:
    """Each marked piece: the tag's attributes and its words."""
    return re.findall(r"<mark([^>]*)>(.*?)</mark>", panel)


def test_the_chosen_quote_is_marked_stronger_than_the_others_of_its_article() -> None:
    panel = source_panel(BRIDGE, COST, [("0.c1", OPENED), ("0.c2", COST)])
    assert marked(panel) == [
        ("", "It opened on Monday."),
        (' class="chosen" id="chosen-quote"', "It cost 14 million euros."),
    ]


def test_the_whole_article_is_shown_and_its_title_once() -> None:
    text = words(source_panel(BRIDGE, COST))
    assert "It opened on Monday. It cost 14 million euros. Ships pass under it. About us." in text
    assert text.count("The bridge") == 1


def test_a_first_line_that_is_quoted_is_shown_though_it_repeats_the_title() -> None:
    title = cite(BRIDGE, "The bridge", 1)
    assert (' class="chosen" id="chosen-quote"', "The bridge") in marked(
        source_panel(BRIDGE, title)
    )


def test_source_author_and_day_are_given_with_how_the_day_is_known() -> None:
    text = words(source_panel(BRIDGE, COST))
    assert "Courier · K. Brandt · 6 May 2024 (date from date line)" in text
    assert "Updated 8 May 2024" in text


def test_an_undated_article_is_called_so_and_nothing_more() -> None:
    undated = replace(BRIDGE, published=None, published_from="undated", updated=None)
    text = words(source_panel(undated, cite(undated, "It opened on Monday.")))
    assert "K. Brandt · undated" in text
    assert "(date from" not in text


def test_copies_and_later_changes_are_told() -> None:
    text = words(source_panel(BRIDGE, OPENED, since=REMOVED))
    assert "The same story stands in 3 other articles." in text
    assert "Removed since" in text
    assert "Removed since" not in words(source_panel(BRIDGE, OPENED))


def test_what_became_of_a_quoted_article_is_told_in_a_sentence() -> None:
    same, edited = BRIDGE, replace(BRIDGE, version="b2")
    assert since_quoted(OPENED, same, True) == ""
    assert since_quoted(OPENED, same, False) == (
        "Removed since: this is the text that was quoted, and the library holds it no longer."
    )
    assert since_quoted(OPENED, edited, True).endswith("It still holds these words.")
    emptied = replace(edited, text="Nothing.")
    assert since_quoted(OPENED, emptied, True).endswith("It no longer holds these words.")


def test_the_article_can_be_read_where_it_was_published() -> None:
    panel = source_panel(BRIDGE, COST)
    assert 'href="https://example.com/bridge"' in panel
    assert 'rel="noopener noreferrer"' in panel
    assert "Read it at example.com" in panel


def test_an_address_that_would_run_a_script_is_no_link() -> None:
    sly = replace(BRIDGE, url="javascript:alert(1)")
    panel = source_panel(sly, cite(sly, "It opened on Monday."))
    assert "<a " not in panel
    assert "javascript" not in panel


def test_the_other_quotes_of_the_article_can_be_reached_from_here() -> None:
    panel = source_panel(BRIDGE, COST, [("0.c1", OPENED), ("0.c2", COST)])
    assert 'value="0.c1"' in panel
    assert 'value="0.c2"' not in panel


def test_what_is_no_news_is_dimmed() -> None:
    assert '<p class="furniture"><bdi>About us.</bdi></p>' in source_panel(BRIDGE, COST)


def test_quotes_that_overlap_are_both_marked() -> None:
    long = cite(BRIDGE, "It opened on Monday. It cost", 1)
    pieces = marked(source_panel(BRIDGE, COST, [("0.c1", long), ("0.c2", COST)]))
    assert [text for _, text in pieces] == [
        "It opened on Monday. ",
        "It cost",
        " 14 million euros.",
    ]


def test_an_article_cannot_bring_markup_of_its_own() -> None:
    plain = Article("plain", "plain", source="plain", author="plain", id="a", version="a1")
    expected = Words(source_panel(plain, cite(plain, "plain"))).tags
    for text in HOSTILE:
        line = text.replace("\n", " ")
        hostile = Article(line, line + " ", source=text, author=text, id="a", version="a1")
        panel = Words(source_panel(hostile, cite(hostile, line)))
        assert panel.tags == expected
        assert not [name for name, _ in panel.attributes if name.startswith("on")]
        assert panel.text.count(shown(line).strip()) >= 4


@given(st.text(min_size=1), st.data())
def test_every_word_of_any_article_is_shown_wherever_its_quotes_stand(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = Article(text, "", id="a", version="a1")
    chosen = Citation(1, "a", "", "", "", "", None, "undated", text[start:end], start, end)
    panel = Words(source_panel(article, chosen))
    letters = [c for c in shown(text) if c.isalnum()]
    assert letters == [c for c in panel.text if c.isalnum()][-len(letters) :] or not letters


def test_an_empty_panel_says_how_to_fill_it() -> None:
    assert words(empty_panel()) == "Choose a number in an answer to read its source here."
