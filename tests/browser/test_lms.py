"""The LMS of the tests is itself put to the test, with a SCO of forty lines."""

from __future__ import annotations

import http.client
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Error, Frame, expect

from builder.lms.server import LmsServer
from tests.browser.conftest import NewContext, OpenLms, Unpacked
from tests.browser.harness import Fault, Guard, Lms, Profile, Via, fault
from tests.browser.unpack import UnsafeZipError, unpack

SCO = Path(__file__).parent / "sco"
PROFILES: tuple[Profile, ...] = ("mandatory", "realistic", "full")
PLACES: tuple[Via, ...] = ("iframe", "popup", "two-up", "opener")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "proefles.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(SCO.iterdir()):
            archive.write(file, file.name)
    return path


@pytest.fixture
def lms(open_lms: OpenLms, package: Path) -> Lms:
    return open_lms(package)


def step(frame: Frame, times: int = 1) -> None:
    for _ in range(times):
        frame.get_by_role("button", name="Verder").click()


def shows(frame: Frame, number: int, saved: str = "opgeslagen") -> None:
    expect(frame.locator("#step")).to_have_text(str(number))
    expect(frame.locator("#saved")).to_have_text(saved)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("via", PLACES)
def test_closing_the_tab_loses_nothing(
    lms: Lms, new_context: NewContext, guard: Guard, via: Via, profile: Profile
) -> None:
    frame = lms.launch(new_context().new_page(), via=via, profile=profile)
    shows(frame, 0)
    step(frame, 2)
    shows(frame, 2)
    lms.close_tab(frame)

    record = lms.record()
    assert record["cmi.suspend_data"] == "step=2"
    assert record["cmi.core.lesson_status"] == "incomplete"
    assert record["cmi.core.total_time"] == "0000:00:05.00"
    assert [entry["call"] for entry in lms.log()].count("LMSFinish") == 1

    again = lms.launch(new_context().new_page(), via=via, profile=profile)
    shows(again, 2)
    lms.leave(again)
    assert lms.record()["cmi.core.total_time"] == "0000:00:10.00"
    assert lms.violations() == []
    assert lms.strays() == []
    assert guard.errors == []


@pytest.mark.parametrize("via", ["none", "cross-origin"])
def test_without_a_reachable_api_the_package_still_plays(lms: Lms, new_context: NewContext, via: Via) -> None:
    frame = lms.launch(new_context().new_page(), via=via)
    step(frame)
    shows(frame, 1, "geen LMS")
    assert lms.record() == {}
    assert lms.log() == []


def test_a_popup_of_the_lms_has_no_opener(lms: Lms, new_context: NewContext) -> None:
    frame = lms.launch(new_context().new_page(), via="popup")
    assert frame.evaluate("window.top !== window && window.top.opener === null")
    assert lms.launch(new_context().new_page(), via="opener").evaluate("!!window.opener.API")


TOLD: tuple[tuple[str, Fault, str], ...] = (
    ("refuse-set", fault("refuse-set", elements=["cmi.suspend_data"]), "niet opgeslagen (0)"),
    ("fail-commit", fault("fail-commit"), "niet opgeslagen (101)"),
    ("session-lost", fault("session-lost", after=0), "niet opgeslagen (101)"),
    ("throws", fault("throws", calls=["LMSCommit"]), "LMS stuk"),
    ("lie-commit", fault("lie-commit"), "opgeslagen"),
    ("network-cut", fault("network-cut"), "opgeslagen"),
)


@pytest.mark.parametrize(("name", "given", "told"), TOLD, ids=[name for name, _, _ in TOLD])
def test_a_fault_stores_nothing_and_tells_what_it_is_to_tell(
    lms: Lms, new_context: NewContext, name: str, given: Fault, told: str
) -> None:
    frame = lms.launch(new_context().new_page(), faults=[given])
    step(frame)
    shows(frame, 1, told)
    assert "cmi.suspend_data" not in lms.record()
    assert name in {entry["fault"] for entry in lms.log()}
    assert lms.violations() == []

    lms.set_faults(frame)
    step(frame)
    shows(frame, 2)
    assert lms.record()["cmi.suspend_data"] == "step=2"


