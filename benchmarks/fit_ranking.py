"""Fits `bot/weights/ranking.json`: `python -m benchmarks.fit_ranking [--write]`.

1. passage: which passages hold the answer's string, among all that search looked at. This is
   only tried: weights fitted on half of the weeks order the other half no better than those in
   use, which were chosen over a coarse grid.
2. skim: which of their sentences hold it, told without the reader
3. read: the same, among those that the reader read
4. rerank: which passages hold it, told by the best sentence that was read in each
5. confidence and threshold: `fit_confidence`

Each is fitted on the even weeks and tried on the odd ones, and the other way round; what is
written is fitted on all. All of it is news of 2023, so the figures of `benchmarks.quality`,
which are of 2024, show whether it carries over.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

import numpy as np

from benchmarks.data import ROOT, holds
from benchmarks.figures import mean
from benchmarks.fit_confidence import fit_confidence
from benchmarks.fitting_data import Asked, asked_of, training_questions, training_shelf
from benchmarks.library import Shelf
from benchmarks.softmax import Choice, columns, fit_choices
from bot.ranking import Weights, combine, diversify, fitted
from bot.reading import PASSAGE_SCALE, SENTENCES, Candidate, judge, sentences_of
from bot.records import Filters
from bot.search import Found, search

FILE = ROOT / "bot" / "weights" / "ranking.json"
PASSAGE = "similarity bm25 terms terms_with_title title_terms age_week age_years period".split()
SKIM = "terms fits passage".split()
READ = "reader passage".split()
RERANK = "score reader".split()
EVERY = 240  # all candidates of a search, by meaning and by words
DEPTH = 30  # hits that an answer is made from

Signals = dict[str, float]
Lists = Sequence[tuple[Asked, Found]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.fit_ranking", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write bot/weights/ranking.json")
    options = parser.parse_args(arguments)
    shelf = training_shelf()
    asked = asked_of(shelf, training_questions())
    print(f"{len(asked)} questions, {len(shelf.texts)} articles")
    found = [(one, _search(shelf, one)) for one in asked]
    try_passage(found, fitted())
    weights = fit_sentences(shelf, found, fitted())
    weights = fit_confidence(shelf, found, weights)
    text = json.dumps(_rounded(asdict(weights)), indent=2) + "\n"
    print(text)
    if options.write:
        FILE.write_text(text, encoding="utf-8")
    return 0


def try_passage(found: Lists, now: Weights) -> None:
    """Prints what fitted weights of passages would be worth, in units of the cosine."""
    choices = [_choice(one, every) for one, every in found]
    for half in (0, 1):
        new = _unit(fit_choices([c for c in choices if c.half != half], PASSAGE), "similarity")
        part = [(c, f) for c, (_, f) in zip(choices, found, strict=True) if c.half == half]
        shown = [_hits(part, weights) for weights in (now.passage, new)]
        print(f"passage, half {half} ({len(part)}): hit@4/10 now {shown[0]}, fitted {shown[1]}")


def fit_sentences(shelf: Shelf, found: Lists, now: Weights) -> Weights:
    """The weights that choose sentences to read, order them, and order passages by them."""
    read = [judge(sentences_of(f), f, shelf.bot.reader) for _, f in found]
    skim = _fit("skim", [_sentences(one, c, SKIM) for (one, _), c in zip(found, read, strict=True)])
    weights = replace(now, skim=skim)
    read = [_skimmed(c, weights) for c in read]
    rows = [_sentences(one, c, READ) for (one, _), c in zip(found, read, strict=True)]
    weights = replace(weights, read=_unit(_fit("read", rows), "reader"))
    choices = [_passages(one, f, c) for (one, f), c in zip(found, read, strict=True)]
    ratio = _unit(_fit("rerank", choices), "score")["reader"]
    return replace(weights, rerank={"reader": ratio * PASSAGE_SCALE})


def _search(shelf: Shelf, one: Asked) -> Found:
    filters = Filters(as_of=one.question.as_of)
    with shelf.bot.library.snapshot() as view:
        return search(view, shelf.bot.embedder, one.question.question, filters, k=EVERY)


def _choice(one: Asked, every: Found) -> Choice:
    right = [holds(hit.passage.text, one.question.answer) for hit in every.hits]
    signals = columns([hit.signals for hit in every.hits], PASSAGE)
    return Choice(signals, np.array(right, bool), one.half)


def _sentences(one: Asked, candidates: Sequence[Candidate], names: Sequence[str]) -> Choice:
    right = [holds(c.text, one.question.answer) for c in candidates]
    signals = columns([c.signals or {} for c in candidates], names)
    return Choice(signals, np.array(right, bool), one.half, tuple(names))


def _skimmed(candidates: Sequence[Candidate], weights: Weights) -> list[Candidate]:
    ordered = sorted(candidates, key=lambda c: -combine(c.signals or {}, weights.skim))
    return ordered[:SENTENCES]


def _passages(one: Asked, found: Found, candidates: Sequence[Candidate]) -> Choice:
    best: dict[str, float] = {}
    for candidate in candidates:
        logit = (candidate.signals or {})["reader"]
        best[candidate.passage.id] = max(best.get(candidate.passage.id, logit), logit)
    floor = min(best.values(), default=0.0)
    hits = found.hits[:DEPTH]
    rows = [
        {"score": hit.score / PASSAGE_SCALE, "reader": best.get(hit.passage.id, floor)}
        for hit in hits
    ]
    right = [holds(hit.passage.text, one.question.answer) for hit in hits]
    return Choice(columns(rows, RERANK), np.array(right, bool), one.half, tuple(RERANK))


def _fit(name: str, choices: Sequence[Choice]) -> dict[str, float]:
    """Weights fitted on all; prints what those of one half are worth on the other."""
    names = next(c.names for c in choices)
    for half in (0, 1):
        new = fit_choices([c for c in choices if c.half != half], names)
        tried = [c for c in choices if c.half == half]
        print(f"{name}, half {half}: right first / in three / in 64: {_first(tried, new)}")
    return fit_choices(choices, names)


def _first(choices: Sequence[Choice], weights: Mapping[str, float]) -> str:
    shares = []
    for k in (1, 3, 64):
        hits = []
        for choice in choices:
            w = np.array([weights[name] for name in choice.names])
            order = np.argsort(-(choice.signals @ w), kind="stable")
            hits.append(float(choice.right[order[:k]].any()))
        shares.append(mean(hits))
    return " / ".join(f"{share:.3f}" for share in shares)


def _hits(part: Sequence[tuple[Choice, Found]], weights: Mapping[str, float]) -> str:
    """hit@4 and hit@10 of the passages in the order of these weights."""
    found = []
    for choice, every in part:
        scored = [
            (str(i), hit.passage.article.id, combine(hit.signals, weights))
            for i, hit in enumerate(every.hits)
        ]
        found.append([choice.right[int(i)] for i, _ in diversify(scored, 10)])
    return "/".join(f"{mean([float(any(f[:k])) for f in found]):.3f}" for k in (4, 10))


def _unit(weights: Mapping[str, float], name: str) -> dict[str, float]:
    """The weights divided by the one named, which must have been found to count."""
    if weights[name] <= 0:
        raise ValueError(f"The fit gives {name} no weight ({weights[name]:.3f}): mend the data.")
    return {key: value / weights[name] for key, value in weights.items()}


def _rounded(weights: dict[str, object]) -> dict[str, object]:
    return {
        name: {k: round(v, 4) for k, v in value.items()}
        if isinstance(value, dict)
        else round(float(str(value)), 4)
        for name, value in weights.items()
    }


if __name__ == "__main__":
    sys.exit(main())
