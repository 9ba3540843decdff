"""Pure: an Answer -> the HTML of one chat message, safe whatever the articles hold.

A message is a row of blocks with a blank line between them and no line break inside, so
that the chat, which reads Markdown, takes each block as HTML and nothing in it as Markdown,
and redraws only the blocks that changed while an answer grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from markupsafe import Markup

from bot.records import Answer, Citation, Statement
from ui.markup import count, day, marker, shown, time

CITED, NEAREST = "c", "n"
NOT_ANSWERED = "The articles don’t say"
_REFERENCE = re.compile(r"\[(\d+)\]")
_DAY = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")
_STANDING = {"rumoured": "Rumour", "reported": "Reported", "confirmed": "Confirmed"}


def answer_message(answer: Answer, turn: int, growing: bool = False) -> str:
    """The whole message; `turn` counts from 0 and goes into the keys of the markers."""
    blocks: list[str] = [*_notices(answer)]
    if answer.answered or answer.statements:
        blocks += [_scope(answer), *_statements(answer, turn)]
    elif not growing:
        blocks += _silence(answer, turn)
    blocks += (
        [working()] if growing else [*_dropped(answer), *_sources(answer, turn), _foot(answer)]
    )
    return "\n\n".join(filter(None, blocks))


def question_message(question: str) -> str:
    """What the person asked, shown literally."""
    return Markup('<p class="question">{}</p>').format(shown(question).strip())


def error_message(sentence: str) -> str:
    """What went wrong, as a sentence that says what to do."""
    return Markup('<p class="trouble" role="alert">{}</p>').format(shown(sentence))


def working(sentence: str = "Reading the articles…") -> str:
    """The line that stands where the rest of an answer will come."""
    return Markup('<p class="working" role="status">{}</p>').format(sentence)


def citation_of(answer: Answer, name: str) -> Citation | None:
    """The citation that a marker of this answer names: `c3` by number, `n0` by place."""
    kind, digits = name[:1], name[1:]
    if not (digits.isascii() and digits.isdigit()):
        return None
    if kind == CITED:
        return next((c for c in answer.citations if c.number == int(digits)), None)
    found = dict(enumerate(answer.nearest)) if kind == NEAREST else {}
    return found.get(int(digits))


def _notices(answer: Answer) -> Iterable[Markup]:
    if answer.notice:
        yield Markup('<p class="notice">{}</p>').format(shown(answer.notice))


def _statements(answer: Answer, turn: int) -> Iterable[Markup]:
    """The statements; items of a list that one quote carries stand before it together."""
    for _, alike in groupby(answer.statements, lambda s: s if not s.item else replace(s, item="-")):
        together = list(alike)
        items = ", ".join(dict.fromkeys(s.item for s in together if s.item))
        for statement in [replace(together[0], item=items)] if items else together:
            yield _statement(statement, answer, turn)


def _statement(statement: Statement, answer: Answer, turn: int) -> Markup:
    cited = [c for c in answer.citations if c.number in statement.citations]
    return Markup('<div class="statement {}">{}{}{}</div>').format(
        " ".join(filter(None, (statement.support, statement.standing))),
        _line(statement, cited, turn),
        _about(statement, cited),
        _note(statement.note, answer, turn),
    )


def _line(statement: Statement, cited: Sequence[Citation], turn: int) -> Markup:
    item = Markup('<strong class="item">{}</strong> — ').format(shown(statement.item))
    return Markup("<p>{}<bdi>{}</bdi> {}</p>").format(
        item if statement.item else "",
        shown(_bare(statement)),
        _markers(cited, turn),
    )


def _bare(statement: Statement) -> str:
    """The sentence without the markers that stand for its own citations."""
    own = "|".join(map(str, statement.citations))
    return re.sub(rf"\s*\[(?:{own})\]", "", statement.text) if own else statement.text


def _markers(cited: Iterable[Citation], turn: int) -> Markup:
    return Markup(" ").join(marker(c, f"{turn}.{CITED}{c.number}") for c in cited)


def _about(statement: Statement, cited: Sequence[Citation]) -> Markup:
    """Support, standing with its cue words, and source and day of each article cited."""
    parts: list[Markup] = []
    if statement.support == "unsupported":
        parts.append(Markup('<span class="badge">Not supported by the articles</span>'))
    if statement.standing:
        parts.append(_standing(statement))
    articles = {c.article_id: c for c in cited}
    parts += [_origin(c) for c in articles.values()]
    if not parts:
        return Markup()
    return Markup('<p class="about">{}</p>').format(Markup(" · ").join(parts))


def _standing(statement: Statement) -> Markup:
    rumour = statement.standing == "rumoured"
    cues = ", ".join(f"“{shown(cue)}”" for cue in statement.cues)
    return Markup('<span class="{}">{}</span>{}').format(
        "badge" if rumour else "standing",
        _STANDING[statement.standing or "reported"],
        Markup(' <span class="cues">{}</span>').format(cues) if rumour and cues else "",
    )


def _origin(citation: Citation) -> Markup:
    source = Markup("<bdi>{}</bdi>, ").format(shown(citation.source)) if citation.source else ""
    return Markup("{}{}").format(source, time(citation.published))


def _note(note: str, answer: Answer, turn: int) -> Markup:
    """The note, in which `[2]` opens source 2."""
    if not note:
        return Markup()
    pieces: list[Markup | str] = []
    for place, piece in enumerate(_REFERENCE.split(shown(note))):
        cited = citation_of(answer, CITED + piece) if place % 2 else None
        plain = f"[{piece}]" if place % 2 else piece
        pieces.append(_markers([cited], turn) if cited else plain)
    return Markup('<p class="note">{}</p>').format(Markup().join(pieces))


def _silence(answer: Answer, turn: int) -> Iterable[Markup]:
    yield Markup('<p class="silence">{}</p>').format(NOT_ANSWERED)
    if answer.missing:
        yield Markup('<p class="missing">{}</p>').format(shown(answer.missing))
    if answer.nearest:
        rows = Markup().join(
            Markup("<li><q>{}</q> {} {}</li>").format(
                shown(c.quote), marker(c, f"{turn}.{NEAREST}{place}", "Read it"), _titled(c)
            )
            for place, c in enumerate(answer.nearest)
        )
        yield Markup('<div class="nearest"><p>Nearest to it:</p><ul>{}</ul></div>').format(rows)


def _titled(citation: Citation) -> Markup:
    return Markup('<span class="about"><cite>{}</cite>, {}</span>').format(
        shown(citation.title), _origin(citation)
    )


def _dropped(answer: Answer) -> Iterable[Markup]:
    if answer.dropped:
        many = "were" if len(answer.dropped) > 1 else "was"
        yield Markup('<details class="dropped"><summary>{}</summary><ul>{}</ul></details>').format(
            f"{count(len(answer.dropped), 'sentence')} of the model {many} left out: not supported",
            Markup().join(
                Markup("<li>{}{}</li>").format(shown(s.text), _reason(s)) for s in answer.dropped
            ),
        )


def _reason(statement: Statement) -> Markup:
    if not statement.note:
        return Markup()
    return Markup(' <span class="about">{}</span>').format(shown(statement.note))


def _sources(answer: Answer, turn: int) -> Iterable[Markup]:
    """The articles cited, each once, with its markers, title, source and day."""
    by_article: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    if by_article:
        rows = Markup().join(
            Markup("<li>{} {}</li>").format(_markers(cited, turn), _titled(cited[0]))
            for cited in by_article.values()
        )
        yield Markup('<details class="sources"><summary>{}</summary><ul>{}</ul></details>').format(
            count(len(by_article), "source"), rows
        )


def _is_list(answer: Answer) -> bool:
    return any(statement.item for statement in answer.statements)


def _scope(answer: Answer) -> Markup:
    """How many items there are and how far was looked, before a list."""
    if not (answer.scope and _is_list(answer)):
        return Markup()
    return Markup('<p class="scope">{}</p>').format(_with_days(shown(answer.scope)))


def _with_days(text: str) -> str:
    """The text with its days written as everywhere on the page: 28 February 2024."""
    return _DAY.sub(lambda match: day(date.fromisoformat(match.group())), text)


def _foot(answer: Answer) -> Markup:
    as_of = f"As of {day(answer.as_of)}" if answer.as_of else ""
    scope = "" if _is_list(answer) else answer.scope
    parts = [shown(part) for part in (as_of, scope) if part]
    if answer.missing and answer.statements:
        parts.append(shown(answer.missing))
    return Markup('<p class="foot">{}</p>').format(" · ".join(parts)) if parts else Markup()
