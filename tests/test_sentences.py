"""Sentence boundaries of news prose, by offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs Rs. 69,999. Sales start now.", ["It costs Rs. 69,999.", "Sales start now."]),
        ("Mr. Hale left. He is 42.", ["Mr. Hale left.", "He is 42."]),
        ("He came at 5 p.m. He left at six.", ["He came at 5 p.m.", "He left at six."]),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ("The 13T series. Of all phones it sold best.",
         ["The 13T series.", "Of all phones it sold best."]),
        ("J. K. Arden wrote it. No. 1 sold out.", ["J. K. Arden wrote it.", "No. 1 sold out."]),
        ("The U.S. Army came. It went.", ["The U.S. Army came.", "It went."]),
        ("Prices fell 1.5 percent. Why?", ["Prices fell 1.5 percent.", "Why?"]),
    ],
)  # fmt: skip
def test_abbreviations_figures_and_quotation_marks_do_not_mislead(
    text: str, expected: list[str]
) -> None:
    assert cut(text) == expected


def test_a_line_break_always_ends_a_sentence() -> None:
    assert cut("A heading\nThe text begins here.") == ["A heading", "The text begins here."]


def test_a_part_of_a_text_is_cut_with_the_offsets_of_the_whole() -> None:
    text = "First one. Second one. Third one."
    assert sentence_spans(text, 11, 22) == [(11, 22)]
    assert text[11:22] == "Second one."


@given(st.text(alphabet="aB .!?\n“”\"'1()é…", max_size=200))
def test_sentences_never_overlap_and_lose_only_blanks(text: str) -> None:
    spans = sentence_spans(text)
    flat = [at for span in spans for at in span]
    assert flat == sorted(flat)
    kept = "".join(text[start:end] for start, end in spans)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
