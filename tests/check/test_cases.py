"""Planted defects, and what is no defect beside them: what the builder proves of a scenario's states."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from builder.check.states import explore
from builder.check.witness import Witness
from builder.diagnostics import PROVEN
from builder.messages import LANGUAGES, catalogue
from tests.check.cases import Case, every_case

CASES = every_case()
PLANTED = [case for case in CASES if case.expected]
NAMES = [f"{case.file}: {case.title}" for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_case(case: Case) -> None:
    assert case.said() == case.expected


def test_every_kind_of_defect_is_planted_and_nearly_all_have_one_message() -> None:
    lines = [re.findall(r"^-?\d+:\d+ (\S+)$", case.expected, re.MULTILINE) for case in PLANTED]
    assert len(PLANTED) >= 30
    assert {str(code) for code in PROVEN} <= {code for each in lines for code in each}
    assert sum(len(each) == 1 for each in lines) >= len(PLANTED) - 2


def test_beside_defects_stands_what_is_none() -> None:
    """In each file of cases; the last one is about what is told already."""
    fine = {
        file: sum(not case.expected for case in CASES if case.file == file)
        for file in {c.file for c in CASES}
    }
    assert {file for file, count in fine.items() if count < 3} == {"causes"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_said_has_its_words(language: str) -> None:
    for case in PLANTED:
        for each in case.diagnostics():
            texts = catalogue(language)["diagnostics"][each.code.value]
            assert not isinstance(texts, str)
            named = {
                field for text in texts.values() for _, field, _, _ in Formatter().parse(str(text)) if field
            }
            assert named <= {name for name, _ in each.values}, each.code


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_every_way_can_be_clicked_along(case: Case) -> None:
    """The way to each state, told and as actions, leads there in the machine; under its seed no other event comes."""
    for scenario in case.examined().course.scenarios:
        space = explore(scenario)
        for number, state in enumerate(space.states):
            found = Witness(space, space.way(number))
            here = space.machine.start()
            for _, choice, event in found.steps:
                here = next(
                    move.state
                    for move in space.machine.moves(here)
                    if (move.choice, move.event) == (choice, event)
                )
            assert here == state
            assert found.told.count(" → ") == sum(1 if event is None else 2 for _, _, event in found.steps)
            assert found.seed >= 0
