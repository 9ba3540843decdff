"""The measures are right on examples small enough to work out by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks import gate
from benchmarks.conversations import turns_of
from benchmarks.data import DataMissing, NewsQuestion, data_digest, holds, news_questions
from benchmarks.declining import Confidences, curve, is_timely, threshold_for
from benchmarks.figures import Figure, as_json, mean_figure, table
from benchmarks.quotes import first_words, plain_quotes
from benchmarks.ranks import auc, ndcg_at, recall_at
from benchmarks.retrieval import hit
from benchmarks.samples import ARTICLES, SampleQuestion, is_right, sample_questions
from benchmarks.significance import chance, spread
from benchmarks.softmax import Choice, fit_choices, fit_yes_no
from benchmarks.vectors import RememberingEmbedder
from bot.onnx_models import Vectors
from bot.records import Answer, Citation, Turn
from tests.texts import passage


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("Denmark’s Queen Margrethe II stepped down.", "Denmark's Queen Margrethe II", True),
        ("It won for “Oppenheimer”.", '"oppenheimer"', True),
        ("In 1940 it closed.", "40", False),
        ("The Queen of Denmark", "Denmark Queen", False),
    ],
)
def test_an_answer_is_held_by_whole_words_whatever_their_case_and_quotes(
    text: str, answer: str, expected: bool
) -> None:
    assert holds(text, answer) is expected


def test_only_the_first_k_passages_count_as_hits() -> None:
    passages = ["nothing", "still nothing", "It was Leica."]
    assert not hit(passages, "Leica", 2)
    assert hit(passages, "Leica", 3)


def test_recall_is_the_share_of_relevant_ids_that_were_found() -> None:
    assert recall_at(["a", "b", "c"], {"a", "c", "d", "e"}, 2) == 0.25


def test_ndcg_is_one_when_all_relevant_ids_come_first() -> None:
    assert ndcg_at(["a", "b", "c"], {"a", "b"}, 5) == 1.0


def test_ndcg_discounts_a_relevant_id_in_second_place_by_log2_of_three() -> None:
    assert ndcg_at(["x", "a"], {"a"}, 5) == pytest.approx(0.6309, abs=1e-4)


def test_auc_counts_equal_scores_as_half() -> None:
    assert auc([0.9, 0.5], [0.5, 0.1]) == 0.875


def test_auc_of_nothing_is_not_a_number() -> None:
    assert math.isnan(auc([], [0.5]))


def test_the_spread_of_equal_values_is_a_point() -> None:
    assert spread([0.5, 0.5, 0.5]) == (0.5, 0.5)


def test_the_spread_of_a_hundred_coins_is_about_a_tenth_either_side() -> None:
    low, high = spread([0.0, 1.0] * 50)
    assert low == pytest.approx(0.40, abs=0.02)
    assert high == pytest.approx(0.60, abs=0.02)


def test_a_difference_in_every_question_holds_in_every_draw() -> None:
    assert chance([1, 1, 1], [0, 0, 0]) == 0.0
    assert chance([0, 0, 0], [0, 0, 0]) == 1.0


def test_values_of_different_questions_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="2 values"):
        chance([1, 1], [0])


def test_a_tenth_of_the_absent_lie_at_or_above_their_threshold() -> None:
    absent = [i / 10 for i in range(10)]
    at = threshold_for(absent, 0.1)
    assert sum(value >= at for value in absent) == 1


def test_the_curve_shows_what_each_threshold_answers() -> None:
    found = Confidences(findable=(0.9,), left_out=(0.1,), other_weeks=(), timely=(0.9,))
    first, last = curve(found).splitlines()[1], curve(found).splitlines()[-1]
    assert first.split() == ["0.100", "1.000", "1.000", "1.000", "0.000"]
    assert last.split() == ["0.900", "1.000", "1.000", "0.000", "0.000"]


@pytest.mark.parametrize(
    ("published", "timely"),
    [
        (date(2024, 3, 1), True),
        (date(2024, 2, 9), True),
        (date(2024, 2, 8), False),
        (date(2024, 3, 2), False),
        (None, False),
    ],
)
def test_a_report_of_the_time_is_from_the_three_weeks_before(
    published: date | None, timely: bool
) -> None:
    asked = NewsQuestion("1", date(2024, 3, 1), "Who won?", "Ada", True)
    assert is_timely(asked)(passage("Ada won.", published=published)) is timely


def test_a_sample_question_is_answered_rightly_by_a_quote_that_holds_one_of_its_strings() -> None:
    asked = SampleQuestion("When did it open?", ("in May", "on Friday"))
    citation = Citation(1, "a", "", "", "", "", None, "undated", "It opened on Friday.", 0, 20)
    answer = Answer(asked.question, True, "", citations=(citation,))
    assert is_right(asked, answer)
    assert not is_right(asked, replace(answer, answered=False))
    assert not is_right(SampleQuestion(asked.question, ("in June",)), answer)


def test_every_right_string_of_the_sample_questions_stands_in_a_sample_article() -> None:
    texts = [file.read_text(encoding="utf-8") for file in ARTICLES.glob("*.md")]
    wanted = [one for question in sample_questions() for one in question.answers]
    assert len(wanted) > 40
    assert [one for one in wanted if not any(one in text for text in texts)] == []


def test_quotes_are_counted_up_to_their_sixtieth_word() -> None:
    assert first_words("one two three", 2) == "one two"


def test_the_baseline_quotes_the_sentence_with_most_words_of_the_question() -> None:
    texts = ["Nokia makes phones. Xiaomi builds cameras with Leica. Rain fell."]
    assert plain_quotes("Who builds cameras with Leica?", texts, 5).startswith("Xiaomi builds")


def test_a_conversation_becomes_questions_with_their_answers() -> None:
    history = [("user", "Who?"), ("assistant", "Leica."), ("user", "When?")]
    assert turns_of(history) == [Turn("Who?", "Leica."), Turn("When?")]


def test_a_figure_is_shown_beside_its_baseline() -> None:
    one = mean_figure("retrieval", "hit@4", [1.0, 0.0], baseline=[0.0, 0.0], aim=0.6)
    row = "| retrieval.hit@4 | 0.500 | 0.000 to 1.000 | 0.000 (p 0.268) | 0.600 | 2 |"
    assert table([one]).splitlines()[-1] == row
    assert as_json([one])["retrieval.hit@4"]["value"] == 0.5


def test_absent_data_is_named_with_the_place_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"questions\.jsonl is not there"):
        news_questions(tmp_path)


def test_the_digest_changes_with_any_byte_of_the_data(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one").write_text("a")
    before = data_digest("news", root=tmp_path)
    (tmp_path / "news" / "one").write_text("b")
    assert data_digest("news", root=tmp_path) != before


def test_the_softmax_finds_the_signal_that_tells_right_from_wrong() -> None:
    noise = [0.3, -0.2, 0.1, 0.4]
    choices = [
        Choice(np.array([[1.0, n], [0.0, 0.0], [0.0, -n]]), np.array([True, False, False]))
        for n in noise
    ]
    weights = fit_choices(choices, ["telling", "noise"])
    assert weights["telling"] > 3 * abs(weights["noise"]) > 0


def test_yes_and_no_count_alike_however_many_there_are() -> None:
    signals = np.array([[1.0]] + [[0.0]] * 9)
    weights = fit_yes_no(signals, np.array([True] + [False] * 9), ["signal"])
    assert weights["bias"] < 0 < weights["bias"] + weights["signal"]


def test_a_text_is_embedded_once_and_remembered(tmp_path: Path) -> None:
    inner = CountingEmbedder()
    for _ in range(2):
        vectors = RememberingEmbedder(inner, tmp_path / "v.db").embed(["ab", "a", "ab"])
    assert vectors.tolist() == [[2.0], [1.0], [2.0]]
    assert inner.asked == ["ab", "a", "ab"]


FLOOR = {"retrieval.hit@4": {"better": "higher", "value": 0.5}}


def test_a_figure_under_its_floor_is_named() -> None:
    low = Figure("retrieval", "hit@4", 0.49, 100)
    assert gate.broken([low], FLOOR) == [
        "retrieval.hit@4 is 0.4900, the floor is 0.5000 (higher is better)"
    ]


def test_a_figure_that_is_gone_breaks_its_floor() -> None:
    assert len(gate.broken([], FLOOR)) == 1


def test_a_figure_at_its_floor_holds_it() -> None:
    assert gate.broken([Figure("retrieval", "hit@4", 0.5, 100)], FLOOR) == []


def test_a_ceiling_is_broken_from_above() -> None:
    ceiling = {"quotes.words": {"better": "lower", "value": 60.0}}
    assert gate.broken([Figure("quotes", "words", 61.0, 9, better="lower")], ceiling)
    assert not gate.broken([Figure("quotes", "words", 59.0, 9, better="lower")], ceiling)


def test_no_floor_is_lowered_without_the_flag() -> None:
    new = {"retrieval.hit@4": {"better": "higher", "value": 0.4}}
    with pytest.raises(gate.FloorLowered, match="--lower"):
        gate.pinned(new, FLOOR, lower=False)
    with pytest.raises(gate.FloorLowered):
        gate.pinned({}, FLOOR, lower=False)
    assert gate.pinned(new, FLOOR, lower=True) == new


def test_a_floor_is_raised_without_the_flag() -> None:
    new = {"retrieval.hit@4": {"better": "higher", "value": 0.6}}
    assert gate.pinned(new, FLOOR, lower=False) == new


def test_a_floor_leaves_room_for_rounding_unless_the_figure_is_perfect() -> None:
    figures = [
        Figure("retrieval", "hit@4", 0.6, 50),
        Figure("quotes", "citations exact", 1.0, 50),
        Figure("quotes", "words", 40.0, 50, better="lower"),
        Figure("quotes", "answered", 0.5, 50, better=""),
    ]
    assert {key: one["value"] for key, one in gate.floors_of(figures).items()} == {
        "retrieval.hit@4": 0.58,
        "quotes.citations exact": 1.0,
        "quotes.words": 40.8,
    }


class CountingEmbedder:
    """Embeds a text as its length, and remembers what it was asked for."""

    name, dimension = "length", 1

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[float(len(text))] for text in texts], np.float32)

    def embed_query(self, text: str) -> Vectors:
        return self.embed([text]).reshape(1)
