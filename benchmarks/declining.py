"""Declining by rule: questions whose answer is not in the library should not be answered.

Two ways to make them, both with every question's own `as_of`:

- left out: every article that holds the answer's string is kept from the answer;
- other weeks: nothing published after the sixth week may answer the questions of the later
  six, of those whose string no remaining article holds.

Against them stand the questions whose string is in the first ten passages: those should be
answered. But a string also stands in passages that do not answer ("Japan", "13%"), and to
decline those is right. So they are looked at by themselves where a report of that time holds
the string, which is likely to answer. The curve shows all shares at each threshold on the
answer's confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.data import NewsQuestion, holds, words_of
from benchmarks.figures import Figure, mean_figure
from benchmarks.library import Shelf
from benchmarks.ranks import auc
from bot.ranking import fitted
from bot.records import Filters, Passage

AIM_ANSWERED, AIM_NOT = 0.85, 0.10
# How old a report of what a question asks about is at most; the data's own README says so.
TIMELY = timedelta(days=21)
_DEPTH = 10  # passages within which the answer's sentence must be, for it to count
_STEPS = 20  # lines of the printed curve


@dataclass(frozen=True, slots=True)
class Confidences:
    """The confidence of each answer: where one is to be found, and where none is.

    `timely` are those of `findable` where a report of the time holds the answer's string.
    """

    findable: tuple[float, ...]
    left_out: tuple[float, ...]
    other_weeks: tuple[float, ...]
    timely: tuple[float, ...] = ()

    @property
    def absent(self) -> tuple[float, ...]:
        return self.left_out + self.other_weeks


def confidences(shelf: Shelf, questions: Sequence[NewsQuestion]) -> Confidences:
    texts = {id_: words_of(text) for id_, text in shelf.texts.items()}
    findable, left_out, timely = [], [], []
    for q in questions:
        filters = Filters(as_of=q.as_of)
        holding = {id_ for id_, text in texts.items() if words_of(q.answer) in text}
        left_out.append(shelf.confidence(q.question, filters, without=holding))
        found = holding_first(shelf, q)
        if found:
            findable.append(shelf.confidence(q.question, filters))
        if any(map(is_timely(q), found)):
            timely.append(findable[-1])
    other = tuple(_other_weeks(shelf, questions, texts))
    return Confidences(tuple(findable), tuple(left_out), other, tuple(timely))


def holding_first(shelf: Shelf, q: NewsQuestion) -> list[Passage]:
    """Those of the first ten passages that hold the answer's string."""
    first = shelf.hits(q.question, Filters(as_of=q.as_of), _DEPTH)
    return [hit.passage for hit in first if holds(hit.passage.text, q.answer)]


def is_timely(q: NewsQuestion) -> Callable[[Passage], bool]:
    """Tells whether a passage is from a report of what the question asks about."""

    def timely(passage: Passage) -> bool:
        day = passage.article.published
        return day is not None and timedelta(0) <= q.as_of - day <= TIMELY

    return timely


def measure(shelf: Shelf, questions: Sequence[NewsQuestion]) -> list[Figure]:
    found = confidences(shelf, questions)
    print(curve(found))
    limit = fitted().threshold
    best = threshold_for(found.absent, AIM_NOT)
    return [
        _share("answered where it can be found", found.findable, limit, AIM_ANSWERED, "higher"),
        _share("answered with its articles left out", found.left_out, limit, AIM_NOT, "lower"),
        _share("answered from other weeks", found.other_weeks, limit, AIM_NOT, "lower"),
        _share(
            "answered where it can be found, at 10 % wrongly",
            found.findable,
            best,
            AIM_ANSWERED,
            "higher",
        ),
        Figure("declining", "auc", auc(found.findable, found.absent), len(found.findable)),
        _share(
            "answered where a report of the time holds it",
            found.timely,
            limit,
            AIM_ANSWERED,
            "higher",
        ),
        _share("the same, at 10 % wrongly", found.timely, best, AIM_ANSWERED, "higher"),
        Figure(
            "declining", "auc of such reports", auc(found.timely, found.absent), len(found.timely)
        ),
    ]


def threshold_for(absent: Sequence[float], share: float) -> float:
    """The lowest threshold at which at most this share of the absent is answered."""
    ordered = sorted(absent, reverse=True)
    allowed = int(share * len(ordered))
    return ordered[allowed] + 1e-9 if allowed < len(ordered) else 0.0


def curve(found: Confidences) -> str:
    """Both shares at evenly spaced quantiles of the confidence, a line each."""
    every = sorted(found.findable + found.absent)
    steps = [every[i * (len(every) - 1) // _STEPS] for i in range(_STEPS + 1)] if every else []
    lines = ["threshold  answered: found  of the time  left out  other weeks"]
    for at in dict.fromkeys(steps):
        shares = (
            _above(part, at)
            for part in (found.findable, found.timely, found.left_out, found.other_weeks)
        )
        lines.append(f"{at:9.3f}            " + "    ".join(f"{share:6.3f}" for share in shares))
    return "\n".join(lines)


def split_day(questions: Sequence[NewsQuestion]) -> date:
    """The last `as_of` of the first half of the weeks."""
    days = sorted({q.as_of for q in questions})
    weeks = sorted({day.isocalendar()[:2] for day in days})
    middle = weeks[(len(weeks) - 1) // 2]
    return max(day for day in days if day.isocalendar()[:2] <= middle)


def _other_weeks(
    shelf: Shelf, questions: Sequence[NewsQuestion], texts: dict[str, str]
) -> list[float]:
    cut = split_day(questions)
    kept = [text for id_, text in texts.items() if _known(shelf.days[id_], cut)]
    return [
        shelf.confidence(q.question, Filters(as_of=q.as_of, until=cut))
        for q in questions
        if q.as_of > cut and not any(words_of(q.answer) in text for text in kept)
    ]


def _share(name: str, values: Sequence[float], at: float, aim: float, better: str) -> Figure:
    return mean_figure(
        "declining", name, [float(value >= at) for value in values], aim=aim, better=better
    )


def _above(values: Sequence[float], at: float) -> float:
    return sum(value >= at for value in values) / len(values) if values else 0.0


def _known(published: date | None, by: date) -> bool:
    return published is None or published <= by
