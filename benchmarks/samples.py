"""Plain questions about the sample articles, as a reader of them would ask.

The quizzes of `../shared/eval` are worded unlike the news and asked of thousands of articles;
here are eighteen articles on one matter, and questions of which a third are answered nowhere,
though much that is near them is said. `sample_questions.txt` holds them, with what right quotes
hold. An answer that shows none of that is a wrong one, whatever else it shows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.data import ROOT, WORK
from benchmarks.figures import Figure, mean_figure
from benchmarks.library import Shelf, code_digest
from bot.records import Answer
from bot.settings import load_settings

QUESTIONS = Path(__file__).with_name("sample_questions.txt")
ARTICLES = ROOT / "articles"
AS_OF = date(2026, 1, 15)


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    """A question, and strings of which a right quote holds one; none where nothing answers."""

    question: str
    answers: tuple[str, ...]


def sample_questions() -> list[SampleQuestion]:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines if line and not line.startswith("#")]


def samples_shelf() -> Shelf:
    """The library of the sample articles, built when they or the code that builds it changed."""
    from ingest import ingest

    digest = hashlib.sha256(code_digest().encode())
    for file in sorted(ARTICLES.iterdir()):
        digest.update(file.read_bytes())
    folder = WORK / "libraries" / f"samples-{digest.hexdigest()[:12]}"
    settings = load_settings(library=folder, model="")
    ingest(ARTICLES, settings=settings)
    return Shelf(settings)


def measure(shelf: Shelf) -> list[Figure]:
    """How many are answered rightly, wrongly, and though nothing answers."""
    answered = [(q, shelf.bot.answer(q.question, as_of=AS_OF)) for q in sample_questions()]
    known = [(q, answer) for q, answer in answered if q.answers]
    unknown = [float(answer.answered) for q, answer in answered if not q.answers]
    right = [float(is_right(q, answer)) for q, answer in known]
    wrong = [float(answer.answered and not is_right(q, answer)) for q, answer in known]
    return [
        mean_figure("samples", "answered rightly", right),
        mean_figure("samples", "answered wrongly", wrong, better="lower"),
        mean_figure("samples", "answered though nothing answers", unknown, better="lower"),
    ]


def is_right(question: SampleQuestion, answer: Answer) -> bool:
    """Whether some quote of the answer holds one of the right strings."""
    return answer.answered and any(map(_quoted(answer).__contains__, question.answers))


def _quoted(answer: Answer) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


def _read(line: str) -> SampleQuestion:
    question, _, answers = line.partition("|")
    return SampleQuestion(question, () if answers == "-" else tuple(answers.split(";")))
