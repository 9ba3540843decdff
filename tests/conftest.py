"""Fixtures that many tests share; all are lazy, so a test pays only for what it asks for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def own_settings() -> Iterator[None]:
    """The tests see the default settings, whatever the developer's own shell or .env holds."""
    from bot.settings import Settings

    aliases = {field.alias for field in Settings.model_fields.values() if field.alias}
    # The cache holds nothing but the exported model, which takes half a minute to make again.
    aliases -= {"BOT_CACHE"}
    kept = {name: os.environ.pop(name) for name in aliases if name in os.environ}
    env_file = Settings.model_config.get("env_file")
    Settings.model_config["env_file"] = None
    yield
    Settings.model_config["env_file"] = env_file
    os.environ.update(kept)


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library built once from the sample articles; never write to it."""
    return build_library(ROOT / "articles", tmp_path_factory.mktemp("sample") / "library")


@pytest.fixture(scope="session")
def shared_articles_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library built once from the two real articles; never write to it."""
    articles = SHARED / "articles"
    if not articles.is_dir():
        pytest.skip("needs the two real articles in ../shared/articles")
    return build_library(articles, tmp_path_factory.mktemp("shared") / "library")


@pytest.fixture(scope="session")
def eval_folder() -> Path:
    """The evaluation data, which is not part of the project."""
    folder = SHARED / "eval"
    if not folder.is_dir():
        pytest.skip("needs the evaluation data in ../shared/eval")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium, for the tests of the chat's page."""
    from tests.browser import chromium

    with chromium() as found:
        yield found


def build_library(articles: Path, folder: Path) -> Path:
    """Ingest `articles` into a new library at `folder`; nothing may fail."""
    from ingest import ingest

    report = ingest(articles, library=folder)
    assert not report.failed, report.failed
    return folder
