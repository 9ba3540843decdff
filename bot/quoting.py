"""An answer made of exact quotes: which sentences to show, how many, and in what order.

The best sentence comes first in choice, not always on the page: sentences of different
articles are shown newest first, those of one article in its own order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.language import content_stems, words
from bot.questions import Asked
from bot.reading import Candidate
from bot.records import Passage, Span

BUDGET = 60  # words of quotes for a plain question
MOST = 3  # statements; a fourth one hardly ever held what the first three did not
# A further sentence is shown when its score is within this of the best one's: a second source
# costs a reader five seconds, and missing it may cost the answer.
MARGIN = 2.5
SAME = 0.7  # share of stems in common from which two sentences say the same
OTHER_SIDE = 1.0  # added margin where a yes-or-no question may have two sides

_LEANS = re.compile(
    r"[“\"'(]?(?:he|she|it|they|his|her|its|their|this|these|those|that|both|the duo|the pair|"
    r"the company|the former|the latter|such)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A span of a passage to be shown, and what it stands for in a list."""

    passage: Passage
    span: Span
    item: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        return self.passage.cut(self.span)


def choose(asked: Asked, candidates: Sequence[Candidate]) -> list[Quoted]:
    """The sentences to show for a plain question, at most about 60 words of them."""
    chosen: list[Candidate] = []
    quotes: list[Quoted] = []
    left = BUDGET
    best = candidates[0].score if candidates else 0.0
    for candidate in _by_turns(asked, candidates):
        margin = MARGIN + OTHER_SIDE * (asked.kind == "polar")
        if len(quotes) >= MOST or candidate.score < best - margin:
            continue
        quote = with_antecedent(candidate)
        cost = len(words(quote.text))
        if (quotes and cost > left) or any(_alike(candidate, other) for other in chosen):
            continue
        chosen.append(candidate)
        quotes.append(quote)
        left -= cost
    return in_reading_order(_joined(quotes))


def with_antecedent(candidate: Candidate) -> Quoted:
    """The sentence, together with the one before it when it leans on that ("It", "He")."""
    start, end = candidate.span
    if candidate.before and _LEANS.match(candidate.text):
        before = candidate.passage.sentences[candidate.index - 1]
        whole = candidate.passage.cut((before[0], end))
        if "\n" not in whole and len(words(whole)) <= BUDGET:
            start = before[0]
    return Quoted(candidate.passage, (start, end))


def in_reading_order(quotes: Iterable[Quoted]) -> list[Quoted]:
    """Newest article first, undated ones last; within an article as it stands there."""

    def place(quote: Quoted) -> tuple[int, str, int]:
        about = quote.passage.article
        day = about.published or date.min
        return (-day.toordinal(), about.id, quote.span[0])

    return sorted(quotes, key=place)


def _by_turns(asked: Asked, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence, then where two sides may exist the best of each other article."""
    if asked.kind != "polar":
        return list(candidates)
    firsts: dict[str, Candidate] = {}
    for candidate in candidates:
        firsts.setdefault(candidate.passage.article.id, candidate)
    return [*firsts.values(), *(c for c in candidates if c not in firsts.values())]


def _alike(one: Candidate, other: Candidate) -> bool:
    a, b = set(content_stems(one.text)), set(content_stems(other.text))
    return len(a & b) >= SAME * max(min(len(a), len(b)), 1)


def _joined(quotes: list[Quoted]) -> list[Quoted]:
    """Overlapping spans of one article as one (a sentence that came along with the next)."""
    joined: list[Quoted] = []
    for quote in sorted(quotes, key=lambda q: (q.passage.id, q.span)):
        last = joined[-1] if joined else None
        if last and last.passage.id == quote.passage.id and quote.span[0] < last.span[1]:
            span = (last.span[0], max(last.span[1], quote.span[1]))
            joined[-1] = Quoted(last.passage, span)
        else:
            joined.append(quote)
    return joined
