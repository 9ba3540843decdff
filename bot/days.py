"""The days that a sentence of an article names, seen from the day it was published."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
# "May" and "March" are words too, so a month is only read with its capital.
_NAMES = [*calendar.month_name[1:], "Sept", *(m for m in calendar.month_abbr[1:] if m != "May")]
_MONTH = r"(?P<month>" + "|".join(_NAMES) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%]|,\d|\.\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_PATTERNS = [
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?!\s*%|\s+million)(?:,?\s+{_YEAR})?"),
    re.compile(rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?"),
    re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}"),
    re.compile(r"(?<![\w$€£₹.,-])(?P<year>(?:19|20)\d\d)(?![\w%]|,\d|\.\d)"),
    re.compile(
        r"\b(?:(?i:in|since|by|until|of|from|during|before|after|early|late|mid|last|next|this)"
        rf"[\s-]+){_MONTH}"
    ),
    re.compile(
        r"\b(?:(?P<which>last|next|this)\s+)?(?P<weekday>" + "|".join(_WEEKDAYS) + r")\b", re.I
    ),
    re.compile(
        r"\b(?P<named>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening))\b"
        r"|\b(?P<side>this|last|next)\s+(?P<unit>week|weekend|month|year)\b"
        r"|\b(?P<count>\d+|a|two|three|four|five)\s+(?P<units>day|week|month|year)s?\s+ago\b",
        re.I,
    ),
]
_AHEAD = re.compile(r"\b(?:will|to be|plans?|scheduled|set to|expected|due|upcoming)\b", re.I)
_COUNTS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Mention:
    """Time words of a sentence: what they say of year, month, day and weekday, and their place.

    `relative` holds the words themselves where they only mean something on the day of
    writing ("last week"); year, month and day are then known only as far as that day is.
    """

    text: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: bool = False


def mentions(text: str, published: date | None = None) -> list[Mention]:
    """The time words of `text`, completed as far as the day of publishing allows."""
    found: list[Mention] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found += _read(match, text, published)
    return sorted(found, key=lambda mention: mention.start)


def holds(known: Mention, said: Mention) -> bool:
    """Whether `known`, from an article, carries everything that `said` claims."""
    if said.relative:
        return known.text.lower() == said.text.lower()
    if said.weekday is not None and said.day is None:
        return known.weekday == said.weekday
    return all(
        getattr(said, part) in (None, getattr(known, part)) for part in ("year", "month", "day")
    )


def blank(text: str, spans: list[Mention]) -> str:
    """`text` with the mentions blanked out, so that their digits are not read as figures."""
    for mention in spans:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _read(match: re.Match[str], text: str, published: date | None) -> Iterator[Mention]:
    part = match.groupdict()
    place = (match.group(), match.start(), match.end())
    if part.get("weekday"):
        weekday = _WEEKDAYS[part["weekday"].lower()]
        yield Mention(*place, weekday=weekday)
        if published:
            which = (part["which"] or "").lower()
            for meant in _weekdays(weekday, which, published, bool(_AHEAD.search(text))):
                yield Mention(*place, *_ymd(meant), weekday=weekday)
        return
    if "named" in part:
        yield from _relative(part, place, published)
        return
    month = (
        int(part["number"])
        if part.get("number")
        else _MONTHS.get((part.get("month") or "").lower())
    )
    day = int(part["day"]) if part.get("day") else None
    year = int(part["year"]) if part.get("year") else None
    if year is None and month and published:
        year = _nearest_year(month, day or 15, published)
    yield Mention(*place, year, month, day, _weekday(year, month, day))


def _relative(
    part: dict[str, str | None], place: tuple[str, int, int], published: date | None
) -> Iterator[Mention]:
    yield Mention(*place, relative=True)
    if published is None:
        return
    if named := part["named"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(named.lower(), 0)
        day = published + timedelta(days=shift)
        yield Mention(*place, *_ymd(day), weekday=day.weekday())
        return
    unit = (part["unit"] or part["units"] or "").lower()
    steps = {"last": -1, "next": 1}.get((part["side"] or "").lower(), 0)
    if part["count"]:
        steps = -(_COUNTS.get(part["count"].lower()) or int(part["count"]))
    yield from _shifted(place, unit, steps, published)


def _shifted(
    place: tuple[str, int, int], unit: str, steps: int, published: date
) -> Iterator[Mention]:
    if unit == "year":
        yield Mention(*place, published.year + steps)
    elif unit == "month":
        months = published.year * 12 + published.month - 1 + steps
        yield Mention(*place, months // 12, months % 12 + 1)
    elif unit == "day":
        yield Mention(*place, *_ymd(published + timedelta(days=steps)))
    else:
        day = published + timedelta(weeks=steps)
        yield Mention(*place, day.year, day.month)


def _weekdays(weekday: int, which: str, published: date, ahead: bool) -> Iterator[date]:
    back = (published.weekday() - weekday) % 7
    if which != "next":
        yield published - timedelta(days=back or (7 if which == "last" else 0))
    if which == "next" or (ahead and which != "last"):
        yield published + timedelta(days=(7 - back) or 7)


def _nearest_year(month: int, day: int, published: date) -> int:
    """The year that puts the month within half a year of the day of publishing."""
    day = min(day, 28)
    for year in (published.year - 1, published.year, published.year + 1):
        if abs(date(year, month, day) - published) <= _NEAR:
            return year
    return published.year


def _weekday(year: int | None, month: int | None, day: int | None) -> int | None:
    try:
        return date(year, month, day).weekday() if year and month and day else None
    except ValueError:
        return None


def _ymd(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
