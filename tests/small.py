"""Libraries of a few articles that are written where a test needs them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot import Bot
from bot.settings import load_settings
from tests.conftest import build_library


def small_bot(folder: Path, *articles: tuple[str, date | None, str]) -> Bot:
    """A bot over articles given as title, day of publishing and text, kept in `folder`."""
    (folder / "articles").mkdir()
    for number, (title, published, text) in enumerate(articles):
        day = f"published: {published.isoformat()}\n" if published else ""
        front = f'---\ntitle: "{title}"\nsource: The Lens\n{day}---\n\n'
        (folder / "articles" / f"{number}.md").write_text(front + text, encoding="utf-8")
    return Bot(load_settings(library=build_library(folder / "articles", folder / "library")))
