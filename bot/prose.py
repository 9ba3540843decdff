"""A model's prose as an Answer: it grows as the model writes, and ends in quotes if it fails.

What a list question must name is added in quotes where the model left it out, so that a model
makes an answer eloquent and never less complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.briefing import Options
from bot.composing import with_statements
from bot.errors import ModelError
from bot.language import stems
from bot.records import Answer, Citation, Hit, Statement
from bot.writing import Draft, write

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def in_prose(
    quoted: Answer,
    hits: Sequence[Hit],
    model: BaseChatModel,
    options: Options,
    copies: Mapping[str, int],
) -> Iterator[Answer]:
    """Growing answers in the model's words; the last one is complete.

    `quoted` is the answer of quotes to the same question: it is given, with one line saying
    why, when the model fails. `copies` counts each article's near-identical ones.
    """
    draft = Draft()
    try:
        for draft in write(quoted.standalone, hits, model, options):
            yield _answer(quoted, draft, copies)
    except ModelError as error:
        yield quoted.with_notice(f"Quotes only: {error}")
        return
    yield _completed(quoted, _answer(quoted, draft, copies))


def _answer(quoted: Answer, draft: Draft, copies: Mapping[str, int]) -> Answer:
    citations = [replace(c, copies=copies.get(c.article_id, 0)) for c in draft.citations]
    answer = with_statements(quoted, draft.statements, citations)
    return replace(answer, dropped=draft.dropped)


def _completed(quoted: Answer, answer: Answer) -> Answer:
    """The answer, with the list's items that the model did not name added as quotes."""
    said = f" {' '.join(stems(' '.join(s.text for s in answer.statements)))} "
    left = [s for s in quoted.statements if s.item and f" {' '.join(stems(s.item))} " not in said]
    if not left:
        return answer
    statements, citations = list(answer.statements), list(answer.citations)
    by_number = {citation.number: citation for citation in quoted.citations}
    for statement in left:
        numbers = tuple(_renumbered(by_number[n], citations) for n in statement.citations)
        statements.append(replace(statement, citations=numbers))
    return with_statements(answer, _items_last(statements), citations)


def _renumbered(citation: Citation, citations: list[Citation]) -> int:
    for known in citations:
        if replace(known, number=citation.number) == citation:
            return known.number
    citations.append(replace(citation, number=len(citations) + 1))
    return len(citations)


def _items_last(statements: Sequence[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda statement: bool(statement.item))
