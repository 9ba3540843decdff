"""One measured figure, and the table and the JSON that show many of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.significance import chance, spread


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % spread, the number of cases, and what it stands beside.

    `better` is "higher", "lower" or "" (told, not judged). `chance` is the share of bootstrap
    draws in which ours is not above the baseline's; None where nothing can be paired.
    """

    measure: str
    name: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None
    baseline: float | None = None
    chance: float | None = None
    aim: float | None = None
    better: str = "higher"

    @property
    def key(self) -> str:
        return f"{self.measure}.{self.name}"


def mean_figure(  # noqa: PLR0913 - a figure is described by keyword, never by position
    measure: str,
    name: str,
    values: Sequence[float],
    *,
    baseline: Sequence[float] | float | None = None,
    aim: float | None = None,
    better: str = "higher",
) -> Figure:
    """The mean of one value a case; `baseline` is a figure, or a value for each same case."""
    low, high = spread(values)
    paired = None if baseline is None or isinstance(baseline, float | int) else baseline
    return Figure(
        measure,
        name,
        mean(values),
        len(values),
        low,
        high,
        baseline if paired is None else mean(paired),  # type: ignore[arg-type]
        None if paired is None else chance(values, paired),
        aim,
        better,
    )


def mean(values: Sequence[float]) -> float:
    """The mean; not a number where there is nothing to take it of."""
    return sum(values) / len(values) if values else math.nan


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table, a row each."""
    rows = ["| measure | ours | 95 % | baseline | aim | n |", "|---|---|---|---|---|---|"]
    for one in figures:
        between = "" if one.low is None else f"{show(one.low)} to {show(one.high)}"
        beside = show(one.baseline) + ("" if one.chance is None else f" (p {one.chance:.3f})")
        cells = (one.key, show(one.value), between, beside, show(one.aim), str(one.n))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def show(value: float | None) -> str:
    """Three decimals for shares, one for anything larger, nothing for None."""
    if value is None:
        return ""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def as_json(figures: Iterable[Figure]) -> dict[str, Any]:
    """Every figure by its key, rounded to four decimals; not a number becomes None."""
    return {one.key: {k: _plain(v) for k, v in asdict(one).items()} for one in figures}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 4)
    return value
