"""What a person reads of an answer; all of it is text, whatever the articles hold."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records import Answer, Article, Citation, Statement
from tests.fakes import cite, quoted
from ui.markup import shown, web_address
from ui.rendering import answer_message, citation_of, error_message, question_message

LEICA = Article(
    "Xiaomi works with Leica since 2022.\nA tipster says that it could end.",
    "Xiaomi and Leica",
    published=date(2024, 2, 28),
    published_from="JSON-LD",
    source="Courier",
    id="a",
    version="a1",
)
ZEISS = Article("Vivo works with Zeiss.", "Vivo and Zeiss", source="Post", id="b", version="b1")
SINCE = cite(LEICA, "Xiaomi works with Leica since 2022.", 1)
ENDING = cite(LEICA, "A tipster says that it could end.", 2)
VIVO = cite(ZEISS, "Vivo works with Zeiss.", 3)


class Words(HTMLParser):
    """The text of some HTML, and the tags and attributes that carry it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def words(html: str) -> str:
    """What a reader sees, with a blank where a block ends."""
    return " ".join(Words(re.sub("(</(?:p|h2|li|summary)>)", r" \1", html)).text.split())


def test_a_quote_stands_with_its_number_its_source_and_its_day() -> None:
    message = answer_message(quoted("q", SINCE), 0)
    assert words(message).startswith(
        "Xiaomi works with Leica since 2022. Open source 1 Courier, 28 February 2024"
    )
    assert 'class="cite" value="0.c1"' in message
    assert 'title="Xiaomi and Leica (Courier, 28 February 2024)"' in message


def test_an_article_without_a_day_is_called_undated() -> None:
    assert "Post, undated" in words(answer_message(quoted("q", VIVO), 0))


def test_a_rumour_wears_a_badge_with_the_words_that_make_it_one() -> None:
    rumour = Statement(ENDING.quote, (2,), standing="rumoured", cues=("tipster", "could"))
    message = answer_message(Answer("q", True, "", (rumour,), (ENDING,)), 0)
    assert '<span class="badge">Rumour</span>' in message
    assert "Rumour “tipster”, “could” · Courier" in words(message)


@pytest.mark.parametrize(
    ("standing", "word"), [("reported", "Reported"), ("confirmed", "Confirmed")]
)
def test_a_report_and_a_confirmation_are_named_without_a_badge(standing: str, word: str) -> None:
    statement = Statement(SINCE.quote, (1,), standing=standing)  # type: ignore[arg-type]
    message = answer_message(Answer("q", True, "", (statement,), (SINCE,)), 0)
    assert f"{word} · Courier" in words(message)
    assert "badge" not in message


def test_an_unsupported_sentence_says_so() -> None:
    made_up = Statement("Leica makes tractors.", (), support="unsupported")
    message = answer_message(Answer("q", True, "", (made_up,), ()), 0)
    assert 'class="statement unsupported"' in message
    assert "Leica makes tractors. Not supported by the articles" in words(message)


def test_a_note_opens_the_source_that_it_names_and_leaves_others_as_text() -> None:
    statement = Statement(SINCE.quote, (1,), note="disagrees with [2], unlike [9]")
    message = answer_message(Answer("q", True, "", (statement,), (SINCE, ENDING)), 4)
    assert 'value="4.c2"' in message
    assert "disagrees with Open source 2, unlike [9]" in words(message)


def test_the_item_of_a_list_stands_before_its_quote() -> None:
    statement = Statement(SINCE.quote, (1,), item="Xiaomi 12S Ultra")
    message = answer_message(Answer("q", True, "", (statement,), (SINCE,)), 0)
    assert words(message).startswith("Xiaomi 12S Ultra — Xiaomi works with Leica since 2022.")


def test_items_that_one_quote_carries_stand_before_it_together_and_are_quoted_once() -> None:
    items = [Statement(SINCE.quote, (1,), item=item) for item in ("12S", "12S Pro", "12S Ultra")]
    other = Statement(VIVO.quote, (3,), item="X60")
    answer = Answer("q", True, "", (*items, other), (SINCE, VIVO), scope="4 phones")
    message = answer_message(answer, 0)
    assert words(message).startswith("4 phones 12S, 12S Pro, 12S Ultra — Xiaomi works with Leica")
    assert message.count("<bdi>Xiaomi works with Leica since 2022.</bdi>") == 1
    assert "X60 — Vivo works with Zeiss." in words(message)


def test_a_marker_that_a_model_wrote_into_its_sentence_is_not_shown_twice() -> None:
    statement = Statement("They work together [1]. See [7].", (1,), support="supported")
    message = answer_message(Answer("q", True, "", (statement,), (SINCE,)), 0)
    assert "They work together. See [7]. Open source 1" in words(message)


def test_how_far_was_looked_and_the_day_of_the_answer_stand_at_its_foot() -> None:
    answer = quoted("q", SINCE, scope="1 phone, in 1 of 2 articles")
    assert words(answer_message(answer, 0)).endswith(
        "As of 1 March 2024 · 1 phone, in 1 of 2 articles"
    )


