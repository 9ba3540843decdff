"""An answer in a model's prose: it points at numbered sentences, our code cuts the quotes.

1. Number the sentences of the hits, as many as the model's context holds.
2. Stream the reply, sentence by sentence.
3. Resolve each sentence's pointers to citations and check it against their quotes.
4. Yield what has stood up so far; what has not is kept apart as dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import prompts
from bot.briefing import Options, brief
from bot.checking import Verdict, check
from bot.citing import cite
from bot.errors import ModelError, ModelRefused
from bot.language import content_stems
from bot.pointers import Numbered, Pointer, parse
from bot.records import Citation, Hit, Passage, Span, Standing, Statement
from bot.replies import sentences
from bot.standing import standing

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

DEFAULTS = Options()
_CONTEXT_SENTENCES = 2  # how far back the words may stand that make a hedge a rumour
_PRONOUNS = frozenset("he she it they his her its their this these that those both".split())


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model has written so far: statements that stood up, their citations, the rest.

    Citations are numbered from 1 in the order of first use; `dropped` are the sentences that
    the checks did not let through, each with the reasons in its note.
    """

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    dropped: tuple[Statement, ...] = ()


def write(
    question: str,
    hits: Sequence[Hit],
    model: BaseChatModel,
    options: Options = DEFAULTS,
) -> Iterator[Draft]:
    """Growing drafts, each sentence checked before it is yielded; the last one is complete.

    Raises ModelRefused when the model finds no answer, and ModelError when it fails, is too
    slow, breaks off, or writes nothing that stands up to the checks.
    """
    messages, numbered = brief(question, hits, options)
    draft, refused = Draft(), False
    for sentence in sentences(model, messages, options.timeout):
        if is_refusal(sentence):
            refused = True
            continue
        longer = add_sentence(draft, sentence, numbered)
        if longer.statements != draft.statements:
            yield longer
        draft = longer
    if not draft.statements:
        if refused:
            raise ModelRefused("The model found no answer in these articles.")
        raise ModelError(
            f"None of the {len(draft.dropped)} sentences that the model wrote "
            "stood up to the checks."
        )
    yield draft


def add_sentence(draft: Draft, sentence: str, numbered: Numbered) -> Draft:
    """The draft with one more sentence of the model, among the statements or the dropped."""
    text, pointers, unknown = parse(sentence, numbered)
    if not any(c.isalpha() for c in text) or text in {s.text for s in draft.statements}:
        return draft
    places, verdict = _settle(text, pointers, numbered)
    problems = [f"unknown pointer: {pointer}" for pointer in unknown] + [*verdict.problems]
    if text.rstrip().endswith(":"):
        problems.append("announces a list and says nothing")
    if problems:
        lost = Statement(text, (), "unsupported", note="; ".join(problems))
        return replace(draft, dropped=(*draft.dropped, lost))
    citations = list(draft.citations)
    numbers = tuple(_number(citations, passage, span) for passage, span in places)
    firm, cues = _weakest(places)
    statement = Statement(text, numbers, "supported", firm, cues)
    return replace(draft, statements=(*draft.statements, statement), citations=tuple(citations))


def is_refusal(sentence: str) -> bool:
    """Whether a sentence of the model is the refusal phrase, with whatever apostrophe."""
    return sentence.replace("’", "'").strip(" *_\"'“").lower().startswith(prompts.REFUSAL.lower())


def _settle(
    text: str, pointers: Sequence[Pointer], numbered: Numbered
) -> tuple[list[tuple[Passage, Span]], Verdict]:
    """The places that a sentence rests on, and the verdict on it.

    A whole source stands for the one or two sentences of it that share most with the text;
    a sentence that opens with a pronoun brings the one before it where that is needed.
    """
    exact = [pointer for pointer in pointers if pointer[1]]
    for source, sentence in pointers:
        if not sentence:
            exact += _most_shared(text, numbered.of_source(source), numbered)
    places = [numbered.places[pointer] for pointer in dict.fromkeys(exact)]
    verdict = _judge(text, places)
    if verdict.problems:
        wider = [(passage, _with_antecedent(passage, span)) for passage, span in places]
        if wider != places and not (second := _judge(text, wider)).problems:
            return wider, second
    return _needed(text, places), verdict


def _judge(text: str, places: Sequence[tuple[Passage, Span]]) -> Verdict:
    return check(text, [cite(passage, span, 0) for passage, span in places])


def _needed(text: str, places: list[tuple[Passage, Span]]) -> list[tuple[Passage, Span]]:
    """The places without those that share no word with the text; a lone one always stays."""
    said = set(content_stems(text))
    kept = [(p, span) for p, span in places if said & set(content_stems(p.cut(span)))]
    return kept or places[:1]


def _most_shared(text: str, pointers: list[Pointer], numbered: Numbered) -> list[Pointer]:
    said = set(content_stems(text))

    def shared(pointer: Pointer) -> int:
        passage, span = numbered.places[pointer]
        return len(said & set(content_stems(passage.cut(span))))

    return sorted(pointers, key=lambda pointer: -shared(pointer))[:2]


def _with_antecedent(passage: Passage, span: Span) -> Span:
    """The span begun one sentence earlier, when it opens with a pronoun."""
    opening = passage.cut(span).split(maxsplit=1)[0].lower().strip("“\"'’")
    at = passage.sentences.index(span)
    if at == 0 or opening.split("'")[0].split("’")[0] not in _PRONOUNS:
        return span
    return passage.sentences[at - 1][0], span[1]


def _number(citations: list[Citation], passage: Passage, span: Span) -> int:
    """The number of this quote among the citations, added to them when it is new."""
    new = cite(passage, span, len(citations) + 1)
    for citation in citations:
        if replace(citation, number=new.number) == new:
            return citation.number
    citations.append(new)
    return new.number


def _weakest(places: Sequence[tuple[Passage, Span]]) -> tuple[Standing | None, tuple[str, ...]]:
    """The weakest standing of the quotes: a statement is no firmer than what it rests on."""
    found = [standing(passage.cut(span), _before(passage, span)) for passage, span in places]
    for grade in ("rumoured", "reported"):
        cues = tuple(dict.fromkeys(cue for firm, words in found for cue in words if firm == grade))
        if cues:
            return grade, cues
    return next((one for one in found if one[0]), (None, ()))


def _before(passage: Passage, span: Span) -> list[str]:
    earlier = [s for s in passage.sentences if s[1] <= span[0]][-_CONTEXT_SENTENCES:]
    return [passage.article.title, *map(passage.cut, earlier)]
