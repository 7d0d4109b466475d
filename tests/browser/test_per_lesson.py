"""A SCO for each lesson: each has its own record, and nothing of one is in another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from builder import pipeline
from builder.package.zip import write_zip
from tests.browser.conftest import NewContext, OpenLms
from tests.browser.harness import Guard, manifest_of
from tests.browser.walk import Built, Walk, always, read_built, say
from tests.courses import FEW, ROOT, course_of

START, WATER = "les-start.html", "les-waterlijn.html"
OPEN = "wat-neem-jij-je-voor"
CHOICE = "wat-doe-jij-meestal-met-een-eerste-indruk"
HERE, THERE = "Ik bel eerst even terug.", "Het dossier van mevrouw De Wit."


def made(standard: str, folder: Path) -> Path:
    """The module as a package of this standard with a SCO for each lesson."""
    course = course_of(ROOT, FEW)
    course = replace(course, settings=replace(course.settings, sco="lesson"))
    path = folder / "package.zip"
    write_zip(pipeline.build(course, course.variants[0], pipeline.FORMATS[standard]), path)
    return path


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in SCORM 1.2."""
    return made("scorm12", tmp_path_factory.mktemp("per-lesson"))


def fields(save: str) -> list[str]:
    return save.split(";")


def codes(built: Built) -> set[str]:
    """The codes of everything in a lesson that a save may name."""
    steps = built.course["lessons"][0]["steps"]
    return {step["code"] for step in steps} | {each["code"] for each in built.course["reflections"].values()}


def test_two_lessons_of_one_package_know_nothing_of_each_other(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, package: Path
) -> None:
    lms = open_lms(package)
    context = new_context()
    first, second = (read_built(package, page) for page in (START, WATER))

    # The first lesson, to its end: it says where to go on, and reports itself alone.
    walk = Walk(lms.launch(context.new_page(), unit=START), first)
    walk.shows(first.course["lessons"][0]["title"])
    expect(walk.frame.get_by_role("heading", name=say("lessons_alone"))).to_be_visible()
    walk.go(say("begin", title=first.course["lessons"][0]["title"]))
    walk.on()
    walk.play(always(0))
    walk.go(say("to_debrief"))
    walk.on()
    walk.on()
    walk.told("keep_intro_alone")
    walk.keep("lms")
    walk.tick(first.reflection(CHOICE)["options"][2])
    walk.on()
    walk.write(HERE)
    walk.on()
    walk.on()
    walk.shows(first.course["lessons"][0]["title"])
    walk.told("all_done_alone")
    walk.saved()
    assert lms.record(unit=START)["cmi.core.lesson_status"] == "completed"
    assert lms.record(unit=WATER) == {}
    walk.press(say("finish_alone"))
    walk.press(say("leave_yes"))
    walk.told("left_close_alone")
    lms.close_tab(walk.frame)

    # The second begins afresh, asks where answers are kept once more, and leaves the first as it was.
    ended = lms.record(unit=START)
    walk = Walk(lms.launch(context.new_page(), unit=WATER), second)
    walk.shows(second.course["lessons"][0]["title"])
    walk.go(say("begin", title=second.course["lessons"][0]["title"]))
    walk.on()
    walk.keep("device")
    walk.write(THERE)
    walk.on()
    walk.play(always(0), until="De wachtkamer")
    walk.saved()
    lms.close_tab(walk.frame)
    assert lms.record(unit=START) == ended
    other = lms.record(unit=WATER)
    assert other["cmi.core.lesson_status"] == "incomplete"
    one, two = (fields(record["cmi.suspend_data"]) for record in (ended, other))
    assert (one[4], two[4]) == ("l", "d")
    assert codes(first).isdisjoint(codes(second))
    done = [{each[6][at : at + 2] for at in range(0, len(each[6]), 2)} for each in (one, two)]
    assert done[0] == codes(first) & done[0]
    assert done[1]
    assert done[1] <= codes(second)

    # What this browser keeps is told apart as well.
    page = context.new_page()
    walk = Walk(lms.launch(page, unit=WATER), second)
    walk.shows("De wachtkamer")
    kept = walk.frame.evaluate("() => Object.keys(localStorage)")
    assert kept
    assert all(key.startswith("waterlijn:onder-de-waterlijn/waterlijn:") for key in kept)
    walk.open_step(0, 1)
    expect(walk.frame.get_by_role("textbox", name=say("your_answer"))).to_have_value(THERE)
    lms.close_tab(walk.frame)
    walk = Walk(lms.launch(context.new_page(), unit=START), first)
    walk.shows(first.course["lessons"][0]["title"])
    walk.told("all_done_alone")
    foot = walk.frame.get_by_role("contentinfo")
    walk.go(foot.get_by_role("button", name=say("plan_title")))
    walk.told("plan_intro_alone")
    assert HERE in walk.screen()
    assert THERE not in walk.screen()
    lms.close_tab(walk.frame)
    assert lms.violations() == []
    assert guard.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("standard", ["scorm2004", "scorm2004-3rd"])
def test_a_finished_lesson_leads_on_to_the_next(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, tmp_path: Path, standard: str
) -> None:
    package = made(standard, tmp_path)
    lms = open_lms(package)
    context = new_context()
    units = [sco.href for sco in manifest_of(package).scos]
    for unit, request in ((units[0], "continue"), (units[-1], "suspendAll")):
        built = read_built(package, unit)
        walk = Walk(lms.launch(context.new_page(), unit=unit), built)
        for at, step in enumerate(built.course["lessons"][0]["steps"]):
            walk.open_step(0, at)
            if step["kind"] == "scenario":
                walk.play(always(0), skip=True)
        menu = walk.frame.get_by_role("navigation", name=say("menu_label"))
        walk.go(menu.get_by_role("button", name=say("contents")))
        walk.saved()
        walk.press(say("finish_alone"))
        walk.press(say("leave_yes"))
        walk.told("left_close_alone")
        lms.close_tab(walk.frame)
        record = lms.record(unit=unit)
        assert (record["adl.nav.request"], record["cmi.completion_status"]) == (request, "completed")
        assert record["cmi.exit"] == "suspend", "and it comes back"
    assert lms.violations() == []
    assert guard.errors == []
