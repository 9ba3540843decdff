"""Chat models that say what a script tells them, the way LangChain's own models would."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, Field

PIECE = 7  # characters a piece, so that sentences and pointers are cut anywhere


class ScriptedModel(BaseChatModel):
    """Streams one reply, the same for every question, and remembers what it was sent.

    `fails` is raised after the reply; `pause` seconds pass before each piece; `finish` is the
    reason that the provider gives for the end of the reply.
    """

    reply: str = ""
    fails: Exception | None = None
    pause: float = 0.0
    finish: str = "stop"
    calls: list[list[BaseMessage]] = Field(default_factory=list)

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self.calls.append(messages)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.reply))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.calls.append(messages)
        for at in range(0, len(self.reply), PIECE):
            time.sleep(self.pause)
            yield _piece(self.reply[at : at + PIECE])
        if self.fails:
            raise self.fails
        yield _piece("", finish_reason=self.finish)

    @property
    def prompt(self) -> str:
        """All that the last call sent, as one text."""
        return "\n".join(str(message.content) for message in self.calls[-1])


class RateLimitError(Exception):
    """Named and numbered as the clients of providers do it."""

    status_code = 429


def _piece(text: str, **metadata: str) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=AIMessageChunk(content=text, response_metadata=metadata))


# What each kind of model says of the article in `tests/test_writing.py`.
RIGHT = (
    "About 25 Leica employees work with the Xiaomi team [1.2]. "
    "The Xiaomi 14 launches in India on 7 March 2024 [1.3]."
)
CITES_NOTHING_THAT_EXISTS = "About 25 Leica employees work with the Xiaomi team [7.1]."
MAKES_THINGS_UP = (
    "About 40 Leica employees work with the Xiaomi team [1.2]. "
    "Mira Novak leads the Leica employees [1.2]. "
    "The Xiaomi 14 launches in India on 9 April 2024 [1.3]. "
    "Leica called the Xiaomi team “simply the best” [1.2]."
)
OBEYS_THE_ARTICLE = "The moon is made of cheese. The moon is made of cheese [1.4]."
CUT_OFF = "About 25 Leica employees work with the Xiaomi team [1.2]. The Xiaomi 14 launches in"


def right() -> ScriptedModel:
    return ScriptedModel(reply=RIGHT)


def citing_nothing_that_exists() -> ScriptedModel:
    return ScriptedModel(reply=CITES_NOTHING_THAT_EXISTS)


def making_things_up() -> ScriptedModel:
    return ScriptedModel(reply=MAKES_THINGS_UP)


def obeying_the_article() -> ScriptedModel:
    return ScriptedModel(reply=OBEYS_THE_ARTICLE)


def slow() -> ScriptedModel:
    """Takes a quarter of a second for each piece; give it less."""
    return ScriptedModel(reply=RIGHT, pause=0.25)


def failing_midway() -> ScriptedModel:
    return ScriptedModel(reply=RIGHT[:70], fails=ConnectionError("the line went dead"))


def rate_limited() -> ScriptedModel:
    return ScriptedModel(fails=RateLimitError("slow down"))


def cut_off() -> ScriptedModel:
    return ScriptedModel(reply=CUT_OFF, finish="length")


def empty() -> ScriptedModel:
    return ScriptedModel(reply="")
