"""Numbered names, as products have them: which model a sentence is about, and which it is not.

"The 12S Pro costs 4,699 yuan" is no answer about the 12S Ultra, nor about the 12S; a sentence
on "the 12S series" is one about them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.days import mentions
from bot.language import is_model_word, name_spans, words
from bot.questions import Asked

_LEANS = re.compile(
    r"[“\"'(]?(?:he|she|it|they|his|her|its|their|this|these|those|that|both|the duo|the pair|"
    r"the company|the former|the latter|such)\b",
    re.I,
)
# What something is compared with is not what the sentence is about.
_THAN = re.compile(r"\b(?:than|like|unlike)\s+(?:the\s+|that of the\s+)?(?:[A-Z\d]\S*\s?)+")
_OWNER = re.compile(r"^.*['’]s?\s+")
_SERIES = re.compile(r"\s*(?:series|family|range|line|lineup|line-up|generation|phones|models)\b")


@dataclass(frozen=True, slots=True)
class Model:
    """A numbered name in parts, lower case: "Xiaomi 12S Ultra" is (xiaomi), (12s, ultra).

    A `series` stands for every version that begins as its own does.
    """

    family: tuple[str, ...]
    version: tuple[str, ...]
    series: bool = False

    def covers(self, other: Model) -> bool:
        """Whether what is said of this one is said of the other, families aside."""
        own, others = self.version, other.version
        return own == others or (self.series and others[: len(own)] == own)

    def akin(self, other: Model) -> bool:
        """Whether both belong to one family; where one is left out, "P9" and "P10" do."""
        if self.family and other.family:
            return self.family[-1] == other.family[-1]
        return _letters(self.version[0]) == _letters(other.version[0])


def model_of(name: str) -> Model | None:
    """The model that a name is, None where it has no number.

    What somebody has is named without them: "Sony's Xperia 5" is (xperia), (5), and "Ada's 10"
    (wins, or years) is no model.
    """
    behind = behind_owner(name)
    if behind != name and behind.isdigit():
        return None
    own = [word.lower() for word in words(behind)]
    place = next((n for n, word in enumerate(own) if is_model_word(word)), None)
    return None if place is None else Model(tuple(own[:place]), tuple(own[place:]))


def models_in(text: str) -> Iterator[Model]:
    """The models that a text names, within its lines; days ("16 July") are none."""
    for line in text.splitlines():
        days = [(m.start, m.end) for m in mentions(line)]
        for start, name in name_spans(line):
            model = model_of(name)
            if model and not any(a <= start < b for a, b in days):
                series = bool(_SERIES.match(line[start + len(name) :]))
                yield Model(model.family, model.version, series)


def names_sibling(asked: Asked, text: str, before: str = "") -> bool:
    """Whether the sentence names, of all models of the family asked about, only other ones.

    A sentence that names none, or opens with "It", goes on with what the one `before` it names.
    """
    named = [[*models_in(_THAN.sub(" ", text))], [*models_in(before)]]
    for model in asked_models(asked):
        own, earlier = ([m for m in part if m.akin(model)] for part in named)
        # "It costs less than the 15": what a sentence that leans back names is what it compares.
        back = leans_back(text) and not any(m.covers(model) for m in own)
        first = next(filter(None, (earlier, own) if back else (own, earlier)), [model])
        if not any(m.covers(model) for m in first):
            return True
    return False


def names_stranger(asked: Asked, text: str) -> bool:
    """Whether the sentence names models of whatever family, and none that is asked about."""
    wanted = asked_models(asked)
    named = [*models_in(_THAN.sub(" ", text))]
    return bool(wanted and named) and not any(m.covers(model) for m in named for model in wanted)


def names_models(asked: Asked, text: str) -> bool:
    """Whether every model that the question names stands in the text, if only as "the 15 Pro"."""
    found = [*models_in(text)]
    return all(any(m.covers(model) for m in found) for model in asked_models(asked))


def asked_models(asked: Asked) -> list[Model]:
    """The models that the question names."""
    return [model for model in map(model_of, asked.names) if model]


def leans_back(text: str) -> bool:
    """Whether a sentence opens with a word that stands for something in the one before it."""
    return bool(_LEANS.match(text))


def behind_owner(name: str) -> str:
    """The name without an owner before it: "Xperia 5" of "Sony's Xperia 5"."""
    return _OWNER.sub("", name)


def _letters(word: str) -> str:
    return re.sub(r"\d.*", "", word)
