"""The nouns of the project, as frozen records; this module imports nothing of ours.

Offsets everywhere count characters (code points) of an article's stored, cleaned text,
half open: `article.text[start:end]`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

Support = Literal["quoted", "supported", "unsupported"]
Standing = Literal["confirmed", "reported", "rumoured"]
Span = tuple[int, int]

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: its cleaned text and what is known about it.

    `published_from` says how the date is known ("JSON-LD", "date line", ...), and is
    `undated` when `published` is None. `furniture` holds the spans of `text` that are no
    news (biographies, disclosures, "Read more"): they are kept, shown, and never quoted.
    `id` and `version` are empty until the library has given them.
    """

    text: str
    title: str
    title_from: str = "first line"
    published: date | None = None
    published_from: str = UNDATED
    updated: date | None = None
    source: str = ""
    author: str = ""
    url: str = ""
    furniture: tuple[Span, ...] = ()
    id: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article version, at most about 1,000 characters.

    `sentences` are spans in the article's text; `article` carries the metadata only when
    it comes from the library (its `text` is then empty, to keep hits small).
    """

    id: str
    article: Article
    number: int
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]

    def cut(self, span: Span) -> str:
        """The characters of the article at `span`, which must lie inside the passage."""
        return self.text[span[0] - self.start : span[1] - self.start]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that search found, its score (higher is better) and where that came from."""

    passage: Passage
    score: float
    signals: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer. Days are inclusive; `source` and `author` ignore case."""

    as_of: date | None = None
    since: date | None = None
    until: date | None = None
    source: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands: `library.article(article_id).text[start:end] == quote`.

    `version` names the article version that was quoted, so that a later edit can be told.
    `copies` counts the near-identical articles that carry the same story elsewhere.
    """

    number: int
    article_id: str
    title: str
    source: str
    author: str
    url: str
    published: date | None
    published_from: str
    quote: str
    start: int
    end: int
    version: str = ""
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with the numbers of the citations that carry it.

    `cues` are the words in the quotes that make it a rumour or a report ("tipster").
    `item` is the list entry that the statement stands for, when the answer is a list.
    `note` says what a reader must know beside it ("disagrees with [2]: 30 and 25").
    """

    text: str
    citations: tuple[int, ...]
    support: Support = "quoted"
    standing: Standing | None = None
    cues: tuple[str, ...] = ()
    item: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says: statements, each with its citations, and what it leaves open.

    `text` is Markdown with `[1]` markers. `nearest` is what was found and not used.
    `scope` says how far was looked; `missing` what the articles do not hold; `notice` one
    line for the reader (a model that failed, say). `confidence` is the calibrated probability
    (0 to 1) that what was found answers; below the threshold it is declined, but for news of
    a subject and lists that were read off the sentences. `dropped` are
    sentences that a model wrote and the checks did not let through.
    """

    question: str
    answered: bool
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    as_of: date | None = None
    standalone: str = ""
    confidence: float = 0.0
    scope: str = ""
    missing: str = ""
    notice: str = ""
    dropped: tuple[Statement, ...] = ()

    def __str__(self) -> str:
        lines = [self.text]
        lines += [line for line in (self.scope, self.notice) if line]
        lines += [f"As of {self.as_of.isoformat()}."] if self.as_of else []
        for c in self.citations:
            day = c.published.isoformat() if c.published else UNDATED
            lines.append(f"[{c.number}] {c.title} ({', '.join(filter(None, (c.source, day)))})")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON types; dates become ISO 8601 strings."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    def with_notice(self, notice: str) -> Answer:
        return replace(self, notice=notice)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange: what was asked, and the answer's text (Markdown).

    `answer` may carry the whole Answer when the caller still has it: follow-ups such as
    "the first one" then know the items that were listed.
    """

    question: str
    text: str = ""
    answer: Answer | None = None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
