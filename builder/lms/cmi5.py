"""cmi5 launches at the LMS's server, under ``/cmi5/<session>/``: the network before ``au.py``."""

from __future__ import annotations

import time
from dataclasses import replace
from http import HTTPStatus
from threading import Lock

from builder.lms.au import AuSession
from builder.lms.pages import document
from builder.lms.registration import Launch, Registration
from builder.lms.server import MAX_DELAY_MS, MIME, NOT_HERE, Answer, LmsServer, Request

BASE = "/cmi5/"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-None-Match, X-Experience-API-Version",
    "Access-Control-Expose-Headers": "ETag, X-Experience-API-Version",
    "Access-Control-Max-Age": "600",
}


class Desk:
    """All launches of cmi5 at ``server``. A learner has one registration for each package."""

    def __init__(self, server: LmsServer) -> None:
        self._server = server
        self._lock = Lock()
        self._gone = 0
        self._packages: dict[str, str] = {}
        self.sessions: dict[str, AuSession] = {}
        self.registrations: dict[tuple[str, str], Registration] = {}
        server.apps[BASE] = self.answer

    def launch(self, package: str, launch: Launch) -> AuSession:
        """A new session of ``package``, in the learner's registration; its way out is a page of the LMS."""
        identifier = f"c{self._gone + len(self.sessions) + 1}"
        base = f"{self._server.origin}{BASE}{identifier}/"
        registration = self.registrations.setdefault((package, launch.learner), Registration())
        launch = replace(launch, return_url=launch.return_url or f"{base}back")
        self._packages[identifier] = package
        self.sessions[identifier] = AuSession(identifier, base, launch, registration)
        return self.sessions[identifier]

    def forget(self) -> None:
        """Every session and registration goes; a learner who comes back is new, and sessions are counted on."""
        with self._lock:
            self._gone += len(self.sessions)
            self.sessions.clear()
            self.registrations.clear()

    def answer(self, request: Request) -> Answer:
        """Answer for the session in the path. Raises ``ConnectionError`` where the network is cut."""
        identifier, _, path = request.path.removeprefix(BASE).partition("/")
        session = self.sessions.get(identifier)
        if session is None:
            return NOT_HERE
        package = self._packages[identifier]
        if not self._server.state.cut.isdisjoint((package, identifier)):
            raise ConnectionAbortedError
        if request.method == "OPTIONS":
            return Answer(status=HTTPStatus.NO_CONTENT, body=b"", headers=_CORS)
        if path == "back":
            return Answer(kind=MIME[".html"], body=document("Leeromgeving", "<h1>Leeromgeving</h1>").encode())
        asked = replace(request, path=path)
        time.sleep(min(session.delay(asked), MAX_DELAY_MS / 1000))
        with self._lock:
            reply = session.answer(asked)
            self._server.state.add_log(session.log[-1:])
            record = session.registration.record(session.launch.move_on)
        with self._server.state.lock:
            self._server.state.records[package, session.launch.learner] = record
        if not reply.status:
            raise ConnectionAbortedError
        headers = {**_CORS, "X-Experience-API-Version": "1.0.3", **reply.headers}
        kind = headers.pop("Content-Type", MIME[".txt"])
        return Answer(status=HTTPStatus(reply.status), kind=kind, body=reply.body, headers=headers)
