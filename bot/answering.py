"""The page to read first: how a question becomes an answer.

1. `conversation`  a follow-up becomes a question that stands alone
2. `search`        passages by meaning and by words, in one order
3. `reading`       their sentences, each with the probability that it answers
4. `declining`     not sure enough, or the thing is `lacking`: "The articles don't say", and
                   what was nearest
5. `subjects`      "the latest on ...", "who is ...": a subject as a whole, or
   `happenings`    "what happened in ...": days as a whole, or
   `listing`       "which", "list", "how many": every item, or
   `quoting`       the few sentences that answer, or, with a chat model,
   `prose`         the model's words, each sentence checked against what it points at
6. `composing`     quotes are cut by offset, numbered and dated

Everything of one answer is read through one frozen view of the library.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.briefing import Options
from bot.composing import compose, growing, nearest_citations
from bot.conversation import standalone
from bot.declining import confidence, enough, missing, refusal
from bot.disagreeing import note_disagreements
from bot.embedding import Embedder, load_embedder
from bot.errors import QuestionError
from bot.happenings import happened
from bot.holding import fitting, tells_for_certain
from bot.lacking import lacking
from bot.library import Library, Snapshot, Summary
from bot.listing import Listed, find_list
from bot.questions import Asked
from bot.quoting import Quoted, choose, without_mark
from bot.reader import Reader, load_reader
from bot.reading import Candidate, read, rerank
from bot.records import Answer, Article, Filters, Hit, Passage, Turn
from bot.search import Found, search
from bot.settings import Settings, load_settings
from bot.subjects import Told, tell

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NEAREST = 3  # sentences shown beside "The articles don't say"
LONGEST = 2000  # characters of a question; more is a text, not a question


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question: ordered hits, read sentences, and how sure they make us."""

    found: Found
    candidates: tuple[Candidate, ...]
    confidence: float

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self.found.hits

    @property
    def passages(self) -> list[Passage]:
        return [hit.passage for hit in self.found.hits]


