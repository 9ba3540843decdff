"""Answers of quotes on news, with no model: do at most 60 words hold the answer, exactly cited?

Quotes beyond the sixtieth word do not count. The baseline takes, from the tutorial's first
ten chunks, the sentences with most words of the question until 60 words are reached.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.baseline import Baseline
from benchmarks.data import NewsArticle, NewsQuestion, holds, words_of
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
    shelf: Shelf, articles: Sequence[NewsArticle], questions: Sequence[NewsQuestion]
) -> list[Figure]:
    answers = [shelf.bot.answer(q.question, as_of=q.as_of) for q in questions]
    forced = [shelf.forced(q.question, as_of=q.as_of) for q in questions]
    chunks = Baseline(articles).by_meaning([q.question for q in questions])
    plain = [
        float(holds(plain_quotes(q.question, found), q.answer))
        for q, found in zip(questions, chunks, strict=True)
    ]
    cited = [c for answer in answers for c in (*answer.citations, *answer.nearest)]
    wrong = sum(inexact(shelf, answer) for answer in answers)
    lengths = [float(len(quoted(answer).split())) for answer in answers if answer.answered]
    return [
        mean_figure(
            "quotes", "holds the answer", _held(answers, questions), baseline=plain, aim=AIM
        ),
        mean_figure(
            "quotes",
            "holds the answer, never declining",
            _held(forced, questions),
            baseline=plain,
            aim=AIM,
        ),
        mean_figure(
            "quotes", "answered", [float(answer.answered) for answer in answers], better=""
        ),
        mean_figure("quotes", "words", lengths, aim=LIMIT, better="lower"),
        Figure("quotes", "citations exact", 1 - wrong / max(len(cited), 1), len(cited), aim=1.0),
    ]


def _held(answers: Sequence[Answer], questions: Sequence[NewsQuestion]) -> list[float]:
    return [
        float(answer.answered and holds(first_words(quoted(answer)), question.answer))
        for answer, question in zip(answers, questions, strict=True)
    ]
