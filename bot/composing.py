"""From quotes to an Answer: citations are numbered, standings told, the text put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.citing import cite
from bot.library import Snapshot
from bot.quoting import Quoted
from bot.records import UNDATED, Answer, Citation, Statement
from bot.sentences import sentence_spans
from bot.standing import standing

CONTEXT = 3  # sentences before a quote that may tell that it is part of a rumour


def compose(answer: Answer, quotes: Sequence[Quoted], view: Snapshot) -> Answer:
    """`answer` with its statements, citations and text made from the quotes."""
    citations: list[Citation] = []
    statements: list[Statement] = []
    for quote in quotes:
        citation = _cited(quote, citations, view)
        statements.append(_stated(quote, citation, view))
    return with_statements(answer, statements, citations)


def with_statements(
    answer: Answer, statements: Sequence[Statement], citations: Sequence[Citation]
) -> Answer:
    """`answer` with these statements, and its text written from them."""
    by_number = {citation.number: citation for citation in citations}
    lines = []
    for place, statement in enumerate(statements):
        quoted = {other.text for other in statements[:place] if other.item}
        lines.append(_line(statement, by_number, again=statement.text in quoted))
    break_ = "\n" if any(statement.item for statement in statements) else "\n\n"
    return replace(
        answer,
        answered=True,
        text=break_.join(lines),
        statements=tuple(statements),
        citations=tuple(citations),
    )


def nearest_citations(quotes: Sequence[Quoted], view: Snapshot) -> tuple[Citation, ...]:
    """What was found and not used, as citations numbered from 1."""
    citations: list[Citation] = []
    for quote in quotes:
        _cited(quote, citations, view)
    return tuple(citations)


def day_of(citation: Citation) -> str:
    """The day of the citation's article as a reader sees it."""
    return citation.published.isoformat() if citation.published else UNDATED


def _cited(quote: Quoted, citations: list[Citation], view: Snapshot) -> Citation:
    about = quote.passage.article
    for known in citations:
        if (known.article_id, (known.start, known.end)) == (about.id, quote.span):
            return known
    copies = len(view.copies(about.id))
    citations.append(cite(quote.passage, quote.span, len(citations) + 1, copies))
    return citations[-1]


def _stated(quote: Quoted, citation: Citation, view: Snapshot) -> Statement:
    article = view.article(citation.article_id, citation.version)
    before = sentence_spans(article.text, max(0, citation.start - 1500), citation.start)
    context = [article.title, *(article.text[start:end] for start, end in before[-CONTEXT:])]
    firmness, cues = standing(citation.quote, context)
    return Statement(
        text=citation.quote,
        citations=(citation.number,),
        standing=firmness,
        cues=cues,
        item=quote.item,
        note=quote.note,
    )


def _line(statement: Statement, citations: dict[int, Citation], *, again: bool) -> str:
    """One statement as Markdown: what it stands for, the words, the markers, the days.

    An item whose quote was shown `again` above it needs only the marker.
    """
    item = f"- **{statement.item}**: " if statement.item else ""
    rumour = f"Rumour ({', '.join(statement.cues)}): " if statement.standing == "rumoured" else ""
    words = f"“{statement.text}”" if statement.support == "quoted" else statement.text
    words = "as above" if again else words
    markers = "".join(f"[{number}]" for number in statement.citations)
    days = dict.fromkeys(day_of(citations[n]) for n in statement.citations if n in citations)
    note = f" ({statement.note})" if statement.note else ""
    return f"{item}{rumour}{words} {markers} ({', '.join(days)}){note}"


def growing(answer: Answer) -> Iterator[Answer]:
    """The answer with its first statement, its first two, ..., and at last whole."""
    for count in range(1, len(answer.statements)):
        part = answer.statements[:count]
        numbers = {number for statement in part for number in statement.citations}
        cited = [citation for citation in answer.citations if citation.number in numbers]
        yield with_statements(answer, part, cited)
    yield answer
