"""From a question to passages: candidates by meaning and by words, one order over both.

1. The question is taken apart (`questions`).
2. Chroma gives the passages nearest in meaning, SQLite those that share its words.
3. Each candidate gets its signals (likeness, BM25, rare terms covered, age, ...).
4. `ranking` combines them; passages of one article make room for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.embedding import Embedder
from bot.language import content_stems, words
from bot.library import Snapshot
from bot.questions import Asked, ask
from bot.ranking import combine, coverage, diversify, fitted, idf, time_signals
from bot.records import Filters, Hit, Passage

CANDIDATES = 120  # by meaning and again by words; deeper lists held no more answers
# An article is no old news as long as fewer than these are newer: what a week is in a newsroom
# is a decade in a small archive.
FEW = 100
TITLE_WEIGHT = 2.0  # a word of the title counts as two of the text in BM25


@dataclass(frozen=True, slots=True)
class Found:
    """What one search came to: the question taken apart, and its hits, best first.

    `rarity` weighs the question's terms, 0 to 1; what is older than `recent` is old news, and
    None says that nothing is.
    """

    asked: Asked
    hits: tuple[Hit, ...]
    rarity: dict[str, float]
    recent: date | None = None


def search(
    view: Snapshot, embedder: Embedder, question: str, filters: Filters, *, k: int = 30
) -> Found:
    """The `k` passages that most likely answer; `filters.as_of` is the day to answer from."""
    today = filters.as_of or date.today()
    asked = ask(question, today)
    vector = embedder.embed_query(question)
    near = dict(view.nearest(vector, CANDIDATES, filters))
    worded = dict(_by_words(view, asked, filters))
    passages = view.passages({*near, *worded})
    counts = view.document_frequencies(asked.terms)
    rarity = idf(counts, asked.terms, view.passage_count())
    newest = _newest(view, today)
    signals = {
        id_: _word_signals(asked, passage, rarity)
        | _list_signals(id_, near, worded)
        | time_signals(asked, passage.article.published, newest)
        for id_, passage in passages.items()
    }
    weights = fitted().passage
    scored = [
        (id_, passage.article.id, combine(signals[id_], weights))
        for id_, passage in passages.items()
    ]
    best = diversify(scored, k)
    hits = tuple(Hit(passages[id_], score, signals[id_]) for id_, score in best)
    return Found(asked, hits, rarity, view.day_of_newest(FEW, filters))


def _newest(view: Snapshot, today: date) -> date:
    """The day of the newest article, as far as it is known today."""
    last = view.meta.get("newest")
    return min(today, date.fromisoformat(last)) if last else today


def any_of(terms: Sequence[str]) -> str:
    """An FTS5 expression that holds for a passage with any of the words."""
    return " OR ".join(f'"{term}"' for term in terms)


def all_of(terms: Sequence[str]) -> str:
    """An FTS5 expression that holds for a passage with all of the words."""
    return " AND ".join(f'"{term}"' for term in terms)


def _by_words(view: Snapshot, asked: Asked, filters: Filters) -> list[tuple[str, float]]:
    wanted = [word for word in words(asked.text) if content_stems(word)]
    if not wanted:
        return []
    return view.matching(any_of(wanted), CANDIDATES, filters, title_weight=TITLE_WEIGHT)


def _list_signals(id_: str, near: dict[str, float], worded: dict[str, float]) -> dict[str, float]:
    """What the two candidate lists say of a passage; one that is missing there gets the floor."""
    top = max(worded.values(), default=1.0) or 1.0
    return {
        "similarity": near.get(id_, min(near.values(), default=0.0)),
        "near": float(id_ in near),
        "bm25": worded.get(id_, 0.0) / top,
    }


def _word_signals(asked: Asked, passage: Passage, rarity: dict[str, float]) -> dict[str, float]:
    """How much of the question stands in the passage and its title, 0 to 1 each."""
    title = set(content_stems(passage.article.title))
    text = set(content_stems(passage.text))
    return {
        "terms": coverage(rarity, text),
        "terms_with_title": coverage(rarity, text | title),
        "title_terms": coverage(rarity, title),
        "models": share(asked.models, f"{passage.article.title} {passage.text}"),
        "names": share(asked.name_words, f"{passage.article.title} {passage.text}"),
    }


def share(wanted: Sequence[str], text: str) -> float:
    """The share of exact words (lower case, unstemmed) that stand in a text; 1 if none is asked."""
    present = {word.lower() for word in words(text)}
    return sum(word in present for word in wanted) / len(wanted) if wanted else 1.0
