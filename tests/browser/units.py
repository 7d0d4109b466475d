"""What a browser test says to the cmi5 LMS: launch, read the record, the log and the verdict, close the tab.

The same words as ``harness.Lms``; what differs is that a unit has a page of its own, and the LMS is at the network.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from lxml import etree
from playwright.sync_api import BrowserContext, Frame, Page

from builder.lms.au import AuSession
from builder.lms.cmi5 import Desk
from builder.lms.registration import Launch
from builder.lms.server import LmsServer, LogEntry, Record
from builder.lms.statements import Json
from tests.browser.harness import AN, Fault, Learner, Mode, call_line
from tests.browser.unpack import unpack

TERMINATED_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The first assignable unit of a course structure."""

    url: str
    move_on: str
    mastery: float | None


def first_unit(package: Path) -> Unit:
    """What the LMS reads in ``cmi5.xml``."""
    with zipfile.ZipFile(package) as archive:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        unit = etree.fromstring(archive.read("cmi5.xml"), parser).find(".//{*}au")
    assert unit is not None
    mastery = unit.get("masteryScore")
    return Unit(
        url=unit.findtext("{*}url", ""),
        move_on=unit.get("moveOn", "NotApplicable"),
        mastery=None if mastery is None else float(mastery),
    )


class Cmi5:
    """One package on the LMS: its records and logs outlive every browser."""

    _names = count(1)

    def __init__(
        self, server: LmsServer, desk: Desk, package: Path, folder: Path, *, csp: bool = True
    ) -> None:
        """Unpack the zip ``package`` into ``folder`` and serve it, by default under ``default-src 'self'``."""
        self._server = server
        self._desk = desk
        self._name = f"u{next(self._names)}"
        self._unit = first_unit(package)
        self._launches: list[tuple[AuSession, Page, str]] = []
        unpack(package, folder)
        server.state.packages[self._name] = (folder, csp)

    def launch(
        self,
        page: Page,
        *,
        faults: Iterable[Fault] = (),
        mode: Mode = "normal",
        learner: Learner = AN,
        move_on: str | None = None,
        mastery: float | None = None,
        via: Literal["tab", "cross-origin"] = "tab",
    ) -> Frame:
        """Start the package in ``page``; it is loaded, and may still be asking the LMS who plays.

        "cross-origin": the unit is served from another origin than the LMS, which takes a package without ``csp``.
        """
        launch = Launch(
            learner=learner.id,
            name=learner.name,
            mode=mode.capitalize(),
            move_on=move_on or self._unit.move_on,
            mastery=self._unit.mastery if mastery is None else mastery,
        )
        session = self._desk.launch(self._name, launch)
        session.faults[:] = [dict(each) for each in faults]
        host = self._server.origin
        if via == "cross-origin":
            host = host.replace("127.0.0.1", "localhost")
        address = f"{host}/package/{self._name}/{self._unit.url}?{session.query()}"
        self._launches.append((session, page, address))
        page.goto(address)
        return page.main_frame

    def again(self, page: Page) -> Frame:
        """Open the address of the latest launch in another page, as a learner does who copied it."""
        page.goto(self._launches[-1][2])
        return page.main_frame

    def set_faults(self, frame: Frame, faults: Iterable[Fault] = ()) -> None:
        """Replace the faults of a running launch; none: all is well again."""
        self._of(frame).faults[:] = [dict(each) for each in faults]

    def cut_network(self, context: BrowserContext) -> None:
        """Take this browser profile's network away, from the package and from the LMS."""
        context.set_offline(True)
        self._server.state.cut.add(self._name)

    def restore_network(self, context: BrowserContext) -> None:
        """Give it back."""
        self._server.state.cut.discard(self._name)
        context.set_offline(False)

    def close_tab(self, frame: Frame) -> None:
        """Close the tab, as a learner does, and wait until the LMS heard all that can come."""
        session = self._of(frame)
        frame.page.close()
        self._heard(session)

    def leave(self, frame: Frame) -> None:
        """The page makes place for another."""
        session = self._of(frame)
        frame.page.goto("about:blank")
        self._heard(session)

    def reload(self, frame: Frame) -> Frame:
        """Load the page with the package anew, with the key that does so; the package's frame, once loaded."""
        frame.page.keyboard.press("F5")  # only tells the page: without a window there is nothing that reloads
        frame.page.reload()
        return frame.page.main_frame

    def settle(self) -> None:
        """Wait until nothing is on its way to the LMS."""
        self._server.settle()

    def record(self, learner: Learner = AN) -> Record:
        """What the LMS stored: documents by their ids, "completed", "passed", "failed" and "satisfied"."""
        with self._server.state.lock:
            return dict(self._server.state.records.get((self._name, learner.id), {}))

    def preset(self, documents: Mapping[str, str], learner: Learner = AN) -> None:
        """Give the LMS documents, as if stored earlier by another session."""
        session = self._desk.launch(self._name, Launch(learner=learner.id, name=learner.name))
        session.registration.documents.update({name: text.encode() for name, text in documents.items()})

    def statements(self, learner: Learner = AN) -> list[Json]:
        """Every statement that was taken, in order."""
        return list(self._desk.registrations[self._name, learner.id].statements.values())

    def log(self) -> list[LogEntry]:
        """Every call of every launch of this package, in order; entries as in builder/lms/src/log.ts."""
        return [entry for session, _, _ in self._launches for entry in list(session.log)]

    def violations(self) -> list[str]:
        """The verdict: each call that broke a rule, and each session left without Terminated, in words."""
        broken = [
            f"{entry['session']} #{entry['number']} {entry['violation']}: {call_line(entry)}"
            for entry in self.log()
            if entry["violation"]
        ]
        unfinished = [
            f"{session.identifier} no-terminated"
            for session, page, _ in self._launches
            if page.is_closed() and session.said and session.said[-1] != "terminated" and not _lost(session)
        ]
        return broken + unfinished

    def requests(self) -> list[tuple[str, int]]:
        """Every request for a file of this package: its path inside the package, the status it got."""
        base = f"/package/{self._name}/"
        with self._server.state.lock:
            asked = list(self._server.state.requests)
        return [(path.removeprefix(base), status) for path, status in asked if path.startswith(base)]

    def _of(self, frame: Frame) -> AuSession:
        return next(session for session, page, _ in reversed(self._launches) if page == frame.page)

    def _heard(self, session: AuSession) -> None:
        since = time.monotonic()
        cut = self._name in self._server.state.cut
        while not cut and "terminated" not in session.said and time.monotonic() - since < TERMINATED_SECONDS:
            time.sleep(0.02)
        self._server.settle()


def _lost(session: AuSession) -> bool:
    """Whether nothing it says is heard any more."""
    return any(each["name"] == "session-lost" for each in session.faults)
