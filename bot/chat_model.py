"""A chat model from its name, through LangChain; what is missing is said in one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.errors import ModelError
from bot.settings import Settings, export_env_file

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# One retry mends a dropped connection; more would only make a failing model slow.
RETRIES = 1
_PACKAGE = re.compile(r"pip install ([\w-]+)")
_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_CREDENTIALS = re.compile(r"credential|api[_ ]?key|token|authenticat", re.IGNORECASE)


def load_chat_model(settings: Settings) -> BaseChatModel:
    """The model that `BOT_MODEL` names, such as `openai:gpt-5-mini`; nothing is sent to it yet.

    Raises ModelError saying what to install or to set.
    """
    from langchain.chat_models import init_chat_model

    name = settings.model.strip()
    export_env_file()
    try:
        model = init_chat_model(name)
        limited: BaseChatModel = init_chat_model(name, **_limits(model, settings.model_timeout))
    except ImportError as error:
        raise ModelError(_to_install(name, error)) from error
    except Exception as error:  # each provider raises errors of its own for a missing key
        raise ModelError(_to_set(name, error)) from error
    return limited


def _limits(model: BaseChatModel, timeout: float) -> dict[str, Any]:
    """The limits that this provider's class has a field for; others reject unknown ones."""
    known = set(type(model).model_fields)
    known |= {field.alias for field in type(model).model_fields.values() if field.alias}
    wanted = {"timeout": timeout, "max_retries": RETRIES}
    return {key: value for key, value in wanted.items() if key in known}


def _to_install(name: str, error: ImportError) -> str:
    package = _PACKAGE.search(str(error))
    if package is None:
        return f"BOT_MODEL={name!r} needs a package that is not installed: {error}."
    return (
        f"BOT_MODEL={name!r} needs the package {package[1]}. "
        f"Install it with `pip install {package[1]}`, or set BOT_MODEL to another model."
    )


def _to_set(name: str, error: Exception) -> str:
    said = str(error)
    keys = [key for key in _VARIABLE.findall(said) if key.endswith("_KEY")]
    if _CREDENTIALS.search(said) and keys:
        server = (
            "; a server of your own, named by OPENAI_BASE_URL, takes any value"
            if (keys[0] == "OPENAI_API_KEY")
            else ""
        )
        return f"BOT_MODEL={name!r} needs a key. Set {keys[0]} in the environment or .env{server}."
    if "infer model provider" in said or "Unsupported provider" in said:
        return (
            f"BOT_MODEL={name!r} names no provider that LangChain knows. Write provider:model, "
            "such as openai:gpt-5-mini or ollama:qwen3, or leave BOT_MODEL empty."
        )
    first = said.strip().splitlines()[0] if said.strip() else type(error).__name__
    return f"BOT_MODEL={name!r} could not be loaded: {first} Check its name and settings."
