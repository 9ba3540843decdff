"""Date lines of an article's text: "First Published: 28 February 2024", and the like.

Only a line that is about the date counts. A date inside a sentence, beside a venue, or as
one of several headings of a chronicle dates an event, not the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.days import find_day, plausible

# Date lines stand at the head or at the foot; further in, dates belong to the story.
HEAD_LINES = 12
TAIL_LINES = 6
BARE_LINES = 6
LONGEST_LINE = 160  # characters; a longer line is a paragraph

_PUBLISHED = re.compile(
    r"(?:(?:first|originally|date)\s+)?(?:published|posted|publication\s+date|release\s+date|"
    r"publish\s+date|veröffentlicht|publiziert|erschienen|publié|publicado|pubblicato|"
    r"gepubliceerd)\b"
    r"(?:\s+(?:on|at|am|le|el|em|il|op))?|^date\b",
    re.I,
)
_UPDATED = re.compile(
    r"(?:(?:last|page)\s+)?(?:updated|modified|edited|revised|last\s+update|update|aktualisiert|"
    r"mis\s+à\s+jour|actualizado|atualizado|aggiornato)\b(?:\s+(?:on|at|am|le|el|em|il|op))?",
    re.I,
)
_LABEL = re.compile(f"(?P<published>{_PUBLISHED.pattern})|(?P<updated>{_UPDATED.pattern})", re.I)
# Between a label and its date: punctuation, a weekday, a time of day, the word "date".
_FILL = re.compile(
    r"(?:[\s:|,•·–—@()-]|date\b|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|"
    r"sun)(?:day)?\b\.?|"
    r"\d{1,2}[:.]\d\d(?::\d\d)?\b|[ap]\.?m\b\.?|\b(?:at|on|of|the)\b|\b[A-Z]{2,4}\b|"
    r"gmt[+-]?\d*|\([A-Z]{2,4}\))*",
    re.I,
)
_BYLINE = re.compile(r"(?:by|von|par|por|di)\s+[^|•·\d]{3,60}?[|•·,–—-]\s*", re.I)
_READING_TIME = re.compile(r"[|•·,–—-]?\s*\d+\s*min(?:ute)?s?(?:\s+read)?", re.I)
_EVENT = re.compile(
    r"^\W*(?:venue|where|when|location|place|tickets?|doors|rsvp|admission|starts?|start time|"
    r"event|time|register)\b\s*[:–—-]",
    re.I,
)
_PLACE = re.compile(
    r"(?:[A-Z][A-Z .'’-]{2,40}|[A-Z][\w.'’ -]{2,30},\s[A-Z][\w. ]{1,20}),?\s*\(?\s*"
)
_AFTER_PLACE = re.compile(r"\s*\)?\s*(?:\(|/|—|–|--|-\s|:)")


@dataclass(frozen=True, slots=True)
class DateLines:
    """What the lines of a text say: published, and last updated."""

    published: date | None = None
    updated: date | None = None


def date_lines(text: str, day_first: bool | None = None) -> DateLines:
    """The days that the head and foot lines of `text` state, labelled ones first."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    head, tail = lines[:HEAD_LINES], lines[HEAD_LINES:][-TAIL_LINES:]
    events = any(_EVENT.match(line) for line in head)
    # "Date:" over and over is a chronicle, and beside a venue an event.
    plain = not events and sum(line.lower().startswith("date:") for line in lines) < 2
    published: date | None = None
    updated: date | None = None
    for line in (*head, *tail):
        for kind, day in _labelled(line, day_first):
            if kind == "updated":
                updated = updated or day
            elif plain or not line.lower().startswith("date"):
                published = published or day
    if published is None and plain:
        published = _bare(lines, day_first) or _dateline(head[:5], day_first)
    return DateLines(published, updated)


def line_dates(line: str, day_first: bool | None = None) -> DateLines:
    """What one line states that stands apart from the text, such as a byline element."""
    found = _labelled(line, day_first)
    published = next((day for kind, day in found if kind == "published"), None)
    updated = next((day for kind, day in found if kind == "updated"), None)
    return DateLines(published or (None if found else _only_date(line, day_first)), updated)


def _labelled(line: str, day_first: bool | None) -> list[tuple[str, date]]:
    """The labelled dates of one line, when the line is made of little else."""
    line = line.lstrip("-–—•*|▪ ")
    if len(line) > LONGEST_LINE or not _LABEL.match(_without_byline(line)):
        return []
    found = []
    for label in _LABEL.finditer(line):
        fill = _FILL.match(line, label.end())
        start = fill.end() if fill else label.end()
        # A date may open inside the filling ("Sun 3 Mar"), never after other words.
        day = find_day(line[label.end() :], day_first)
        if day and label.end() + day[1] <= start and plausible(day[0]):
            found.append((label.lastgroup or "published", day[0]))
    return found


def _without_byline(line: str) -> str:
    match = _BYLINE.match(line)
    return line[match.end() :] if match else line


def _bare(lines: list[str], day_first: bool | None) -> date | None:
    """The day of a head line that is nothing but a date, if no other line is one."""
    days = {day for line in lines if (day := _only_date(line, day_first))}
    if len(days) != 1:
        return None
    return next((day for line in lines[:BARE_LINES] if (day := _only_date(line, day_first))), None)


def _only_date(line: str, day_first: bool | None) -> date | None:
    if len(line) > 100 or not any(mark.isdigit() for mark in line):
        return None
    line = _READING_TIME.sub("", _without_byline(line))
    found = find_day(line, day_first)
    if not found or not plausible(found[0]):
        return None
    rest = f"{line[: found[1]]} {line[found[2] :]}"
    filled = _FILL.fullmatch(rest)
    return found[0] if filled else None


def _dateline(head: list[str], day_first: bool | None) -> date | None:
    """The day of an agency's dateline: "BERLIN, March 3, 2024 (Reuters) - ..."."""
    for line in head:
        found = find_day(line[:90], day_first)
        if found and _PLACE.fullmatch(line[: found[1]]) and _AFTER_PLACE.match(line, found[2]):
            return found[0] if plausible(found[0]) else None
    return None
