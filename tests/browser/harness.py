"""What a browser test says to the LMS: launch, read the record, the log and the verdict, close the tab."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Frame, Page, Request

from builder.lms.manifest import Manifest, Sco, Standard, read_manifest
from builder.lms.pages import Session
from builder.lms.server import BEGINS, ENDS, LmsServer, LogEntry, Record
from tests.browser.unpack import unpack

Profile = Literal["mandatory", "realistic", "full"]
Mode = Literal["normal", "review", "browse"]
Via = Literal["iframe", "popup", "two-up", "opener", "cross-origin", "none"]
FaultName = Literal[
    "slow", "refuse-set", "fail-commit", "lie-commit", "session-lost", "network-cut", "truncate", "throws"
]
Fault = Mapping[str, object]


def fault(name: FaultName, **settings: object) -> Fault:
    """A fault on command, for example `fault("fail-commit", times=2)`; see builder/lms/README.md."""
    return {"name": name, **settings}


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """Who plays."""

    id: str = "an-1"
    name: str = "D'Ör-Ünal, José"


AN = Learner()


@dataclass(slots=True)
class Guard:
    """Watches what a browser profile asks for and complains of."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Listen without standing in between: a request that is held up is lost when its page closes."""
        context.on("request", lambda request: self._request(request))
        context.on("console", lambda message: self._console(message))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    @property
    def policy_violations(self) -> list[str]:
        """What the Content-Security-Policy stopped."""
        return [error for error in self.errors if "Content Security Policy" in error]

    def _request(self, request: Request) -> None:
        local = ("http://127.0.0.1:", "http://localhost:", "file:", "blob:", "about:", "data:")
        if not request.url.startswith(local):
            self.foreign.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


def manifest_of(package: Path) -> Manifest:
    """What the LMS reads in a package; one without a manifest is SCORM 1.2 and starts at index.html."""
    with zipfile.ZipFile(package) as archive:
        if "imsmanifest.xml" in archive.namelist():
            return read_manifest(archive.read("imsmanifest.xml"))
    return Manifest(standard="scorm12", scos=(Sco(href="index.html"),))


@dataclass(slots=True, kw_only=True)
class _Launch:
    session: Session
    package: Frame
    desk: Frame | None  # where `window.lms` is


