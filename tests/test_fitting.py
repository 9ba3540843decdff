"""What the reader is fitted on: questions made by rule, and how sentences compete."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

import torch

from benchmarks.data import NewsArticle
from benchmarks.made_groups import _questions, made_groups
from benchmarks.news_groups import News
from benchmarks.reader_groups import RIGHT, UNSURE, WRONG, Candidate, Group
from benchmarks.squad_split import is_measured
from benchmarks.train_reader import WORTH, _competition, _sample

DAY = date(2023, 3, 1)


def report(number: int, text: str, later: int = 0) -> News:
    day = DAY + timedelta(days=later)
    return News(NewsArticle(f"https://news.example/{number}", "", day, "News", text))


ONE = "The mayor of Hallstad opened the rebuilt harbour bridge on Monday after two years of work."
OTHER = (
    "After two years of work the rebuilt harbour bridge of Hallstad was opened on Monday. "
    "The ferry that replaced it made its last crossing on Sunday, and fishermen were glad."
)


OTHERS = [
    "Rain fell on the northern valleys for a third week, and farmers asked for help.",
    "The national library lent more books in winter than in any year since the war.",
    "A court in the capital heard the case of the stolen violin, which ended without a verdict.",
    "Swimmers from four schools met at the lake, where the water was colder than expected.",
]


def made(later: int = 0) -> list[Group]:
    """The groups of two reports of one event, among reports of others, over several draws."""
    others = [report(n, text) for n, text in enumerate(OTHERS, start=3)]
    articles = [report(1, ONE), report(2, OTHER, later), *others]
    return [group for seed in range(8) for group in made_groups(articles, most=20, seed=seed)]


def test_a_made_question_is_answered_by_the_other_report_of_the_event() -> None:
    groups = made()
    assert groups
    first = OTHER.partition(". ")[0] + "."
    for group in groups:
        assert {c.sentence for c in group.candidates if c.label == RIGHT} <= {ONE, first}


def test_a_made_question_holds_no_word_of_its_answer() -> None:
    chance = random.Random(5)
    questions = [one for _ in range(40) for one in _questions(report(2, OTHER), chance)]
    assert len({one.answer for one in questions}) > 2
    for one in questions:
        assert not set(one.answer.lower().split()) & set(one.question.lower().split())


def test_reports_of_other_weeks_make_no_group() -> None:
    assert made(later=30) == []


def candidate(label: int, sentence: str = "") -> Candidate:
    return Candidate(sentence, "", "", label, 0.5)


def test_right_sentences_share_what_they_win() -> None:
    drawn = [candidate(RIGHT), candidate(RIGHT), candidate(WRONG)]
    loss = _competition(torch.zeros(3), drawn)
    assert math.isclose(float(loss), math.log(4 / 2), rel_tol=1e-6)  # of three and "none"


def test_an_unsure_sentence_counts_less_than_a_right_one() -> None:
    loss = _competition(torch.zeros(2), [candidate(UNSURE), candidate(WRONG)])
    assert math.isclose(float(loss), math.log(3 / WORTH[UNSURE]), rel_tol=1e-6)


def test_where_nothing_is_right_the_none_must_win() -> None:
    sure, unsure = (
        float(_competition(torch.tensor([logit]), [candidate(WRONG)])) for logit in (-3.0, 3.0)
    )
    assert sure < 0.1 < unsure


def test_an_unanswerable_group_is_shown_with_wrong_sentences_only() -> None:
    group = Group("Who?", "squad", False, (candidate(WRONG, "a"), candidate(WRONG, "b")))
    _, drawn = _sample(group)
    assert {c.label for c in drawn} == {WRONG}


def test_a_quarter_of_the_paragraphs_is_kept_for_measuring() -> None:
    measured = sum(is_measured(f"Paragraph {number}") for number in range(1000))
    assert 200 < measured < 300
