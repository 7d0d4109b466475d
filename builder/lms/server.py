"""The server side of the strict LMS: packages, records and logs.

It listens on 127.0.0.1 and answers only who calls it that: a page from elsewhere cannot get here under a name of its
own, nor write here. Everything is kept in memory. What more it serves are apps, each below a path of its own.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from builder.lms.pages import Session, inner, shell

MIME = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".xsd": "application/xml",
}
MAX_DELAY_MS = 60_000
MAX_BODY = 20_000_000
QUIET_SECONDS = 0.3  # after this long without a request, nothing is on its way any more
GOODBYE_SECONDS = 10.0
FINISH_SECONDS = 2.0  # a busy machine is late with it; a package may also never say it
BEGINS = ("LMSInitialize", "Initialize")
ENDS = ("LMSFinish", "Terminate")

Record = dict[str, str]
LogEntry = dict[str, Any]
Files = Path | Mapping[PurePosixPath, bytes]
"""The files of a package: a folder, or by path from its root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """``path`` is as it was sent, still encoded; of a name twice in the query the first counts, and headers are in
    lower case.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``kind`` is the content type."""

    status: HTTPStatus = HTTPStatus.OK
    kind: str = MIME[".json"]
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_HERE = Answer(status=HTTPStatus.NOT_FOUND, kind=MIME[".txt"], body=b"not here")

App = Callable[[Request], Answer]


@dataclass(slots=True)
class State:
    """All the server keeps. Guarded by `lock`."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    packages: dict[str, tuple[Files, bool]] = field(
        default_factory=dict
    )  # and whether under `default-src 'self'`
    sessions: dict[str, Session] = field(default_factory=dict)
    records: dict[tuple[str, str], Record] = field(default_factory=dict)  # by package and Session.holder
    logs: dict[str, dict[int, LogEntry]] = field(default_factory=dict)
    requests: list[tuple[str, int]] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    # Packages whose learners have no network; sessions that never will.
    cut: set[str] = field(default_factory=set)
    busy: int = 0
    last: float = 0.0

    def add_log(self, entries: list[LogEntry]) -> None:
        """Add entries; one that came before (same session and number) counts once."""
        with self.lock:
            for entry in entries:
                self.logs.setdefault(entry["session"], {}).setdefault(entry["number"], entry)


class LmsServer:
    """Serves packages and LMS pages until `close`. `scripts` maps names under /lms/ to files.

    `port` 0 is any that is free; raises OSError when another program has it. `apps` answer everything below their
    path, such as "/play/"; they may be added while it runs.
    """

    def __init__(self, scripts: Mapping[str, Path], port: int = 0) -> None:
        self.state = State()
        self.apps: dict[str, App] = {"/lms/": self._lms, "/package/": self._file}
        self._scripts = scripts
        self._http = _Http(("127.0.0.1", port), _handler(self))
        self.port = int(self._http.server_address[1])
        self.origin = f"http://127.0.0.1:{self.port}"
        self._hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
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
            return any(entry["call"] in ENDS for entry in self.state.logs.get(session, {}).values())

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

    def unreachable(self, request: Request) -> bool:
        """Whether a request comes from where the network is cut: it gets no answer at all."""
        named = request.query.get("session", "")
        session = self.state.sessions.get(named)
        package = session.package if session else request.path.removeprefix("/package/").partition("/")[0]
        return not self.state.cut.isdisjoint((package, named or package))

    def answer(self, request: Request) -> Answer:
        """The answer of whichever app the path belongs to; a page from elsewhere is sent away."""
        origin = request.headers.get("origin", "").removeprefix("http://")
        if request.headers.get("host") not in self._hosts or (origin and origin not in self._hosts):
            return Answer(status=HTTPStatus.MISDIRECTED_REQUEST, kind=MIME[".txt"], body=b"not here")
        if request.path == "/favicon.ico":  # browsers ask for it unasked; an error would stand in the console
            return Answer(kind=MIME[".ico"], body=b"")
        for base, app in self.apps.items():
            if request.path.startswith(base):
                return app(request)
        return NOT_HERE

    def _lms(self, request: Request) -> Answer:
        """The LMS's pages and scripts, and what its own script fetches and sends."""
        name = request.path.removeprefix("/lms/")
        if request.method == "GET" and name in self._scripts:
            return Answer(kind=MIME[".js"], body=self._scripts[name].read_bytes())
        session = self.state.sessions.get(request.query.get("session", ""))
        if not session:
            return NOT_HERE
        match request.method, name:
            case "GET", "shell" | "inner":
                page = shell if name == "shell" else inner
                return Answer(kind=MIME[".html"], body=page(self.origin, session).encode())
            case "GET", "record":
                with self.state.lock:
                    record = dict(self.state.records.get((session.package, session.holder), {}))
                return Answer(body=json.dumps({"elements": record}).encode())
            case "POST", "commit":
                time.sleep(min(int(request.query.get("delay", "0")), MAX_DELAY_MS) / 1000)
                elements = json.loads(request.body)["elements"]
                with self.state.lock:
                    self.state.records.setdefault((session.package, session.holder), {}).update(elements)
                return Answer(body=b'{"result": true, "errorCode": 0}')
            case "POST", "log":
                self.state.add_log(json.loads(request.body))
                return Answer()
            case "POST", "left":
                self.state.left.add(session.identifier)
                return Answer()
        return NOT_HERE

    def _file(self, request: Request) -> Answer:
        name, _, rest = request.path.removeprefix("/package/").partition("/")
        files, policy = self.state.packages.get(name, ({}, False))
        path = PurePosixPath(unquote(rest))
        content = (
            None
            if request.method != "GET" or ".." in path.parts or path.is_absolute()
            else _read(files, path)
        )
        if content is None:
            return Answer(status=HTTPStatus.NOT_FOUND, kind=MIME[".txt"], body=b"not in this package")
        headers = {"Content-Security-Policy": "default-src 'self'"} if policy else {}
        return Answer(
            kind=MIME.get(path.suffix.lower(), "application/octet-stream"), body=content, headers=headers
        )


def _read(files: Files, path: PurePosixPath) -> bytes | None:
    if not isinstance(files, Path):
        return files.get(path)
    file = files / path
    return file.read_bytes() if file.is_file() else None


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two programs listen at one port

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a tab drops its connections: nothing to report."""


def _handler(server: LmsServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            with server.answering():
                length = int(self.headers.get("Content-Length", "0"))
                if length > MAX_BODY:
                    self.close_connection = True
                    self._send(Answer(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
                    return
                parts = urlsplit(self.path)
                request = Request(
                    method="GET" if self.command == "HEAD" else self.command,
                    path=parts.path,
                    query={name: values[0] for name, values in parse_qs(parts.query).items()},
                    headers={name.lower(): value for name, value in self.headers.items()},
                    body=self.rfile.read(length),
                )
                if server.unreachable(request):
                    self.close_connection = True
                    return
                self._send(server.answer(request))

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = _do  # noqa: N815

        def _send(self, answer: Answer) -> None:
            # Packages are kept as real LMSs have them kept.
            kept = "max-age=7776000, immutable" if self.path.startswith("/package/") else "no-store"
            headers = {
                "Content-Type": answer.kind,
                "Content-Length": str(len(answer.body)),
                "Cache-Control": kept,
                "X-Content-Type-Options": "nosniff",
                **answer.headers,
            }
            with server.state.lock:
                server.state.requests.append((self.path, answer.status))
            self.send_response(answer.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Say nothing: the requests are in the state."""

    return Handler
