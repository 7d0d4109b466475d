"""The real package on the strict cmi5 LMS: everything arrives in order and once, or the learner is told."""

from __future__ import annotations

import json
from collections import Counter
from typing import Literal
from urllib.parse import unquote

import pytest
from playwright.sync_api import Frame, expect

from builder.lms.statements import Json, verb_of
from tests.browser.conftest import REAL, Build, NewContext, OpenCmi5
from tests.browser.harness import Fault, Guard, fault
from tests.browser.test_faults import first_lesson, other_lessons
from tests.browser.test_play import TEXT
from tests.browser.units import Cmi5
from tests.browser.walk import Built, Walk, always, say

SAVE = "waterlijn.save"
PICK = always(0)


@pytest.fixture
def unit(built: Build) -> Built:
    """The module itself as a cmi5 package, its first lessons."""
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
    first_lesson(walk)
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
    other_lessons(again)
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


# What fails is told, and when it is over all is stored.


FAULTS: dict[str, Fault] = {
    "refused": fault("refuse-set"),
    "forbidden": fault("refuse-set", status=403),
    "fails": fault("fail-commit"),
    "lies": fault("lie-commit"),
    "lost": fault("session-lost"),
    "cut": fault("network-cut"),
    "truncated": fault("truncate", length=20),
    "nonsense": fault("throws"),
}


def resumed(lms: Cmi5, new_context: NewContext, walk: Walk) -> Walk:
    """The next launch, in a browser that never saw this course: it stands where the walk stood."""
    title, screen = walk.title(), walk.screen()
    lms.close_tab(walk.frame)
    again = begun(lms, lms.launch(new_context().new_page()), walk.built)
    assert again.button(say("offer_ahead_accept")).count() == 0
    assert (again.title(), again.screen()) == (title, screen)
    return again


def test_each_fault_is_told_and_when_it_is_over_all_is_stored(
    open_cmi5: OpenCmi5, new_context: NewContext, unit: Built
) -> None:
    lms = open_cmi5(unit.zip)
    context = new_context()
    walk = begun(lms, lms.launch(context.new_page()), unit)
    for step, each in enumerate(FAULTS.values()):
        lms.set_faults(walk.frame, [each])
        walk.open_step(step % 2, 1 + step // 2 % 3)
        walk.told_unsaved()
        lms.set_faults(walk.frame)
        walk.press(say("retry"))
        walk.saved()
    lms.cut_network(context)
    walk.open_step(0, 1)
    walk.play(PICK)
    walk.told_unsaved()
    lms.restore_network(context)
    walk.saved()
    lms.set_faults(walk.frame, [fault("slow", ms=1500)])
    walk.open_step(0, 3)
    walk.saved("save_saving")
    again = resumed(lms, new_context, walk)  # the tab was closed while that save was on its way
    assert decided(lms.statements()) == walk.decided
    lms.close_tab(again.frame)
    assert lms.violations() == []


def test_what_never_arrived_is_told_on_leaving_and_offered_here(
    open_cmi5: OpenCmi5, new_context: NewContext, unit: Built
) -> None:
    lms = open_cmi5(unit.zip)
    context = new_context()
    walk = begun(lms, lms.launch(context.new_page()), unit)
    lms.set_faults(walk.frame, [fault("fail-commit")])
    walk.open_step(0, 1)
    walk.play(PICK)
    title = walk.title()
    walk.press(say("leave"))
    walk.press(say("leave_yes"))
    walk.told("left_unsaved")
    lms.close_tab(walk.frame)
    again = Walk(lms.launch(context.new_page()), unit)
    again.go(say("offer_ahead_accept"))
    again.shows(title)
    again.saved()
    lms.close_tab(again.frame)


def test_two_browsers_meet_and_the_learner_decides(
    open_cmi5: OpenCmi5, new_context: NewContext, unit: Built
) -> None:
    lms = open_cmi5(unit.zip)
    one = begun(lms, lms.launch(new_context().new_page()), unit)
    two = begun(lms, lms.launch(new_context().new_page()), unit)
    two.open_step(0, 1)
    two.play(PICK)
    two.saved()
    lms.settle()
    stored = lms.record()[SAVE]
    one.open_step(1, 0)
    one.shows(say("offer_other"))
    one.saved("save_off")
    assert lms.record()[SAVE] == stored
    one.go(say("offer_other_accept"))
    one.shows(two.title())
    one.saved()
    lms.close_tab(two.frame)
    lms.close_tab(one.frame)
    assert lms.violations() == []


# Where nothing may be written, and where there is nobody to talk to.


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_a_look_back_writes_nothing(
    open_cmi5: OpenCmi5, new_context: NewContext, unit: Built, mode: Literal["review", "browse"]
) -> None:
    lms = open_cmi5(unit.zip)
    walk = Walk(lms.launch(new_context().new_page(), mode=mode), unit)
    walk.told(f"mode_{mode}")
    walk.open_step(0, 1)
    walk.play(PICK)
    lms.close_tab(walk.frame)
    assert [verb_of(each) for each in lms.statements()] == ["initialized", "terminated"]
    assert SAVE not in lms.record()
    assert lms.violations() == []


def test_without_a_token_or_a_launch_one_plays_on_the_device_and_is_told(
    open_cmi5: OpenCmi5, new_context: NewContext, unit: Built
) -> None:
    lms = open_cmi5(unit.zip)
    context = new_context()
    first = begun(lms, lms.launch(context.new_page()), unit)
    second = Walk(lms.again(context.new_page()), unit)  # the address was copied: its token is given away
    second.told("missing")
    second.go(say("begin"))
    second.frame.page.close()
    third = new_context().new_page()
    third.goto(first.frame.url.partition("?")[0])
    Walk(third.main_frame, unit).told("missing")
    lms.close_tab(first.frame)
    assert [entry["violation"] for entry in lms.log() if entry["violation"]] == ["fetch-twice"]


def test_a_page_that_comes_back_after_the_end_says_so_and_still_saves(
    open_cmi5: OpenCmi5, new_context: NewContext, unit: Built
) -> None:
    lms = open_cmi5(unit.zip)
    walk = begun(lms, lms.launch(new_context().new_page()), unit)
    walk.frame.page.reload()  # by no key: the page cannot know that it comes back
    walk.told("mode_over")
    walk.press(say("understood"))
    walk.open_step(0, 1)
    walk.play(PICK)
    walk.saved()
    again = resumed(lms, new_context, walk)
    lms.close_tab(again.frame)
    assert counted(lms.statements())["terminated"] == 2
    assert lms.violations() == []


def test_a_unit_from_another_origin(open_cmi5: OpenCmi5, new_context: NewContext, unit: Built) -> None:
    lms = open_cmi5(unit.zip, csp=False)
    walk = begun(lms, lms.launch(new_context().new_page(), via="cross-origin"), unit)
    walk.open_step(0, 1)
    walk.play(PICK)
    again = resumed(lms, new_context, walk)
    lms.close_tab(again.frame)
    assert counted(lms.statements())["terminated"] == 2
    assert lms.violations() == []
