"""A run: an event by its seed, a rule that closes, going back, and the same once more through another's eyes."""

from __future__ import annotations

import zlib

import pytest
from playwright.sync_api import Page, expect

from builder.check.chance import NEVER, turn
from tests.browser.conftest import NewContext, OpenLms
from tests.browser.harness import Guard, Learner, Lms
from tests.browser.walk import Built, Walk, say, the

TITLE = "Het klikgesprek"
ROOM = "De spreekkamer"
PROMISE = "Je belooft dat er een kamer is"
RULE = "inschrijving"
EVENT = "Hij loopt weg"
FRIDAY = "Op vrijdag"
HIDDEN = "Als ze het huisverbod ziet, is dit zo voorbij."
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


def base36(number: int) -> str:
    low = DIGITS[number % 36]
    return base36(number // 36) + low if number >= 36 else low


def seeded(seed: int) -> dict[str, str]:
    """What an LMS holds of a learner who only began: a save with this seed (`SAVE.md`)."""
    body = f"1;0;1;{base36(seed)};-;c;;;;;;"
    return {
        "cmi.core.lesson_status": "incomplete",
        "cmi.suspend_data": body + base36(zlib.crc32(body.encode())),
    }


def seed_for(sample: Built, comes: bool) -> int:
    """The first seed with which the event comes, or does not, after two choices."""
    scenario = sample.scenario(TITLE)
    event = next(scene for scene in scenario["scenes"] if scene["kind"] == "event")
    draws = (turn(seed, scenario["key"], event["key"], 2, event["chance"]) for seed in range(100))
    return next(seed for seed, draw in enumerate(draws) if (draw < NEVER) == comes)


def history(lms: Lms) -> list[str]:
    """The save as the LMS holds it, without its number and checksum."""
    lms.settle()
    fields = lms.record()["cmi.suspend_data"].split(";")
    return fields[:2] + fields[3:-1]


def test_a_run_goes_as_its_seed_says_and_back_as_its_author_says(
    open_lms: OpenLms, page: Page, guard: Guard, sample: Built
) -> None:
    lms = open_lms(sample.zip)
    lms.preset(seeded(seed_for(sample, comes=True)))
    walk = Walk(lms.launch(page), sample, by="keys")
    walk.open_step(0, 1)
    walk.go(say("begin_scenario"))

    # Closed by a rule: seen, read, not to be taken. In the first scene there is nothing to go back to.
    walk.told("closed", name=RULE)
    expect(walk.button(PROMISE)).to_have_count(0)
    expect(walk.button(say("go_back"))).to_have_count(0)
    walk.go("Je vraagt hoe het met zijn broer gaat")
    promise = walk.frame.get_by_role("button", name=f"{PROMISE} {say('bends_rule', name=RULE)}")
    expect(promise).to_be_visible()
    assert walk.meters() == ["vertrouwen 3 van 5"]

    # Back, once: as it was, told and announced; again only after another choice.
    walk.go(say("go_back"))
    walk.shows(ROOM)
    assert walk.meters() == ["vertrouwen 2 van 5"]
    expect(walk.frame.get_by_text(say("went_back"))).to_have_count(2)  # on the screen and for who listens
    expect(walk.button(say("go_back"))).to_have_count(0)
    expect(promise).to_have_count(0)

    # The event of this seed, past a plain "verder"; back and there again it comes again.
    for first in (True, False):
        walk.go("Je legt het dossier open en begint bij de regels")
        walk.go("Je gaat verder")
        walk.shows(EVENT)
        if first:
            walk.go(say("go_back"))
            walk.shows(ROOM)
    walk.saved()
    lms.close_tab(walk.frame)
    again = Walk(lms.launch(page.context.new_page()), sample)
    again.shows(EVENT)
    again.go("Je laat hem gaan")
    again.shows("De deur dicht")

    # From the debrief one stands again at any decision; the first run stays beside the next for comparison.
    again.go(say("to_debrief"))
    again.go(say("again_from", scene=ROOM))
    again.shows(ROOM)
    assert again.meters() == ["vertrouwen 2 van 5"]
    expect(again.button(say("go_back"))).to_have_count(0)
    again.play(the("eerst-vragen"), skip=True)
    again.go(say("to_debrief"))
    again.told("compared")
    again.saved()
    lms.close_tab(again.frame)

    other = Learner(id="an-2", name="An")
    lms.preset(seeded(seed_for(sample, comes=False)), other)
    quiet = Walk(lms.launch(page.context.new_page(), learner=other), sample)
    quiet.open_step(0, 1)
    quiet.go(say("begin_scenario"))
    quiet.go("Je legt het dossier open en begint bij de regels")
    quiet.go("Je gaat verder")
    quiet.shows(FRIDAY)
    lms.close_tab(quiet.frame)
    assert lms.violations() == []
    assert guard.errors == []


def test_the_same_run_through_another_s_eyes(
    open_lms: OpenLms, page: Page, guard: Guard, sample: Built
) -> None:
    lms = open_lms(sample.zip)
    lms.preset(seeded(seed_for(sample, comes=False)))
    walk = Walk(lms.launch(page), sample, by="keys")
    walk.open_step(0, 1)
    walk.play(the("eerst-vragen"), skip=True)
    expect(walk.button(say("mirror_offer", name="Mo"))).to_be_visible()  # at the ending and in the debrief
    walk.go(say("to_debrief"))
    walk.saved()
    before = history(lms)
    walk.go(say("mirror_offer", name="Mo"))

    # Where only he was. His thoughts are his own now.
    walk.shows("De gang ervoor")
    walk.told("mirror_first", name="Mo", me="Karin")
    expect(walk.frame.locator(".owl-speaker", has_text=say("you_think"))).to_be_visible()
    walk.go(say("continue"))

    # The room: his speech is "jij", hers has her name; his thought is guessed first.
    walk.shows(ROOM)
    said = walk.frame.locator(".owl-speaker b")
    assert said.all_inner_texts() == [say("you")]
    expect(walk.frame.get_by_text("Dit wordt een lang halfuur.")).to_have_count(0)
    question = walk.frame.get_by_role("region", name=say("mirror_guess", name="Mo"))
    options = [name.strip() for name in question.get_by_role("button").all_inner_texts()]
    assert sorted(options) == sorted(
        ["Weer iemand die alles al gelezen heeft.", "Zij vraagt tenminste eerst.", HIDDEN, say("mirror_show")]
    )
    expect(walk.button(say("continue"))).to_have_count(0)
    walk.press("Zij vraagt tenminste eerst.")
    expect(walk.frame.get_by_role("heading", name=say("mirror_thought", name="Mo"))).to_be_focused()
    expect(walk.frame.get_by_role("main").get_by_text(HIDDEN)).to_be_visible()
    expect(walk.frame.locator("#live")).to_contain_text(HIDDEN)
    walk.told("mirror_guessed")
    main = walk.screen()
    for words in (
        "Zij vraagt tenminste eerst.",
        f"{say('mirror_chose', name='Karin')} Je vraagt wat hij zelf",
    ):
        assert words in main
    assert "Een plek om te slapen" in main  # the reaction

    # Prose for him in the place of prose for her; what was passed over is not lived again.
    walk.go(say("continue"))
    walk.shows("Eigen doel")
    assert "Jij weet allang wat je wilt." in walk.screen()
    assert "Hij tekent een huis" not in walk.screen()
    walk.go(say("previous"))
    walk.told("mirror_guessed")  # a guess stands
    walk.go(say("continue"))
    walk.go(say("continue"))
    walk.shows(say("mirror_end", name="Mo"))
    walk.saved()
    assert history(lms) == before

    # Not a place of its own in the save: one comes back in the debrief.
    walk.go(say("mirror_again"))
    walk.shows("De gang ervoor")
    lms.close_tab(walk.frame)
    again = Walk(lms.launch(page.context.new_page()), sample)
    again.shows(say("debrief"))
    assert history(lms) == before
    lms.close_tab(again.frame)
    assert lms.violations() == []
    assert guard.errors == []


def test_a_consequence_comes_back_scenes_later(
    open_lms: OpenLms, page: Page, guard: Guard, real: Built
) -> None:
    """A file put away unread; four scenes on it stands between two people, and a rule is in the way."""
    lms = open_lms(real.zip)
    walk = Walk(lms.launch(page), real)
    walk.open_step(1, 2)
    late = "Het stond achter in de map, op een blad dat niemand las"
    way = the("map-weg", "voorstellen", "ruben-vragen", "pen", "terugkomen", "stoppen", "luisteren")
    for scene in ("De uitnodiging", "De wachtkamer", "Het formulier"):
        walk.play(way, until=scene)
        assert late not in walk.screen()
    walk.decide(way)
    before = walk.meters()
    walk.play(way, until="Geen geldig bewijs")
    assert walk.screen().index(say("when_days")) < walk.screen().index(late)
    assert before != walk.meters()  # it costs time, on arriving
    walk.told("closed", name="legitimatie")
    expect(walk.button("Je neemt de aanvraag toch vast aan")).to_have_count(0)

    # The ledger: from which act, who noticed, and that nobody meant it.
    walk.play(way)
    walk.go(say("to_debrief"))
    unmeant = walk.frame.locator(".owl-ledger", has=walk.frame.get_by_role("heading", name=say("unmeant")))
    line = unmeant.get_by_role("listitem").filter(has_text=late)
    for words in ("De map", "Je legt de map weg", "Ruben", say("came")):
        expect(line.first).to_contain_text(words)
    lms.close_tab(walk.frame)
    assert guard.errors == []
