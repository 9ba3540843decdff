"""What the checks let through when the smallest chat model writes: `python -m benchmarks.prose`.

SmolLM2-135M answers 100 questions about the news of `../shared/eval/news`, from the passages
that our own search finds. It makes things up all the time, so the count of what it claims,
what is shown as supported and what is dropped for which reason tests the checks. Whether the
supported ones are, is for a person to read: they are written to a file with their quotes.

Many of its sentences point at nothing, and are dropped for that alone. To see what the other
checks are worth, such sentences are judged once more with pointers lent to them: those of
the two sentences that share most words with them. These are counted apart, as `lent`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from benchmarks import data
from benchmarks.library import news_row, open_shelf
from benchmarks.small_model import CONTEXT, NAME, SmallModelMissing, served
from benchmarks.subset import some
from bot.briefing import Options, brief
from bot.chat_model import load_chat_model
from bot.errors import ModelError
from bot.language import content_stems
from bot.pointers import Numbered, parse
from bot.records import Filters, Hit, Statement
from bot.replies import sentences
from bot.settings import load_settings
from bot.writing import Draft, add_sentence, is_refusal

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

QUESTIONS = 100
HITS = 3
TIMEOUT = 300.0  # seconds a reply; generous, so that a busy machine changes nothing
LENT = 2
SHOWN = data.WORK / "prose-shown.jsonl"
REPLIES = data.WORK / "prose-replies.json"

Ask = Callable[[str, "list[BaseMessage]"], Iterable[str]]  # question, prompt -> sentences


@dataclass(frozen=True, slots=True)
class Case:
    """One question, the day it is asked, and the passages found for it."""

    question: str
    as_of: date
    hits: Sequence[Hit]


@dataclass(slots=True)
class Tally:
    """Counts over all questions; `shown` are the supported sentences, for reading."""

    questions: int = 0
    claims: int = 0
    refusals: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    lent: int = 0
    lent_reasons: Counter[str] = field(default_factory=Counter)
    shown: list[dict[str, object]] = field(default_factory=list)
    replies: dict[str, list[str]] = field(default_factory=dict)

    def supported(self, origin: str) -> int:
        return sum(row["origin"] == origin for row in self.shown)


def measure(cases: Iterable[Case], ask: Ask) -> Tally:
    """Ask every question and judge every sentence of the replies."""
    tally = Tally()
    for case in cases:
        tally.questions += 1
        messages, numbered = brief(case.question, case.hits, Options(case.as_of, (), CONTEXT))
        said = tally.replies.setdefault(case.question, [])
        try:
            for sentence in ask(case.question, messages):
                said.append(sentence)
                _judge(tally, case, sentence, numbered)
        except ModelError as error:
            tally.failures[str(error)] += 1
        print(f"\r{tally.questions} questions, {tally.claims} claims", end="", file=sys.stderr)
    return tally


def _judge(tally: Tally, case: Case, sentence: str, numbered: Numbered) -> None:
    if is_refusal(sentence):
        tally.refusals += 1
        return
    bare, pointers, unknown = parse(sentence, numbered)
    if not any(c.isalpha() for c in bare):
        return
    tally.claims += 1
    draft = add_sentence(Draft(), sentence, numbered)
    _count(tally, case, draft, "pointed", tally.reasons)
    if not pointers and not unknown:
        tally.lent += 1
        lent = add_sentence(Draft(), bare + _nearest(bare, numbered), numbered)
        _count(tally, case, lent, "lent", tally.lent_reasons)


def _count(tally: Tally, case: Case, draft: Draft, origin: str, reasons: Counter[str]) -> None:
    for statement in draft.statements:
        quotes = [asdict(c) for c in draft.citations]
        tally.shown.append(
            {"origin": origin, "question": case.question, "says": statement.text,
             "standing": statement.standing, "quotes": quotes}
        )  # fmt: skip
    for statement in draft.dropped:
        reasons.update(_kinds(statement))


def _kinds(dropped: Statement) -> Iterator[str]:
    yield from dict.fromkeys(part.split(":")[0] for part in dropped.note.split("; "))


def _nearest(text: str, numbered: Numbered) -> str:
    said = set(content_stems(text))
    ranked = sorted(
        numbered.places.items(),
        key=lambda place: -len(said & set(content_stems(place[1][0].cut(place[1][1])))),
    )
    return "".join(f" [{source}.{sentence}]" for (source, sentence), _ in ranked[:LENT])


def news_cases(number: int) -> Iterator[Case]:
    """The questions, each with the first passages of our own search, as of its day."""
    shelf = open_shelf("news", map(news_row, data.news_articles()))
    for asked in some(data.answerable_news(), number, lambda q: q.id):
        hits = shelf.hits(asked.question, Filters(as_of=asked.as_of), HITS)
        yield Case(asked.question, asked.as_of, hits)


def report(tally: Tally) -> str:
    """The counts as lines of text."""
    lines = [
        f"questions {tally.questions}, refused {tally.refusals}, "
        f"failed {sum(tally.failures.values())}",
        f"claims {tally.claims}, supported {tally.supported('pointed')}",
        *(f"  dropped, {reason}: {n}" for reason, n in tally.reasons.most_common()),
        f"pointers lent {tally.lent}, supported {tally.supported('lent')}",
        *(f"  dropped, {reason}: {n}" for reason, n in tally.lent_reasons.most_common()),
        *(f"failed, {reason}: {n}" for reason, n in tally.failures.most_common()),
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 2 where the data or the model is absent."""
    parser = argparse.ArgumentParser("python -m benchmarks.prose", description=__doc__)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--again", action="store_true", help="judge the last replies again")
    options = parser.parse_args(arguments)
    cases = news_cases(options.questions)
    try:
        if options.again:
            tally = measure(cases, _recorded())
        else:
            with served():
                tally = measure(cases, asking(load_chat_model(load_settings(model=NAME))))
    except (data.DataMissing, SmallModelMissing) as missing:
        print(missing, file=sys.stderr)
        return 2
    print(report(tally))
    keep(tally)
    return 0


def asking(model: BaseChatModel) -> Ask:
    """The model's reply to a question, sentence by sentence."""
    return lambda _, messages: sentences(model, messages, TIMEOUT)


def _recorded() -> Ask:
    if not REPLIES.exists():
        raise data.DataMissing(f"{REPLIES} is not there: run once without --again.")
    replies: dict[str, list[str]] = json.loads(REPLIES.read_text("utf-8"))
    return lambda question, _: replies.get(question, [])


def keep(tally: Tally) -> None:
    """Write the replies, and what was shown with its quotes, for a person to read."""
    data.WORK.mkdir(exist_ok=True)
    REPLIES.write_text(json.dumps(tally.replies, indent=1, ensure_ascii=False), "utf-8")
    rows = (json.dumps(row, default=str, ensure_ascii=False) + "\n" for row in tally.shown)
    SHOWN.write_text("".join(rows), encoding="utf-8")
    print(f"for reading: {SHOWN}")


if __name__ == "__main__":
    sys.exit(main())
