"""Whether a sentence holds the kind of thing that a question asks for, strictly.

What orders candidates is lenient (`reading.fits`: a year is a figure). Here a price is money,
a weight has a unit of weight, and a count is no year and no number of a model. A sentence that
says that the thing is not known holds it as well: "We don't know what the badge costs".
"""

from __future__ import annotations

import re

from bot.days import mentions
from bot.figures import Figure, figures
from bot.language import content_stems, is_model_word, name_spans, stem, stems, words
from bot.polarity import is_negator
from bot.questions import Asked
from bot.reading import fits

# Kinds of questions to which there is one right answer, so that what does not hold a thing of
# the kind asked for is no answer at all.
ONE_ANSWER = ("amount", "count", "when", "where", "who")
BEHIND = 4  # words after a figure among which the noun that it counts may stand

_MONEY_ASKED = re.compile(
    r"\b(?:cost|costs|price|prices|priced|pay|pays|paid|charge|charges|charged|spend|spends|spent|"
    r"earn|earns|earned|worth|money)\b",
    re.I,
)
_MONEY = re.compile(
    r"[$€£¥₹]|\b(?:dollars?|euros?|pounds|yuan|yen|rupees?|won|rubles?|roubles?|francs?|pesos?|"
    r"kron[aeo]r?|lira|rand|dirhams?|cents?|pence|free|nothing|Rs|USD|EUR|GBP|INR|CNY)\b"
)
_WEIGHT_ASKED = re.compile(r"\bhow heavy\b|\bhow much\b.*\bweighs?\b|\b(?:weight of)\b", re.I)
_WEIGHT = re.compile(
    r"\d\s?(?:k?g|mg|lbs?|oz|t)\b|\b(?:(?:kilo|milli)?gram(?:me)?s?|kilos?|pounds?|tonn?es?|tons?|"
    r"ounces?|stone)\b",
    re.I,
)
_LEANS = re.compile(
    r"[“\"'(]?(?:he|she|it|they|his|her|its|their|this|these|those|that|both|the duo|the pair|"
    r"the company|the former|the latter|such)\b",
    re.I,
)
# What something is compared with is not what the sentence is about.
_THAN = re.compile(r"\b(?:than|like|unlike)\s+(?:the\s+|that of the\s+)?(?:[A-Z\d]\S*\s?)+")
_LONG_AGO = re.compile(r"\b1[0-8]\d\d\b|\b\d{3,4}s\b|\bdecades? ago\b|\bcentur(?:y|ies)\b")
_OWNER = re.compile(r"^.*['’]s?\s+")
_UNITS = frozenset("$€£¥₹%")
_KNOW = frozenset(
    stem(word)
    for word in """know known say said says disclose reveal publish name comment explain specify
    give clear tell state announce""".split()
)
_REACH = 5  # words between a negator and what it denies to be known


def holds(asked: Asked, text: str) -> int:
    """0 where the sentence cannot answer, 1 where it may, 2 where its figure counts the noun."""
    on_the_matter = set(content_stems(text)) & set(asked.terms)
    if asked.kind not in ONE_ANSWER or (on_the_matter and leaves_open(text)):
        return 1
    if asked.kind in ("who", "where"):
        return int(fits(asked, text))
    if asked.kind == "when":
        return int(bool(mentions(text)) or bool(_LONG_AGO.search(text)) or fits(asked, text))
    if measure := measure_of(asked):
        return int(bool((_MONEY if measure == "price" else _WEIGHT).search(text)))
    free = [f for f in _free_figures(text) if asked.kind == "amount" or f.unit not in _UNITS]
    if asked.kind == "amount" or not free:
        return int(bool(free))
    return 1 + any(_counts(asked, text, figure) for figure in free)


def names_sibling(asked: Asked, text: str, before: str = "") -> bool:
    """Whether the sentence names, of all models of the family asked about, only other ones.

    "The 12S Pro costs 4,699 yuan" is no answer about the 12S Ultra, nor about the 12S. A
    sentence that names none, or opens with "It", goes on with what the one `before` it names.
    """
    own = _THAN.sub(" ", text)
    for family, version in filter(None, map(_model, asked.names)):
        # "It costs less than the 15": what a sentence that leans back names is what it compares.
        named = [_siblings(family, own), _siblings(family, before)]
        told = named[::-1] if leans_back(text) and version not in named[0] else named
        first = next(filter(None, told), [version])
        if version not in first:
            return True
    return False


def _siblings(family: tuple[str, ...], text: str) -> list[tuple[str, ...]]:
    """The versions of models of that family, or of models named without theirs, in the text."""
    found = [model for _, name in name_spans(text) if (model := _model(name))]
    return [version for own, version in found if not own or not family or own[-1] == family[-1]]


def names_models(asked: Asked, text: str) -> bool:
    """Whether every model that the question names stands in the text, if only as "the 15 Pro"."""
    wanted = [model[1] for model in map(_model, asked.names) if model]
    found = [model[1] for _, name in name_spans(text) if (model := _model(name))]
    return all(version in found for version in wanted)


def leans_back(text: str) -> bool:
    """Whether a sentence opens with a word that stands for something in the one before it."""
    return bool(_LEANS.match(text))


def _model(name: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """A numbered name as family and version: "Xiaomi 12S Ultra" is (xiaomi), (12s, ultra).

    What somebody has is named without them: "Sony's Xperia 5" is (xperia), (5), and "Ada's 10"
    (wins, or years) is no model.
    """
    behind = behind_owner(name)
    if behind != name and behind.isdigit():
        return None
    own = [word.lower() for word in words(behind)]
    place = next((n for n, word in enumerate(own) if is_model_word(word)), None)
    return None if place is None else (tuple(own[:place]), tuple(own[place:]))


def behind_owner(name: str) -> str:
    """The name without an owner before it: "Xperia 5" of "Sony's Xperia 5"."""
    return _OWNER.sub("", name)


def measure_of(asked: Asked) -> str:
    """What a question for an amount measures, where its unit tells: "price", "weight" or ""."""
    if _WEIGHT_ASKED.search(asked.text):
        return "weight"
    money = asked.kind == "amount" and _MONEY_ASKED.search(asked.text)
    return "price" if money or re.fullmatch(_BARE_PRICE, asked.text, re.I) else ""


_BARE_PRICE = r"how much (?:is|are|was|were) [^,?]+\??"


def leaves_open(text: str) -> bool:
    """Whether the sentence says that something is not known or not told."""
    found = [word.replace("’", "'").lower() for word in words(text)]
    for place, word in enumerate(found):
        near = found[place + 1 : place + 1 + _REACH]
        if (is_negator(word) or word == "nothing") and any(stem(w) in _KNOW for w in near):
            return True
    return bool(re.search(r"\bsaid nothing\b", text))


def _free_figures(text: str) -> list[Figure]:
    """The figures that are neither part of a date nor of a name ("Xiaomi 14")."""
    taken = [(m.start, m.end) for m in mentions(text)]
    taken += [(start, start + len(name)) for start, name in name_spans(text)]
    return [f for f in figures(text) if not any(s <= f.start < e for s, e in taken)]


def _counts(asked: Asked, text: str, figure: Figure) -> bool:
    noun = re.search(r"\bhow many\s+((?:[\w’'-]+\s+){0,2}?[\w’'-]+s|people|men|women|children)\b",
                     asked.text, re.I)  # fmt: skip
    if not noun:
        return False
    return stem(words(noun[1])[-1]) in stems(text[figure.end :])[:BEHIND]
