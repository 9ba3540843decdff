"""Figures are compared by value, whatever they are written in."""

from __future__ import annotations

import pytest

from bot.figures import figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("25 people", [(25.0, "", "")]),
        ("twenty-five people", [(25.0, "", "")]),
        ("two hundred and five people", [(205.0, "", "")]),
        ("a dozen phones", [(12.0, "", "")]),
        ("a million phones", [(1_000_000.0, "", "")]),
        ("1.5 million phones", [(1_500_000.0, "", "")]),
        ("1,500,000 phones", [(1_500_000.0, "", "")]),
        ("1 500 000 phones", [(1_500_000.0, "", "")]),
        ("$1 000", [(1_000.0, "$", "")]),
        ("$2.3bn", [(2_300_000_000.0, "$", "")]),
        ("Rs. 75,000", [(75_000.0, "₹", "")]),
        ("3 million dollars", [(3_000_000.0, "$", "")]),
        ("12% or 12 per cent", [(12.0, "%", ""), (12.0, "%", "")]),
        ("under $1,000", [(1_000.0, "$", "<")]),
        ("more than 40 towns", [(40.0, "", ">")]),
        ("the 3rd, the third", [(3.0, "nth", ""), (3.0, "nth", "")]),
        ("the 1990s", [(1_990.0, "decade", "")]),
        ("a 25-year-old", [(25.0, "", "")]),
    ],
)
def test_a_figure_is_read_with_its_unit_and_bound(
    text: str, found: list[tuple[float, str, str]]
) -> None:
    assert [(f.value, f.unit, f.bound) for f in figures(text)] == found


@pytest.mark.parametrize("text", ["the 13T and the P60", "one of them", "millions of people"])
def test_model_numbers_and_vague_amounts_are_no_figures(text: str) -> None:
    assert figures(text) == []
