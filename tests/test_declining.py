"""How sure the bot is of what it would show."""

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
