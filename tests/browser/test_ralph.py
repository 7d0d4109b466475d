"""A Learning Record Store of other people takes every statement of a whole walk: ralph, as a program of its own.

It brings 86 packages that nothing else here needs, so it is in no group of this project: uv fetches it when this is
first run, and keeps it. It has no State, launches nothing and checks no rule of cmi5: the strict LMS does.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from builder.lms.statements import Json
from tests.browser.conftest import WHOLE, Build, NewContext, OpenCmi5
from tests.browser.test_cmi5 import begun, counted
from tests.browser.test_faults import first_lesson, other_lessons
from tests.courses import ROOT

RALPH = "ralph-malph[full]==5.1.0"
START_SECONDS = 60.0
HEADERS = {
    "Authorization": "Basic " + b64encode(b"an:geheim").decode(),
    "Content-Type": "application/json",
    "X-Experience-API-Version": "1.0.3",
}

pytestmark = pytest.mark.slow


def ralph(home: Path, *arguments: str) -> list[str]:
    """The command line; from what uv keeps where that is enough."""
    uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    start = [uv, "run", "--quiet", "--no-project"]
    kept = [*start, "--offline", "--with", RALPH, "ralph"]
    there = subprocess.run([*kept, "--version"], cwd=home, capture_output=True).returncode == 0
    return [*(kept if there else [*start, "--with", RALPH, "ralph"]), *arguments]


@pytest.fixture
def lrs(tmp_path: Path) -> Iterator[HTTPConnection]:
    """A connection to a running ralph that keeps statements in a folder."""
    (tmp_path / "statements" / "walk").mkdir(parents=True)
    environment = {
        **os.environ,
        "RALPH_APP_DIR": str(tmp_path),
        "RALPH_AUTH_FILE": str(tmp_path / "auth.json"),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(tmp_path / "statements"),
        "RALPH_BACKENDS__DATA__FS__DEFAULT_DIRECTORY_PATH": str(tmp_path / "statements"),
    }
    who = [
        "-u",
        "an",
        "-p",
        "geheim",
        "-s",
        "all",
        "-t",
        "walk",
        "-N",
        "An",
        "-A",
        "an",
        "https://lms.example",
    ]
    auth = ralph(tmp_path, "auth", *who, "-w")
    subprocess.run(auth, cwd=tmp_path, env=environment, check=True, capture_output=True)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = ralph(tmp_path, "runserver", "-b", "fs", "-h", "127.0.0.1", "-p", str(port))
    with (tmp_path / "ralph.log").open("wb") as log:
        server = subprocess.Popen(serve, cwd=tmp_path, env=environment, stdout=log, stderr=log)
        try:
            wait(port)
            with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                yield connection
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait(port: int) -> None:
    since = time.monotonic()
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            assert time.monotonic() - since < START_SECONDS, "ralph did not start"
            time.sleep(0.2)


def test_every_statement_of_a_walk_is_taken(
    lrs: HTTPConnection, open_cmi5: OpenCmi5, new_context: NewContext, built: Build
) -> None:
    lms = open_cmi5(built("cmi5", WHOLE).zip)
    walk = begun(lms, lms.launch(new_context().new_page()), built("cmi5", WHOLE))
    first_lesson(walk)
    other_lessons(walk)
    walk.saved()
    lms.close_tab(walk.frame)
    said = lms.statements()
    assert set(counted(said)) == {"initialized", "answered", "progressed", "completed", "terminated"}
    wrong = {**said[0], "id": said[0]["id"][:-1]}  # the test of the test: it does look at what comes
    assert post(lrs, [wrong])[0] >= 400
    # All in one call: its store of files takes no second.
    assert post(lrs, said) == (200, [each["id"] for each in said])
    lrs.request("GET", "/xAPI/statements", headers=HEADERS)
    kept = json.loads(lrs.getresponse().read())["statements"]
    assert {each["id"] for each in kept} <= {each["id"] for each in said}
    assert kept


def post(lrs: HTTPConnection, statements: list[Json]) -> tuple[int, object]:
    lrs.request("POST", "/xAPI/statements", json.dumps(statements), HEADERS)
    answer = lrs.getresponse()
    return answer.status, json.loads(answer.read())
