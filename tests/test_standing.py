"""Rumours, reports and announcements are told apart by words that stand in the quote."""

from __future__ import annotations

import pytest

from bot.standing import standing


@pytest.mark.parametrize(
    ("quote", "cues"),
    [
        ("The rumour has come via a post by tipster Blue Lantern.", ("rumour", "tipster")),
        ("The phone is said to carry a larger sensor.", ("is said to",)),
        ("A new report claims the firm could go solo.", ("A new report claims", "could")),
        ("The maker reportedly pays 40 dollars a phone.", ("reportedly",)),
        ("Leaked renders show four lenses.", ("Leaked renders",)),
        ("It seems that the tie-up could soon end.", ("It seems", "could")),
        ("Redmi may be working on a phone of its own.", ("may be working on",)),
        ("The merger has not been officially confirmed.", ("not been officially confirmed",)),
    ],
)
def test_a_rumour_is_called_one_by_its_own_words(quote: str, cues: tuple[str, ...]) -> None:
    assert standing(quote) == ("rumoured", cues)


@pytest.mark.parametrize(
    "quote",
    [
        "The factory opens in May.",
        "May was the warmest month on record.",
        "Rescuers could not reach the village.",
        "They couldn't agree on a price.",
        "Members may bring one guest to the hall.",
        "Water had leaked into the cellar.",
        "The family filed insurance claims.",
        "The price has not yet been announced.",
        "The model will be announced next week.",
        "There were 678 confirmed cases.",
        "The study suggests that the forest could vanish.",
        "Snow closed the road.",
    ],
)
def test_plain_news_with_look_alike_words_has_no_standing(quote: str) -> None:
    assert standing(quote) == (None, ())


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Vivo announced a second phone with Zeiss.", ("confirmed", ("announced",))),
        ("Sharp confirmed the price, its spokeswoman said.", ("confirmed", ("confirmed",))),
        ("“We are staying,” Mr Braun said.", ("reported", ("said",))),
        ("According to the minister, 12 bridges are closed.", ("reported", ("According to",))),
        ("Xiaomi denied rumours of a split.", ("reported", ("denied",))),
        ("The river rose by two metres.", (None, ())),
    ],
)
def test_announcements_and_attributions_are_told_apart(
    quote: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    assert standing(quote) == expected


def test_a_hedge_becomes_a_rumour_after_a_sentence_that_starts_one() -> None:
    quote = "The details suggest that Xiaomi is confident of its own imaging."
    before = ["However, a new report this week claims Xiaomi could go solo."]
    assert standing(quote) == (None, ())
    assert standing(quote, before) == ("rumoured", ("suggest",))


def test_the_title_alone_does_not_make_a_plain_statement_a_rumour() -> None:
    assert standing("The phone went on sale in July 2022.", ["Rumour: a split"]) == (None, ())


def test_every_cue_stands_in_the_quote() -> None:
    quote = "Sources claim the brand could leave, and a tipster agrees."
    assert all(cue in quote for cue in standing(quote)[1])
