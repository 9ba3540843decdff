"""Whether a page is an article at all: home, search, tag and author pages are not.

In this order, because the first signs are rarely wrong and the last one is an estimate: the
form of the URL, what the software writes on <body>, JSON-LD, og:type, and how much of the
text is links. `pytest tests/test_pages.py -k real` counts the articles refused wrongly: none
of 181.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from ingest.links import canonical

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Segments of a path under which lists stand, in the languages of many sites.
_LISTS = frozenset(
    "tag tags category categories topic topics author authors archive archives section sections "
    "etiqueta etiquetas categoria categorias kategorie kategorien rubrik schlagwort schlagworte "
    "autor autoren autores auteur auteurs categorie rubrique contributor contributors".split()
)
_SEARCHES = frozenset("search suche buscar busca recherche ricerca cerca zoeken".split())
_QUERIES = frozenset("q s query search".split())
_SERVICES = frozenset(
    "login signin signup register subscribe account contact contact-us privacy privacy-policy "
    "terms terms-of-service terms-of-use cookie-policy imprint impressum sitemap".split()
)
_HOME = re.compile(
    r"/?([a-z]{2}([-_][a-z]{2})?/?)?((index|home|default)(\.\w{2,5})?/?)?", re.IGNORECASE
)
_DAYS = re.compile(r"/\d{4}(/\d{1,2}){0,2}/?")
_NUMBERED = re.compile(r"/page/\d+/?$")
# The name of a list is short: more words, or a long number, are an article's.
_NAME = re.compile(r"(?!.*\d{5})[^-_]+([-_][^-_]+){0,3}")

# WordPress, the software of two sites in five, writes on <body> what a page is.
_BODY_ARTICLES = frozenset(("single", "single-post"))
_BODY_LISTS = (  # all classes of a set have to be there
    {"home", "blog"},
    {"search", "search-results"},
    {"archive", "category"},
    {"archive", "tag"},
    {"archive", "author"},
    {"archive", "date"},
)
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage"))
_OTHER_ARTICLES = frozenset("BlogPosting LiveBlogPosting Report Review ClaimReview Recipe".split())

# Text in blocks of at least _BLOCK characters under one parent is an article's body; the
# teasers of a list have a parent each. A page is refused when both numbers speak against it.
# Of the 181 articles 1 in 9 has more links than that, and 3 less body, and none has both.
_BLOCK = 60  # characters
_BODY = 300  # characters
_LINK_SHARE = 0.5  # of all characters on the page
_INLINE = frozenset("a abbr b br cite em font i mark q small span strong sub sup time u".split())
_UNSEEN = frozenset("script style noscript template select option button textarea".split())


def not_an_article(url: str, html: bytes | str = b"") -> str | None:
    """Why the page at `url` is no article, as the end of a sentence; None if it may be one.

    Without `html` only the form of the URL is looked at.
    """
    reason = _by_url(url)
    tree = _parsed(html) if html and not reason else None
    if tree is None or tree.body is None:
        return reason
    classes = set((tree.body.get("class") or "").lower().split())
    types = _types(tree)
    kind = str(tree.xpath("string(//meta[@property='og:type']/@content)")).lower()
    said = _said(classes, types, kind)
    if said:
        return f"its own markup says that it is {said}"
    if kind == "article" or classes & _BODY_ARTICLES or any(map(_is_article, types)):
        return None
    return _by_text(tree)


def _said(classes: set[str], types: set[str], kind: str) -> str:
    """What the page says it is (by <body>, JSON-LD or og:type) if that is no article, or ""."""
    for listing in _BODY_LISTS:
        if listing <= classes and not classes & _BODY_ARTICLES:
            return f"a list of articles ({' '.join(sorted(listing))})"
    if types & _LIST_TYPES:
        return f"a {min(types & _LIST_TYPES)}"
    return "a profile" if kind == "profile" else ""


def _by_url(url: str) -> str | None:
    if not url:
        return None
    parts = urlsplit(canonical(url))
    path, query = parts.path.lower(), dict(parse_qsl(parts.query))
    segments = [segment for segment in path.split("/") if segment]
    kind = ""
    if _SEARCHES & set(segments) or (_HOME.fullmatch(path) and _QUERIES & query.keys()):
        kind = "a search"
    elif _HOME.fullmatch(path) and not query:
        kind = "a home page"
    elif _DAYS.fullmatch(path) or _NUMBERED.search(path):
        kind = "an archive"
    elif len(segments) == 1 and segments[0] in _SERVICES:
        kind = "a page about the site"
    for at, segment in enumerate(segments):
        below = segments[at + 1 :]
        if segment in _LISTS and len(below) <= 2 and all(map(_NAME.fullmatch, below)):
            kind = kind or f"a list (/{segment}/)"
    return f"its address is that of {kind}" if kind else None


def _parsed(html: bytes | str) -> HtmlElement | None:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    data = html.encode("utf-8", "replace") if isinstance(html, str) else html
    try:
        return document_fromstring(data, parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def _is_article(kind: str) -> bool:
    return kind.endswith("Article") or kind in _OTHER_ARTICLES


def _types(tree: HtmlElement) -> set[str]:
    """The types of the things that the page's JSON-LD is about (not of what these contain)."""
    found: set[str] = set()
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            about = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(about):
            kinds = node.get("@type")
            found.update(map(str, kinds if isinstance(kinds, list) else [kinds]))
    return found


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (node for node in value if isinstance(node, dict))
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _nodes(value.get(key))


def _by_text(tree: HtmlElement) -> str | None:
    """An estimate for a page that says nothing of itself: mostly links, and no body."""
    linked, total = 0, 0
    blocks: Counter[HtmlElement] = Counter()
    for element, size, in_link in _texts(tree):
        total += size
        linked += size * in_link
        if not in_link:
            blocks[_block(element)] += size
    bodies: Counter[HtmlElement | None] = Counter()
    for block, size in blocks.items():
        if size >= _BLOCK:
            bodies[block.getparent() if block.tag == "p" else block] += size
    body = max(bodies.values(), default=0)
    if total and body < _BODY and linked >= _LINK_SHARE * total:
        share = 100 * linked // total
        return f"{share} % of its text are links, and no part of it reads like an article"
    return None


def _texts(tree: HtmlElement) -> Iterator[tuple[HtmlElement, int, bool]]:
    """Each run of visible text: the element it stands in, its length, and whether in a link."""
    from lxml import etree

    links, unseen = 0, 0
    for event, node in etree.iterwalk(tree.body, events=("start", "end")):
        step = 1 if event == "start" else -1
        links += step * (node.tag == "a")
        unseen += step * (node.tag in _UNSEEN)
        owner, text = (node, node.text) if event == "start" else (node.getparent(), node.tail)
        size = len(" ".join((text or "").split()))
        if size and not unseen and owner is not None and isinstance(owner.tag, str):
            yield owner, size, links > 0


def _block(element: HtmlElement) -> HtmlElement:
    while element.tag in _INLINE and element.getparent() is not None:
        element = element.getparent()
    return element
