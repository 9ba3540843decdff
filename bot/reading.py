"""The sentences of the found passages, read one by one: how likely does each answer?

Search finds passages that are about the question; here the reader (a small cross-encoder)
looks at question and sentence together. Cheap signals choose which sentences it reads, and
its score is combined with how well the passage fits. All weights stand in
`weights/ranking.json`; `python -m benchmarks.fit_ranking` fits them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.language import content_stems, is_headline, is_model_word, names, words
from bot.questions import Asked
from bot.ranking import combine, coverage, fitted, logistic, timeless
from bot.reader import Reader, reader_input
from bot.records import Hit, Passage, Span
from bot.search import Found

PASSAGES = 24  # read of those that search found; later ones hardly ever hold the best sentence
SENTENCES = 64  # read in all; the time they take: `python -m benchmarks.measure_reader`
SHORTEST = 4  # words; fragments and headings below that say nothing by themselves
PASSAGE_SCALE = 0.05  # passage scores lie close together; one step in rank is about this
FRESH = 4.0  # what its day adds to the passage of a new article, in those steps

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


def read(found: Found, reader: Reader, *, limit: int = SENTENCES) -> list[Candidate]:
    """The sentences worth quoting, the most likely answer first."""
    weights = fitted().skim
    candidates = sentences_of(found)
    candidates.sort(key=lambda c: -combine(c.signals or {}, weights))
    return judge(candidates[:limit], found, reader)


def sentences_of(found: Found) -> list[Candidate]:
    """Every sentence of the first PASSAGES hits that can stand alone, not read yet."""
    return [
        replace(candidate, signals=sentence_signals(candidate, found))
        for candidate in _sentences(found.hits[:PASSAGES])
    ]


def judge(candidates: Sequence[Candidate], found: Found, reader: Reader) -> list[Candidate]:
    """The candidates with the reader's probability and their score, the best first."""
    if not candidates:
        return []
    texts = [reader_input(c.text, c.passage.article.title, c.before) for c in candidates]
    logits = reader.score(found.asked.text, texts)
    weights = fitted().read
    judged = []
    for candidate, logit in zip(candidates, logits, strict=True):
        signals = (candidate.signals or sentence_signals(candidate, found)) | {
            "reader": float(logit)
        }
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
    """What can be said of a sentence without the reader: how well its passage fits, how much of
    the question it holds (0 to 1), and whether it holds the kind of thing asked for (0 or 1).

    `passage` is made of `match`, what its words and meaning say, and of what its day adds. That is
    `fresh`, too, but for articles that are undated or recent: these count as new.
    """
    hit = candidate.hit
    score = hit.score / PASSAGE_SCALE
    match = timeless(hit.signals, fitted().passage) / PASSAGE_SCALE
    published = hit.passage.article.published
    old = published and found.recent and published < found.recent
    return {
        "passage": score,
        "match": match,
        "fresh": score - match if old else FRESH,
        "terms": coverage(found.rarity, set(content_stems(candidate.text))),
        "fits": float(fits(found.asked, candidate.text)),
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
