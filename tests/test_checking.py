"""What a sentence may say is what its quotes say; each rule is shown from both sides."""

from __future__ import annotations

from datetime import date

import pytest

from bot.checking import check
from bot.records import Citation

QUOTE = (
    "Kay Plaetke, a manager at Leica, said on Tuesday that about 25 employees work with the "
    "Xiaomi team, and that the Xiaomi 13 Ultra sold 1.5 million units for $1,000 each."
)


def cited(
    quote: str, published: date | None = date(2024, 2, 28), title: str = "Two firms, one camera"
) -> Citation:
    day = "date line" if published else "undated"
    return Citation(1, "a", title, "Town Post", "", "", published, day, quote, 0, len(quote))


def problems(
    sentence: str, quote: str = QUOTE, published: date | None = date(2024, 2, 28)
) -> tuple[str, ...]:
    return check(sentence, [cited(quote, published)]).problems


@pytest.mark.parametrize(
    "sentence",
    [
        "About 25 employees work with the Xiaomi team.",
        "Twenty-five employees work with the Xiaomi team, Plaetke said.",
        "The Xiaomi 13 Ultra sold 1,500,000 units.",
        "The Xiaomi 13 Ultra sold 1.5 million units for $1 000 each.",
        "Plaetke said so on 27 February 2024.",
        "On Tuesday, Leica's manager said that 25 employees work with Xiaomi.",
        "According to the Town Post of 28 February 2024, 25 employees work with Xiaomi.",
    ],
)
def test_what_the_quote_says_is_supported_in_other_figures_and_partial_names(
    sentence: str,
) -> None:
    assert check(sentence, [cited(QUOTE)]).support == "supported", problems(sentence)


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("About 40 employees work with the Xiaomi team.", "number: 40"),
        ("Forty employees work with the Xiaomi team.", "number: Forty"),
        ("The Xiaomi 13 Ultra sold 1.5 billion units.", "number: 1.5 billion"),
        ("The Xiaomi 13 Ultra sold 1.5 million units for €1,000 each.", "number: €1,000"),
        ("More than 25 employees work with the Xiaomi team.", "number: 25"),
        ("Plaetke said so on 5 March 2024.", "date: 5 March 2024"),
        ("Plaetke said so on Friday.", "date: Friday"),
        ("The Xiaomi 13 Ultra sold 1.5 million units in 2022.", "date: 2022"),
        ("Mira Novak, a manager at Leica, said so.", "name: Mira Novak"),
        ("Sony said that 25 employees work with the Xiaomi team.", "name: Sony"),
        ("The Xiaomi 14 Ultra sold units.", "name: 14"),
        ("Plaetke praised “the very best camera”.", "quote: “the very best camera”"),
    ],
)
def test_what_the_quote_does_not_hold_is_named(sentence: str, problem: str) -> None:
    found = check(sentence, [cited(QUOTE)])
    assert found.support == "unsupported"
    assert problem in found.problems


def test_a_sentence_that_points_at_nothing_is_unsupported_whatever_it_says() -> None:
    assert check("Leica makes cameras.", []).problems == ("points at nothing",)


def test_a_made_up_predicate_between_true_names_is_unsupported() -> None:
    found = problems("Plaetke sued Leica and burned the Xiaomi factory down.")
    assert any(problem.startswith("words not in the quotes") for problem in found)


def test_a_quoted_string_may_differ_in_the_shape_of_its_marks_only() -> None:
    quote = "“It’s the best we have made,” said Mr Braun."
    assert not problems('Braun said "It\'s the best we have made".', quote)
    assert problems('Braun said "It\'s the best camera we have made".', quote)


def test_numbers_do_not_change_what_they_count() -> None:
    quote = "The firm has 25 engineers and 8 designers in Wetzlar."
    assert not problems("The firm has 8 designers.", quote)
    assert problems("The firm has 8 engineers.", quote) == ("number of something else: 8",)


def test_a_bound_belongs_to_its_figure() -> None:
    quote = "The phone will be priced under Rs. 75,000."
    assert not problems("The phone will be priced under Rs 75,000.", quote)
    assert problems("The phone will be priced at Rs 75,000.", quote) == ("number: Rs 75,000",)


