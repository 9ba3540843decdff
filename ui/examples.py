"""Pure: titles of the stored articles -> questions that are worth asking about them.

The questions are made from the names that the titles share, so they fit whatever articles
a library holds; a few hand-written ones are offered only where the titles name all that
they name, which the sample articles do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

SHOWN = 4  # as many as fit above the question box on a phone without scrolling
WRITTEN = (
    "Which Xiaomi phones were made with Leica?",
    "Is the partnership between Xiaomi and Leica ending?",
    "Who had worked with Leica before Xiaomi?",
    "How many people at Leica work on the phones with Xiaomi?",
)
_NAME = re.compile(r"\b[A-Z][\w’'&-]*[\w](?:\s+(?:[A-Z][\w’'&-]*[\w]|\d+\w*))*")
_OPENER = re.compile(r"^\W*\w+\s*")
_NO_NAMES = frozenset(
    "the a an and but for how why what when where who which is are was in on at to of with from "
    "new its it this that will says said after before first last over inside meet here".split()
)


def example_questions(titles: Sequence[str]) -> list[str]:
    """At most `SHOWN` questions, the hand-written ones that fit first; none without titles."""
    known = {word.casefold() for title in titles for word in re.findall(r"\w+", title)}
    fitting = [question for question in WRITTEN if _names(question) <= known]
    made = [f"What is the latest on {name}?" for name in _shared_names(titles)]
    made += [f"What is reported under “{title}”?" for title in titles[:SHOWN] if title]
    return list(dict.fromkeys(fitting + made))[:SHOWN]


def _names(question: str) -> set[str]:
    return {name.casefold() for name in re.findall(r"\b[A-Z]\w+", _OPENER.sub("", question))}


def _shared_names(titles: Iterable[str]) -> list[str]:
    """Names that stand in two titles or more, the most frequent first.

    In a title where every word has a capital, capitals tell nothing, so it is passed over.
    """
    found: Counter[str] = Counter()
    for title in titles:
        words = re.findall(r"[^\W\d_]+", title)
        if words and sum(word[:1].isupper() for word in words) < 0.7 * len(words):
            found.update({name for name in _NAME.findall(title) if _is_name(name)})
    return [name for name, number in found.most_common() if number > 1]


def _is_name(words: str) -> bool:
    return len(words) > 2 and words.split(maxsplit=1)[0].casefold() not in _NO_NAMES
