"""Every standard in one shape: where a package is played, and what whoever keeps the records holds of a learner."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from playwright.sync_api import BrowserContext, Frame, Page

from builder.lms.server import LmsServer, Record
from tests.browser.harness import AN, Fault, Learner, Lms, Mode, Via, fault

Fails = Literal["refuses", "session-lost", "slow", "no-interactions"]


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
    names = SCORM12

    def faults(self, fails: Fails) -> list[Fault]:
        match fails:
            case "refuses":
                return [fault("refuse-set", elements=[DATA])]
            case "no-interactions":
                return [fault("refuse-set", elements=["cmi.interactions"])]
            case "session-lost":
                return [fault("session-lost", after=1)]
            case "slow":
                return [fault("slow", ms=150)]

    def stored(self) -> Stored:
        return stored_in(self.record(), self.names)


class Scorm2004(Scorm12):
    """A SCORM 2004 package, of either edition."""

    names = SCORM2004


class Web(Framed):
    """The web edition on a plain web server; `via` as in an LMS, but nowhere an API."""

    keeps_here = True
    _PLACES: Mapping[Via, Via] = {"iframe": "none", "popup": "opener", "none": "none"}

    def launch(self, page: Page, *, via: Via = "iframe", **settings: Any) -> Frame:
        self._page = page
        return super().launch(page, via=self._PLACES[via], **settings)

    def faults(self, fails: Fails) -> list[Fault]:
        raise AssertionError(f"nobody can say {fails} here")

    def stored(self) -> Stored:
        """What the browser of the last launch keeps of the package."""
        kept: dict[str, str] = self._anew(self._page.context)
        saves = [text for key, text in kept.items() if key.endswith(":save")]
        return Stored(save=saves[0] if saves else "")

    def _anew(self, context: BrowserContext) -> dict[str, str]:
        page = context.new_page()
        page.goto(f"{self._server.origin}/favicon.ico")
        kept: dict[str, str] = json.loads(page.evaluate("() => JSON.stringify({ ...localStorage })"))
        page.close()
        return kept


HOSTS: Mapping[str, Callable[[LmsServer, Path, Path], Host]] = {
    "scorm12": Scorm12,
    "scorm2004-3rd": Scorm2004,
    "scorm2004": Scorm2004,
    "web": Web,
}
