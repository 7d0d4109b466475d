"""The real package, played from its first page to its last, on the strict LMS; its first lessons by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import expect

from builder.lms.server import LogEntry, Record
from tests.browser.conftest import NewContext, OpenLms
from tests.browser.harness import Guard, Lms, Mode, Profile, Via
from tests.browser.walk import Built, Picker, Walk, always, say

OPEN = "wat-neem-jij-je-voor"
CHOICE = "wat-doe-jij-meestal-met-een-eerste-indruk"
CLOSE_BY = "De wachtkamer"  # every path of lesson 2's scenario comes here
TEXT = (
    "Als ik merk dat ik al een beeld heb van iemand – één woord in een map is genoeg – dan zeg ik dat woord "
    "hardop tegen mezelf. Daarna vraag ik eerst: ‘Wat wil jíj regelen?’ Dinsdag begin ik, geïnspireerd door "
    "die reünie van het team. Het kost me niets, hooguit € 2,50 voor twee koppen koffie, en misschien een "
    "beetje trots. Of het lukt? Dat zie ik wel; ik schrijf het op, zónder namen, en lees het weer."
)
TIMESPAN = r"\d{2,4}:\d\d:\d\d(\.\d{1,2})?"

PROFILES: tuple[Profile, ...] = ("mandatory", "realistic", "full")
PLACES: tuple[Via, ...] = ("iframe", "popup", "opener")  # popup: as Moodle opens one, without an opener
PICKERS: dict[str, Picker] = {"first": always(0), "second": always(1), "last": always(-1)}
ONE_PROFILE = [pytest.param(each, marks=() if each == "realistic" else pytest.mark.slow) for each in PROFILES]
COVERING = {("mandatory", "popup", "last"), ("realistic", "iframe", "first")}
WALKS = [
    pytest.param(*each, id="-".join(each), marks=() if each in COVERING else pytest.mark.slow)
    for each in product(PROFILES, PLACES, PICKERS)
]


def first_part(walk: Walk, pick: Picker) -> None:
    """From the contents through the whole first lesson, and into the scenario of the second."""
    walk.go(say("begin"))
    walk.on()
    walk.play(pick)
    walk.go(say("to_debrief"))
    walk.on()
    walk.on()
    walk.keep("lms")
    walk.tick(walk.built.reflection(CHOICE)["options"][2])
    walk.on()
    walk.write(TEXT)
    walk.on()
    walk.on()
    walk.shows(walk.built.course["title"])  # the contents, after the last step of a lesson
    walk.open_step(1, 0)
    walk.on()
    walk.on()
    walk.play(pick, until=CLOSE_BY)


def second_part(walk: Walk, pick: Picker) -> None:
    """From the scenario of lesson 2 through the rest of it, and the scenarios of the lessons after it."""
    walk.play(pick)
    walk.go(say("to_debrief"))
    walk.on()
    walk.on()
    question = next(iter(walk.built.course["questions"].values()))
    walk.tick(question["options"][1]["text"])
    walk.press(say("check"))
    expect(walk.frame.get_by_role("heading", name=say("check_right"))).to_be_focused()
    walk.on()
    walk.tick("3")
    walk.on()
    walk.on()
    walk.on()
    walk.shows(walk.built.course["title"])
    if len(walk.built.course["lessons"]) > 2:
        expect(walk.button(say("finish"))).to_have_count(0)
        walk.play_from(2, pick)
        menu = walk.frame.get_by_role("navigation", name=say("menu_label"))
        walk.go(menu.get_by_role("button", name=say("contents")))
    expect(walk.button(say("finish"))).to_be_visible()


def interactions(record: Record) -> list[tuple[str, str]]:
    """Id and response of each interaction the LMS holds, in order."""
    found: list[tuple[str, str]] = []
    while f"cmi.interactions.{len(found)}.id" in record:
        at = f"cmi.interactions.{len(found)}"
        assert record[f"{at}.type"] == "choice"
        assert record[f"{at}.result"] == "neutral"
        assert re.fullmatch(r"\d\d:\d\d:\d\d", record[f"{at}.time"])
        found.append((record[f"{at}.id"], record[f"{at}.student_response"]))
    return found


def calls(log: list[LogEntry], name: str) -> int:
    return [entry["call"] for entry in log].count(name)


def sound(lms: Lms, guard: Guard) -> None:
    """Nothing was against the rules, for the LMS or for the browser."""
    assert lms.violations() == []
    assert lms.strays() == []
    assert guard.errors == []


@pytest.mark.parametrize(("profile", "via", "picker"), WALKS)
def test_a_course_by_keyboard(
    open_lms: OpenLms,
    new_context: NewContext,
    guard: Guard,
    real: Built,
    profile: Profile,
    via: Via,
    picker: str,
) -> None:
    assert len(TEXT) == 400
    pick = PICKERS[picker]
    lms = open_lms(real.zip)
    walk = Walk(lms.launch(new_context().new_page(), profile=profile, via=via), real, by="keys")
    first_part(walk, pick)
    if picker == "last":
        walk.decide(pick)  # leave while the reaction to a choice is on the screen
    title, screen, meters = walk.title(), walk.screen(), walk.meters()
    assert len(meters) == 3
    lms.close_tab(walk.frame)

    record = lms.record()
    assert record["cmi.core.lesson_status"] == "incomplete"
    assert len(record["cmi.suspend_data"]) <= 4096
    assert record["cmi.suspend_data"].isascii()
    assert "cmi.core.score.raw" not in record
    assert not any(word in str(record) for word in ("trots", "reünie", "koffie"))

    again = Walk(lms.launch(new_context().new_page(), profile=profile, via=via), real, by="keys")
    assert (again.title(), again.screen(), again.meters()) == (title, screen, meters)
    again.open_step(0, 3)
    expect(again.frame.get_by_role("radio", checked=True)).to_have_count(1)
    expect(again.frame.get_by_role("radio").nth(2)).to_be_checked()
    again.open_step(0, 4)
    expect(again.frame.get_by_role("textbox", name=say("your_answer"))).to_have_value(TEXT)
    again.open_step(1, 2)
    assert (again.title(), again.screen(), again.meters()) == (title, screen, meters)
    second_part(again, pick)
    again.saved()
    lms.close_tab(again.frame)

    done = lms.record()
    assert done["cmi.core.lesson_status"] == "completed"
    assert done["cmi.core.exit"] == "suspend"
    assert re.fullmatch(TIMESPAN, done["cmi.core.session_time"])
    assert re.fullmatch(TIMESPAN, done["cmi.core.total_time"])
    assert done["cmi.core.total_time"] > record["cmi.core.total_time"] > "0000:00:00.00"
    assert len(done["cmi.suspend_data"]) <= 4096
    assert done["cmi.suspend_data"].isascii()
    decided = walk.decided + again.decided
    assert len(decided) > 10
    assert interactions(done) == ([] if profile == "mandatory" else decided)
    assert calls(lms.log(), "LMSInitialize") == calls(lms.log(), "LMSFinish") == 2
    sound(lms, guard)


def test_the_whole_module_page_by_page(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, whole: Built
) -> None:
    """Every page of every lesson comes, every scenario is played and looked back on, and then all is done."""
    lms = open_lms(whole.zip)
    walk = Walk(lms.launch(new_context().new_page()), whole)
    walk.go(say("begin"))
    for number, lesson in enumerate(whole.course["lessons"]):
        if number:
            walk.open_step(number, 0)
        for step in lesson["steps"]:
            if step["kind"] == "scenario":
                walk.shows(whole.course["scenarios"][step["key"]]["title"])
                walk.play(always(number % 3))
                walk.go(say("to_debrief"))
            walk.on()
        walk.shows(whole.course["title"])
    expect(walk.button(say("finish"))).to_be_visible()
    walk.saved()
    lms.close_tab(walk.frame)
    record = lms.record()
    assert record["cmi.core.lesson_status"] == "completed"
    assert len(record["cmi.suspend_data"]) <= 4096
    assert interactions(record) == walk.decided
    assert {scene for scene, _ in walk.decided} <= {
        each["report"] for scenario in whole.course["scenarios"].values() for each in scenario["scenes"]
    }
    sound(lms, guard)


Finished = Callable[[Profile], Lms]
STEPS = (0, 3), (0, 1)  # of the small course: an answer, the scenario


@pytest.fixture
def finished(open_lms: OpenLms, new_context: NewContext, sample: Built) -> Finished:
    """An LMS on which the learner has completed the course."""

    def finish(profile: Profile) -> Lms:
        lms = open_lms(sample.zip)
        walk = Walk(lms.launch(new_context().new_page(), profile=profile), sample)
        walk.play_from(0, always(0), skip=True)
        walk.open_step(0, 3)
        walk.keep("lms")
        walk.write(TEXT)
        lms.close_tab(walk.frame)
        assert lms.record()["cmi.core.lesson_status"] == "completed"
        return lms

    return finish


def look_around(walk: Walk, answer: tuple[int, int] = (0, 4), scenario: tuple[int, int] = (1, 2)) -> None:
    """Do all that could change a record: another answer, another play, everything anew. The steps are the module's."""
    walk.open_step(*answer)
    walk.write("Iets heel anders.")
    walk.open_step(*scenario)
    walk.go(say("replay"))
    walk.play(always(0))
    walk.press(say("restart"))
    walk.press(say("restart_yes"))
    walk.shows(walk.built.course["title"])


