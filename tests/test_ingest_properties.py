"""After any sequence of changes, runs and crashes a library equals one built from scratch."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from ingest import ingest
from tests.dying import STEPS
from tests.stored import assert_sound, contents

STORY = " ".join(
    f"On day {n} the {w} crew of the ferry met at pier {n * 3}."
    for n, w in enumerate("red blue green black white amber violet silver".split())
)
TEXTS = (
    "# Rain\n\nIt rained in the valley for a week, and the river rose.",
    "# Sun\n\nThe sun came back on Sunday. The river fell again.",
    "---\ntitle: Sun\npublished: 2024-03-02\n---\nThe sun came back on Sunday.",
    f"---\ntitle: Ferry\npublished: 2024-03-02\n---\n{STORY}",
    f"---\ntitle: The ferry, again\npublished: 2024-03-01\n---\n{STORY} So we heard.",
    f"---\ntitle: A ferry\n---\nFrom our port. {STORY}",
    "",  # no article
)
NAMES = st.sampled_from(["a.md", "b.md", "c.md", "deep/d.md", "deep/e.md"])
RECORDS = st.lists(st.sampled_from(range(len(TEXTS) - 1)), max_size=4, unique=True)


class Crash(BaseException):
    """Stands for a SIGKILL: nothing that handles errors handles it."""


@contextmanager
def crashing(step: str, before: bool) -> Iterator[None]:
    """Ends whatever comes to this step; the journal and the stores are left as they are."""
    owner, name = STEPS[step]
    real = getattr(owner, name)

    def deadly(*args: Any, **kwargs: Any) -> Any:
        if not before:
            real(*args, **kwargs)
        raise Crash

    with patch.object(owner, name, deadly), suppress(Crash):
        yield


class Newsroom(RuleBasedStateMachine):
    """A folder that people work in, and a library that is brought up to date now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp())
        self.folder, self.library = self.base / "articles", self.base / "library"
        (self.folder / "deep").mkdir(parents=True)

    @rule(name=NAMES, text=st.sampled_from(TEXTS))
    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    @rule(records=RECORDS)
    def export(self, records: list[int]) -> None:
        lines = [json.dumps({"id": n, "title": f"No. {n}", "text": TEXTS[n]}) for n in records]
        (self.folder / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    @rule(name=NAMES, other=NAMES, copy=st.booleans())
    def rename(self, name: str, other: str, copy: bool) -> None:
        if name != other and (self.folder / name).exists():
            shutil.copy(self.folder / name, self.folder / other)
            if not copy:
                (self.folder / name).unlink()

    @rule()
    def run(self) -> None:
        ingest(self.folder, library=self.library)

    @rule(step=st.sampled_from(sorted(STEPS)), before=st.booleans())
    def crash(self, step: str, before: bool) -> None:
        with crashing(step, before):
            ingest(self.folder, library=self.library)

    @precondition(lambda self: (self.library / "articles.db").exists())
    @rule()
    def compare(self) -> None:
        ingest(self.folder, library=self.library)
        anew = self.base / "anew"
        ingest(self.folder, library=anew)
        try:
            assert contents(self.library) == contents(anew)
            assert_sound(self.library)
        finally:
            shutil.rmtree(anew)

    def teardown(self) -> None:
        if (self.library / "articles.db").exists():
            self.compare()
        shutil.rmtree(self.base)


TestNewsroom = Newsroom.TestCase
# The same sequences each time, so that the suite is steady; `derandomize=False` and a larger
# number here search further.
TestNewsroom.settings = how(
    max_examples=8, stateful_step_count=12, deadline=None, derandomize=True, database=None
)
