"""The evaluation data as typed records, read from `../shared` beside the repository.

Every loader raises DataMissing, with the folder it looked in, where the data is absent.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval"
TRAIN = ROOT.parent / "shared" / "train"
WORK = ROOT / ".benchmarks"  # everything that a benchmark builds; safe to delete

_WORD = re.compile(r"\w+")


class DataMissing(Exception):
    """The data is not where the benchmarks look for it."""


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """One article as the data has it: raw text, still with the noise of its web page."""

    url: str
    title: str
    published: date | None
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """One quiz question and the string that answers it.

    `in_corpus` says that some article holds that string: a sign, no proof. `results` are the
    addresses that a web search gave for it, best first; only the training data has them.
    """

    id: str
    as_of: date
    question: str
    answer: str
    in_corpus: bool = False
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a conflicts question; `kind` is correct, misinfo or noise."""

    text: str
    kind: str
    answer: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question whose documents disagree: on purpose (misinfo) or because it is ambiguous."""

    id: str
    question: str
    documents: tuple[Document, ...]
    valid: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConversationTurn:
    """The last turn of a conversation; `history` holds (role, text) pairs, oldest first."""

    id: str
    question: str
    history: tuple[tuple[str, str], ...]
    relevant: frozenset[str]
    answerable: str
    reference: str  # an answer written by a person


@dataclass(frozen=True, slots=True)
class ParagraphQuestion:
    """A SQuAD question of one paragraph, with whether that paragraph answers it."""

    id: str
    context: str
    question: str
    answerable: bool
    answers: tuple[str, ...]


def words_of(text: str) -> str:
    """The words of `text` in lower case, each between single blanks, one at both ends.

    Quotes, dashes and case are gone and words stay whole: "40" is not in "1940". This is the
    rule by which the data's own `in_corpus` can be computed again, for all 359 questions.
    """
    return f" {' '.join(_WORD.findall(text.lower()))} "


def holds(text: str, answer: str) -> bool:
    """Whether `text` holds the words of `answer`, next to each other and in order."""
    return words_of(answer) in words_of(text)


def data_digest(*folders: str, root: Path = EVAL) -> str:
    """The sha256 of the names and bytes of every file in these folders of the data."""
    digest = hashlib.sha256()
    for folder in sorted(folders):
        for file in sorted(_existing(root / folder).rglob("*")):
            if file.is_file():
                digest.update(f"{file.relative_to(root)}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def news_articles(root: Path = EVAL) -> tuple[NewsArticle, ...]:
    return tuple(
        NewsArticle(a["url"], a["title"] or "", _day(a["published"]), a["source"], a["text"])
        for a in _lines(root / "news" / "articles.jsonl.gz")
    )


@cache
def news_questions(root: Path = EVAL) -> tuple[NewsQuestion, ...]:
    return tuple(
        NewsQuestion(
            q["id"],
            date.fromisoformat(q["as_of"]),
            q["question"],
            q["answer"][0],
            q.get("in_corpus", False),
            tuple(q.get("results", ())),
        )
        for q in _lines(root / "news" / "questions.jsonl")
    )


def answerable_news() -> list[NewsQuestion]:
    """The 243 questions whose answer's string stands in some article."""
    return [question for question in news_questions() if question.in_corpus]


@cache
def conflicts() -> tuple[Conflict, ...]:
    return tuple(
        Conflict(
            f"ramdocs-{number}",
            row["question"],
            tuple(Document(d["text"], d["type"], d["answer"]) for d in row["documents"]),
            tuple(dict.fromkeys(row["gold_answers"])),
            tuple(dict.fromkeys(row["wrong_answers"])),
        )
        for number, row in enumerate(_lines(EVAL / "conflicts" / "ramdocs.jsonl"))
    )


@cache
def conversation_turns() -> tuple[ConversationTurn, ...]:
    return tuple(
        ConversationTurn(
            row["id"],
            row["question"],
            tuple((turn["role"], turn["content"]) for turn in row["history"]),
            frozenset(row["relevant"]),
            row["answerable"],
            " ".join(row["reference"]),
        )
        for row in _lines(EVAL / "conversations" / "turns.jsonl")
    )


@cache
def conversation_passages() -> dict[str, str]:
    """The passages of the conversations by id."""
    file = EVAL / "conversations" / "passages.jsonl"
    return {row["id"]: row["text"] for row in _lines(file)}


@cache
def squad_questions() -> tuple[ParagraphQuestion, ...]:
    return tuple(
        ParagraphQuestion(
            q["id"], row["context"], q["question"], q["answerable"], tuple(q["answers"])
        )
        for row in _lines(EVAL / "squad" / "paragraphs.jsonl")
        for q in row["questions"]
    )


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(_existing(file), "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise DataMissing(
            f"{path} is not there: the benchmarks read public evaluation data from "
            f"{EVAL.parent}, beside the repository. Put it there, or leave this measure out."
        )
    return path


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
