"""Settings come from the environment and from overrides, and are checked."""

from pathlib import Path

import pytest

from bot.errors import SettingError
from bot.settings import load_settings


def test_defaults_need_no_environment() -> None:
    settings = load_settings()
    assert settings.library == Path(".library")
    assert settings.articles == Path("articles")
    assert settings.model == ""
    assert settings.embedding_model == "all-MiniLM-L6-v2"
    assert settings.server_port == 7860


def test_the_environment_is_read_and_overrides_stand_above_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_LIBRARY", "shelf")
    monkeypatch.setenv("BOT_MODEL", "openai:small")
    assert load_settings().library == Path("shelf")
    assert load_settings(library=Path("other"), model=None).library == Path("other")
    assert load_settings(model=None).model == "openai:small"


def test_a_dotenv_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from bot.settings import Settings

    (tmp_path / ".env").write_text("BOT_ARTICLES=clippings\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")
    assert load_settings().articles == Path("clippings")


def test_a_value_that_cannot_work_is_named_with_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_SERVER_PORT", "99999")
    with pytest.raises(SettingError, match=r"GRADIO_SERVER_PORT='99999'.*65535"):
        load_settings()
