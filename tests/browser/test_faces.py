"""Faces beside what people say and think: seen, on the right side, with the right expression; heard only as words."""

from __future__ import annotations

import re

from playwright.sync_api import Frame, Locator, expect

from tests.browser.conftest import NewContext, OpenLms
from tests.browser.harness import Guard
from tests.browser.walk import Built, Walk, always, say


def said(frame: Frame, words: str) -> Locator:
    """What somebody says or thinks, by its words: the face, the name and the bubble."""
    return frame.locator("[data-who]").filter(has_text=words)


def pictures(face: Locator) -> list[str]:
    """What a face shows, back to front; each picture was loaded and lies on the others."""
    images = face.locator("img")
    expect(images.first).to_be_visible()
    whole = images.evaluate_all(
        """async (all) => {
            await Promise.all(all.map((one) => one.decode().catch(() => null)));
            return all.every((one) => one.complete && one.naturalWidth > 0);
        }"""
    )
    assert whole, "a picture was not loaded"
    boxes = images.evaluate_all("(all) => all.map((one) => JSON.stringify(one.getBoundingClientRect()))")
    assert len(set(boxes)) == 1
    sources = images.evaluate_all("(all) => all.map((one) => one.getAttribute('src'))")
    return [re.sub(r"media/|-[0-9a-f]{8}\.svg", "", source) for source in sources]


def side(beat: Locator) -> str:
    """On which side of its bubble a face is, above it or before it; nothing of it is out of sight."""
    face, bubble = beat.locator(".owl-face").bounding_box(), beat.locator(".owl-bubble").bounding_box()
    assert face
    assert bubble
    width = beat.evaluate("() => innerWidth")
    assert face["width"] >= 40
    assert face["x"] >= 0
    assert max(face["x"] + face["width"], bubble["x"] + bubble["width"]) <= width
    middle = bubble["x"] + bubble["width"] / 2
    return "left" if face["x"] + face["width"] / 2 < middle else "right"


def test_a_face_shows_who_speaks_and_how(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, sample: Built
) -> None:
    lms = open_lms(sample.zip)
    walk = Walk(lms.launch(new_context().new_page(), via="opener"), sample)
    page = walk.frame.page
    walk.open_step(0, 1)
    people = walk.frame.get_by_role("listitem").filter(has=walk.frame.locator(".owl-face"))
    assert [pictures(person) for person in people.all()] == [
        ["short2", "smile", "full"],
        ["graybun", "smile", "glasses2"],
    ]
    walk.go(say("begin_scenario"))

    mo, karin = said(walk.frame, "Weer iemand van de gemeente."), said(walk.frame, "een lang halfuur")
    assert pictures(mo) == ["short2", "serious", "full"]
    assert pictures(karin) == ["graybun", "smile", "glasses2"]
    heard = walk.frame.get_by_role("main").aria_snapshot()
    assert re.search(r'paragraph: "?Mo, gespannen:"?\n\s+- paragraph: Weer iemand', heard), heard
    assert re.search(r'paragraph: "?Jij denkt:"?\n\s+- paragraph: Dit wordt', heard), heard
    assert not re.search(r"- (?:img|image)\b", mo.aria_snapshot() + karin.aria_snapshot())

    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert (side(mo), side(karin)) == ("left", "right")
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    # One class turns who is on the right: that is how a replay is seen from the other side.
    mo.evaluate("(it) => it.classList.replace('owl-said--other', 'owl-said--me')")
    assert side(mo) == "right"

    walk.play(always(0), skip=True)
    walk.go(say("to_debrief"))
    walk.press(walk.frame.locator("summary", has_text=say("kept_below", name="Mo")))
    thought = said(walk.frame, "Als ze het huisverbod ziet")
    assert pictures(thought) == ["short2", "concernedfear", "full"]
    expect(thought).to_contain_text(re.compile(r"Mo denkt, bang:"))
    lms.close_tab(walk.frame)
    assert guard.policy_violations == []
    assert guard.errors == []
    assert lms.strays() == []
