"""The seam to LangChain: our search as a retriever, our bot as a Runnable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from pydantic import ConfigDict, Field

from bot.answering import Bot
from bot.records import Answer, Hit


class ArticleRetriever(BaseRetriever):
    """Finds passages of the library as LangChain documents, the best first.

    `filters` are the fields of `Filters`. Each document's metadata names its article, its
    offsets in the article's text, and how the article's day is known.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    bot: Bot
    k: int = 10
    filters: dict[str, Any] = Field(default_factory=dict)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = self.bot.evidence(query, **self.filters).hits[: self.k]
        return [_document(hit) for hit in hits]


class AnswerRunnable(Runnable[Any, Answer]):
    """The bot behind LangChain's interface; made by `as_runnable`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        return self._bot.answer(**_arguments(input))

    def stream(
        self, input: Any, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        yield from self._bot.stream(**_arguments(input))


def as_runnable(bot: Bot) -> AnswerRunnable:
    """The bot as a Runnable: a question, or a mapping of `Bot.answer`'s arguments -> Answer.

    `stream` yields growing answers; `invoke` returns the complete one.
    """
    return AnswerRunnable(bot)


def _arguments(given: str | Mapping[str, Any]) -> dict[str, Any]:
    return {"question": given} if isinstance(given, str) else dict(given)


def _document(hit: Hit) -> Document:
    about = hit.passage.article
    return Document(
        id=hit.passage.id,
        page_content=hit.passage.text,
        metadata={
            "article": about.id,
            "title": about.title,
            "source": about.source,
            "author": about.author,
            "url": about.url,
            "published": about.published.isoformat() if about.published else "",
            "published_from": about.published_from,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "score": hit.score,
        },
    )
