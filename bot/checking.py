"""Does what a sentence cites support it? Pure rules over the sentence and its citations.

A sentence is `supported` when everything below holds, else `unsupported` with the reasons:

1. it points at something;
2. its quoted strings stand in the quotes, letter for letter;
3. its dates and figures stand there, with their units and bounds ("under 75,000"), where a
   day may be written out when the article's own date makes it so;
4. its names stand there, and as one name where it writes them as one ("13 Ultra");
5. enough of its other words stand there, near each other, in each of its clauses;
6. it denies what the quotes deny, affirms what they affirm, hedges what they hedge, says
   nothing contrary ("rose", "fell") and leaves the roles as they are ("A sued B").

Title, source, author and date of the cited article count as context for names and years.
The rules err on the strict side: a true sentence left out costs less than a false one shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot import days
from bot.figures import Figure, figures
from bot.language import content_stems, stem, words
from bot.naming import missing_names, name_words, roles_swapped
from bot.opposites import contrary
from bot.polarity import denials_differ, hedge_lost
from bot.records import Citation, Support
from bot.standing import is_rumour

# Share of a sentence's words, without names and figures, that its quotes must hold.
MIN_SHARE = 0.6
# Share of its neighbouring content words that must stand near each other in one quote, too:
# words gathered from all over make a new claim. `python -m benchmarks.support` measures both.
MIN_TOGETHER = 0.5
_NEAR = 4  # content words
# And the share that the quotes must hold of each clause with two such words or more, lest one
# true clause carry a false one.
MIN_CLAUSE = 0.5
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\s*")
# Words that speak about the reporting itself, where the day of the article may be named.
_REPORTING = re.compile(
    r"\b(?:report\w*|articles?|publish\w*|dated|as of|according to)\b", re.IGNORECASE
)
# Verbs of saying carry no claim of their own: attribution is checked through the name.
_SAYING = frozenset(
    map(stem, "said say says stated according reported reports told noted added article".split())
)
_CLAUSE = re.compile(
    r"(?<!\d),(?!\d)|,(?=\s)|[;:()–—]|\b(?:and|but|although|while|whereas|because|which|who)\b"
)
# Small words that make a claim larger.
_ABSOLUTE = frozenset("only all every always first exclusively sole entire entirely most".split())
_NOUN_REACH = 3
_NAME_BEFORE = re.compile(r"\b[A-Z]\w*\s+$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of one sentence; `problems` is empty when it is supported."""

    support: Support
    problems: tuple[str, ...] = ()


def check(sentence: str, citations: Sequence[Citation]) -> Verdict:
    """Judge one sentence, free of pointers, by the quotes of the citations it points at."""
    if not citations:
        return Verdict("unsupported", ("points at nothing",))
    problems = tuple(_problems(sentence, citations))
    return Verdict("unsupported" if problems else "supported", problems)


def _problems(sentence: str, citations: Sequence[Citation]) -> Iterator[str]:
    quotes = [citation.quote for citation in citations]
    yield from _quoted_strings(sentence, citations)
    said = days.mentions(sentence)
    yield from _dates(sentence, said, citations)
    yield from _figures(days.blank(sentence, said), quotes, citations)
    yield from _names(sentence, citations)
    written = name_words(sentence)
    names = frozenset([*map(stem, written), *content_stems(" ".join(written))])
    plain = _without_figures(sentence, said)
    if problem := _too_little_shared(plain, names, quotes) or _gathered(plain, quotes):
        yield problem
    for clause in filter(None, map(str.strip, _CLAUSE.split(sentence))):
        if problem := _alone(clause, names, citations):
            yield problem
            break
    if word := next((w for w in _absolutes(sentence) if w not in _absolutes(*quotes)), ""):
        yield f"absolute: {word}"
    if word := contrary(sentence, quotes):
        yield f"contrary: {word}"
    if word := denials_differ(sentence, quotes, names):
        yield f"negation: {word}"
    if not any(map(is_rumour, quotes)) and (word := hedge_lost(sentence, quotes, names)):
        yield f"firmer than the quote: {word}"
    if pair := roles_swapped(sentence, quotes):
        yield f"roles: {pair}"


def _quoted_strings(sentence: str, citations: Sequence[Citation]) -> Iterator[str]:
    known = [_plain(text) for c in citations for text in (c.quote, c.title)]
    for match in _QUOTED.finditer(sentence):
        for part in filter(None, _ELLIPSIS.split(match[1])):
            if not any(_plain(part).strip(" .,;:!?") in text for text in known):
                yield f"quote: “{match[1]}”"
                break


