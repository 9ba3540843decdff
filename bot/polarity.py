"""Whether two texts say and deny the same things; pure rules over the words of each clause.

Every content word of a clause is taken as denied when a negator stands at most `REACH` of
them before it, as affirmed when its clause holds no negator, and as unclear otherwise. Hedges
("could", "plans") are read the same way. Method: the negation scopes of NegEx (Chapman et
al. 2001), cut at clause boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bot.language import STOP, stem, words

REACH = 4  # content words; NegEx reaches five words of any kind
_CLAUSES = re.compile(
    r"[,;:()–—“”\"]|\s-\s|\b(?:but|although|though|while|whereas|because|however|which|who)\b"
)
_NEGATORS = frozenset(
    """not no never nor neither none nobody nothing without cannot deny denies denied denying refuse
    refuses refused refusing decline declines declined fail fails failed unable lack lacks lacked
    reject rejects rejected rejecting""".split()
)
_HEDGES = frozenset(
    """could may might would should if plan plans planned planning expect expects expected likely
    unlikely possibly perhaps propose proposes proposed consider considers considered considering
    hope hopes hoped want wants wanted aim aims seek seeks sought whether intends weighing
    weighs eyeing""".split()
)
_LESS_THAN_NO = re.compile(r"\b(?:not only|no (?:fewer|less|more) than|no doubt|not just)\b", re.I)


def is_negator(word: str) -> bool:
    return word in _NEGATORS or word.endswith(("n't", "n’t"))


def denials_differ(sentence: str, quotes: Iterable[str], names: frozenset[str]) -> str:
    """The word that one side denies and the other affirms, or "" when there is none.

    `names` are stems that do not count: a name stands beside a negator by chance.
    """
    quoted = list(quotes)
    said, known = _states([sentence], is_negator), _states(quoted, is_negator)
    for word in said.keys() & known.keys():
        both = sorted([*said[word], *known[word]])
        if word not in names and both == ["in", "out"]:
            return word
    if _has(sentence, is_negator) and not any(_has(quote, is_negator) for quote in quoted):
        return "not"
    return ""


def hedge_lost(sentence: str, quotes: Iterable[str], names: frozenset[str]) -> str:
    """A word that every quote hedges while the sentence states it flatly, or ""."""
    if _has(sentence, (_HEDGES | {"will"}).__contains__):
        return ""
    known = _states(quotes, _HEDGES.__contains__)
    flat = {stem(word) for word in words(sentence)}
    return next(
        (w for w in sorted(known) if w in flat and w not in names and known[w] == {"in"}), ""
    )


def _has(text: str, marks: Callable[[str], bool]) -> bool:
    return any(marks(word) for word in _tokens(text))


def _states(texts: Iterable[str], marks: Callable[[str], bool]) -> dict[str, set[str]]:
    """Stem -> where its occurrences stand: "in" reach of a mark, "out", or "unclear"."""
    states: dict[str, set[str]] = {}
    for text in texts:
        for clause in _CLAUSES.split(text):
            for word, state in _clause(list(_tokens(clause or "")), marks):
                states.setdefault(word, set()).add(state)
    return states


def _clause(tokens: list[str], marks: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    tokens = [token for token in tokens if marks(token) or token not in STOP]
    places = [n for n, token in enumerate(tokens) if marks(token)]
    for n, token in enumerate(tokens):
        if n in places:
            continue
        if any(0 < n - place <= REACH for place in places):
            yield stem(token), "in"
        else:
            yield stem(token), "unclear" if places else "out"


def _tokens(text: str) -> Iterator[str]:
    return (word.lower().replace("’", "'") for word in words(_LESS_THAN_NO.sub(" ", text)))
