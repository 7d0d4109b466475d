"""Every standard in one shape: where a package is played, and what whoever keeps the records holds of a learner."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import unquote

from playwright.sync_api import BrowserContext, Frame, Page

from builder.lms.cmi5 import Desk
from builder.lms.server import LmsServer, LogEntry, Record
from builder.lms.statements import verb_of
from tests.browser.harness import AN, Fault, Learner, Lms, Mode, Via, fault
from tests.browser.units import Cmi5

Fails = Literal["refuses", "session-lost", "slow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What is held of a learner. None: nothing of the kind is told in this standard, or not yet.

    ``score`` is 0–100, ``place`` a short code, ``interactions`` are id and letter in the order of the decisions,
    ``seconds`` all time of all sessions.
    """

    save: str = ""
    complete: bool | None = None
    success: bool | None = None
    score: float | None = None
    place: str | None = None
    interactions: list[tuple[str, str]] | None = None
    seconds: float | None = None


class Host(Protocol):
    """One package where it is played; what it keeps outlives every browser, but for `keeps_here`."""

    keeps_here: bool
    """Nobody but the learner's own browser keeps anything."""
    home: str
    """Where a learner who chose to leave is brought, as a pattern of addresses; "": nowhere."""

    def launch(
        self,
        page: Page,
        *,
        via: Via = "iframe",
        mode: Mode = "normal",
        faults: Iterable[Fault] = (),
        learner: Learner = AN,
    ) -> Frame:
        """Start the package in `page`, or a pop-up of it; its frame, once loaded."""

    def faults(self, fails: Fails) -> list[Fault]:
        """How this failing is asked for here."""

    def set_faults(self, frame: Frame, faults: Iterable[Fault] = ()) -> None:
        """Replace the faults of a running launch; none: all is well again."""

    def cut_network(self, context: BrowserContext) -> None:
        """Take this browser profile's network away."""

    def restore_network(self, context: BrowserContext) -> None:
        """Give it back."""

    def close_tab(self, frame: Frame) -> None:
        """Close the tab or pop-up the package is in, and wait until all it still sent has arrived."""

    def leave(self, frame: Frame) -> None:
        """Follow a link out of the page with the package."""

    def reload(self, frame: Frame) -> Frame:
        """Load the page with the package anew; the package's frame, once loaded."""

    def settle(self) -> None:
        """Wait until nothing is on its way."""

    def stored(self) -> Stored:
        """What is held of the learner AN."""

    def log(self) -> list[LogEntry]:
        """Every call there was, in order."""

    def held(self) -> object:
        """All that is kept of the learner AN, as it is kept."""

    def violations(self) -> list[str]:
        """The verdict: each rule that was broken, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a version of SCORM calls the elements that count."""

    status: str
    success: str
    core: str
    response: str
    place: str
    time: Callable[[str], float]


def _timespan(text: str) -> float:
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _duration(text: str) -> float:
    found = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?", text)
    assert found, f"no duration of hours, minutes and seconds: {text}"
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


SCORM12 = Names(
    status="cmi.core.lesson_status",
    success="cmi.core.lesson_status",
    core="cmi.core.",
    response="student_response",
    place="cmi.core.lesson_location",
    time=_timespan,
)
SCORM2004 = Names(
    status="cmi.completion_status",
    success="cmi.success_status",
    core="cmi.",
    response="learner_response",
    place="cmi.location",
    time=_duration,
)
DATA = "cmi.suspend_data"
_FAULTS: Mapping[Fails, list[Fault]] = {
    "refuses": [fault("refuse-set", elements=[DATA])],
    "session-lost": [fault("session-lost", after=0)],
    "slow": [fault("slow", ms=150)],
}
JUDGED = {"passed": True, "failed": False}


def stored_in(record: Record, names: Names) -> Stored:
    """What an LMS of this version of SCORM holds, from its elements."""
    status, score = record.get(names.status, ""), record.get(f"{names.core}score.raw")
    time = record.get(f"{names.core}total_time")
    return Stored(
        save=record.get(DATA, ""),
        complete=status in ("completed", "passed", "failed"),
        success=JUDGED.get(record.get(names.success, "")),
        score=float(score) if score else None,
        place=record.get(names.place, "").partition(" ")[0],
        interactions=_interactions(record, names.response),
        seconds=names.time(time) if time else None,
    )


