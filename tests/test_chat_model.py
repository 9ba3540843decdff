"""A chat model is loaded by name, and what is missing is said with its remedy."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from bot.chat_model import load_chat_model
from bot.errors import ModelError
from bot.replies import sentences
from bot.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_a_missing_key_is_asked_for_by_its_name() -> None:
    with pytest.raises(ModelError, match=r"needs a key\. Set OPENAI_API_KEY in the environment"):
        load_chat_model(load_settings(model="openai:gpt-5-mini"))


@pytest.mark.skipif(
    importlib.util.find_spec("langchain_anthropic") is not None, reason="the package is there"
)
def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(ModelError, match="Install it with `pip install langchain-anthropic`"):
        load_chat_model(load_settings(model="anthropic:claude-sonnet-4-5"))


@pytest.mark.parametrize("name", ["nobody:nothing", "no-such-model"])
def test_a_name_without_a_known_provider_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(ModelError, match=f"BOT_MODEL='{name}' names no provider"):
        load_chat_model(load_settings(model=name))


def test_the_model_gets_our_time_limit_and_one_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    model = load_chat_model(load_settings(model="openai:gpt-5-mini", model_timeout=7))
    limits = model.model_dump(include={"request_timeout", "max_retries"})
    assert limits == {"request_timeout": 7.0, "max_retries": 1}


def test_a_key_in_the_env_file_reaches_the_provider(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("OPENAI_API_KEY=from-the-file\n")
    monkeypatch.setitem(Settings.model_config, "env_file", str(env_file))
    monkeypatch.setenv("OPENAI_API_KEY", "")  # so that the fixture's end takes it back
    monkeypatch.delenv("OPENAI_API_KEY")
    model = load_chat_model(load_settings(model="openai:gpt-5-mini"))
    assert "from-the-file" not in repr(model)
    assert model.model_dump()["openai_api_key"].get_secret_value() == "from-the-file"


def test_a_server_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    model = load_chat_model(load_settings(model="openai:any", model_timeout=20))
    with pytest.raises(ModelError, match=r"The model failed: \w+ConnectionError"):
        list(sentences(model, [HumanMessage("Hello")], 20))
