"""A server that others wrote, over HTTP: each package is uploaded, played, read back over its API and found back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, expect

from tests.browser.conftest import Build, NewContext
from tests.browser.harness import Guard
from tests.browser.standards import SCORM12, SCORM2004, stored_in
from tests.browser.test_play import TEXT
from tests.browser.walk import Built, Walk, always, say

SERVER = """
import sys, uvicorn
from scormhost import create_scorm_app
uvicorn.run(create_scorm_app(data_dir=sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
"""
TEACHER = {"email": "docent@example.org", "password": "Onder-de-waterlijn-1"}
START_SECONDS = 60
NAMES = {"scorm12": SCORM12, "scorm2004-3rd": SCORM2004, "scorm2004": SCORM2004}


@pytest.fixture(scope="module")
def scormhost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that knows nobody yet."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("scormhost")
    env = {
        **os.environ,
        "SCORMHOST_BOOTSTRAP_ADMIN_EMAIL": TEACHER["email"],
        "SCORMHOST_SECRET_KEY": "for this test alone, and long enough",
    }
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(folder / "data"), str(port)],
            env=env,
            stdout=log,
            stderr=log,
        )
    try:
        answers(f"http://127.0.0.1:{port}", server, folder / "log.txt")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def answers(origin: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until it does."""
    since = time.monotonic()
    while time.monotonic() - since < START_SECONDS and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{origin}/health", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


def launched(context: BrowserContext, address: str, built: Built) -> Walk:
    """Play as a guest; the page's frame gets its address once the server gave the record."""
    page = context.new_page()
    page.goto(address)
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    return Walk(page.frames[1], built)


def test_a_server_of_others_keeps_it_all(
    scormhost: str, new_context: NewContext, guard: Guard, built: Build
) -> None:
    teacher = new_context()
    entered = teacher.request.post(
        f"{scormhost}/api/auth/register", data={**TEACHER, "username": "docent", "display_name": "Docent"}
    )
    assert entered.ok, entered.text()
    for name, names in NAMES.items():
        package = built(name)
        file: FilePayload = {
            "name": package.zip.name,
            "mimeType": "application/zip",
            "buffer": package.zip.read_bytes(),
        }
        uploaded = teacher.request.post(f"{scormhost}/api/packages", multipart={"file": file})
        assert uploaded.ok, uploaded.text()
        told = uploaded.json()
        assert told["manifest"]["title"] == package.course["title"]
        assert [each["href"] for each in told["manifest"]["launches"]] == ["index.html"]

        guest = new_context()
        address = f"{scormhost}{told['launch_url']}"

        def stored(guest: BrowserContext = guest, told: dict[str, str] = told) -> dict[str, str]:
            answer = guest.request.get(f"{scormhost}/api/scorm/{told['id']}/cmi")
            elements: dict[str, str] = answer.json()["elements"]
            return elements

        walk = launched(guest, address, package)
        walk.open_step(0, 3)
        walk.keep("lms")
        walk.write(TEXT)
        walk.open_step(0, 1)
        walk.play(always(-1), until="De spreekkamer")
        walk.decide(always(0))
        walk.saved()
        title, screen = walk.title(), walk.screen()
        walk.frame.page.close()
        held = stored_in(stored(), names)
        assert (held.complete, held.success) == (False, None)

        again = launched(guest, address, package)
        assert (again.title(), again.screen()) == (title, screen)
        again.play(always(0))
        again.saved()
        again.open_step(0, 3)
        expect(again.frame.get_by_role("textbox")).to_have_value(TEXT)
        again.press(say("leave"))
        again.press(say("leave_yes"))
        again.told("left_lms")
        held = stored_in(stored(), names)
        assert held.complete is True
        assert held.save
        again.frame.page.close()
    # It has no icon, and takes no HEAD: the player's question whether anybody is there is answered all the same.
    assert [error for error in guard.errors if "Failed to load resource" not in error] == []