def test_a_slow_lms_is_waited_for(lms: Lms, new_context: NewContext) -> None:
    frame = lms.launch(new_context().new_page(), faults=[fault("slow", ms=700)])
    shows(frame, 0)
    took = frame.evaluate(
        "const from = performance.now(); parent.API.LMSCommit(''); performance.now() - from"
    )
    assert took >= 700
    assert lms.record()["cmi.suspend_data"] == "step=0"


def test_truncated_suspend_data_comes_back_cut(lms: Lms, new_context: NewContext) -> None:
    first = lms.launch(new_context().new_page())
    step(first)
    lms.close_tab(first)
    again = lms.launch(new_context().new_page(), faults=[fault("truncate", length=3)])
    shows(again, 0)
    assert again.evaluate("parent.API.LMSGetValue('cmi.suspend_data')") == "ste"


LOST = (
    ("realistic", "opgeslagen"),
    ("mandatory", "niet opgeslagen (101)"),
    ("full", "niet opgeslagen (101)"),
)


@pytest.mark.parametrize(("profile", "told"), LOST)
def test_a_cut_network(lms: Lms, new_context: NewContext, profile: Profile, told: str) -> None:
    """The network of the browser itself is cut; the record goes on when it is back."""
    context = new_context()
    frame = lms.launch(context.new_page(), profile=profile)
    shows(frame, 0)
    lms.cut_network(context)
    step(frame)
    shows(frame, 1, told)
    lms.settle()
    assert lms.record()["cmi.suspend_data"] == "step=0"
    assert lms.log()[-2 if profile != "realistic" else -1]["call"] == "LMSCommit", (
        "the log is read all the same"
    )

    lms.restore_network(context)
    step(frame)
    shows(frame, 2)
    assert lms.record()["cmi.suspend_data"] == "step=2"


def test_a_tab_closed_without_network_stores_nothing_more(lms: Lms, new_context: NewContext) -> None:
    context = new_context()
    frame = lms.launch(context.new_page())
    step(frame)
    lms.cut_network(context)
    step(frame)
    shows(frame, 2)
    lms.close_tab(frame)
    assert lms.record()["cmi.suspend_data"] == "step=1"
    assert "cmi.core.total_time" not in lms.record()
    lms.restore_network(context)
    shows(lms.launch(context.new_page()), 1)


def test_review_changes_nothing_on_an_lms_that_protects(lms: Lms, new_context: NewContext) -> None:
    before = {"cmi.core.lesson_status": "passed", "cmi.suspend_data": "step=4", "cmi.core.exit": "suspend"}
    lms.preset(before)
    frame = lms.launch(new_context().new_page(), profile="full", mode="review")
    shows(frame, 4)
    frame.evaluate("parent.API.LMSSetValue('cmi.core.lesson_status', 'failed')")
    step(frame)
    lms.close_tab(frame)
    assert lms.record() == before
    assert len(lms.violations()) == 1
    assert "written-in-review" in lms.violations()[0]


def test_the_verdict_names_what_was_wrong(lms: Lms, new_context: NewContext) -> None:
    frame = lms.launch(new_context().new_page())
    frame.evaluate(
        """() => {
            const api = parent.API;
            api.LMSSetValue("cmi.core.exit", "normal");
            api.LMSInitialize("");
            window.addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true);
        }"""
    )
    rules = [line.split(maxsplit=2)[2].split(":")[0] for line in lms.violations()]
    assert rules == ["refused", "initialised-twice"]


