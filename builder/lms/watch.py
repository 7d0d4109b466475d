"""A package played in the strict LMS, and beside it what it says to the LMS and what that is worth."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from importlib.resources import as_file, files
from itertools import count
from typing import Any

from builder.lms.cmi5 import Desk
from builder.lms.launch import Launchable, Unit
from builder.lms.pages import Session
from builder.lms.registration import Launch
from builder.lms.server import MIME, NOT_HERE, Answer, LmsServer, Request
from builder.messages import catalogue, number, say
from builder.render.templates import environment
from builder.shipped import style, theme, vendored

BASE = "/play/"
_SHEETS = ("fonts", "tokens", "base", "dark", "watch")
_POLICY = "default-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
_ROOM = {"scorm12": 4096, "scorm2004": 64_000, "scorm2004-3rd": 4000}
"""Characters of suspend data, by standard: RTE 1.2 §3.4.4, RTE 2004 §4.2.23."""


@contextmanager
def watching(
    package: Launchable, language: str, *, port: int = 0, notes: Sequence[str] = ()
) -> Iterator[LmsServer]:
    """Play ``package`` on this machine while the block runs; the page is at ``address(server)``.

    ``port`` 0 is any that is free; raises OSError where another program has it. ``notes`` are lines to tell on the
    page, in ``language``. The package's files stay in memory, and all is gone at the end.
    """
    with as_file(files("builder").joinpath("vendored", "lms.js")) as script:
        vendored("lms.js")  # tells how to make it, where it was not made
        server = LmsServer({"lms.js": script}, port)
        try:
            server.apps[BASE] = Watch(server, package, language, notes)
            yield server
        finally:
            server.close()


def address(server: LmsServer) -> str:
    """Where a browser finds the page."""
    return f"{server.origin}{BASE}"


class Watch:
    """The page, its files, and what its script asks and tells; all below ``BASE``."""

    def __init__(self, server: LmsServer, package: Launchable, language: str, notes: Sequence[str]) -> None:
        self._server = server
        self._package = package
        self._units = {unit.key: unit for unit in package.units}
        self._numbers = count(1)
        self._sessions: list[str] = []
        self._cmi5 = Desk(server) if package.standard == "cmi5" else None
        # Never the same twice: what a browser keeps of one package is never another's.
        self._name = secrets.token_urlsafe(9)
        server.state.packages[self._name] = (package.files, False)
        self._files = {
            "": (MIME[".html"], page(package, language, notes)),
            "watch.css": (MIME[".css"], _sheet()),
            "watch.js": (MIME[".js"], vendored("watch.js")),
        }

    def __call__(self, request: Request) -> Answer:
        name = request.path.removeprefix(BASE)
        if request.method == "GET" and name in self._files:
            kind, body = self._files[name]
            return Answer(kind=kind, body=body, headers={"Content-Security-Policy": _POLICY})
        match request.method, name.split("/"):
            case "GET", ["fonts", font] if font in _fonts():
                return Answer(kind=MIME[".woff2"], body=vendored(f"fonts/{font}"))
            case "GET", ["news"]:
                return Answer(body=json.dumps(self._news(request.query)).encode())
            case "POST", ["launch" | "faults" | "network" | "leave" | "forget" as act]:
                try:
                    said = json.loads(request.body)
                    acts = {
                        "launch": self._launch, "faults": self._faults, "network": self._network,
                        "leave": self._leave, "forget": self._forget,
                    }  # fmt: skip
                    return acts[act](said)
                except (ValueError, KeyError, TypeError):
                    return Answer(status=HTTPStatus.BAD_REQUEST)
        return NOT_HERE

    def _news(self, query: Mapping[str, str]) -> dict[str, Any]:
        """What is new in the log, session by session from where the page is, and all that is stored for a learner."""
        state = self._server.state
        base = f"/package/{self._name}/"
        learner = query.get("learner", "")
        with state.lock:
            logs = [(each, list(state.logs.get(each, {}).values())) for each in self._sessions]
            records = {key: dict(state.records.get(self._holder(learner, key), {})) for key in self._units}
            missing = {
                path.removeprefix(base).partition("?")[0]
                for path, status in state.requests
                if status == HTTPStatus.NOT_FOUND
            }
        return {
            "entries": [entry for each, log in logs for entry in log[int(query.get(each, "0")) :]],
            "records": {unit: record for unit, record in records.items() if record},
            "missing": sorted(path for path in missing if not path.startswith("/")),
        }

    def _holder(self, learner: str, unit: str) -> tuple[str, str]:
        """Whose record it is, for the server."""
        return (self._registered(unit), learner) if self._cmi5 else (self._name, f"{learner}/{unit}")

    def _registered(self, unit: str) -> str:
        """Each AU has a registration of its own."""
        return f"{self._name}/{unit}"

    def _launch(self, said: Mapping[str, Any]) -> Answer:
        unit = self._units[said["unit"]]
        if self._cmi5:
            return self._launch_cmi5(self._cmi5, unit, said)
        identifier = f"s{next(self._numbers)}"
        query = f"?session={identifier}"
        learner = {"id": str(said["learner"]["id"]), "name": str(said["learner"]["name"])}
        session = Session(
            identifier=identifier,
            package=self._name,
            entry=unit.href,
            learner=learner["id"],
            via=str(said["via"]),
            unit=unit.key,
            page={
                "session": identifier,
                "standard": self._package.standard,
                "lms": "own",
                "profile": said["profile"],
                "faults": said["faults"],
                "launch": {"learner": learner, **_launch_data(self._package, unit, str(said["mode"]))},
                "addresses": {
                    "record": f"/lms/record{query}",
                    "commit": f"/lms/commit{query}",
                    "log": f"/lms/log{query}",
                },
            },
        )
        with self._server.state.lock:
            self._server.state.sessions[identifier] = session
        return self._launched(identifier, f"/lms/shell{query}")

    def _launch_cmi5(self, desk: Desk, unit: Unit, said: Mapping[str, Any]) -> Answer:
        launch = Launch(
            learner=str(said["learner"]["id"]),
            name=str(said["learner"]["name"]),
            publisher=unit.key,
            mode=str(said["mode"]).capitalize(),
            move_on=unit.move_on,
            mastery=_score(unit.mastery),
        )
        session = desk.launch(self._registered(unit.key), launch)
        session.faults = list(said["faults"])
        address = _asking(unit.href, session.query())
        return self._launched(session.identifier, f"/package/{self._name}/{address}")

    def _launched(self, session: str, where: str) -> Answer:
        with self._server.state.lock:
            self._sessions.append(session)
        return Answer(body=json.dumps({"session": session, "address": where}).encode())

    def _faults(self, said: Mapping[str, Any]) -> Answer:
        """Of cmi5 the faults are the server's; SCORM's are in the learner's window."""
        for session in self._cmi5.sessions.values() if self._cmi5 else ():
            session.faults = [dict(each) for each in said["faults"]]
        return Answer()

    def _network(self, said: Mapping[str, Any]) -> Answer:
        mine = {self._name, *map(self._registered, self._units)}
        with self._server.state.lock:
            cut = self._server.state.cut
            (cut.update if said["cut"] else cut.difference_update)(mine)
        return Answer()

    def _leave(self, said: Mapping[str, Any]) -> Answer:
        """A window that goes while the network is cut: what it sends later is lost too."""
        with self._server.state.lock:
            if self._name in self._server.state.cut:
                self._server.state.cut.add(str(said["session"]))
        return Answer()

    def _forget(self, _: Mapping[str, Any]) -> Answer:
        state = self._server.state
        with state.lock:
            # A window that is late with something finds nobody.
            for identifier in self._sessions:
                state.sessions.pop(identifier, None)
                state.logs.pop(identifier, None)
                state.cut.discard(identifier)
            self._sessions.clear()
            state.records.clear()
            state.requests.clear()
            if self._cmi5:
                self._cmi5.forget()
        return Answer(headers={"Clear-Site-Data": '"storage"'})


