"""Products are found without a maker in the question, each with the maker that the texts name."""

from datetime import date

from bot.making import ProductFinder, makers_of
from bot.questions import ask
from bot.wanted import wanted_of

TEXTS = (
    "Orbit has signed Zeiss. Phones by Orbit come in May, and the Orbit 9 series is the first. "
    "It is said that Orbit will show more.",
    "In Ulm, Comet presented the P9 and the larger P9 Plus. Both run on the Kirin 955 processor. "
    "Until then Comet phones had no Zeiss lenses. Of the phones Ulm saw the P9 first, in Ulm.",
)


def finder(question: str) -> ProductFinder:
    return ProductFinder(wanted_of(ask(question, date(2024, 3, 1)), TEXTS), TEXTS)


def test_a_maker_stands_alone_and_by_the_noun_and_shows_models() -> None:
    assert makers_of(TEXTS, "phones") == {"Orbit", "Comet"}
    assert makers_of(TEXTS, "cars") == set()


def test_products_are_named_with_their_makers() -> None:
    found = finder("which phones were made with Zeiss?")
    assert found.items("The Orbit 9 series is the first.") == ["Orbit 9 series"]
    assert found.items("Comet presented the P9 and the larger P9 Plus.") == [
        "Comet P9",
        "Comet P9 Plus",
    ]
    assert found.items("The P9 Plus has Zeiss lenses.", "Comet came back.") == ["Comet P9 Plus"]


def test_what_a_product_uses_and_what_nobody_is_known_to_make_is_no_product() -> None:
    found = finder("which phones were made with Zeiss?")
    assert found.items("Both run on the Kirin 955 processor.") == []
    assert found.items("The Meteor 12 was made with Zeiss.") == []


def test_a_maker_that_the_question_names_is_the_only_one_meant() -> None:
    found = finder("which phones did Orbit make with Zeiss?")
    assert found.items("The Orbit 9 came before the Comet 8.") == ["Orbit 9"]
