"""Fits the confidence by which an answer is given or declined, and its threshold.

For each question the best sentence is read twice: where the answer can be found, and where
every article that holds it is left out. It is fitted in the library of all the articles, and
judged in others too: such that keep a share of them, and small ones on a single subject, of the
few articles nearest to the question, where every wrong sentence is about the very thing asked
about. What counts as old news is in each what would in such a library: nothing at all in a
small one. Weights fitted on several kinds were no better on any. The threshold lies where a
tenth of the absent is answered, on the mean of the libraries that keep a share.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

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
from bot.records import Filters
from bot.search import FEW, Found

# More signals, and how many passages were searched, told the other half of the weeks no better.
CONFIDENCE = "reader match fresh".split()
# What is added unfitted: the share of the question's terms that the sentence holds. A quiz is
# worded unlike the news, and tells nothing of it; a reader's own question is not. Chosen on the
# questions about the sample articles (`samples`); 0.3 to 1 are much alike there.
TERMS = 0.7
SHARES = (1.0, 0.25, 0.06)  # of the articles: some 25,000, 6,000 and 1,500 passages
SHARE = " of all"  # how the names of these libraries end
FITTED = f"100%{SHARE}"
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
    whole = [row for row in rows if row.kind == FITTED]
    for half in (0, 1):
        new = _fit([row for row in whole if row.half != half])
        for kind in kinds:
            part = [row for row in rows if row.half == half and row.kind == kind]
            _judge(f"confidence, half {half}, {kind}", part, new)
    new = _fit(whole)
    limits = {kind: _limit([row for row in rows if row.kind == kind], new) for kind in kinds}
    print("thresholds by kind:", {kind: round(logistic(at), 3) for kind, at in limits.items()})
    shares = [at for kind, at in limits.items() if kind.endswith(SHARE)]
    return replace(now, confidence=new, threshold=logistic(float(np.mean(shares))))


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
        for kind, articles, recent in _libraries(shelf, one, every, chance):
            for present in (False, True) if near else (False,):
                kept = articles | near if present else articles - one.holding
                signals = _signals(shelf, replace(every, recent=recent), kept)
                if signals:
                    yield Best(signals, kind, present, one.half)


def _libraries(
    shelf: Shelf, one: Asked, every: Found, chance: random.Random
) -> Iterator[tuple[str, set[str], date | None]]:
    """The kinds of libraries by name, which of the articles found are in each, and the day
    before which news is old there."""
    ordered = list(dict.fromkeys(hit.passage.article.id for hit in every.hits))
    known = Filters(as_of=one.question.as_of)
    for share in SHARES:
        with shelf.bot.library.snapshot() as view:
            recent = view.day_of_newest(round(FEW / share), known)
        yield f"{share:.0%}{SHARE}", {a for a in ordered if chance.random() < share}, recent
    silent = [article for article in ordered if article not in one.holding]
    for number in NEAREST:
        yield f"{number} nearest", set(silent[:number]), None


def _signals(shelf: Shelf, every: Found, articles: set[str]) -> dict[str, float] | None:
    hits = [hit for hit in every.hits if hit.passage.article.id in articles]
    candidates = read(replace(every, hits=tuple(hits[:DEPTH])), shelf.bot.reader)
    shown = fitting(every.asked, candidates)
    return shown[0].signals if shown else None


def _fit(rows: Sequence[Best]) -> dict[str, float]:
    signals = columns([row.signals for row in rows], CONFIDENCE)
    found = fit_yes_no(signals, np.array([row.present for row in rows], bool), CONFIDENCE)
    usual = mean([row.signals["terms"] for row in rows])
    return {**found, "bias": found["bias"] - TERMS * usual, "terms": TERMS}


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
