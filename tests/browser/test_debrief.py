"""Looking back on what was played: the second script, the map, one's own answers, the plan and what is downloaded."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar
from playwright.sync_api import Download, Locator, Route, expect

from builder import messages
from tests.browser.conftest import NewContext, OpenLms, Unpacked
from tests.browser.harness import Guard
from tests.browser.walk import Built, Walk, always, say, the

SECOND = re.compile(r"/looking-back-[0-9a-f]{8}\.js$")


def test_the_player_waits_for_the_script_of_looking_back(
    unpacked: Unpacked, new_context: NewContext, guard: Guard, real: Built
) -> None:
    address = unpacked(real.zip) + "index.html"
    page = new_context().new_page()
    page.goto(address)
    walk = Walk(page.main_frame, real)
    walk.open_step(0, 1)
    walk.play(always(0))
    walk.go(say("to_debrief"))

    held: list[Route] = []
    page.route(SECOND, lambda route: held.append(route))
    page.reload(wait_until="commit")
    again = Walk(page.main_frame, real)
    again.go(say("offer_shared_accept"))  # and back in the debrief
    again.shows(say("waiting"))
    expect(again.frame.get_by_text(say("waiting_more"))).to_be_visible()
    held.pop().abort()
    again.told("waiting_failed")
    with page.expect_request(SECOND):
        again.press(say("refetch"))
    held.pop().continue_()
    again.shows(say("debrief"))
    assert [error for error in guard.errors if "net::ERR_FAILED" not in error] == []


WORDS = "Zijn blik op de grond, en dat niemand iets zei; ‘zo’ gaat het dus."
WHEN = "als ik een map krijg, met een naam erop,"
THEN = "dan vraag ik eerst: wat wil jíj regelen? En dan wacht ik, hoe lang het ook stil"
DAY = date(2026, 11, 30)
QUICK = the("eerst-vragen")


def question(built: Built, key: str) -> str:
    """The words of one of the debrief's own questions."""
    words: str = built.reflection(f"het-klikgesprek/{key}")["question"]
    return words


def numbers(walk: Walk, path: str) -> list[str]:
    """The stops of a path in words, as "1. Title"."""
    stops = walk.frame.locator(f"[data-path={path}] h4")
    return [" ".join(each.split()) for each in stops.all_text_contents()]


def spots(walk: Walk, look: str) -> dict[int, str]:
    """The titles on the map by the numbers they carry there."""
    found = {}
    for spot in walk.frame.locator(f".owl-spot:has(.owl-spot__number--{look})").all():
        title = " ".join(spot.locator("> text").text_content().split())  # type: ignore[union-attr]
        for number in spot.locator(f".owl-spot__number--{look} text").all_text_contents()[0].split(", "):
            found[int(number)] = title
    return found


def agree(stops: list[str], seen: dict[int, str]) -> None:
    """The map and the words tell the same path; a spot has room for the first words of a title."""
    assert len(stops) == len(seen) > 2
    for number, stop in enumerate(stops, 1):
        assert stop.startswith(f"{number}. {seen[number].removesuffix(' …')}")


def saved(download: Download) -> str:
    return Path(download.path()).read_bytes().decode()


def get(walk: Walk, link: Locator) -> tuple[str, str]:
    """Download what a link leads to: its name and its content."""
    with walk.frame.page.expect_download() as waiting:
        walk.press(link)
    return waiting.value.suggested_filename, saved(waiting.value)


