"""The page's API for scripts: the endpoint `answer`, callable with gradio_client.

client.predict("which phones?", api_name="/answer")  ->  Answer.to_dict()
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from bot.records import Turn
from ui.chat import Chat, filters_from, sentence_for


def answer_endpoint(chat: Chat) -> Callable[..., dict[str, Any]]:
    """The function that Gradio serves; its signature is the API's."""

    def answer(  # noqa: PLR0913, PLR0917 - Gradio makes the API of a signature
        question: str,
        history: list[dict[str, str]] | None = None,
        as_of: str = "",
        since: str = "",
        until: str = "",
        source: str = "",
    ) -> dict[str, Any]:
        """Answer a question from the articles; each sentence with its citations.

        Args:
            question: what to ask
            history: earlier turns, each with "question" and "text", oldest first
            as_of: answer as if it were this day, written 2024-02-28
            since: only articles published on or after this day
            until: only articles published on or before this day
            source: only articles of this source
        """
        turns = [Turn(str(t.get("question", "")), str(t.get("text", ""))) for t in history or []]
        try:
            filters = filters_from(as_of, since, until, source)
            return chat.answer(question, turns, filters).to_dict()
        except Exception as error:
            raise gr.Error(sentence_for(error), print_exception=False) from error

    return answer