def page(package: Launchable, language: str, notes: Sequence[str]) -> bytes:
    """The page on which one watches ``package``; its script is ``lms/src/watch``."""

    def words(key: str, **values: object) -> str:
        return say(language, "watch", key, **values)

    texts = catalogue(language)
    standard = package.standard.removesuffix("-3rd")
    data = {
        "standard": package.standard,
        "language": language,
        "room": _ROOM.get(package.standard, 0),
        "units": [{"key": each.key, "title": each.title} for each in package.units],
        "words": texts["watch"],
        "errors": texts[f"watch-errors-{standard}"],
        "elements": texts["watch-elements"],
        "rules": texts["watch-rules"],
        "sections": texts[f"watch-sections-{standard}"],
        "save": texts["watch-save"],
    }
    size = sum(map(len, package.files.values()))
    html = environment(say=words)(
        "watch.html",
        lang=language,
        title=package.title,
        package=package,
        files=number(language, len(package.files)),
        size=number(language, size / 1_000_000, 1),
        notes=notes,
        data=json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
    )
    return f"{html}\n".encode()


def _launch_data(package: Launchable, unit: Unit, mode: str) -> dict[str, object]:
    old = package.standard == "scorm12"
    return {
        "mode": mode,
        "credit": "credit" if mode == "normal" else "no-credit",
        "masteryScore": unit.mastery if old else "",
        "scaledPassingScore": "" if old else unit.mastery,
        "completionThreshold": "" if old else unit.threshold,
        "launchData": unit.launch_data,
        "requests": dict(unit.requests),
    }


def _asking(href: str, query: str) -> str:
    """``href`` with ``query`` behind its own, and before its fragment."""
    bare, mark, fragment = href.partition("#")
    return f"{bare}{'&' if '?' in bare else '?'}{query}{mark}{fragment}"


def _score(written: str) -> float | None:
    """A mastery score of cmi5, 0 to 1; none where the package has none, or something else."""
    try:
        return min(1.0, max(0.0, float(written)))
    except ValueError:
        return None


def _sheet() -> bytes:
    components = vendored("css/components.css").decode().removeprefix('@charset "UTF-8";')
    return "\n".join((theme(), components, *map(style, _SHEETS))).encode()


def _fonts() -> set[str]:
    return {each.name for each in files("builder").joinpath("vendored", "fonts").iterdir()}
