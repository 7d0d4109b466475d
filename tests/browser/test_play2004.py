"""The real package in SCORM 2004, from the first launch to a look back, on the strict LMS."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from builder import pipeline
from builder.lms.server import Record
from builder.package.zip import write_zip
from tests.browser.conftest import NewContext, OpenLms
from tests.browser.harness import Guard, Profile
from tests.browser.test_play import TEXT, first_part, look_around, second_part, sound
from tests.browser.walk import Walk, always, read_built, say
from tests.courses import ROOT, SAMPLE, course_of

DURATION = r"PT\d+H\d+M\d+(\.\d{1,2})?S"
TIMESTAMP = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ"
STATUS = ("cmi.completion_status", "cmi.success_status", "cmi.progress_measure", "cmi.score.raw", "cmi.exit")


def interactions(record: Record) -> list[tuple[str, str]]:
    """Id and response of each interaction the LMS holds, in order."""
    found: list[tuple[str, str]] = []
    while (at := f"cmi.interactions.{len(found)}") and f"{at}.id" in record:
        assert (record[f"{at}.type"], record[f"{at}.result"]) == ("choice", "neutral")
        assert re.fullmatch(TIMESTAMP, record[f"{at}.timestamp"])
        assert re.fullmatch(r"[ -~]{1,250}", record[f"{at}.description"])
        found.append((record[f"{at}.id"], record[f"{at}.learner_response"]))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "profile"),
    [("scorm2004", "realistic"), ("scorm2004-3rd", "mandatory")],
)
def test_the_whole_course_in_scorm_2004(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, tmp_path: Path, name: str, profile: Profile
) -> None:
    course = course_of(ROOT)
    standard = pipeline.FORMATS[name]
    write_zip(
        pipeline.build(course, pipeline.variant_of(course, "voorbeeldgemeente"), standard),
        tmp_path / "package.zip",
    )
    built = read_built(tmp_path / "package.zip")
    assert built.course["limit"] == standard.limit
    lms = open_lms(built.zip)

    def start(**how: object) -> Walk:
        return Walk(lms.launch(new_context().new_page(), profile=profile, **how), built)  # type: ignore[arg-type]

    walk = start()
    expect(walk.button(say("begin"))).to_be_visible()
    record = lms.record()
    assert [record.get(each) for each in STATUS] == ["incomplete", None, None, None, "suspend"], "at once"
    first_part(walk, always(0))
    title, screen = walk.title(), walk.screen()
    lms.close_tab(walk.frame)
    record = lms.record()
    assert record["cmi.completion_status"] == "incomplete"
    assert 0 < float(record["cmi.progress_measure"]) < 1
    assert "adl.nav.request" not in record, "a closed tab asks for nothing"
    assert record["cmi.suspend_data"].isascii()
    assert len(record["cmi.suspend_data"]) <= standard.limit
    assert not any(word in str(record) for word in ("trots", "reünie", "koffie"))

    again = start()
    assert (again.title(), again.screen()) == (title, screen)
    again.open_step(0, 4)
    expect(again.frame.get_by_role("textbox", name=say("your_answer"))).to_have_value(TEXT)
    again.open_step(1, 2)
    second_part(again, always(0))
    again.saved()
    again.press(say("leave"))
    again.press(say("leave_yes"))
    again.shows(say("left"))
    again.told("left_lms")
    lms.settle()
    done = lms.record()
    assert [done.get(each) for each in STATUS] == ["completed", None, "1", None, "suspend"]
    assert done["adl.nav.request"] == "suspendAll"
    assert re.fullmatch(DURATION, done["cmi.session_time"])
    assert re.fullmatch(DURATION, done["cmi.total_time"])
    assert interactions(done) == walk.decided + again.decided
    again.frame.page.close()

    back = start(mode="review")
    back.told("mode_review")
    back.open_step(0, 4)
    expect(back.frame.get_by_role("textbox", name=say("your_answer"))).to_have_value(TEXT)
    look_around(back)
    lms.close_tab(back.frame)
    assert lms.record() == done

    once_more = start()
    look_around(once_more)
    once_more.saved()
    lms.close_tab(once_more.frame)
    last = lms.record()
    assert [last.get(each) for each in STATUS] == ["completed", None, "1", None, "suspend"]
    log = [entry["call"] for entry in lms.log()]
    assert log.count("Initialize") == log.count("Terminate") == 4
    sound(lms, guard)


JUDGED = {
    "scorm12": ("cmi.core.lesson_status", "cmi.core.score.raw"),
    "scorm2004": ("cmi.success_status", "cmi.score.raw", "cmi.score.scaled", "cmi.completion_status"),
}
VERDICTS = {
    "scorm12": (["failed", "0"], ["passed", "100"]),
    "scorm2004": (["failed", "0", "0", "completed"], ["passed", "100", "1", "completed"]),
}


@pytest.mark.parametrize("name", JUDGED)
def test_who_failed_by_the_manifests_score_passes_later_and_keeps_it(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, tmp_path: Path, name: str
) -> None:
    course = course_of(SAMPLE)
    course = replace(course, settings=replace(course.settings, score=True, mastery=70))
    variant = pipeline.variant_of(course, "vol")
    write_zip(pipeline.build(course, variant, pipeline.FORMATS[name]), tmp_path / "package.zip")
    built = read_built(tmp_path / "package.zip")
    steps = built.course["lessons"][0]["steps"]
    at = next(number for number, step in enumerate(steps) if step["kind"] == "question")
    options = built.course["questions"][steps[at]["key"]]["options"]
    lms = open_lms(built.zip)

    def answered(*, right: bool, scenario: bool = False) -> list[str | None]:
        walk = Walk(lms.launch(new_context().new_page(), profile="full"), built)
        if scenario:
            walk.play_from(0, always(0), skip=True)
        walk.open_step(0, at)
        walk.tick(next(each["text"] for each in options if each["correct"] is right))
        walk.press(say("check" if scenario else "check_again"))
        walk.saved()
        lms.close_tab(walk.frame)
        return [lms.record().get(each) for each in JUDGED[name]]

    failed, passed = VERDICTS[name]
    assert answered(right=False, scenario=True) == failed
    assert answered(right=True) == passed
    assert answered(right=False) == passed
    sound(lms, guard)
