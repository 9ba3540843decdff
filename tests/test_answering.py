"""The bot over the sample articles: answers, streams, filters, refusals."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from bot import Answer, Bot, Turn, answer
from bot.errors import LibraryMissing, QuestionError
from bot.language import words
from bot.settings import load_settings

QUESTIONS = [
    "Which Xiaomi phones were made with Leica?",
    "When did Huawei and Leica part ways?",
    "Who makes the lenses of Vivo's phones?",
    "Is Xiaomi dropping Leica?",
    "How much does the Xiaomi 14 cost in India?",
    "What is the capital of Australia?",
]


@pytest.fixture(scope="module")
def bot(sample_library: Path) -> Bot:
    return Bot(load_settings(library=sample_library))


def holds(bot: Bot, given: Answer) -> None:
    """Every quote that is shown stands in its article, letter for letter, at its offsets."""
    for citation in (*given.citations, *given.nearest):
        text = bot.article(citation.article_id, citation.version).text
        assert text[citation.start : citation.end] == citation.quote
        assert bot.library.article(citation.article_id).text == text
    numbers = [citation.number for citation in given.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for statement in given.statements:
        assert statement.citations
        assert set(statement.citations) <= set(numbers)
        for number in statement.citations:
            assert f"[{number}]" in given.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_everything_shown_is_cut_from_an_article(bot: Bot, question: str) -> None:
    holds(bot, bot.answer(question))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stream_grows_and_ends_in_the_whole_answer(bot: Bot, question: str) -> None:
    growing = list(bot.stream(question))
    counts = [len(part.statements) for part in growing]
    assert counts == sorted(counts)
    for part in growing:
        assert {n for s in part.statements for n in s.citations} <= {
            c.number for c in part.citations
        }
    assert growing[-1] == bot.answer(question)


def test_a_plain_answer_stays_short_and_says_as_of_when(bot: Bot) -> None:
    given = bot.answer("When did Huawei and Leica part ways?", as_of=date(2025, 1, 1))
    assert given.answered
    assert sum(len(words(s.text)) for s in given.statements) <= 60
    assert given.as_of == date(2025, 1, 1)
    assert "As of 2025-01-01." in str(given)


def test_without_a_day_an_answer_is_as_of_today(bot: Bot) -> None:
    assert bot.answer(QUESTIONS[0]).as_of == date.today()


def test_an_earlier_day_hides_what_was_published_later(bot: Bot) -> None:
    early = bot.answer(QUESTIONS[0], as_of=date(2022, 12, 31))
    assert early.answered
    assert all(c.published and c.published.year <= 2022 for c in early.citations)
    late = bot.answer(QUESTIONS[0])
    assert len(late.statements) > len(early.statements)


def test_filters_by_source_and_days_hold(bot: Bot) -> None:
    (source, *_) = bot.summary().sources
    given = bot.answer("Which phones were made with Leica or Zeiss?", source=source.upper())
    assert {c.source for c in (*given.citations, *given.nearest)} <= {source}
    since = bot.answer(QUESTIONS[0], since=date(2025, 1, 1))
    assert all(c.published and c.published.year >= 2025 for c in since.citations)


def test_a_follow_up_is_answered_about_what_was_listed(bot: Bot) -> None:
    first = bot.answer(QUESTIONS[0])
    item = first.statements[0].item
    follow_up = bot.answer("and the first one?", [Turn(QUESTIONS[0], first.text, first)])
    assert item in follow_up.standalone


def test_a_rumour_is_called_one_with_the_words_that_say_so(bot: Bot) -> None:
    given = bot.answer(QUESTIONS[3])
    rumours = [s for s in given.statements if s.standing == "rumoured"]
    assert rumours
    for rumour in rumours:
        assert rumour.cues
        assert all(cue in rumour.text for cue in rumour.cues)
        assert "Rumour (" in given.text


def test_syndicated_copies_are_counted_and_not_shown_as_another_source(bot: Bot) -> None:
    given = bot.answer(QUESTIONS[3])
    copied = [c for c in given.citations if c.copies]
    assert [c.copies for c in copied] == [1] * len(copied)
    titles = [c.title for c in given.citations]
    assert len({(c.quote) for c in given.citations}) == len(titles)


@pytest.mark.parametrize("question", ["", "   ", "?" * 2001])
def test_no_question_is_an_error_that_says_what_to_do(bot: Bot, question: str) -> None:
    with pytest.raises(QuestionError):
        bot.answer(question)


def test_without_a_library_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="python -m ingest"):
        Bot(load_settings(library=tmp_path / "none")).answer("who?")


def test_one_bot_answers_several_threads_at_once(bot: Bot) -> None:
    given: dict[int, Answer] = {}

    def ask(place: int) -> None:
        given[place] = bot.answer(QUESTIONS[place % len(QUESTIONS)])

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [given[place].text for place in range(12)] == [
        bot.answer(QUESTIONS[place % len(QUESTIONS)]).text for place in range(12)
    ]


def test_the_function_answers_from_the_library_that_is_set(
    sample_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_LIBRARY", str(sample_library))
    assert answer(QUESTIONS[0]).answered


def test_an_answer_becomes_plain_json_types(bot: Bot) -> None:
    import json

    plain = bot.answer(QUESTIONS[0], as_of=date(2025, 1, 1)).to_dict()
    assert plain["as_of"] == "2025-01-01"
    assert json.loads(json.dumps(plain)) == plain
    assert plain["citations"][0]["published"][:2] == "20"


def test_an_article_is_live_while_the_library_holds_it(bot: Bot) -> None:
    (cited, *_) = bot.answer(QUESTIONS[1]).citations
    assert bot.is_live(cited.article_id)
    assert not bot.is_live("no such article")
