"""Copies of a story are found, and reports on the same matter are not taken for copies."""

from __future__ import annotations

import random
from datetime import date

import pytest

from benchmarks.data import DataMissing, news_articles
from benchmarks.duplicates import CHANGES, Change, Shelf, all_at_once
from bot.records import Article
from ingest.duplicates import BANDS, Story, bands, resemblance, same_story, signature

WORDS = [f"{a}{b}" for a in "ba ce di fo gu la me ni po ru".split() for b in "rt st lm nd".split()]


def story(seed: int, words: int = 400) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words)) + "."


def same(one: str, other: str, *days: date | None) -> bool:
    first, second = days or (None, None)
    forth = same_story(Story(one, first), Story(other, second))
    assert forth == same_story(Story(other, second), Story(one, first))
    return forth


@pytest.mark.parametrize("change", CHANGES[:3])
def test_a_copy_changed_by_rule_is_the_same_story(change: Change) -> None:
    assert same(story(1), change(story(1), random.Random(2), WORDS))


def test_another_story_in_the_same_words_is_not() -> None:
    assert not same(story(1), story(2))


def test_a_report_that_takes_half_of_an_older_one_is_a_report_of_its_own() -> None:
    old = story(1)
    half = len(old) // 2
    assert not same(old, story(2)[:half] + old[half:])


def test_a_new_middle_makes_a_new_report() -> None:
    words = story(1).split()
    assert not same(story(1), " ".join(words[:140] + story(2, 120).split() + words[260:]))


def test_a_note_within_a_long_round_up_is_no_copy_of_it() -> None:
    assert not same(story(1, 100), f"{story(2)} {story(1, 100)} {story(3)}")


def test_what_returns_a_year_later_with_changes_is_an_update() -> None:
    copy = CHANGES[2](story(1), random.Random(2), WORDS)
    assert same(story(1), copy, date(2023, 3, 17), date(2023, 3, 20))
    assert not same(story(1), copy, date(2023, 3, 17), date(2024, 3, 17))
    assert same(story(1), story(1), date(2023, 3, 17), date(2024, 3, 17))


def test_the_results_of_another_day_told_by_the_same_template_are_news() -> None:
    def draw(*numbers: int) -> str:
        told = " ".join(f"The ball number {n} was the {n + 50}th of the night." for n in numbers)
        return f"{story(5, 120)} {told} {story(6, 120)}"

    assert same(draw(1, 2, 3, 4), f"{draw(1, 2, 3, 4)} So our own reporter.")
    assert not same(draw(1, 2, 3, 4), draw(5, 6, 7, 8))


def test_texts_of_a_few_words_are_the_same_only_if_they_are() -> None:
    assert same("Subscribers only.", "Subscribers only!")
    assert not same("Subscribers only.", "Members read on.")
    assert not same("", "Members read on.")


def test_the_signature_estimates_the_share_of_common_pairs_of_words() -> None:
    text = " ".join(map(str, range(1000)))
    other = " ".join(map(str, range(500, 1500)))
    assert resemblance(signature(text), signature(other)) == pytest.approx(1 / 3, abs=0.1)
    assert resemblance(signature(text), signature(text)) == 1.0


def test_bands_are_the_same_numbers_on_every_machine() -> None:
    found = bands(signature("The phone will be sold from October on."))
    assert len(found) == BANDS
    assert found[:2] == [6536213419191237205, 2219916550034323551]


def news(seed: int, text: str, published: date | None = None) -> Article:
    return Article(text=text, title=f"Title {seed}", published=published, url=f"u{seed}")


def leader(shelf: Shelf, location: str) -> str:
    ((title,),) = shelf.db.execute(
        "SELECT v.title FROM locations l JOIN articles a ON a.id = l.article "
        "JOIN versions v ON v.article = a.leader WHERE l.location = ?",
        (location,),
    ).fetchall()
    return str(title)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_earliest_answers_for_a_story_in_whatever_order_its_copies_come(
    order: tuple[int, ...],
) -> None:
    copies = [
        news(0, story(1)),
        news(1, story(1) + " More.", date(2024, 1, 3)),
        news(2, story(1) + " Words.", date(2024, 1, 2)),
    ]
    shelf = Shelf()
    for n in order:
        shelf.add(str(n), copies[n])
    assert [leader(shelf, str(n)) for n in range(3)] == ["Title 2"] * 3


def test_when_what_held_a_story_together_goes_its_parts_stand_alone_again() -> None:
    words = story(1, 900).split()
    left, middle, right = words[:400], words[:600], words[160:600]
    shelf = Shelf()
    for name, part in (("left", left), ("right", right), ("middle", middle)):
        shelf.add(name, news(len(part), " ".join(part)))
    assert len(shelf.story(_id(shelf, "left"))) == 3
    shelf.remove("middle")
    assert leader(shelf, "left") == "Title 400"
    assert leader(shelf, "right") == "Title 440"


def _id(shelf: Shelf, location: str) -> str:
    ((id_,),) = shelf.db.execute(
        "SELECT article FROM locations WHERE location = ?", (location,)
    ).fetchall()
    return str(id_)


def test_copies_of_real_articles_are_found_among_them() -> None:
    """A fraction of `python -m benchmarks.duplicates`, which goes through all of them."""
    try:
        articles = [
            Article(a.text, a.title, published=a.published, url=a.url)
            for a in news_articles()[:150]
        ]
    except DataMissing as missing:
        pytest.skip(str(missing))
    shelf, chance = Shelf(), random.Random(7)
    for article in articles:
        shelf.add(article.url, article)
    words = [word for article in articles[:20] for word in article.text.split()]
    found = 0
    for article in articles[:40]:
        copy = news(0, all_at_once(article.text, chance, words), article.published)
        found += _id(shelf, article.url) in shelf.add("copy", copy)
        shelf.remove("copy")
    assert found >= 38
