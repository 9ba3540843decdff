"""Who makes the products that a list asks for, where the question names no maker.

"Which phones were made with Hasselblad?" asks for products of whoever makes phones. A maker is
a name that stands alone in the texts ("OnePlus says"), stands by the noun ("phones by OnePlus")
and either begins a model's name ("OnePlus 9") or shows one ("Huawei presented the P9").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.items import ItemFinder, is_used
from bot.language import is_model_word, name_spans, stem, stems, words
from bot.sentences import sentence_spans
from bot.wanted import Wanted

# "Huawei presented the P9": up to three words between a maker and what it shows. "Huawei and
# Leica began with the P9" does not tell which of the two makes it.
_SHOWS = re.compile(
    r"(?<!and )\b(?P<maker>[A-Z]\w+)\s+(?:(?!with|from|on|for|of|than|by)[a-z]+\s+){1,3}"
    r"(?:(?:the|its)\s+(?:[a-z]+\s+)?(?:[A-Z]\w+\s+)?[A-Z]*\d|(?:[a-z\d]+\s+){0,3}[A-Z]\d)\w*\b"
)
# "the Xperia", "its first Xperia": so lines of products are called, and makers are not.
_CALLED = re.compile(r"\b(?:the|its|their|an?|first|new|own|last)\s+$", re.I)
PLACE = 0.3  # share of a name's occurrences after "in" from which it is a place


class ProductFinder:
    """Finds products of every maker in the texts; used like an `ItemFinder`."""

    def __init__(self, wanted: Wanted, texts: Iterable[str]) -> None:
        texts = list(texts)
        self.wanted = wanted
        makers = makers_of(texts, wanted.noun)
        rivals = makers_of(texts)
        asked = {word for name in wanted.anchors for word in words(name)}
        self._named = ItemFinder(wanted, texts)
        self._by_maker = {
            maker: ItemFinder(replace(wanted, maker=maker), texts, rivals - {maker})
            for maker in sorted(makers & asked or makers)
        }

    def items(self, sentence: str, around: str = "") -> list[str]:
        """The products in a sentence, each with its maker; `around` is what stands before it."""
        found = self._named.items(sentence)
        here = {word for _, name in name_spans(f"{around} {sentence}") for word in words(name)}
        for maker, finder in self._by_maker.items():
            if maker in here:
                for item in finder.items(sentence, around):
                    found.append(item if item.startswith(maker) else f"{maker} {item}")
        whole = {item for item in found if item.split(" ")[0] in self._by_maker}
        return [
            item
            for item in dict.fromkeys(found)
            if item in whole or not any(other.endswith(f" {item}") for other in whole)
        ]

    def key(self, item: str) -> str:
        """What makes two mentions the same item: its words."""
        return self._named.key(item)


def makers_of(texts: Iterable[str], noun: str = "") -> frozenset[str]:
    """The names that make things with numbers, those that `noun` names where one is given."""
    alone: Counter[str] = Counter()
    within: Counter[str] = Counter()
    near: set[str] = set()
    making: set[str] = set()
    for text in texts:
        within.update(re.findall(r"\b[Ii]n ([A-Z]\w+)", text))
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            making.update(match["maker"] for match in _SHOWS.finditer(sentence))
            called = not noun or stem(noun) in stems(sentence)
            for place, name in name_spans(sentence):
                first, *rest = words(name) or [name]
                if not first[0].isupper() or is_model_word(first):
                    continue
                free = place and not _CALLED.search(sentence[:place])
                alone.update([first] if free and not rest else [])
                near.update([first] if called else [])
                numbered = any(map(is_model_word, rest)) and not is_used(sentence, place)
                making.update([first] if numbered else [])
    found = making & alone.keys() & near
    return frozenset(name for name in found if within[name] < PLACE * (alone[name] + 1))
