"""Pure: do two texts tell the same story almost word for word (syndication, a saved copy)?

MinHash (Broder 1997, through datasketch) with bands (locality-sensitive hashing) finds the
few articles that are worth a comparison among any number; the comparison itself reads both
texts. What it asks is where the common words stand: a copy has other words at its ends, or
here and there; a report that was written anew from an older one has its own in the middle.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Signature = NDArray[np.uint32]
Words = tuple[str, ...]

# 85 bands of 3 find two texts that share a third of their pairs of words with a probability
# of 0.96, and two that share a fiftieth with one of 0.0007.
BANDS, ROWS = 85, 3
PERMUTATIONS = 256  # 255 are banded; the estimate from all has a deviation of 0.03
LIKELY = 0.2  # estimated share of common word pairs below which no text is read
# The limits below part copies made by rule (ends changed, a third cut off, a word in ten
# changed, all three at once) from rewritten reports: `python -m benchmarks.duplicates`.
WINDOW = 25  # runs of three words; a window agrees if this share of them stands in the other
AGREES = 0.4
INSIDE = 0.85  # of the shorter text's windows agree, between the first and the last that do
SHORTER, LONGER = 0.65, 0.45  # of all windows of the shorter and the longer text agree
FEW = 40  # runs; so short a text must be the same, since reports made by a template are alike
# Two of the figures between the first and the last such window, or half of them, may be
# wanting in the other text. A copy keeps its figures; the results of another day, told by the
# same template, do not.
FIGURES, SOME_FIGURES = 0.5, 2
SAME = 0.97  # of the runs of both are in common: the same text, whenever it was published
# Copies appear within days. What looks alike after that is an update, or a yearly favourite.
DAYS = 7

_WORD = re.compile(r"\w+")
_CHUNK = 4096  # bounds the memory that hashing a long text takes


@dataclass(frozen=True, slots=True)
class Story:
    """What is compared: the words that are news, and the day they were published."""

    text: str
    published: date | None


def signature(text: str) -> Signature:
    """The MinHash of the text's pairs of words, `PERMUTATIONS` numbers of 32 bits."""
    from datasketch import MinHash  # type: ignore[import-untyped]

    made = MinHash(
        PERMUTATIONS, hashfunc=zlib.crc32, permutations=_permutations(), scheme="affine32"
    )
    pairs = [pair.encode() for pair in set(_runs(_words(text), 2))]
    for at in range(0, len(pairs), _CHUNK):
        made.update_batch(pairs[at : at + _CHUNK])
    return np.asarray(made.hashvalues, np.uint32)


def bands(minhash: Signature) -> list[int]:
    """A number for each band, of 63 bits; texts that are alike have one in common."""
    rows = minhash[: BANDS * ROWS].reshape(BANDS, ROWS)
    hashes = (
        hashlib.blake2b(bytes([n]) + row.tobytes(), digest_size=8) for n, row in enumerate(rows)
    )
    return [int.from_bytes(one.digest()) >> 1 for one in hashes]


def resemblance(a: Signature, b: Signature) -> float:
    """The estimated share of common word pairs (Jaccard), 0 to 1."""
    return float(np.mean(a == b))


def same_story(one: Story, other: Story) -> bool:
    """Whether the two tell one story almost word for word; the order makes no difference."""
    short, long = sorted((_words(one.text), _words(other.text)), key=lambda w: (len(w), w))
    short_runs, long_runs = _threes(short), _threes(long)
    in_short, in_long = frozenset(short_runs), frozenset(long_runs)
    if len(in_short & in_long) >= SAME * max(len(in_short), len(in_long)):
        return _figures_agree(short, long)
    if len(short_runs) < FEW or not _within_days(one.published, other.published):
        return False
    agreeing = _agreeing(short_runs, in_long)
    if not any(agreeing):
        return False
    shorter, longer = _mean(agreeing), _mean(_agreeing(long_runs, in_short))
    first, last = agreeing.index(True), len(agreeing) - agreeing[::-1].index(True)
    inside = _mean(agreeing[first:last])
    near = shorter >= SHORTER and longer >= LONGER and inside >= INSIDE
    return near and _figures_agree(short[first * WINDOW : last * WINDOW], long)


def _agreeing(runs: Sequence[int], other: frozenset[int]) -> list[bool]:
    """For each window of the text, whether enough of it stands in the other text."""
    windows = [runs[at : at + WINDOW] for at in range(0, len(runs), WINDOW)]
    if len(windows) > 1 and len(windows[-1]) < WINDOW // 2:
        windows.pop()  # a rest of a few words says nothing
    return [sum(run in other for run in window) >= AGREES * len(window) for window in windows]


def _figures_agree(inside: Words, other: Words) -> bool:
    """Whether the figures of the part in common stand in the other text as well."""
    figures = {word for word in inside if word[0].isdecimal()}
    return len(figures.difference(other)) <= max(SOME_FIGURES, FIGURES * len(figures))


def _within_days(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= DAYS


@lru_cache(maxsize=64)  # one new article is compared with several, and several with one
def _threes(words: Words) -> tuple[int, ...]:
    return tuple(zlib.crc32(run.encode()) for run in _runs(words, 3))


@lru_cache(maxsize=64)
def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold()))


def _runs(words: Sequence[str], length: int) -> Iterator[str]:
    """The runs of so many words; a text of fewer is one run."""
    for at in range(max(1, len(words) - length + 1)):
        yield " ".join(words[at : at + length])


def _mean(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags)


@lru_cache(maxsize=1)
def _permutations() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, scheme="affine32").permutations
