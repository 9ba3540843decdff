"""Which sentences a plain answer shows, how many, and in what order."""

from datetime import date

from bot.language import words
from bot.questions import ask
from bot.quoting import BUDGET, choose, with_antecedent
from tests.texts import TODAY, candidates, passage

WHO = ask("who grinds the lenses?", TODAY)


def texts(*scored: tuple) -> list[str]:  # type: ignore[type-arg]
    return [quote.text for quote in choose(WHO, candidates(*scored))]


def test_the_best_sentence_is_quoted_letter_for_letter() -> None:
    glass = passage("It rained. Zeiss grinds the lenses in Oberkochen. Trains were late.")
    assert texts((glass, 1, 5.0), (glass, 0, -5.0)) == ["Zeiss grinds the lenses in Oberkochen."]


def test_quotes_of_different_articles_are_shown_newest_first_and_undated_ones_last() -> None:
    old = passage("Zeiss grinds the lenses.", published=date(2020, 1, 1), article="old")
    new = passage("Leica grinds them in Wetzlar now.", published=date(2024, 1, 1), article="new")
    none = passage("Somebody in Jena ground glass for cameras.", article="none")
    shown = texts((old, 0, 5.0), (none, 0, 4.5), (new, 0, 4.0))
    assert shown == [new.text, old.text, none.text]


def test_sentences_far_behind_the_best_one_are_left_out() -> None:
    glass = passage("Zeiss grinds the lenses. A museum shows old cameras to visitors.")
    assert texts((glass, 0, 5.0), (glass, 1, 0.0)) == ["Zeiss grinds the lenses."]


def test_the_same_said_twice_is_shown_once() -> None:
    one = passage("Zeiss grinds the lenses in Oberkochen.", article="one")
    two = passage("Zeiss still grinds the lenses in Oberkochen.", article="two")
    assert len(texts((one, 0, 5.0), (two, 0, 4.9))) == 1


def test_all_quotes_together_stay_within_the_budget() -> None:
    long = passage(" ".join(f"Word{n} goes {'on and ' * 12}on {n}." for n in range(4)))
    shown = texts(*((long, n, 5.0 - n / 10) for n in range(4)))
    assert 1 <= len(shown) < 4
    assert sum(len(words(text)) for text in shown) <= BUDGET


def test_a_sentence_that_leans_on_the_one_before_brings_it() -> None:
    pair = passage("Zeiss moved to Oberkochen. It grinds the lenses there.")
    (candidate,) = candidates((pair, 1, 5.0))
    quote = with_antecedent(candidate)
    assert quote.text == pair.text
    assert quote.span == (0, len(pair.text))


def test_a_sentence_never_brings_one_from_another_paragraph() -> None:
    pair = passage("A heading\nIt grinds the lenses there.")
    (candidate,) = candidates((pair, 1, 5.0))
    assert with_antecedent(candidate).text == "It grinds the lenses there."


def test_a_yes_or_no_question_hears_the_other_article_too() -> None:
    yes = passage("The deal ends this year. The deal is over in May.", article="yes")
    no = passage("The partnership is here to stay, managers said.", article="no")
    asked = ask("is the deal ending?", TODAY)
    scored = candidates((yes, 0, 5.0), (yes, 1, 4.9), (no, 0, 2.0))
    assert no.text in [quote.text for quote in choose(asked, scored)]


def shown(question: str, *scored: tuple) -> list[str]:  # type: ignore[type-arg]
    return [quote.text for quote in choose(ask(question, TODAY), candidates(*scored))]


def test_only_sentences_with_a_price_answer_what_something_cost() -> None:
    old = passage("Zeiss sold the kit for 90 euros.", published=date(2016, 1, 1), article="old")
    new = passage("The kit of Zeiss came in April 2016.", published=date(2022, 1, 1), article="new")
    assert shown("How much did the kit cost?", (old, 0, 5.0), (new, 0, 4.9)) == [old.text]
    assert shown("How much did the kit cost?", (new, 0, 5.0), (old, 0, 3.0)) == [old.text]


def test_the_best_sentence_comes_first_where_one_answer_is_right() -> None:
    old = passage("Zeiss opened in Jena in 1846.", published=date(2016, 1, 1), article="old")
    new = passage("The works reopened on 3 May.", published=date(2022, 1, 1), article="new")
    assert shown("When did Zeiss open?", (old, 0, 5.0), (new, 0, 4.0)) == [old.text, new.text]


def test_figures_that_differ_come_newest_first() -> None:
    old = passage("The kit cost 90 euros.", published=date(2016, 1, 1), article="old")
    new = passage("The kit had cost 99 euros.", published=date(2022, 1, 1), article="new")
    assert shown("How much did the kit cost?", (old, 0, 5.0), (new, 0, 4.0)) == [new.text, old.text]


def test_a_denial_far_behind_is_still_heard_when_yes_or_no_is_asked() -> None:
    yes = passage("The deal between Zeiss and Sony ends.", title="Zeiss and Sony", article="yes")
    no = passage("Zeiss denied that the deal ends.", title="Zeiss and Sony", article="no")
    other = passage("Nobody at Zeiss was in sight.", title="Zeiss and Sony", article="other")
    asked = "Is the deal between Zeiss and Sony ending?"
    assert shown(asked, (yes, 0, 9.0), (other, 0, 4.8), (no, 0, 4.4)) == [no.text, yes.text]


def test_a_denial_of_something_else_is_no_other_side() -> None:
    yes = passage("The deal of Zeiss and Sony is exclusive, both said.", article="yes")
    more = passage("Only Sony has lenses by Zeiss under the deal.", article="more")
    other = passage("Many people at Zeiss do nothing but lenses for Sony.", article="other")
    asked = "Is the deal of Zeiss and Sony exclusive?"
    assert other.text not in shown(asked, (yes, 0, 9.0), (more, 0, 8.0), (other, 0, 4.9))


def test_another_article_is_heard_when_yes_or_no_is_asked_and_one_alone_was_near() -> None:
    rumour = passage(
        "Zeiss could leave Sony, a tipster wrote. Nobody confirmed that Zeiss leaves Sony.",
        published=date(2025, 7, 1), article="rumour",
    )  # fmt: skip
    later = passage(
        "Zeiss and Sony have raised their work to a new level.",
        title="Zeiss and Sony stay together", published=date(2025, 12, 1), article="later",
    )  # fmt: skip
    asked = "Is Zeiss dropping Sony?"
    assert shown(asked, (rumour, 0, 9.0), (rumour, 1, 8.0), (later, 0, 5.0))[0] == later.text


def test_a_heading_is_shown_only_where_no_sentence_is() -> None:
    text = passage("Three lenses instead of four\nThe kit has three lenses.")
    asked = "Does the kit have four lenses?"
    assert shown(asked, (text, 0, 5.0), (text, 1, 4.0)) == ["The kit has three lenses."]
    assert shown(asked, (text, 0, 5.0)) == ["Three lenses instead of four"]


def test_the_bullet_of_a_list_is_no_part_of_the_quote() -> None:
    line = passage("• More lenses are planned")
    (quote,) = choose(WHO, candidates((line, 0, 5.0)))
    assert (quote.text, quote.span) == ("More lenses are planned", (2, 25))


def test_nothing_found_is_nothing_quoted() -> None:
    assert choose(WHO, []) == []
