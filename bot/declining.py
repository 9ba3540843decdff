"""When the articles don't say: how sure the best sentence makes us, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.holding import fitting
from bot.language import STOP, content_stem, words
from bot.prompts import REFUSAL
from bot.questions import Asked
from bot.ranking import combine, fitted, logistic
from bot.reading import Candidate
from bot.search import Found

# What belongs to the asking: an article that gives a weight need not say "heavy", and one that
# tells what happened need not say "happened".
_ASKING = re.compile(
    r"\bhow\s+\w+\b|\b(?:take|takes|took)\s+place\b|\b(?:happen\w*|based|located|mean|means|"
    r"called|named|according|true)\b",
    re.I,
)


def confidence(asked: Asked, candidates: Sequence[Candidate]) -> float:
    """The calibrated probability, 0 to 1, that the best sentence to be shown answers.

    That is the best one which holds the kind of thing asked for, as far as any near one does.
    """
    shown = fitting(asked, candidates)
    return logistic(combine(shown[0].signals or {}, fitted().confidence)) if shown else 0.0


def enough(sure: float) -> bool:
    """Whether an answer is given; `python -m benchmarks.quality --only declining` has the curve."""
    return sure >= fitted().threshold


def missing(found: Found, candidates: Sequence[Candidate], counts: Mapping[str, int]) -> str:
    """One sentence on what the articles lack; `counts` holds the stems that stand somewhere."""
    asked = found.asked
    telling = _ASKING.sub(" ", asked.text)
    wanted = [w for w in dict.fromkeys(words(telling)) if w.lower() not in STOP]
    kind = words(asked.head)[-1:]  # "which countries": an article need not use the word
    nowhere = [
        word
        for word in wanted
        if content_stem(word) in asked.terms
        and not counts.get(content_stem(word))
        and word not in kind
    ]
    if not found.hits:
        return "No article passes the filters, or the library is empty."
    if nowhere:
        listed = " or ".join(f"“{word}”" for word in nowhere)
        return f"No article mentions {listed}."
    best = candidates[0] if candidates else None
    near = (
        {content_stem(w) for w in words(f"{best.passage.text} {best.passage.article.title}")}
        if best
        else set()
    )
    apart = [
        word
        for word in wanted
        if content_stem(word) in asked.terms and content_stem(word) not in near
    ]
    if apart:
        # A bare number says nothing without the name that it belongs to.
        called = [next((n for n in asked.names if w.isdigit() and w in words(n)), w) for w in apart]
        listed = ", ".join(f"“{word}”" for word in dict.fromkeys(called))
        return f"The nearest passage does not mention {listed}."
    return "Passages mention these words, but none of their sentences answers."


def refusal(gap: str) -> str:
    """The text of an answer that declines."""
    return f"{REFUSAL}. {gap}".strip()
