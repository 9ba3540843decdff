"""An answer made of exact quotes: which sentences to show, how many, and in what order.

A question with one right answer ("how much", "when") is answered by sentences that hold the
kind of thing asked for, the best of them first. Where dates matter, in questions of what holds
now and where figures differ, the newest article comes first; within one its own order holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from bot.comparing import about_the_same, apart
from bot.holding import HELD, MARKS, ONE_ANSWER, fitting
from bot.language import content_stems, words
from bot.numbered import leans_back
from bot.polarity import is_negator
from bot.questions import Asked
from bot.reading import Candidate
from bot.records import Passage, Span
from bot.standing import is_rumour, standing

BUDGET = 60  # words of quotes for a plain question
MOST = 3  # statements; a fourth one hardly ever held what the first three did not
# A further sentence is shown when its score is within this of the best one's: a second source
# costs a reader five seconds, and missing it may cost the answer. On news of 2023 a wider
# margin showed no more answers, a narrower one (2.5) a point fewer.
MARGIN = 3.0
SAME = 0.7  # share of stems in common from which two sentences say the same
OTHER_SIDE = 1.0  # added margin where a yes-or-no question may have two sides
# How far behind the best a sentence may be and still be shown, for it alone says the contrary
# of a yes-or-no question.
AGAINST = HELD

_PAST = re.compile(r"\b(?:did|was|were|had|used to)\b", re.I)


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
    worth = _by_turns(asked, fitting(asked, candidates))
    best = max((c.score for c in worth), default=0.0)
    margin = MARGIN + OTHER_SIDE * (asked.kind == "polar")
    for candidate in worth:
        if len(chosen) >= MOST or candidate.score < best - margin:
            continue
        too_long = _cost([*chosen, candidate]) > BUDGET
        if chosen and (too_long or any(_alike(asked, candidate, o) for o in chosen)):
            continue
        chosen.append(candidate)
    quotes = _joined([with_antecedent(c) for c in _both_sides(asked, chosen, candidates)])
    return in_reading_order(quotes) if _dates_matter(asked, quotes) else _best_first(quotes)


def _both_sides(
    asked: Asked, chosen: list[Candidate], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """`chosen`, where a yes-or-no question has another side with the best sentence of it.

    The other side denies what was chosen or is a rumour of it; where all that was chosen
    stands in one article, what another one says of the same names is the other side.
    """
    if asked.kind != "polar" or not chosen:
        return chosen
    told = [c for c in chosen if _on_the_matter(asked, c)] or chosen[:1]
    articles = {c.passage.article.id for c in chosen}
    for candidate in candidates:
        if candidate.score < chosen[0].score - AGAINST or candidate in chosen:
            continue
        against = _side(candidate) not in {_side(c) for c in told} and len({*map(_side, told)}) < 2
        elsewhere = len(articles) < 2 and candidate.passage.article.id not in articles
        if (against and _on_the_matter(asked, candidate)) or (
            elsewhere and _stems(" ".join(asked.names)) <= _stems(candidate.text)
        ):
            return [*chosen[: MOST - 1], candidate]
    return chosen


def _side(candidate: Candidate) -> tuple[bool, bool]:
    """Whether the sentence denies something, and whether it is a rumour."""
    firmness, _ = standing(candidate.text, (candidate.passage.article.title,))
    return any(is_negator(w.lower()) for w in words(candidate.text)), firmness == "rumoured"


def _on_the_matter(asked: Asked, candidate: Candidate) -> bool:
    """Whether the sentence, with its title, names all that is asked about and tells of it."""
    names = _stems(" ".join(asked.names))
    own = _stems(candidate.text)
    told = own & (set(asked.terms) - names) or is_rumour(candidate.text)
    return names <= own | _stems(candidate.passage.article.title) and bool(told)


def _stems(text: str) -> set[str]:
    return set(content_stems(text))


def _dates_matter(asked: Asked, quotes: Sequence[Quoted]) -> bool:
    """Whether the newest has to come first: what holds now, or figures that differ."""
    if asked.kind not in ONE_ANSWER or asked.present:
        return True
    if asked.kind in ("who", "where"):
        return not _PAST.search(asked.text)
    return any(
        any(apart(asked, one.text, other.text)) and about_the_same(asked, one.text, other.text)
        for one, other in combinations(quotes, 2)
    )


def _best_first(quotes: Sequence[Quoted]) -> list[Quoted]:
    return [*quotes[:1], *in_reading_order(quotes[1:])]


def with_antecedent(candidate: Candidate) -> Quoted:
    """The sentence, together with the one before it when it leans on that ("It", "He")."""
    start, end = candidate.span
    if candidate.before and leans_back(candidate.text):
        before = candidate.passage.sentences[candidate.index - 1]
        whole = candidate.passage.cut((before[0], end))
        if "\n" not in whole and len(words(whole)) <= BUDGET:
            start = before[0]
    return without_mark(Quoted(candidate.passage, (start, end)))


def without_mark(quote: Quoted) -> Quoted:
    """The quote without the bullet that marks its line as one of a list."""
    start, end = quote.span
    marked = len(quote.text) - len(quote.text.lstrip(MARKS))
    return replace(quote, span=(start + marked, end)) if marked < end - start else quote


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


def _alike(asked: Asked, one: Candidate, other: Candidate) -> bool:
    """Whether both say the same: most of their words, and no other price, count or day."""
    a, b = _stems(one.text), _stems(other.text)
    same = len(a & b) >= SAME * max(min(len(a), len(b)), 1)
    return same and not any(apart(asked, one.text, other.text))


def _cost(chosen: Sequence[Candidate]) -> int:
    return sum(len(words(with_antecedent(candidate).text)) for candidate in chosen)


def _joined(quotes: Sequence[Quoted]) -> list[Quoted]:
    """Overlapping spans of one article as one (a sentence that came along with the next)."""
    joined: list[Quoted] = []
    for quote in quotes:
        for place, other in enumerate(joined):
            apart_ = quote.span[0] >= other.span[1] or other.span[0] >= quote.span[1]
            if other.passage.id == quote.passage.id and not apart_:
                low, high = zip(quote.span, other.span, strict=True)
                joined[place] = Quoted(other.passage, (min(low), max(high)))
                break
        else:
            joined.append(quote)
    return joined
