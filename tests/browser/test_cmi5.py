"""The real package on the strict cmi5 LMS: everything arrives in order and once, or the learner is told."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import unquote

import pytest
from playwright.sync_api import Frame, expect

from builder.lms.statements import Json, verb_of
from tests.browser.conftest import REAL, Build, NewContext, OpenCmi5
from tests.browser.harness import Guard
from tests.browser.test_faults import first_part, second_part
from tests.browser.test_play import TEXT
from tests.browser.units import Cmi5
from tests.browser.walk import Built, Walk, always, say

PICK = always(0)


@pytest.fixture
def unit(built: Build) -> Built:
    """The module itself as a cmi5 package."""
    return built("cmi5", REAL)


def begun(lms: Cmi5, frame: Frame, unit: Built) -> Walk:
    """The walk, once the LMS said who plays."""
    walk = Walk(frame, unit)
    walk.heading.wait_for(timeout=30_000)
    walk.saved()
    return walk


def counted(statements: list[Json]) -> Counter[str]:
    return Counter(map(verb_of, statements))


def decided(statements: list[Json]) -> list[tuple[str, str]]:
    """The choices that were told: id of the scene, letter of the choice."""
    return [
        (unquote(each["object"]["id"].rpartition("/")[2]), each["result"]["response"])
        for each in statements
        if verb_of(each) == "answered"
    ]


def calls(lms: Cmi5, call: str) -> int:
    return sum(entry["call"] == call for entry in lms.log())


def test_from_launch_to_the_way_out(
    open_cmi5: OpenCmi5, new_context: NewContext, guard: Guard, unit: Built
) -> None:
    lms = open_cmi5(unit.zip)
    context = new_context()
    walk = begun(lms, lms.launch(context.new_page()), unit)
    assert next(entry["call"] for entry in lms.log()) == "POST fetch"
    assert len(lms.log()) <= 25
    first_part(walk)
    walk.saved()
    title, screen = walk.title(), walk.screen()

    walk.frame = lms.reload(walk.frame)  # in the same session: the token is kept, and nothing is said twice
    walk.shows(title)
    assert walk.screen() == screen
    assert (calls(lms, "POST fetch"), counted(lms.statements())["initialized"]) == (1, 1)
    walk.open_step(1, 2)
    walk.play(PICK, until="De wachtkamer")
    title, screen = walk.title(), walk.screen()
    lms.close_tab(walk.frame)
    assert counted(lms.statements())["terminated"] == 1
    assert lms.record()["satisfied"] == "false"

    again = begun(lms, lms.launch(new_context().new_page()), unit)  # a browser that never saw this course
    assert again.button(say("offer_ahead_accept")).count() == 0
    assert (again.title(), again.screen()) == (title, screen)
    again.open_step(0, 4)
    expect(again.frame.get_by_role("textbox")).to_have_value(TEXT)
    second_part(again)
    again.saved()
    lms.settle()
    assert lms.record()["satisfied"] == "true"
    again.press(say("leave"))
    again.press(say("leave_yes"))
    again.frame.page.wait_for_url("**/back")
    lms.settle()

    said = lms.statements()
    assert {
        verb: number for verb, number in counted(said).items() if verb not in ("answered", "progressed")
    } == {"completed": 1, "initialized": 2, "terminated": 2}
    assert decided(said) == walk.decided + again.decided
    assert "geïnspireerd" not in json.dumps(said, ensure_ascii=False)
    assert lms.violations() == []
    assert {
        error for error in guard.errors if "404" not in error
    } == set()  # of what a learner does not have yet

    late = begun(
        lms, lms.launch(new_context().new_page()), unit
    )  # all is done: nothing is told a second time
    late.open_step(0, 1)
    late.saved()
    lms.close_tab(late.frame)
    assert counted(lms.statements())["completed"] == 1
    assert lms.violations() == []
