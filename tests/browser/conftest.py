"""One Chromium and one LMS server for each worker; a fresh browser profile for whoever asks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from builder import pipeline
from builder.lms.cmi5 import Desk
from builder.lms.server import LmsServer
from builder.package.zip import write_zip
from tests.browser.harness import Guard, Lms
from tests.browser.units import Cmi5
from tests.browser.unpack import unpack
from tests.browser.walk import Built, read_built
from tests.courses import FEW, ROOT, SAMPLE, site_of

OWN_LMS = ROOT / "builder" / "vendored" / "lms.js"
Which = tuple[Path, str, int | None]
"""A course by its folder, one of its variants, and how many of its first lessons; None: all."""

WHOLE: Which = (ROOT, "voorbeeldgemeente", None)
REAL: Which = (ROOT, "voorbeeldgemeente", FEW)
SMALL: Which = (SAMPLE, "vol", None)
PLAYER_MODULES = ROOT / "builder" / "player" / "node_modules"
SCRIPTS = {
    "lms.js": OWN_LMS,
    **{
        f"scorm-again-{name}.js": PLAYER_MODULES / "scorm-again" / "dist" / f"{name}.js"
        for name in ("scorm12", "scorm2004")
    },
}

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name but this machine's is ever looked up, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)

# Busy machines: long enough for any of them, and nothing waits longer than it must.
expect.set_options(timeout=15_000)

NewContext = Callable[[], BrowserContext]
OpenLms = Callable[..., Lms]
OpenCmi5 = Callable[..., Cmi5]
Unpacked = Callable[[Path], str]
Build = Callable[..., Built]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here plays in a browser."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def chromium() -> str | None:
    """CHROMIUM, or a Chromium of this machine; else the one Playwright installed itself."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, one for each worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def guard() -> Iterator[Guard]:
    """What the test's browser profiles asked for and complained of; asking outside this machine fails it."""
    guard = Guard()
    yield guard
    assert guard.foreign == [], "a request outside this machine"


@pytest.fixture
def new_context(browser: Browser, guard: Guard) -> Iterator[NewContext]:
    """Make fresh browser profiles: nothing is in them but what their pages put there."""
    made: list[BrowserContext] = []

    def new() -> BrowserContext:
        context = browser.new_context(locale="nl-NL", viewport={"width": 1024, "height": 768})
        context.set_default_timeout(15_000)
        guard.watch(context)
        made.append(context)
        return context

    yield new
    for context in made:
        context.close()


@pytest.fixture(scope="session")
def lms_server() -> Iterator[LmsServer]:
    """The LMS's server, one for each worker."""
    for script in SCRIPTS.values():
        assert script.is_file(), f"{script.relative_to(ROOT)} is missing: run `make build`"
    server = LmsServer(SCRIPTS)
    yield server
    server.close()


@pytest.fixture
def open_lms(lms_server: LmsServer, tmp_path: Path) -> OpenLms:
    """Put a package (a zip) on the LMS: `open_lms(path)`, `open_lms(path, csp=False)`."""
    numbers = count(1)

    def put(package: Path, *, csp: bool = True) -> Lms:
        return Lms(lms_server, package, tmp_path / f"served-{next(numbers)}", csp=csp)

    return put


@pytest.fixture(scope="session")
def desk(lms_server: LmsServer) -> Desk:
    """Where cmi5 is launched."""
    return Desk(lms_server)


@pytest.fixture
def open_cmi5(lms_server: LmsServer, desk: Desk, tmp_path: Path) -> OpenCmi5:
    """Put a cmi5 package (a zip) on the LMS: `open_cmi5(path)`, `open_cmi5(path, csp=False)`."""
    numbers = count(1)

    def put(package: Path, *, csp: bool = True) -> Cmi5:
        return Cmi5(lms_server, desk, package, tmp_path / f"unit-{next(numbers)}", csp=csp)

    return put


@pytest.fixture
def unpacked(tmp_path: Path) -> Unpacked:
    """Unpack a zip and give the file: address of its folder, ending in a slash."""
    numbers = count(1)

    def put(package: Path) -> str:
        folder = tmp_path / f"unpacked-{next(numbers)}"
        unpack(package, folder)
        return f"{folder.as_uri()}/"

    return put


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Make a package from its sources, once: `built("cmi5")` is the small course, `built("cmi5", REAL)` the module's
    first lessons.
    """
    folder = tmp_path_factory.mktemp("packages")

    @cache
    def make(name: str, which: Which = SMALL) -> Built:
        standard = pipeline.FORMATS[name]
        player = OWN_LMS.with_name(f"player-{standard.player}.js")
        assert player.is_file(), f"{player.relative_to(ROOT)} is missing: run `make build`"
        root, key, lessons = which
        path = folder / f"{root.name}-{key}-{lessons}-{name}.zip"
        write_zip(site_of(root, key, name, lessons), path)
        return read_built(path)

    return make


@pytest.fixture(scope="session")
def real(built: Build) -> Built:
    """The module itself as a SCORM 1.2 package, its first lessons: what is tried on them holds for any."""
    return built("scorm12", REAL)


@pytest.fixture(scope="session")
def whole(built: Build) -> Built:
    """All of the module as a SCORM 1.2 package."""
    return built("scorm12", WHOLE)


@pytest.fixture(scope="session")
def sample(built: Build) -> Built:
    """The small course of the tests as a SCORM 1.2 package."""
    return built("scorm12")
