"""The LMS of the tests in SCORM 2004, with a SCO of its own: the stories of test_lms.py where that version differs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Frame, expect

from tests.browser.conftest import NewContext, OpenLms
from tests.browser.harness import Guard, Lms, Profile, Via, fault
from tests.browser.test_lms import PLACES, PROFILES, step

SCO = Path(__file__).parent / "sco2004"
API = "parent.API_1484_11"


@pytest.fixture
def lms(open_lms: OpenLms, tmp_path: Path) -> Lms:
    path = tmp_path / "proefles.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(SCO.iterdir()):
            archive.write(file, file.name)
    return open_lms(path)


def shows(frame: Frame, number: int, saved: str = "opgeslagen") -> None:
    expect(frame.locator("#step")).to_have_text(str(number))
    expect(frame.locator("#saved")).to_have_text(saved)


def read(frame: Frame, element: str) -> str:
    return str(frame.evaluate(f"(element) => {API}.GetValue(element)", element))


def a_covering_few(places: tuple[Via, ...], profiles: tuple[Profile, ...]) -> list[object]:
    """Each place and each profile at least once; the rest is slow."""
    return [
        pytest.param(via, profile, marks=() if nth % len(profiles) == other else pytest.mark.slow)
        for nth, via in enumerate(places)
        for other, profile in enumerate(profiles)
    ]


@pytest.mark.parametrize(("via", "profile"), a_covering_few(PLACES, PROFILES))
def test_closing_the_tab_loses_nothing(
    lms: Lms, new_context: NewContext, guard: Guard, via: Via, profile: Profile
) -> None:
    frame = lms.launch(new_context().new_page(), via=via, profile=profile)
    assert frame.url.endswith("/index.html?van=lms")
    step(frame, 2)
    shows(frame, 2)
    lms.close_tab(frame)
    record = lms.record()
    assert record["cmi.suspend_data"] == "stap=2 – één"
    assert record["cmi.completion_status"] == "incomplete"
    assert record["cmi.total_time"] == "PT0H0M5S"
    assert [entry["call"] for entry in lms.log()].count("Terminate") == 1

    again = lms.launch(new_context().new_page(), via=via, profile=profile)
    shows(again, 2)
    step(again, 3)
    shows(again, 5)
    lms.leave(again)
    record = lms.record()
    assert record["cmi.total_time"] == "PT0H0M10S"
    assert (record["cmi.completion_status"], record["cmi.success_status"]) == ("completed", "passed")
    assert lms.violations() == []
    assert lms.strays() == []
    assert guard.errors == []


@pytest.mark.slow
def test_only_a_suspended_session_gets_anything_back(lms: Lms, new_context: NewContext) -> None:
    frame = lms.launch(new_context().new_page())
    assert read(frame, "cmi.launch_data") == "één & twee"
    assert (read(frame, "cmi.completion_threshold"), read(frame, "cmi.scaled_passing_score")) == (
        "0.8",
        "0.7",
    )
    step(frame, 5)
    frame.evaluate(f"{API}.SetValue('cmi.exit', 'normal')")
    lms.close_tab(frame)
    assert lms.record()["cmi.completion_status"] == "completed"
    assert lms.violations() == []

    again = lms.launch(new_context().new_page())
    shows(again, 0)
    assert read(again, "cmi.entry") == "ab-initio"
    assert [line.partition(": ")[0].split()[-1] for line in lms.violations()] == ["status-downgraded"]
    lms.close_tab(again)
    record = lms.record()
    assert record["cmi.total_time"] == "PT0H0M5S"
    assert record["cmi.success_status"] == "", "the old attempt is gone"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("standard", "taken"), [("scorm2004", True), ("scorm2004-3rd", False)], ids=["4th", "3rd"]
)
def test_the_editions_differ_in_room(
    lms: Lms, new_context: NewContext, standard: str, *, taken: bool
) -> None:
    frame = lms.launch(new_context().new_page(), standard="scorm2004" if taken else "scorm2004-3rd")
    shows(frame, 0)
    said = frame.evaluate(f"{API}.SetValue('cmi.suspend_data', 'é'.repeat(4001))")
    assert said == ("true" if taken else "false")


FAILS: tuple[tuple[Profile, str], ...] = (("full", "391"), ("realistic", "101"))


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "number"), FAILS)
def test_a_failed_save_is_told_and_the_next_repairs_it(
    lms: Lms, new_context: NewContext, profile: Profile, number: str
) -> None:
    frame = lms.launch(new_context().new_page(), profile=profile, faults=[fault("fail-commit")])
    step(frame)
    shows(frame, 1, f"niet opgeslagen ({number})")
    assert lms.record() == {}
    lms.set_faults(frame)
    frame.evaluate(f"{API}.Commit('')")
    assert lms.record()["cmi.suspend_data"] == "stap=1 – één", "everything goes each time"
    assert lms.violations() == []


@pytest.mark.slow
def test_the_verdict_names_what_was_wrong(lms: Lms, new_context: NewContext) -> None:
    frame = lms.launch(new_context().new_page(), profile="realistic")
    shows(frame, 0)
    frame.evaluate(
        f"""() => {{
            const api = {API};
            api.SetValue("cmi.interactions.0.id", "i");
            api.SetValue("cmi.interactions.0.type", "choice");
            api.SetValue("cmi.interactions.0.learner_response", "optie-a");
            api.SetValue("cmi.interactions.0.timestamp", new Date().toISOString());
            api.SetValue("cmi.completion_status", "completed");
            api.Commit("");
            api.SetValue("cmi.progress_measure", "1");
            api.SetValue("cmi.score.scaled", "0.5");
            api.Commit("");
            api.SetValue("cmi.score.raw", "50");
            api.SetValue("cmi.success_status", "passed");
            api.SetValue("cmi.session_time", "PT0S");
            api.SetValue("adl.nav.request", "exitAll");
            window.addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true);
        }}"""
    )
    rules = [line.split(maxsplit=2)[2].split(":")[0] for line in lms.violations()]
    assert rules == ["refused", "refused", "status-disagrees", "score-without-raw"]
    thrown = frame.evaluate(f"try {{ {API}.Terminate('') }} catch (error) {{ error.name }}")
    assert thrown == "SyntaxError"
    assert "no-session-time" in lms.violations()[-1]
    record = lms.record()
    assert (record["cmi.success_status"], record["cmi.score.raw"]) == ("passed", "50"), "not derived here"


@pytest.mark.slow
def test_review_changes_nothing_on_an_lms_that_protects(lms: Lms, new_context: NewContext) -> None:
    before = {"cmi.completion_status": "completed", "cmi.suspend_data": "stap=5", "cmi.exit": "suspend"}
    lms.preset(before)
    frame = lms.launch(new_context().new_page(), profile="full", mode="review")
    shows(frame, 5, "kijkt terug")
    assert read(frame, "cmi.credit") == "no-credit"
    lms.close_tab(frame)
    assert lms.record() == before
    assert lms.violations() == []


Way = Callable[[Lms, Frame], None]
WAYS = [
    pytest.param(Lms.close_tab, id="close"),
    pytest.param(Lms.leave, id="leave", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("way", WAYS)
def test_scorm_again_is_a_second_opinion(lms: Lms, new_context: NewContext, way: Way) -> None:
    frame = lms.launch(new_context().new_page(), lms="scorm-again")
    step(frame, 5)
    shows(frame, 5)
    way(lms, frame)
    record = lms.record()
    assert record["cmi.suspend_data"] == "stap=5 – één"
    assert (record["cmi.completion_status"], record["cmi.success_status"]) == ("completed", "passed")
    again = lms.launch(new_context().new_page(), lms="scorm-again")
    shows(again, 5)
    assert read(again, "cmi.entry") == "resume"
    way(lms, again)
    assert lms.violations() == []
