"""Measures over ranked lists and scores: recall, nDCG, area under the curve. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of the relevant ids among the first k; `relevant` must not be empty."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant)


def ndcg_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Discounted gain of the first k over the best possible; an id is relevant or not."""
    gain = sum(_discount(place) for place, id_ in enumerate(ranked[:k]) if id_ in relevant)
    return gain / sum(_discount(place) for place in range(min(k, len(relevant))))


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, equal scores counting half.

    By rank sums (Mann and Whitney 1947), in n log n; not a number when a side is empty.
    """
    if not positive or not negative:
        return math.nan
    ordered = sorted([(score, 1) for score in positive] + [(score, 0) for score in negative])
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += sum(kind for _, kind in ordered[at:end]) * (at + 1 + end) / 2
        at = end
    n = len(positive)
    return (ranks - n * (n + 1) / 2) / (n * len(negative))


def _discount(place: int) -> float:
    return 1 / math.log2(place + 2)
