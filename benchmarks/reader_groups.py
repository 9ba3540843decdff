"""What the reader is fitted and measured on: a question with sentences that do or do not answer.

The words of a question are weighed by how rare they are (inverse document frequency), so that
"Putin" counts and "which" does not; this overlap also serves as the plainest baseline.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from bot.reader import reader_input

RIGHT, WRONG, UNSURE = 1, 0, -1
# Cutting words at six letters stands in for stemming: "announced" and "announcement" meet.
STEM = 6
# What the overlap of the sentence, of it and its neighbours, and of the title count for.
SHARES = (0.6, 0.25, 0.15)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence with what stands around it, and how much it shares with the question.

    `label` is RIGHT, WRONG, or UNSURE when it holds the answer's string but may not answer.
    """

    sentence: str
    title: str
    before: str
    label: int
    overlap: float

    @property
    def text(self) -> str:
        return reader_input(self.sentence, self.title, self.before)


@dataclass(frozen=True, slots=True)
class Group:
    """A question, where it comes from ("news" or "squad"), its split and its candidates."""

    question: str
    source: str
    held_out: bool
    candidates: tuple[Candidate, ...] = field(repr=False)

    @property
    def answerable(self) -> bool:
        return any(candidate.label == RIGHT for candidate in self.candidates)


def stems(text: str) -> list[str]:
    """The words of `text` in lower case, cut at six letters."""
    return [word[:STEM] for word in _WORD.findall(text.lower().replace("’", "'"))]


class Weights:
    """How rare each word is among the documents it was counted on (BM25's form of idf)."""

    def __init__(self, documents: Iterable[Set[str]]) -> None:
        self._counts: Counter[str] = Counter()
        self._total = 0
        for document in documents:
            self._counts.update(document)
            self._total += 1

    def of(self, question: str) -> dict[str, float]:
        """The words of the question with what each weighs; the weights sum to 1."""
        raw = {word: self._rarity(word) for word in stems(question)}
        total = sum(raw.values()) or 1.0
        return {word: weight / total for word, weight in raw.items()}

    def _rarity(self, word: str) -> float:
        count = self._counts[word]
        return math.log(1 + (self._total - count + 0.5) / (count + 0.5))


def overlap(asked: Mapping[str, float], words: Set[str]) -> float:
    """The share of the question's weight that `words` cover, 0 to 1."""
    return sum(weight for word, weight in asked.items() if word in words)


def overlap_around(
    asked: Mapping[str, float], sentence: Set[str], around: Set[str], title: Set[str]
) -> float:
    """The overlap with the sentence, with it and its neighbours, and with the title: 0 to 1."""
    parts = (sentence, around, title)
    return sum(share * overlap(asked, own) for share, own in zip(SHARES, parts, strict=True))