def test_looking_back_by_keyboard(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, sample: Built
) -> None:
    lms = open_lms(sample.zip)
    context = new_context()
    walk = Walk(lms.launch(context.new_page()), sample, by="keys")
    walk.open_step(0, 1)
    walk.play(QUICK, skip=True)
    walk.go(say("to_debrief"))

    # Nothing can be answered before it is known where answers stay; emotion is what is asked first.
    main = walk.frame.get_by_role("main")
    expect(main.get_by_role("textbox")).to_have_count(0)
    headings = main.get_by_role("heading", level=2).all_text_contents()
    assert headings[0] == say("debrief_feelings")
    walk.press(walk.button(say("keep_go")).first)
    expect(walk.frame.get_by_role("radio", name=say("keep_lms"))).to_be_focused()
    walk.keep("device")
    expect(main.get_by_role("radio").first).to_be_focused()
    walk.tick("bang")
    walk.write(WORDS, question(sample, "woorden"))
    walk.tick("Nee, dit niet.")
    walk.told("intention_when")
    walk.write(WHEN, question(sample, "als"))
    walk.told("count", count=len(WHEN), maximum=80)
    walk.told("intention_when")
    walk.write(THEN, question(sample, "dan"))
    day = walk.frame.get_by_label(question(sample, "datum"))
    walk.reach(day)
    day.fill(DAY.isoformat())  # the order of its parts is the browser's own
    expect(main.get_by_text(say("kept_device"))).to_have_count(6)
    assert [each.is_visible() for each in main.get_by_text(say("kept_device")).all()].count(True) == 3

    # The map and the words tell the same; a place on the map leads to its place in words.
    stops, seen = numbers(walk, "now"), spots(walk, "now")
    agree(stops, seen)
    missed = walk.frame.locator(".owl-spot:not(.owl-spot--now)")
    hidden = {say("map_not_seen"), say("map_other_ending")}
    assert {" ".join(each.split()) for each in missed.all_text_contents()} <= hidden
    assert walk.frame.locator(".owl-way--now").count() >= len(set(stops)) - 1
    walk.told("map_unseen", count=missed.count())
    walk.told("map_unseen_endings", count=1)
    last = walk.frame.locator(".owl-spot[href]").last
    walk.press(last)
    focused = walk.frame.locator(":focus")
    assert " ".join(focused.text_content().split()) in stops  # type: ignore[union-attr]
    assert focused.evaluate("(it) => it.matches('h4')")

    # Which act would have brought a thought up; what was meant and for whom; another way, beside the first.
    walk.told("stayed_below")
    expect(
        main.get_by_text(
            "met vertrouwen op 3 of meer (dichterbij kom je bijvoorbeeld in ‘De spreekkamer’ met"
        )
    ).to_have_count(1)
    # What no choice brings up is told once, and opens; what else was possible is open where there is room.
    heard = main.get_by_text(messages.say("nl", "course", "hint-replay", name="Mo"))
    expect(heard).to_be_hidden()
    kept = main.locator("summary", has_text=say("kept_below", name="Mo"))
    walk.press(kept)
    expect(heard).to_be_visible()
    expect(main.locator("summary", has_text=say("also_possible")).first).to_be_visible()
    assert main.locator("[data-wide]:not([open])").count() == 0
    expect(main.get_by_role("heading", level=3, name=say("meant"))).to_be_visible()
    expect(main.get_by_text(say("noticed_by", name="Mo"))).to_be_visible()
    walk.go(walk.button(say("again_from", scene="De spreekkamer")).first)
    assert walk.title() == "De spreekkamer"
    walk.play(always(0), skip=True)
    walk.go(say("to_debrief"))
    walk.told("compared")
    assert numbers(walk, "first") == stops
    assert spots(walk, "first") == seen
    agree(numbers(walk, "now"), spots(walk, "now"))
    walk.told("first_time", choice="Je vraagt wat hij zelf als eerste wil regelen")
    expect(walk.frame.get_by_text(say("path_first"))).to_be_visible()

    # The plan: one's own words, a way back to each, and files.
    walk.go(say("plan_title"))
    sentence = "Als ik een map krijg, met een naam erop, dan vraag ik eerst: wat wil jíj regelen?"
    expect(main.get_by_text(sentence)).to_be_visible()
    expect(main.get_by_text(say("plan_kept_device"))).to_have_count(4)
    name, text = get(walk, main.get_by_role("link", name=say("plan_text")))
    assert name == "mijn-plan.txt"
    assert all(
        words in text for words in (WORDS, "> bang", "> Nee, dit niet.", "Op maandag 30 november 2026")
    )
    expect(main.get_by_role("textbox", name=say("plan_copy_title"))).to_have_value(text)
    name, calendar = get(walk, main.get_by_role("link", name=say("plan_calendar")))
    assert name == "mijn-plan.ics"
    a_valid_calendar(calendar, sample)
    walk.press(main.get_by_role("button", name=re.compile(f"^{say('plan_change')}")).first)
    walk.shows(say("debrief"))
    expect(walk.frame.get_by_role("textbox", name=question(sample, "als"))).to_be_focused()
    walk.go(say("plan_title"))
    walk.saved()
    lms.close_tab(walk.frame)

    # Kept on the device: here all is back, and the LMS never had a word of it.
    again = Walk(lms.launch(context.new_page()), sample)
    again.shows(say("plan_title"))
    expect(again.frame.get_by_text(sentence)).to_be_visible()
    again.open_step(0, 1)
    again.go(say("to_debrief"))
    expect(again.frame.get_by_role("textbox", name=question(sample, "woorden"))).to_have_value(WORDS)
    expect(again.frame.get_by_role("radio", name="bang")).to_be_checked()
    expect(again.frame.get_by_label(question(sample, "datum"))).to_have_value(DAY.isoformat())
    lms.close_tab(again.frame)
    short, free = lms.record()["cmi.suspend_data"].split(";")[9:11]
    assert (short, free) == ("", "")
    assert lms.violations() == []
    assert guard.errors == []


