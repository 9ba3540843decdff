"""The whole path with a real model that makes things up: SmolLM2-135M, served on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

from benchmarks.small_model import CONTEXT, NAME, SmallModelMissing, served
from bot.briefing import Options, brief
from bot.chat_model import load_chat_model
from bot.errors import ModelError
from bot.pointers import estimate_tokens
from bot.settings import load_settings
from bot.writing import Draft, write
from tests.conftest import ROOT
from tests.test_writing import LEICA, QUESTION, RUMOUR, hit


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    try:
        with served() as found:
            yield found
    except SmallModelMissing as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("question", [QUESTION, "When did the moon turn into cheese?"])
def test_whatever_it_writes_is_quoted_exactly_or_given_up(address: str, question: str) -> None:
    model = load_chat_model(load_settings(model=NAME))
    hits = [hit(LEICA), hit(RUMOUR, "a2")]
    texts = {"a1": LEICA, "a2": RUMOUR}
    draft = Draft()
    with suppress(ModelError):  # it may write nothing that stands up, or be cut off
        for draft in write(question, hits, model, Options(context_tokens=CONTEXT, timeout=300)):
            for citation in draft.citations:
                quoted = texts[citation.article_id][citation.start : citation.end]
                assert quoted == citation.quote
    numbers = {citation.number for citation in draft.citations}
    assert all(s.citations and numbers.issuperset(s.citations) for s in draft.statements)


def test_no_text_takes_more_tokens_than_estimated(address: str) -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "articles").glob("*.md"))]
    assert texts
    for text in [*texts, "Prices: $1,000–1,500 (2024-02-28)…", "ライカとシャオミ", "Ünïcödé"]:
        assert _tokens(address, text) <= estimate_tokens(text)


def test_the_prompt_as_the_server_counts_it_leaves_room_for_the_reply(address: str) -> None:
    hits = [hit(LEICA * 6, f"a{n}") for n in range(9)]
    messages, _ = brief(QUESTION, hits, Options(context_tokens=CONTEXT))
    assert sum(_tokens(address, str(m.content)) for m in messages) < CONTEXT * 3 // 4


def _tokens(address: str, text: str) -> int:
    reply = httpx.post(f"{address}/tokenize", json={"content": text}, timeout=60)
    return len(reply.json()["tokens"])