def _dates(
    sentence: str, said: Sequence[days.Mention], citations: Sequence[Citation]
) -> Iterator[str]:
    known = [m for c in citations for m in days.mentions(c.quote, c.published)]
    known += [m for c in citations for m in days.mentions(c.title, c.published) if not m.relative]
    if _REPORTING.search(sentence):
        for citation in citations:
            known += days.mentions(citation.published.isoformat()) if citation.published else []
    numbers = {f.value for c in citations for f in figures(c.quote)}
    for mention in said:
        if any(days.holds(other, mention) for other in known):
            continue
        if mention.text.isdigit() and float(mention.text) in numbers:
            continue
        yield f"date: {mention.text}"


def _figures(sentence: str, quotes: Sequence[str], citations: Sequence[Citation]) -> Iterator[str]:
    undated = [days.blank(quote, days.mentions(quote)) for quote in quotes]
    known = [(figure, quote) for quote in undated for figure in figures(quote)]
    titles = [figure for citation in citations for figure in figures(citation.title)]
    for figure in figures(sentence):
        same = [(f, quote) for f, quote in known if _same(figure, f)]
        written = sentence[figure.start : figure.end].strip()
        if not same and not any(_same(figure, f) for f in titles):
            yield f"number: {written}"
        elif same and not any(_counts_the_same(figure, sentence, f, quote) for f, quote in same):
            yield f"number of something else: {written}"


def _same(said: Figure, known: Figure) -> bool:
    return (said.value, said.unit, said.bound) == (known.value, known.unit, known.bound)


def _counts_the_same(said: Figure, sentence: str, known: Figure, quote: str) -> bool:
    """Whether both figures count one thing: "25 employees" is not made of "8 employees".

    A figure behind a capital is part of a name ("Xiaomi 14") and counts nothing.
    """
    if _NAME_BEFORE.search(sentence, 0, said.start):
        return True
    noun = next(iter(_after(sentence, said)), "")
    counted = {word for f in figures(quote) for word in _after(quote, f)}
    return noun not in counted or noun in _after(quote, known)


def _after(text: str, figure: Figure) -> list[str]:
    clause = re.split(r"[.,;:()]|\d", text[figure.end :], maxsplit=1)[0]
    return content_stems(clause)[:_NOUN_REACH]


def _names(sentence: str, citations: Sequence[Citation]) -> Iterator[str]:
    context = [t for c in citations for t in (c.quote, c.title, c.source, c.author) if t]
    yield from (f"name: {name}" for name in missing_names(sentence, context))


def _too_little_shared(sentence: str, names: frozenset[str], quotes: Sequence[str]) -> str:
    """The words that the quotes do not hold, if they are too many; "" otherwise."""
    said = set(content_stems(sentence)) - names - _SAYING
    known = {form for quote in quotes for form in content_stems(quote)}
    if not said:
        return "" if names & known else "no words in common"
    missing = sorted(said - known)
    if 1 - len(missing) / len(said) >= MIN_SHARE:
        return ""
    return "words not in the quotes: " + ", ".join(missing)


def _alone(clause: str, names: frozenset[str], citations: Sequence[Citation]) -> str:
    """What keeps a clause from standing on one of the citations alone, or ""."""
    said = days.mentions(clause)
    plain = set(content_stems(_without_figures(clause, said))) - names - _SAYING
    known = {form for citation in citations for form in content_stems(citation.quote)}
    if len(plain) > 1 and len(plain & known) < MIN_CLAUSE * len(plain):
        return "clause not in the quotes: " + ", ".join(sorted(plain - known))
    if len(citations) == 1:
        return ""
    for citation in citations:
        found = [*_names(clause, [citation]), *_dates(clause, said, [citation])]
        if not found and not [*_figures(days.blank(clause, said), [citation.quote], [citation])]:
            return ""
    return f"joined from several quotes: {clause}"


def _gathered(sentence: str, quotes: Sequence[str]) -> str:
    """Says so when too few neighbours of the sentence are neighbours in a quote."""
    said = [form for form in content_stems(sentence) if form not in _SAYING]
    pairs = list(pairwise(said))
    known = [content_stems(quote) for quote in quotes]
    near = sum(any(_near(a, b, forms) for forms in known) for a, b in pairs)
    return "words gathered from all over" if near < MIN_TOGETHER * len(pairs) else ""


def _near(a: str, b: str, forms: Sequence[str]) -> bool:
    places = [n for n, form in enumerate(forms) if form == a]
    return any(b in forms[max(0, n - _NEAR) : n + _NEAR + 1] for n in places)


def _absolutes(*texts: str) -> list[str]:
    return [word.lower() for text in texts for word in words(text) if word.lower() in _ABSOLUTE]


def _without_figures(sentence: str, dates: list[days.Mention]) -> str:
    """Dates and figures are checked by value; written otherwise they are other words."""
    text = days.blank(sentence, dates)
    for figure in figures(text):
        text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text


def _plain(text: str) -> str:
    text = re.sub(r"[’‘]", "'", text.lower())
    return re.sub(r"\s+", " ", re.sub(r"[“”]", '"', text))
