"""Every walk in every standard: at the end all is stored or the learner was told, nothing is lowered, no rule broken.

The table itself stands in `walks.py`. What is of one standard only, or of one failing only, has tests of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from builder.lms.cmi5 import Desk
from builder.lms.server import LmsServer
from tests.browser.conftest import Build, NewContext
from tests.browser.harness import Guard
from tests.browser.standards import Host, host_of
from tests.browser.test_play import TEXT
from tests.browser.walk import Built, Walk, always, say
from tests.browser.walks import COVERING, STANDARDS, WALKS, cells, matrix

ANSWER, SCENARIO = 3, 1  # steps of the small course's one lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A package where it is played, and learners to play it."""

    host: Host
    built: Built
    new_context: NewContext

    def walk(self, context: BrowserContext | None = None, **launch: object) -> Walk:
        """Launch in a new tab, of a fresh browser unless one is given."""
        page = (context or self.new_context()).new_page()
        return self.at(Walk(self.host.launch(page, **launch), self.built))  # type: ignore[arg-type]

    def at(self, walk: Walk) -> Walk:
        """Where only the browser keeps: what stands there is the learner's own, and they go on with it."""
        expect(walk.heading).to_be_visible()
        if self.host.keeps_here and walk.title() == say("offer_shared"):
            walk.go(say("offer_shared_accept"))
        return walk

    def begun(self, context: BrowserContext | None = None, **launch: object) -> Walk:
        """Launched, an answer of 400 characters given, and in the middle of the scenario."""
        walk = self.walk(context, **launch)
        walk.open_step(0, ANSWER)
        walk.keep("device" if self.host.keeps_here else "lms")
        walk.write(TEXT)
        walk.open_step(0, SCENARIO)
        walk.play(always(-1), until="De spreekkamer")
        walk.decide(always(0))
        return walk

    def saved(self, walk: Walk) -> None:
        """The page says that all is stored."""
        walk.saved("save_device" if self.host.keeps_here else "save_saved")

    def found_back(
        self, walk: Walk, *, complete: bool = True, leave: Callable[[], None] | None = None, told: int = 0
    ) -> None:
        """Leave, by closing the tab unless told how: all is stored, and comes back where the learner goes on.

        `told`: of the decisions, how many at the end never reached the LMS.
        """
        title, screen, context = walk.title(), walk.screen(), walk.frame.page.context
        leave() if leave else self.host.close_tab(walk.frame)
        stored = self.host.stored()
        assert stored.save
        assert stored.complete in (complete, None)
        assert (stored.success, stored.score) == (None, None)
        assert stored.interactions in (walk.decided[: len(walk.decided) - told], None)
        assert stored.seconds is None or stored.seconds > 0
        again = self.walk(context if self.host.keeps_here else None)
        assert (again.title(), again.screen()) == (title, screen)
        self.answered(again)
        self.host.close_tab(again.frame)
        assert self.host.stored().complete in (complete, None), "a look at it lowered it"

    def answered(self, walk: Walk) -> None:
        """The answer stands where it was written."""
        walk.open_step(0, ANSWER)
        expect(walk.frame.get_by_role("textbox")).to_have_value(TEXT)


def fresh(stage: Stage) -> None:
    """A learner nobody knows yet: at once known as one who began, and then from the first page to the end."""
    walk = stage.walk()
    walk.shows(stage.built.course["title"])
    stage.saved(walk)
    stage.host.settle()
    assert stage.host.stored().complete in (False, None)
    walk.go(say("begin"))
    walk.on()
    walk.play(always(0))
    walk.go(say("to_debrief"))
    walk.on()
    walk.on()
    walk.keep("device" if stage.host.keeps_here else "lms")
    walk.write(TEXT)
    walk.on()
    stage.saved(walk)
    stage.found_back(walk)


def tab_close(stage: Stage) -> None:
    """What was typed a moment ago is not waited for."""
    walk = stage.begun()
    walk.open_step(0, ANSWER)
    walk.write("Iets anders.")
    walk.write(TEXT)
    stage.found_back(walk, complete=False)


def link(stage: Stage) -> None:
    walk = stage.begun()
    stage.found_back(walk, complete=False, leave=lambda: stage.host.leave(walk.frame))


