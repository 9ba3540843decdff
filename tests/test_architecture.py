"""The rules that keep the parts apart, read from the source with `ast`.

Imports form a star, `ui -> bot <- ingest`: what is true of one part can be changed without
reading the other. `benchmarks` and the tests stand outside and may import all of them.
"""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest

from tests.conftest import ROOT

PARTS = ("bot", "ingest", "ui")
OURS = {*PARTS, "benchmarks", "tests"}
HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "gradio", "trafilatura"}
# Leaves of `bot` that hold nouns and no behaviour: as public as the names of the package itself.
PUBLIC_LEAVES = {"bot", "bot.records", "bot.errors", "bot.settings"}


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the project by its dotted name; a package counts as its `__init__`."""
    found = {}
    for path in sorted(p for part in OURS for p in (ROOT / part).rglob("*.py")):
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[dotted.removesuffix(".__init__")] = ast.parse(path.read_text("utf-8"), str(path))
    return found


def of_part(part: str) -> dict[str, ast.Module]:
    return {name: tree for name, tree in sources().items() if name.split(".")[0] == part}


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each import below `tree` as (module, name); the name is empty for `import module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute here"
            yield from ((node.module or "", alias.name) for alias in node.names)


def modules_imported(tree: ast.AST) -> set[str]:
    """The modules that are imported, `from bot import library` counting as `bot.library`."""
    known = sources()
    return {
        f"{module}.{name}" if f"{module}.{name}" in known else module
        for module, name in imports(tree)
    }


@pytest.mark.parametrize(
    ("part", "forbidden"),
    [
        ("bot", {"ingest", "ui", "benchmarks", "tests"}),
        ("ingest", {"ui", "benchmarks", "tests"}),
        ("ui", {"benchmarks", "tests"}),
    ],
)
def test_imports_form_a_star_with_bot_in_the_middle(part: str, forbidden: set[str]) -> None:
    for name, tree in of_part(part).items():
        wrong = {module for module, _ in imports(tree) if module.split(".")[0] in forbidden}
        assert not wrong, f"{name} imports {wrong}"


def test_ui_uses_only_the_public_names_of_bot_and_ingest() -> None:
    for name, tree in of_part("ui").items():
        for module, imported in imports(tree):
            if module.split(".")[0] not in {"bot", "ingest"}:
                continue
            assert module in PUBLIC_LEAVES | {"ingest"}, f"{name} reaches into {module}"
            assert imported, f"{name}: say which names of {module} are meant"
            assert not imported.startswith("_"), f"{name} imports {module}.{imported}"
            if module in {"bot", "ingest"}:
                public = importlib.import_module(module).__all__
                assert imported in public, f"{name}: {module} does not export {imported}"


def test_ingest_uses_no_private_name_of_bot() -> None:
    for name, tree in of_part("ingest").items():
        for module, imported in imports(tree):
            if module.split(".")[0] == "bot":
                private = [p for p in (*module.split("."), imported) if p.startswith("_")]
                assert not private, f"{name} imports {module}.{imported}"


def test_records_and_errors_import_nothing_of_ours() -> None:
    for leaf in ("bot.records", "bot.errors"):
        ours = {module for module, _ in imports(sources()[leaf]) if module.split(".")[0] in OURS}
        assert not ours, f"{leaf} imports {ours}"


@pytest.mark.parametrize("part", PARTS)
def test_no_module_imports_itself_through_others(part: str) -> None:
    graph = {
        name: modules_imported(tree) & of_part(part).keys() for name, tree in of_part(part).items()
    }
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for other in sorted(graph[name] - {name}):
                walk(other, (*path, name))
            done.add(name)

    for name in graph:
        walk(name, ())


def test_only_the_settings_read_the_environment() -> None:
    """Setting a variable for a library that reads it itself is no reading."""
    for part in PARTS:
        for name, tree in of_part(part).items():
            if name == "bot.settings":
                continue
            written = {id(node) for node in _written(tree)}
            reads = [n for n in ast.walk(tree) if _is_environment(n) and id(n) not in written]
            assert not reads, f"{name}: {[ast.unparse(node) for node in reads]}"


def _is_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(a.name in {"environ", "getenv"} for a in node.names)
    return (
        isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv", "environb", "getenvb"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    )


def _written(tree: ast.AST) -> Iterator[ast.AST]:
    """`os.environ` where it is assigned to: `os.environ[name] = …` or a bare `setdefault`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield node.value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = node.value.func
            if isinstance(called, ast.Attribute) and called.attr == "setdefault":
                yield called.value


def test_no_module_of_bot_or_ingest_imports_a_heavy_library_when_it_is_loaded() -> None:
    for part in ("bot", "ingest"):
        for name, tree in of_part(part).items():
            heavy = {m.split(".")[0] for m in _at_load(tree)} & HEAVY
            assert not heavy, f"{name} imports {heavy} at module level"


def _at_load(tree: ast.Module) -> Iterator[str]:
    """The modules that are imported as soon as this one is, type checking aside."""
    for node in tree.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from (module for module, _ in imports(node))


def test_importing_bot_and_ingest_loads_no_heavy_library() -> None:
    code = "import sys, bot, ingest; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(done.stdout.split())


def test_no_file_is_longer_than_300_lines_and_no_function_than_50() -> None:
    for part in sorted(OURS):
        for path in sorted((ROOT / part).rglob("*.py")):
            lines = len(path.read_text("utf-8").splitlines())
            assert lines <= 300, f"{path.relative_to(ROOT)} has {lines} lines"
    for name, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 50, f"{name}.{node.name} has {length} lines"


def test_ci_is_executable() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
