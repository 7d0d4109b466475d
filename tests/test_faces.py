"""Faces: what can be chosen, what is drawn, what it weighs, and where it is shown."""

from __future__ import annotations

import json
from importlib.resources import files

from builder.model import faces
from builder.model.emotions import EMOTIONS, EXPRESSIONS, NEUTRAL, expression

DRAWINGS = json.loads(files("dicebear_styles").joinpath("open-peeps.json").read_text(encoding="utf-8"))


def variants(component: str) -> set[str]:
    return set(DRAWINGS["components"][component]["variants"])


def test_what_can_be_chosen_is_what_can_be_drawn() -> None:
    chosen = {*faces.HEADS, *faces.FACIAL_HAIR}
    assert chosen | faces.UNUSED == variants("head") | variants("facialHair")
    assert not chosen & faces.UNUSED
    assert set(faces.ACCESSORIES) == variants("accessories")
    assert set(faces.SKIN.values()) == set(DRAWINGS["colors"]["skin"]["values"])
    assert set(faces.CLOTHING.values()) == set(DRAWINGS["colors"]["clothing"]["values"])
    assert set(faces.HAIR.values()) == set(DRAWINGS["colors"]["headContrast"]["values"])


def test_hair_has_a_colour_where_the_drawing_has_one() -> None:
    coloured = {
        name
        for component in ("head", "facialHair")
        for name, drawing in DRAWINGS["components"][component]["variants"].items()
        if '"headContrast"' in json.dumps(drawing)
    }
    assert coloured == faces.COLOURED


def test_an_emotion_has_one_expression_that_can_be_drawn() -> None:
    assert len(EMOTIONS) == sum(len(words) for words in EXPRESSIONS.values()) >= 25
    assert set(EXPRESSIONS) < variants("expression")
    assert all(word == word.casefold() for word in EMOTIONS)


def test_who_speaks_without_an_emotion_is_calm() -> None:
    assert expression("") == expression("kalm") == expression("iets anders") == NEUTRAL
    assert expression("Woedend") == "rage"
