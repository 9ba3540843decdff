"""A chat model's reply as whole sentences, as soon as each is complete, within a time limit."""

from __future__ import annotations

import contextvars
import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.errors import ModelError
from bot.sentences import sentence_spans

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

LONGEST = 6_000  # characters; a model that repeats itself is stopped there
_POINTERS = r"(?:[\[【][^\[\]【】\n]{1,80}[\]】]|\((?:[Ss]ource )?\d+[.:,][^()\n]{0,60}\))"
# "He left. [1.2] She" -> "He left [1.2]. She"
_LATE = re.compile(rf"([.!?][”\"’)]*)((?:\s*{_POINTERS})+)(?=\s|$)")
_OPEN = re.compile(r"[\[【(][^\]】)]*$")
_MARKUP = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+|\*\*|__|`")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_FINISHED = re.compile(rf"(?:[.!?…][”\"’)]*|{_POINTERS})\s*$")
_EMPTY = "The model returned an empty reply."
_CUT_OFF = frozenset({"length", "max_tokens", "MAX_TOKENS", "max_output_tokens"})


def sentences(
    model: BaseChatModel, messages: Sequence[BaseMessage], timeout: float
) -> Iterator[str]:
    """The reply, sentence after sentence, pointers included; `timeout` is for all of it, in s.

    Raises ModelError when the model fails, is too slow, says nothing or breaks off.
    """
    reply, given, ended_by = "", 0, ""
    for text, reason in _chunks(model, messages, timeout):
        reply, ended_by = reply + text, reason
        whole, _ = cut(reply)
        yield from whole[given:]
        given = max(given, len(whole))
        if len(reply) > LONGEST:
            return
    if not _THOUGHT.sub("", reply).strip():
        raise ModelError(_EMPTY)
    whole, rest = cut(reply)
    if ended_by in _CUT_OFF or (rest and not _FINISHED.search(rest)):
        raise ModelError("The model's reply breaks off before its end.")
    yield from [*whole, *filter(None, [rest])][given:]


def cut(reply: str) -> tuple[list[str], str]:
    """The sentences that are complete whatever follows, and the rest."""
    reply = _THOUGHT.sub("", reply)
    whole: list[str] = []
    *lines, last = reply.split("\n")
    for line in lines:
        whole += _of_line(line)
    found = _of_line(last)
    # Pointers may still follow the last sentence, or the one before an open bracket.
    keep = 2 if len(found) > 1 and _OPEN.match(found[-1]) else 1
    return whole + found[:-keep], " ".join(found[-keep:])


def _of_line(line: str) -> list[str]:
    line = _LATE.sub(_pointers_first, _MARKUP.sub("", line))
    masked = re.sub(_POINTERS, lambda m: "x" * len(m.group()), line)
    return [line[start:end] for start, end in sentence_spans(masked)]


def _pointers_first(match: re.Match[str]) -> str:
    return f" {match[2].strip()}{match[1]}"


def _chunks(
    model: BaseChatModel, messages: Sequence[BaseMessage], timeout: float
) -> Iterator[tuple[str, str]]:
    """Pieces of the reply with the reason that the model gives for its end, so far as known.

    A thread reads the model, since a provider's own time limit, where there is one, counts
    from piece to piece.
    """
    pieces: queue.Queue[Any] = queue.Queue()
    stop = threading.Event()
    run = contextvars.copy_context().run
    args = (_read, model, list(messages), pieces, stop)
    threading.Thread(target=run, args=args, daemon=True).start()
    ends = time.monotonic() + timeout
    reason = ""
    try:
        while True:
            piece = pieces.get(timeout=max(0.0, ends - time.monotonic()))
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise ModelError(_said(piece)) from piece
            reason = _reason(piece) or reason
            yield str(piece.text), reason
    except queue.Empty:
        raise ModelError(
            f"The model did not finish within {timeout:g} seconds; "
            "BOT_MODEL_TIMEOUT sets how long it may take."
        ) from None
    finally:
        stop.set()


def _read(
    model: BaseChatModel,
    messages: list[BaseMessage],
    pieces: queue.Queue[Any],
    stop: threading.Event,
) -> None:
    try:
        for piece in model.stream(messages):
            if stop.is_set():
                return
            pieces.put(piece)
        pieces.put(None)
    except Exception as error:  # handed over: raised again where the reply is read
        pieces.put(error)


def _reason(piece: Any) -> str:
    given = getattr(piece, "response_metadata", None) or {}
    keys = ("finish_reason", "stop_reason", "done_reason")
    return next((str(given[key]) for key in keys if given.get(key)), "")


def _said(error: Exception) -> str:
    """One line for a reader: what the provider said, shortened."""
    status = getattr(error, "status_code", None)
    if status == 429 or "ratelimit" in type(error).__name__.lower():
        return "The model refused the request: its rate limit is reached. Try again later."
    if status in (401, 403):
        return "The model refused the request: its key was not accepted. Check the provider's key."
    if status == 404:
        return "The provider knows no model of that name. Check BOT_MODEL."
    if "No generation chunks" in str(error):  # LangChain's words for a stream without pieces
        return _EMPTY
    first = (str(error).strip().splitlines() or [""])[0][:200]
    return f"The model failed: {type(error).__name__}{': ' + first if first else ''}"
