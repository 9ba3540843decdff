"""How sure the bot is of what it would show."""

from dataclasses import replace

from bot.declining import confidence
from bot.questions import ask
from tests.texts import TODAY, candidates, passage


def test_confidence_is_of_the_sentence_that_would_be_shown() -> None:
    asked = ask("When did it open?", TODAY)
    text = passage("It opened in Jena. It opened last Friday.")
    near, shown = candidates((text, 0, 4.0), (text, 1, 1.0))
    assert confidence(asked, [near, shown]) == confidence(asked, [shown])
    assert confidence(asked, [near, shown]) < confidence(ask("What opened?", TODAY), [near, shown])


def test_nothing_found_gives_no_confidence() -> None:
    assert confidence(ask("When did it open?", TODAY), []) == 0.0


def test_a_sentence_in_the_words_of_the_question_is_the_surer_answer() -> None:
    asked = ask("When did it open?", TODAY)
    (one,) = candidates((passage("It opened last Friday."), 0, 1.0))
    worded, unlike = (replace(one, signals={"reader": 1.0, "terms": n}) for n in (1.0, 0.0))
    assert confidence(asked, [worded]) > confidence(asked, [unlike])
