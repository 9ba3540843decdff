"""Complete answers to "which", "list" and "how many": every item, each with its own quote.

Not the top few passages are read but every passage of every article in which the question's
names stand. An item is a name of the kind that is asked for; it counts when its sentence
says what the question asks, and not when the clause denies or only imagines it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.days import mentions
from bot.holding import MARKS
from bot.items import ItemFinder
from bot.language import content_stems, is_headline, is_model_word, stem, stems, words
from bot.library import Snapshot
from bot.making import ProductFinder, makers_of
from bot.periods import Period
from bot.questions import Asked
from bot.quoting import Quoted, without_mark
from bot.reader import Reader
from bot.reading import Candidate, judge
from bot.records import Filters, Hit, Passage
from bot.search import Found, all_of
from bot.standing import standing
from bot.wanted import Wanted, wanted_of

PASSAGES = 600  # read at most; the scope line says so when there were more
Finder = ItemFinder | ProductFinder
READ = 400  # sentences that the reader judges at most, those with most of the names first
# Where the names of the question stand only around a product, the reader must not be surer
# than this, as a logit, that the sentence does not answer.
LEAST = -5.0
STATED = 5  # sentences, best first, of which one may state the number that is asked for
BACK = 3  # sentences before an item's in which the question's names may stand


@dataclass(frozen=True, slots=True)
class Listed:
    """The items found, with one quote each, and how far was looked.

    `certain` says that each quote names what is asked about and uses the question's own words.
    """

    quotes: tuple[Quoted, ...]
    scope: str
    certain: bool


def find_list(
    view: Snapshot,
    found: Found,
    candidates: Sequence[Candidate],
    *,
    reader: Reader,
    filters: Filters,
) -> Listed | None:
    """Every item that the articles support, or None where the question asks for no list.

    `candidates` are the sentences read for the plain answer: one of them may state a number.
    """
    wanted = wanted_of(found.asked, (hit.passage.text for hit in found.hits))
    if not found.asked.wants_list or not wanted.anchors or _counted(candidates, found.asked):
        return None
    passages, whole = _passages(view, found, wanted, filters)
    finder = _finder(wanted, [passage.text for passage in passages])
    mentions = list(_mentions(passages, finder))
    mentions.sort(key=lambda m: -m.anchored)
    judged = _judged(mentions[:READ], found, reader)
    best = _best(_of_the_days(judged, found.asked.period), finder)
    if len(best) < (1 if wanted.shape == "product" else 2):
        return None
    articles = view.count(filters)
    scope = _scope(best, passages, articles, wanted, whole)
    return Listed(tuple(best.values()), scope, certain=wanted.shape == "plain")


@dataclass(frozen=True, slots=True)
class _Mention:
    """An item in a sentence, and the share of the question's names that stand near it."""

    candidate: Candidate
    items: tuple[str, ...]
    anchored: float
    own: float


def _finder(wanted: Wanted, texts: Sequence[str]) -> Finder:
    if wanted.shape == "product" and not wanted.maker:
        return ProductFinder(wanted, texts)
    rivals = makers_of(texts) - {wanted.maker} if wanted.maker else frozenset[str]()
    return ItemFinder(wanted, texts, rivals)


def _passages(
    view: Snapshot, found: Found, wanted: Wanted, filters: Filters
) -> tuple[list[Passage], bool]:
    """All passages of the articles in which every anchor stands, and whether that is all."""
    articles: set[str] | None = None
    for anchor in wanted.anchors:
        holding = view.articles_matching(all_of(words(anchor)), filters)
        articles = holding if articles is None else articles & holding
    passages: list[Passage] = []
    for article in sorted(articles or ()):
        passages += view.passages_of(article)
        if len(passages) > PASSAGES:
            return passages[:PASSAGES], False
    return passages, True


def _mentions(passages: Iterable[Passage], finder: Finder) -> Iterator[_Mention]:
    for passage in passages:
        for index, span in enumerate(passage.sentences):
            read = _read_before(passage, index)
            before = f"{passage.article.title}\n{read}"
            items = tuple(finder.items(passage.cut(span), before))
            if items and not is_headline(passage.cut(span)):
                around = f"{before}{passage.cut(span)}"
                yield _Mention(
                    Candidate(Hit(passage, 0.0), index),
                    items,
                    finder.wanted.anchored(around),
                    finder.wanted.anchored(passage.cut(span)),
                )


def _read_before(passage: Passage, index: int) -> str:
    """What a reader has just read of the paragraph; entries of a list go on with their heading."""
    start = passage.sentences[index][0]
    read = passage.cut((passage.sentences[max(0, index - BACK)][0], start))
    entry = passage.text[start - passage.start] in MARKS
    return read if entry else read[read.rfind("\n") + 1 :]


