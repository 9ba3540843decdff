"""Documents that disagree: are the valid answers shown together, and is a wrong one left alone?

RAMDocs: 250 questions, each with documents of its own, some of which are ambiguous (several
valid answers) and some made up (misinformation). All go into one library, with the question's
id as their source, and each question is asked of its own source only. No document is dated.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.data import Conflict, holds
from benchmarks.figures import Figure, mean_figure
from benchmarks.library import Row, Shelf
from benchmarks.quotes import plain_quotes, quoted
from bot.records import Answer


def rows(questions: Sequence[Conflict]) -> list[Row]:
    """Each document as one article whose source is the id of its question."""
    return [
        {"text": document.text, "source": question.id}
        for question in questions
        for document in question.documents
    ]


def shown(text: str, answers: Sequence[str]) -> int:
    """How many of the answers stand in the text."""
    return sum(holds(text, answer) for answer in answers)


def measure(shelf: Shelf, questions: Sequence[Conflict]) -> list[Figure]:
    answers = [shelf.bot.answer(one.question, source=one.id) for one in questions]
    ours = [quoted(answer) for answer in answers]
    plain = [plain_quotes(one.question, [d.text for d in one.documents]) for one in questions]
    several = [i for i, one in enumerate(questions) if len(one.valid) > 1]
    disturbed = [i for i, one in enumerate(questions) if one.wrong and one.valid]
    return [
        mean_figure(
            "conflicts",
            "more than one valid answer shown",
            [float(shown(ours[i], questions[i].valid) > 1) for i in several],
            baseline=[float(shown(plain[i], questions[i].valid) > 1) for i in several],
        ),
        mean_figure(
            "conflicts",
            "misinformation alone",
            [_misled(ours[i], questions[i]) for i in disturbed],
            baseline=[_misled(plain[i], questions[i]) for i in disturbed],
            better="lower",
        ),
        mean_figure(
            "conflicts",
            "a valid answer shown",
            [float(shown(text, one.valid) > 0) for text, one in zip(ours, questions, strict=True)],
            baseline=[
                float(shown(text, one.valid) > 0)
                for text, one in zip(plain, questions, strict=True)
            ],
        ),
        mean_figure("conflicts", "answered", [float(_told(one)) for one in answers], better=""),
    ]


def _told(answer: Answer) -> bool:
    return answer.answered


def _misled(text: str, question: Conflict) -> float:
    """1 where a wrong answer is shown and no valid one beside it."""
    return float(shown(text, question.wrong) > 0 and shown(text, question.valid) == 0)
