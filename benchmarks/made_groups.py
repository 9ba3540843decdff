"""Groups whose questions are made by rule from the news of ../shared/train.

Real questions with a known answer are few, news is plenty. A sentence with a name, figure or
day in it becomes a question: the answer gives way to "who", "how many", "in which year". What
holds the answer in *other* reports of those days, and shares enough with the question, is
right, so that the reader learns to see one event through different words, not to match them.
The questions are clumsy; they are for the first part of the fit only (Lewis et al. 2019,
"Unsupervised Question Answering by Cloze Translation").
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.news_groups import MAX_SENTENCE, News, answer_pattern
from benchmarks.reader_groups import (
    RIGHT,
    UNSURE,
    WRONG,
    Candidate,
    Group,
    Weights,
    overlap,
    overlap_around,
)
from bot.language import NAME, STOP, is_headline

AROUND = timedelta(days=4)  # other reports of one event appear within days
OPENING = 14  # sentences of an article that questions are made from: they tell what happened
ARTICLES = 5  # other reports that are read for a question, the most alike ones
POOL = 24  # wrong sentences kept
ENOUGH, NOT_ENOUGH = 0.30, 0.18  # overlap from which a sentence is right, and below which wrong
LONGEST = 20  # words of a made question
SHORTEST = 6
DROPPED = 0.12  # share of a question's words that are left out, so that it is no copy
PER_ARTICLE = 6  # questions made from one article

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SMALL = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens"
# What may be asked for, tried in this order, and the words that ask for it.
_KINDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"[$£€]\s?\d[\d,.]*(?:\s(?:million|billion|trillion))?"), ("how much",)),
    (re.compile(r"\b\d[\d.,]*\s?(?:%|percent\b|per cent\b)"), ("what percentage", "how much")),
    (re.compile(rf"\b(?:{_MONTH})\s\d{{1,2}}\b"), ("when", "on what date")),
    (re.compile(rf"\b(?:{_DAY})\b"), ("when", "on which day")),
    (re.compile(r"(?<=\bin )(?:19|20)\d\d\b"), ("when", "in which year")),
    (re.compile(rf"\b(?:\d[\d,]*(?:\.\d+)?(?:\smillion)?|{_SMALL})(?=\s[a-z])"), ("how many",)),
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|across|outside)\s+(?:the\s+)?$")
_PLACE = ("where", "in which country", "in which city", "in which state")
_PERSON = ("who", "who", "which person", "which politician", "whom")
_THING = ("what", "which company", "which country", "which organization", "which one")


@dataclass(frozen=True, slots=True)
class Made:
    """A question with its answer and the sentence that it was made from."""

    question: str
    answer: str
    sentence: str


def made_groups(articles: Sequence[News], most: int, seed: int = 7) -> list[Group]:
    """At most `most` groups from these articles, which should be those that are fitted on."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    dated = sorted(articles, key=lambda one: (one.article.published or date.min, one.article.url))
    weights = Weights(article.words for article in dated)
    groups: list[Group] = []
    for at in chance.sample(range(len(dated)), len(dated)):
        if len(groups) >= most:
            break
        near = _near(dated, at)
        groups += [
            group
            for made in _questions(dated[at], chance)
            if (group := _group(made, dated[at], near, weights))
        ]
    return groups


def _near(dated: Sequence[News], at: int) -> list[News]:
    """The other articles of the same days."""
    day = dated[at].article.published or date.min
    found = []
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(dated):
            if abs((dated[other].article.published or date.min) - day) > AROUND:
                break
            found.append(dated[other])
            other += step
    return found


def _questions(article: News, chance: random.Random) -> Iterator[Made]:
    """Questions made from the opening of an article."""
    opening = [text for text, _ in article.sentences[:OPENING] if not is_headline(text)]
    for sentence in chance.sample(opening, min(len(opening), PER_ARTICLE)):
        askable = list(_askable(sentence))
        if askable:
            start, end, words = chance.choice(askable)
            question = _asked(sentence, start, end, chance.choice(words), chance)
            if question:
                yield Made(question, sentence[start:end], sentence)


def _askable(sentence: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where answers stand, and the words that may ask for each."""
    taken: list[tuple[int, int]] = []
    for pattern, words in _KINDS:
        for match in pattern.finditer(sentence):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                yield *match.span(), words
    for match in NAME.finditer(sentence):
        inside = any(a < match.end() and match.start() < b for a, b in taken)
        lone = " " not in match.group()
        ordinary = lone and (match.start() == 0 or match.group().lower() in STOP)
        if not inside and not ordinary and len(match.group()) > 2:
            place = _PLACE_BEFORE.search(sentence[: match.start()])
            several = match.group().count(" ") in (1, 2)
            yield *match.span(), _PLACE if place else _PERSON if several else _THING


def _asked(sentence: str, start: int, end: int, asks: str, chance: random.Random) -> str:
    """The question, or nothing where it would be too short or give its answer away."""
    before, after = sentence[:start].split(), sentence[end:].strip(' ,.;:”"').split()
    if asks.startswith("in ") and before and before[-1].lower() in ("in", "at", "near"):
        before.pop()
    front = [_lower_opening(word) for word in before[max(0, len(before) - LONGEST * 2 // 3) :]]
    back = after[: max(0, LONGEST - len(front))]
    kept = [w for w in (*front, "\0", *back) if w == "\0" or chance.random() > DROPPED]
    if asks.startswith("how many") and back:  # "how many people" goes to the front together
        kept = ["\0", *back[:2], *(w for w in kept if w != "\0" and w not in back[:2])]
    elif chance.random() < 0.5:
        kept = ["\0", *(w for w in kept if w != "\0")]
    text = " ".join(kept).replace("\0", asks).strip(' ,.;:”“"')
    given = {word.lower() for word in re.findall(r"\w+", sentence[start:end])}
    if len(kept) < SHORTEST or given & {word.lower() for word in re.findall(r"\w+", text)}:
        return ""
    return text[:1].upper() + text[1:] + "?"


def _lower_opening(word: str) -> str:
    """A word that has a capital only because it opened the sentence, in lower case."""
    return word.lower() if word.lower() in STOP else word


def _group(made: Made, article: News, near: Sequence[News], weights: Weights) -> Group | None:
    """The candidates of the most alike reports; None where no other sentence is right."""
    pattern = answer_pattern(made.answer)
    if pattern is None:
        return None
    asked = weights.of(made.question)
    alike = sorted(near, key=lambda one: overlap(asked, one.words), reverse=True)[:ARTICLES]
    found = [
        candidate
        for one in (article, *alike)
        for candidate in _candidates(one, asked, pattern)
        if candidate.sentence != made.sentence
    ]
    found.sort(key=lambda candidate: -candidate.overlap)
    wrong = [c for c in found if c.label == WRONG][:POOL]
    right = [c for c in found if c.label == RIGHT]
    if not right or not wrong:
        return None
    return Group(made.question, "made", False, (*right, *wrong))


def _candidates(
    article: News, asked: dict[str, float], pattern: re.Pattern[str]
) -> Iterator[Candidate]:
    for at, (sentence, words) in enumerate(article.sentences):
        if len(sentence) > MAX_SENTENCE:
            continue
        around = set().union(*(own for _, own in article.sentences[max(0, at - 1) : at + 2]))
        score = overlap_around(asked, words, around, article.title_words)
        label = WRONG
        if pattern.search(sentence):
            label = RIGHT if score >= ENOUGH else UNSURE if score >= NOT_ENOUGH else WRONG
        before = article.sentences[at - 1][0] if at else ""
        yield Candidate(sentence, article.article.title, before, label, score)
