"""Whether a sentence holds the kind of thing that is asked for, and how hits are reordered."""

from dataclasses import replace
from datetime import date

import pytest

from bot.questions import ask
from bot.reader import load_reader
from bot.reading import FRESH, fits, read, rerank, sentences_of
from bot.settings import load_settings
from tests.texts import TODAY, candidates, found, passage

READER = load_reader(load_settings())


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How many engineers work there?", "About 25 engineers work there.", True),
        ("How many engineers work there?", "Twelve of them work there.", True),
        ("How many lenses has the P9?", "The P9 has lenses.", False),
        ("When did it start?", "It started in July 2022.", True),
        ("When did it start?", "It started with a bang.", False),
        ("Where is it made?", "It is made in Wetzlar.", True),
        ("Where is it made?", "It is made by hand.", False),
        ("Who left Leica?", "Huawei left Leica.", True),
        ("Who left Leica?", "They left Leica.", False),
        ("Why did it end?", "It ended because sales fell.", True),
        ("What is a lens?", "Anything at all.", True),
    ],
)
def test_the_kind_of_answer_is_told_by_what_the_sentence_holds(
    question: str, sentence: str, expected: bool
) -> None:
    assert fits(ask(question, TODAY), sentence) is expected


def test_the_sentence_that_answers_is_read_as_the_best_one() -> None:
    text = (
        "Leica makes cameras in Wetzlar. The first phone of the pair was shown in July. "
        "About 25 engineers of Leica work with the phone maker. Prices rose in Japan."
    )
    hits = found("How many engineers does Leica send to the phone maker?", passage(text))
    best = read(hits, READER)[0]
    assert best.text == "About 25 engineers of Leica work with the phone maker."


def test_headings_fragments_and_questions_are_not_read() -> None:
    text = "Who grinds the lenses?\nGlass and light\nZeiss grinds the lenses in Oberkochen."
    hits = found("Who grinds the lenses?", passage(text))
    read_texts = [c.text for c in read(hits, READER)]
    assert read_texts == ["Zeiss grinds the lenses in Oberkochen."]


def test_hits_follow_their_best_sentence_and_unread_ones_count_like_the_worst() -> None:
    one, two = passage("One is here.", article="1"), passage("Two is here.", article="2")
    three, four = passage("Three is here.", article="3"), passage("Four is here.", article="4")
    before = found("who?", one, two, three, four)
    after = rerank(before, candidates((two, 0, 3.0), (four, 0, 1.0)))
    assert [hit.passage.article.id for hit in after.hits] == ["2", "1", "3", "4"]


def test_without_hits_nothing_is_read() -> None:
    empty = replace(found("who?"), hits=())
    assert read(empty, READER) == []


def test_only_an_article_older_than_the_recent_ones_is_no_longer_fresh() -> None:
    days = (date(2024, 3, 1), date(2020, 3, 1), None)
    new, old, undated = (passage("It is made there.", published=day) for day in days)
    hits = found("Where is it made?", new, old, undated)
    fresh = [c.signals["fresh"] for c in sentences_of(replace(hits, recent=days[0])) if c.signals]
    assert fresh == [FRESH, 0.0, FRESH]
    assert all(c.signals and c.signals["fresh"] == FRESH for c in sentences_of(hits))