def button(stage: Stage) -> None:
    walk = stage.begun()
    title, screen = walk.title(), walk.screen()
    walk.press(say("leave"))
    walk.press(say("leave_yes"))
    if stage.host.home:
        walk.frame.page.wait_for_url(stage.host.home)
    else:
        walk.shows(say("left"))
        walk.told("left_device" if stage.host.keeps_here else "left_lms")
    context = walk.frame.page.context
    stage.host.close_tab(walk.frame)
    again = stage.walk(context if stage.host.keeps_here else None)
    assert (again.title(), again.screen()) == (title, screen)
    again.play(always(0))
    again.decided = walk.decided + again.decided
    stage.saved(again)
    stage.found_back(again)


def reload(stage: Stage) -> None:
    walk = stage.begun()
    title, screen = walk.title(), walk.screen()
    anew = Walk(stage.host.reload(walk.frame), stage.built, decided=walk.decided)
    stage.at(anew)
    assert (anew.title(), anew.screen()) == (title, screen)
    anew.play(always(0))
    stage.saved(anew)
    stage.found_back(anew)


def pop_up(stage: Stage) -> None:
    walk = stage.begun(via="popup")
    walk.play(always(0))
    stage.saved(walk)
    stage.found_back(walk)


def second_tab(stage: Stage) -> None:
    """The newest window goes on; the older one stops, says so, and takes nothing back."""
    walk = stage.begun()
    stage.saved(walk)
    title, screen = walk.title(), walk.screen()
    second = stage.walk(walk.frame.page.context)
    assert (second.title(), second.screen()) == (title, screen)
    walk.shows(say("left"))
    walk.told("left_elsewhere")
    second.play(always(0))
    second.decided = walk.decided + second.decided
    stage.saved(second)
    stage.host.close_tab(walk.frame)
    stage.found_back(second)


def lost_network(stage: Stage) -> None:
    walk = stage.begun()
    stage.saved(walk)
    stage.host.settle()
    before = stage.host.stored().save
    stage.host.cut_network(walk.frame.page.context)
    walk.play(always(0))
    if not stage.host.keeps_here:
        walk.told_unsaved()
        assert stage.host.stored().save == before
    stage.host.restore_network(walk.frame.page.context)
    stage.saved(walk)
    stage.found_back(walk)


def lost_session(stage: Stage) -> None:
    """It never comes back: the rest waits on the device, without the answer, for the next launch."""
    walk = stage.begun()
    stage.saved(walk)
    # What was chosen is sent a moment after; until then the page still tells of the save before.
    for _ in range(200):
        if stage.host.stored().interactions in (walk.decided, None):
            break
        walk.frame.page.wait_for_timeout(50)
    told = len(walk.decided)
    stage.host.set_faults(walk.frame, stage.host.faults("session-lost"))
    walk.play(always(0))
    walk.told_unsaved()
    walk.press(say("leave"))
    walk.press(say("leave_yes"))
    walk.told("left_unsaved")
    context = walk.frame.page.context
    stage.host.close_tab(walk.frame)
    assert stage.host.stored().complete is False
    again = stage.walk(context)
    again.go(say("offer_ahead_accept"))
    expect(again.button(say("to_debrief"))).to_be_visible()
    stage.saved(again)
    again.decided = walk.decided
    stage.found_back(again, told=len(walk.decided) - told)


def refused_save(stage: Stage) -> None:
    walk = stage.begun()
    stage.saved(walk)
    stage.host.set_faults(walk.frame, stage.host.faults("refuses"))
    walk.play(always(0))
    walk.told_unsaved()
    stage.host.set_faults(walk.frame)
    walk.press(say("retry"))
    stage.saved(walk)
    stage.found_back(walk)


def slow_lms(stage: Stage) -> None:
    walk = stage.begun(faults=stage.host.faults("slow"))
    walk.play(always(0))
    stage.saved(walk)
    stage.found_back(walk)


def review_mode(stage: Stage) -> None:
    walk = stage.begun()
    walk.play(always(0))
    stage.saved(walk)
    stage.host.close_tab(walk.frame)
    before = stage.host.stored()
    back = stage.walk(mode="review")
    back.told("mode_review")
    stage.answered(back)
    back.write("Iets heel anders.")
    back.open_step(0, SCENARIO)
    back.go(say("replay"))
    back.play(always(-1), until="De spreekkamer")
    back.decide(always(1))
    back.press(say("restart"))
    back.press(say("restart_yes"))
    back.shows(stage.built.course["title"])
    stage.host.close_tab(back.frame)
    after = stage.host.stored()
    assert replace(after, seconds=before.seconds) == before  # in cmi5 a look back takes its time too
    stage.answered(stage.walk())


