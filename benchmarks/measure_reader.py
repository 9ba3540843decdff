"""What the reader is worth: `python -m benchmarks.measure_reader` prints its figures.

- The right sentence first, or among the first three, of all that were read for a question: on
  weeks that were held out from fitting, and on the questions of ../shared/eval/news.
- The area under the curve for telling answerable from unanswerable questions by the best
  sentence of a paragraph, on the quarter of SQuAD that nothing was fitted on.
- Milliseconds for 64 sentences, beside the embedder's.

Beside it stand word overlap weighed by rarity, and the cosine of all-MiniLM-L6-v2.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.news_groups import eval_groups, news_groups
from benchmarks.ranks import auc
from benchmarks.reader_groups import WRONG, Candidate, Group
from benchmarks.significance import spread
from benchmarks.squad_groups import squad_groups
from bot.embedding import load_embedder
from bot.reader import WEIGHTS, OnnxReader
from bot.settings import load_settings

Array = NDArray[Any]
Method = Callable[[str, Sequence[Candidate]], Array]
TIMED_SENTENCES = 64


def by_overlap(question: str, candidates: Sequence[Candidate]) -> Array:
    return np.array([candidate.overlap for candidate in candidates])


def by_cosine() -> Method:
    embedder = load_embedder(load_settings())

    def method(question: str, candidates: Sequence[Candidate]) -> Array:
        vectors = embedder.embed([candidate.sentence for candidate in candidates])
        similar: Array = vectors @ embedder.embed_query(question)
        return similar

    return method


def by_reader(weights: Path) -> Method:
    reader = OnnxReader(weights)
    return lambda question, found: reader.score(question, [c.text for c in found])


def ranks(groups: Sequence[Group], method: Method) -> Array:
    """For each question the place, from 0, of the first sentence that holds the answer."""
    places = []
    for group in groups:
        order = np.argsort(-method(group.question, group.candidates), kind="stable")
        holds = [group.candidates[i].label != WRONG for i in order]
        places.append(holds.index(True) if True in holds else len(holds))
    return np.array(places)


def area(groups: Sequence[Group], method: Method) -> float:
    """How well the best score of a question tells whether it is answerable."""
    best: dict[bool, list[float]] = {True: [], False: []}
    for group in groups:
        best[group.answerable].append(float(method(group.question, group.candidates).max()))
    return auc(best[True], best[False])


def report_ranking(name: str, groups: Sequence[Group], methods: dict[str, Method]) -> None:
    for label, method in methods.items():
        places = ranks(groups, method)
        parts = []
        for first in (1, 3):
            hits = (places < first).astype(float)
            low, high = spread(hits.tolist())
            parts.append(f"first {first}: {hits.mean():.3f} ({low:.3f} to {high:.3f})")
        print(f"{name} (n = {len(groups)}), {label}: {'; '.join(parts)}", flush=True)


def milliseconds(run: Callable[[], object], times: int = 7) -> float:
    """The median wall-clock time of a call."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        spent.append(1000 * (time.perf_counter() - started))
    return float(np.median(spent))


def report_time(groups: Sequence[Group], weights: Path) -> None:
    reader, embedder = OnnxReader(weights), load_embedder(load_settings())
    group = max(groups, key=lambda group: len(group.candidates))
    texts = [candidate.text for candidate in group.candidates][:TIMED_SENTENCES]
    read = milliseconds(lambda: reader.score(group.question, texts))
    embedded = milliseconds(lambda: embedder.embed(texts))
    print(f"{len(texts)} sentences: {read:.0f} ms, {read / embedded:.2f} of embedding them")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    weights = parser.parse_args().weights
    methods = {"overlap": by_overlap, "cosine": by_cosine(), "reader": by_reader(weights)}
    held_out = [group for group in news_groups() if group.held_out]
    report_ranking("held-out weeks", held_out, methods)
    report_ranking("2024, other questions", eval_groups(), methods)
    squad = squad_groups(measured=True)
    for label, method in methods.items():
        curve = area(squad, method)
        print(f"SQuAD, unfitted quarter (n = {len(squad)}), {label}: area {curve:.3f}", flush=True)
    report_time(held_out, weights)


if __name__ == "__main__":
    main()
