"""The days that a question's time words name: "last week", "in March 2024", "since 2022"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_RELATIVE = re.compile(
    r"\b(?P<which>this|last|past|previous)\s+(?P<unit>week|month|year|weekend)\b"
    r"|\b(?P<named>today|yesterday)\b"
    r"|\b(?:in|over|during|within)\s+the\s+(?:last|past)\s+(?P<count>\d+|few|couple of)\s+"
    r"(?P<units>day|week|month|year)s?\b",
    re.I,
)
_LEAD = r"\b(?P<lead>in|on|during|since|after|before|until|by|from|of)\s+"
_FULL = re.compile(rf"(?:{_LEAD})?(?:{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?)(?!\d)", re.I)
_DAY_FIRST = re.compile(rf"(?:{_LEAD})?(?:{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?)", re.I)
_MONTH_YEAR = re.compile(rf"{_LEAD}{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR}|(?!\s+(?-i:[A-Z\d])))", re.I)
_ONLY_YEAR = re.compile(rf"{_LEAD}{_YEAR}(?!\S*[A-Za-z])", re.I)
_TIME_WORDS = _MONTHS.keys() | set(
    """in on during of the this last past previous over within day days week weeks month months year
    years weekend today yesterday few couple back st nd rd th""".split()
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day meant, both inclusive; None where it is open."""

    start: date | None
    end: date | None

    def distance(self, day: date) -> int:
        """Days from `day` to the nearest day of the period, 0 inside."""
        if self.start and day < self.start:
            return (self.start - day).days
        if self.end and day > self.end:
            return (day - self.end).days
        return 0


def period_of(text: str, today: date) -> tuple[Period | None, str]:
    """The period that a question names, and the question without the words that name it.

    A month without a year is the latest one that is not in the future.
    """
    if match := _RELATIVE.search(text):
        return _relative(match, today), _without(text, match)
    for pattern in (_FULL, _DAY_FIRST, _MONTH_YEAR, _ONLY_YEAR):
        if (match := pattern.search(text)) and (period := _calendar(match, today)):
            return period, text  # the words of a date are words of the articles too
    return None, text


def is_only_time(text: str) -> bool:
    """Whether all words of a text belong to a time: "on 11 August", "last week"."""
    return all(word.isdigit() or word in _TIME_WORDS for word in re.findall(r"\w+", text.lower()))


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def _relative(match: re.Match[str], today: date) -> Period:
    if named := match["named"]:
        day = today - timedelta(days=named.lower() == "yesterday")
        return Period(day, day)
    if units := match["units"]:
        count = {"few": 3, "couple of": 2}.get(match["count"].lower()) or int(match["count"])
        return Period(today - timedelta(days=count * _DAYS[units.lower()]), today)
    unit, back = match["unit"].lower(), match["which"].lower() != "this"
    if unit == "year":
        year = today.year - back
        return Period(date(year, 1, 1), date(year, 12, 31) if back else today)
    if unit == "month":
        first = today.replace(day=1)
        end = first - timedelta(days=1) if back else today
        return Period(end.replace(day=1), end)
    # News writes of "this week" for a day or two after it, so both weeks reach back a little.
    start = today - timedelta(days=(14 if back else 8))
    return Period(start, today - timedelta(days=5) if back else today)


def _calendar(match: re.Match[str], today: date) -> Period | None:
    found = {key: value for key, value in match.groupdict().items() if value}
    month = _MONTHS.get(found.get("month", "").lower())
    day = int(found.get("day", 0))
    year = int(found["year"]) if "year" in found else _latest_year(month or 1, day or 1, today)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        last = first
    elif month:
        last = first.replace(day=calendar.monthrange(year, month)[1])
    else:
        last = date(year, 12, 31)
    return _open_ended(found.get("lead", "").lower(), first, last)


def _open_ended(lead: str, first: date, last: date) -> Period:
    if lead in ("since", "from"):
        return Period(first, None)
    if lead == "after":
        return Period(last + timedelta(days=1), None)
    if lead in ("until", "by"):
        return Period(None, last)
    if lead == "before":
        return Period(None, first - timedelta(days=1))
    return Period(first, last)


def _latest_year(month: int, day: int, today: date) -> int:
    return today.year - ((month, day) > (today.month, today.day))
