"""What the README says is so: its commands are run, its samples compared, its tables checked."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.conftest import ROOT
from tests.serving import serve

README = (ROOT / "README.md").read_text("utf-8")
INSTALL = "pip install -r requirements.txt && "
CHAT = INSTALL + "python -m ui"
TESTS = INSTALL + "python -m pytest"


def blocks(language: str) -> list[str]:
    """The fenced blocks of the README in one language ("" for none), in order."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.M | re.S)
    return [text for name, text in found if name == language]


def commands() -> dict[str, str]:
    """Every command of the README and the output that is printed below it, "" for none."""
    found: dict[str, str] = {}
    for block in blocks("console"):
        assert block.startswith("$ ")
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found[command] = output
    return found


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a fresh clone after `python -m ingest articles`: articles and library."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "articles", folder / "articles")
    done = run("python -m ingest articles", folder)
    assert done.returncode == 0, done.stderr
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a shell would, with this Python first on the path."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def sample() -> tuple[str, str]:
    """The one command whose output the README shows."""
    ((command, output),) = [(c, o) for c, o in commands().items() if o]
    return command, output


def saved() -> str:
    (command,) = [c for c in commands() if c.endswith("> answer.json")]
    return command


def test_every_command_is_run_by_a_test_of_this_file() -> None:
    run_below = {CHAT, TESTS, sample()[0], saved(), "python -m ingest articles"}
    assert commands().keys() == {*run_below, "python -m bot verify answer.json"}


def test_the_sample_answer_is_what_the_program_prints(workplace: Path) -> None:
    command, output = sample()
    done = run(command, workplace)
    assert done.returncode == 0, done.stderr
    assert done.stdout == output


def test_ingest_says_on_a_second_run_that_nothing_changed(workplace: Path) -> None:
    done = run("python -m ingest articles --json", workplace)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["unchanged"] == 18
    assert report["added"] == report["updated"] == report["removed"] == 0
    assert report["failed"] == []


def test_a_saved_answer_is_verified(workplace: Path) -> None:
    done = run(saved(), workplace)
    assert done.returncode == 0, done.stderr or (workplace / "answer.json").read_text()
    answer = json.loads((workplace / "answer.json").read_text())
    assert "Sharp" in answer["text"]
    done = run("python -m bot verify answer.json", workplace)
    assert done.returncode == 0, done.stderr
    assert "unchanged" in done.stdout


def test_the_python_sample_prints_one_quote_for_each_citation(workplace: Path) -> None:
    (code,) = blocks("python")
    (workplace / "sample.py").write_text(code)
    done = run("python sample.py", workplace)
    assert done.returncode == 0, done.stderr
    assert "12S Ultra" in done.stdout
    assert len(done.stdout.splitlines()) >= 8


def test_the_first_command_opens_the_chat(workplace: Path) -> None:
    command = CHAT.removeprefix(INSTALL).split()
    with serve([sys.executable, *command[1:]], workplace) as page:
        assert "gradio" in page.read("/").lower()


def test_the_second_command_finds_the_tests() -> None:
    done = run(TESTS.removeprefix(INSTALL) + " --collect-only -q", ROOT)
    assert done.returncode == 0, done.stdout
    assert "tests/test_readme.py::test_the_second_command_finds_the_tests" in done.stdout


def test_it_is_read_in_three_minutes() -> None:
    assert len(README.split()) < 700


def test_the_tree_names_what_is_there() -> None:
    (tree,) = blocks("")
    named, parent = set(), Path()
    for line in tree.splitlines():
        name = line.split()[0]
        parent = Path() if not line.startswith(" ") else parent
        assert (ROOT / parent / name).exists(), line
        assert len(line.split()) > 1, f"{name}: say what it is"
        named.add((parent / name).as_posix())
        parent = Path(name) if name.endswith("/") else parent
    folders = {p.parent.relative_to(ROOT).parts[0] for p in ROOT.glob("[a-z]*/*.[pm][yd]")}
    assert folders <= named


def test_the_settings_table_holds_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) *\| \S.* \|$", README, re.M)
    shown = {name: default.strip("`") for name, default in rows}
    actual = {}
    for field in Settings.model_fields.values():
        name = str(field.alias)
        actual[name] = shown.get(name) if field.default_factory else str(field.default)
    assert shown == actual


def test_every_module_and_file_that_is_named_exists() -> None:
    for module in re.findall(r"python -m ([\w.]+)", README):
        assert importlib.util.find_spec(module), module
    for path in re.findall(r"`((?:bot|ingest|ui|tests|articles|\.ci)/[\w./]*)`", README):
        assert (ROOT / path).exists(), path


def test_the_screenshot_is_there_and_loads_quickly() -> None:
    (picture,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert (ROOT / picture).read_bytes()[:4] == b"\x89PNG"
    assert (ROOT / picture).stat().st_size < 300_000


def test_the_checks_that_are_named_are_the_ones_that_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    for check in re.findall(r"`((?:ruff|mypy)[^`]*)`", README):
        assert check in script, check


def rewrite_sample() -> None:
    """Put today's output below the sample's command: `python -m tests.test_readme`."""
    import tempfile

    command, output = sample()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "articles", Path(folder, "articles"))
        assert run("python -m ingest articles", Path(folder)).returncode == 0
        printed = run(command, Path(folder)).stdout
        assert printed
    (ROOT / "README.md").write_text(README.replace(output, printed), "utf-8")


if __name__ == "__main__":
    rewrite_sample()
