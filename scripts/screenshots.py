"""The pictures in ``builder/player/README.md``, made anew: ``uv run python scripts/screenshots.py [NAME…]``.

They show the module itself as its package plays in Chromium; events fall the same each time.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from builder import pipeline  # noqa: E402
from builder.package.zip import write_zip  # noqa: E402
from tests.browser.conftest import FLAGS, chromium  # noqa: E402
from tests.browser.unpack import unpack  # noqa: E402
from tests.browser.walk import Walk, read_built, say, the  # noqa: E402

FOLDER = ROOT / "builder" / "player" / "screenshots"
VARIANT = "voorbeeldgemeente"
LIMIT = 1_500_000
"""Of all pictures together, in bytes."""

SEED = "crypto.getRandomValues = (numbers) => numbers.fill(7);"
WAY = the(
    "pi-bellen", "toestemming-vragen", "voorstellen", "zus-mee", "samen-invullen", "terugkomen", "grens", "oprapen",
    "kaartje", "van-mo-zelf", "eerst-vragen", "stenen", "wachten",
)  # fmt: skip


class Shot(NamedTuple):
    """A picture: what to do before it, the window, and whether it shows all down to the footer."""

    show: Callable[[Walk], None]
    size: tuple[int, int]
    scheme: Literal["light", "dark"] = "light"
    whole: bool = False


def contents(walk: Walk) -> None:
    """Nothing was done yet."""


def scene(lesson: int, step: int, title: str) -> Callable[[Walk], None]:
    """Play the scenario of a step until this scene."""

    def show(walk: Walk) -> None:
        walk.open_step(lesson, step)
        walk.play(WAY, until=title)

    return show


def intense(walk: Walk) -> None:
    scene(1, 2, "Het wordt hard")(walk)
    walk.go(say("intense_read"))


def debrief(walk: Walk) -> None:
    walk.open_step(3, 1)
    walk.play(WAY)
    walk.go(say("to_debrief"))
    walk.press(walk.button(say("keep_go")).first)
    walk.keep("device")


def drawn(walk: Walk) -> None:
    """The debrief, from its map on."""
    debrief(walk)
    walk.frame.get_by_role("heading", name=say("debrief_path")).evaluate("(it) => it.scrollIntoView()")


def thoughts(walk: Walk) -> None:
    """The debrief, from what others thought on."""
    debrief(walk)
    walk.frame.get_by_role("heading", name=say("debrief_thoughts")).evaluate("(it) => it.scrollIntoView()")


def guess(walk: Walk) -> None:
    """Once more as Mo, up to the first thought that one guesses."""
    debrief(walk)
    walk.go(walk.button(say("mirror_offer", name="Mo")))
    while not walk.button(say("mirror_show")).count():
        walk.go(say("continue"))
    walk.press(walk.frame.get_by_role("region").get_by_role("button").first)


WIDE, PHONE, WALL = (1280, 1000), (390, 844), (1920, 1080)
SHOTS = {
    "contents": Shot(contents, WIDE),
    "scene": Shot(scene(1, 2, "De wachtkamer"), WIDE, whole=True),
    "rule-dark": Shot(scene(1, 2, "Geen geldig bewijs"), WIDE, "dark", whole=True),
    "projector": Shot(scene(1, 2, "De casemanager"), WALL),
    "phone-intense": Shot(intense, PHONE, whole=True),
    "phone-notice": Shot(scene(1, 2, "Het wordt hard"), PHONE, "dark"),
    "phone-contents": Shot(contents, PHONE, "dark"),
    "phone-as-mo": Shot(guess, PHONE, whole=True),
    "map": Shot(drawn, WIDE),
    "thoughts-dark": Shot(thoughts, WIDE, "dark"),
}


def main(names: list[str]) -> int:
    """Make the named pictures, or all; the exit code."""
    course = pipeline.examine(ROOT).course
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        package = Path(temporary) / "package.zip"
        variant = pipeline.variant_of(course, VARIANT)
        write_zip(pipeline.build(course, variant, pipeline.FORMATS["scorm12"]), package)
        unpack(package, Path(temporary) / "site")
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        FOLDER.mkdir(exist_ok=True)
        for name in names or SHOTS:
            picture = taken(browser, package, SHOTS[name])
            path = FOLDER / f"{name}.webp"
            Image.open(io.BytesIO(picture)).save(path, "WEBP", quality=86, method=6)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} kB")
        browser.close()
    total = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(f"{total / 1000:.0f} kB of {LIMIT / 1000:.0f}")
    return int(total > LIMIT)


def taken(browser: Browser, package: Path, shot: Shot) -> bytes:
    """A picture of the package, which is unpacked beside it, as PNG."""
    width, height = shot.size
    context = browser.new_context(
        locale="nl-NL",
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.add_init_script(SEED)
    page.goto((package.parent / "site" / "index.html").as_uri())
    walk = Walk(page.main_frame, read_built(package))
    walk.press(walk.button(say("understood")).first)
    shot.show(walk)
    foot = page.evaluate("() => document.getElementById('foot').getBoundingClientRect().top + scrollY")
    clip = {"x": 0, "y": 0, "width": width, "height": foot}
    picture = page.screenshot(full_page=True, clip=clip) if shot.whole else page.screenshot()
    context.close()
    return picture


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
