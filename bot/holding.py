"""Whether a sentence holds the kind of thing that a question asks for, strictly.

What orders candidates is lenient (`reading.fits`: a year is a figure). Here a price is money,
a weight has a unit of weight, and a count is no year and no number of a model. A sentence that
says that the thing is not known holds it as well: "We don't know what the badge costs".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.days import mentions
from bot.figures import Figure, figures
from bot.language import content_stems, name_spans, stem, stems, words
from bot.numbered import (
    asked_models,
    model_of,
    models_in,
    names_models,
    names_sibling,
    names_stranger,
)
from bot.polarity import is_negator
from bot.questions import Asked
from bot.reading import Candidate, fits

# Kinds of questions to which there is one right answer, so that what does not hold a thing of
# the kind asked for is no answer at all.
ONE_ANSWER = ("amount", "count", "when", "where", "who")
# How far behind the best a sentence may be and still be preferred, for it alone holds a thing of
# the kind asked for.
HELD = 5.0
# Sentences, best first, of which one must give a measure that is asked for; later ones tell of
# other things.
NEAR = 12
MARKS = "•▪‣–*- "  # what marks a line as an entry of a list
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
_LONG_AGO = re.compile(r"\b1[0-8]\d\d\b|\b\d{3,4}s\b|\bdecades? ago\b|\bcentur(?:y|ies)\b")
_UNITS = frozenset("$€£¥₹%")
_KNOW = frozenset(
    stem(word)
    for word in """know known say said says disclose reveal publish name comment explain specify
    give clear tell state announce""".split()
)
_ENDS = re.compile(r"[.!?…:;][\"”’')\]]*$")
_REACH = 5  # words between a negator and what it denies to be known


def fitting(asked: Asked, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that hold what is asked for, as soon as a near one of them does.

    Headings and sentences on another model of the family are only better than nothing.
    """
    best = max((c.score for c in candidates), default=0.0)
    near = [c for c in candidates if c.score >= best - HELD]
    if measure_of(asked):
        near = [c for c in candidates[:NEAR] if tells_measure(asked, c)] or near
    graded = [(_grade(asked, c), c) for c in near]
    top = max((grade for grade, _ in graded), default=())
    return [c for grade, c in graded if grade == top]


def tells_measure(asked: Asked, candidate: Candidate) -> bool:
    """Whether a sentence gives a price or weight, and may do so of the model asked about."""
    around = f"{candidate.passage.article.title}\n{candidate.passage.text}"
    return (
        holds(asked, candidate.text) > 0
        and names_models(asked, around)
        and not names_sibling(asked, candidate.text, candidate.before)
    )


def tells_for_certain(asked: Asked, candidates: Sequence[Candidate]) -> bool:
    """Whether the sentence to be shown gives the measure of the model asked about, by its name.

    "The Leitz Phone 2 cost 225,360 yen" needs no reader to be believed.
    """
    shown = fitting(asked, candidates)[:1]
    return bool(asked_models(asked) and measure_of(asked)) and any(
        tells_measure(asked, c)
        and names_models(asked, c.text)
        and not names_stranger(asked, c.text)
        and _names_the_rest(asked, c)
        for c in shown
    )


def _grade(asked: Asked, candidate: Candidate) -> tuple[int, ...]:
    text = candidate.text
    return (
        holds(asked, text),
        not names_sibling(asked, text, candidate.before),
        not measure_of(asked) or not names_stranger(asked, _last_named(candidate)),
        not measure_of(asked) or _names_the_rest(asked, candidate),
        not _is_heading(text),
    )


def _names_the_rest(asked: Asked, candidate: Candidate) -> bool:
    """Whether the sentence, with its title, names what is no model, too: "in Japan"."""
    told = set(stems(f"{candidate.passage.article.title} {candidate.text}"))
    rest = [name for name in asked.names if not model_of(name)]
    return all(stem(word) in told for name in rest for word in words(name))


def _last_named(candidate: Candidate) -> str:
    """The sentence, or where it names no model, the last one before it that does, or the title."""
    passage = candidate.passage
    read = reversed(passage.sentences[: candidate.index + 1])
    texts = [*map(passage.cut, read), passage.article.title]
    return next((text for text in texts if any(models_in(text))), "")


def _is_heading(text: str) -> bool:
    """Whether the line is neither a whole sentence nor an entry of a list."""
    return not _ENDS.search(text) and text[0] not in MARKS


def holds(asked: Asked, text: str) -> int:
    """0 where the sentence cannot answer, 1 where it may, 2 where its figure counts the noun."""
    on_the_matter = set(content_stems(text)) & set(asked.terms)
    measure = measure_of(asked)
    if (asked.kind not in ONE_ANSWER and not measure) or (on_the_matter and leaves_open(text)):
        return 1
    if measure:
        return int(bool((_MONEY if measure == "price" else _WEIGHT).search(text)))
    if asked.kind in ("who", "where"):
        return int(fits(asked, text))
    if asked.kind == "when":
        return int(bool(mentions(text)) or bool(_LONG_AGO.search(text)) or fits(asked, text))
    free = [f for f in _free_figures(text) if asked.kind == "amount" or f.unit not in _UNITS]
    if asked.kind == "amount" or not free:
        return int(bool(free))
    return 1 + any(_counts(asked, text, figure) for figure in free)


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
