"""Pure: what a library holds -> the head of the page and what an empty chat says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from markupsafe import Markup

from bot import Summary
from ui.markup import count, day, shown

TITLE = "Ask the articles"


def masthead(summary: Summary | None, trouble: str = "") -> str:
    """The title of the page, and one line on what can be asked about."""
    line = Markup('<p class="trouble" role="alert">{}</p>').format(shown(trouble))
    if not trouble:
        line = Markup('<p class="holdings">{}</p>').format(_holdings(summary) if summary else "")
    return Markup(
        '<header><h1>{}</h1>{}<button type="button" class="scripts">'
        "Use from a script</button></header>"
    ).format(TITLE, line)


def invitation(summary: Summary | None, articles: Path) -> str:
    """What stands in the chat before the first question."""
    if summary:
        return Markup(
            '<div class="invitation"><p>Every sentence of an answer can be checked: '
            "choose its number to read it in the article.</p></div>"
        )
    folder = str(articles)
    return Markup(
        '<div class="invitation"><h2>There are no articles yet</h2>'
        "<p>Put some (.txt, .md, .html, .pdf, …) into the folder <code>{}</code>, then run</p>"
        "<p><code>python -m ingest {}</code></p>"
        "<p>and ask. There is no need to restart.</p></div>"
    ).format(shown(folder), shown(f'"{folder}"' if " " in folder else folder))


def _holdings(summary: Summary) -> str:
    parts = [count(summary.articles, "article")]
    if summary.sources:
        parts.append(f"from {count(len(summary.sources), 'source')}")
    if summary.oldest and summary.newest:
        parts.append(_days(summary.oldest, summary.newest))
    if summary.undated:
        parts.append(f"{summary.undated:,} undated")
    return ", ".join(parts)


def _days(oldest: date, newest: date) -> str:
    return day(newest) if oldest == newest else f"{day(oldest)} to {day(newest)}"
