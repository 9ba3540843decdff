"""How well the checks tell supported sentences from others: `python -m benchmarks.support`.

On the reference answers of `../shared/eval/conversations`, written by people from passages:

- true: a sentence of a reference with the two sentences of its passages that share most
  words with it. Not all of these say all of it, so the share that passes has no target of 1;
- false: the same sentence with the fifth and sixth of its passages' sentences, which speak
  of the same thing and mostly do not say it;
- changed: a sentence that passed, with one thing made wrong by rule. The share caught is
  what the checks are worth against a model that makes this mistake.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from unittest.mock import patch

from benchmarks import data
from bot import checking
from bot.figures import figures
from bot.language import content_stems
from bot.naming import name_runs
from bot.records import Citation
from bot.sentences import sentence_spans

SHORTEST = 5  # words; "Yes." supports nothing
GRID = [(share, together) for share in (0.5, 0.6, 0.7) for together in (0.0, 0.3, 0.5, 0.6)]
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|will|can|must|should|may)\b(?! not)")
_NOT = re.compile(r"\s(?:not|never)\b|n't\b")


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence of a reference, with quotes that should carry it and others that should not."""

    sentence: str
    near: tuple[Citation, ...]
    far: tuple[Citation, ...]


def samples() -> list[Sample]:
    """One for each sentence of the answerable turns' references."""
    passages = data.conversation_passages()
    found = []
    for turn in data.conversation_turns():
        if turn.answerable != "ANSWERABLE":
            continue
        texts = [passages[id_] for id_ in sorted(turn.relevant)]
        quotes = list(dict.fromkeys(q for text in texts for q in _sentences(text)))
        for sentence in _sentences(turn.reference):
            ranked = _by_overlap(sentence, quotes)
            found.append(Sample(sentence, _cited(ranked[:2]), _cited(ranked[4:6])))
    return found


def _sentences(text: str) -> Iterator[str]:
    found = (text[start:end] for start, end in sentence_spans(text))
    return (sentence for sentence in found if len(sentence.split()) >= SHORTEST)


def _by_overlap(sentence: str, quotes: Sequence[str]) -> list[str]:
    said = set(content_stems(sentence))
    # Long quotes share more by chance; the discount only orders equals.
    return sorted(
        quotes, key=lambda q: -len(said & set(content_stems(q))) / (1 + 0.02 * len(q.split()))
    )


def _cited(quotes: Sequence[str]) -> tuple[Citation, ...]:
    return tuple(
        Citation(n, "a", "", "", "", "", None, "undated", quote, 0, len(quote))
        for n, quote in enumerate(quotes, 1)
    )


def passes(sentence: str, citations: Sequence[Citation]) -> bool:
    return checking.check(sentence, citations).support == "supported"


def grid(found: Sequence[Sample]) -> Iterator[tuple[float, float, int, int]]:
    """For each pair of thresholds how many true and how many false samples pass."""
    for share, together in GRID:
        with patch.multiple(checking, MIN_SHARE=share, MIN_TOGETHER=together):
            true = sum(passes(one.sentence, one.near) for one in found)
            false = sum(bool(one.far) and passes(one.sentence, one.far) for one in found)
        yield share, together, true, false


Change = Callable[[str, Sequence[str]], str]


def other_number(sentence: str, others: Sequence[str]) -> str:
    figure = next(iter(figures(sentence)), None)
    if figure is None:
        return sentence
    return f"{sentence[: figure.start]} {figure.value + 7:g} {sentence[figure.end :]}"


def other_name(sentence: str, others: Sequence[str]) -> str:
    """The last name of the sentence becomes one of another sentence."""
    runs = name_runs(sentence)
    names = [token.text for other in others for run in name_runs(other)[1:] for token in run]
    new = next((name for name in names if name not in sentence), "")
    if len(runs) < 2 or not new:
        return sentence
    return sentence[: runs[-1][0].start] + new + sentence[runs[-1][-1].end :]


def turned(sentence: str, others: Sequence[str]) -> str:
    """ "is" becomes "is not", and "is not" becomes "is"."""
    if _NOT.search(sentence):
        return _NOT.sub("", sentence, count=1)
    return _VERB.sub(lambda verb: f"{verb.group()} not", sentence, count=1)


def swapped(sentence: str, others: Sequence[str]) -> str:
    """The first two names change places."""
    runs = name_runs(sentence)
    if len(runs) < 2:
        return sentence
    (a, b), (c, d) = ((run[0].start, run[-1].end) for run in runs[:2])
    if sentence[a:b] == sentence[c:d]:
        return sentence
    return sentence[:a] + sentence[c:d] + sentence[b:c] + sentence[a:b] + sentence[d:]


def other_words(sentence: str, others: Sequence[str]) -> str:
    """The second half becomes that of another sentence."""
    words, new = sentence.split(), others[0].split()
    return " ".join(words[: len(words) // 2] + new[len(new) // 2 :])


CHANGES: dict[str, Change] = {
    "another number": other_number,
    "another name": other_name,
    "denied or affirmed": turned,
    "second half of another sentence": other_words,
    "names swapped": swapped,
}


def caught(found: Sequence[Sample], change: Change) -> tuple[int, int]:
    """How many of the samples that passed fail once changed, and how many could be changed."""
    pick = random.Random(0)  # noqa: S311  # which sentence lends a name is no secret
    good = [one for one in found if passes(one.sentence, one.near)]
    fallen = tried = 0
    for one in good:
        others = [pick.choice(found).sentence for _ in range(5)]
        changed = change(one.sentence, others)
        if changed != one.sentence:
            tried += 1
            fallen += not passes(changed, one.near)
    return fallen, tried


def main() -> int:
    """The table; 2 where the data is absent."""
    try:
        found = samples()
    except data.DataMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    print(f"{len(found)} sentences; share, together: true passed, false passed")
    for share, together, true, false in grid(found):
        used = (share, together) == (checking.MIN_SHARE, checking.MIN_TOGETHER)
        print(f"  {share:.1f} {together:.1f}: {true:4} {false:4}{'  <- used' if used else ''}")
    for name, change in CHANGES.items():
        fallen, tried = caught(found, change)
        print(f"{name}: {fallen} of {tried} caught ({fallen / max(1, tried):.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