def _interactions(record: Record, response: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    while f"cmi.interactions.{len(found)}.id" in record:
        at = f"cmi.interactions.{len(found)}"
        assert (record[f"{at}.type"], record[f"{at}.result"]) == ("choice", "neutral")
        found.append((record[f"{at}.id"], record[f"{at}.{response}"]))
    return found


class Framed(Lms):
    """What is launched in a frame of the LMS's page."""

    def reload(self, frame: Frame) -> Frame:
        launch = self._of(frame)
        frame.page.reload()
        self.settle()
        launch.package = frame.page.frames[1]
        return launch.package


class Scorm12(Framed):
    """A SCORM 1.2 package on the strict LMS."""

    keeps_here = False
    home = ""
    names = SCORM12

    def faults(self, fails: Fails) -> list[Fault]:
        return _FAULTS[fails]

    def stored(self) -> Stored:
        return stored_in(self.record(), self.names)

    def held(self) -> object:
        return self.record()


class Scorm2004(Scorm12):
    """A SCORM 2004 package, of either edition."""

    names = SCORM2004


class Web(Framed):
    """The web edition on a plain web server; `via` as in an LMS, but nowhere an API."""

    keeps_here = True
    home = ""
    _PLACES: Mapping[Via, Via] = {"iframe": "none", "popup": "opener", "none": "none"}

    def launch(self, page: Page, *, via: Via = "iframe", **settings: Any) -> Frame:
        self._page = page
        return super().launch(page, via=self._PLACES[via], **settings)

    def faults(self, fails: Fails) -> list[Fault]:
        assert fails == "refuses", "nobody else is there to fail"
        return [fault("refuse-set")]

    def set_faults(self, frame: Frame, faults: Iterable[Fault] = ()) -> None:
        """Whatever the fault: the browser's store is full."""
        frame.evaluate(_FILL if faults else "() => localStorage.removeItem('full')")

    def stored(self) -> Stored:
        """What the browser of the last launch keeps of the package."""
        kept: dict[str, str] = self._anew(self._page.context)
        saves = [text for key, text in kept.items() if key.endswith(":save")]
        return Stored(save=saves[0] if saves else "")

    def held(self) -> object:
        return self.record()

    def _anew(self, context: BrowserContext) -> dict[str, str]:
        page = context.new_page()
        page.goto(f"{self._server.origin}/favicon.ico")
        kept: dict[str, str] = json.loads(page.evaluate("() => JSON.stringify({ ...localStorage })"))
        page.close()
        return kept


_FILL = """() => {
    let text = "x".repeat(2 ** 23);
    let full = "";
    while (text) {
        try {
            localStorage.setItem("full", full + text);
            full += text;
        } catch {
            text = text.slice(text.length / 2 + 0.5);
        }
    }
}"""


class Unit(Cmi5):
    """A cmi5 package on the strict cmi5 LMS."""

    keeps_here = False
    home = "**/back"

    def launch(self, page: Page, *, via: Any = "iframe", **settings: Any) -> Frame:
        match via:
            case "none":
                page.goto(f"{self._server.origin}/package/{self._name}/{self._unit.url}")
                return page.main_frame
            case "popup":
                page.goto(f"{self._server.origin}/favicon.ico")
                with page.expect_popup() as opened:
                    page.evaluate("() => void window.open('about:blank')")
                page = opened.value
        return super().launch(page, **settings)

    def faults(self, fails: Fails) -> list[Fault]:
        return _FAULTS[fails]

    def held(self) -> object:
        return [self.record(), self.statements()]

    def stored(self) -> Stored:
        record = self.record()
        if not record:
            return Stored()
        said = self.statements()
        durations = [each["result"]["duration"] for each in said if verb_of(each) == "terminated"]
        return Stored(
            save=json.loads(record.get("waterlijn.save", "{}")).get("save", ""),
            complete="completed" in record,
            success=next((held for verb, held in JUDGED.items() if verb in record), None),
            interactions=[
                (unquote(each["object"]["id"].rpartition("/")[2]), each["result"]["response"])
                for each in said
                if verb_of(each) == "answered"
            ],
            seconds=sum(map(_duration, durations)),
        )


def host_of(standard: str, server: LmsServer, desk: Desk, package: Path, folder: Path) -> Host:
    """The package of this standard where it is played, unpacked into `folder`."""
    match standard:
        case "cmi5":
            return Unit(server, desk, package, folder)
        case "web":
            return Web(server, package, folder)
        case "scorm12":
            return Scorm12(server, package, folder)
    return Scorm2004(server, package, folder)
