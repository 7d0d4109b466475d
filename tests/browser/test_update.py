"""An update with a learner in the middle: what changed is told, and what to do; no status goes down."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from builder import pipeline
from builder.package.zip import write_zip
from tests.browser.conftest import NewContext, OpenLms
from tests.browser.harness import Guard, Learner
from tests.browser.walk import Walk, read_built, say
from tests.saves import data, played
from tests.saves.record import TEXT
from tests.saves.versions import released
from tests.test_saves import WHO


def test_who_was_in_the_middle_reads_what_changed_and_goes_on(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, tmp_path: Path
) -> None:
    courses = {version: course for version, (course, _) in released().items()}
    midway, whole = (
        read.save
        for read in played(
            {"1": data(courses["1"], "a")},
            [{**WHO[name], "course": "1"} for name in ("brief-zwijgend", "alles")],
        )[0]
    )
    course = courses["3"]
    path = tmp_path / "package.zip"
    write_zip(pipeline.build(course, course.variants[0], pipeline.FORMATS["scorm12"]), path)
    lms, built = open_lms(path), read_built(path)
    context = new_context()

    # In the middle: back in the scene that is still true, and told so until it was read.
    lms.preset({"cmi.core.lesson_status": "incomplete", "cmi.suspend_data": midway})
    walk = Walk(lms.launch(context.new_page()), built)
    walk.shows("De tafel")
    words = say("notice_changed", title="Aan tafel", number=2, scene="De tafel")
    notices = walk.frame.get_by_role("region", name=say("notices"))
    expect(notices).to_contain_text(words)
    expect(walk.button("Je leest de brief voor")).to_have_count(0)
    walk.press(notices.get_by_role("button", name=say("understood")))
    expect(notices).to_have_count(0)
    walk.go("Je belt zijn zus")
    walk.saved()
    lms.close_tab(walk.frame)
    again = Walk(lms.launch(context.new_page()), built)
    again.shows("Er wordt geklopt")  # new, and certain to come
    again.go("Je knikt")
    again.shows("Samen")
    expect(again.frame.get_by_role("region", name=say("notices"))).to_have_count(0)
    lms.close_tab(again.frame)

    # Finished before the update: the status stands, what is gone is told, and one's own words are still there.
    done = Learner(id="an-2", name="An")
    lms.preset({"cmi.core.lesson_status": "completed", "cmi.suspend_data": whole}, done)
    walk = Walk(lms.launch(context.new_page(), learner=done), built)
    walk.shows(course.settings.title)
    for key in ("notice_scenario_gone", "notice_answer_gone", "notice_place_gone", "finished_before"):
        walk.told(key)
    foot = walk.frame.get_by_role("contentinfo")
    walk.go(foot.get_by_role("button", name=say("plan_title")))
    walk.told("plan_strays")
    expect(walk.frame.get_by_role("definition").filter(has_text=TEXT).first).to_be_visible()
    lms.close_tab(walk.frame)
    assert lms.record(done)["cmi.core.lesson_status"] == "completed"
    assert lms.violations() == []
    assert guard.errors == []
