"""Answers of quotes on news, with no model: do at most 60 words hold the answer, exactly cited?

Quotes beyond the sixtieth word do not count. The baseline takes, from the tutorial's first
ten chunks, the sentences with most words of the question until 60 words are reached.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.baseline import Baseline
from benchmarks.data import NewsQuestion, holds, words_of
from benchmarks.declining import holding_first, is_timely
from benchmarks.figures import Figure, mean_figure
from benchmarks.library import Shelf
from bot.records import Answer
from bot.sentences import sentence_spans

LIMIT = 60  # words
AIM = 0.42
_SHORT_WORD = 3  # letters; shorter words of a question say little about a sentence


def quoted(answer: Answer) -> str:
    """All quotes of the answer in the order of their numbers, each once, a line each."""
    return "\n".join(dict.fromkeys(citation.quote for citation in answer.citations))


def first_words(text: str, limit: int = LIMIT) -> str:
    """The text up to its `limit`-th word."""
    return " ".join(text.split()[:limit])


def plain_quotes(question: str, texts: Sequence[str], limit: int = LIMIT) -> str:
    """The sentences of `texts` that share most words with the question, `limit` words in all."""
    asked = {word for word in words_of(question).split() if len(word) > _SHORT_WORD}
    sentences = [text[a:b] for text in texts for a, b in sentence_spans(text)]
    best = sorted(dict.fromkeys(sentences), key=lambda s: -len(asked & set(words_of(s).split())))
    return first_words("\n".join(best), limit)


def inexact(shelf: Shelf, answer: Answer) -> int:
    """How many citations, shown or near, are not the article's own characters."""
    return sum(
        shelf.bot.article(c.article_id, c.version).text[c.start : c.end] != c.quote
        for c in (*answer.citations, *answer.nearest)
    )


def measure(
    shelf: Shelf, questions: Sequence[NewsQuestion], baseline: Baseline | None = None
) -> list[Figure]:
    """The figures over the questions, beside the baseline's where one is given."""
    answers = [shelf.bot.answer(q.question, as_of=q.as_of) for q in questions]
    forced = [
        answer if answer.answered else shelf.forced(q.question, as_of=q.as_of)
        for answer, q in zip(answers, questions, strict=True)
    ]
    plain = _plain(questions, baseline) if baseline else None
    held, held_forced = _held(answers, questions), _held(forced, questions)
    lengths = [float(len(quoted(answer).split())) for answer in answers if _is_plain(answer)]
    return [
        mean_figure("quotes", "holds the answer", held, baseline=plain, aim=AIM),
        mean_figure("quotes", "never declining", held_forced, baseline=plain, aim=AIM),
        mean_figure(
            "quotes",
            "where a report of the time is found",
            _of_the_time(shelf, held_forced, questions),
        ),
        mean_figure("quotes", "answered", [float(a.answered) for a in answers], better=""),
        mean_figure("quotes", "words", lengths, aim=LIMIT, better="lower"),
        _exactness(shelf, [*answers, *forced]),
    ]


def _of_the_time(
    shelf: Shelf, held: Sequence[float], questions: Sequence[NewsQuestion]
) -> list[float]:
    """Never declining, where such a report in the first ten passages holds the string."""
    return [
        value
        for value, q in zip(held, questions, strict=True)
        if any(map(is_timely(q), holding_first(shelf, q)))
    ]


def _exactness(shelf: Shelf, answers: Sequence[Answer]) -> Figure:
    """The share of all citations, shown or near, that are the article's own characters."""
    shown = sum(len(answer.citations) + len(answer.nearest) for answer in answers)
    wrong = sum(inexact(shelf, answer) for answer in answers)
    return Figure("quotes", "citations exact", 1 - wrong / max(shown, 1), shown, aim=1.0)


def _is_plain(answer: Answer) -> bool:
    """Whether it answers, and not with a list, which may be as long as what it lists."""
    return answer.answered and not any(statement.item for statement in answer.statements)


def _plain(questions: Sequence[NewsQuestion], baseline: Baseline) -> list[float]:
    chunks = baseline.by_meaning([q.question for q in questions])
    return [
        float(holds(plain_quotes(q.question, found), q.answer))
        for q, found in zip(questions, chunks, strict=True)
    ]


def _held(answers: Sequence[Answer], questions: Sequence[NewsQuestion]) -> list[float]:
    return [
        float(answer.answered and holds(first_words(quoted(answer)), question.answer))
        for answer, question in zip(answers, questions, strict=True)
    ]