class Bot:
    """Answers questions from one library; safe to share between threads.

    `settings` default to the environment, `model` (any LangChain chat model) to the one that
    BOT_MODEL names. Models and stores are opened when they are first needed.
    """

    def __init__(
        self, settings: Settings | None = None, model: BaseChatModel | None = None
    ) -> None:
        self.settings = settings or load_settings()
        self._model = model

    def answer(self, question: str, history: Sequence[Turn] = (), **filters: Any) -> Answer:
        """The complete answer; `filters` are the fields of `Filters` (as_of, since, ...).

        Raises QuestionError for an empty or endless question, LibraryError when the library
        is missing or unusable, ModelError when the embedding model cannot be loaded.
        """
        for answer in self.stream(question, history, **filters):
            last = answer
        return last

    def stream(
        self, question: str, history: Sequence[Turn] = (), **filters: Any
    ) -> Iterator[Answer]:
        """Answers that grow by a statement at a time; the last one is complete."""
        question, model = _checked(question), self._chat_model
        chosen = Filters(**filters)
        chosen = chosen if chosen.as_of else replace(chosen, as_of=date.today())
        asked = self._standalone(question, history, model)
        start = Answer(question, False, "", as_of=chosen.as_of, standalone=asked)
        with self.library.snapshot() as view:
            evidence = self._evidence(view, asked, chosen)
            start = replace(start, confidence=evidence.confidence)
            told = self._told(view, evidence.found.asked, chosen)
            lack = lacking(view, evidence.found.asked, evidence.candidates, chosen)
            listed = None if told or lack else self._listed(view, evidence, chosen)
            sure = self._sure(evidence, listed)
            if not told and (lack or not sure):
                yield self._declined(view, start, evidence, lack)
                return
            quoted = self._quoted(view, start, evidence, told or listed)
            copies = (
                {p.article.id: len(view.copies(p.article.id)) for p in evidence.passages}
                if model
                else {}
            )
        if model is None:
            yield from growing(quoted)
        else:
            yield from self._written(model, quoted, evidence, history=history, copies=copies)

    def evidence(self, question: str, **filters: Any) -> Evidence:
        """What an answer would be made of: hits and sentences, best first, and confidence."""
        chosen = Filters(**filters)
        with self.library.snapshot() as view:
            return self._evidence(view, question, chosen)

    def article(self, article_id: str, version: str = "") -> Article:
        """The full article that a citation names; KeyError for an unknown one."""
        return self.library.article(article_id, version)

    def is_live(self, article_id: str) -> bool:
        """Whether the article is in the library still; removed ones can be read, not found."""
        with self.library.snapshot() as view:
            return view.state(article_id)[0]

    def summary(self) -> Summary:
        """What the library holds; raises LibraryMissing where there is none."""
        with self.library.snapshot() as view:
            return view.summary()

    def titles(self, most: int = 200) -> tuple[str, ...]:
        """The titles of the newest articles, at most `most`; LibraryMissing as for `summary`."""
        with self.library.snapshot() as view:
            return tuple(article.title for article in islice(view.articles(), most))

    def warm(self) -> None:
        """Load what the first answer needs; the parts load side by side."""
        loading = threading.Thread(target=lambda: self.reader)
        loading.start()
        self.library.warm()
        _ = self.embedder
        loading.join()

    @cached_property
    def library(self) -> Library:
        return Library(self.settings)

    @cached_property
    def embedder(self) -> Embedder:
        return load_embedder(self.settings)

    @cached_property
    def reader(self) -> Reader:
        return load_reader(self.settings)

    @cached_property
    def _chat_model(self) -> BaseChatModel | None:
        if self._model is None and self.settings.model:
            from bot.chat_model import load_chat_model

            return load_chat_model(self.settings)
        return self._model

    def _standalone(
        self, question: str, history: Sequence[Turn], model: BaseChatModel | None
    ) -> str:
        if model is None:
            return standalone(question, history)
        from bot.rewriting import rewritten

        return rewritten(question, history, model, self.settings.model_timeout)

    def _evidence(self, view: Snapshot, question: str, filters: Filters) -> Evidence:
        found = search(view, self.embedder, question, filters)
        candidates = read(found, self.reader)
        sure = confidence(found.asked, candidates)
        return Evidence(rerank(found, candidates), tuple(candidates), sure)

    def _declined(self, view: Snapshot, answer: Answer, evidence: Evidence, lack: str) -> Answer:
        counts = view.document_frequencies(evidence.found.asked.terms)
        gap = lack or missing(evidence.found, evidence.candidates, counts)
        fit = fitting(evidence.found.asked, evidence.candidates)
        near = [*fit, *(c for c in evidence.candidates if c not in fit)][:NEAREST]
        nearest = [without_mark(Quoted(c.passage, c.span)) for c in near]
        return replace(
            answer, text=refusal(gap), missing=gap, nearest=nearest_citations(nearest, view)
        )

    def _sure(self, evidence: Evidence, listed: Listed | None) -> bool:
        certain = tells_for_certain(evidence.found.asked, evidence.candidates)
        return enough(evidence.confidence) or certain or bool(listed and listed.certain)

    def _told(self, view: Snapshot, asked: Asked, filters: Filters) -> Told | None:
        return tell(view, asked, filters) or happened(view, asked, filters)

    def _listed(self, view: Snapshot, evidence: Evidence, filters: Filters) -> Listed | None:
        found, candidates = evidence.found, evidence.candidates
        return find_list(view, found, candidates, reader=self.reader, filters=filters)

    def _quoted(
        self, view: Snapshot, answer: Answer, evidence: Evidence, whole: Told | Listed | None
    ) -> Answer:
        """The answer made of quotes alone: what is told as a `whole`, else the best sentences."""
        if whole:
            return compose(replace(answer, scope=whole.scope), whole.quotes, view)
        asked = evidence.found.asked
        quotes = choose(asked, evidence.candidates)
        return note_disagreements(asked, compose(answer, quotes, view))

    def _written(
        self,
        model: BaseChatModel,
        quoted: Answer,
        evidence: Evidence,
        *,
        history: Sequence[Turn],
        copies: dict[str, int],
    ) -> Iterator[Answer]:
        from bot.prose import in_prose

        options = Options(
            as_of=quoted.as_of,
            history=history,
            context_tokens=self.settings.model_context,
            timeout=self.settings.model_timeout,
        )
        yield from in_prose(quoted, evidence.hits, model, options, copies)


def _checked(question: str) -> str:
    question = " ".join(question.split())
    if not question:
        raise QuestionError("The question is empty. Ask something, such as: who works with Leica?")
    if len(question) > LONGEST:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {LONGEST:,} can be asked at "
            "once. Shorten it, or ask it in parts."
        )
    return question
