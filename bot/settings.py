"""The only reader of the environment: `Settings()` holds every knob, typed and checked.

Values come from the environment, then from a `.env` file in the working folder, then from
the defaults below. Nothing here knows what the other modules do with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingError

DEFAULT_EMBEDDING = "all-MiniLM-L6-v2"


class Settings(BaseSettings):
    """Each field is one setting; its alias is the name in the environment."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", populate_by_name=True, frozen=True
    )

    library: Path = Field(Path(".library"), alias="BOT_LIBRARY")
    articles: Path = Field(Path("articles"), alias="BOT_ARTICLES")
    cache: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("ask-the-articles"), alias="BOT_CACHE"
    )
    model: str = Field("", alias="BOT_MODEL")
    model_timeout: float = Field(60.0, alias="BOT_MODEL_TIMEOUT", gt=0)  # seconds
    model_context: int = Field(8192, alias="BOT_MODEL_CONTEXT", ge=512)  # tokens
    embedding_model: str = Field(DEFAULT_EMBEDDING, alias="BOT_EMBEDDING_MODEL", min_length=1)
    reranker_model: str = Field("", alias="BOT_RERANKER_MODEL")
    allow_private: bool = Field(False, alias="BOT_ALLOW_PRIVATE_ADDRESSES")
    server_name: str = Field("127.0.0.1", alias="GRADIO_SERVER_NAME")
    server_port: int = Field(7860, alias="GRADIO_SERVER_PORT", ge=0, le=65535)
    chroma_host: str = Field("", alias="CHROMA_HOST")
    chroma_port: int = Field(8000, alias="CHROMA_PORT", ge=1, le=65535)


def load_settings(**overrides: Any) -> Settings:
    """The settings, with every override that is not None put over the environment.

    Raises SettingError naming the variable, its value and the rule it breaks.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingError(
            f"{name}={first['input']!r} cannot be used: {first['msg']}. "
            f"Change {name} in the environment or in .env."
        ) from None


def export_env_file() -> None:
    """Put what `.env` holds beside our own settings (`OPENAI_API_KEY`) where providers look.

    What the environment already holds stays as it is.
    """
    from dotenv import load_dotenv

    if env_file := Settings.model_config.get("env_file"):
        load_dotenv(str(env_file), override=False)
