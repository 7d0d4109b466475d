"""The page of `waterlijn play`, with our own package and with one that does much wrong."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from builder import messages
from builder.inspect.archive import read_package
from builder.lms.launch import launchable
from builder.lms.watch import address, watching
from tests.browser.conftest import REAL, Build, NewContext
from tests.browser.harness import Guard
from tests.browser.test_access import AXE, TAGS
from tests.browser.walk import Built, Walk, always, read_built, say

BAD = """<!doctype html><html lang="nl"><title>Slecht</title><h1>Slecht</h1><img src="weg.png" alt=""><script>
const api = parent.API;
api.LMSSetValue("cmi.core.lesson_status", "completed");
api.LMSInitialize("");
api.LMSSetValue("cmi.core.lesson_status", "klaar");
api.LMSSetValue("cmi.suspend_data", JSON.stringify({ les: 2 }));
api.LMSSetValue("cmi.comments", "ZWVuIGdlaGVpbSBiZXJpY2h0");
api.LMSCommit("");
</script></html>"""
MANIFEST = """<manifest identifier="M" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schema>ADL SCORM</schema>
 <schemaversion>1.2</schemaversion></metadata><organizations default="O"><organization identifier="O">
 <title>Een &lt;b&gt;slechte&lt;/b&gt; cursus</title>
 <item identifier="I1" identifierref="R1"><title>Een</title></item>
 <item identifier="I2" identifierref="R2"><title>Twee</title></item></organization></organizations><resources>
 <resource identifier="R1" type="webcontent" adlcp:scormtype="sco" href="een.html"/>
 <resource identifier="R2" type="webcontent" adlcp:scormtype="sco" href="map met spatie/twee.html"/>
 </resources></manifest>"""


def words(key: str, **values: object) -> str:
    return messages.say("nl", "watch", key, **values)


@contextmanager
def played(package: Path, page: Page) -> Iterator[Page]:
    """The page on which a package plays."""
    archive = read_package(package)
    notes = [each.said("what", "nl") for each in archive.findings]
    with watching(launchable(archive), "nl", notes=notes) as server:
        page.goto(address(server))
        yield page


def package_in(page: Page) -> Frame:
    """The frame of the package, loaded."""
    page.frame_locator("#stage iframe").frame_locator("iframe").locator("h1, h2").first.wait_for()
    return next(frame for frame in page.frames if "/package/" in frame.url)


def tab(page: Page, key: str) -> None:
    page.get_by_role("tab", name=words(key)).click()


def calls(page: Page) -> Locator:
    return page.locator("#log > li:visible")


def stored(page: Page, element: str) -> Locator:
    return page.locator("#stored tr").filter(has=page.get_by_text(element, exact=True)).locator("td")


def barriers(page: Page) -> list[Any]:
    """What axe finds in each part of the page, and what sticks out of it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for key in ("tab_set", "tab_record", "tab_verdict", "tab_log"):
        tab(page, key)
        said = page.evaluate("(tags) => axe.run(document, { runOnly: tags, iframes: false })", list(TAGS))
        found += [(key, each["id"], each["nodes"][0]["html"]) for each in said["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((key, "too wide", ""))
    return found


def test_our_package_is_watched(new_context: NewContext, guard: Guard, real: Built) -> None:
    context = new_context()
    with played(real.zip, context.new_page()) as page:
        walk = Walk(package_in(page), real)
        walk.open_step(0, 1)
        walk.go(say("begin_scenario"))
        walk.decide(always(0))
        expect(calls(page).filter(has_text="cmi.suspend_data").last).to_be_visible()
        expect(
            calls(page).filter(has_text=messages.say("nl", "watch-elements", "cmi.suspend_data")).last
        ).to_be_visible()
        tab(page, "tab_record")
        expect(stored(page, "cmi.suspend_data")).to_contain_text("van 4.096 tekens")
        stored(page, "cmi.suspend_data").get_by_text(words("decoded_save")).click()
        expect(stored(page, "cmi.suspend_data")).to_contain_text(messages.say("nl", "watch-save", "place"))
        expect(page.locator("#known")).to_contain_text(f"{words('status_incomplete')} (incomplete)")

        # A fault, chosen while it runs: the learner is told, the log goes on, and it is not the package's mistake.
        tab(page, "tab_set")
        page.get_by_label(words("fault_fail_commit"), exact=True).check()
        expect(page.get_by_text(words("faults_now", count=1))).to_be_visible()
        walk.decide(always(0))
        walk.told_unsaved()
        tab(page, "tab_log")
        page.get_by_label(words("filter_mistakes")).check()
        wrong = calls(page).last
        expect(wrong).to_contain_text(words("by_fault", fault=words("fault_fail_commit")))
        wrong.locator("summary").click()
        expect(wrong).to_contain_text("101")
        with page.expect_download() as down:
            page.get_by_role("button", name=words("save_json")).click()
        entries = json.loads(Path(down.value.path()).read_text(encoding="utf-8"))
        assert entries
        assert {entry["fault"] for entry in entries} == {"fail-commit"}
        tab(page, "tab_set")
        page.get_by_label(words("fault_fail_commit"), exact=True).uncheck()

        # No network: what is not heard anywhere is still in the log.
        page.get_by_label(words("network"), exact=True).check()
        expect(page.get_by_text(words("network_now"))).to_be_visible()
        walk.decide(always(0))
        walk.told_unsaved()
        page.get_by_label(words("network"), exact=True).uncheck()
        walk.decide(always(0))
        walk.saved()
        title = walk.title()

        # The tab is closed, and all comes back; then everything is forgotten.
        page.get_by_role("button", name=words("close"), exact=True).click()
        expect(page.get_by_text(words("status_closed"))).to_be_visible()
        tab(page, "tab_log")
        page.get_by_label(words("filter_all")).check()
        expect(calls(page).last).to_contain_text(words("call_ends"))
        tab(page, "tab_verdict")
        expect(page.locator("#groups > li")).to_have_count(0)
        page.locator("#start-again").click()
        Walk(package_in(page), real).shows(title)
        tab(page, "tab_log")
        expect(calls(page).filter(has_text=words("session", number="2")).first).to_be_visible()
        page.set_viewport_size({"width": 1280, "height": 900})
        assert barriers(page) == []
        page.set_viewport_size({"width": 320, "height": 700})
        page.emulate_media(color_scheme="dark")
        assert barriers(page) == []
        page.get_by_role("button", name=words("forget")).click()
        expect(calls(page).filter(has_text=words("session", number="1"))).to_have_count(0)
        first = package_in(page)
        expect(first.get_by_role("heading", level=1)).not_to_have_text(title)
        assert first.evaluate("Object.keys(localStorage)") == []
    cut = "Failed to load resource: net::ERR_EMPTY_RESPONSE"
    assert [error for error in guard.errors if error != cut] == []


def test_what_is_wrong_is_told(new_context: NewContext, tmp_path: Path) -> None:
    package = tmp_path / "slecht.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("een.html", BAD)
        archive.writestr("map met spatie/twee.html", '<!doctype html><html lang="nl"><h1>Twee</h1></html>')
        archive.writestr("../uit.html", "buiten")
    with played(package, new_context().new_page()) as page:
        package_in(page)
        expect(page.get_by_role("heading", name="Een <b>slechte</b> cursus")).to_be_visible()
        expect(page.get_by_text(words("notes"))).to_be_visible()
        tab(page, "tab_verdict")
        groups = page.locator("#groups > li")
        for rule in ("before-initialise", "refused", "missing-file"):
            told = groups.filter(has_text=messages.say("nl", "watch-rules", rule))
            expect(told).to_have_count(1)
            expect(told).to_contain_text(messages.say("nl", "watch-rules", f"{rule}-why"))
        expect(groups.filter(has_text="weg.png")).to_have_count(1)
        expect(groups.filter(has_text="SCORM 1.2 RTE §3.4.4")).to_have_count(1)

        # From the verdict to the call; there is all of it.
        groups.filter(has_text=messages.say("nl", "watch-rules", "refused")).get_by_role("button").click()
        row = calls(page).filter(has_text='"klaar"')
        expect(row.locator("dl")).to_contain_text(messages.say("nl", "watch-errors-scorm12", "405"))
        tab(page, "tab_record")
        stored(page, "cmi.suspend_data").get_by_text(words("decoded_json")).click()
        expect(stored(page, "cmi.suspend_data")).to_contain_text('"les": 2')
        stored(page, "cmi.comments").get_by_text(words("decoded_base64")).click()
        expect(stored(page, "cmi.comments")).to_contain_text("een geheim bericht")

        # Another SCO has its own record, and the one before never said goodbye.
        page.get_by_label(words("unit"), exact=True).select_option(label="Twee")
        page.frame_locator("#stage iframe").frame_locator("iframe").get_by_role(
            "heading", name="Twee"
        ).wait_for()
        expect(page.get_by_text(words("record_empty"))).to_be_visible()
        tab(page, "tab_verdict")
        expect(groups.filter(has_text=messages.say("nl", "watch-rules", "no-finish"))).to_have_count(1)
        expect(groups.filter(has_text=messages.say("nl", "watch-rules", "no-api"))).to_have_count(1)


@pytest.mark.parametrize("name", ["cmi5", pytest.param("scorm2004", marks=pytest.mark.slow)])
def test_the_other_standards_are_watched(new_context: NewContext, built: Build, name: str) -> None:
    package = built(name, REAL).zip
    with played(package, new_context().new_page()) as page:
        stage = page.frame_locator("#stage iframe")
        inner = stage if name == "cmi5" else stage.frame_locator("iframe")
        inner.get_by_role("heading", level=1).wait_for()
        walk = Walk(next(frame for frame in page.frames if "/package/" in frame.url), read_built(package))
        walk.open_step(0, 1)
        walk.go(say("begin_scenario"))
        walk.decide(always(0))
        walk.saved()
        save = "waterlijn.save" if name == "cmi5" else "cmi.suspend_data"
        tab(page, "tab_record")
        stored(page, save).get_by_text(words("decoded_save")).click()
        expect(stored(page, save)).to_contain_text(messages.say("nl", "watch-save", "place"))
        tab(page, "tab_set")
        page.get_by_label(words("fault_fail_commit"), exact=True).check()
        walk.decide(always(0))
        walk.told_unsaved()
        page.get_by_label(words("fault_fail_commit"), exact=True).uncheck()
        walk.decide(always(0))
        walk.saved()
        title = walk.title()
        page.get_by_role("button", name=words("leave"), exact=True).click()
        expect(page.get_by_text(words("status_left"))).to_be_visible()
        tab(page, "tab_log")
        ended = "de cursist stopt" if name == "cmi5" else words("call_ends")
        expect(calls(page).filter(has_text=ended).last).to_be_visible()
        page.locator("#start-again").click()
        expect(inner.get_by_role("heading", level=1)).to_have_text(title)
        tab(page, "tab_verdict")
        expect(page.locator("#groups > li")).to_have_count(0)
