"""A model's wording of a follow-up is used only when the conversation bears it out."""

import pytest

from bot.records import Turn
from bot.rewriting import rewritten
from tests.fakes_models import ScriptedModel

HISTORY = [Turn("Who makes the lenses of the Vivo X60?", "“Zeiss makes them.” [1]")]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("When did Zeiss and Vivo begin?", "When did Zeiss and Vivo begin?"),
        ("When did Leica begin?", "when did they begin? (Vivo X60, makes, lenses)"),
        ("When did the X70 begin?", "when did they begin? (Vivo X60, makes, lenses)"),
        ("They began in 2020.", "when did they begin? (Vivo X60, makes, lenses)"),
        ("", "when did they begin? (Vivo X60, makes, lenses)"),
    ],
)
def test_names_and_figures_that_nobody_mentioned_are_refused(reply: str, expected: str) -> None:
    model = ScriptedModel(reply=reply)
    assert rewritten("when did they begin?", HISTORY, model, 5.0) == expected
    assert "Zeiss makes them" in str(model.calls[0][0].content)


def test_a_model_is_not_asked_about_a_question_that_stands_alone() -> None:
    model = ScriptedModel(reply="Why?")
    question = "How many engineers does Leica employ in Wetzlar?"
    assert rewritten(question, HISTORY, model, 5.0) == question
    assert rewritten("and the price?", [], model, 5.0) == "and the price?"
    assert model.calls == []


def test_a_model_that_fails_leaves_the_question_to_the_rules() -> None:
    model = ScriptedModel(fails=RuntimeError("down"))
    assert rewritten("why?", HISTORY, model, 5.0).startswith("why? (Vivo X60")
