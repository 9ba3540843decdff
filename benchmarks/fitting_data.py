"""What the combinations of signals are fitted on: news of late 2023 that the reader never saw.

The last weeks of `../shared/train` in one library, each question with the candidates of the
project's own search, as numbers. The shipped reader was fitted on earlier weeks only, so its
scores are as good here as they will be on new questions, and no better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.data import TRAIN, NewsQuestion, news_articles, news_questions, words_of
from benchmarks.library import Shelf, news_row, open_shelf
from benchmarks.news_groups import FIRST_HELD_OUT
from bot.reader import Reader, Scores

# An answer that stands in more of the articles than this says little about any of them: of
# short ones ("Four", "China") most passages that hold them answer something else.
COMMONEST = 0.05


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the ids of the articles that hold its answer's string, and its half."""

    question: NewsQuestion
    holding: frozenset[str]
    half: int


class RememberingReader:
    """A reader that asks another one only for pairs that it has not read yet."""

    def __init__(self, inner: Reader) -> None:
        self.name, self._inner = inner.name, inner
        self._known: dict[tuple[str, str], float] = {}

    def score(self, question: str, sentences: Sequence[str]) -> Scores:
        new = [one for one in dict.fromkeys(sentences) if (question, one) not in self._known]
        if new:
            scores = self._inner.score(question, new)
            self._known |= {(question, one): float(s) for one, s in zip(new, scores, strict=True)}
        return np.array([self._known[question, one] for one in sentences], np.float32)


def training_shelf() -> Shelf:
    """The library of all articles that a web search gave for the questions of those weeks."""
    wanted = {url for question in training_questions() for url in question.results}
    chosen = [one for one in news_articles(TRAIN) if one.url in wanted]
    shelf = open_shelf("train", map(news_row, chosen))
    shelf.bot.reader = RememberingReader(shelf.bot.reader)
    return shelf


def training_questions() -> list[NewsQuestion]:
    return [question for question in news_questions(TRAIN) if question.as_of >= FIRST_HELD_OUT]


def asked_of(shelf: Shelf, questions: Sequence[NewsQuestion]) -> list[Asked]:
    """The questions that some article of their time answers; weeks alternate between halves."""
    texts = {id_: words_of(text) for id_, text in shelf.texts.items()}
    weeks = sorted({question.as_of.isocalendar()[:2] for question in questions})
    chosen = []
    for question in questions:
        answer = words_of(question.answer)
        holding = frozenset(id_ for id_, text in texts.items() if answer in text)
        visible = [id_ for id_ in holding if (shelf.days[id_] or date.min) <= question.as_of]
        if visible and len(holding) <= COMMONEST * len(texts):
            half = weeks.index(question.as_of.isocalendar()[:2]) % 2
            chosen.append(Asked(question, holding, half))
    return chosen
