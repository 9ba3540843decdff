"""Whether the names of one sentence stand in other texts, as one name where written as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.days import mentions
from bot.figures import figures
from bot.language import STOP, stem

# A word with its possessive ending apart; dots inside hold "U.S." together.
_WORD = re.compile(r"[^\W_](?:[\w&+.-]*[^\W_])?(?P<own>['’]s|(?<=s)['’](?=\s))?")
_BREAK = re.compile(r"[,;:()“”\"!?/]|\s[–—-]\s|\.\s")
# Small words that stand inside names without being capitalised.
_LINKS = frozenset("de da del di von van der den al bin la le".split())
# Figures with an ending: "21st", "1990s", "5k", "25-year-old".
_MEASURE = re.compile(r"\d[\d,.]*(?:st|nd|rd|th|s|k|m|bn|mn|tn|-[a-z].*)", re.IGNORECASE)
_FORM = 4  # letters that two forms of a name must share: "Russia" and "Russian"
_ENDING = 3  # letters by which they may differ
_OPENERS = STOP | frozenset(
    """yes according however meanwhile although though since despite still even another one two
    three four five six seven eight nine ten new earlier later recently today yesterday last next
    first second third finally additionally furthermore moreover also overall therefore thus
    hence instead currently previously many several most among mr mrs ms dr""".split()
)
_PRICE = re.compile(r"[.$\s]{0,2}\d")
_CURRENCIES = frozenset("Rs USD US EUR GBP INR CNY".split())


@dataclass(frozen=True, slots=True)
class Token:
    """One word as written, without its possessive ending (`own`), and its place."""

    text: str
    own: bool
    start: int
    end: int


def name_runs(sentence: str) -> list[list[Token]]:
    """The names of a sentence, each as its words in order; figures inside a name belong to it."""
    taken = {n for m in mentions(sentence) for n in range(m.start, m.end)}
    spelt = [f for f in figures(sentence) if sentence[f.start].isalpha()]
    taken |= {n for f in spelt for n in range(f.start, f.end)}
    runs: list[list[Token]] = [[]]
    last = 0
    for token in _tokens(sentence):
        if _BREAK.search(sentence, last, token.start):
            runs.append([])
        last = token.end
        figure = token.text.isdigit() and bool(runs[-1])
        if token.text in _CURRENCIES and _PRICE.match(sentence, token.end):
            runs.append([])
        elif token.start not in taken and (figure or _is_name(token.text)):
            runs[-1].append(token)
        elif token.text not in _LINKS:
            runs.append([])
        if token.own:
            runs.append([])
    return [run for run in runs if run]


def name_words(sentence: str) -> list[str]:
    """Every word of every name of a sentence."""
    return [token.text for run in name_runs(sentence) for token in run]


def missing_names(sentence: str, context: Sequence[str]) -> Iterator[str]:
    """The names of a sentence that no text of the context holds, in order.

    A part of a name will do ("Plaetke"), and so will initials ("UN"); two words written as
    one name must stand next to each other somewhere, but for one word between them.
    """
    forms = [[_form(t.text) for t in _tokens(text) if t.text not in _LINKS] for text in context]
    every = {form for text in forms for form in text}
    initials = {_initials(run) for text in context for run in _capitals(text)}
    for run in name_runs(sentence):
        if len(run) > 1 and _initials(run) in every:
            continue
        wanted = [_form(token.text) for token in run]
        absent = [
            token.text
            for token, form in zip(run, wanted, strict=True)
            if form not in initials and not _known(form, every)
        ]
        if absent:
            yield " ".join(absent)
        elif not all(initials & {a, b} or _adjacent(a, b, forms) for a, b in pairwise(wanted)):
            yield " ".join(token.text for token in run)


def roles_swapped(sentence: str, quotes: Sequence[str]) -> str:
    """ "A sued B" against "B sued A": the two names when their order around a word is turned.

    Only where the same word stands between the same two names in both, once passive voice
    ("was sued by") is allowed for; everything else is left to the other checks.
    """
    for left, middle, right in _triples(sentence):
        for quote in quotes:
            for a, verbs, b in _triples(quote):
                turned = (_form(a), _form(b)) == (_form(right), _form(left))
                if turned and any(middle[v] == verbs[v] for v in middle.keys() & verbs.keys()):
                    return f"{left}, {right}"
    return ""


def _triples(sentence: str) -> Iterator[tuple[str, dict[str, bool], str]]:
    """Neighbouring names with the content words between them, each with "is it passive"."""
    for first, second in pairwise(name_runs(sentence)):
        between = sentence[first[-1].end : second[0].start]
        same = _form(first[-1].text) == _form(second[-1].text)
        if same or re.search(r"[;:()]|\b(?:and|or|but)\b", between):
            continue
        passive = bool(re.search(r"\bby\b", between))
        found = re.findall(r"[^\W\d_]+", between)
        verbs = {stem(word): passive for word in found if word.lower() not in STOP}
        yield first[-1].text, verbs, second[-1].text


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        own = match["own"] or ""
        yield Token(match.group().removesuffix(own), bool(own), *match.span())


def _is_name(word: str) -> bool:
    """Whether a word is written like a name: capitals, or digits with letters ("13T")."""
    if word.lower() in _OPENERS and word.istitle():
        return False
    if word[0].isdigit():
        return not _MEASURE.fullmatch(word) and any(c.isalpha() for c in word)
    return any(c.isupper() for c in word)


def _initials(run: Sequence[Token]) -> str:
    return "".join(token.text[0] for token in run).lower()


def _form(word: str) -> str:
    return stem(word.replace(".", ""))


def _known(wanted: str, forms: set[str]) -> bool:
    return wanted in forms or any(_same_root(wanted, form) for form in forms)


def _same_root(a: str, b: str) -> bool:
    """ "Russian" and "Russia", "Chinese" and "China": a shared beginning, a short ending."""
    if a[:1].isdigit() or b[:1].isdigit():
        return False
    size = min(len(a), len(b))
    return (
        size >= _FORM
        and abs(len(a) - len(b)) <= _ENDING
        and a[: max(_FORM, size - 1)] == b[: max(_FORM, size - 1)]
    )


def _adjacent(a: str, b: str, texts: Sequence[Sequence[str]]) -> bool:
    figure = any(c.isdigit() for c in a + b)
    reach = 1 if figure else 2
    for forms in texts:
        for n, form in enumerate(forms):
            if form == a or _same_root(form, a):
                following = forms[n + 1 : n + 1 + reach]
                if any(f == b or _same_root(f, b) for f in following):
                    return True
    return False


def _capitals(text: str) -> Iterator[list[Token]]:
    """Runs of two or more capitalised words, and their ends: initials may stand for them."""
    run: list[Token] = []
    for token in [*_tokens(text), Token(".", False, 0, 0)]:
        if token.text[0].isupper():
            run.append(token)
        elif token.text not in ("of", "and", "the", "for"):
            yield from (run[start:] for start in range(len(run) - 1))
            run = []
