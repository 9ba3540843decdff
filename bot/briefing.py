"""What a model is told: rules, earlier turns and numbered sentences, within its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot import prompts
from bot.errors import ModelError
from bot.pointers import Numbered, estimate_tokens, number
from bot.records import Hit, Turn

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

MAX_HISTORY = 4  # earlier turns; a follow-up rarely reaches further back
_REPLY_SHARE = 4  # a quarter of the context, at most REPLY_TOKENS, is left for the reply
REPLY_TOKENS = 700
_MESSAGE_TOKENS = 8  # what a chat template adds to each message
_HISTORY_SHARE = 4  # earlier turns take at most a quarter of what is left


@dataclass(frozen=True, slots=True)
class Options:
    """How a model is asked: the day it is, the turns before, and what the model can take.

    `context_tokens` is for prompt and reply together; `timeout`, in seconds, for the reply.
    """

    as_of: date | None = None
    history: Sequence[Turn] = ()
    context_tokens: int = 8192
    timeout: float = 60.0


def brief(
    question: str, hits: Sequence[Hit], options: Options
) -> tuple[list[BaseMessage], Numbered]:
    """The messages for a model of that context, in tokens, and what their pointers mean.

    Kept in this order while there is room: rules and question, one turn in four parts of the
    rest (the newest first), the sentences of the best hits. Raises ModelError when the
    question leaves no room for a single sentence.
    """
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    tokens = options.context_tokens
    rules, example = prompts.opening(tokens)
    frame = rules + "".join(example) + prompts.articles_and_question((), question, options.as_of)
    room = tokens - min(tokens // _REPLY_SHARE, REPLY_TOKENS)
    room -= estimate_tokens(frame) + (2 + len(example)) * _MESSAGE_TOKENS
    turns = _newest(options.history, room // _HISTORY_SHARE)
    numbered = number(hits, question, room - sum(map(_turn_tokens, turns)))
    if not numbered.places:
        raise ModelError(
            f"The question and one sentence do not fit the model's context of {tokens:,} "
            "tokens. Ask a shorter question, or set BOT_MODEL_CONTEXT if the model holds more."
        )
    messages: list[BaseMessage] = [SystemMessage(rules)]
    if example:
        messages += [HumanMessage(example[0]), AIMessage(example[1])]
    for turn in turns:
        messages += [HumanMessage(turn.question), AIMessage(prompts.without_markers(turn.text))]
    last = prompts.articles_and_question(numbered.lines, question, options.as_of)
    return [*messages, HumanMessage(last)], numbered


def _newest(history: Sequence[Turn], room: int) -> list[Turn]:
    """The newest turns that fit into `room` tokens, oldest first."""
    kept: list[Turn] = []
    for turn in reversed(history[-MAX_HISTORY:]):
        room -= _turn_tokens(turn)
        if room < 0:
            break
        kept.insert(0, turn)
    return kept


def _turn_tokens(turn: Turn) -> int:
    said = turn.question + prompts.without_markers(turn.text)
    return estimate_tokens(said) + 2 * _MESSAGE_TOKENS
