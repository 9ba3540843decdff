"""From signals to an order, on literal numbers."""

from datetime import date

import pytest

from bot.questions import ask
from bot.ranking import combine, coverage, diversify, fitted, idf, logistic, time_signals, timeless

DAY = date(2024, 3, 22)


def test_a_combination_is_the_weighted_sum_and_unknown_signals_count_nothing() -> None:
    assert combine({"a": 2.0, "c": 9.0}, {"bias": 0.5, "a": 3.0, "b": 4.0}) == 6.5


def test_rare_terms_weigh_more_and_a_term_that_stands_nowhere_weighs_most() -> None:
    rarity = idf({"phone": 90, "leica": 9}, ["phone", "leica", "battery"], 99)
    assert 0.0 < rarity["phone"] < rarity["leica"] < rarity["battery"] == 1.0


def test_coverage_is_the_weighted_share_of_the_terms_found() -> None:
    assert coverage({"phone": 1.0, "leica": 3.0}, {"leica"}) == 0.75
    assert coverage({}, {"leica"}) == 0.0


def test_news_fades_and_an_undated_article_counts_like_one_of_last_year() -> None:
    asked = ask("what did Leica announce?", DAY)
    fresh = time_signals(asked, date(2024, 3, 21), DAY)
    old = time_signals(asked, date(2023, 3, 22), DAY)
    undated = time_signals(asked, None, DAY)
    assert fresh["age_week"] > old["age_week"]
    assert undated["age_season"] == pytest.approx(old["age_season"], rel=0.1)


def test_a_period_counts_only_when_it_is_asked_about() -> None:
    day = date(2024, 3, 21)
    assert "period" not in time_signals(ask("what did Leica announce?", DAY), day, DAY)
    asked = ask("what did Leica announce this week?", DAY)
    assert time_signals(asked, day, DAY)["period"] == 1.0


def test_what_the_day_adds_can_be_told_from_what_the_words_say() -> None:
    weights = {"similarity": 1.0, "age_week": 0.5, "period": 0.5, "bias": 0.1}
    signals = {"similarity": 0.4, "age_week": 1.0, "period": 1.0}
    assert timeless(signals, weights) == pytest.approx(0.5)
    assert combine(signals, weights) == pytest.approx(1.5)


def test_later_passages_of_one_article_make_room_for_other_articles() -> None:
    scored = [("a1", "a", 1.0), ("a2", "a", 0.99), ("a3", "a", 0.98), ("b1", "b", 0.975)]
    assert [id_ for id_, _ in diversify(scored, 3)] == ["a1", "b1", "a2"]


def test_no_more_than_asked_for_is_chosen() -> None:
    assert diversify([("a", "a", 1.0)], 0) == []
    assert len(diversify([(str(i), str(i), float(i)) for i in range(9)], 4)) == 4


def test_the_fitted_numbers_name_only_signals_that_exist() -> None:
    weights = fitted()
    assert 0.0 < weights.threshold < 1.0
    assert set(weights.passage) <= {
        "similarity", "near", "bm25", "terms", "terms_with_title", "title_terms", "models",
        "names", "age_week", "age_season", "age_years", "period", "bias",
    }  # fmt: skip


def test_the_logistic_function_stays_finite() -> None:
    assert logistic(0.0) == 0.5
    assert logistic(1e9) == pytest.approx(1.0)
    assert logistic(-1e9) == pytest.approx(0.0, abs=1e-20)
