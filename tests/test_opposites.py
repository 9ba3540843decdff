"""A claim that says the contrary of its quote."""

import pytest

from bot.opposites import contrary


@pytest.mark.parametrize(
    ("said", "quoted", "word"),
    [
        ("The bill was voted down.", "The House passed the bill on Monday.", "rejected"),
        ("Prices fell in May.", "Prices rose in May.", "fell"),
        ("The firm left the group.", "The firm joined the group.", "left"),
        ("Zeiss ended the work in 2021.", "Zeiss began the work in 2021.", "ended"),
        ("The mayor resigned.", "The mayor resigned.", ""),
        ("Prices rose.", "Prices rose, after they fell in April.", ""),
        ("Prices rose and fell.", "Prices fell.", ""),
        ("The bill was passed.", "The bill is long.", ""),
    ],
)
def test_the_contrary_of_a_quote_is_told(said: str, quoted: str, word: str) -> None:
    assert contrary(said, [quoted]) == word
