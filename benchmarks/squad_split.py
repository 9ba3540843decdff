"""The paragraphs of ../shared/eval/squad in two parts: three quarters to fit on, one to measure.

The parts follow from a digest of the paragraph alone, so that every benchmark cuts alike and
no question of a paragraph that was fitted on is ever measured.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict

from benchmarks.data import ParagraphQuestion, squad_questions


def is_measured(context: str) -> bool:
    """Whether the paragraph belongs to the quarter that nothing is fitted on."""
    return hashlib.sha256(context.encode()).digest()[0] % 4 == 1


def paragraphs(measured: bool) -> dict[str, list[ParagraphQuestion]]:
    """The questions of each paragraph of one part, in the order of the data."""
    part: dict[str, list[ParagraphQuestion]] = defaultdict(list)
    for question in squad_questions():
        if is_measured(question.context) == measured:
            part[question.context].append(question)
    return dict(part)
