"""Fits `bot/weights/ranking.json`: `python -m benchmarks.fit_ranking [--write]`.

1. passage: which passages hold the answer's string, among all that search looked at
2. read: which sentences hold it, among those that the reader read
3. confidence: can the answer be found, or were the articles that hold it left out?
4. threshold: at most a tenth of the latter is answered

Each is fitted on the even weeks and tried on the odd ones, and the other way round; what is
written is fitted on all. All of it is news of 2023, so the figures of `benchmarks.quality`,
which are of 2024, show whether it carries over.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import ROOT, holds
from benchmarks.declining import AIM_ANSWERED, AIM_NOT, threshold_for
from benchmarks.figures import mean
from benchmarks.fitting_data import Asked, asked_of, training_questions, training_shelf
from benchmarks.library import Shelf
from benchmarks.ranks import auc
from benchmarks.softmax import Array, Choice, columns, fit_choices, fit_yes_no
from bot.ranking import Weights, combine, diversify, fitted
from bot.reading import read
from bot.records import Filters, Hit
from bot.search import Found, search

FILE = ROOT / "bot" / "weights" / "ranking.json"
PASSAGE = (
    "similarity bm25 terms terms_with_title title_terms age_week age_season age_years "
    "present_week present_season period models names"
).split()
READ = "reader likeness passage terms_around fits unfinished length".split()
# More signals did better on the weeks fitted on and worse on the others. How well the passage
# fits, in absolute terms, tells most about whether a library holds an answer at all.
CONFIDENCE = ["reader", "passage", "models"]
EVERY = 240  # all candidates of a search, by meaning and by words
DEPTH = 30  # hits that an answer is made from

Signals = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.fit_ranking", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write bot/weights/ranking.json")
    options = parser.parse_args(arguments)
    shelf = training_shelf()
    asked = asked_of(shelf, training_questions())
    print(f"{len(asked)} questions, {len(shelf.texts)} articles")
    weights = fit_passage(shelf, asked, fitted())
    weights = fit_read(shelf, asked, weights)
    weights = fit_confidence(shelf, asked, weights)
    text = json.dumps(_rounded(asdict(weights)), indent=2) + "\n"
    print(text)
    if options.write:
        FILE.write_text(text, encoding="utf-8")
    return 0


def fit_passage(shelf: Shelf, asked: Sequence[Asked], now: Weights) -> Weights:
    """The weights of passages, on the scale of those in use so that what follows still fits."""
    lists = [_candidates(shelf, one) for one in asked]
    choices = [_choice(one, hits, PASSAGE) for one, hits in zip(asked, lists, strict=True)]
    _report("passage", choices, lists, asked, now.passage)
    new = fit_choices(choices, PASSAGE)
    ratio = _step(choices, now.passage) / _step(choices, new)
    return replace(now, passage={name: value * ratio for name, value in new.items()})


def fit_read(shelf: Shelf, asked: Sequence[Asked], now: Weights) -> Weights:
    """The weights of sentences, in units of the reader's logit."""
    choices = []
    for one in asked:
        rows = _sentences(shelf, one, now)
        right = np.array([held for _, held in rows], bool)
        choices.append(Choice(columns([row for row, _ in rows], READ), right, one.half))
    for half in (0, 1):
        new = fit_choices([c for c in choices if c.half != half], READ)
        tried = [c for c in choices if c.half == half]
        before, after = (_first_right(tried, READ, w) for w in (now.read, new))
        print(f"read, half {half}: right first / in three: now {before}, fitted {after}")
    new = fit_choices(choices, READ)
    unit = new["reader"] if new["reader"] > 0 else 1.0
    return replace(now, read={name: value / unit for name, value in new.items()})


def fit_confidence(shelf: Shelf, asked: Sequence[Asked], now: Weights) -> Weights:
    """The weights of the confidence and its threshold."""
    rows, yes, halves = _present_and_absent(shelf, asked, now)
    signals, said = columns(rows, CONFIDENCE), np.array(yes, bool)
    half = np.array(halves)
    for one in (0, 1):
        new = fit_yes_no(signals[half != one], said[half != one], CONFIDENCE)
        for name, weights in (("now", now.confidence), ("fitted", new)):
            scores = np.array([combine(row, weights) for row in rows])
            _judge(f"confidence, half {one}, {name}", scores[half == one], said[half == one])
    new = fit_yes_no(signals, said, CONFIDENCE)
    sure = [combine(row, new) for row in rows]
    at = threshold_for([s for s, y in zip(sure, yes, strict=True) if not y], AIM_NOT)
    return replace(now, confidence=new, threshold=float(1 / (1 + np.exp(-at))))


def _candidates(shelf: Shelf, one: Asked) -> list[Hit]:
    return shelf.hits(one.question.question, Filters(as_of=one.question.as_of), EVERY)


def _choice(one: Asked, hits: Sequence[Hit], names: Sequence[str]) -> Choice:
    right = [holds(hit.passage.text, one.question.answer) for hit in hits]
    return Choice(columns([hit.signals for hit in hits], names), np.array(right, bool), one.half)