def no_api(stage: Stage) -> None:
    """Nobody to talk to: the learner is told, and the browser keeps it; or not even that, where it is all there is."""
    context = stage.new_context()
    if stage.host.keeps_here:
        context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw Error() } })")
    walk = stage.walk(context, via="none")
    if stage.host.keeps_here:
        walk.told("memory_only")
        walk.open_step(0, SCENARIO)
        walk.play(always(0))
        walk.saved("save_memory")
        return
    walk.told("missing")
    walk.open_step(0, ANSWER)
    walk.keep("device")
    walk.write(TEXT)
    walk.open_step(0, SCENARIO)
    walk.play(always(0))
    walk.saved("save_device")
    title, screen = walk.title(), walk.screen()
    walk.frame.page.close()
    again = stage.walk(context, via="none")
    again.shows(say("offer_shared"))
    again.go(say("offer_shared_accept"))
    assert (again.title(), again.screen()) == (title, screen)
    stage.answered(again)
    again.frame.page.close()
    assert stage.host.stored().save == ""


PLAYED: dict[str, Callable[[Stage], None]] = {
    "fresh": fresh,
    "tab-close": tab_close,
    "link": link,
    "button": button,
    "reload": reload,
    "pop-up": pop_up,
    "second-tab": second_tab,
    "lost-network": lost_network,
    "lost-session": lost_session,
    "refused-save": refused_save,
    "slow-lms": slow_lms,
    "review-mode": review_mode,
    "no-api": no_api,
}
MARKED = [
    pytest.param(
        *cell,
        id=":".join(cell),
        marks=() if cell[0] == "scorm12" or cell in COVERING else pytest.mark.slow,
    )
    for cell in cells()
]


@pytest.mark.parametrize(("standard", "walk"), MARKED)
def test_walk(
    standard: str,
    walk: str,
    lms_server: LmsServer,
    desk: Desk,
    new_context: NewContext,
    guard: Guard,
    built: Build,
    tmp_path: Path,
) -> None:
    package = built(standard)
    host = host_of(standard, lms_server, desk, package.zip, tmp_path / "served")
    PLAYED[walk](Stage(host=host, built=package, new_context=new_context))
    host.settle()
    assert host.violations() == []
    assert guard.policy_violations == []


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_scorm_again_is_of_the_same_opinion(
    standard: str,
    lms_server: LmsServer,
    desk: Desk,
    new_context: NewContext,
    guard: Guard,
    built: Build,
    tmp_path: Path,
) -> None:
    """An LMS that others wrote: left in the middle, found back, completed."""
    package = built(standard)
    host = host_of(standard, lms_server, desk, package.zip, tmp_path / "served")
    stage = Stage(host=host, built=package, new_context=new_context)
    walk = stage.begun(lms="scorm-again")
    title, screen = walk.title(), walk.screen()
    host.close_tab(walk.frame)
    assert host.stored().complete is False
    again = stage.walk(lms="scorm-again")
    assert (again.title(), again.screen()) == (title, screen)
    stage.answered(again)
    again.open_step(0, SCENARIO)
    again.play(always(0))
    stage.saved(again)
    host.close_tab(again.frame)
    stored = host.stored()
    assert (stored.complete, stored.interactions) == (True, walk.decided + again.decided)
    assert host.violations() == []
    assert guard.errors == []


def test_the_table_is_whole() -> None:
    """Every walk is played, once more than in SCORM 1.2 by `make test`, and each standard three times."""
    assert set(WALKS) == set(PLAYED)
    assert {walk for _, walk in COVERING} == set(WALKS)
    for standard in STANDARDS[1:]:
        assert len([each for each, _ in COVERING if each == standard]) >= 3


def test_the_matrix_shows_what_was_walked() -> None:
    """Passed, failed, not walked this time, and what makes no sense with its reason."""
    test = "tests/browser/test_walks.py::test_walk[{}:{}]".format
    lines = matrix(
        [
            (test("scorm12", "fresh"), True),
            (test("web", "fresh"), False),
            (test("web", "fresh"), True),
            ("tests/test_size.py::test_x", False),
        ]
    )
    assert lines[0].split() == list(STANDARDS)
    assert lines[1].split() == ["fresh", "✓", "✗"]
    assert next(line for line in lines if line.startswith("slow-lms")).split() == ["slow-lms", "–"]
    assert any(line.startswith("– web slow-lms: ") for line in lines)
    assert matrix([("tests/test_size.py::test_x", False)]) == []
