"""Answer quality has not fallen below its floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import gate


def test_every_floor_of_answer_quality_is_held(eval_folder: Path) -> None:
    """The same as `python -m benchmarks.gate`; a minute or two on an idle machine."""
    assert eval_folder.is_dir()
    if not gate.FLOORS.exists():
        pytest.skip("no floors are pinned yet: python -m benchmarks.gate --pin")
    assert gate.check() == []
