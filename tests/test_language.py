"""Words, stems and names of English news text."""

import pytest

from bot.language import content_stems, names, stem, stems, words


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Which Xiaomi phones were made with Leica?", ["Xiaomi", "Leica"]),
        ("Meanwhile Vivo signed with Zeiss.", ["Vivo", "Zeiss"]),
        ("The Leitz Phone 1 went on sale in Japan.", ["Leitz Phone 1", "Japan"]),
        ("It carries the iPhone 15 and a 13T Pro.", ["iPhone 15", "13T Pro"]),
        ("On Monday the board met.", []),
        ("Leica's engineers agreed.", ["Leica"]),
        ("nothing here is a name", []),
    ],
)
def test_names_are_runs_of_capitals_and_model_numbers(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


def test_stems_fold_case_diacritics_and_endings() -> None:
    assert stem("Partnerships") == stem("partnership")
    assert stem("Renée") == "rene"
    assert stem("13T") == "13t"


def test_possessives_are_cut_off_words() -> None:
    assert words("Leica’s and Zeiss' lenses") == ["Leica", "and", "Zeiss", "lenses"]


def test_content_stems_leave_function_words_out_and_stems_keep_them() -> None:
    assert content_stems("who has the final say") == ["final", "sai"]
    assert stems("who has it") == ["who", "ha", "it"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Xiaomi and Leica Partnership Is Here to Stay: Five Things You Should Know", True),
        ("The partnership is here to stay, managers of both makers said", False),
        ("Leica Left Huawei.", False),
        ("• Xiaomi 14 is the latest phone", False),
    ],
)
def test_headlines_are_told_by_their_capitals(line: str, expected: bool) -> None:
    from bot.language import is_headline

    assert is_headline(line) is expected
