"""Where passages begin and end, on texts written for it and on generated ones."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.records import Article
from ingest.splitting import MAX, split

SENTENCE = (
    "The new camera was shown in Wetzlar on Monday, and it is smaller than the old one. "  # 83
)


def passages(text: str, *furniture: tuple[int, int]) -> list[str]:
    cuts = split(Article(text=text, title="", furniture=furniture))
    return [text[cut[0][0] : cut[-1][1]] for cut in cuts]


def test_a_short_article_is_one_passage() -> None:
    assert passages("One sentence. And another.") == ["One sentence. And another."]


def test_passages_are_runs_of_whole_sentences_no_longer_than_the_limit() -> None:
    found = passages((SENTENCE * 30).strip())
    assert [len(passage) for passage in found] == [829, 829, 829]
    assert all(passage.startswith("The new") and passage.endswith("one.") for passage in found)


def test_no_small_rest_is_left_at_the_end() -> None:
    lengths = [len(passage) for passage in passages((SENTENCE * 13).strip())]
    assert lengths == [497, 580]


def test_a_paragraph_is_kept_whole_where_it_fits() -> None:
    one, two, three = ((SENTENCE * n).strip() for n in (6, 4, 9))
    assert passages(f"{one}\n\n{two}\n\n{three}") == [f"{one}\n\n{two}", three]


def test_a_heading_stays_with_what_it_heads() -> None:
    first, second = (SENTENCE * 9).strip(), (SENTENCE * 9).strip()
    assert passages(f"{first}\n\nWhat comes next\n\n{second}") == [
        first,
        f"What comes next\n\n{second}",
    ]


def test_furniture_is_in_no_passage() -> None:
    text = "The phone is out.\n\nRead more: Our test.\n\nIt costs 999 euros."
    start = text.index("Read")
    assert passages(text, (start, start + 20)) == ["The phone is out.", "It costs 999 euros."]


def test_an_article_of_nothing_but_furniture_has_no_passages() -> None:
    assert passages("Subscribe now.", (0, 14)) == []


def test_a_sentence_beyond_the_limit_is_cut_at_blanks() -> None:
    text = " ".join(["word"] * 500)
    found = passages(text)
    assert all(len(passage) <= MAX for passage in found)
    assert " ".join(found) == text


def test_a_text_without_any_blank_is_cut_at_the_limit() -> None:
    assert [len(passage) for passage in passages("x" * 2500)] == [1000, 1000, 500]


@given(st.lists(st.text(alphabet="aZ9. \n?”é漢", max_size=400), max_size=12).map("".join))
def test_every_character_but_blanks_is_in_exactly_one_sentence(text: str) -> None:
    cuts = split(Article(text=text, title=""))
    spans = [span for cut in cuts for span in cut]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    kept = "".join("".join(text[a:b].split()) for a, b in spans)
    assert kept == "".join(text.split())
    assert all(cut[-1][1] - cut[0][0] <= MAX for cut in cuts)
