"""The data sheet against what really goes: each element an LMS is given is in it, and each that is in it is given."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame

from builder import pipeline
from builder.lms.statements import verb_of
from builder.model.course import Course
from builder.package.zip import write_zip
from builder.render.sent import sent
from tests.browser.conftest import NewContext, OpenCmi5, OpenLms
from tests.browser.walk import Built, Walk, always, read_built, say
from tests.courses import SAMPLE, course_of

WORDS = "Dat was maandag, en niemand vroeg iets."

EVERYTHING = {"score": True, "mastery": 100, "choices": True}
NOTHING = {"rule": "steps", "score": False, "mastery": None, "choices": False, "report": "completed"}


def made(course: Course, name: str, folder: Path) -> Built:
    path = folder / "package.zip"
    write_zip(pipeline.build(course, course.variants[0], pipeline.FORMATS[name]), path)
    return read_built(path)


def played(walk: Walk) -> None:
    """All there is to do: the question amiss, each answer where it may go."""
    steps = [step["kind"] for step in walk.built.course["lessons"][0]["steps"]]
    walk.open_step(0, steps.index("scenario"))
    walk.play(always(0))
    first, second = (at for at, kind in enumerate(steps) if kind == "reflection")
    walk.open_step(0, first)
    walk.keep("lms")
    walk.write(WORDS)
    walk.open_step(0, second)
    walk.tick("3")
    answered(walk, 0)
    for at, kind in enumerate(steps):
        if kind in ("page", "plan"):
            walk.open_step(0, at)
            walk.on()


def answered(walk: Walk, option: int, saved: str = "save_saved") -> None:
    steps = [step["kind"] for step in walk.built.course["lessons"][0]["steps"]]
    walk.open_step(0, steps.index("question"))
    walk.press(walk.frame.get_by_role("main").get_by_role("radio").nth(option))
    walk.press(
        walk.frame.get_by_role("main").get_by_role(
            "button", name=re.compile(f"{say('check')}|{say('check_again')}")
        )
    )
    walk.saved(saved)


def on_the_device(frame: Frame) -> dict[str, str]:
    kept: dict[str, str] = frame.evaluate("() => ({ ...localStorage })")
    return kept


def left(walk: Walk) -> None:
    walk.press(say("leave"))
    walk.press(say("leave_yes"))


def told(name: str, log: list[Any]) -> set[str]:
    """The elements an LMS was given, by their names in the sheet."""
    if name == "cmi5":
        puts = {entry["arguments"][0] for entry in log if entry["call"] == "PUT state"}
        return {name for name in puts if name}
    calls = [entry for entry in log if entry["call"].removeprefix("LMS") == "SetValue"]
    return {re.sub(r"\.\d+\.", ".n.", entry["arguments"][0]) for entry in calls}


SLOW = pytest.mark.slow
CASES = [
    pytest.param("scorm12", EVERYTHING, id="1.2, everything on"),
    pytest.param("scorm12", NOTHING, id="1.2, everything off"),
    pytest.param("scorm2004", EVERYTHING, id="2004, everything on"),
    pytest.param("scorm2004", NOTHING, id="2004, everything off", marks=SLOW),
    pytest.param("scorm2004-3rd", EVERYTHING, id="2004 3rd, everything on", marks=SLOW),
    pytest.param("scorm2004-3rd", NOTHING, id="2004 3rd, everything off", marks=SLOW),
    pytest.param("cmi5", EVERYTHING, id="cmi5, everything on"),
    pytest.param("cmi5", NOTHING, id="cmi5, everything off", marks=SLOW),
]


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_the_sheet_tells_all_that_goes_and_nothing_else(
    name: str,
    settings: dict[str, Any],
    open_lms: OpenLms,
    open_cmi5: OpenCmi5,
    new_context: NewContext,
    tmp_path: Path,
) -> None:
    plain = course_of(SAMPLE)
    course = replace(plain, settings=replace(plain.settings, **settings))
    built = made(course, name, tmp_path)
    lms: Any = open_cmi5(built.zip) if name == "cmi5" else open_lms(built.zip)
    launch = {} if name == "cmi5" else {"profile": "full"}

    context = new_context()
    walk = Walk(lms.launch(context.new_page(), **launch), built)
    walk.heading.wait_for()
    played(walk)
    walk.saved()
    names = on_the_device(walk.frame)
    kept = rf"waterlijn:proef:{course.variants[0].key}:[a-z0-9]+:(answers|history|save)"
    assert [key for key in names if not re.fullmatch(kept, key)] == []
    assert len([key for key in names if key.endswith(":answers")]) == 1
    assert WORDS not in json.dumps(names)
    lms.close_tab(walk.frame)

    walk = Walk(lms.launch(context.new_page(), **launch), built)
    walk.heading.wait_for()
    answered(walk, 1)
    left(walk)
    lms.settle()
    log = lms.log()
    found = told(name, log)
    if name == "cmi5":
        found |= {verb_of(each) for each in lms.statements()}
    assert found == {each.name for each in sent(name, course.settings)}
    assert WORDS not in json.dumps(log, ensure_ascii=False)
    assert lms.violations() == []
