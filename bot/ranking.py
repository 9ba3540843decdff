"""From signals to an order: pure functions over numbers, with no store and no model.

Each candidate passage carries a few signals; a linear combination ranks them. Its weights
stand in `weights/ranking.json`. Those of passages were chosen over a coarse grid on news of
late 2023 and early 2024; the others are fitted on late 2023 by `benchmarks.fit_ranking`, but for
the weight of `terms` in the confidence, which was chosen on questions about the sample articles.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from bot.questions import Asked

# How fast news ages: the weekly cycle, a season, some years. What their mix is worth is fitted.
AGES = {"week": 10.0, "season": 60.0, "years": 700.0}  # days
NO_DATE_AGE = 365.0  # an undated article ranks like one that is a year old
# A term of every passage still counts a little: in a library of one article all terms are so.
FLOOR = 0.05
PER_ARTICLE = 0.02  # each earlier passage of the same article costs a later one this much


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the signals by name, one set for each question that they answer.

    `passage` orders what search found, `skim` chooses the sentences that are read, `read`
    orders them, `rerank` is added for the best sentence that was read in a passage,
    `confidence` and `threshold` decide to decline.
    """

    passage: Mapping[str, float]
    skim: Mapping[str, float]
    read: Mapping[str, float]
    rerank: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float


@cache
def fitted() -> Weights:
    """The numbers of `weights/ranking.json`."""
    return Weights(**json.loads((files("bot") / "weights" / "ranking.json").read_text()))


def combine(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of the signals that have a weight; `bias` is added as it is."""
    return weights.get("bias", 0.0) + sum(
        weight * signals.get(name, 0.0) for name, weight in weights.items() if name != "bias"
    )


def timeless(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum without what the article's day adds to it."""
    times = [*(f"age_{name}" for name in AGES), "period"]
    return combine(signals, {key: w for key, w in weights.items() if key not in times})


def logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, x))))


def idf(frequencies: Mapping[str, int], terms: Sequence[str], passages: int) -> dict[str, float]:
    """How rare each term is among the passages, from FLOOR (in all) to 1 (in none)."""
    top = math.log(1.0 + passages)
    return {
        term: max(
            FLOOR,
            math.log((1.0 + passages) / (1.0 + frequencies.get(term, 0))) / top if top else 1.0,
        )
        for term in terms
    }


def coverage(rarity: Mapping[str, float], found: set[str] | frozenset[str]) -> float:
    """The share of the question's terms that is found, weighed by how rare they are."""
    total = sum(rarity.values())
    return sum(weight for term, weight in rarity.items() if term in found) / total if total else 0.0


def time_signals(asked: Asked, published: date | None, newest: date) -> dict[str, float]:
    """Nearness in time as numbers from 0 to 1; `period` only if the question names one.

    Age counts from the newest article that may answer: in a library that ends years ago, its
    last week is still the latest that it knows.
    """
    age = max((newest - published).days, 0) if published else NO_DATE_AGE
    signals = {f"age_{name}": math.exp(-age / days) for name, days in AGES.items()}
    if asked.period:
        off = asked.period.distance(published) if published else NO_DATE_AGE
        signals["period"] = math.exp(-off / AGES["week"])
    return signals


def diversify(scored: Sequence[tuple[str, str, float]], k: int) -> list[tuple[str, float]]:
    """The best `k` of (id, article, score), where later passages of an article cost more.

    Best first. Greedy: each time the best of what is left, after the cost for what was taken.
    """
    left = sorted(scored, key=lambda row: -row[2])
    taken: dict[str, int] = {}
    chosen: list[tuple[str, float]] = []
    while left and len(chosen) < k:
        best = max(
            range(min(len(left), 4 * k)),
            key=lambda i: left[i][2] - PER_ARTICLE * taken.get(left[i][1], 0),
        )
        id_, article, score = left.pop(best)
        chosen.append((id_, score - PER_ARTICLE * taken.get(article, 0)))
        taken[article] = taken.get(article, 0) + 1
    return chosen
