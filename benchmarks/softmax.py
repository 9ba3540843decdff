"""Fits the weights of a linear score, from groups of candidates of which some are right.

Listwise softmax: the probability that a draw in proportion to exp(score) takes a right
candidate, maximised over all groups (Cao et al. 2007, "Learning to Rank"), with an L2 penalty
on weights of standardised signals. Pure numpy, since the problems have a dozen unknowns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

PENALTY = 0.02  # per weight squared; 0.005 to 0.05 gave the same order on the other half
STEPS, RATE = 600, 0.1  # Adam settles well before


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one question: signals (n, m), which are right (n), and its half.

    `names` are those of the signals, where a caller needs them.
    """

    signals: Array
    right: NDArray[Any]
    half: int = 0
    names: tuple[str, ...] = ()


def fit_choices(choices: Sequence[Choice], names: Sequence[str]) -> dict[str, float]:
    """The weights by name, for the signals as they are (not standardised)."""
    usable = [c for c in choices if c.right.any() and not c.right.all()]
    if not usable:
        raise ValueError("No question has both a right and a wrong candidate: nothing to fit.")
    scale = _scale(np.concatenate([choice.signals for choice in usable]))
    scaled = [(choice.signals / scale, choice.right.astype(bool)) for choice in usable]
    fitted = _descend(lambda w: _slope(w, scaled), len(names)) / scale
    return dict(zip(names, map(float, fitted), strict=True))


def fit_yes_no(signals: Array, yes: NDArray[Any], names: Sequence[str]) -> dict[str, float]:
    """Logistic regression with a bias; both answers count for half, however many there are."""
    scale = _scale(signals)
    rows = np.column_stack([signals / scale, np.ones(len(signals))])
    share = np.where(yes, 0.5 / max(yes.sum(), 1), 0.5 / max((~yes).sum(), 1))

    def slope(w: Array) -> Array:
        expected = 1 / (1 + np.exp(-rows @ w))
        down: Array = rows.T @ (share * (expected - yes)) + PENALTY * np.append(w[:-1], 0.0)
        return down

    fitted = _descend(slope, len(names) + 1)
    weights = dict(zip(names, map(float, fitted[:-1] / scale), strict=True))
    return {"bias": float(fitted[-1]), **weights}


def columns(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Array:
    """Signals by name as a matrix; one that a row lacks is 0."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows], float).reshape(
        len(rows), len(names)
    )


def _slope(w: Array, choices: Sequence[tuple[Array, NDArray[Any]]]) -> Array:
    down = PENALTY * w
    for signals, right in choices:
        scores = signals @ w
        every = np.exp(scores - scores.max())
        good = every * right
        # Where the right ones share almost no probability, their own order still counts.
        down = down + (every / every.sum() - good / max(good.sum(), 1e-300)) @ signals / len(
            choices
        )
    result: Array = down
    return result


def _descend(slope: Any, size: int) -> Array:
    """Adam (Kingma and Ba 2015) from zero."""
    w, mean, square = (np.zeros(size) for _ in range(3))
    for step in range(1, STEPS + 1):
        down = slope(w)
        mean = 0.9 * mean + 0.1 * down
        square = 0.999 * square + 0.001 * down**2
        rate = RATE * (1 - step / (STEPS + 1))
        w = w - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    return w


def _scale(signals: Array) -> Array:
    spread = signals.std(axis=0)
    scale: Array = np.where(spread > 1e-9, spread, 1.0)
    return scale
