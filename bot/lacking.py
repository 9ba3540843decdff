"""What a question needs and the articles provably lack, however near their sentences come.

1. A model that no article names: "Xiaomi 18" is not answered from sentences on the Xiaomi 15.
2. A measure of which no sentence found gives any: a price needs money, a weight its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.holding import NEAR, measure_of, tells_measure
from bot.language import is_model_word, words
from bot.library import Snapshot
from bot.numbered import behind_owner
from bot.questions import Asked
from bot.reading import Candidate
from bot.records import Filters

_YEAR = re.compile(r"(?:19|20)\d\d")


def lacking(view: Snapshot, asked: Asked, candidates: Sequence[Candidate], filters: Filters) -> str:
    """One sentence on what is lacking, or "" where nothing shows that the answer is not there."""
    for name in asked.names:
        for phrases in _numbered(name):
            known = " OR ".join(f'"{phrase}"' for phrase in phrases)
            if not view.articles_matching(known, filters):
                return f"No article mentions “{name}”."
    measure = measure_of(asked)
    if measure and not any(tells_measure(asked, c) for c in candidates[:NEAR]):
        return f"None of the nearest sentences gives its {measure}."
    return ""


def _numbered(name: str) -> Iterator[list[str]]:
    """For each number of a name the forms of which one must stand in an article that names it.

    "P9" stands for itself; a bare number needs a word of the name beside it, since articles
    shorten names from both ends: "Xiaomi 15 Ultra", "the 15 Ultra", "the Xiaomi 15".
    """
    parts = [] if "-" in name else words(behind_owner(name))
    beside = [*pairwise(parts)]
    for place, part in enumerate(parts):
        if not is_model_word(part) or _YEAR.fullmatch(part):
            continue
        if not part.isdigit():
            yield [part]
        elif len(parts) > 1:
            yield [" ".join(pair) for pair in beside[max(0, place - 1) : place + 1]]
