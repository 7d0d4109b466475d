"""Every kind of screen, for everyone: axe-core, headings, reflow, large text, targets, focus, motion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import Any, Literal

import pytest
from playwright.sync_api import Frame, Page, expect

from builder.check.contrast import schemes, shown
from builder.check.pairs import PAIRS, TEXT
from builder.check.witness import witness
from builder.model.course import Variant
from builder.model.scenario import SceneKind
from tests.browser.conftest import (
    PLAYER_MODULES,
    REAL,
    SMALL,
    Build,
    NewContext,
    OpenLms,
    Unpacked,
    Which,
)
from tests.browser.harness import Guard, Learner, Lms, fault
from tests.browser.kinds import follow, go, places, step_of
from tests.browser.test_run import seeded
from tests.browser.walk import Built, Walk, say, the
from tests.courses import ROOT, SAMPLE, course_of

AXE = PLAYER_MODULES / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

COLOUR_RULES = ("color-contrast", "link-in-text-block")

At = Callable[[str, Frame], None]
"""Called on every screen, with its name."""

WAY = the(
    "carla-vragen", "ergens-heen", "wakker", "waarheen", "bellen",
    "pi-bellen", "toestemming-vragen", "voorstellen", "zus-mee", "samen-invullen", "terugkomen", "grens",
    "oprapen", "van-ruben", "kort-opschrijven",
)  # fmt: skip


def course_tour(lms: Lms, page: Page, built: Built, at: At) -> None:
    """Contents, pages, reflections, a question, dialogs, an LMS that fails, the last screen."""
    walk = Walk(lms.launch(page, via="opener", profile="full"), built)
    at("contents", walk.frame)
    walk.open_step(0, 0)
    at("page", walk.frame)
    walk.on()
    at("opening", walk.frame)
    walk.open_step(0, 4)
    at("keep question", walk.frame)
    walk.press(say("keep_submit"))
    expect(walk.frame.get_by_text(say("keep_choose"))).to_be_visible()
    at("keep question, nothing chosen", walk.frame)
    walk.keep("lms")
    at("reflection, open", walk.frame)
    walk.write("é" * 410)
    walk.told("too_long", count=10, over=10)
    at("reflection, too long", walk.frame)
    walk.write("Ik vraag het eerst.")
    walk.open_step(0, 3)
    at("reflection, choice", walk.frame)
    walk.open_step(1, 1)
    at("reflection, kept on the device", walk.frame)
    walk.open_step(1, 3)
    at("page with a picture", walk.frame)
    walk.on()
    at("question", walk.frame)
    walk.press(say("check"))
    walk.told("pick_first")
    at("question, nothing ticked", walk.frame)
    walk.frame.get_by_role("radio").first.check()
    walk.press(say("check"))
    walk.told("check_other")
    at("question, answered", walk.frame)
    walk.on()
    at("reflection, scale", walk.frame)
    walk.open_step(0, 0)
    for button, dialog in (("keep_title", "keep_title"), ("restart", "restart"), ("leave", "leave")):
        walk.press(walk.frame.get_by_role("contentinfo").get_by_role("button", name=say(button)))
        expect(walk.frame.get_by_role("dialog", name=say(dialog))).to_be_visible()
        at(f"dialog {dialog}", walk.frame)
        if button == "keep_title":
            walk.press(say("wipe"))
            expect(walk.frame.get_by_role("dialog", name=say("wipe"))).to_be_visible()
            at("dialog wipe", walk.frame)
        walk.press(walk.frame.get_by_role("dialog").get_by_role("button", name=say("cancel")))
    walk.go(walk.frame.get_by_role("navigation", name=say("menu_label")).get_by_role("button"))
    at("contents, far on", walk.frame)
    lms.set_faults(walk.frame, [fault("fail-commit")])
    walk.open_step(0, 0)
    walk.saved("save_retrying")
    at("not stored", walk.frame)
    walk.press(say("leave"))
    walk.press(say("leave_yes"))
    walk.shows(say("left"))
    at("left", walk.frame)


def scenario_tour(lms: Lms, page: Page, built: Built, at: At) -> None:
    """Every kind of screen that a scenario can show, each by its shortest way; and going back."""
    for number, place in enumerate(places(course_of(ROOT, EVERY_KIND))):
        learner = Learner(id=f"an-{number}", name="An")
        lms.preset(seeded(place.witness.seed), learner)
        walk = Walk(lms.launch(page, via="opener", profile="full", learner=learner), built)
        go(walk, place)
        name = f"{place.title} ({', '.join(sorted(place.kinds))})"
        at(name, walk.frame)
        if walk.button(say("intense_read")).count():
            walk.press(say("pause"))
            at(f"pause in {name}", walk.frame)
            walk.press(say("pause_end"))
            walk.go(say("intense_read"))
            at(f"played: {name}", walk.frame)
        if walk.button(say("go_back")).count():
            walk.go(say("go_back"))
            at(f"gone back from {name}", walk.frame)
        lms.close_tab(walk.frame)


def mirror_tour(lms: Lms, page: Page, built: Built, at: At) -> None:
    """Looking back, the same way once more as another, and two ways beside each other."""
    scenario = next(each for each in course_of(SAMPLE).scenarios if each.replays)
    endings = [scene.key for scene in scenario.scenes if scene.kind is SceneKind.ENDING]
    way = min(filter(None, (witness(scenario, key) for key in endings)), key=lambda each: len(each.steps))
    lms.preset(seeded(way.seed))
    walk = Walk(lms.launch(page, via="opener", profile="full"), built)
    walk.open_step(*step_of(built, scenario.key))
    follow(walk.frame, way)
    at("ending", walk.frame)
    walk.go(say("to_debrief"))
    at("debrief, first", walk.frame)
    walk.keep("lms")
    at("debrief", walk.frame)
    walk.go(walk.frame.get_by_role("button", name=re.compile(say("mirror_offer", name=".+"))).first)
    turns = 0
    while walk.button(say("mirror_again")).count() == 0:
        turns += 1
        at(f"as the other, {turns}", walk.frame)
        if walk.button(say("intense_read")).count():
            walk.go(say("intense_read"))
        if walk.button(say("mirror_show")).count():
            walk.press(walk.frame.get_by_role("region").get_by_role("button").first)
            at(f"as the other, {turns}, guessed", walk.frame)
        walk.go(say("continue"))
    at("as the other, end", walk.frame)
    walk.go(say("mirror_stop"))
    walk.go(say("replay"))
    follow(walk.frame, way)
    walk.go(say("to_debrief"))
    walk.told("compared")
    at("debrief, compared", walk.frame)
    lms.close_tab(walk.frame)


def plan_tour(lms: Lms, page: Page, built: Built, at: At) -> None:
    """A plan without anything in it, a debrief with everything answered, and what the plan makes of it."""
    scenario = course_of(SAMPLE).scenarios[0]
    plan = next(
        (number, place)
        for number, lesson in enumerate(built.course["lessons"])
        for place, step in enumerate(lesson["steps"])
        if step["kind"] == "plan"
    )
    way = witness(scenario, "einde-een-plan-op-papier")
    assert way
    lms.preset(seeded(way.seed))
    walk = Walk(lms.launch(page, via="opener", profile="full"), built)
    walk.open_step(*plan)
    at("plan, empty", walk.frame)
    walk.open_step(*step_of(built, scenario.key))
    follow(walk.frame, way)
    walk.go(say("to_debrief"))
    walk.press(walk.button(say("keep_go")).first)
    walk.keep("device")
    main = walk.frame.get_by_role("main")
    for group in main.locator("fieldset").all():
        group.get_by_role("radio").first.check()
    for area in main.get_by_role("textbox").all():
        area.fill("2030-01-31" if area.get_attribute("type") == "date" else "Ik vraag het eerst.")
    at("debrief, answered", walk.frame)
    walk.open_step(*plan)
    at("plan", walk.frame)
    walk.press(say("plan_copy"))
    at("plan, copied", walk.frame)
    lms.close_tab(walk.frame)


def offers_tour(lms: Lms, page: Page, built: Built, at: At) -> None:
    """Review mode, no LMS, and each question that comes before all else."""
    walk = Walk(lms.launch(page, via="opener", profile="full", mode="review"), built)
    walk.told("mode_review")
    at("review", walk.frame)
    alone = walk.frame.url
    walk.frame.page.close()
    page.goto(alone)
    walk = Walk(page.main_frame, built)
    walk.told("missing")
    at("no LMS", walk.frame)
    walk.open_step(0, 0)
    page.goto("about:blank")
    page.goto(alone)
    walk.shows(say("offer_shared"))
    at("offer: shared", walk.frame)
    lms.preset({"cmi.suspend_data": "2;later", "cmi.core.exit": "suspend"})
    walk = Walk(lms.launch(page, via="opener", profile="full"), built)
    walk.shows(say("offer_newer"))
    at("offer: newer", walk.frame)
    walk.go(say("offer_newer_decline"))
    walk.shows(say("offer_newer_sure"))
    at("offer: newer, sure", walk.frame)
    lms.close_tab(walk.frame)
    lms.preset({"cmi.suspend_data": "1;damaged", "cmi.core.exit": "suspend"})
    walk = Walk(lms.launch(page, via="opener", profile="full"), built)
    walk.told("notice_save_damaged")
    at("notice", walk.frame)
    lms.cut_network(page.context)
    walk.open_step(0, 0)
    walk.saved("save_retrying")
    lms.close_tab(walk.frame)
    lms.restore_network(page.context)
    walk = Walk(lms.launch(page, via="opener", profile="full"), built)
    walk.shows(say("offer_ahead"))
    at("offer: ahead", walk.frame)


EVERY_KIND = 3
"""Lessons of the module whose scenarios show every kind of screen there is."""
TOURS: dict[str, tuple[Callable[[Lms, Page, Built, At], None], Which]] = {
    "course": (course_tour, REAL),
    "scenario": (scenario_tour, (ROOT, "voorbeeldgemeente", EVERY_KIND)),
    "mirror": (mirror_tour, SMALL),
    "plan": (plan_tour, SMALL),
    "offers": (offers_tour, REAL),
}
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (1280, "light"),
    (1280, "dark"),
    (320, "dark"),
    (320, "light"),
)


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


def small(page: Page, width: int, scheme: str) -> None:
    """Every window of this profile has this width and colour scheme."""

    def dress(each: Page) -> None:
        each.set_viewport_size({"width": width, "height": 800})
        each.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    dress(page)
    page.context.on("page", dress)


# What is wrong with a screen, in words.


def axe(frame: Frame, scheme: str = "light") -> Iterator[str]:
    """What axe finds. By dark only what colours can change: the rest is the same page."""
    if not frame.evaluate("() => 'axe' in window"):
        frame.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = frame.evaluate(
        "(runOnly) => axe.run(document, { runOnly, resultTypes: ['violations'] })",
        list(COLOUR_RULES if scheme == "dark" else TAGS),
    )
    for each in result["violations"]:
        for node in each["nodes"]:
            why = " ".join(node["failureSummary"].split())
            yield f"{each['id']}: {node['target']} {why} {node['html'][:120]}"


def headings(frame: Frame) -> Iterator[str]:
    levels: list[int] = frame.evaluate(
        """() => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("h1,h2,h3,h4,h5,h6")]
            .filter((each) => each.checkVisibility())
            .map((each) => Number(each.localName[1]))"""
    )
    if not frame.evaluate("() => !!document.querySelector('dialog[open]')"):
        if levels.count(1) != 1:
            yield f"{levels.count(1)} headings of the first level"
        for before, level in zip([0, *levels], levels, strict=False):
            if level > before + 1:
                yield f"heading levels {levels}"


OVERFLOW = """() => {
    const page = document.documentElement;
    const found = [];
    const over = (each) => each.scrollWidth - each.clientWidth;
    if (over(page) > 1) found.push(`the page scrolls sideways by ${over(page)}`);
    const all = document.querySelectorAll("header *, main *, footer *, dialog[open] *");
    for (const each of all) {
        const box = each.getBoundingClientRect();
        if (each.closest("svg, [aria-hidden=true], template, script") || !each.checkVisibility()) continue;
        if (box.width && (box.right > innerWidth + 1 || box.left < -1)) {
            found.push(`out of sight: ${each.outerHTML.slice(0, 100)}`);
        }
    }
    return found.slice(0, 5);
}"""


def overflow(frame: Frame) -> Iterator[str]:
    yield from frame.evaluate(OVERFLOW)


def targets(frame: Frame) -> Iterator[str]:
    yield from frame.evaluate(
        """() => {
            const found = [];
            const all = document.querySelectorAll("button, summary, input, textarea, a[href]");
            for (const each of all) {
                if (!each.checkVisibility() || (each.localName === "a" && each.closest("p, li"))) continue;
                const box = (each.closest("label") ?? each).getBoundingClientRect();
                if (box.width && Math.min(box.width, box.height) < 24) {
                    found.push(`${Math.round(box.width)}x${Math.round(box.height)}: ${each.outerHTML.slice(0, 100)}`);
                }
            }
            return found;
        }"""
    )


def motion(frame: Frame) -> Iterator[str]:
    yield from frame.evaluate(
        """() => {
            const seconds = (times) => Math.max(...times.split(",").map((time) => parseFloat(time)));
            const moving = (each, pseudo) => {
                const style = getComputedStyle(each, pseudo);
                const animated = style.animationName !== "none" && seconds(style.animationDuration) > 0.01;
                return animated || seconds(style.transitionDuration) > 0.01 || style.scrollBehavior === "smooth";
            };
            return [...document.querySelectorAll("html, body, body *")]
                .filter((each) => [undefined, "::before", "::after"].some((pseudo) => moving(each, pseudo)))
                .map((each) => `moves: ${each.outerHTML.slice(0, 80)}`)
                .slice(0, 5);
        }"""
    )


def colours(frame: Frame, scheme: str) -> Iterator[str]:
    """Text on a ground that the table of pairs (``builder/check/pairs.py``) does not know: nobody looks after it."""
    name = "() => JSON.parse(document.getElementById('course')?.textContent ?? '{}').variant ?? ''"
    pairs = _pairs(frame.evaluate(name), scheme)
    known = [tuple(bytes.fromhex(each[1:]) for each in pair) for pair in pairs]
    seen: dict[str, str] = frame.evaluate(SEEN)
    for pair, where in seen.items():
        text, ground = (tuple(int(part) for part in each.split(",")) for each in pair.split(" on "))
        if not any(_same(text, one) and _same(ground, other) for one, other in known):
            yield f"colours: {pair} ({scheme}) is not in the table: {where}"


def _same(seen: tuple[int, ...], known: bytes) -> bool:
    return all(abs(one - other) <= 1 for one, other in zip(seen, known, strict=True))


@cache
def _pairs(variant: str, scheme: str) -> set[tuple[str, str]]:
    tokens = "".join(
        path.read_text(encoding="utf-8")
        for root in (ROOT, ROOT / "tests" / "sample")
        for path in root.glob(f"course/variants/{variant or '-'}/tokens.css")
    )
    every = schemes(Variant(key=variant, name="", tokens=tokens))[scheme]
    return {shown(pair, every) for pair in PAIRS if pair.least == TEXT}


# Each text's colour with what lies under it; of a gradient both its ends.
SEEN = """() => {
    const parts = (colour) => {
        const [red, green, blue, cover = 1] = colour.match(/[\\d.]+/g).map(Number);
        return [red, green, blue, cover];
    };
    const over = ([red, green, blue, cover], under) =>
        [red, green, blue].map((part, at) => Math.round(part * cover + under[at] * (1 - cover))).concat([1]);
    const grounds = (each) => {
        if (!each) return [[255, 255, 255, 1]];
        const { backgroundImage, backgroundColor } = getComputedStyle(each);
        const gradient = backgroundImage.includes("gradient") && backgroundImage.match(/rgba?\\([^)]*\\)/g);
        const layers = (gradient || [backgroundColor]).map(parts).filter(([, , , cover]) => cover > 0);
        if (layers.length && layers.every(([, , , cover]) => cover === 1)) return layers;
        const under = grounds(each.parentElement);
        return layers.length ? layers.flatMap((layer) => under.map((ground) => over(layer, ground))) : under;
    };
    const found = {};
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const each = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !each.checkVisibility({ visibilityProperty: true })) continue;
        if (each.closest("template, script, .owl-unseen, .utrecht-skip-link:not(:focus)")) continue;
        const colour = parts(getComputedStyle(each).color);
        for (const ground of grounds(each)) {
            const text = over(colour, ground).slice(0, 3);
            found[`${text} on ${ground.slice(0, 3)}`] ??= (each.closest("[class]") ?? each).outerHTML.slice(0, 100);
        }
    }
    return found;
}"""


def kind_of(frame: Frame) -> frozenset[str]:
    """What a screen is made of: screens of the same parts are of one kind."""
    parts: list[str] = frame.evaluate(
        """() => [...document.querySelectorAll("header *, main *, footer *, dialog[open] *")]
            .filter((each) => each.checkVisibility() && !each.closest("svg"))
            .map((each) => `${each.localName}.${each.className}#${each.getAttribute("role") ?? ""}`)"""
    )
    return frozenset(parts)


def wrong_in(frame: Frame, kinds: list[frozenset[str]]) -> Iterator[str]:
    """Everything wrong with a screen: wide and narrow, light and dark, with large text, for who wants stillness.

    axe looks once at each kind of screen; `kinds` are those it saw.
    """
    page = frame.page
    kind = kind_of(frame)
    fresh = not any(kind <= before for before in kinds)
    kinds.append(kind)
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        checks = [colours(frame, scheme), headings(frame), overflow(frame), targets(frame)]
        checks += [axe(frame, scheme)] if fresh else []
        yield from (f"{width} {scheme}: {each}" for each in chain(*checks))
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield from (f"still: {each}" for each in motion(frame))
    page.emulate_media(reduced_motion="no-preference")
    size = "() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    before = frame.evaluate(size)
    frame.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    if frame.evaluate(size) < before * 1.5:
        yield "text does not grow with the reader's size"
    yield from (f"twice the size: {each}" for each in chain(overflow(frame), targets(frame)))
    frame.evaluate("() => { document.documentElement.style.fontSize = '' }")


@pytest.mark.parametrize("tour", TOURS)
def test_no_screen_keeps_anyone_out(
    open_lms: OpenLms, page: Page, guard: Guard, built: Build, tour: str
) -> None:
    walk, which = TOURS[tour]
    package = built("scorm12", which)
    wrong: list[str] = []
    kinds: list[frozenset[str]] = []

    def at(name: str, frame: Frame) -> None:
        wrong.extend(f"{name}, {each}" for each in wrong_in(frame, kinds))

    walk(open_lms(package.zip), page, package, at)
    assert wrong == []
    assert guard.policy_violations == []


# What only the words of a lesson can do: any of its screens, with all that may ever be on it.
EACH_SCREEN = """() => {
    const main = document.querySelector("main");
    const found = {};
    for (const template of document.querySelectorAll("template[id]")) {
        main.replaceChildren(template.content.cloneNode(true));
        if (main.querySelector("h1")) found[template.id] = SEEN();
    }
    return found;
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_of_the_module_fits(unpacked: Unpacked, page: Page, whole: Built, width: int) -> None:
    """On a phone as on a desk, nothing of any scene, reaction or page of any lesson runs out of sight."""
    small(page, width, "light")
    page.goto(unpacked(whole.zip) + "index.html")
    Walk(page.main_frame, whole).shows(whole.course["title"])
    found: dict[str, list[str]] = page.evaluate(EACH_SCREEN.replace("SEEN()", f"({OVERFLOW})()"))
    assert len(found) > sum(len(each["scenes"]) for each in whole.course["scenarios"].values())
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


# Focus.


def stops(page: Page) -> Iterator[tuple[str, bool]]:
    """Tab from the start of the page to its end: each stop, and whether the eye can see that it has focus."""
    box = """() => {
        const it = document.activeElement;
        if (!it || it === document.body) return null;
        it.scrollIntoView({ block: "center" });
        const { x, y, width, height } = (it.closest("label") ?? it).getBoundingClientRect();
        return { x, y, width, height, html: it.outerHTML.slice(0, 100) };
    }"""
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate(box)
        if here is None:
            return
        edge = 6
        x, y = max(here["x"] - edge, 0), max(here["y"] - edge, 0)
        width, height = here["width"] + 2 * edge, min(here["height"], 600) + 2 * edge
        focused = page.screenshot(clip={"x": x, "y": y, "width": width, "height": height})
        page.evaluate("() => { window.stop = document.activeElement; window.stop.blur() }")
        blurred = page.screenshot(clip={"x": x, "y": y, "width": width, "height": height})
        page.evaluate("() => window.stop.focus({ preventScroll: true, focusVisible: true })")
        yield here["html"], focused != blurred


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_can_be_seen_wherever_it_goes(open_lms: OpenLms, page: Page, real: Built, scheme: str) -> None:
    small(page, 1280, scheme)
    walk = Walk(open_lms(real.zip).launch(page, via="opener"), real)
    unseen: list[str] = []

    def at(least: int) -> None:
        found = list(stops(walk.frame.page))
        assert len(found) >= least, found
        unseen.extend(f"{walk.title()}: {html}" for html, visible in found if not visible)

    at(8)  # contents
    walk.open_step(0, 1)
    walk.play(WAY, until="Tien voor negen")
    at(6)
    walk.open_step(0, 4)
    at(6)
    walk.keep("lms")
    at(5)  # from the text field on
    walk.open_step(1, 4)
    at(6)
    assert unseen == []


def test_focus_follows_what_happens(open_lms: OpenLms, page: Page, real: Built) -> None:
    """To the heading of each new screen, into a dialog and back out of it, to what was asked for."""
    walk = Walk(open_lms(real.zip).launch(page, via="opener"), real, by="keys")
    expect(walk.heading).not_to_be_focused()  # nobody did anything yet: the page is read from its start
    walk.frame.page.keyboard.press("Tab")
    skip = walk.frame.get_by_role("link", name=say("skip"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    walk.frame.page.keyboard.press("Enter")
    expect(walk.frame.get_by_role("main")).to_be_focused()
    walk.open_step(0, 1)  # each go of a walk expects the focus on the heading
    walk.go(say("begin_scenario"))
    walk.decide(WAY)
    walk.decide(WAY)
    for name, dialog in (("keep_title", "keep_title"), ("restart", "restart"), ("leave", "leave")):
        opener = walk.frame.get_by_role("contentinfo").get_by_role("button", name=say(name))
        walk.press(opener)
        opened = walk.frame.get_by_role("dialog", name=say(dialog))
        expect(opened).to_be_visible()
        expect(opened.locator(":focus")).to_have_count(1)
        walk.frame.page.keyboard.press("Escape")
        expect(opened).to_be_hidden()
        expect(opener).to_be_focused()
    walk.open_step(0, 4)
    walk.keep("lms")
    expect(walk.frame.get_by_role("textbox")).to_be_focused()


def test_a_meter_that_moves_is_announced(open_lms: OpenLms, page: Page, real: Built) -> None:
    walk = Walk(open_lms(real.zip).launch(page, via="opener"), real)
    walk.open_step(0, 1)
    walk.go(say("begin_scenario"))
    walk.decide(the("meteen-ophalen"))
    news = say("meter_up", **{"name": "vertrouwen", "from": 2, "to": 3})
    expect(walk.frame.get_by_role("status").filter(has_text=news)).to_have_count(1)


def test_axe_is_there(page: Page) -> None:
    """The checks can fail: axe and our own see a page that does everything wrong."""
    page.goto("about:blank")
    page.set_viewport_size({"width": 320, "height": 400})
    page.set_content(
        "<html><title>x</title><main><h1>a</h1><h3>b</h3><h1>c</h1><img src=x>"
        "<button style='width:9px;height:9px;padding:0;transition:all 1s'></button>"
        "<div style='width:900px'>x</div></main>"
    )
    frame = page.main_frame
    found = " ".join(axe(frame))
    assert all(rule in found for rule in ("image-alt", "button-name", "html-has-lang", "heading-order"))
    assert len(list(headings(frame))) == 2
    assert len(list(overflow(frame))) >= 1
    assert len(list(targets(frame))) == 1
    assert len(list(motion(frame))) == 1
    assert list(colours(frame, "light"))  # black on white is no pair of ours
