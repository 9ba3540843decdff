"""Questions about a subject as a whole: "What is the latest on Leica?", "Who is Ada Brink?".

No sentence answers them as a sentence answers "when", so none is looked for by likeness.
The newest articles about the subject are shown by the first sentence in which each names it,
and a name is explained by sentences that say what it stands for: "Ada Brink, head of optics".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.language import STOP, content_stems, is_headline, names, words
from bot.library import Snapshot
from bot.questions import Asked
from bot.quoting import Quoted, in_reading_order, with_antecedent
from bot.reading import Candidate
from bot.records import Article, Filters, Hit, Passage
from bot.search import all_of

ARTICLES = 60  # the newest that name the subject; older ones are no news of it
LATEST, INTRODUCTIONS = 3, 2  # sentences shown at most
LEAD = 3  # sentences at the start of an article; what they name, it is about
SHORTEST = 6  # words; shorter sentences tell nothing of what they name

_DETERMINER = r"(?:(?i:an?|the|its|their|his|her|our|one of)|[A-Z][\w-]*['’]s)"
_VERBS = re.compile(r"(?:ed|ing|[^s]s)$|^(?:said|told|saw|met|wrote|made|when|with)$")


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown of a subject, and how far was looked."""

    quotes: tuple[Quoted, ...]
    scope: str = ""


def tell(view: Snapshot, asked: Asked, filters: Filters) -> Told | None:
    """What the articles say of the subject as a whole; None where that is not asked or not said."""
    if asked.kind == "latest":
        return _latest(view, asked, filters)
    if asked.kind == "identity":
        return _introduced(view, asked, filters)
    return None


def _latest(view: Snapshot, asked: Asked, filters: Filters) -> Told | None:
    """The newest articles about the subject, and then those that come back to it."""
    wanted = set(asked.terms)
    holding = _holding(view, asked, filters)
    about: list[Quoted] = []
    naming: list[tuple[int, Quoted]] = []
    for article in _newest(view, asked, holding):
        titled = wanted <= set(content_stems(article.title))
        sentences = list(whole_sentences(view.passages_of(article.id)))
        held = [n for n, c in enumerate(sentences) if wanted <= set(content_stems(c.text))]
        if not held and not (titled and sentences):
            continue
        first = held[0] if held else 0
        quote = with_antecedent(sentences[first])
        if titled or first < LEAD:
            about.append(quote)
        else:
            naming.append((len(held), quote))
    # Beside articles about it, those that name it once tell nothing new of it.
    others = [quote for count, quote in naming if count > 1 or not about]
    chosen = in_reading_order([*about, *others][:LATEST])
    return Told(tuple(chosen), _scope(asked.subject, len(holding))) if chosen else None


def _scope(subject: str, articles: int) -> str:
    named = subject.strip("“”\"'")
    return (
        f"1 article names {named}."
        if articles == 1
        else f"{articles} articles name {named}; the newest are shown."
    )


def _introduced(view: Snapshot, asked: Asked, filters: Filters) -> Told | None:
    """The sentences that say best what the name stands for, and the newest if that is later."""
    found: list[tuple[int, Quoted]] = []
    newest: Quoted | None = None
    named = set(content_stems(asked.subject))
    for article in _newest(view, asked, _holding(view, asked, filters)):
        sentences = list(whole_sentences(view.passages_of(article.id)))
        best = max(sentences, key=lambda c: introduces(asked.subject, c.text), default=None)
        grade = introduces(asked.subject, best.text) if best else 0
        if best and grade:
            found.append((grade, with_antecedent(best)))
        elif not newest and not found:
            holding = (c for c in sentences if named <= set(content_stems(c.text)))
            newest = next(map(with_antecedent, holding), None)
    best_first = sorted(found, key=lambda row: -row[0])  # stable: the newest first among equals
    quotes = [q for grade, q in best_first if grade == best_first[0][0]][:INTRODUCTIONS]
    shown = in_reading_order([*([newest] if newest else []), *quotes])
    return Told(tuple(shown)) if quotes else None


def introduces(name: str, sentence: str) -> int:
    """How plainly a sentence says what a name stands for: 2 by its grammar, 1 by a title, or 0."""
    named = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    plain = (
        rf"{named} (?:is|was|became|remains) {_DETERMINER} ",
        rf"\b(?:led|headed|founded|run|owned|chaired) by {named}",
        rf"{named} (?:leads|led|heads|headed|founded|runs) ",
        rf"{named}, (?:{_DETERMINER}|who|which)\s",  # "Ada Brink, who leads ..."
        rf"{named}, [A-Z][^,.;]*\b(?:at|of|for)\b[^,.;]*[,.]",  # "Ada Brink, Head of Optics at"
        rf"\b{_DETERMINER} [^,.;:]*\b[a-z]+, {named}",  # "its head of optics, Ada Brink"
        rf"\b(?:calls?|called|named|dubbed|known as) (?:it |the |an? )?[“\"]?{named}",
    )
    if any(re.search(pattern, sentence) for pattern in plain):
        return 2
    title = re.search(rf"(\w+) {named}", sentence)
    before = title[1] if title else ""
    return int(len(before) > 3 and before.lower() not in STOP and not _VERBS.search(before))


def _holding(view: Snapshot, asked: Asked, filters: Filters) -> set[str]:
    """The articles in which the words of the subject stand, names as they are written."""
    called = names(asked.subject)
    known = {word for name in called for word in words(name)}
    rest = [w for w in words(asked.subject) if w.lower() not in STOP and w not in known]
    return view.articles_matching(all_of([*(" ".join(words(n)) for n in called), *rest]), filters)


def _newest(view: Snapshot, asked: Asked, holding: set[str]) -> Iterator[Article]:
    """Those articles, newest first, at most ARTICLES; of the days asked for, where there are."""
    period = asked.period
    fitting = (
        article
        for article in view.articles()
        if article.id in holding
        and not (period and (not article.published or period.distance(article.published)))
    )
    return islice(fitting, ARTICLES)


def whole_sentences(passages: Sequence[Passage]) -> Iterator[Candidate]:
    """The sentences that tell something by themselves, in reading order."""
    for passage in passages:
        for index, span in enumerate(passage.sentences):
            text = passage.cut(span)
            if len(words(text)) >= SHORTEST and not text.endswith("?") and not is_headline(text):
                yield Candidate(Hit(passage, 0.0), index)
