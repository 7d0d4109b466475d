"""The player stays small: what a learner's browser must read before anything is on the screen."""

from __future__ import annotations

import re
import zlib

import pytest

from builder.package.zip import zipped
from builder.render.site import PAGE
from tests.courses import ROOT, course_of, site_of

VENDORED = ROOT / "builder" / "vendored"
PLAYERS = sorted(path.name for path in VENDORED.glob("player-*.js"))


def test_there_is_a_player_for_each_standard() -> None:
    assert {"player-local.js", "player-scorm12.js", "player-cmi5.js"} <= set(PLAYERS)


@pytest.mark.parametrize("name", PLAYERS)
def test_a_player_takes_at_most_40_000_bytes(name: str) -> None:
    assert (VENDORED / name).stat().st_size <= 40_000


def test_the_library_takes_at_most_9_000_bytes() -> None:
    """Its code is counted apart: it is not ours, and no feature of the player makes it longer."""
    assert (VENDORED / "library.js").stat().st_size <= 9_000


def test_the_cmi5_client_takes_at_most_12_000_bytes() -> None:
    """Only cmi5 packages hold it, before their player: the other standards have an LMS that speaks for itself."""
    assert (VENDORED / "cmi5.js").stat().st_size <= 12_000


def test_looking_back_takes_at_most_30_000_bytes() -> None:
    """Nobody begins with it: it is read while the first scenario is played."""
    assert (VENDORED / "looking-back.js").stat().st_size <= 30_000


def test_looking_back_holds_nothing_of_the_player_again() -> None:
    player, back = (
        (VENDORED / f"{name}.js").read_text(encoding="ascii") for name in ("player-local", "looking-back")
    )
    for mark in ("importNode", "2166136261"):  # how a template is copied; where the draw of an event begins
        assert mark in player
        assert mark not in back


def test_no_player_holds_the_library_again() -> None:
    said = "invalid distance"  # what fflate says of damaged data
    assert said in (VENDORED / "library.js").read_text(encoding="ascii")
    assert not any(said in (VENDORED / name).read_text(encoding="ascii") for name in PLAYERS)


def test_a_package_takes_at_most_140_000_bytes_beside_its_page_and_pictures() -> None:
    """Fonts, styles, scripts, schemas and licences: what every package has, however many lessons there are."""
    site = site_of(ROOT, "voorbeeldgemeente")
    media = {path: content for path, content in site.items() if path.parts[0] == "media"}
    rest = {path: content for path, content in site.items() if path not in media and path != PAGE}
    assert len(zipped(rest)) <= 140_000
    faces = [len(zlib.compress(content, 9)) for path, content in media.items() if path.suffix == ".svg"]
    assert sum(faces) / len(faces) <= 2_000


def test_the_page_takes_at_most_22_000_bytes_a_lesson_beside_its_words() -> None:
    """The markup of its screens and the data that is played, packed; beside the course's own words."""
    page = site_of(ROOT, "voorbeeldgemeente")[PAGE]
    text = page.decode()
    screens = text[: text.index('<script type="application/json"')]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", screens)).encode()
    packed = len(zlib.compress(page, 9)) - len(zlib.compress(words, 9))
    assert packed <= 22_000 * len(course_of(ROOT).lessons)
