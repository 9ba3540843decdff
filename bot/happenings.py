"""Questions about days as a whole: "What happened on 11 August 2022?", "… in March 2021?".

A sentence that names such a day tells of it, whenever its article is from; else the opening
of an article that was published then does.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from bot.days import mentions
from bot.library import Snapshot
from bot.periods import Period
from bot.questions import Asked
from bot.quoting import Quoted, in_reading_order, with_antecedent
from bot.reading import Candidate
from bot.records import Article, Filters
from bot.search import all_of
from bot.subjects import Told, whole_sentences

ARTICLES = 60  # looked at, the newest first
YEARS = 10  # gone back for days without a year
SHOWN = 4  # sentences, each of another article as long as there are others


_MONTH = re.compile("|".join(calendar.month_abbr[1:]), re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def happened(view: Snapshot, asked: Asked, filters: Filters) -> Told | None:
    """What the articles say of the days that the question names; None where they say nothing.

    Days without a year are those of the latest year of which anything is said.
    """
    period = asked.period
    if asked.kind != "happened" or period is None or period.start is None or period.end is None:
        return None
    years = YEARS if _MONTH.search(asked.text) and not _YEAR.search(asked.text) else 1
    tries = (_told_of(view, _back(period, n), filters) for n in range(years))
    return next(filter(None, tries), None)


def _told_of(view: Snapshot, period: Period, filters: Filters) -> Told | None:
    named = [
        found
        for article in _naming(view, period, filters)
        if (found := _of_these_days(view, article, period))
    ]
    first = [quotes[0] for quotes in named]
    told = [*first, *(quote for quotes in named for quote in quotes[1:])]
    known = {quote.passage.article.id for quote in told}
    for article in islice(view.articles(_within(filters, period)), ARTICLES):
        opening = next(iter(whole_sentences(view.passages_of(article.id))), None)
        if opening and article.id not in known:
            told.append(with_antecedent(opening))
            known.add(article.id)
    if not told:
        return None
    return Told(tuple(in_reading_order(told[:SHOWN])), _scope(len(told), len(known)))


def _within(filters: Filters, period: Period) -> Filters:
    since = max(filter(None, (filters.since, period.start)))
    return replace(filters, since=since, until=min(filter(None, (filters.until, period.end))))


def _back(period: Period, years: int) -> Period:
    start, end = (_years_before(day, years) for day in (period.start, period.end) if day)
    return Period(start, end)


def _years_before(day: date, years: int) -> date:
    year = day.year - years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _naming(view: Snapshot, period: Period, filters: Filters) -> Iterator[Article]:
    """The articles in which the day or month of the period stands, newest first."""
    start, end = period.start or date.min, period.end or date.max
    if (start.year, start.month) != (end.year, end.month):
        return iter(())
    day = [str(start.day)] if start == end else []
    holding = view.articles_matching(all_of([*day, calendar.month_name[start.month]]), filters)
    return islice((one for one in view.articles(filters) if one.id in holding), ARTICLES)


def _of_these_days(view: Snapshot, article: Article, period: Period) -> list[Quoted]:
    found = whole_sentences(view.passages_of(article.id))
    return [with_antecedent(c) for c in found if _names(c, article, period)]


def _names(candidate: Candidate, article: Article, period: Period) -> bool:
    """Whether the sentence names a day of the period, or the month that it is."""
    for one in mentions(candidate.text, article.published):
        if one.relative or not one.year or not one.month or one.month > 12:
            continue
        last = calendar.monthrange(one.year, one.month)[1]
        if one.day is None and period.start == period.end:
            continue
        first = date(one.year, one.month, min(one.day or 1, last))
        if not period.distance(first) and not period.distance(first.replace(day=one.day or last)):
            return True
    return False


def _scope(sentences: int, articles: int) -> str:
    shown = f"; {SHOWN} of {sentences} sentences are shown" if sentences > SHOWN else ""
    return f"{articles} article{'' if articles == 1 else 's'} of these days or naming them{shown}."
