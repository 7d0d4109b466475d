"""A shared computer: what stays on it is named beside each question and in the dialog that wipes it, and then gone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import expect

from builder.model.reflection import Keep, Reflection
from builder.model.walk import changed
from tests.browser.conftest import NewContext, OpenLms, Unpacked
from tests.browser.test_datasheet import answered, made
from tests.browser.walk import Walk, always, say
from tests.courses import SAMPLE, course_of

WORDS = "Alleen hier, en nergens anders."
EVERYTHING_KEPT = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
EMPTY = "[{},{}]"


def question(walk: Walk, nth: int) -> None:
    steps = [step["kind"] for step in walk.built.course["lessons"][0]["steps"]]
    walk.open_step(0, [at for at, kind in enumerate(steps) if kind == "reflection"][nth])


def wiped(walk: Walk) -> None:
    """Through the dialog, which says what goes."""
    walk.press(say("keep_title"))
    walk.press(say("wipe"))
    dialog = walk.frame.get_by_role("dialog", name=say("wipe"))
    for what in ("wipe_answers", "wipe_route", "wipe_save"):
        expect(dialog.get_by_text(say(what))).to_be_visible()
    walk.press(say("wipe_yes"))


def told(walk: Walk, key: str) -> None:
    expect(walk.frame.get_by_role("main").locator(".owl-kept:visible", has_text=say(key))).not_to_have_count(
        0
    )


def test_within_an_lms_what_is_kept_here_goes_and_the_lms_keeps_its_own(
    open_lms: OpenLms, new_context: NewContext, tmp_path: Path
) -> None:
    built = made(course_of(SAMPLE), "scorm12", tmp_path)
    lms = open_lms(built.zip)
    context = new_context()
    walk = Walk(lms.launch(context.new_page(), via="none"), built)  # by accident: no LMS is found
    question(walk, 0)
    walk.keep("device")
    walk.write(WORDS)
    told(walk, "kept_device")
    answered(walk, 1, "save_device")
    told(walk, "check_kept_device")
    assert WORDS in walk.frame.evaluate(EVERYTHING_KEPT)
    lms.close_tab(walk.frame)

    walk = Walk(lms.launch(context.new_page()), built)
    question(walk, 0)
    walk.keep("device")
    expect(walk.frame.get_by_text(say("keep_choices_told"))).to_have_count(
        0
    )  # answered: the question is gone
    walk.write(WORDS)
    told(walk, "kept_device")
    question(walk, 1)
    walk.tick("3")
    told(walk, "kept_device")
    answered(walk, 1)
    told(walk, "check_kept_lms")
    walk.saved()
    assert walk.frame.evaluate(EVERYTHING_KEPT).count(WORDS) == 2
    wiped(walk)
    assert walk.frame.evaluate(EVERYTHING_KEPT) == EMPTY
    question(walk, 0)
    expect(walk.frame.get_by_role("textbox")).to_have_value("")
    walk.saved()
    lms.close_tab(walk.frame)

    again = Walk(lms.launch(context.new_page()), built)
    question(again, 0)
    expect(again.frame.get_by_role("textbox")).to_have_value("")
    answer = again.frame.get_by_role("main")
    steps = [step["kind"] for step in built.course["lessons"][0]["steps"]]
    again.open_step(0, steps.index("question"))
    expect(answer.get_by_role("radio", checked=True)).to_have_count(1)  # that was the LMS's
    again.saved()
    assert again.frame.evaluate(EVERYTHING_KEPT) == EMPTY
    assert WORDS not in json.dumps([lms.log(), lms.record()], ensure_ascii=False)


def test_without_an_lms_all_of_it_goes(new_context: NewContext, unpacked: Unpacked, tmp_path: Path) -> None:
    built = made(course_of(SAMPLE), "web", tmp_path)
    page = new_context().new_page()
    page.goto(f"{unpacked(built.zip)}index.html")
    walk = Walk(page.main_frame, built)
    question(walk, 0)
    walk.keep("device")
    walk.write(WORDS)
    told(walk, "kept_device")
    walk.saved("save_device")
    expect(walk.frame.get_by_text(say("wipe_stays"))).to_have_count(0)
    assert WORDS in page.evaluate(EVERYTHING_KEPT)
    wiped(walk)
    assert page.evaluate(EVERYTHING_KEPT) == EMPTY
    page.reload()
    assert walk.button(say("offer_shared_accept")).count() == 0
    walk.heading.wait_for()
    assert page.evaluate(EVERYTHING_KEPT) == EMPTY


def test_what_an_author_keeps_from_the_lms_or_from_everywhere_stays_so(
    open_lms: OpenLms, new_context: NewContext, tmp_path: Path
) -> None:
    """Whoever chooses the LMS: one question may go no further than the device, another nowhere at all."""
    narrowed = {Keep.LMS: Keep.NOT, Keep.DEVICE: Keep.DEVICE}
    course = changed(course_of(SAMPLE), Reflection, lambda each: replace(each, keep=narrowed[each.keep]))
    built = made(course, "scorm12", tmp_path)
    lms = open_lms(built.zip)
    walk = Walk(lms.launch(new_context().new_page(), profile="full"), built)
    steps = [step["kind"] for step in built.course["lessons"][0]["steps"]]
    question(walk, 1)
    walk.keep("lms")
    walk.tick("3")
    told(walk, "kept_device")
    question(walk, 0)
    walk.write(WORDS)
    told(walk, "kept_not")
    walk.open_step(0, steps.index("scenario"))
    walk.play(always(0))
    walk.go(say("to_debrief"))
    main = walk.frame.get_by_role("main")
    for box in main.get_by_role("textbox").all():
        box.fill(WORDS)
    main.get_by_role("radio").first.check()
    main.locator("input[type=date]").fill("2026-12-01")
    told(walk, "kept_not")
    assert main.get_by_text(say("kept_lms")).count() == 0
    walk.saved()
    kept = json.loads(walk.frame.evaluate(EVERYTHING_KEPT))[0]
    assert [key.rpartition(":")[2] for key in kept] == ["answers"]
    assert WORDS not in json.dumps(kept)
    lms.close_tab(walk.frame)
    save = lms.record()["cmi.suspend_data"].split(";")
    assert (save[9], save[10]) == ("", ""), "no answer in the save"
    assert WORDS not in json.dumps(lms.log(), ensure_ascii=False)
