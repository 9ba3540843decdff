"""A chat model makes a follow-up stand alone, when its words bear that out.

What it writes is used only if it is one short question whose names and figures all stand in
the conversation; otherwise the rules of `conversation` decide, as they do without a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import prompts
from bot.conversation import leans, standalone
from bot.errors import ModelError
from bot.language import is_model_word, names, words
from bot.records import Turn
from bot.replies import sentences

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TURNS = 4  # earlier turns shown; a follow-up rarely reaches further back
LONGEST = 300  # characters; a longer "question" has begun to answer


def rewritten(question: str, history: Sequence[Turn], model: BaseChatModel, timeout: float) -> str:
    """The question as it would be asked without the turns before it, by the model or by rule."""
    by_rule = standalone(question, history)
    if not history or not leans(question):
        return by_rule
    from langchain_core.messages import HumanMessage

    turns = [(turn.question, prompts.without_markers(turn.text)) for turn in history[-TURNS:]]
    try:
        lines = list(sentences(model, [HumanMessage(prompts.follow_up(turns, question))], timeout))
    except ModelError:
        return by_rule
    written = " ".join(lines).strip(" \"“”'")
    said = " ".join([question, *(text for turn in turns for text in turn)])
    return written if len(lines) == 1 and _borne_out(written, said) else by_rule


def _borne_out(written: str, said: str) -> bool:
    """Whether it is a question that brings in no name and no figure of its own."""
    if not written.endswith("?") or len(written) > LONGEST or "[" in written:
        return False
    known = {word.lower() for word in words(said)}
    new = [word for name in names(written) for word in words(name)]
    new += [word for word in words(written) if is_model_word(word)]
    return all(word.lower() in known for word in new)
