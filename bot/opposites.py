"""Words that turn a claim into its contrary: "passed" and "voted down", "rose" and "fell".

A sentence that shares all other words with its quote is still false when it says the contrary,
so such pairs are looked for one by one. News turns on few of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.language import stem, words

# Each line holds two sides; a word on one of them contradicts any on the other.
_PAIRS = """
rise rises rose risen rising increase increased increases grew grow up soared climbed higher |
    fall falls fell fallen falling decrease decreased drop dropped declined shrank down lower
win wins won winning winner beat defeated victory | lose loses lost losing loser defeat
pass passed passes approve approved approves adopted upheld |
    reject rejected rejects overturned blocked vetoed scrapped
accept accepted accepts agreed | refuse refused refuses rejected declined
begin began begins begun start started starts launched opened |
    end ended ends stop stopped stops ceased closed finished
buy bought buys purchased acquired | sell sold sells
join joined joins entered | leave left leaves quit exited
raise raised raises | cut cuts lowered slashed reduced
arrested detained jailed imprisoned | released freed
convicted guilty | acquitted innocent cleared
confirm confirmed confirms admitted | deny denied denies disputed
support supported supports backed favours favored | oppose opposed opposes against
allow allowed allows permitted legal | ban banned bans forbidden prohibited illegal
hired appointed | fired dismissed sacked
gained profit profits | losses loss
more most above over exceeded | less fewer least below under
before earlier | after later
first oldest earliest | last latest youngest
largest biggest highest best longest tallest | smallest lowest worst shortest
north northern | south southern
east eastern | west western
male men man father son brother boy husband |
    female women woman mother daughter sister girl wife
alive survived | dead died killed
import imports imported | export exports exported
success successful succeeded | failure failed unsuccessful
public | private
same | different
"""
_PHRASES = {"voted down": "rejected", "turned down": "refused", "called off": "scrapped"}


def contrary(sentence: str, quotes: Iterable[str]) -> str:
    """A word of the sentence whose contrary stands in the quotes, where itself does not, or ""."""
    said, known = _stems(sentence), _stems(" ".join(quotes))
    for one, other in _sides():
        told = said & one
        if told and not said & other and not known & one and known & other:
            return next(w for w in words(_plain(sentence)) if stem(w) in told)
    return ""


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(_plain(text))}


def _plain(text: str) -> str:
    text = text.lower()
    for phrase, word in _PHRASES.items():
        text = text.replace(phrase, word)
    return text


def _sides() -> Iterator[tuple[set[str], set[str]]]:
    lines = _PAIRS.replace("|\n", "|").strip().splitlines()
    for line in lines:
        one, other = ({stem(word) for word in side.split()} for side in line.split("|"))
        yield one, other
        yield other, one
