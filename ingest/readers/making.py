"""The last step of every reader: clean the text, settle the title, mark what is no news."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import ReadError
from bot.records import Article
from bot.sentences import sentence_spans
from ingest.cleaning import clean, furniture, is_heading, is_item
from ingest.dating import Candidate, Dating, date_of_text
from ingest.furniture import kind_of
from ingest.sources import RawDocument

# One article never is this long; a whole archive in one text would be quoted as one source.
MAX_CHARACTERS = 5_000_000
# Date lines are looked for at both ends, so that a book is not cleaned twice.
HEAD_AND_FOOT = 10_000  # characters
LONGEST_TITLE = 250  # characters
# A title stands in the first lines, after a date line or a byline at most.
TITLE_LINES = 4
TITLE_WORDS = 4  # fewer may as well be the author's name

Titles = Iterable[tuple[str, str]]  # (how it is known, the title), best first


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published a text, and where."""

    author: str = ""
    source: str = ""
    url: str = ""


def hint(raw: RawDocument, name: str) -> str:
    """What the source says of the document ("title", "published", ...); a feed comes first."""
    return raw.hints.get(f"feed_{name}") or raw.hints.get(name, "")


def address_of(raw: RawDocument) -> str:
    """The document's address on the web; "" for a file."""
    return raw.url or (raw.location if raw.location.startswith(("http://", "https://")) else "")


def origin_of(raw: RawDocument, author: str = "", source: str = "", url: str = "") -> Origin:
    """What the document says, completed by what its source says of it."""
    return Origin(
        author or hint(raw, "author"), source or hint(raw, "source"), url or address_of(raw)
    )


def date_of(text: str, raw: RawDocument, known: Iterable[Candidate] = (), url: str = "") -> Dating:
    """The dates of a document without markup; `known` is what its own fields state."""
    from_feed = ("feed entry", hint(raw, "published"))
    if len(text) > 2 * HEAD_AND_FOOT:
        text = f"{text[:HEAD_AND_FOOT]}\n{text[-HEAD_AND_FOOT:]}"
    return date_of_text(clean(text), address_of(raw) or url, [*known, from_feed])


def finish(text: str, titles: Titles, dating: Dating, origin: Origin) -> Article:
    """The article of a raw `text`; raises ReadError when no text is left, or too much."""
    text = clean(text)
    if not text:
        raise ReadError("it holds no text")
    if len(text) > MAX_CHARACTERS:
        raise ReadError(
            f"its text has {len(text):,} characters, more than one article can have "
            f"({MAX_CHARACTERS:,}); split it into one file an article"
        )
    title_from, title = _title(text, titles)
    text = _without_title(text, title, title_from)
    return Article(
        text=text,
        title=title,
        title_from=title_from,
        published=dating.published,
        published_from=dating.published_from,
        updated=dating.updated,
        source=one_line(origin.source),
        author=clean_author(origin.author, origin.source),
        url=origin.url,
        furniture=furniture(text),
    )


def one_line(text: str) -> str:
    """`text` cleaned and on one line."""
    return clean(text).replace("\n", " ")


def clean_author(author: str, source: str = "") -> str:
    """A byline's names: "By Jane Doe" -> "Jane Doe"; "" for an address or a site's name."""
    name = re.sub(r"^(?:written |posted |reported )?by:?\s+", "", one_line(author), flags=re.I)
    name = name.strip(" ,|-–—·•")
    is_name = 1 < len(name) <= 150 and "://" not in name and not name.startswith(("/", "@"))
    return name if is_name and name.lower() != source.lower() else ""


def title_of_text(text: str) -> tuple[str, str]:
    """(how it is known, title) of a text without markup: its headline, else how it begins."""
    lines = [line for line in text.split("\n")[:40] if not kind_of(line, edge=True)]
    short = ""
    for line in lines[:TITLE_LINES]:
        if not is_heading(line) or is_item(line) or " | " in line:
            break  # the story has begun
        if len(line.split()) >= TITLE_WORDS and not line.endswith(("—", "–", "-")):
            return "first line", _shortened(line)
        # Several short lines are a byline, an agency and a section.
        short = "" if short or line.endswith(("—", "–", "-")) else line
    if short and lines[0] == short:
        return "first line", short
    told = [line for line in lines if len(line.split()) >= TITLE_WORDS and not is_heading(line)]
    first = (told or lines or [text])[0].split("\n", 1)[0]
    start, end = (sentence_spans(first) or [(0, len(first))])[0]
    return "first sentence", _shortened(first[start:end])


def _title(text: str, titles: Titles) -> tuple[str, str]:
    for title_from, title in titles:
        if title := one_line(title):
            return title_from, _shortened(title)
    return title_of_text(text)


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def _without_title(text: str, title: str, title_from: str) -> str:
    """`text` without a first line that only repeats a title which is known from elsewhere."""
    first, _, rest = text.partition("\n")
    known_elsewhere = title_from not in ("first line", "first sentence")
    same = re.findall(r"\w+", first.lower()) == re.findall(r"\w+", title.lower())
    return rest if rest and known_elsewhere and same else text