def _report(
    name: str,
    choices: Sequence[Choice],
    lists: Sequence[Sequence[Hit]],
    asked: Sequence[Asked],
    now: Mapping[str, float],
) -> None:
    """hit@4 and hit@10 of each half, with the weights in use and with the other half's."""
    for half in (0, 1):
        new = fit_choices([c for c in choices if c.half != half], PASSAGE)
        part = [i for i, one in enumerate(asked) if one.half == half]
        shown = [_shown([(lists[i], choices[i]) for i in part], w) for w in (now, new)]
        print(f"{name}, half {half} ({len(part)}): hit@4/10 now {shown[0]}, fitted {shown[1]}")


def _shown(searched: Sequence[tuple[Sequence[Hit], Choice]], weights: Mapping[str, float]) -> str:
    shares = (mean([_hit(hits, choice, weights, k) for hits, choice in searched]) for k in (4, 10))
    return "/".join(f"{share:.3f}" for share in shares)


def _hit(hits: Sequence[Hit], choice: Choice, weights: Mapping[str, float], k: int) -> float:
    scored = [
        (str(i), hit.passage.article.id, combine(hit.signals, weights))
        for i, hit in enumerate(hits)
    ]
    return float(any(choice.right[int(i)] for i, _ in diversify(scored, k)))


def _step(choices: Sequence[Choice], weights: Mapping[str, float]) -> float:
    """How far the tenth score lies below the first, on average."""
    w = np.array([weights.get(name, 0.0) for name in PASSAGE])
    ordered = [np.sort(choice.signals @ w)[::-1] for choice in choices]
    return mean([float(scores[0] - scores[min(9, len(scores) - 1)]) for scores in ordered])


def _sentences(shelf: Shelf, one: Asked, weights: Weights) -> list[tuple[Signals, bool]]:
    found = _found(shelf, one, weights)
    with _weights(weights):
        candidates = read(found, shelf.bot.reader, shelf.bot.embedder)
    return [(c.signals or {}, holds(c.text, one.question.answer)) for c in candidates]


def _present_and_absent(
    shelf: Shelf, asked: Sequence[Asked], weights: Weights
) -> tuple[list[Signals], list[bool], list[int]]:
    """The best sentence's signals: where the answer is among ten passages, and left out."""
    rows: list[Signals] = []
    yes: list[bool] = []
    halves: list[int] = []
    for one in asked:
        found = _found(shelf, one, weights, k=2 * DEPTH)
        without = [hit for hit in found.hits if hit.passage.article.id not in one.holding]
        with _weights(weights):
            absent = read(
                replace(found, hits=tuple(without[:DEPTH])), shelf.bot.reader, shelf.bot.embedder
            )
            present = read(
                replace(found, hits=found.hits[:DEPTH]), shelf.bot.reader, shelf.bot.embedder
            )
        findable = any(holds(hit.passage.text, one.question.answer) for hit in found.hits[:10])
        for candidates, answer in ((absent, False), (present, True)):
            if candidates and (findable or not answer):
                rows.append(candidates[0].signals or {})
                yes.append(answer)
                halves.append(one.half)
    return rows, yes, halves


def _found(shelf: Shelf, one: Asked, weights: Weights, k: int = DEPTH) -> Found:
    question, filters = one.question.question, Filters(as_of=one.question.as_of)
    with _weights(weights), shelf.bot.library.snapshot() as view:
        return search(view, shelf.bot.embedder, question, filters, k=k)


def _first_right(
    choices: Sequence[Choice], names: Sequence[str], weights: Mapping[str, float]
) -> str:
    w = np.array([weights.get(name, 0.0) for name in names])
    best = [np.argsort(-(c.signals @ w), kind="stable") for c in choices if len(c.right)]
    right = [c.right for c in choices if len(c.right)]
    shares = (
        mean([float(r[order[:k]].any()) for r, order in zip(right, best, strict=True)])
        for k in (1, 3)
    )
    return " / ".join(f"{share:.3f}" for share in shares)


def _judge(name: str, scores: Array, said: NDArray[np.bool_]) -> None:
    present, absent = scores[said].tolist(), scores[~said].tolist()
    at = threshold_for(absent, AIM_NOT)
    share = mean([float(score >= at) for score in present])
    print(
        f"{name}: auc {auc(present, absent):.3f}; {share:.3f} of the findable answered "
        f"(aim {AIM_ANSWERED}) where {AIM_NOT} of the absent are"
    )


@contextmanager
def _weights(weights: Weights) -> Iterator[None]:
    """While it lasts, search and reading use these weights."""
    with ExitStack() as stack:
        for module in ("search", "reading"):
            stack.enter_context(patch(f"bot.{module}.fitted", lambda: weights))
        yield


def _rounded(weights: dict[str, object]) -> dict[str, object]:
    return {
        name: {k: round(v, 4) for k, v in value.items()}
        if isinstance(value, dict)
        else round(float(str(value)), 4)
        for name, value in weights.items()
    }


if __name__ == "__main__":
    sys.exit(main())
