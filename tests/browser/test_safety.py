"""An intense scene: told beforehand, a way to stop for a moment on each of its screens, passed over without loss."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewContext, OpenLms
from tests.browser.harness import Guard
from tests.browser.walk import Built, Walk, say, the

SCENE = "Het wordt hard"
AFTER = "Na de klap"
SUMMARY = "Ruben wordt boos en gooit papieren van tafel."
CONTACT = "de vertrouwenspersoon van Voorbeeldgemeente"
WORDS = "Zijn stoel klapt tegen de muur."  # of the scene itself

# One way to the intense scene, and on.
WAY = the(
    "pi-bellen", "toestemming-vragen", "voorstellen", "zus-mee", "samen-invullen", "terugkomen", "grens"
)


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


def pause(walk: Walk) -> Locator:
    """The part of the screen with the pause and whom to talk to."""
    part = walk.frame.get_by_role("region", name=say("pause"))
    expect(part.get_by_role("link", name=CONTACT)).to_be_visible()
    expect(part.get_by_role("button", name=say("pause"))).to_be_visible()
    return part


def rest(walk: Walk) -> None:
    """Take the pause: the scene is out of the way, who to talk to is there, and one comes back where one was."""
    walk.press(say("pause"))
    dialog = walk.frame.get_by_role("dialog", name=say("pause"))
    expect(dialog.get_by_role("link", name=CONTACT)).to_be_visible()
    expect(dialog.locator(":focus")).to_have_count(1)
    walk.press(say("pause_end"))
    expect(dialog).to_be_hidden()
    expect(walk.button(say("pause"))).to_be_focused()


def test_an_intense_scene_can_be_paused_and_passed_over(
    open_lms: OpenLms, page: Page, guard: Guard, real: Built
) -> None:
    lms = open_lms(real.zip)
    page.context.clock.install()
    walk = Walk(lms.launch(page, via="opener", profile="full"), real)
    walk.open_step(1, 2)
    walk.play(WAY, until="De wachtkamer")
    expect(walk.button(say("pause"))).to_have_count(0)  # only where it is needed
    walk.play(WAY, until=SCENE)
    walk.by = "keys"

    # The notice: nothing of the scene yet, a summary for who wants one, and nobody hurries anybody.
    pause(walk)
    expect(walk.frame.get_by_text(WORDS)).to_have_count(0)
    expect(walk.frame.get_by_text(SUMMARY)).to_be_hidden()
    walk.press(walk.frame.locator("summary", has_text=say("intense_more")))
    expect(walk.frame.get_by_text(SUMMARY)).to_be_visible()
    rest(walk)
    before = walk.screen()
    walk.saved()
    walk.frame.page.clock.fast_forward("24:00:00")
    assert walk.screen() == before

    # The scene and its reaction carry the pause; a reaction is past skipping.
    walk.go(say("intense_read"))
    expect(walk.frame.get_by_text(WORDS)).to_be_visible()
    meters = walk.meters()
    pause(walk)
    rest(walk)
    walk.decide(WAY)
    assert not walk.is_scene()
    expect(pause(walk).get_by_role("button")).to_have_count(1)
    walk.go(say("continue"))
    walk.shows(AFTER)
    expect(walk.button(say("pause"))).to_have_count(0)
    expect(walk.frame.get_by_text(SUMMARY)).to_have_count(0)

    # Once more, now out of the scene itself: what happened there is told, and nothing of it counts.
    walk.by = "script"
    decided = len(walk.decided)
    walk.play(WAY)
    walk.go(say("replay"))
    walk.play(WAY, until=SCENE)
    walk.go(pause(walk).get_by_role("button", name=say("intense_skip")))
    walk.shows(AFTER)
    walk.told("skipped", title=SCENE)
    expect(walk.frame.get_by_text(SUMMARY)).to_be_visible()
    assert walk.meters() == meters
    assert len(walk.decided) > decided
    report = next(
        each["report"] for each in real.scenario("Het eerste contact")["scenes"] if each["title"] == SCENE
    )
    assert [scene for scene, _ in walk.decided].count(report) == 1
    walk.saved()
    lms.close_tab(walk.frame)

    # The mark stays: on the screen after a return, and no more once one goes on.
    again = Walk(lms.launch(page.context.new_page(), via="opener", profile="full"), real)
    again.shows(AFTER)
    again.told("skipped", title=SCENE)
    again.decide(WAY)
    expect(again.frame.get_by_text(say("skipped", title=SCENE))).to_have_count(0)

    # Looking back says so too.
    again.play(WAY)
    again.go(say("to_debrief"))
    again.told("passed_over")
    lms.close_tab(again.frame)
    assert lms.violations() == []
    assert guard.errors == []
