"""One stated date -> the calendar day that its publisher wrote; never a guess.

A day needs a year, a month and a day of the month. Of "2019-11-18T23:04:24-05:00" the day
is the 18th: the publisher's own, not the one it was elsewhere. "05/10/2018" is read only
when the day-month order is known or there is but one way.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

FIRST_YEAR = 1990  # the web's first pages; an earlier stamp is a placeholder (0001-01-01)
# A longer text is prose: a date in it is about something else.
LONGEST_FOREIGN = 60

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
            "september sept sep|october oct|november nov|december dec"
        ).split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>\d{1,2})"
# The forms that one look tells apart, most explicit first.
_FORMS = [
    re.compile(form, re.I)
    for form in (
        rf"(?<!\d){_YEAR}-(?P<month>\d{{1,2}})-{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}(?P<sep>[/.])(?P<month>\d{{1,2}})(?P=sep){_DAY}(?!\d)",
        rf"{_YEAR}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*{_DAY}\s*[日일]",
        rf"\b{_MONTH}\s+{_DAY}{_TH},?\s+{_YEAR}",
        rf"(?<!\d){_DAY}{_TH}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"(?<!\d){_DAY}-{_MONTH}-{_YEAR}",
    )
]
_EITHER = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})(?P<sep>[./-])(?P<two>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_CTIME = re.compile(
    rf"\b{_MONTH}\s+{_DAY}\s+\d\d:\d\d(?::\d\d)?\s+(?:[A-Z+\d:-]+\s+)?{_YEAR}", re.I
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T\d{4,6}Z?|\d{4}|\d{6})?", re.I
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")


def plausible(day: date, today: date | None = None) -> bool:
    """Whether news can bear that day: from 1990 to a year from now."""
    now = today or datetime.now(UTC).date()
    return FIRST_YEAR <= day.year <= now.year + 1


def stated_day(value: object, day_first: bool | None = None) -> date | None:
    """The day that `value` states, or None when it states none or an implausible one.

    `value` is a date, a datetime, seconds or milliseconds since 1970, or a short text.
    `day_first` settles 05/10/2018; None leaves it open, and then it is no day.
    """
    if isinstance(value, datetime):
        day: date | None = value.date()
    elif isinstance(value, date):
        day = value
    else:
        text = " ".join(str(value).split())
        found = find_day(text, day_first)
        day = found[0] if found else _other_day(text)
    return day if day and plausible(day) else None


def find_day(text: str, day_first: bool | None = None) -> tuple[date, int, int] | None:
    """The first date inside `text` with its place: (day, start, end)."""
    found = []
    for form in (*_FORMS, _CTIME):
        if match := form.search(text):
            day = _day(match["year"], match["month"], match["day"])
            if day:
                found.append((match.start(), match.end(), day))
    if match := _EITHER.search(text):
        day = _either(match, day_first)
        if day:
            found.append((match.start(), match.end(), day))
    if not found:
        return None
    start, end, day = min(found)
    return day, start, end


def _other_day(text: str) -> date | None:
    if match := _COMPACT.fullmatch(text):
        return _day(match["year"], match["month"], match["day"])
    if _EPOCH.fullmatch(text):
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).date()
    return _foreign_day(text)


def _foreign_day(text: str) -> date | None:
    """A date in another language ("22 de outubro de 2010"), through dateparser."""
    numbers = re.findall(r"\d+", text)
    years = [number for number in numbers if re.fullmatch(r"(?:19|20)\d\d", number)]
    if len(text) > LONGEST_FOREIGN or len(years) != 1 or len(numbers) < 2:
        return None
    if not re.search(r"[^\W\d_]{3}", text):
        return None
    import dateparser

    parsed = dateparser.parse(
        text,
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return parsed.date() if parsed else None


def _either(match: re.Match[str], day_first: bool | None) -> date | None:
    one, two = int(match["one"]), int(match["two"])
    # With dots the day stands first wherever dots are used, unless it can't be.
    if match["sep"] == "." and two <= 12:
        day_first = True
    if one == two or one > 12:
        day_first = True
    elif two > 12:
        day_first = False
    if day_first is None:
        return None
    return _day(match["year"], str(two if day_first else one), str(one if day_first else two))


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS[month.lower().rstrip(".")]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