LOOKS: tuple[tuple[Mode, bool | None], ...] = (("review", None), ("browse", None), ("normal", False))


@pytest.mark.parametrize("profile", ONE_PROFILE)
def test_a_look_back_changes_nothing(
    finished: Finished, new_context: NewContext, guard: Guard, sample: Built, profile: Profile
) -> None:
    lms = finished(profile)
    before = lms.record()
    for mode, credit in LOOKS:
        frame = lms.launch(new_context().new_page(), profile=profile, mode=mode, credit=credit)
        walk = Walk(frame, sample)
        # The mode is an element an LMS may lack; then only the missing credit tells.
        walk.told("mode_review" if mode == "review" and profile != "mandatory" else "mode_browse")
        walk.open_step(0, 3)
        expect(walk.frame.get_by_role("textbox", name=say("your_answer"))).to_have_value(TEXT)
        look_around(walk, *STEPS)
        lms.close_tab(frame)
        after = lms.record()
        assert after["cmi.suspend_data"] == before["cmi.suspend_data"]
        assert after["cmi.core.lesson_status"] == "completed"
        assert interactions(after) == interactions(before)
        if mode == "review":
            assert after == before
    back = Walk(lms.launch(new_context().new_page(), profile=profile), sample)
    back.open_step(0, 3)
    expect(back.frame.get_by_role("textbox", name=say("your_answer"))).to_have_value(TEXT)
    lms.close_tab(back.frame)
    sound(lms, guard)


