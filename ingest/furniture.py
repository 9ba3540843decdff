"""What stands in an article and is no news: biographies, prompts, credits, notices; pure.

The rules are data, in `furniture_rules`. When in doubt a line is left alone: news that is
wrongly marked can't be quoted any more. `python -m benchmarks.furniture` prints what share
of the lines is marked, by rule, with samples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.records import Span
from ingest import furniture_rules as rules

SHORTEST = 4  # characters; "More"
LONGEST = 700  # characters; a longer line is a paragraph of news
TAIL = 6  # biographies stand in the last lines, or below the headline in the first ones
HEAD = 3
# A longer line that ends with a picture's credit is a paragraph, not a caption.
LONGEST_CAPTION = 300  # characters


def furniture(text: str) -> tuple[Span, ...]:
    """The spans of cleaned `text` that are no news, in order; each lies within one line."""
    return tuple((start, end) for start, end, _ in marked(text))


def marked(text: str) -> Iterator[tuple[int, int, str]]:
    """The same spans, each with the name of the rule that marked it."""
    lines = text.split("\n")
    seen: set[str] = set()
    at = 0
    for number, line in enumerate(lines):
        edge = number < HEAD or number >= len(lines) - TAIL
        kind = kind_of(line, edge)
        if not kind and line in seen and _is_sentence(line):
            kind = "repeat"
        seen.add(line)
        credit = rules.CREDIT_TAIL.search(line) if kind == "photo" and _is_story(line) else None
        if credit:
            yield at + credit.start(), at + len(line), "photo"
        elif kind:
            yield at, at + len(line), kind
        elif line.endswith("ore") and (trailing := rules.TRAILING.search(line)):
            yield at + trailing.start(), at + len(line), "trailing"
        at += len(line) + 1


def kind_of(line: str, edge: bool = False) -> str:
    """The rule that marks the whole line, or "". `edge` says that it opens or ends the text."""
    if not SHORTEST <= len(line) <= LONGEST:
        return ""
    mark = rules.MARK.match(line)
    start = mark.end() if mark else 0
    return _by_opening(line, start, edge) or _by_words(line) or _by_form(line, start, edge)


def _by_opening(line: str, start: int, edge: bool) -> str:
    if edge and not start and rules.DATE_LINE.match(line):
        return "date"
    found = (kind for kind, rule in rules.OPENINGS.items() if rule.match(line, start))
    return next(found, "")


def _by_words(line: str) -> str:
    lower = line.lower()
    if not any(word in lower for word in rules.GATE):
        return ""
    return next((kind for kind, rule in rules.INSIDE.items() if rule.search(line)), "")


def _by_form(line: str, start: int, edge: bool) -> str:
    if rules.BYLINE.match(line, start):
        return "byline"
    if rules.FIRST_BUTTON.match(line, start) and _is_buttons(line):
        return "buttons"
    return "biography" if not line[0].isdigit() and _is_biography(line[start:], edge) else ""


def _is_sentence(line: str) -> bool:
    """Whether a line is told twice by mistake when it is there twice; items may repeat."""
    return len(line.split()) > 4 and line.endswith((".", "!", "?", ".”", '."'))


def _is_story(line: str) -> bool:
    return len(line) > LONGEST_CAPTION or line[0] in '“"'


def _is_buttons(line: str) -> bool:
    words = re.findall(r"[\w-]+", line.lower())
    return len(words) <= 12 and all(word in rules.BUTTONS for word in words)


def _is_biography(line: str, edge: bool) -> bool:
    """A journalist's biography: who it is, and how to reach them or what they do by habit."""
    near = line[:200].lower()
    if not any(word in near for word in rules.BIO_GATE) or not rules.BIO.match(line):
        return False
    return bool(rules.BIO_CALL.search(line)) or (edge and bool(rules.BIO_PRESENT.match(line)))