def test_each_article_cited_is_listed_once_with_all_its_numbers() -> None:
    message = answer_message(quoted("q", SINCE, ENDING, VIVO), 0)
    listed = words(message[message.index("<details") :])
    assert listed.startswith(
        "2 sources Open source 1 Open source 2 Xiaomi and Leica, Courier, 28 February 2024 "
        "Open source 3 Vivo and Zeiss, Post, undated"
    )


def test_what_the_articles_do_not_say_is_said_with_what_was_nearest() -> None:
    answer = Answer("q", False, "", nearest=(VIVO,), missing="No article names a battery.")
    message = answer_message(answer, 2)
    assert "The articles don’t say" in message
    assert "No article names a battery." in message
    assert 'value="2.n0"' in message
    assert "Vivo works with Zeiss." in words(message)


def test_sentences_left_out_are_counted_and_folded_away() -> None:
    dropped = (Statement("It costs 9.", (), "unsupported", note="9 is not in [1]"),)
    message = answer_message(Answer("q", True, "", (), (SINCE,), dropped=dropped), 0)
    assert "1 sentence of the model was left out: not supported" in words(message)
    assert "It costs 9. 9 is not in [1]" in words(message)
    assert message.index("<details") < message.index("It costs 9.")


def test_a_notice_stands_before_the_answer() -> None:
    message = answer_message(quoted("q", SINCE).with_notice("The model was too slow."), 0)
    assert words(message).startswith("The model was too slow.")


def test_an_answer_that_still_grows_says_so_and_has_no_foot() -> None:
    message = answer_message(quoted("q", SINCE), 0, growing=True)
    assert words(message).endswith("Reading the articles…")
    assert "As of" not in message


def test_an_answer_that_has_not_begun_is_not_yet_called_unanswered() -> None:
    assert "don’t say" not in answer_message(Answer("q", False, ""), 0, growing=True)


def test_a_key_finds_its_citation_and_nothing_else_does() -> None:
    answer = Answer("q", True, "", (), (SINCE, VIVO), nearest=(ENDING,))
    assert citation_of(answer, "c3") == VIVO
    assert citation_of(answer, "n0") == ENDING
    for wrong in ("c2", "n1", "x1", "c", "", "c-1", "c²", "n٠"):
        assert citation_of(answer, wrong) is None


HOSTILE = (
    "<script>window.pwned=1</script>",
    '<img src=x onerror="window.pwned=1">',
    '"><button value="0.c1" onclick="x()">',
    "[a](javascript:alert(1)) ![b](https://example.com/b.png) **bold** `code`",
    "$a^2$ and $$b_1$$",
    "line\n\n# heading\n\n- item\n\n```mermaid\ngraph\n```",
    "&lt;b&gt; &amp; {{value}} ${value}",
)


def hostile_answer(text: str) -> Answer:
    """An answer that holds `text` in every field that an article or a model fills."""
    citation = Citation(1, "a", text, text, text, text, None, text, text, 0, len(text))
    statement = Statement(text, (1,), "supported", "rumoured", (text,), text, text)
    said = Answer("q", True, text, (statement,), (citation,), (citation,), scope=text)
    return Answer(
        **{
            **{f: getattr(said, f) for f in said.__slots__},
            "missing": text,
            "notice": text,
            "dropped": (statement,),
        }
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_of_an_answer_can_bring_markup_of_its_own(text: str) -> None:
    plain = Words(answer_message(hostile_answer("plain"), 0))
    attacked = Words(answer_message(hostile_answer(text), 0))
    assert attacked.tags == plain.tags
    assert [name for name, _ in attacked.attributes] == [name for name, _ in plain.attributes]
    assert shown(text).strip() in attacked.text


@given(st.text())
def test_any_text_is_shown_as_itself(text: str) -> None:
    for message in (question_message(text), error_message(text)):
        parsed = Words(message)
        assert parsed.tags == ["p"]
        assert parsed.text.strip() == shown(text).strip()


@given(st.text())
def test_no_block_of_a_message_holds_a_line_break(text: str) -> None:
    """A line break would end the HTML for the chat's Markdown, and begin something else."""
    for block in answer_message(hostile_answer(text), 0).split("\n\n"):
        assert len(block.splitlines()) == 1
        assert block.startswith("<")


def test_characters_that_hide_or_reorder_are_not_shown() -> None:
    assert shown("pay\u202egnp\u202c and\u200bzero\ufeff\x07 \U000e0041") == "paygnp andzero "


def test_joiners_stay_where_a_script_needs_them_and_go_where_they_hide() -> None:
    assert shown("می\u200cخواهم") == "می\u200cخواهم"
    assert shown("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"
    assert shown("pass\u200dword") == "password"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.com",
        "https://",
        "http://[broken",
        "java\nscript:x",
        "https://a b",
        "",
    ],
)
def test_an_address_that_is_not_of_the_web_is_refused(url: str) -> None:
    assert web_address(url) == ""


def test_an_address_of_the_web_is_kept() -> None:
    assert web_address(" https://example.com/a?b=c#d ") == "https://example.com/a?b=c#d"


def test_the_days_of_a_list_are_written_as_everywhere_on_the_page() -> None:
    item = Statement("It opened.", (1,), item="Bridge")
    scope = "1 bridge, in 1 of 2 articles, the newest from 2024-02-28."
    message = answer_message(Answer("q", True, "", (item,), (SINCE,), scope=scope), 0)
    assert "the newest from 28 February 2024." in words(message)
