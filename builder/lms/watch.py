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

from builder.lms.launch import Launchable, Unit
from builder.lms.pages import Session
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
            case "POST", ["launch" | "network" | "leave" | "forget" as act]:
                try:
                    said = json.loads(request.body)
                    acts = {
                        "launch": self._launch, "network": self._network, "leave": self._leave,
                        "forget": self._forget,
                    }  # fmt: skip
                    return acts[act](said)
                except (ValueError, KeyError, TypeError):
                    return Answer(status=HTTPStatus.BAD_REQUEST)
        return NOT_HERE

    def _news(self, query: Mapping[str, str]) -> dict[str, Any]:
        """What is new in the log, session by session from where the page is, and all that is stored for a learner."""
        state = self._server.state
        base = f"/package/{self._name}/"
        with state.lock:
            mine = [each for each in state.sessions.values() if each.package == self._name]
            entries = [
                entry
                for each in mine
                for entry in list(state.logs.get(each.identifier, {}).values())[
                    int(query.get(each.identifier, "0")) :
                ]
            ]
            records = {
                unit: dict(state.records.get((self._name, _holder(query.get("learner", ""), unit)), {}))
                for unit in self._units
            }
            missing = {
                path.removeprefix(base) for path, status in state.requests if status == HTTPStatus.NOT_FOUND
            }
            left = [each.identifier for each in mine if each.identifier in state.left]
        return {
            "entries": entries,
            "records": {unit: record for unit, record in records.items() if record},
            "left": left,
            "missing": sorted(path for path in missing if not path.startswith("/")),
        }

    def _launch(self, said: Mapping[str, Any]) -> Answer:
        unit = self._units[said["unit"]]
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
        told = {"session": identifier, "address": f"/lms/shell{query}"}
        return Answer(body=json.dumps(told).encode())

    def _network(self, said: Mapping[str, Any]) -> Answer:
        with self._server.state.lock:
            if said["cut"]:
                self._server.state.cut.add(self._name)
            else:
                self._server.state.cut.discard(self._name)
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
            for identifier in [key for key, each in state.sessions.items() if each.package == self._name]:
                del state.sessions[identifier]  # a window that is late with something finds nobody
                state.logs.pop(identifier, None)
                state.cut.discard(identifier)
            for holder in [key for key in state.records if key[0] == self._name]:
                del state.records[holder]
            state.requests.clear()
        return Answer(headers={"Clear-Site-Data": '"storage"'})


def page(package: Launchable, language: str, notes: Sequence[str]) -> bytes:
    """The page on which one watches ``package``; its script is ``lms/src/watch``."""

    def words(key: str, **values: object) -> str:
        return say(language, "watch", key, **values)

    texts = catalogue(language)
    standard = "scorm12" if package.standard == "scorm12" else "scorm2004"
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


def _holder(learner: str, unit: str) -> str:
    return f"{learner}/{unit}"


def _sheet() -> bytes:
    components = vendored("css/components.css").decode().removeprefix('@charset "UTF-8";')
    return "\n".join((theme(), components, *map(style, _SHEETS))).encode()


def _fonts() -> set[str]:
    return {each.name for each in files("builder").joinpath("vendored", "fonts").iterdir()}
