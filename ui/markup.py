"""Pure: text that nobody vouches for -> markup that can do nothing but be read.

Everything that comes from an article, a model or a person passes through `shown` (what
can't be seen is taken out) and then through `Markup.format`, which escapes it.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.records import UNDATED, Citation

# Characters that reorder, hide or carry invisible text: controls, bidi marks and overrides,
# zero-width blanks, and Unicode tags. They are never news, and often an attempt to deceive.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Joiners belong to Persian, to Indian scripts and to emoji; beside ASCII they only hide.
_JOINERS = re.compile(r"(?<=[ -~])[\u200c\u200d]+|[\u200c\u200d]+(?=[ -~])")
_BLANKS = re.compile(r"\s+")


def shown(text: str) -> str:
    """The text on one line, without characters that can't be seen; not yet escaped."""
    return _BLANKS.sub(" ", _JOINERS.sub("", _UNSEEN.sub("", text)))


def day(when: date) -> str:
    """A day as a person writes it: 28 February 2024."""
    return f"{when.day} {when:%B} {when.year}"


def time(when: date | None) -> Markup:
    """The day as a `<time>`, or the word for an article that has none."""
    if when is None:
        return Markup('<span class="undated">{}</span>').format(UNDATED)
    return Markup('<time datetime="{}">{}</time>').format(when.isoformat(), day(when))


def web_address(url: str) -> str:
    """The address if a browser may follow it (http or https with a host), else nothing."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    plain = not re.search(r"[\s\x00-\x1f\x7f\\]", url.strip())
    return url.strip() if plain and parts.scheme in {"http", "https"} and parts.hostname else ""


def marker(citation: Citation, key: str, label: str = "") -> Markup:
    """The button that opens a source; `key` tells the server which citation of which turn."""
    origin = ", ".join(filter(None, (citation.source, _date_word(citation.published))))
    unseen = Markup('<span class="unseen">Open source </span>{}').format(citation.number)
    return Markup('<button type="button" class="cite" value="{}" title="{}">{}</button>').format(
        key, shown(f"{citation.title} ({origin})"), label or unseen
    )


def count(number: int, one: str, many: str = "") -> str:
    """`1 article`, `2 articles`, `1,200 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _date_word(when: date | None) -> str:
    return day(when) if when else UNDATED
