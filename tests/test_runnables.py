"""LangChain's interfaces over a real library."""

from datetime import date
from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from bot import ArticleRetriever, Bot, as_runnable
from bot.settings import load_settings


@pytest.fixture(scope="module")
def bot(sample_library: Path) -> Bot:
    return Bot(load_settings(library=sample_library))


def test_the_retriever_gives_documents_that_say_where_they_stand(bot: Bot) -> None:
    retriever = ArticleRetriever(bot=bot, k=4)
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke("Who makes the lenses of Vivo's phones?")
    assert len(documents) == 4
    for document in documents:
        text = bot.article(document.metadata["article"]).text
        start, end = document.metadata["start"], document.metadata["end"]
        assert text[start:end] == document.page_content
    assert "Zeiss" in documents[0].page_content


def test_the_retriever_obeys_filters(bot: Bot) -> None:
    early = ArticleRetriever(bot=bot, filters={"as_of": date(2021, 12, 31)})
    days = [d.metadata["published"] for d in early.invoke("phones with Leica cameras")]
    assert days
    assert all(day <= "2021-12-31" for day in days)


def test_the_bot_is_a_runnable_that_chains_and_streams(bot: Bot) -> None:
    runnable = as_runnable(bot)
    assert isinstance(runnable, Runnable)
    question = "Which Xiaomi phones were made with Leica?"
    assert runnable.invoke(question) == bot.answer(question)
    chain = runnable | RunnableLambda(lambda answer: len(answer.statements))
    assert chain.invoke({"question": question, "as_of": date(2022, 12, 31)}) >= 1
    assert list(runnable.stream(question))[-1] == bot.answer(question)
