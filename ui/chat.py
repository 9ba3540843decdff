"""Between the page and the bot: Gradio messages <-> Turns, streaming, errors -> sentences.

A session's conversation is a list of Turns with their Answers; the messages that the page
shows are made from it each time, and never read back, except to restore a conversation
whose session the server no longer holds.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol, TypedDict

from bot import Summary
from bot.errors import BotError, LibraryMissing
from bot.records import Answer, Article, Citation, Filters, Turn
from ui import rendering, source

log = logging.getLogger(__name__)

UNEXPECTED = "Something went wrong here, and the details are in the log. Please ask again."
NO_LONGER_HELD = "This answer is no longer held. Ask again to open its sources."
_TAG = re.compile(r"<[^>]*>")


class Answering(Protocol):
    """What the page needs of the bot; `bot.Bot` is one."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), **filters: Any
    ) -> Iterator[Answer]: ...
    def answer(self, question: str, history: Sequence[Turn] = (), **filters: Any) -> Answer: ...
    def article(self, article_id: str, version: str = "") -> Article: ...
    def is_live(self, article_id: str) -> bool: ...
    def summary(self) -> Summary: ...
    def titles(self) -> Sequence[str]: ...


class Message(TypedDict):
    """One message in the only form that Gradio takes."""

    role: str
    content: Any


@dataclass(frozen=True, slots=True)
class Chat:
    """One bot, shared by all sessions; it keeps nothing of any conversation."""

    bot: Answering

    def reply_to_form(
        self, question: str, turns: Sequence[Turn], form: Sequence[Any]
    ) -> Iterator[tuple[list[Message], list[Turn]]]:
        """`reply`, with the filters as the form's fields hold them."""
        if not question.strip():
            yield messages(turns), list(turns)
            return
        try:
            filters = filters_from(*form)
        except BotError as error:
            failed = [*turns, Turn(question, str(error))]
            yield messages(failed), failed
            return
        yield from self.reply(question, turns, filters)

    def reply(
        self, question: str, turns: Sequence[Turn], filters: Filters
    ) -> Iterator[tuple[list[Message], list[Turn]]]:
        """The messages and turns as the answer grows; the last pair is complete."""
        earlier, number = messages(turns), len(turns)
        asked: Message = {"role": "user", "content": rendering.question_message(question)}
        turn = Turn(question)
        yield [*earlier, asked, said(rendering.working())], list(turns)
        try:
            for answer in self.bot.stream(question, history=turns, **given(filters)):
                turn = Turn(question, answer.text, answer)
                growing = rendering.answer_message(answer, number, growing=True)
                yield [*earlier, asked, said(growing)], [*turns, turn]
        except Exception as error:
            trouble = rendering.error_message(sentence_for(error))
            turn = replace(turn, text=turn.text or sentence_for(error))
            kept = rendering.answer_message(turn.answer, number) + "\n\n" if turn.answer else ""
            yield [*earlier, asked, said(kept + trouble)], [*turns, turn]
        else:
            yield messages([*turns, turn]), [*turns, turn]

    def source(self, key: str, turns: Sequence[Turn]) -> str:
        """The panel for the citation that `key` names, such as `0.c3`; never raises."""
        answer, chosen = find(key, turns)
        if answer is None or chosen is None:
            return source.empty_panel(NO_LONGER_HELD)
        try:
            article = self.bot.article(chosen.article_id, chosen.version)
            newest, live = self.bot.article(chosen.article_id), self.bot.is_live(chosen.article_id)
        except KeyError:
            return source.empty_panel("This article is no longer in the library.")
        except Exception as error:
            return source.empty_panel(sentence_for(error))
        since = source.since_quoted(chosen, newest, live)
        return source.source_panel(article, chosen, _beside(key, answer, chosen), since)

    def answer(self, question: str, history: Sequence[Turn], filters: Filters) -> Answer:
        """The complete answer, for scripts; raises what the bot raises."""
        return self.bot.answer(question, history=history, **given(filters))

    def holdings(self) -> tuple[Summary | None, Sequence[str], str]:
        """What the library holds (None: nothing yet), its titles, and what is wrong with it."""
        try:
            summary, titles = self.bot.summary(), self.bot.titles()
        except LibraryMissing:
            return None, (), ""
        except Exception as error:
            return None, (), sentence_for(error)
        return (summary, titles, "") if summary.articles else (None, (), "")


def messages(turns: Sequence[Turn]) -> list[Message]:
    """The conversation as Gradio shows it."""
    shown: list[Message] = []
    for number, turn in enumerate(turns):
        content = (
            rendering.answer_message(turn.answer, number)
            if turn.answer
            else rendering.error_message(turn.text)
        )
        shown += [{"role": "user", "content": rendering.question_message(turn.question)}]
        shown += [said(content)]
    return shown


def turns_from(history: Sequence[Message]) -> list[Turn]:
    """Turns of a conversation that only the browser still holds: words, no Answers."""
    turns: list[Turn] = []
    for message in history:
        words = _words(message["content"])
        if message["role"] == "user":
            turns.append(Turn(words))
        elif turns:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text} {words}".strip())
    return turns


def find(key: str, turns: Sequence[Turn]) -> tuple[Answer | None, Citation | None]:
    """The answer and citation that a marker's key names, or None for what is not held."""
    number, _, name = key.partition(".")
    place = int(number) if number.isascii() and number.isdigit() else len(turns)
    answer = turns[place].answer if place < len(turns) else None
    return answer, rendering.citation_of(answer, name) if answer else None


def filters_from(
    as_of: Any = None, since: Any = None, until: Any = None, name: Any = ""
) -> Filters:
    """Filters from what the form holds; raises BotError for a day that is none."""
    return Filters(
        as_of=_day(as_of, "As of"),
        since=_day(since, "Since"),
        until=_day(until, "Until"),
        source=str(name or ""),
    )


def given(filters: Filters) -> dict[str, Any]:
    """The filters that are set, by the names that the bot takes."""
    named = {name: getattr(filters, name) for name in filters.__slots__}
    return {name: value for name, value in named.items() if value}


def sentence_for(error: Exception) -> str:
    """The sentence that a person reads; what nobody foresaw goes to the log in full."""
    if isinstance(error, BotError):
        return str(error)
    log.error("A question could not be answered.", exc_info=error)
    return UNEXPECTED


def said(content: str) -> Message:
    return {"role": "assistant", "content": content}


def _beside(key: str, answer: Answer, chosen: Citation) -> list[tuple[str, Citation]]:
    """The citations of the chosen one's article that the answer holds, with their keys."""
    number, _, name = key.partition(".")
    if name.startswith(rendering.NEAREST):
        return [(key, chosen)]
    return [
        (f"{number}.{rendering.CITED}{c.number}", c)
        for c in answer.citations
        if (c.article_id, c.version) == (chosen.article_id, chosen.version)
    ]


def _day(value: Any, label: str) -> date | None:
    text = str(value or "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise BotError(
            f"{label}: {text!r} is no day. Write it as year-month-day, such as 2024-02-28."
        ) from None


def _words(content: Any) -> str:
    """The plain words of a message, whose content is a string or a list of blocks."""
    if isinstance(content, list):
        return " ".join(_words(block) for block in content).strip()
    text = content.get("text", "") if isinstance(content, dict) else str(content or "")
    return html.unescape(_TAG.sub(" ", text)).strip()
