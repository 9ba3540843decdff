"""Where sentences begin and end; offsets only, so that no character can be changed.

Punkt (through nupunkt) proposes the boundaries of each line; a few rules of news prose then
correct it: figures after "Rs.", a title before a name, initials, closing quotation marks.
In cleaned text a line break always ends a block, so a sentence never crosses one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from bot.records import Span

# Abbreviations that a name or a figure follows; the sentence goes on behind them.
_JOINS = frozenset(
    "rs vs mr mrs ms dr prof gen sen rep gov st lt col sgt capt rev hon pres "
    "jan feb mar apr jun jul aug sep sept oct nov dec al approx dept".split()
)
_JOINS_FIGURE = frozenset("no nos fig p pp vol art".split())
_LAST_WORD = re.compile(r"(\w+)\.\s*$")
_INITIAL = re.compile(r"(?:^|[\s(“\"'])[A-Z]\.\s*$")
_STARTERS = (
    "he she it they we i you this that these those the a an but and in on at as for when while if "
    "police there his her its their meanwhile however after before according"
)
# "Inc." or "D.C." ends a sentence when a word follows that usually opens one.
_INNER_END = re.compile(
    r"(?:\b(?:Inc|Corp|Ltd|Co|Jr|Sr|[ap]\.m|[A-Z]\.[A-Z])\.|[.!?…][”\"’)\]]+)(?=\s+[“\"]?("
    + "|".join(word.capitalize() for word in _STARTERS.split())
    + r")\b)"
)
# A whole word in lower case ends a sentence when a capital follows, whatever Punkt thinks.
_PLAIN_END = re.compile(r"(?<=[a-z])([a-z]{3})[.!?](?=\s+[“\"‘(]?[A-Z])")
_NEAR = 60  # characters on either side of a boundary
_CLOSERS = re.compile(r"[”’\"')\]]+\s+")
_OPENERS = re.compile(r"[“‘(\[]")


@cache
def _punkt() -> Any:
    from nupunkt import sent_spans

    return sent_spans


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` as spans in `text`, without surrounding blanks."""
    end = len(text) if end is None else end
    spans: list[Span] = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if text[at:stop].strip():
            spans += _line(text, at, stop)
        at = stop + 1
    return spans


def _line(text: str, start: int, end: int) -> list[Span]:
    cuts: list[int] = []
    for _, stop in _punkt()(text[start:end]):
        cuts.append(start + stop)
    cuts += [start + m.end() for m in _PLAIN_END.finditer(text[start:end])]
    # Only what is near decides, so that a text without line breaks takes linear time.
    cuts = [
        cut
        for cut in cuts
        if not _goes_on(text[max(start, cut - _NEAR) : cut], text[cut : min(end, cut + _NEAR)])
    ]
    cuts += [start + m.end() for m in _INNER_END.finditer(text[start:end])]
    return _trim(text, start, end, sorted({*cuts, end}))


def _goes_on(before: str, after: str) -> bool:
    """Whether the sentence that `before` ends with continues in `after`."""
    if not after.strip():
        return False
    follows = after.lstrip()
    word = _LAST_WORD.search(before)
    if word and word[1].lower() in _JOINS:
        return True
    if word and word[1].lower() in _JOINS_FIGURE and follows[0].isdigit():
        return True
    return bool(_INITIAL.search(before)) or follows[0].islower()


def _trim(text: str, start: int, end: int, cuts: list[int]) -> list[Span]:
    spans: list[Span] = []
    at = start
    for cut in cuts:
        closing = _CLOSERS.match(text, cut, end)
        # A closing mark that was cut off belongs to the sentence before it.
        if closing and not _OPENERS.match(text, cut) and text[cut : cut + 1] in "”’)]":
            cut = closing.end()  # noqa: PLW2901
        left, right = at, cut
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right:
            spans.append((left, right))
        at = max(at, cut)
    return spans
