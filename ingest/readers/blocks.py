"""A piece of HTML that is all text (a chapter, a mail, a field) -> one block a line.

Rows of tables become cells between " | ", list items open with a bullet. Nothing is judged
here: finding the article in a whole page is done in `page`.
"""

from __future__ import annotations

from typing import Any

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre "
    "section summary table tbody tfoot thead tr ul".split()
)
_SILENT = frozenset("script style noscript template head svg math iframe button select".split())
_CELLS = frozenset(("td", "th"))
_HEADINGS = ("h1", "h2", "h3")


def fragment_text(html: str) -> str:
    """The text of `html`; "" when it has none."""
    tree = _parse(html)
    return "" if tree is None else element_text(tree)


def first_heading(html: str) -> str:
    """The text of the first heading, h1 before h2 before h3; "" when there is none."""
    tree = _parse(html)
    for tag in _HEADINGS if tree is not None else ():
        for element in tree.iter(tag):
            if text := " ".join(element.text_content().split()):
                return text
    return ""


def element_text(tree: Any) -> str:
    """The text under an lxml element, each block on a line of its own."""
    from lxml import etree

    walk = _Walk()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if event == "start":
            walk.open(tag, element)
        else:
            walk.close(tag, element.tail if element is not tree else "")
    lines = (line.strip() for line in "".join(walk.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Walk:
    """What is written so far, and inside how many silent, cell and preformatted elements."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.inside = {"silent": 0, "cell": 0, "pre": 0}

    def open(self, tag: str, element: Any) -> None:
        if tag in _CELLS and element.getprevious() is not None:
            self._write(" | ")
        elif tag in _BLOCKS:
            self._write("\n• " if tag == "li" and not self.inside["cell"] else self._break())
        self._count(tag, 1)
        self._text(element.text)

    def close(self, tag: str, tail: str | None) -> None:
        self._count(tag, -1)
        if tag in _BLOCKS:
            self._write(self._break())
        self._text(tail)

    def _break(self) -> str:
        # A cell stays on its row's line, whatever blocks it is made of.
        return " " if self.inside["cell"] else "\n"

    def _count(self, tag: str, step: int) -> None:
        self.inside["silent"] += step * (tag in _SILENT)
        self.inside["cell"] += step * (tag in _CELLS)
        self.inside["pre"] += step * (tag == "pre")

    def _write(self, text: str) -> None:
        if not self.inside["silent"]:
            self.parts.append(text)

    def _text(self, text: str | None) -> None:
        # Line breaks of the source mean nothing, except in preformatted text.
        flat = not self.inside["pre"] or self.inside["cell"]
        self._write((text or "").replace("\n", " ") if flat else text or "")


def _parse(html: str) -> Any:
    from lxml import html as lxml_html
    from lxml.etree import LxmlError

    if not html.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return None
