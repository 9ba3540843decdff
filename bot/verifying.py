"""A saved answer checked against the library of today: unchanged, changed since, gone."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from bot.errors import QuestionError
from bot.library import Library, Snapshot
from bot.settings import Settings

State = Literal["unchanged", "changed since", "gone", "unknown"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One citation: its state now, and what stands at its place since the article changed.

    `still_quotable` says whether the newest version still holds the quote word for word;
    `difference` holds the lines that changed, as `-old` and `+new`.
    """

    number: int
    title: str
    state: State
    still_quotable: bool
    difference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """The citations of one saved answer, checked."""

    question: str
    citations: tuple[Checked, ...]

    @property
    def holds(self) -> bool:
        """Whether every quote still stands in a live article."""
        return all(c.state == "unchanged" or c.still_quotable for c in self.citations)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        lines = [self.question]
        for c in self.citations:
            kept = (
                " (the quote still stands in it)"
                if c.state == "changed since" and c.still_quotable
                else ""
            )
            lines.append(f"[{c.number}] {c.state}{kept}: {c.title}")
            lines += [f"    {line}" for line in c.difference]
        return "\n".join(lines)


def verify_file(path: Path, settings: Settings) -> Verification:
    """Check the answer saved in `path`; QuestionError when the file holds no such answer."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        question, citations = saved["question"], saved["citations"]
        with Library(settings).snapshot() as view:
            return Verification(question, tuple(verify(view, c) for c in citations))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionError(
            f"{path} holds no saved answer ({error}). Save one with: "
            'python -m bot --json "question" > FILE'
        ) from error


def verify(view: Snapshot, citation: Mapping[str, Any]) -> Checked:
    """What has become of one citation (its `to_dict` form) in the library as it is now."""
    quote, start, end = citation["quote"], citation["start"], citation["end"]
    about = (citation["number"], citation["title"])
    try:
        quoted = view.article(citation["article_id"], citation["version"])
    except KeyError:
        return Checked(*about, "unknown", False, ("The library never held this version.",))
    if quoted.text[start:end] != quote:
        return Checked(*about, "unknown", False, ("The saved quote differs from the article.",))
    live, newest = view.state(citation["article_id"])
    if not live:
        return Checked(*about, "gone", False)
    if newest == citation["version"]:
        return Checked(*about, "unchanged", True)
    current = view.article(citation["article_id"])
    return Checked(
        *about, "changed since", quote in current.text, difference(quoted.text, current.text)
    )


def difference(old: str, new: str) -> tuple[str, ...]:
    """The lines of two texts that differ, as `-old` and `+new`, in their order."""
    rows = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return tuple(row for row in rows if not row.startswith(("---", "+++", "@@")))
