"""How far a figure could be off, by the bootstrap: questions drawn again with replacement.

Percentile intervals after Efron (1979). The draws come from a fixed seed, so the same values
always give the same spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000  # the ends of an interval then move by less than a third of a point
SEED = 20240101
LEVEL = 0.95

Values = Sequence[float]


def spread(values: Values, level: float = LEVEL) -> tuple[float, float]:
    """The interval that holds the mean in `level` of the draws; (nan, nan) for no values."""
    if not len(values):
        return float("nan"), float("nan")
    means = _draws(np.asarray(values, float)).mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def chance(ours: Values, theirs: Values) -> float:
    """The share of draws in which ours is not above theirs; both in the order of questions.

    Small means that the difference would hold on other questions of the same kind.
    """
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} values cannot be paired with {len(theirs)}.")
    difference = np.asarray(ours, float) - np.asarray(theirs, float)
    return float((_draws(difference).mean(axis=1) <= 0).mean())


def _draws(values: NDArray[Any]) -> NDArray[Any]:
    chosen = np.random.default_rng(SEED).integers(len(values), size=(DRAWS, len(values)))
    drawn: NDArray[Any] = values[chosen]
    return drawn
