"""Groups from the news quizzes of ../shared/train: labelled by rule, so some labels are wrong.

1. The articles of a question are those published from 21 days before it to 3 days after.
2. Of these, the ones that a web search gave for it and the most alike ones are read.
3. A sentence that holds the answer and shares enough with the question is right; one that
   holds it and shares less is unsure; all others are wrong.
4. The weeks from `FIRST_HELD_OUT` on, an eighth of the groups, are held out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from benchmarks.data import EVAL, TRAIN, NewsArticle, NewsQuestion, news_articles, news_questions
from benchmarks.reader_groups import (
    RIGHT,
    UNSURE,
    WRONG,
    Candidate,
    Group,
    Weights,
    overlap,
    overlap_around,
    stems,
)
from bot.sentences import sentence_spans

FIRST_FITTED = date(2022, 5, 1)  # of the articles before, few report the same events
BEFORE, AFTER = timedelta(days=21), timedelta(days=3)
# Questions from this day on are not fitted on: the combinations of signals are fitted on them
# (`fitting_data`), and the reader must be as good there as it will be on new questions.
FIRST_HELD_OUT = date(2023, 9, 1)
ARTICLES = 10  # articles read for a question besides those of its web search
POOL = 60  # wrong sentences kept for a question, the most alike first
# What a sentence with the answer must share with the question to be called right (0 to 1):
# set by judgement, not fitted (some 30 groups were read); short answers match by chance more.
ENOUGH, ENOUGH_SHORT = 0.27, 0.40
RESULT_BONUS = 0.08  # an article that the web search gave is the likelier one
NEAR_BEST = 0.85  # others with at least this share of the best one's overlap are right as well
SHORT_ANSWER = 4
MAX_SENTENCE = 400  # characters; longer ones are lists and page furniture
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NO_STRING = {"yes", "no", "true", "false", "none of the above", "all of the above", "both"}
_QUIZ = re.compile(r"\bquiz\b", re.IGNORECASE)  # they hold the question itself
_NEGATED = re.compile(r"\b(?:NOT|not|except|isn't|wasn't|false)\b")


@dataclass(frozen=True)
class News:
    """One article; its sentences are cut when first asked for."""

    article: NewsArticle

    @cached_property
    def words(self) -> set[str]:
        return set(stems(self.article.title + " " + self.article.text))

    @cached_property
    def title_words(self) -> set[str]:
        return set(stems(self.article.title))

    @cached_property
    def sentences(self) -> list[tuple[str, set[str]]]:
        text = self.article.text
        cut = [text[start:end] for start, end in sentence_spans(text)]
        return [(sentence, set(stems(sentence))) for sentence in cut]


def news_groups() -> list[Group]:
    """A group for each question of ../shared/train whose answer a sentence of its time holds.

    Where none is `answerable`, each sentence that holds the answer is unsure.
    """
    return [replace(group, held_out=day >= FIRST_HELD_OUT) for day, group in _groups(TRAIN)]


def fitted_articles() -> list[News]:
    """The articles of ../shared/train of the weeks that are fitted on."""
    return [
        News(article)
        for article in news_articles(TRAIN)
        if article.published
        and FIRST_FITTED <= article.published < FIRST_HELD_OUT
        and not _QUIZ.search(article.title)
    ]


def eval_groups() -> list[Group]:
    """The same of ../shared/eval, which nothing is fitted on."""
    return [replace(group, held_out=True) for _, group in _groups(EVAL)]


def _groups(root: Path) -> Iterator[tuple[date, Group]]:
    dated = [a for a in news_articles(root) if a.published and not _QUIZ.search(a.title)]
    questions = sorted(news_questions(root), key=lambda question: (question.as_of, question.id))
    first = questions[0].as_of - BEFORE
    articles = [News(a) for a in dated if a.published and a.published >= first]
    weights = Weights(article.words for article in articles)
    for question in questions:
        pattern = answer_pattern(question.answer)
        if pattern is None or _NEGATED.search(question.question):
            continue
        read = articles_for(question, articles, weights)
        candidates = tuple(_pool(list(_candidates(question, pattern, read, weights))))
        if any(candidate.label != WRONG for candidate in candidates):
            yield question.as_of, Group(question.question, "news", False, candidates)


def answer_pattern(answer: str) -> re.Pattern[str] | None:
    """Finds the answer as whole words, a figure also in words; None if it is no string."""
    plain = re.sub(r"^(?:the|an?)\s+", "", answer.strip(" “”\"'’‘.,!?").lower())
    if not plain or plain in _NO_STRING:
        return None
    forms = [re.escape(plain)]
    if plain in _NUMBERS:
        forms.append(str(_NUMBERS.index(plain)))
    elif plain.isdigit() and int(plain) < len(_NUMBERS):
        forms.append(_NUMBERS[int(plain)])
    if re.fullmatch(r"[\d.]+%", plain):
        forms.append(re.escape(plain[:-1]) + r"\s(?:percent|per cent)")
    either = re.sub("['’]", "['’]", "|".join(forms))
    return re.compile(rf"(?<![\w$.])(?:{either})(?![\w%]|[.,]\d)", re.IGNORECASE)


def articles_for(question: NewsQuestion, articles: list[News], weights: Weights) -> list[News]:
    """The articles of the question's time that its search gave, then the most alike ones."""
    earliest, latest = question.as_of - BEFORE, question.as_of + AFTER
    timely = [a for a in articles if earliest <= (a.article.published or date.min) <= latest]
    asked = weights.of(question.question)
    given = [a for a in timely if a.article.url in question.results]
    rest = [a for a in timely if a.article.url not in question.results]
    rest.sort(key=lambda article: overlap(asked, article.words), reverse=True)
    return given + rest[:ARTICLES]


def _candidates(
    question: NewsQuestion, pattern: re.Pattern[str], read: list[News], weights: Weights
) -> Iterator[tuple[Candidate, float]]:
    asked = weights.of(question.question)
    short = len(question.answer) <= SHORT_ANSWER or question.answer[:1].isdigit()
    enough = ENOUGH_SHORT if short else ENOUGH
    for article in read:
        title = article.article.title
        bonus = RESULT_BONUS if article.article.url in question.results else 0.0
        for at, (sentence, words) in enumerate(article.sentences):
            around = set().union(*(own for _, own in article.sentences[max(0, at - 1) : at + 2]))
            score = overlap_around(asked, words, around, article.title_words)
            holds = pattern.search(sentence) is not None
            label = WRONG if not holds else RIGHT if score + bonus >= enough else UNSURE
            before = article.sentences[at - 1][0] if at else ""
            if len(sentence) <= MAX_SENTENCE:
                yield Candidate(sentence, title, before, label, score), score + bonus


def _pool(found: list[tuple[Candidate, float]]) -> Iterator[Candidate]:
    """The candidates worth keeping, each sentence once, the most alike wrong ones first."""
    best = max((score for c, score in found if c.label == RIGHT), default=0.0)
    seen: set[str] = set()
    wrong = 0
    for candidate, score in sorted(found, key=lambda pair: -pair[1]):
        if candidate.sentence in seen or (candidate.label == WRONG and wrong >= POOL):
            continue
        seen.add(candidate.sentence)
        wrong += candidate.label == WRONG
        if candidate.label == RIGHT and score < NEAR_BEST * best:
            yield replace(candidate, label=UNSURE)
        else:
            yield candidate
