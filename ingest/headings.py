"""Headings and captions without a full stop: lines that name a subject and state nothing."""

from __future__ import annotations

import re

# A line in capitals or Title Case may be longer than one that merely lacks a verb.
LONGEST_TITLE, LONGEST_LABEL = 18, 10  # words
_MARK = re.compile(r"(?:[-–•*·▪◦‣●►]|\(?\d{1,3}[.)])\s+|.*\s\|\s")
# A line in sentence case with one of these says something, even without its full stop.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|will|would|can|could|may|might|must|should|did|"
    r"does|do|says?|said|isn['’]t|wasn['’]t|aren['’]t|won['’]t|can['’]t|didn['’]t)\b"
)
_SMALL = frozenset(
    "a an the and or but nor of in on at to for from by with as vs via is it its into over after "
    "than up off per about under amid".split()
)


def is_heading(line: str) -> bool:
    """Whether `line` is a heading or a bare caption rather than a sentence, item or row.

    Questions count: a question over a paragraph states nothing.
    """
    line = line.strip()
    if not line or _MARK.match(line) or line[-1] in '.!…,;”"’':
        return False
    words = line.split()
    if line[-1] in "?:":
        return len(words) <= LONGEST_TITLE
    if _title_case(words):
        return len(words) <= LONGEST_TITLE
    return len(words) <= LONGEST_LABEL and not _FINITE.search(line)


def _title_case(words: list[str]) -> bool:
    """Whether nearly every word that may be small is written with a capital."""
    open_words = [word for word in words if word[:1].isalpha() and word.lower() not in _SMALL]
    capitals = sum(word[0].isupper() for word in open_words)
    return len(open_words) > 1 and capitals >= 0.8 * len(open_words)
