"""`python -m bot` as a person and a script use it: real processes, exit codes, JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str, library: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BOT_")}
    environment |= {"BOT_CACHE": os.environ["BOT_CACHE"]} if "BOT_CACHE" in os.environ else {}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment | {"BOT_LIBRARY": str(library)},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_answer_is_printed_with_its_sources_and_exits_with_zero(sample_library: Path) -> None:
    done = run("when did Huawei and Leica part ways?", library=sample_library)
    assert done.returncode == 0
    assert "[1]" in done.stdout
    assert done.stderr == ""


def test_words_need_no_quotation_marks(sample_library: Path) -> None:
    done = run("who", "makes", "the", "lenses", "for", "Vivo", library=sample_library)
    assert "Zeiss" in done.stdout


def test_json_is_the_answer_as_a_dictionary(sample_library: Path) -> None:
    done = run("--json", "--as-of", "2025-01-31", "who works with Leica?", library=sample_library)
    saved = json.loads(done.stdout)
    assert saved["as_of"] == "2025-01-31"
    assert saved["answered"] is (done.returncode == 0)


def test_what_the_articles_do_not_say_exits_with_one(sample_library: Path) -> None:
    done = run("what is the capital of Australia?", library=sample_library)
    assert done.returncode == 1
    assert done.stdout.startswith("The articles don't say.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("",), "The question is empty"),
        (("--as-of", "yesterday", "who?"), "YYYY-MM-DD"),
        (("--model", "nobody:none", "who works with Leica?"), "nobody"),
    ],
)
def test_errors_are_sentences_on_stderr_and_exit_with_two(
    sample_library: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(*arguments, library=sample_library)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_missing_library_names_the_command_that_makes_one(tmp_path: Path) -> None:
    done = run("who?", library=tmp_path / "none")
    assert done.returncode == 2
    assert "python -m ingest" in done.stderr


def test_without_a_question_it_is_a_conversation(sample_library: Path) -> None:
    given = "which Xiaomi phones were made with Leica?\n\nand the first one?\n"
    done = run(library=sample_library, given=given)
    assert done.returncode == 0
    assert "12S Ultra" in done.stdout
    assert done.stdout.count("As of ") == 2


def test_a_saved_answer_is_verified(sample_library: Path, tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    question = "when did Huawei and Leica part ways?"
    saved.write_text(run("--json", question, library=sample_library).stdout)
    done = run("verify", str(saved), library=sample_library)
    assert done.returncode == 0
    assert "[1] unchanged" in done.stdout


def test_a_file_that_is_no_saved_answer_is_an_error(sample_library: Path, tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("[]")
    done = run("verify", str(tmp_path / "no.json"), library=sample_library)
    assert done.returncode == 2
    assert "no saved answer" in done.stderr
