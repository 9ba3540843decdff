"""The shipped reader, run as it is when a question is answered; the examples are our own."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.errors import ModelError
from bot.reader import WEIGHTS, OnnxReader, Reader, load_reader, reader_input
from bot.settings import load_settings

HARBOUR = "Storm closes the harbour of Port Ellery"
STORY = [
    "The harbour of Port Ellery was closed for two days by the storm.",
    "Mayor Dana Whitlock said that 14 fishing boats had been damaged.",
    "Repairs will cost about 3 million dollars, the council estimates.",
    "The ferry to the islands will sail again on Thursday.",
    "Residents said they had never seen waves as high as these.",
]
EXAMPLES = [
    ("How many fishing boats were damaged?", 1),
    ("How much will the repairs cost?", 2),
    ("When will the ferry sail again?", 3),
    ("Who said that fishing boats had been damaged?", 1),
    ("How long was the harbour closed?", 0),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(load_settings(reranker_model=""))


def texts() -> list[str]:
    return [reader_input(sentence, HARBOUR) for sentence in STORY]


@pytest.mark.parametrize(("question", "answering"), EXAMPLES)
def test_the_sentence_that_answers_stands_above_the_rest_of_its_story(
    reader: Reader, question: str, answering: int
) -> None:
    assert int(reader.score(question, texts()).argmax()) == answering


def test_a_story_that_answers_scores_above_one_about_something_else(reader: Reader) -> None:
    question = "When will the ferry sail again?"
    other = ["The bakery on Mill Street won a prize for its rye bread.", "It opened in 1987."]
    elsewhere = [reader_input(sentence, "Baker wins prize") for sentence in other]
    assert reader.score(question, texts()).max() > reader.score(question, elsewhere).max() + 1


def test_the_order_of_the_sentences_changes_no_score(reader: Reader) -> None:
    question, many = EXAMPLES[0][0], texts() * 3 + ["Boats.", "Fishing is old here."]
    forward = reader.score(question, many)
    backward = reader.score(question, many[::-1])[::-1]
    assert forward.tolist() == backward.tolist()


def test_the_company_of_a_sentence_moves_its_score_by_some_tenths_at_most(
    reader: Reader,
) -> None:
    question = EXAMPLES[0][0]
    together = reader.score(question, texts())
    alone = np.array([reader.score(question, [text])[0] for text in texts()])
    assert np.abs(together - alone).max() < 0.6
    assert together.argmax() == alone.argmax()


def test_several_threads_get_what_one_gets(reader: Reader) -> None:
    questions = [question for question, _ in EXAMPLES] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda question: reader.score(question, texts()).tolist(), questions))
    assert found == [reader.score(question, texts()).tolist() for question in questions]


def test_no_sentences_give_no_scores(reader: Reader) -> None:
    scores = reader.score("Who won?", [])
    assert scores.shape == (0,)
    assert scores.dtype == np.float32


def test_texts_longer_than_the_model_reads_and_empty_ones_are_scored(reader: Reader) -> None:
    scores = reader.score("who " * 300, ["", "word " * 2000])
    assert np.isfinite(scores).all()


def test_the_sentence_comes_first_then_the_title_then_what_it_leans_on() -> None:
    leaning = "He said that the boats would be repaired before the start of the summer season."
    alone = "Mayor Dana Whitlock said on Monday that 14 fishing boats had been damaged there."
    assert reader_input(leaning, "Storm", "Tim Roe spoke.") == f"{leaning} | Storm | Tim Roe spoke."
    assert reader_input(alone, "Storm", "Tim Roe spoke.") == f"{alone} | Storm"
    assert reader_input("Yes, 14.", before="How many?") == "Yes, 14. | How many?"


def test_reading_imports_neither_torch_nor_transformers() -> None:
    program = (
        "import sys; from bot.reader import load_reader; from bot.settings import load_settings\n"
        "load_reader(load_settings(reranker_model='')).score('Who won?', ['The Reds won.'])\n"
        "print([name for name in ('torch', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_reranker_that_cannot_be_loaded_is_named_with_its_setting(tmp_path: Path) -> None:
    name = str(tmp_path / "nothing-here")
    with pytest.raises(ModelError, match=r"BOT_RERANKER_MODEL=.*nothing-here.*cannot be loaded"):
        load_reader(load_settings(reranker_model=name))


def test_missing_weights_are_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"reader.s weights are missing.*benchmarks.train_reader"):
        OnnxReader(tmp_path / "reader.onnx")


def test_the_weights_are_at_most_25_megabytes() -> None:
    assert WEIGHTS.stat().st_size <= 25_000_000