def a_valid_calendar(text: str, built: Built) -> None:
    """By the letter of RFC 5545 as far as lines go, and by a library that reads it."""
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert all(
        re.fullmatch(r"[A-Z-]+(;[A-Z]+=[A-Z]+)*:[^\x00-\x08\x0a-\x1f\x7f]+", line) for line in unfolded[:-1]
    )
    calendar: Any = Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0"
    assert calendar.errors == []
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == DAY
    assert str(event["SUMMARY"]).startswith(
        "Als ik een map krijg, met een naam erop, dan vraag ik eerst: wat wil jíj"
    )
    assert "Het klikgesprek" in event["DESCRIPTION"]
    assert event["UID"].endswith(f"@{built.course['id']}")
    assert event["DTSTAMP"].dt.utcoffset() == timedelta()
    assert event["CLASS"] == "PRIVATE"
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(hours=9))


def test_where_a_frame_forbids_downloads_the_text_can_be_copied(
    open_lms: OpenLms, new_context: NewContext, sample: Built
) -> None:
    lms = open_lms(sample.zip)
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    lms.launch(page, via="none")
    with page.expect_event("framenavigated"):
        page.locator("iframe").evaluate(
            "(it) => { it.sandbox = 'allow-scripts allow-same-origin'; it.src = it.src; }"
        )
    walk = Walk(page.frames[1], sample)
    walk.go(say("plan_title"))
    walk.told("plan_empty")
    expect(walk.frame.get_by_role("link", name=say("plan_text"))).to_have_count(0)
    walk.go(say("plan_back"))
    walk.open_step(0, 3)
    walk.keep("device")
    walk.write("Gisteren, bij Ruben. Toen was het stil.")
    walk.open_step(0, 7)
    walk.shows("Actieplan")
    walk.told("plan_dateless")
    downloads: list[Download] = []
    page.on("download", lambda each: downloads.append(each))
    walk.frame.get_by_role("link", name=say("plan_text")).click()
    walk.press(say("plan_copy"))
    walk.told("plan_copied")
    page.bring_to_front()
    assert "> Gisteren, bij Ruben. Toen was het stil." in page.evaluate(
        "() => navigator.clipboard.readText()"
    )
    assert downloads == []
