"""Words, stems, names and figures of English news text; pure, and knows no articles.

Words are folded the way the full-text index folds them (lower case, no diacritics, Porter
stems), so that a term counts alike here and there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NUMBER = re.compile(r"\d")
# Function words: they bind a sentence together and say nothing about its subject.
STOP = frozenset(
    """a about above after again all also am an and any are as at be because been being
    below between both but by can could did do does doing down during each few for from further
    had has have having he her here hers herself him himself his how i if in into is it its itself
    just me more most my no nor not now of off on once only or other our out over own same she
    should so some such than that the their theirs them then there these they this those through
    to too under until up us very was we were what when where which while who whom whose why will
    with would you your yours s t d ll re ve m don didn doesn isn wasn aren weren hasn haven won
    wouldn couldn shouldn may might must shall upon via per tell name list many much give""".split()
)
# Words that news uses for one another; each line counts as its first word.
_SAME = """
before previously previous earlier formerly former prior
cost costs price prices priced pricing
begin begins began begun start starts started
partnership collaboration cooperation alliance
phone phones smartphone smartphones handset handsets
company companies firm firms
film films movie movies
image images picture pictures photo photos photograph photographs
died dead death deaths killed dies
""".strip().splitlines()
# Words that open a sentence or a question with a capital without being a name.
_NO_NAME = STOP | frozenset(
    """yes according monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december today yesterday last next
    first however meanwhile although though since despite still even another one two three four
    five new earlier later recently photo image read updated published""".split()
)
# One word of a name: a capital, a letter-digit mix ("13T", "iPhone"), or a figure.
_PART = r"(?:[A-Z][\w’'&.-]*[\w]|[A-Z]|[a-z]+[A-Z]\w*|\d[\w.]*[A-Za-z]\w*|\d+)"
NAME = re.compile(rf"(?<![\w.]){_PART}(?:(?:\s+|-){_PART})*")


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("porter")


@cache
def _one_for_all() -> dict[str, str]:
    """The stem that stands for a word and those that mean the same."""
    lines = (line.split() for line in _SAME)
    return {stem(word): stem(line[0]) for line in lines for word in line}


def content_stem(word: str) -> str:
    """The stem of a word that carries meaning, the same for words of one meaning."""
    stemmed = stem(word)
    return _one_for_all().get(stemmed, stemmed)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Porter stem of one word, without case and diacritics."""
    plain = unicodedata.normalize("NFKD", word.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return str(_stemmer().stemWord(plain))


def words(text: str) -> list[str]:
    """The words of a text, in order; possessive endings are cut off."""
    return [_bare(word) if not word.isalnum() else word for word in WORD.findall(text)]


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word) if word[-2:-1] in "'’" else word


def stems(text: str) -> list[str]:
    """The stems of all words of a text, function words too, in order."""
    return [stem(word) for word in words(text)]


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, with repetitions.

    Words of one meaning give one stem: "smartphone" counts as "phone".
    """
    return [content_stem(word) for word in words(text) if word.lower() not in STOP]


def is_model_word(word: str) -> bool:
    """Whether a word is a figure or a model number: "14", "13T", "P60"."""
    return bool(_NUMBER.search(word))


def names(text: str, *, opening: bool = False) -> list[str]:
    """The proper names of a sentence, in order: runs of capitalised or model-number words.

    A lone capitalised function word is none; with `opening`, the first word of the text
    counts only when it is no ordinary opener ("Which", "According").
    """
    return [name for _, name in name_spans(text, opening=opening)]


def name_spans(text: str, *, opening: bool = False) -> Iterator[tuple[int, str]]:
    """As `names`, each with the offset at which it begins."""
    del opening
    for match in NAME.finditer(text):
        start, found = match.start(), match.group()
        while True:  # openers are cut off the front: "The Leica", "Meanwhile Xiaomi"
            head, _, tail = found.partition(" ")
            if head.lower().rstrip(".") not in _NO_NAME or not tail:
                break
            start, found = start + len(head) + 1, tail.lstrip()
        found = _without_figure(re.sub(r"['’]s?$", "", found))
        lone = " " not in found and found.lower() in _NO_NAME
        if found and not lone and any(c.isupper() for c in found):
            yield start, found


def _without_figure(name: str) -> str:
    """The name without a last figure, if it has its number already: "13T Pro 799" (euros)."""
    *front, last = name.split(" ")
    numbered = last.isdigit() and any(is_model_word(word) for word in front)
    return " ".join(front) if numbered else name


def is_headline(text: str) -> bool:
    """Whether a line is set like a headline: no full stop, and hardly a word in lower case."""
    if text.rstrip('"”’)]').endswith((".", "!", "?", "…")):
        return False
    telling = [word for word in words(text) if len(word) > 3 and word.lower() not in STOP]
    return bool(telling) and sum(word[0].islower() for word in telling) <= len(telling) // 4
