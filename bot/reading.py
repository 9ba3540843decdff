"""The sentences of the found passages, read one by one: how likely does each answer?

Search finds passages that are about the question; here the reader (a small cross-encoder)
looks at question and sentence together. Cheap signals choose which sentences it reads, and
its probability is combined with them again afterwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.embedding import Embedder
from bot.language import content_stems, is_headline, is_model_word, names, words
from bot.questions import Asked
from bot.ranking import combine, coverage, fitted, logistic
from bot.reader import Reader, reader_input
from bot.records import Hit, Passage, Span
from bot.search import Found

PASSAGES = 24  # read of those that search found; later ones hardly ever hold the best sentence
SENTENCES = 48  # read in all, 150 ms on two cores (`python -m benchmarks.measure_reader`)
SHORTEST = 4  # words; fragments and headings below that say nothing by themselves
PASSAGE_SCALE = 0.05  # passage scores lie close together; one step in rank is about this

_WHEN = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"yesterday|today|tomorrow|last (?:week|month|year)|this (?:week|month|year))\b",
    re.I,
)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|hundreds?|"
    r"thousands?|millions?|billions?|twenty|thirty|forty|fifty)\b",
    re.I,
)
_PLACE = re.compile(r"\b(?:in|at|from|near|to|of|across|outside)\s+(?:the\s+)?[A-Z]")
_CAUSE = re.compile(
    r"\b(?:because|due to|after|since|caus|reason|led to|so that|in order to|over|as a result|"
    r"blam|owing|amid|following|result)",
    re.I,
)
_NATION = re.compile(r"(?:ese|ian|ean|ish)$")
_ENDS = re.compile(r"[.!?…:;][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may answer, with the passage it stands in.

    `probability` is the reader's (0 to 1), `score` the combination that orders candidates.
    """

    hit: Hit
    index: int
    probability: float = 0.0
    score: float = 0.0
    signals: dict[str, float] | None = None

    @property
    def passage(self) -> Passage:
        return self.hit.passage

    @property
    def span(self) -> Span:
        return self.passage.sentences[self.index]

    @property
    def text(self) -> str:
        return self.passage.cut(self.span)

    @property
    def before(self) -> str:
        """The sentence before it in the same passage, or ""."""
        return self.passage.cut(self.passage.sentences[self.index - 1]) if self.index else ""


def read(
    found: Found, reader: Reader, embedder: Embedder, *, limit: int = SENTENCES
) -> list[Candidate]:
    """The sentences worth quoting, the most likely answer first."""
    candidates = list(_sentences(found.hits[:PASSAGES]))
    cheap = {id(c): _cheap(c, found) for c in candidates}
    candidates.sort(key=lambda c: -cheap[id(c)])
    return judge(candidates[:limit], found, reader, embedder)


def judge(
    candidates: Sequence[Candidate], found: Found, reader: Reader, embedder: Embedder
) -> list[Candidate]:
    """The candidates with the reader's probability and their score, the best first."""
    if not candidates:
        return []
    texts = [reader_input(c.text, c.passage.article.title, c.before) for c in candidates]
    logits = reader.score(found.asked.text, texts)
    likeness = embedder.embed([c.text for c in candidates]) @ found.vector
    weights = fitted().read
    judged = []
    for candidate, logit, like in zip(candidates, logits, likeness, strict=True):
        signals = sentence_signals(candidate, found)
        signals |= {"reader": float(logit), "likeness": float(like)}
        judged.append(
            replace(
                candidate,
                probability=logistic(float(logit)),
                score=combine(signals, weights),
                signals=signals,
            )
        )
    return sorted(judged, key=lambda c: -c.score)


def rerank(found: Found, candidates: Iterable[Candidate]) -> Found:
    """The same hits, ordered anew by what they scored and the best sentence read in each."""
    weights = fitted().rerank
    best: dict[str, float] = {}
    for candidate in candidates:
        worth = combine(candidate.signals or {}, weights)
        best[candidate.passage.id] = max(best.get(candidate.passage.id, worth), worth)
    # A passage of which nothing was worth reading counts like the worst that was read.
    floor = min(best.values(), default=0.0)
    scored = [replace(hit, score=hit.score + best.get(hit.passage.id, floor)) for hit in found.hits]
    return replace(found, hits=tuple(sorted(scored, key=lambda hit: -hit.score)))


def sentence_signals(candidate: Candidate, found: Found) -> dict[str, float]:
    """What can be said of a sentence without the reader, each about 0 to 1."""
    asked, text = found.asked, candidate.text
    own = set(content_stems(text))
    around = own | set(content_stems(f"{candidate.passage.article.title} {candidate.before}"))
    return {
        "passage": candidate.hit.score / PASSAGE_SCALE,
        "terms": coverage(found.rarity, own),
        "terms_around": coverage(found.rarity, around),
        "terms_passage": coverage(
            found.rarity, around | set(content_stems(candidate.passage.text))
        ),
        "fits": float(fits(asked, text)),
        "unfinished": float(not _ENDS.search(text)),
        "length": min(len(words(text)), 60) / 60,
        "similarity": candidate.hit.signals.get("similarity", 0.0),
        # The best of many wrong sentences looks better than the best of few.
        "crowd": math.log10(1 + found.passages),
        "models": candidate.hit.signals.get("models", 1.0),
        "names": candidate.hit.signals.get("names", 1.0),
    }


def fits(asked: Asked, text: str) -> bool:
    """Whether the sentence holds the kind of thing that is asked for: a figure, a day, a name."""
    if asked.kind in ("count", "amount"):
        new = [w for w in words(text) if is_model_word(w) and w.lower() not in asked.models]
        return bool(new) or bool(_FIGURE.search(re.sub(r"\d", "", text)))
    if asked.kind == "when":
        return bool(_WHEN.search(text))
    if asked.kind == "where":
        return bool(_PLACE.search(text))
    if asked.kind == "why":
        return bool(_CAUSE.search(text))
    if asked.kind in ("who", "which"):
        new = [name for name in names(text) if _is_new(name, asked)]
        # Nobody is called "12S Ultra": a model number is no answer to "who".
        return any(asked.kind == "which" or not any(map(is_model_word, words(n))) for n in new)
    return True


def _is_new(name: str, asked: Asked) -> bool:
    """Whether a name could be the answer: no part of it stands in the question.

    A nation's adjective ("Japanese") names nobody.
    """
    known = {word.lower() for word in words(asked.text)}
    own = words(name)
    if any(word.lower() in known for word in own):
        return False
    return len(own) > 1 or not _NATION.search(name)


def _sentences(hits: Sequence[Hit]) -> Iterable[Candidate]:
    for hit in hits:
        for index, (start, end) in enumerate(hit.passage.sentences):
            text = hit.passage.text[start - hit.passage.start : end - hit.passage.start]
            if len(words(text)) >= SHORTEST and not text.endswith("?") and not is_headline(text):
                yield Candidate(hit, index)


def _cheap(candidate: Candidate, found: Found) -> float:
    signals = sentence_signals(candidate, found)
    return signals["terms_around"] + 0.3 * signals["fits"] + 0.05 * signals["passage"]