def test_model_numbers_are_not_recombined() -> None:
    quote = "Leica tuned the Xiaomi 13, the Xiaomi 12S Ultra and the Mix Fold 3."
    assert not problems("Leica tuned the Xiaomi 12S Ultra.", quote)
    assert problems("Leica tuned the Xiaomi 13 Ultra.", quote) == ("name: Xiaomi 13 Ultra",)


def test_initials_stand_for_a_name_that_is_written_out() -> None:
    quote = "The United Nations said that Russian troops left the town."
    assert not problems("The UN said Russia's troops left the town.", quote)
    assert problems("The EU said that troops left the town.", quote) == ("name: EU",)


@pytest.mark.parametrize(
    ("sentence", "quote", "fine"),
    [
        ("The firms did not end the deal.", "The firms did not end the deal on cameras.", True),
        ("The firms ended the deal.", "The firms did not end the deal on cameras.", False),
        ("The firms did not end the deal.", "The firms ended the deal on cameras.", False),
        ("The firm is leaving Leica.", "The firm denied it is leaving Leica.", False),
        ("The study links tea to sleep.", "The study never links tea to sleep.", False),
        ("The partners went on.", "They did not stop, and the partners went on.", True),
    ],
)
def test_a_denial_stays_a_denial(sentence: str, quote: str, fine: bool) -> None:
    assert (not problems(sentence, quote)) is fine


def test_what_is_only_planned_is_not_told_as_done() -> None:
    quote = "The council could close the bridge next month."
    assert problems("The council closed the bridge.", quote) == ("firmer than the quote: bridg",)
    assert not problems("The council could close the bridge.", quote)


def test_a_rumour_told_flatly_is_left_to_its_mark() -> None:
    assert not problems("Xiaomi will leave Leica.", "A tipster claims Xiaomi could leave Leica.")


def test_roles_are_not_swapped_but_the_passive_is_understood() -> None:
    quote = "Xiaomi sued Huawei on Monday."
    assert problems("Huawei sued Xiaomi.", quote) == ("roles: Huawei, Xiaomi",)
    assert not problems("Huawei was sued by Xiaomi.", quote)


def test_relative_days_mean_nothing_without_the_date_of_the_article() -> None:
    quote = "The bridge closed yesterday."
    assert not problems("The bridge closed on 27 February 2024.", quote)
    assert problems("The bridge closed on 27 February 2024.", quote, published=None)


def test_the_day_of_the_article_is_not_the_day_of_what_it_tells() -> None:
    quote = "The bridge closed after a storm."
    assert problems("The bridge closed on 28 February 2024.", quote) == ("date: 28 February 2024",)


def test_several_quotes_support_together() -> None:
    quotes = [cited("The bridge closed in May."), cited("It cost 3 million euros to build.")]
    assert not check("The bridge closed in May and cost 3 million euros to build.", quotes).problems
    assert check("The bridge closed in May and cost 3 million euros.", quotes[:1]).problems


def test_names_of_two_quotes_are_not_joined_into_one_claim() -> None:
    quotes = [cited("Astrobotic will launch its lander Peregrine."),
              cited("Intuitive Machines will launch another lander.")]  # fmt: skip
    joined = "Intuitive Machines will launch its lander Peregrine."
    apart = "Astrobotic will launch Peregrine, and Intuitive Machines will launch another lander."
    assert check(joined, quotes).problems == (f"joined from several quotes: {joined}",)
    assert not check(apart, quotes).problems


def test_a_true_clause_does_not_carry_a_false_one() -> None:
    quote = "Founded in Wyoming in 1902 by James Penney with 500 dollars, the firm sells clothes."
    sentence = (
        "Penney grounded its planes, founded in Wyoming by James Penney; the firm sells clothes."
    )
    assert problems(sentence, quote) == ("clause not in the quotes: ground, plane",)


def test_absolute_words_must_be_in_the_quote() -> None:
    quote = "The phone is sold in Japan."
    assert problems("The phone is sold only in Japan.", quote) == ("absolute: only",)
