"""The server side of the strict LMS: packages, records and logs.

It listens on 127.0.0.1 and answers only who calls it that: a page from elsewhere cannot get here under a name of its
own. Everything is kept in memory.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from builder.lms.pages import Session, inner, shell

MIME = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".xsd": "application/xml",
}
MAX_DELAY_MS = 60_000
QUIET_SECONDS = 0.3  # after this long without a request, nothing is on its way any more
GOODBYE_SECONDS = 10.0
FINISH_SECONDS = 2.0  # a busy machine is late with it; a package may also never say it

Record = dict[str, str]
LogEntry = dict[str, Any]


@dataclass(slots=True)
class State:
    """All the server keeps. Guarded by `lock`."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    packages: dict[str, tuple[Path, bool]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    logs: dict[str, dict[int, LogEntry]] = field(default_factory=dict)
    requests: list[tuple[str, int]] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    cut: set[str] = field(
        default_factory=set
    )  # packages whose learners have no network; sessions that never will
    busy: int = 0
    last: float = 0.0

    def add_log(self, entries: list[LogEntry]) -> None:
        """Add entries; one that came before (same session and number) counts once."""
        with self.lock:
            for entry in entries:
                self.logs.setdefault(entry["session"], {}).setdefault(entry["number"], entry)


class LmsServer:
    """Serves packages and LMS pages until `close`. `scripts` maps names under /lms/ to files."""

    def __init__(self, scripts: Mapping[str, Path]) -> None:
        self.state = State()
        self._scripts = scripts
        self._http = _Http(("127.0.0.1", 0), _handler(self))
        port = self._http.server_address[1]
        self.origin = f"http://127.0.0.1:{port}"
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()

    def settle(self, leaving: str = "") -> None:
        """Wait until no request is being answered and none came for a while: a closing page is done then.

        `leaving` is the session whose page must have said goodbye first.
        """
        since = time.monotonic()
        while leaving and leaving not in self.state.left and time.monotonic() - since < GOODBYE_SECONDS:
            time.sleep(0.02)
        since = time.monotonic()
        while leaving and not self._finished(leaving) and time.monotonic() - since < FINISH_SECONDS:
            time.sleep(0.02)
        since = time.monotonic()
        while self.state.busy or time.monotonic() - max(since, self.state.last) < QUIET_SECONDS:
            time.sleep(0.02)

    def _finished(self, session: str) -> bool:
        """Whether the LMS heard that a session is over: frames say so after the page round them said goodbye."""
        with self.state.lock:
            return any("Finish" in str(entry["call"]) for entry in self.state.logs.get(session, {}).values())

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count a request that is being answered."""
        with self.state.lock:
            self.state.busy += 1
        try:
            yield
        finally:
            with self.state.lock:
                self.state.busy -= 1
                self.state.last = time.monotonic()

    def unreachable(self, path: str, query: Mapping[str, str]) -> bool:
        """Whether a request comes from where the network is cut: it gets no answer at all."""
        session = self.state.sessions.get(query.get("session", ""))
        package = session.package if session else path.removeprefix("/package/").partition("/")[0]
        return not self.state.cut.isdisjoint((package, query.get("session", package)))

    def get(self, path: str, query: Mapping[str, str]) -> tuple[HTTPStatus, str, bytes, bool]:
        """Answer a GET: status, content type, body, whether the package's security policy goes with it."""
        if path.startswith("/package/"):
            return self._file(path)
        if path == "/favicon.ico":  # browsers ask for it unasked; an error would stand in the console
            return HTTPStatus.OK, MIME[".ico"], b"", False
        script = self._scripts.get(path.removeprefix("/lms/"))
        if script:
            return HTTPStatus.OK, MIME[".js"], script.read_bytes(), False
        session = self.state.sessions.get(query.get("session", ""))
        pages: dict[str, Callable[[str, Session], str]] = {"/lms/shell": shell, "/lms/inner": inner}
        if session and path in pages:
            return HTTPStatus.OK, MIME[".html"], pages[path](self.origin, session).encode(), False
        if session and path == "/lms/record":
            with self.state.lock:
                record = dict(self.state.records.get((session.package, session.learner), {}))
            return HTTPStatus.OK, MIME[".json"], json.dumps({"elements": record}).encode(), False
        return HTTPStatus.NOT_FOUND, MIME[".txt"], b"not here", False

    def post(self, path: str, query: Mapping[str, str], body: bytes) -> tuple[HTTPStatus, bytes]:
        """Answer a POST from the LMS's own script."""
        session = self.state.sessions.get(query.get("session", ""))
        if session and path == "/lms/commit":
            time.sleep(min(int(query.get("delay", "0")), MAX_DELAY_MS) / 1000)
            elements = json.loads(body)["elements"]
            with self.state.lock:
                self.state.records.setdefault((session.package, session.learner), {}).update(elements)
            return HTTPStatus.OK, b'{"result": true, "errorCode": 0}'
        if session and path == "/lms/log":
            self.state.add_log(json.loads(body))
            return HTTPStatus.OK, b"{}"
        if session and path == "/lms/left":
            self.state.left.add(session.identifier)
            return HTTPStatus.OK, b"{}"
        return HTTPStatus.NOT_FOUND, b"{}"

    def _file(self, path: str) -> tuple[HTTPStatus, str, bytes, bool]:
        name, _, rest = path.removeprefix("/package/").partition("/")
        folder, policy = self.state.packages.get(name, (None, False))
        file = folder / unquote(rest) if folder else None
        if not folder or not file or ".." in file.parts or not file.is_file():
            return HTTPStatus.NOT_FOUND, MIME[".txt"], b"not in this package", False
        return HTTPStatus.OK, MIME.get(file.suffix, "application/octet-stream"), file.read_bytes(), policy


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a tab drops its connections: nothing to report."""


def _handler(server: LmsServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with server.answering():
                path, query = self._asked()
                if server.unreachable(path, query):
                    self.close_connection = True
                    return
                if self.headers.get("Host") not in server.hosts:
                    self._answer(HTTPStatus.MISDIRECTED_REQUEST, {"Content-Type": MIME[".txt"]}, b"not here")
                    return
                status, kind, body, policy = server.get(path, query)
                headers = {"Content-Type": kind}
                if path.startswith("/package/"):
                    headers["Cache-Control"] = "max-age=7776000, immutable"  # as real LMSs do
                else:
                    headers["Cache-Control"] = "no-store"
                if policy:
                    headers["Content-Security-Policy"] = "default-src 'self'"
                self._answer(status, headers, body)

        do_HEAD = do_GET  # noqa: N815

        def do_POST(self) -> None:
            with server.answering():
                path, query = self._asked()
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                if server.unreachable(path, query):
                    self.close_connection = True
                    return
                if self.headers.get("Host") not in server.hosts:
                    self._answer(HTTPStatus.MISDIRECTED_REQUEST, {"Content-Type": MIME[".txt"]}, b"not here")
                    return
                status, answer = server.post(path, query, body)
                self._answer(status, {"Content-Type": MIME[".json"]}, answer)

        def _asked(self) -> tuple[str, dict[str, str]]:
            parts = urlsplit(self.path)
            return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

        def _answer(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes) -> None:
            with server.state.lock:
                server.state.requests.append((self.path, status))
            self.send_response(status)
            for name, value in {**headers, "X-Content-Type-Options": "nosniff"}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Say nothing: the requests are in the state."""

    return Handler
