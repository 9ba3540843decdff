"""Fits the confidence by which an answer is given or declined, and its threshold.

For each question the best sentence is read twice: where the answer can be found, and where
every article that holds it is left out. That is done in libraries of several kinds, since the
best of many wrong sentences looks better than the best of few: such that keep a share of all
articles, and small ones on a single subject, of the few articles nearest to the question.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.data import holds
from benchmarks.declining import AIM_ANSWERED, AIM_NOT, threshold_for
from benchmarks.figures import mean
from benchmarks.fitting_data import Asked
from benchmarks.library import Shelf, weighing
from benchmarks.ranks import auc
from benchmarks.softmax import columns, fit_yes_no
from bot.holding import fitting
from bot.ranking import Weights, combine, logistic
from bot.reading import read
from bot.search import Found

# More signals, and how many passages were searched, told the other half of the weeks no better.
CONFIDENCE = "reader match fresh".split()
SHARES = (1.0, 0.25, 0.06)  # of the articles: some 25,000, 6,000 and 1,500 passages
NEAREST = (16, 4)  # articles of a library on one subject
DEPTH = 30  # hits that an answer is made from
FINDABLE = 10  # passages within which the answer must be, for it to count as found
SEED = 3

Lists = Sequence[tuple[Asked, Found]]


@dataclass(frozen=True, slots=True)
class Best:
    """The signals of the best sentence, the kind of library, and whether the answer is there."""

    signals: dict[str, float]
    kind: str
    present: bool
    half: int


def fit_confidence(shelf: Shelf, found: Lists, now: Weights) -> Weights:
    """`now` with the weights of the confidence and its threshold; prints both halves' worth."""
    with weighing(now):
        rows = list(_best(shelf, found))
    kinds = list(dict.fromkeys(row.kind for row in rows))
    for half in (0, 1):
        new = _fit([row for row in rows if row.half != half])
        for kind in kinds:
            part = [row for row in rows if row.half == half and row.kind == kind]
            _judge(f"confidence, half {half}, {kind}", part, new)
    new = _fit(rows)
    limits = [_limit([row for row in rows if row.kind == kind], new) for kind in kinds]
    print("thresholds by kind:", [round(logistic(at), 3) for at in limits])
    return replace(now, confidence=new, threshold=logistic(float(np.mean(limits))))


def _limit(rows: Sequence[Best], weights: dict[str, float]) -> float:
    absent = [combine(row.signals, weights) for row in rows if not row.present]
    return threshold_for(absent, AIM_NOT)


def _best(shelf: Shelf, found: Lists) -> Iterator[Best]:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    for one, every in found:
        near = {
            hit.passage.article.id
            for hit in every.hits[:FINDABLE]
            if holds(hit.passage.text, one.question.answer)
        }
        for kind, articles in _libraries(one, every, chance):
            for present in (False, True) if near else (False,):
                kept = articles | near if present else articles - one.holding
                signals = _signals(shelf, every, kept)
                if signals:
                    yield Best(signals, kind, present, one.half)


def _libraries(one: Asked, every: Found, chance: random.Random) -> Iterator[tuple[str, set[str]]]:
    """The kinds of libraries, by name, and which of the articles found are in each."""
    ordered = list(dict.fromkeys(hit.passage.article.id for hit in every.hits))
    for share in SHARES:
        yield f"{share:.0%} of all", {a for a in ordered if chance.random() < share}
    silent = [article for article in ordered if article not in one.holding]
    for number in NEAREST:
        yield f"{number} nearest", set(silent[:number])


def _signals(shelf: Shelf, every: Found, articles: set[str]) -> dict[str, float] | None:
    hits = [hit for hit in every.hits if hit.passage.article.id in articles]
    candidates = read(replace(every, hits=tuple(hits[:DEPTH])), shelf.bot.reader)
    shown = fitting(every.asked, candidates)
    return shown[0].signals if shown else None


def _fit(rows: Sequence[Best]) -> dict[str, float]:
    signals = columns([row.signals for row in rows], CONFIDENCE)
    return fit_yes_no(signals, np.array([row.present for row in rows], bool), CONFIDENCE)


def _judge(name: str, rows: Sequence[Best], weights: dict[str, float]) -> None:
    scores: dict[bool, list[float]] = {True: [], False: []}
    for row in rows:
        scores[row.present].append(combine(row.signals, weights))
    at = threshold_for(scores[False], AIM_NOT)
    share = mean([float(score >= at) for score in scores[True]])
    print(
        f"{name}: auc {auc(scores[True], scores[False]):.3f}; {share:.3f} of the findable "
        f"answered (aim {AIM_ANSWERED}) where {AIM_NOT} of the absent are"
    )