def _judged(
    mentions: Sequence[_Mention], found: Found, reader: Reader
) -> list[tuple[_Mention, Candidate]]:
    candidates = judge([m.candidate for m in mentions], found, reader)
    by_place = {(m.candidate.passage.id, m.candidate.index): m for m in mentions}
    return [(by_place[c.passage.id, c.index], c) for c in candidates]


def _best(judged: Sequence[tuple[_Mention, Candidate]], finder: Finder) -> dict[str, Quoted]:
    """The best supporting sentence of each item, in the order of the articles' days."""
    supporting = [(m, c) for m, c in judged if m.anchored >= 1.0 and not _rumoured(c)]
    supporting = [(m, c) for m, c in supporting if _believed(m, c, finder.wanted)]
    best: dict[str, tuple[float, str, Candidate]] = {}
    for mention, candidate in supporting:
        for item in mention.items:
            worth = mention.own + candidate.probability
            key = finder.key(item)
            if key not in best or worth > best[key][0]:
                best[key] = (worth, item, candidate)
    found = sorted(best.items(), key=lambda row: _when(row[1][2]))
    return {key: without_mark(Quoted(c.passage, c.span, item)) for key, (_, item, c) in found}


def _of_the_days(
    judged: Sequence[tuple[_Mention, Candidate]], period: Period | None
) -> list[tuple[_Mention, Candidate]]:
    """The mentions without the items that are of other days than those asked about.

    An item is of the day that its sentence names next to it, else of that of its article.
    """
    if period is None:
        return list(judged)
    kept = []
    for mention, candidate in judged:
        items = tuple(item for item in mention.items if _falls(item, candidate, period))
        if items:
            kept.append((replace(mention, items=items), candidate))
    return kept


def _falls(item: str, candidate: Candidate, period: Period) -> bool:
    published = candidate.passage.article.published
    place = candidate.text.find(item.rsplit(" ", 1)[-1])
    dated = [m for m in mentions(candidate.text, published) if m.year and not m.relative]
    after = [m for m in dated if m.start >= place]
    named = (after or dated)[:1]
    if not named:
        return published is not None and period.distance(published) == 0
    year, month, day = named[0].year or 1, named[0].month, named[0].day
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or 28)
    return period.distance(first) == 0 or period.distance(last) == 0


def _believed(mention: _Mention, candidate: Candidate, wanted: Wanted) -> bool:
    """Whether the sentence says of its items what the question asks.

    A product that stands with all names of the question, in its sentence or in an article
    whose title holds them, is what it looks like. Names of people and groups stand in any
    sentence: there it must also use the question's own words.
    """
    titled = wanted.anchored(candidate.passage.article.title)
    if wanted.shape == "product" and max(mention.own, titled) >= 1.0:
        return True
    if wanted.shape == "product":
        return (candidate.signals or {})["reader"] >= LEAST
    said = set(content_stems(candidate.text))
    return mention.own >= 1.0 and bool(said & wanted.relation)


def _rumoured(candidate: Candidate) -> bool:
    firmness, _ = standing(candidate.text, (candidate.passage.article.title,))
    return firmness == "rumoured"


def _when(candidate: Candidate) -> tuple[str, str, int]:
    about = candidate.passage.article
    return (about.published.isoformat() if about.published else "~", about.id, candidate.span[0])


def _counted(candidates: Sequence[Candidate], asked: Asked) -> bool:
    """Whether "how many" is answered by a figure that an article states: "25 employees"."""
    if asked.kind != "count":
        return False
    noun = stem(words(asked.head)[-1])
    return any(_counts(stems(candidate.text), noun) for candidate in candidates[:STATED])


def _counts(said: Sequence[str], noun: str) -> bool:
    return any(is_model_word(said[at]) and noun in said[at + 1 : at + 4] for at in range(len(said)))


def _scope(
    best: dict[str, Quoted], passages: Sequence[Passage], articles: int, wanted: Wanted, whole: bool
) -> str:
    """How far was looked: "8 phones, in 2 of 14 articles, the newest from 2024-02-28"."""
    holding = {quote.passage.article.id for quote in best.values()}
    days = [q.passage.article.published for q in best.values() if q.passage.article.published]
    newest = f", the newest from {max(days).isoformat()}" if days else ", undated"
    read = len({passage.article.id for passage in passages})
    noun = wanted.noun if len(best) != 1 else re.sub(r"s$", "", re.sub(r"ies$", "y", wanted.noun))
    limit = "" if whole else f"; only the first {PASSAGES} passages were read"
    return (
        f"{len(best)} {noun}, in {len(holding)} of {_articles(articles)}{newest}. "
        f"Read whole: {_articles(read)} naming {' and '.join(wanted.anchors)}{limit}."
    )


def _articles(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"
