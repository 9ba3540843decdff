"""Answers questions from a library of news articles; every sentence can be checked.

    from bot import answer
    print(answer("which Xiaomi phones were made with Leica?"))

The map of the package, from the outside in:

    answering     Bot: the page to read first
    conversation  follow-up -> question that stands alone
    questions, periods, language      a question taken apart
    search, ranking                   question -> passages
    reading, reader                   passages -> sentences that answer
    holding, numbered, comparing, lacking    what a sentence holds of what is asked
    quoting, subjects, happenings     an answer made of exact quotes
    listing, wanted, items, making    a list with a quote for each item
    writing, prompts, chat_model      an answer in a model's prose
    checking, opposites, standing, disagreeing, declining, composing   what may be said, and how
    library, rows, schema, vectors, writer   what is stored
    embedding, onnx_models, export, packaged    text -> vectors
    records, errors, settings         the leaves
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.errors import BotError
from bot.records import Answer, Article, Citation, Filters, Hit, Passage, Statement, Turn
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.answering import Bot
    from bot.library import Summary
    from bot.runnables import ArticleRetriever, as_runnable

__all__ = [
    "Answer",
    "Article",
    "ArticleRetriever",
    "Bot",
    "BotError",
    "Citation",
    "Filters",
    "Hit",
    "Passage",
    "Settings",
    "Statement",
    "Summary",
    "Turn",
    "answer",
    "as_runnable",
    "load_settings",
]


def answer(question: str, history: Sequence[Turn] = (), **filters: Any) -> Answer:
    """Ask the library that BOT_LIBRARY names; see `Bot.answer` for filters and errors."""
    return _bot(load_settings()).answer(question, history, **filters)


@cache
def _bot(settings: Settings) -> Bot:
    from bot.answering import Bot

    return Bot(settings)


def __getattr__(name: str) -> Any:
    """Public names whose modules are heavy are imported when they are first asked for."""
    if name == "Bot":
        from bot.answering import Bot

        return Bot
    if name == "Summary":
        from bot.library import Summary

        return Summary
    if name in ("ArticleRetriever", "as_runnable"):
        from bot import runnables

        return getattr(runnables, name)
    raise AttributeError(f"module 'bot' has no attribute {name!r}")