def test_a_session_without_finish_is_a_violation(
    open_lms: OpenLms, new_context: NewContext, tmp_path: Path
) -> None:
    package = tmp_path / "zonder-einde.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("index.html", "<!doctype html><title>x</title><script src=x.js></script>")
        archive.writestr("x.js", 'parent.API.LMSInitialize("");')
    lms = open_lms(package)
    frame = lms.launch(new_context().new_page())
    assert lms.violations() == []
    lms.close_tab(frame)
    assert [line.split(maxsplit=1)[1] for line in lms.violations()] == ["no-finish"]


def test_the_policy_holds_on_the_package_alone(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, tmp_path: Path
) -> None:
    package = tmp_path / "inline.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(
            "index.html", "<!doctype html><title>x</title><script>document.title = 'ran'</script>"
        )
    assert open_lms(package, csp=False).launch(new_context().new_page()).title() == "ran"
    assert guard.policy_violations == []
    assert open_lms(package).launch(new_context().new_page()).title() == "x"
    assert len(guard.policy_violations) == 1


def test_a_request_outside_is_seen_and_goes_nowhere(lms: Lms, new_context: NewContext, guard: Guard) -> None:
    frame = lms.launch(new_context().new_page())
    for url in ("https://voorbeeld.example/x", "http://192.0.2.1/x"):
        with pytest.raises(Error, match="Failed to fetch"):
            frame.page.evaluate("(url) => fetch(url, { mode: 'no-cors' })", url)
    assert guard.foreign == ["https://voorbeeld.example/x", "http://192.0.2.1/x"]
    guard.foreign.clear()


def test_requests_are_listed_and_missing_files_stand_out(lms: Lms, new_context: NewContext) -> None:
    frame = lms.launch(new_context().new_page())
    assert dict(lms.requests()) == {"index.html": 200, "sco.js": 200}
    frame.evaluate("fetch('weg.png')")
    assert [path.rsplit("/", 1)[1] for path in lms.strays()] == ["weg.png"]


def test_the_sco_plays_from_disk(unpacked: Unpacked, package: Path, new_context: NewContext) -> None:
    page = new_context().new_page()
    page.goto(unpacked(package) + "index.html")
    page.get_by_role("button", name="Verder").click()
    shows(page.main_frame, 1, "geen LMS")


@pytest.mark.parametrize("way", ["close", "leave"])
def test_scorm_again_is_a_second_opinion(
    lms: Lms, new_context: NewContext, way: Literal["close", "leave"]
) -> None:
    frame = lms.launch(new_context().new_page(), lms="scorm-again")
    step(frame, 3)
    shows(frame, 3)
    lms.close_tab(frame) if way == "close" else lms.leave(frame)
    assert lms.record()["cmi.suspend_data"] == "step=3"
    again = lms.launch(new_context().new_page(), lms="scorm-again")
    shows(again, 3)
    assert again.evaluate("parent.API.LMSGetValue('cmi.core.entry')") == "resume"
    assert lms.violations() == []
    with pytest.raises(ValueError, match="faults"):
        lms.launch(new_context().new_page(), lms="scorm-again", faults=[fault("slow", ms=1)])


@pytest.mark.parametrize("name", ["../uit.html", "/etc/uit.html", "a\\..\\uit.html", "c:uit.html"])
def test_a_zip_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    package = tmp_path / "kwaad.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(UnsafeZipError):
        unpack(package, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_server_answers_to_no_name_but_this_machines(lms_server: LmsServer) -> None:
    address = lms_server.origin.removeprefix("http://")

    def status(host: str, **headers: str) -> int:
        with closing(http.client.HTTPConnection(address)) as connection:
            connection.request("GET", "/favicon.ico", headers={"Host": host, **headers})
            return connection.getresponse().status

    port = address.rpartition(":")[2]
    assert [status(host) for host in (address, f"localhost:{port}")] == [200, 200]
    assert [status(host) for host in (f"another_name.example:{port}", "127.0.0.1", "127.0.0.1:1")] == [
        421
    ] * 3
