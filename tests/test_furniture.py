"""What is no news is marked; news is not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import clean, furniture
from ingest.furniture import marked
from tests.documents import STORY

NO_NEWS = {
    "link": (
        "Read More",
        "READ MORE: Why the quay walls crumble",
        "Further reading: Ferries, Harbours",
        "[Related: How a ferry is built]",
        "Related:",
        "You may also like...",
        "More: What to know about the harbour",
    ),
    "date": (
        "- First Published:",
        "Last Updated:",
        "Published on March 3, 2024",
        "Updated: 28 February 2024 14:05 IST",
        "This story has been updated with additional details.",
        "4 min read",
    ),
    "disclosure": (
        "Disclosure: the ferry company paid for the reporter's ticket.",
        "Affiliate links may be automatically generated - see our ethics statement for details.",
        "Purchases you make through our links may earn us a commission.",
        "Editor's Note: A version of this story appeared in our Sunday letter.",
    ),
    "prompt": (
        "Sign up for our newsletter to get the harbour's news in your inbox.",
        "Subscribe to our newsletter",
        "Get the day's big stories delivered to your inbox.",
        "Follow Ines Moreau on Twitter: @inesmoreau",
        "Contact the reporter at ines@harbour-post.example.",
        "Have a tip? Write to us.",
        "For the latest news and reviews of ferries, follow us on X, Facebook and YouTube.",
    ),
    "photo": (
        "Photo: the captain and the mayor on the quay",
        "Image credit: Jo Li",
        "The ferry leaves the harbour on Monday. Jo Li/AFP/Getty Images",
        "The ferry in 1998. (AP Photo/Jo Li)",
        "Hide caption",
    ),
    "credit": (
        "(Reporting by Jo Li; editing by Ines Moreau)",
        "Contributing: Jo Li, Harbour Post",
        "Jo Li of the Harbour Post contributed to this report.",
    ),
    "copyright": (
        "© 2024 Harbour Post",
        "Copyright 2024 Harbour Post. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
    ),
    "notice": (
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below",
        "12 comments",
        "Tags: ferry, harbour",
        "We use cookies to make this site better for you.",
        "Skip to main content",
    ),
    "byline": ("By Ines Moreau", "By Ines Moreau and Jo Li", "By Ines Moreau, Harbour Post"),
    "buttons": ("Share Tweet Email", "Facebook Twitter WhatsApp Copy link"),
    "biography": (
        "Ines Moreau, Special Correspondent at Harbour Post, got into journalism 10 years ago, and "
        "has since covered ferries for…Read More",
        "Ines Moreau is a senior reporter for the Harbour Post. Follow her on X at @inesmoreau.",
        "Ines Moreau covers ports for the Harbour Post.",
    ),
}
NEWS = (
    *STORY,
    "Jo Li, a reporter for the Harbour Post, was arrested in the port on Monday.",
    "Ines Moreau, the editor of the paper who was based in Oslo, said she would fight the ruling.",
    "The Southern Coast Park covers nearly 3,500 square miles and sits on a fault.",
    "Follow-up talks on the ferry are set for June.",
    "Subscribers to the service rose by a third, the company said.",
    "Photography was his first love, and the ferry his second.",
    "Published figures show that 410 people ride the ferry each day.",
    "Updated rules on lifeboats will cost the harbour 2 million euros.",
    "Related costs came to 40,000 euros, the auditors found.",
    "Reading more than two reports a day is impossible, the mayor said.",
    "The newsletter of the council is printed on recycled paper.",
    "The commission found that the quay walls may earn a listing.",
    "Sources said the ferry would be sold.",
    "Advertising revenue of the port fell by 4 percent.",
    "Share prices of the shipyard rose by 12 percent on Tuesday.",
    "By Friday the ferry had made 40 trips.",
    "Sign-ups for the rowing race closed early.",
    "Contact between the two ships was lost at noon.",
    "Get ready for longer queues, the harbour master said.",
    "Copyright law does not protect the ferry's name, the court ruled.",
    "• Population: 5,300,000",
    "• Date: July 4, 1997",
    "Two tickets were sold. Two tickets were sold.",
)


def kinds(text: str) -> list[str]:
    return [kind for _, _, kind in marked(text)]


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind in NO_NEWS for line in NO_NEWS[kind]]
)
def test_a_line_that_is_no_news_is_marked_whole(kind: str, line: str) -> None:
    text = "\n".join([*STORY, line])
    assert [(text[start:end], found) for start, end, found in marked(text)] == [(line, kind)]


@pytest.mark.parametrize("line", NEWS)
def test_a_line_of_news_is_not_marked(line: str) -> None:
    assert (
        furniture("\n".join([line, "Then came the next paragraph of the story, as always."])) == ()
    )


def test_only_the_call_at_the_end_of_a_sentence_is_marked() -> None:
    text = f"{STORY[0]} Read More"
    assert [text[start:end] for start, end in furniture(text)] == [" Read More"]


def test_only_the_credit_at_the_end_of_a_paragraph_is_marked() -> None:
    text = '"The ferry stays with us," the mayor said on Monday. Jo Li/AFP/Getty Images'
    assert [text[start:end] for start, end in furniture(text)] == [" Jo Li/AFP/Getty Images"]


def test_a_sentence_told_twice_is_marked_the_second_time() -> None:
    text = f"{STORY[0]}\n{STORY[1]}\n{STORY[0]}"
    assert [start for start, _ in furniture(text)] == [len(STORY[0]) + len(STORY[1]) + 2]


def test_items_and_rows_that_are_alike_are_not_marked() -> None:
    assert kinds("France\n• Population: 5,300,000\nSpain\n• Population: 5,300,000") == []


def test_a_bare_date_line_is_marked_at_the_edge_only() -> None:
    assert kinds("\n".join(["date 2024-02-28 Harbour News", *STORY])) == ["date"]
    assert kinds("\n".join([*STORY * 3, "Date: 4 July 1997", *STORY * 3])).count("date") == 0


@given(st.lists(st.sampled_from([*STORY, *sum(NO_NEWS.values(), ()), *NEWS]), max_size=12))
def test_spans_are_in_order_and_each_lies_within_one_line(lines: list[str]) -> None:
    text = clean("\n".join(lines))
    at = 0
    for start, end in furniture(text):
        assert at <= start < end <= len(text)
        assert "\n" not in text[start:end]
        at = end


def test_little_of_real_news_is_marked(eval_folder: Path) -> None:
    with gzip.open(eval_folder / "news" / "articles.jsonl.gz") as file:
        texts = [clean(json.loads(next(file))["text"]) for _ in range(300)]
    share = sum(end - start for text in texts for start, end in furniture(text)) / sum(
        map(len, texts)
    )
    assert 0.002 < share < 0.04
