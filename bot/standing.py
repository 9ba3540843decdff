"""How firmly an article says something: confirmed, reported or rumoured, with the words that do so.

Pure rules over one quote and, optionally, what stands around it. Three kinds of words:

1. words that make a rumour by themselves ("tipster", "reportedly", "leaked renders");
2. hedges ("could", "may", "suggests"), common in news that is no rumour at all: they count
   when two of different kinds meet, when they speak of hidden plans ("could be looking to"),
   or when the title or the sentences just before hold a word of the first kind;
3. words of announcement ("announced") and of attribution ("said", "according to").

A rumour outweighs an announcement, and an announcement an attribution. Every cue that is
returned stands in the quote, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.records import Standing

_TELLS = r"(?:claims?|claimed|hints?|hinted)"
_HOLDS = r"(?:claims?|claimed|hints?|hinted|suggests?|suggested|indicates?|indicated)"
_WHEN = r"(?:(?:this|last) week |on \w+day )?"
_SOME = r"(?:(?:an?|the|other|another|new|recent|latest|several|some|many|media|earlier|this) )+"
_RUMOUR = re.compile(
    r"\b(?:tipsters?|leakers?|rumou?r(?:s|ed)?|rumou?r mill|reportedly|allegedly|purportedly"
    r"|supposedly|unconfirmed|not (?:yet )?been (?:officially )?confirmed"
    r"|speculat(?:ion|ions|ed)|(?:is|are|was|were) (?:said|tipped) to"
    r"|leaked (?:image|render|photo|picture|spec|detail|roadmap|poster|listing|schematic)\w*"
    rf"|{_SOME}(?:reports?|blogs?) {_WHEN}{_TELLS}"
    rf"|(?:{_SOME})?(?:leaks?|insiders?|sources?) {_WHEN}{_HOLDS}"
    r"|(?:anonymous|unnamed) (?:source|tip|insider|user|account)s?)\b",
    re.IGNORECASE,
)
# What follows these words is a rumour that somebody puts an end to, or declines to start.
_ENDS_RUMOUR = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dispel\w*|quell\w*|quash\w*|dismiss\w*|debunk\w*|refut\w*"
    r"|reject\w*|rul(?:ed|es|ing) out|false|baseless|unfounded|declined|refused|no|not|after"
    r"|despite)(?:\s+\S+){0,4}\s*$",
    re.IGNORECASE,
)
# Case matters: "May" is a month. "could not" is what failed, not what may come.
_MODAL = re.compile(r"\b(?:could|may|might)\b(?! not\b)(?!n['’]t)(?! have to\b)")
_SEEMS = re.compile(
    r"\b(?:it seems|seems? (?:to|that)|apparently|appears? (?:to|that)|suggest(?:s|ed)?|hints? at"
    r"|likely to)\b",
    re.IGNORECASE,
)
# Studies "suggest" too; what makes a rumour is a report, without a name, that suggests.
_UNSURE = re.compile(
    r"\b(?:it seems|seems? (?:to|that)|apparently|(?:a|new|latest|some) reports? suggests?)\b",
    re.IGNORECASE,
)
_HIDDEN_PLAN = re.compile(
    r"\b(?:could|may|might) (?:also |soon )?be (?:looking to|planning|preparing|working on"
    r"|considering|gearing up|readying|eyeing|in talks)\b"
)
_NO_NEWS = (
    r"(?! (?:cases?|deaths?|infections?|patients?|at\b|against|an? (?:attack|strike|missile)))"
)
_ANNOUNCED = re.compile(
    r"\b(?:announc(?:ed|es)|confirm(?:ed|s)|unveil(?:ed|s)|launched|made it official|is official"
    rf"|official (?:announcement|statement|launch))\b{_NO_NEWS}",
    re.IGNORECASE,
)
# "not yet announced", "to be announced", "sources confirmed": nothing was announced.
_NOT_ANNOUNCED = re.compile(
    r"(?:\b(?:not|never|n['’]t|yet|nor|without|be|being|sources?|if|when|once|until|whether)"
    r"|n['’]t)(?:\s+(?:yet|been|have|has|is|it|officially|ever|\w+ly))*\s*$",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r"\b(?:according to|said|says|told|stated|added|explained|wrote|tweeted|claimed"
    r"|claims (?:that|to|he|she|it|they)"
    r"|argued|argues|insist(?:ed|s)|alleg(?:ed|es) that|reported(?: that| by)|reports that"
    r"|denied|denies|noted|testified|estimates?|estimated|people familiar with|sources?)\b",
    re.IGNORECASE,
)


def standing(quote: str, context: Sequence[str] = ()) -> tuple[Standing | None, tuple[str, ...]]:
    """How firmly `quote` says what it says, and the words in it that tell, in their order.

    `context` is what a reader has just read: the article's title and the two or three
    sentences before. It only matters where the quote itself is hedged. None means that the
    article states it in its own voice.
    """
    rumour = _without(_RUMOUR, quote, _ENDS_RUMOUR)
    hedges = [*_MODAL.finditer(quote), *_SEEMS.finditer(quote)]
    if rumour:
        return "rumoured", _words(rumour + list(_MODAL.finditer(quote)))
    if _hedged_twice(quote) or (hedges and any(is_rumour(text) for text in context)):
        return "rumoured", _words(hedges)
    plan = list(_HIDDEN_PLAN.finditer(quote))
    if plan:
        return "rumoured", _words(plan)
    announced = _without(_ANNOUNCED, quote, _NOT_ANNOUNCED)
    if announced:
        return "confirmed", _words(announced)
    attributed = list(_ATTRIBUTED.finditer(quote))
    return ("reported", _words(attributed)) if attributed else (None, ())


def is_rumour(text: str) -> bool:
    """Whether `text` holds a word that makes a rumour without help from its surroundings."""
    return bool(_without(_RUMOUR, text, _ENDS_RUMOUR))


def _hedged_twice(quote: str) -> bool:
    """Whether two hedges of different kinds meet: "it seems that the tie-up could end"."""
    return bool(_UNSURE.search(quote) and _MODAL.search(quote))


def _without(words: re.Pattern[str], text: str, undone_by: re.Pattern[str]) -> list[re.Match[str]]:
    """The matches of `words` in `text` that no word just before them undoes."""
    return [m for m in words.finditer(text) if not undone_by.search(text, 0, m.start())]


def _words(matches: Iterable[re.Match[str]]) -> tuple[str, ...]:
    ordered = sorted(matches, key=lambda m: m.start())
    return tuple(dict.fromkeys(m[0] for m in ordered))
