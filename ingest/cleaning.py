"""Raw text -> text in which every line is one block, without losing a word; pure.

Stages: 1. one kind of line break and blank, no invisible characters; 2. hard-wrapped lines
joined into paragraphs where the text clearly is hard-wrapped; 3. each line trimmed, table
rows as cells between " | ", lines without any letter or digit dropped. `clean` of cleaned
text changes nothing. What is no news stays in the text: `furniture` says where it is.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from ingest.furniture import furniture
from ingest.headings import is_heading

__all__ = ["clean", "furniture", "is_heading", "is_item", "unwrap"]

# Text is taken for hard-wrapped when at least this share of the lines could not have taken
# the next line's first word, and this share of the breaks fall inside a sentence.
WRAPPED_FULL, WRAPPED_INSIDE = 0.8, 0.5
FEWEST_BREAKS = 4
NARROWEST, WIDEST = 40, 130  # characters; a longer line is a paragraph by itself
# A ragged line (typeset text, wide letters) still counts as full at this share of the width.
FULL_SHARE = 0.88

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, soft hyphens, zero-width and direction marks; the joiners of scripts and emoji stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_WORD = re.compile(r"[^\W_]")
_ITEM = re.compile(r"(?:[-–•*·▪◦‣●►]|\(?\d{1,3}[.)]|[a-z][.)])\s+")
_SEPARATOR_ROW = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_ENDS = tuple(".!?…:;\"”’')]")


def clean(text: str) -> str:
    """`text` with every block on a line of its own; no word is lost or changed."""
    text = _LONE_SURROGATE.sub("\ufffd", text)
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    # NFC and not NFKC, which would turn "m²" into "m2".
    text = unwrap(unicodedata.normalize("NFC", text))
    lines = (_line(line) for line in _BLANKS.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)


def is_item(line: str) -> bool:
    """Whether the line is one item of a list, by the mark that it opens with."""
    return bool(_ITEM.match(line))


def unwrap(text: str, soft_hyphens: bool = False) -> str:
    """`text` with the lines of each paragraph joined, if it clearly is hard-wrapped.

    `soft_hyphens` says that a hyphen at a line's end was put there by a typesetter: it is
    then dropped unless the text has the hyphenated word elsewhere.
    """
    lines = [line.strip() for line in text.split("\n")]
    width = _wrap_width(lines)
    if not width:
        return text
    whole = " ".join(lines) if soft_hyphens else ""
    paragraphs = [lines[0]]
    for before, line in pairwise(lines):
        if _continues(before, line, width):
            paragraphs[-1] = _join(paragraphs[-1], line, whole)
        else:
            paragraphs.append(line)
    return "\n".join(paragraphs)


def _wrap_width(lines: list[str]) -> int:
    """The width that the text was wrapped to; 0 when that is not clear."""
    broken = [(a, b) for a, b in pairwise(lines) if a and b and not is_item(b) and "|" not in a + b]
    if len(broken) < FEWEST_BREAKS:
        return 0
    lengths = sorted(len(a) for a, _ in broken)
    width = lengths[int(len(lengths) * 0.95)]
    if not NARROWEST <= width <= WIDEST:
        return 0
    # A short line with a full stop ends a paragraph, which says nothing either way.
    told = [(a, b) for a, b in broken if not a.endswith(_ENDS) or _is_full(a, b, width)]
    full = sum(_is_full(a, b, width) for a, b in told)
    inside = sum(b[0].islower() or not a.endswith(_ENDS) for a, b in told)
    clear = full >= WRAPPED_FULL * len(told) and inside >= WRAPPED_INSIDE * len(told)
    return width if clear and len(told) >= FEWEST_BREAKS else 0


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) >= FULL_SHARE * width


def _continues(before: str, line: str, width: int) -> bool:
    if not before or not line or is_item(line) or "|" in before + line:
        return False
    return _is_full(before, line, width)


def _join(paragraph: str, line: str, whole: str) -> str:
    if not re.search(r"[^\W\d_]-$", paragraph):
        return f"{paragraph} {line}"
    start, rest = paragraph.rsplit(maxsplit=1)[-1], line.split(" ", 1)[0]
    if not whole or not line[0].islower() or start + rest in whole:
        return paragraph + line
    return paragraph[:-1] + line


def _line(line: str) -> str:
    line = line.strip()
    if not _WORD.search(line) or _SEPARATOR_ROW.fullmatch(line):
        return ""
    if line.startswith("|") and line.endswith("|"):
        cells = (cell.strip() for cell in line.strip("|").split("|"))
        return " | ".join(cell for cell in cells if cell)
    return line
