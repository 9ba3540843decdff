"""Sentences numbered for a model, as many as its context holds, and the way back from pointers.

A pointer `2.5` is sentence 5 of source 2. Sources are articles, in the order of their best
passage; sentences are numbered in the order in which they stand in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import prompts
from bot.language import content_stems
from bot.records import Hit, Passage, Span

Pointer = tuple[int, int]  # source, sentence; sentence 0 is the whole source
_LETTERS_A_TOKEN = 3  # English averages above four; names and figures come in shorter pieces
_GROUP = re.compile(r"[\[【](?P<square>[^\[\]【】]{1,80})[\]】]|\((?P<round>[^()]{1,80})\)")
_ALLOWED = re.compile(
    r"(?:\s|[,;&.:–-]|\d+|#|\b(?:sources?|sentences?|articles?|pointers?|and|to|see|s)\b)+", re.I
)
_PART = re.compile(
    r"(?P<a>\d+)[.:](?P<b>\d+)(?:\s*[–-]\s*(?:(?P<c>\d+)[.:])?(?P<d>\d+))?"
    r"|source\s*#?(?P<source>\d+)(?:\W+sentences?\s*#?(?P<sentence>\d+))?"
    r"|(?P<alone>\d+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The sentences that a model sees: pointer -> passage and span, and the lines as sent."""

    places: dict[Pointer, tuple[Passage, Span]]
    lines: tuple[str, ...]

    def of_source(self, source: int) -> list[Pointer]:
        return [pointer for pointer in self.places if pointer[0] == source]


def estimate_tokens(text: str) -> int:
    """An upper estimate of a text's tokens: three letters each, all else one a byte.

    Few tokenizers need more; `tests/test_small_model.py` compares it with a real one.
    """
    letters = sum(c.isascii() and (c.isalpha() or c == " ") for c in text)
    return -(-letters // _LETTERS_A_TOKEN) + len(text.encode()) - letters


def number(hits: Sequence[Hit], question: str, budget: int) -> Numbered:
    """As many sentences of the best hits as `budget` tokens hold, the best hits first.

    Of the hit that no longer fits whole, the sentences that share most with the question
    are kept. Returns no places at all when not even one sentence fits.
    """
    asked = set(content_stems(question))
    chosen: dict[str, dict[Span, Passage]] = {}
    for hit in hits:
        passage = hit.passage
        for span in _most_shared_first(passage, asked):
            article = passage.article.id or passage.id
            if span in chosen.get(article, {}):
                continue
            cost = _cost(passage, span, new=article not in chosen)
            if cost <= budget:
                chosen.setdefault(article, {})[span] = passage
                budget -= cost
    return _laid_out(list(chosen.values()))


def parse(text: str, numbered: Numbered) -> tuple[str, list[Pointer], list[str]]:
    """A sentence without its pointers, the pointers it holds, and those that point at nothing.

    Reads `[2.5]`, `[2.5, 2.6]`, `[2.5-2.7]`, `[Source 2, sentence 5]`, `[2]` and, where it
    names a sentence that exists, `(2.5)`.
    """
    found: list[Pointer] = []
    unknown: list[str] = []

    def take(match: re.Match[str]) -> str:
        inside = match["square"] or match["round"]
        if not _ALLOWED.fullmatch(inside) or not re.search(r"\d", inside):
            return match.group()
        pointers = list(_expand(inside, numbered))
        known = [p for p in pointers if p in numbered.places or _is_source(p, numbered)]
        if match["round"] and (not known or not re.search(r"\d[.:]\d|source", inside, re.I)):
            return match.group()  # "(2024)" is part of the sentence
        found.extend(known)
        unknown.extend(f"{s}.{n}" if n else str(s) for s, n in pointers if (s, n) not in known)
        return " "

    bare = _GROUP.sub(take, text)
    bare = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(bare.split()))
    return bare, list(dict.fromkeys(found)), unknown


def _expand(inside: str, numbered: Numbered) -> Iterator[Pointer]:
    last_source = 0
    for match in _PART.finditer(inside):
        if match["a"]:
            source, first = int(match["a"]), int(match["b"])
            last = int(match["d"] or first) if match["c"] in (None, match["a"]) else first
            yield from ((source, n) for n in range(first, min(max(first, last), first + 20) + 1))
            last_source = source
        elif match["source"]:
            yield int(match["source"]), int(match["sentence"] or 0)
        else:
            alone = int(match["alone"])
            within = (last_source, alone)
            yield within if within in numbered.places else (alone, 0)


def _is_source(pointer: Pointer, numbered: Numbered) -> bool:
    return pointer[1] == 0 and bool(numbered.of_source(pointer[0]))


def _most_shared_first(passage: Passage, asked: set[str]) -> list[Span]:
    return sorted(
        passage.sentences, key=lambda span: -len(asked & set(content_stems(passage.cut(span))))
    )


def _cost(passage: Passage, span: Span, *, new: bool) -> int:
    cost = estimate_tokens(prompts.sentence_line("99.99", passage.cut(span))) + 1
    return cost + (estimate_tokens(_heading(99, passage)) + 1 if new else 0)


def _laid_out(articles: Sequence[dict[Span, Passage]]) -> Numbered:
    places: dict[Pointer, tuple[Passage, Span]] = {}
    lines: list[str] = []
    for source, spans in enumerate(articles, 1):
        ordered = sorted(spans.items(), key=lambda item: item[0])
        lines.append(_heading(source, ordered[0][1]))
        for n, (span, passage) in enumerate(ordered, 1):
            places[source, n] = (passage, span)
            lines.append(prompts.sentence_line(f"{source}.{n}", passage.cut(span)))
    return Numbered(places, tuple(lines))


def _heading(source: int, passage: Passage) -> str:
    article = passage.article
    return prompts.source_line(source, article.title, article.source, article.published)