class Lms:
    """One package on the LMS: its records and logs outlive every browser."""

    _names = count(1)

    def __init__(self, server: LmsServer, package: Path, folder: Path, *, csp: bool = True) -> None:
        """Unpack the zip `package` into `folder` and serve it, by default under `default-src 'self'`."""
        self._server = server
        self._name = f"p{next(self._names)}"
        self._manifest = manifest_of(package)
        self._launches: list[_Launch] = []
        unpack(package, folder)
        server.state.packages[self._name] = (folder, csp)

    def launch(
        self,
        page: Page,
        *,
        profile: Profile = "realistic",
        faults: Iterable[Fault] = (),
        mode: Mode = "normal",
        credit: bool | None = None,
        via: Via = "iframe",
        learner: Learner = AN,
        standard: Standard | None = None,
        mastery_score: str | None = None,
        scaled_passing_score: str | None = None,
        completion_threshold: str | None = None,
        launch_data: str | None = None,
        lms: Literal["own", "scorm-again"] = "own",
        unit: str = "",
    ) -> Frame:
        """Start the package's first SCO in `page` (or a pop-up of it) and return its frame, once loaded.

        `unit`: the page of the SCO to launch where there are several, with a record of its own.
        The version of SCORM, the scores and the launch data are the manifest's unless given; "" for none.
        `credit` follows `mode` unless given. scorm-again knows no profiles and takes no faults: ValueError.
        """
        faults = list(faults)
        if lms == "scorm-again" and faults:
            raise ValueError("faults are our own LMS's")
        given = credit if credit is not None else mode == "normal"
        sco = next(each for each in self._manifest.scos if unit in ("", each.href))
        identifier = f"s{len(self._server.state.sessions) + 1}"
        query = f"?session={identifier}"
        session = Session(
            identifier=identifier,
            package=self._name,
            entry=sco.href,
            unit=unit,
            learner=learner.id,
            via=via,
            page={
                "session": identifier,
                "standard": standard or self._manifest.standard,
                "lms": lms,
                "profile": profile,
                "faults": faults,
                "launch": {
                    "learner": {"id": learner.id, "name": learner.name},
                    "mode": mode,
                    "credit": "credit" if given else "no-credit",
                    "masteryScore": _given(mastery_score, sco.mastery_score),
                    "scaledPassingScore": _given(scaled_passing_score, sco.scaled_passing_score),
                    "completionThreshold": _given(completion_threshold, sco.completion_threshold),
                    "launchData": _given(launch_data, sco.launch_data),
                    "requests": dict(sco.requests),
                },
                "addresses": {
                    "record": f"/lms/record{query}",
                    "commit": f"/lms/commit{query}",
                    "log": f"/lms/log{query}",
                },
            },
        )
        self._server.state.sessions[identifier] = session
        page.goto(f"{self._server.origin}/lms/shell{query}")
        top = page
        if via in ("popup", "opener"):
            with page.expect_popup() as opened:
                page.get_by_role("button", name="Start").click()
            top = opened.value
        frame = top.main_frame
        for _ in range({"opener": 0, "two-up": 2}.get(via, 1)):
            frame = _inside(frame)
        frame.wait_for_url(lambda url: f"/package/{self._name}/" in url)
        desk = {"opener": page.main_frame, "none": None}.get(via, top.main_frame)
        self._launches.append(_Launch(session=session, package=frame, desk=desk))
        return frame

    def set_faults(self, frame: Frame, faults: Iterable[Fault] = ()) -> None:
        """Replace the faults of a running launch; none: all is well again."""
        desk = self._of(frame).desk
        if desk is None:
            raise ValueError("this launch has no LMS")
        desk.evaluate("(faults) => window.lms.faults(faults)", list(faults))

    def cut_network(self, context: BrowserContext) -> None:
        """Take this browser profile's network away, from the package and from the LMS.

        Both sides: what a page sends while it closes escapes the browser's own emulation.
        """
        context.set_offline(True)
        self._server.state.cut.add(self._name)

    def restore_network(self, context: BrowserContext) -> None:
        """Give it back."""
        self._server.state.cut.discard(self._name)
        context.set_offline(False)

    def close_tab(self, frame: Frame) -> None:
        """Close the tab or pop-up the package is in, as a learner does, and wait until the LMS heard all."""
        goodbye = self._goodbye(frame)
        frame.page.close()
        self._server.settle(goodbye)

    def leave(self, frame: Frame) -> None:
        """Follow the LMS's own exit link: the page with the package makes place for another."""
        goodbye = self._goodbye(frame)
        frame.page.goto("about:blank")
        self._server.settle(goodbye)

    def settle(self) -> None:
        """Wait until nothing is on its way to the LMS."""
        self._server.settle()

    def record(self, learner: Learner = AN, unit: str = "") -> Record:
        """What the LMS stored, of one SCO where there are several: element by element."""
        with self._server.state.lock:
            return dict(self._server.state.records.get((self._name, _holder(learner, unit)), {}))

    def preset(self, record: Mapping[str, str], learner: Learner = AN, unit: str = "") -> None:
        """Give the LMS a record, as if stored earlier."""
        with self._server.state.lock:
            self._server.state.records[self._name, _holder(learner, unit)] = dict(record)

    def log(self) -> list[LogEntry]:
        """Every call of every launch of this package, in order; entries as in builder/lms/src/log.ts."""
        self._collect()
        with self._server.state.lock:
            logs = [self._server.state.logs.get(each.session.identifier, {}) for each in self._launches]
            return [log[number] for log in logs for number in sorted(log)]

    def violations(self) -> list[str]:
        """The verdict: each call that broke a rule, and each session left without finish, in words."""
        log = self.log()
        broken = [
            f"{entry['session']} #{entry['number']} {entry['violation']}: {call_line(entry)}"
            for entry in log
            if entry["violation"]
        ]
        return broken + [f"{session} no-finish" for session in self._unfinished(log)]

    def requests(self) -> list[tuple[str, int]]:
        """Every request for a file of this package: its path inside the package, the status it got."""
        base = f"/package/{self._name}/"
        with self._server.state.lock:
            asked = list(self._server.state.requests)
        return [(path.removeprefix(base), status) for path, status in asked if path.startswith(base)]

    def strays(self) -> list[str]:
        """Requests to this server that are for no file of the package and not the LMS's own."""
        with self._server.state.lock:
            asked = list(self._server.state.requests)
        base = f"/package/{self._name}/"
        own = ("/lms/", "/package/", "/favicon.ico", *self._server.apps)
        missing = [path for path, status in asked if path.startswith(base) and status != 200]
        return missing + [path for path, _ in asked if not path.startswith(own)]

    def _unfinished(self, log: list[LogEntry]) -> list[str]:
        begun = {e["session"] for e in log if e["call"] in BEGINS and e["result"] == "true"}
        ended = {e["session"] for e in log if e["call"] in ENDS}
        left = {each.session.identifier for each in self._launches if _gone(each)}
        return sorted(begun & left - ended)

    def _goodbye(self, frame: Frame) -> str:
        """Before a page goes: read its log, and say which session's goodbye can be waited for, if any."""
        self._collect()
        launch = self._of(frame)
        if self._name in self._server.state.cut:  # what it still sends is lost, also when it is late
            self._server.state.cut.add(launch.session.identifier)
        heard = launch.desk is not None and launch.desk.page == frame.page
        return launch.session.identifier if heard and frame.page.evaluate("navigator.onLine") else ""

    def _of(self, frame: Frame) -> _Launch:
        return next(each for each in self._launches if each.package == frame)

    def _collect(self) -> None:
        """Fetch from open windows what has not reached the server: without a network it waits there."""
        for launch in self._launches:
            if launch.desk is None or launch.desk.page.is_closed():
                continue
            try:
                entries = launch.desk.evaluate("() => window.lms ? window.lms.log() : []")
            except Error:  # the page is on its way out; its log comes by beacon
                continue
            self._server.state.add_log(entries)


def call_line(entry: LogEntry) -> str:
    """One call, readable."""
    given = ", ".join(json.dumps(argument, ensure_ascii=False) for argument in entry["arguments"])
    return f"{entry['call']}({given}) → {entry['result']!r} [{entry['error']}] {entry['why']}".rstrip()


def _holder(learner: Learner, unit: str) -> str:
    return f"{learner.id}/{unit}" if unit else learner.id


def _given(value: str | None, otherwise: str) -> str:
    return otherwise if value is None else value


def _inside(frame: Frame) -> Frame:
    element = frame.wait_for_selector("iframe")
    inner = element.content_frame() if element else None
    if inner is None:
        raise AssertionError("the iframe has no document")
    return inner


def _gone(launch: _Launch) -> bool:
    return launch.package.page.is_closed() or launch.package.is_detached()
