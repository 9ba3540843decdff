"""Follow-ups: does our standalone question find more than the last turn alone?

recall@5 and nDCG@5 of the relevant passages over the turns that have any and that follow
others. Passages are the retrieval units, so each goes in as an article of its own, named by
its source. The published rewrites (MTRAG-UN, full corpora) lift recall@5 from 0.20 to 0.25
with BM25 and from 0.30 to 0.37 with BGE; the data holds no rewrite, so the aim is half of the
larger lift, and the reference answer used as a question shows how much there is to find.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.data import ConversationTurn
from benchmarks.figures import Figure, mean, mean_figure
from benchmarks.library import Row, Shelf
from benchmarks.ranks import ndcg_at, recall_at
from bot.conversation import standalone
from bot.records import Filters, Turn

DEPTH = 5
_CANDIDATES = 30  # passages looked at until five different ones are found
# Half of what the published rewrites add to BGE-base: 0.30 -> 0.37, 0.27 -> 0.34.
_HALF_OF_PUBLISHED = {"recall@5": 0.035, "nDCG@5": 0.035}
_SCORES = {"recall@5": recall_at, "nDCG@5": ndcg_at}


def rows(passages: dict[str, str]) -> list[Row]:
    """Each passage as one article; its id is its source, by which a hit is recognised."""
    return [{"text": text, "source": id_} for id_, text in passages.items()]


def follow_ups(turns: Sequence[ConversationTurn]) -> list[ConversationTurn]:
    """The turns that have both a history and a relevant passage."""
    return [turn for turn in turns if turn.history and turn.relevant]


def turns_of(history: Sequence[tuple[str, str]]) -> list[Turn]:
    """(role, text) pairs as our turns: a question of the user and the answer it got."""
    turns: list[Turn] = []
    for role, text in history:
        if role == "user" or not turns:
            turns.append(Turn(text))
        else:
            turns[-1] = Turn(turns[-1].question, text)
    return turns


def measure(shelf: Shelf, turns: Sequence[ConversationTurn]) -> list[Figure]:
    asked = follow_ups(turns)
    alone = _ranked(shelf, asked, lambda turn: turn.question)
    ours = _ranked(shelf, asked, lambda turn: standalone(turn.question, turns_of(turn.history)))
    told = _ranked(shelf, asked, lambda turn: turn.reference)
    figures = []
    for name, score in _SCORES.items():
        plain, found, bound = (
            [score(ids, turn.relevant, DEPTH) for ids, turn in zip(lists, asked, strict=True)]
            for lists in (alone, ours, told)
        )
        aim = mean(plain) + _HALF_OF_PUBLISHED[name]
        figures += [
            mean_figure("conversations", name, found, baseline=plain, aim=aim),
            mean_figure("conversations", f"{name} of the reference answer", bound, better=""),
        ]
    return figures


def _ranked(
    shelf: Shelf,
    turns: Sequence[ConversationTurn],
    question: Callable[[ConversationTurn], str],
) -> list[list[str]]:
    """The ids of the passages found for each turn, best first, each once."""
    return [
        list(
            dict.fromkeys(
                hit.passage.article.source
                for hit in shelf.hits(question(turn), Filters(), _CANDIDATES)
            )
        )
        for turn in turns
    ]
