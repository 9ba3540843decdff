"""Between the page and the bot: turns, messages, streaming, and errors as sentences."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

import pytest

from bot.errors import BotError, LibraryMismatch, ModelError
from bot.records import Answer, Article, Filters, Turn
from tests.fakes import FakeBot, cite, quoted
from tests.test_rendering import words
from ui.chat import UNEXPECTED, Chat, filters_from, find, messages, turns_from

BRIDGE = Article(
    "It opened on Monday. It cost 14 million euros.",
    "The bridge",
    published=date(2024, 5, 6),
    published_from="date line",
    source="Courier",
    id="a",
    version="a1",
)
OPENED = cite(BRIDGE, "It opened on Monday.", 1)
COST = cite(BRIDGE, "It cost 14 million euros.", 2)
ANSWER = quoted("what of the bridge?", OPENED, COST)


def chat(**script: Answer | Exception) -> Chat:
    return Chat(FakeBot([BRIDGE], {"what of the bridge?": ANSWER, **script}))


def said(content: object) -> str:
    return words(str(content))


def test_an_answer_grows_by_a_statement_at_a_time() -> None:
    shown = [pair[0][-1]["content"] for pair in chat().reply("what of the bridge?", [], Filters())]
    assert said(shown[0]) == "Reading the articles…"
    assert "It opened on Monday." in shown[1]
    assert "14 million" not in shown[1]
    assert "14 million" in shown[2]
    assert "Reading the articles…" not in shown[-1]
    assert "As of 1 March 2024" in shown[-1]


def test_the_turn_is_held_with_its_answer_as_soon_as_something_was_said() -> None:
    turns = [pair[1] for pair in chat().reply("what of the bridge?", [], Filters())]
    assert turns[0] == []
    assert turns[1][0].question == "what of the bridge?"
    assert turns[-1][0].answer == ANSWER


def test_earlier_turns_go_to_the_bot_and_stay_in_the_talk() -> None:
    bot = FakeBot([BRIDGE], {"what of the bridge?": ANSWER})
    earlier = [Turn("who?", ANSWER.text, ANSWER)]
    *_, (shown, turns) = Chat(bot).reply("what of the bridge?", earlier, Filters())
    assert bot.calls == [("what of the bridge?", tuple(earlier), {})]
    assert [m["role"] for m in shown] == ["user", "assistant", "user", "assistant"]
    assert 'value="0.c1"' in shown[1]["content"]
    assert 'value="1.c1"' in shown[3]["content"]
    assert len(turns) == 2


def test_filters_that_are_set_go_to_the_bot() -> None:
    bot = FakeBot()
    list(Chat(bot).reply_to_form("q", [], ["2024-03-01", None, "", "Courier"]))
    assert bot.calls[0][2] == {"as_of": date(2024, 3, 1), "source": "Courier"}


def test_a_day_that_is_none_is_told_in_a_sentence_and_nothing_is_asked() -> None:
    bot = FakeBot()
    *_, (shown, _) = Chat(bot).reply_to_form("q", [], [None, "last week", None, ""])
    assert "Since: 'last week' is no day" in said(shown[-1]["content"])
    assert bot.calls == []


def test_a_blank_question_asks_nothing() -> None:
    bot = FakeBot()
    assert list(Chat(bot).reply_to_form("  \n", [], [])) == [([], [])]
    assert bot.calls == []


def test_an_error_of_ours_is_told_in_its_own_sentence() -> None:
    talk = chat(fail=ModelError("The model is not there. Set BOT_MODEL."))
    *_, (shown, turns) = talk.reply("fail", [], Filters())
    assert said(shown[-1]["content"]) == "The model is not there. Set BOT_MODEL."
    assert messages(turns) == shown


def test_an_error_that_nobody_foresaw_is_one_sentence_here_and_in_full_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        *_, (shown, _) = chat(crash=RuntimeError("secret path")).reply("crash", [], Filters())
    assert said(shown[-1]["content"]) == UNEXPECTED
    assert "secret path" in caplog.text


def test_what_was_said_before_an_error_stays() -> None:
    class Breaking(FakeBot):
        def stream(self, question, history=(), **filters):  # type: ignore[no-untyped-def]
            yield ANSWER
            raise ModelError("The model went away.")

    *_, (shown, turns) = Chat(Breaking([BRIDGE])).reply("q", [], Filters())
    assert "It opened on Monday." in shown[-1]["content"]
    assert "The model went away." in shown[-1]["content"]
    assert turns[0].answer == ANSWER


def test_a_conversation_that_only_the_browser_holds_becomes_turns_of_words() -> None:
    history = messages([Turn("is it <open>?", ANSWER.text, ANSWER), Turn("why?", "Broken.")])
    assert [m["role"] for m in history] == ["user", "assistant", "user", "assistant"]
    restored = turns_from(history)
    assert [turn.question for turn in restored] == ["is it <open>?", "why?"]
    assert restored[0].text.startswith("It opened on Monday.")
    assert restored[1].text == "Broken."


def test_the_blocks_of_a_message_are_read_as_one_text() -> None:
    blocks = [{"type": "text", "text": "<p>one</p>"}, {"type": "text", "text": "two"}]
    assert turns_from([{"role": "user", "content": blocks}]) == [Turn("one two")]


def test_a_key_opens_the_article_with_all_its_quotes() -> None:
    panel = chat().source("0.c2", [Turn("q", ANSWER.text, ANSWER)])
    assert '<mark class="chosen" id="chosen-quote">It cost 14 million euros.</mark>' in panel
    assert "<mark>It opened on Monday.</mark>" in panel


@pytest.mark.parametrize("key", ["", "0", "0.c9", "1.c1", "-1.c1", "x.c1", "0.c1.c1", "²." + "c1"])
def test_a_key_that_names_nothing_is_answered_with_a_sentence(key: str) -> None:
    panel = chat().source(key, [Turn("q", ANSWER.text, ANSWER)])
    assert "no longer held" in panel
    assert find(key, [Turn("q", ANSWER.text, ANSWER)])[1] is None


def test_a_source_that_was_edited_since_shows_what_was_quoted_and_says_so() -> None:
    edited = replace(BRIDGE, text="It opened on Tuesday.", version="a2")
    panel = Chat(FakeBot([BRIDGE, edited])).source("0.c1", [Turn("q", "", ANSWER)])
    assert "Changed since" in panel
    assert "It no longer holds these words." in panel
    assert "It opened on Monday." in panel


def test_a_source_that_was_removed_since_shows_what_was_quoted_and_says_so() -> None:
    bot = FakeBot([BRIDGE])
    bot.removed.add(BRIDGE.id)
    panel = Chat(bot).source("0.c1", [Turn("q", "", ANSWER)])
    assert "Removed since" in panel
    assert "It opened on Monday." in panel


def test_a_source_that_is_gone_is_told_in_a_sentence() -> None:
    panel = Chat(FakeBot()).source("0.c1", [Turn("q", "", ANSWER)])
    assert "no longer in the library" in panel


def test_an_empty_library_is_no_error_and_a_broken_one_is_a_sentence() -> None:
    assert Chat(FakeBot()).holdings() == (None, (), "")

    class Broken(FakeBot):
        def summary(self):  # type: ignore[no-untyped-def]
            raise LibraryMismatch("Built with another model. Run: python -m ingest --rebuild")

    assert Chat(Broken()).holdings()[2].startswith("Built with another model.")
    summary, titles, trouble = chat().holdings()
    assert summary
    assert (summary.articles, titles, trouble) == (1, ("The bridge",), "")


def test_days_are_read_from_what_a_calendar_sends() -> None:
    assert filters_from("2024-03-01 00:00:00").as_of == date(2024, 3, 1)
    with pytest.raises(BotError, match=r"Write it as year-month-day"):
        filters_from(until="2024-13-01")
