"""The floors under which answer quality must not fall: `python -m benchmarks.gate`.

    python -m benchmarks.gate            measure the subset; exit 1 where a floor is broken
    python -m benchmarks.gate --pin      raise the floors to what is measured now
    python -m benchmarks.gate --pin --lower   the same, and lower those that are not reached

Floors stand in `floors.json` with a digest of the data: figures on other data say nothing
about them, so then the gate fails until they are pinned again. Lowering a floor takes the
flag, and its line in the diff.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.data import DataMissing, data_digest
from benchmarks.figures import Figure
from benchmarks.quality import FOLDERS, Course

FLOORS = Path(__file__).with_name("floors.json")
# A floor lies this far below what was measured: one question of the 50, since another
# processor rounds vectors a little differently. What is perfect must stay perfect.
SLACK = 0.02


class FloorLowered(Exception):
    """A floor would be lowered, and nobody said that it should be."""


def floors_of(figures: Iterable[Figure]) -> dict[str, dict[str, Any]]:
    """The floor (or ceiling, where lower is better) under each figure that is judged."""
    return {
        one.key: {"better": one.better, "value": _limit(one)}
        for one in figures
        if one.better and not math.isnan(one.value)
    }


def broken(figures: Iterable[Figure], floors: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A sentence for each floor that is not held, or whose figure is gone."""
    found = {one.key: one.value for one in figures}
    return [
        f"{key} is {found.get(key, math.nan):.4f}, the floor is {floor['value']:.4f} "
        f"({floor['better']} is better)"
        for key, floor in floors.items()
        if not _holds(found.get(key, math.nan), floor)
    ]


def pinned(
    new: Mapping[str, Mapping[str, Any]], old: Mapping[str, Mapping[str, Any]], *, lower: bool
) -> dict[str, Mapping[str, Any]]:
    """The floors to keep: the stricter of new and old, or with `lower` the new ones.

    Raises FloorLowered where that takes `lower`: a floor that would fall, or would be gone.
    """
    if lower:
        return dict(new)
    worse = [
        key for key, one in old.items() if key not in new or not _holds(new[key]["value"], one)
    ]
    if worse:
        raise FloorLowered(
            f"This would lower the floor of {', '.join(worse)}. Mend the code, or, if it must "
            "be, run: python -m benchmarks.gate --pin --lower"
        )
    return dict(new)


def check(path: Path = FLOORS) -> list[str]:
    """What is wrong now: a sentence for each broken floor, or for other data; empty if nothing."""
    kept = json.loads(path.read_text("utf-8"))
    if kept["data"] != data_digest(*FOLDERS):
        return [
            f"The data is not what {path.name} was pinned on; run benchmarks.gate --pin --lower"
        ]
    return broken(_measured(), kept["floors"])


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: 0 all held or pinned, 1 broken or refused, 2 no data."""
    options = _options(arguments)
    try:
        problems = _pin(options.lower) if options.pin else check()
    except DataMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    print("\n".join(problems) or "Every floor is held.")
    return bool(problems)


def _pin(lower: bool) -> list[str]:
    old = json.loads(FLOORS.read_text("utf-8"))["floors"] if FLOORS.exists() else {}
    try:
        floors = pinned(floors_of(_measured()), old, lower=lower)
    except FloorLowered as refused:
        return [str(refused)]
    kept = {"data": data_digest(*FOLDERS), "floors": floors}
    FLOORS.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return []


def _measured() -> list[Figure]:
    return Course(small=True, fresh=True, compare=False).run()


def _limit(one: Figure) -> float:
    if one.better == "lower":
        return round(one.value + SLACK * max(1.0, one.value), 4)
    return one.value if one.value == 1.0 else round(one.value - SLACK, 4)


def _holds(value: float, floor: Mapping[str, Any]) -> bool:
    limit = floor["value"]
    return bool(value <= limit if floor["better"] == "lower" else value >= limit)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.gate", description=__doc__)
    parser.add_argument("--pin", action="store_true", help="write what is measured as floors")
    parser.add_argument("--lower", action="store_true", help="let a floor be lowered")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
