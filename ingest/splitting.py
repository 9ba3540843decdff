"""Pure: an article's text -> passages of whole sentences, with offsets.

Where to cut is chosen for the whole article at once, as TeX breaks a paragraph into lines:
each way of cutting costs something, and the cheapest is taken. So no tiny rest is left over
at the end, paragraphs stay whole where they fit, and a heading stays with what it heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.records import Article, Span
from bot.sentences import sentence_spans

Cut = tuple[Span, ...]  # the sentences of one passage

# all-MiniLM reads 256 tokens, about 1,100 characters of news prose; the rest would be lost.
MAX = 1000
# Passages shorter than this say too little by themselves; a bit below MAX leaves the freedom
# to end at a paragraph's end (recall by `python -m benchmarks.retrieval`).
TARGET = 800
# The price of a cut, where 1 is that of a passage that is empty instead of TARGET long.
INSIDE_PARAGRAPH = 0.1
AFTER_HEADING = 3.0
# Raised when passages are cut in another way, so that the next ingest cuts all anew.
REVISION = 1

_HEADING_MAX = 120  # characters; a longer line without a full stop is no heading
_ENDS = re.compile(r"[.!?…:;,][”’\"')\]]*$")


def split(article: Article) -> list[Cut]:
    """The passages of an article as lists of sentence spans, in reading order.

    A passage runs from its first sentence to its last, is at most MAX characters long and
    holds no furniture. A sentence longer than MAX is cut at blanks.
    """
    cuts: list[Cut] = []
    for start, end in _prose(article):
        sentences = [
            piece
            for span in sentence_spans(article.text, start, end)
            for piece in _pieces(article.text, span)
        ]
        cuts += _cut(article.text, sentences)
    return cuts


def _prose(article: Article) -> Iterator[Span]:
    """The stretches of text between the furniture."""
    at = 0
    for start, end in sorted(article.furniture):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < len(article.text):
        yield at, len(article.text)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > MAX:
        blank = text.rfind(" ", start + MAX // 2, start + MAX + 1)
        stop = blank if blank > 0 else start + MAX
        yield start, stop
        start = stop + (blank > 0)
    if start < end:
        yield start, end


def _cut(text: str, sentences: Sequence[Span]) -> list[Cut]:
    """The cheapest way to cut, found by dynamic programming over the ends of passages."""
    prices = [_price_of_end(text, sentences, i) for i in range(len(sentences))]
    best: list[tuple[float, int]] = [(0.0, 0)]  # for the first n sentences: price, last cut
    for n in range(1, len(sentences) + 1):
        best.append(
            min(
                (best[first][0] + _price_of_length(length) + prices[n - 1], first)
                for first, length in _openings(sentences, n)
            )
        )
    cuts: list[Cut] = []
    n = len(sentences)
    while n:
        first = best[n][1]
        cuts.append(tuple(sentences[first:n]))
        n = first
    return cuts[::-1]


def _openings(sentences: Sequence[Span], n: int) -> Iterator[tuple[int, int]]:
    """Where a passage that ends with sentence `n - 1` may open, and its length then."""
    end = sentences[n - 1][1]
    for first in range(n - 1, -1, -1):
        length = end - sentences[first][0]
        if length > MAX and first < n - 1:
            return
        yield first, length


def _price_of_length(length: int) -> float:
    short = max(0, TARGET - length) / TARGET
    # The small sum for each passage keeps their number down where lengths cost nothing.
    return short * short + 0.05


def _price_of_end(text: str, sentences: Sequence[Span], i: int) -> float:
    if i == len(sentences) - 1:
        return 0.0
    start, end = sentences[i]
    if "\n" not in text[end : sentences[i + 1][0]]:
        return INSIDE_PARAGRAPH
    line = text.rfind("\n", 0, start) + 1
    alone = line == start and end - start <= _HEADING_MAX
    return AFTER_HEADING if alone and not _ENDS.search(text[start:end]) else 0.0
