"""Pure: an article and the quotes taken from it -> the panel beside the chat.

The whole text is shown, paragraph by paragraph, each quote marked where it stands and the
chosen one marked stronger. Markup is escaped where it is made; `nh3` is a second wall, since
no sanitiser stands between this panel and the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import nh3
from markupsafe import Markup

from bot.records import Article, Citation, Span
from ui.markup import count, marker, shown, time, web_address

REMOVED = "Removed since: this is the text that was quoted, and the library holds it no longer."
CHANGED = "Changed since: this is the text that was quoted, and a newer one is in the library. "
STILL, NO_LONGER = "It still holds these words.", "It no longer holds these words."
_ALLOWED = {
    "article": {"class", "aria-labelledby"},
    "button": {"class", "type", "value", "title", "aria-label"},
    "h2": {"id", "tabindex"},
    "mark": {"class", "id"},
    "time": {"datetime"},
    "a": {"href", "target"},
    **{tag: {"class"} for tag in ("header", "div", "p", "span", "bdi")},
}


def source_panel(
    article: Article,
    chosen: Citation,
    quotes: Sequence[tuple[str, Citation]] = (),
    since: str = "",
) -> str:
    """The panel for `chosen`; `quotes` are all citations of this article, each with its key.

    `since` says what has become of the article after it was quoted, "" where nothing has.
    """
    html = Markup('<article class="source" aria-labelledby="source-title">{}{}</article>').format(
        _header(article, chosen, quotes, since), _body(article, chosen, quotes)
    )
    return _walled(html)


def since_quoted(chosen: Citation, newest: Article, live: bool) -> str:
    """What has become of the article that was quoted, or "" where it stands as it did."""
    if not live:
        return REMOVED
    if not chosen.version or newest.version == chosen.version:
        return ""
    return CHANGED + (STILL if chosen.quote in newest.text else NO_LONGER)


def empty_panel(sentence: str = "Choose a number in an answer to read its source here.") -> str:
    """What stands in the panel while no source is open."""
    return _walled(Markup('<p class="no-source">{}</p>').format(shown(sentence)))


def _walled(html: Markup) -> str:
    return nh3.clean(
        html,
        tags=set(_ALLOWED),
        attributes=_ALLOWED,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )


def _header(
    article: Article, chosen: Citation, quotes: Sequence[tuple[str, Citation]], since: str
) -> Markup:
    """What stays in sight (title, source, day) and, below it, what scrolls away."""
    remarks = [*_remarks(article, chosen, since), *_others(chosen, quotes)]
    return Markup(
        '<header><p class="kicker">Source {}'
        '<button type="button" class="close" aria-label="Close the source">Close</button></p>'
        '<h2 id="source-title" tabindex="-1">{}</h2>{}</header><div class="remarks">{}</div>'
    ).format(
        chosen.number or "",
        shown(article.title or chosen.title),
        _byline(article, chosen),
        Markup().join(Markup('<p class="remark">{}</p>').format(r) for r in remarks),
    )


def _byline(article: Article, chosen: Citation) -> Markup:
    names = [
        Markup("<bdi>{}</bdi>").format(shown(n)) for n in (article.source, article.author) if n
    ]
    when = time(chosen.published)
    if chosen.published:
        when += Markup(' <span class="known">(date from {})</span>').format(
            shown(chosen.published_from)
        )
    return Markup('<p class="byline">{}</p>').format(Markup(" · ").join([*names, when]))


def _remarks(article: Article, chosen: Citation, since: str) -> Iterator[Markup | str]:
    if since:
        yield Markup('<span class="changed">{}</span>').format(since)
    if article.updated and article.updated != article.published:
        yield Markup("Updated {}").format(time(article.updated))
    if chosen.copies:
        yield f"The same story stands in {count(chosen.copies, 'other article')}."
    if address := web_address(article.url or chosen.url):
        yield Markup('<a href="{}" target="_blank">Read it at {}</a>').format(
            address, urlsplit(address).hostname
        )


def _others(chosen: Citation, quotes: Sequence[tuple[str, Citation]]) -> Iterator[Markup]:
    """The other quotes from the same article, each a button that moves the highlight."""
    if len(quotes) > 1:
        here = Markup('<span class="here">{}</span>').format(chosen.number)
        buttons = [here if c == chosen else marker(c, key) for key, c in quotes]
        yield Markup("Quoted here: {}").format(Markup(" ").join(buttons))


def _body(article: Article, chosen: Citation, quotes: Sequence[tuple[str, Citation]]) -> Markup:
    marked = [(c.start, c.end) for _, c in quotes] + [(chosen.start, chosen.end)]
    paragraphs = []
    start = 0
    for line in article.text.split("\n"):
        span = (start, start + len(line))
        start = span[1] + 1
        repeats_title = span[0] == 0 and line.strip() == article.title.strip()
        if line.strip() and not (repeats_title and not _touches(span, marked)):
            paragraphs.append(_paragraph(article, span, (chosen.start, chosen.end), marked))
    return Markup('<div class="body">{}</div>').format(Markup().join(paragraphs))


def _paragraph(article: Article, span: Span, chosen: Span, marked: Sequence[Span]) -> Markup:
    """One line of the text, cut wherever a quote begins or ends."""
    cuts = {edge for mark in marked for edge in mark if span[0] < edge < span[1]}
    pieces = [
        _piece(article.text, piece, chosen, marked) for piece in pairwise(sorted({*span, *cuts}))
    ]
    dimmed = any(start <= span[0] and span[1] <= end for start, end in article.furniture)
    words = Markup().join(pieces)
    if dimmed:
        return Markup('<p class="furniture"><bdi>{}</bdi></p>').format(words)
    return Markup("<p><bdi>{}</bdi></p>").format(words)


def _piece(text: str, piece: Span, chosen: Span, marked: Sequence[Span]) -> Markup | str:
    words = shown(text[piece[0] : piece[1]])
    if _touches(piece, [chosen]):
        first = Markup(' id="chosen-quote"') if piece[0] == chosen[0] else ""
        return Markup('<mark class="chosen"{}>{}</mark>').format(first, words)
    return Markup("<mark>{}</mark>").format(words) if _touches(piece, marked) else words


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
