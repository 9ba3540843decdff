"""Which names of a sentence are items of the list that a question asks for."""

from datetime import date

import pytest

from bot.items import ItemFinder
from bot.questions import ask
from bot.wanted import wanted_of


def finder(question: str, *texts: str) -> ItemFinder:
    wanted = wanted_of(ask(question, date(2024, 3, 1)), texts)
    return ItemFinder(wanted, texts)


PHONES = "which Xiaomi phones carry Leica lenses?"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Xiaomi 13, 13 Pro and 13 Ultra carry Leica lenses.", ["13", "13 pro", "13 ultra"]),
        ("The pair made the Xiaomi 13 series.", ["13 series"]),
        ("Unlike the Xiaomi 12 Pro, the 12S was not made with Leica.", []),
        ("If a Xiaomi 18 came, it could carry Leica lenses.", []),
        ("They did not stop, but the Xiaomi 14 followed.", ["14"]),
        ("The OnePlus 9 and 9 Pro carry Hasselblad colours.", []),
        ("Xiaomi India and Leica spoke in Wetzlar.", []),
    ],
)
def test_products_of_the_maker_are_told_from_other_names(
    sentence: str, expected: list[str]
) -> None:
    found = finder(PHONES, sentence)
    assert [found.key(item) for item in found.items(sentence)] == expected


def test_a_product_line_is_known_from_where_it_stands_with_its_maker() -> None:
    texts = "The Xiaomi Mix Fold 2 came first.", "Then the 12S Ultra and Mix Fold 3 followed."
    assert "Mix Fold 3" in finder(PHONES, *texts).items(texts[1])
    assert "Mix Fold 3" not in finder(PHONES, texts[1]).items(texts[1])


def test_names_typed_in_lower_case_are_recognised_by_the_texts() -> None:
    texts = ["Xiaomi works with Leica.", "Leica works with Xiaomi."]
    wanted = wanted_of(ask("which xiaomi phones carry leica lenses?", date(2024, 3, 1)), texts)
    assert wanted.maker == "Xiaomi"
    assert set(wanted.anchors) == {"Xiaomi", "Leica"}


def test_people_are_names_of_two_or_three_words_without_numbers() -> None:
    text = "For Leica, Ada Brink and Tom Hale spoke about the Xiaomi 14."
    assert finder("which Leica engineers spoke?", text).items(text) == ["Ada Brink", "Tom Hale"]


def test_companies_are_names_without_model_numbers() -> None:
    text = "Leica has worked with Huawei on the P9. With Sharp, Leica worked not at all."
    found = finder("which companies has Leica worked with?", text)
    assert [found.items(part) for part in text.split(". ")] == [["Huawei"], []]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The 14 Pro, which is sold in China, is not made with Leica.", []),
        ("The Xiaomi 14 uses the Snapdragon 8 Gen 3 with Leica.", ["14"]),
        ("Xiaomi presented the P9 and the larger P9 Plus with Leica.", ["p9", "p9 plus"]),
        ("Xiaomi's RX100 VII with Leica was unknown.", []),
    ],
)
def test_what_is_denied_used_or_only_called_a_makers_is_no_product_of_it(
    sentence: str, expected: list[str]
) -> None:
    found = finder(PHONES, sentence)
    assert [found.key(item) for item in found.items(sentence)] == expected


def test_a_line_is_known_from_the_maker_that_shows_it() -> None:
    text = "In May, Sony announced the Xperia 1 II with Zeiss. The Xperia 5 II came later."
    found = finder("which Sony phones have Zeiss lenses?", text)
    assert found.items("The Xperia 5 II came later.") == ["Xperia 5 II"]


def test_a_name_without_its_maker_is_of_the_one_that_was_named_last() -> None:
    wanted = wanted_of(ask("which Xiaomi phones carry Leica lenses?", date(2024, 3, 1)), ())
    found = ItemFinder(wanted, (), frozenset({"Huawei"}))
    sentence = "The P20 Pro carries Leica lenses."
    assert found.items(sentence, "Xiaomi leaves\nHuawei came back.") == []
    assert found.items(sentence, "Huawei leaves\nXiaomi came back.") == ["P20 Pro"]


def test_a_job_at_a_company_is_no_partner_of_it() -> None:
    text = "Ada Brink, Head of Product Management at Leica, works in Jena. Leica works with Sharp."
    found = finder("which companies does Leica work with?", text)
    assert found.items("Ada Brink, Head of Product Management at Leica, works in Jena.") == []


def test_an_adjective_of_a_place_names_it() -> None:
    wanted = wanted_of(ask("which Xiaomi phones came to India?", date(2024, 3, 1)), ())
    assert wanted.anchored("Only Xiaomi entered the Indian market.") == 1.0
    assert wanted.anchored("Only Xiaomi entered the market.") == 0.5


def test_a_partner_is_told_across_an_aside_and_from_a_series() -> None:
    text = (
        "Sharp Mobile, which sells phones under many names, has worked with Leica on its P series."
    )
    found = finder("which companies has Leica worked with?", text)
    assert found.items(text) == ["Sharp Mobile"]
