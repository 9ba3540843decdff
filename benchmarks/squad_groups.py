"""Groups from SQuAD 2.0 paragraphs: every sentence of the paragraph, and a few of others.

A sentence that holds the answer is right; where several do, the one that shares most with the
question is, and the others are left out. An unanswerable question has wrong sentences only.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.data import ParagraphQuestion
from benchmarks.reader_groups import RIGHT, UNSURE, WRONG, Candidate, Group, Weights, overlap, stems
from benchmarks.squad_split import paragraphs
from bot.sentences import sentence_spans

FOREIGN = 3  # wrong sentences from other paragraphs, the most alike first


def squad_groups(measured: bool) -> list[Group]:
    """The groups of one part; `held_out` says that it is the part that is measured."""
    part = paragraphs(measured)
    sentences = [_sentences(context) for context in part]
    weights = Weights(set(stems(sentence)) for own in sentences for sentence in own)
    groups = []
    for at, questions in enumerate(part.values()):
        others = [sentence for i, own in enumerate(sentences) if i != at for sentence in own]
        words = [set(stems(sentence)) for sentence in others]
        for question in questions:
            asked = weights.of(question.question)
            candidates = _own(question, asked, sentences[at])
            if not measured:
                candidates += _foreign(question, asked, others, words)
            groups.append(Group(question.question, "squad", measured, tuple(candidates)))
    return groups


def _sentences(context: str) -> list[str]:
    return [context[start:end] for start, end in sentence_spans(context)]


def _own(
    question: ParagraphQuestion, asked: dict[str, float], sentences: Sequence[str]
) -> list[Candidate]:
    words = [set(stems(sentence)) for sentence in sentences]
    scores = [overlap(asked, own) for own in words]
    holds = [any(answer in sentence for answer in question.answers) for sentence in sentences]
    right = max((score for score, hold in zip(scores, holds, strict=True) if hold), default=-1.0)
    return [
        Candidate(
            sentence,
            "",
            sentences[at - 1] if at else "",
            WRONG if not holds[at] else RIGHT if scores[at] == right else UNSURE,
            scores[at],
        )
        for at, sentence in enumerate(sentences)
    ]


def _foreign(
    question: ParagraphQuestion,
    asked: dict[str, float],
    others: Sequence[str],
    words: Sequence[set[str]],
) -> list[Candidate]:
    scored = sorted(((overlap(asked, own), at) for at, own in enumerate(words)), reverse=True)
    fit = [
        Candidate(others[at], "", "", WRONG, score)
        for score, at in scored[: 4 * FOREIGN]
        if not any(answer in others[at] for answer in question.answers)
    ]
    return fit[:FOREIGN]