@pytest.mark.parametrize("profile", ONE_PROFILE)
def test_a_completed_course_is_never_downgraded(
    finished: Finished, new_context: NewContext, guard: Guard, sample: Built, profile: Profile
) -> None:
    lms = finished(profile)
    walk = Walk(lms.launch(new_context().new_page(), profile=profile), sample)
    look_around(walk, *STEPS)
    walk.saved()
    assert lms.record()["cmi.core.lesson_status"] == "completed"
    lms.close_tab(walk.frame)
    again = Walk(lms.launch(new_context().new_page(), profile=profile), sample)
    expect(again.button(say("begin"))).to_be_visible()
    lms.close_tab(again.frame)
    assert lms.record()["cmi.core.lesson_status"] == "completed"
    statuses = {
        entry["arguments"][1]
        for entry in lms.log()
        if entry["call"] == "LMSSetValue" and entry["arguments"][0] == "cmi.core.lesson_status"
    }
    assert statuses == {"incomplete", "completed"}
    sound(lms, guard)


def test_the_way_back_to_the_page_keeps_the_place(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, sample: Built
) -> None:
    lms = open_lms(sample.zip)
    page = new_context().new_page()
    walk = Walk(lms.launch(page), sample)
    walk.open_step(0, 1)
    walk.play(always(-1), until="De spreekkamer")
    walk.decide(always(0))
    title, meters = walk.title(), walk.meters()
    page.goto("about:blank")
    page.go_back()
    lms.settle()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text(title)
    anew = Walk(page.frames[1], sample)
    assert (anew.title(), anew.meters()) == (title, meters)
    anew.play(always(0))
    anew.saved()
    assert lms.record()["cmi.core.lesson_status"] == "completed"
    sound(lms, guard)
