"""SQuAD 2.0: is the bot surer of questions that their paragraph answers than of the others?

The area under the curve of its confidence, each question asked of its own paragraph only, on
the paragraphs of `squad_split` that nothing was fitted on. 0.5 is a coin, 1 is perfect. The
baseline is the cosine of question and best sentence, as a tutorial's threshold would use it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from benchmarks.data import ParagraphQuestion
from benchmarks.figures import Figure
from benchmarks.library import Row, Shelf
from benchmarks.ranks import auc
from benchmarks.squad_split import is_measured
from benchmarks.vectors import cached_vectors
from bot.records import Filters
from bot.sentences import sentence_spans


def measured(questions: Sequence[ParagraphQuestion]) -> list[ParagraphQuestion]:
    """The questions of the paragraphs that nothing was fitted on."""
    return [question for question in questions if is_measured(question.context)]


def rows(questions: Sequence[ParagraphQuestion]) -> list[Row]:
    """Each paragraph as one article, named by its source."""
    contexts = dict.fromkeys(question.context for question in questions)
    return [{"text": text, "source": paragraph_id(text)} for text in contexts]


def paragraph_id(context: str) -> str:
    return f"paragraph-{hashlib.sha256(context.encode()).hexdigest()[:12]}"


def measure(
    shelf: Shelf, questions: Sequence[ParagraphQuestion], *, compare: bool = True
) -> list[Figure]:
    """The area under the curve; `compare` sets the baseline beside it."""
    sure = [
        shelf.confidence(q.question, Filters(source=paragraph_id(q.context))) for q in questions
    ]
    return [
        Figure(
            "squad",
            "auc of answerable",
            _auc(sure, questions),
            len(questions),
            baseline=_auc(_likeness(questions), questions) if compare else None,
        )
    ]


def _auc(scores: Sequence[float], questions: Sequence[ParagraphQuestion]) -> float:
    pairs = list(zip(scores, questions, strict=True))
    return auc(
        [score for score, q in pairs if q.answerable],
        [score for score, q in pairs if not q.answerable],
    )


def _likeness(questions: Sequence[ParagraphQuestion]) -> list[float]:
    """The cosine of each question and the sentence of its paragraph that is most like it."""
    contexts = list(dict.fromkeys(q.context for q in questions))
    sentences = {text: [text[a:b] for a, b in sentence_spans(text)] for text in contexts}
    known = list(dict.fromkeys(one for several in sentences.values() for one in several))
    row = {sentence: place for place, sentence in enumerate(known)}
    vectors, asked = cached_vectors(known), cached_vectors([q.question for q in questions])
    return [
        float((vectors[[row[one] for one in sentences[q.context]]] @ asked[i]).max())
        for i, q in enumerate(questions)
    ]
