"""What a web page says about itself in its markup: JSON-LD, meta tags, microdata, times.

A `Page` is parsed once; the functions below look things up in it and decide nothing
about which of several statements is right: `dating` and the readers do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.errors import ReadError

ARTICLE_TYPES = frozenset(
    "article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle "
    "reviewnewsarticle backgroundnewsarticle advertisercontentarticle liveblogposting report "
    "socialmediaposting techarticle scholarlyarticle medicalscholarlyarticle review recipe "
    "pressrelease satiricalarticle".split()
)
# Said of the page when no article is described in it.
PAGE_TYPES = frozenset("webpage itempage medicalwebpage creativework".split())
# Where a page speaks of other things than its own article.
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|widget|footer|trending|popular|most-?read|latest|promo|"
    r"teaser|more-?(?:from|news|stories)|event|upcoming|card|newsletter|copyright|archive|disqus|"
    r"carousel|reply|replies|suggest|read-?next|up-?next|river|listing",
    re.I,
)
_ASIDE_TAGS = frozenset(("aside", "footer", "nav", "form", "iframe"))


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its tree, its JSON-LD objects and its meta tags by lower-case name."""

    tree: Any
    objects: tuple[dict[str, Any], ...]
    meta: dict[str, str]
    types: frozenset[str]

    @property
    def language(self) -> str:
        return (self.tree.get("lang") or "").lower()

    @property
    def day_first(self) -> bool | None:
        """How the page's language writes 05/10/2018; None where both ways are in use."""
        if self.language.startswith("en"):
            return {"en-us": False, "en-gb": True, "en-au": True, "en-in": True, "en-ie": True}.get(
                self.language.replace("_", "-")
            )
        return True if self.language else None


def parse_page(html: str) -> Page:
    """The page of `html`; raises ReadError when there is no element in it."""
    from lxml import html as lxml_html
    from lxml.etree import LxmlError

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError) as error:
        raise ReadError(f"not readable as HTML ({error})") from None
    known = list(_json_ld(tree))
    types = frozenset(kind for item in known for kind in _types(item))
    return Page(tree, tuple(known), _meta(tree), types)


def articles(page: Page) -> list[dict[str, Any]]:
    """The JSON-LD objects that describe this page's article, best first.

    An article object comes before one of the page as such; of several articles only those
    count that carry the page's headline or address, for the others are its neighbours.
    """
    own = [item for item in page.objects if _types(item) & ARTICLE_TYPES]
    if len(own) > 1:
        heading = words(page.meta.get("og:title", "")) or words(first_text(page, "//h1"))
        named = [
            item for item in own if heading and words(text_of(item.get("headline"))) == heading
        ]
        own = named or own[:1]
    return own + [item for item in page.objects if _types(item) & PAGE_TYPES]


def first_text(page: Page, path: str) -> str:
    """The text of the first element at XPath `path` that has any, on one line."""
    for element in page.tree.xpath(path):
        if text := " ".join(element.text_content().split()):
            return text
    return ""


def text_of(value: Any) -> str:
    """The text of a JSON-LD value: a string, a name, or the first of a list."""
    if isinstance(value, list):
        return next((text for item in value if (text := _name(item))), "")
    return _name(value)


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
        value = value[0] if isinstance(value, list) and value else value
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def own_elements(page: Page, path: str) -> Iterator[Any]:
    """The elements at `path` that speak of the article, not of comments or other stories."""
    for element in page.tree.xpath(path):
        if not any(_is_elsewhere(node) for node in (element, *element.iterancestors())):
            yield element


def _is_elsewhere(node: Any) -> bool:
    if node.tag in ("body", "html", "main"):
        return False
    if node.tag in _ASIDE_TAGS:
        return True
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    # An "article" element may be called a card and still be the story itself.
    return node.tag != "article" and bool(_ELSEWHERE.search(names))


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath('//script[contains(@type,"ld+json")]'):
        yield from _top(_loads(script.text_content()))


def _loads(text: str) -> Any:
    cleaned = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://)?\s*\]\]>)\s*$", "", text
    )
    try:
        # The first value is taken and what trails it is left: pages often add a semicolon.
        return json.JSONDecoder(strict=False).raw_decode(cleaned.strip())[0]
    except (ValueError, RecursionError):
        return None


def _top(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects that describe the page itself: lists, graphs and main entities only."""
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _top(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), list | dict):
                yield from _top(value[key], depth + 1)


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return {str(one).rsplit("/", 1)[-1].lower() for one in kinds if one}


def _meta(tree: Any) -> dict[str, str]:
    """Meta tags by name, property or itemprop; the first of a name holds."""
    found: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        content = " ".join(element.get("content").split())
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.strip().lower(), content)
    return found


def words(text: str) -> str:
    """The words of `text` in lower case, a blank between them: how headlines are compared."""
    return " ".join(re.findall(r"\w+", text.lower()))
