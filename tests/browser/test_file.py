"""What the package is: small, valid, at home under a strict policy, and playable straight from a disk."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from builder.package.zip import write_folder
from tests.browser.conftest import PLAYER_MODULES, NewContext, OpenLms, Unpacked
from tests.browser.harness import Guard
from tests.browser.test_play import OPEN, TEXT
from tests.browser.walk import Built, Walk, always, say
from tests.courses import FEW, ROOT, site_of

SCRIPT_LIMIT = 40_000
LIBRARY_LIMIT = 9_000
LOOKING_BACK_LIMIT = 30_000
OVERHEAD_LIMIT = 250_000
PICK = always(0)


@pytest.fixture
def packages(whole: Built, sample: Built) -> dict[str, Built]:
    return {"whole": whole, "sample": sample}


def left_and_found_back(start: Callable[[], Walk], walk: Walk) -> Walk:
    """Somebody writes for this device, leaves in the middle of a scenario, and plays it to its end another time."""
    assert walk.frame.get_by_role("radio", name=say("keep_lms")).count() == 0
    walk.keep("device")
    walk.write(TEXT)
    walk.open_step(1, 2)
    walk.play(PICK, until="De wachtkamer")
    title, screen = walk.title(), walk.screen()
    walk.frame.page.close()

    again = start()
    again.shows(say("offer_shared"))
    again.go(say("offer_shared_accept"))
    assert (again.title(), again.screen()) == (title, screen)
    again.open_step(0, 4)
    expect(again.frame.get_by_role("textbox")).to_have_value(TEXT)
    again.open_step(1, 2)
    again.play(PICK)
    return again


def test_it_plays_from_disk_and_is_found_back(
    unpacked: Unpacked, new_context: NewContext, guard: Guard, real: Built
) -> None:
    address = unpacked(real.zip) + "index.html"
    context = new_context()

    def start() -> Walk:
        page = context.new_page()
        page.goto(address)
        walk = Walk(page.main_frame, real, by="keys")
        expect(walk.heading).to_be_visible()
        return walk

    walk = start()
    walk.told("missing")
    walk.saved("save_device")
    walk.open_step(0, 4)
    again = left_and_found_back(start, walk)
    again.go(say("to_debrief"))
    again.frame.page.close()

    third = start()
    third.shows(say("offer_shared"))
    third.go(say("offer_shared_decline"))
    third.shows(real.course["title"])
    expect(third.button(say("begin"))).to_be_visible()
    third.open_step(0, 4)
    expect(third.frame.get_by_role("group", name=say("keep_question"))).to_be_visible()
    third.frame.page.close()
    assert guard.errors == []


def test_the_web_edition_plays_from_its_folder_and_misses_no_lms(
    new_context: NewContext, guard: Guard, tmp_path: Path, real: Built
) -> None:
    """As `waterlijn build` writes it, under a name with a space and a letter that an address must write otherwise."""
    folder = tmp_path / "op één schijf" / "web"
    write_folder(site_of(ROOT, "voorbeeldgemeente", "web", FEW), folder)
    context = new_context()

    def start() -> Walk:
        page = context.new_page()
        page.goto((folder / "index.html").as_uri())
        return Walk(page.main_frame, real)

    walk = start()
    walk.saved("save_device")
    assert walk.frame.get_by_text(say("missing")).count() == 0
    walk.open_step(0, 4)
    again = left_and_found_back(start, walk)
    again.go(say("to_debrief"))
    again.press(say("leave"))
    again.press(say("leave_yes"))
    again.shows(say("left"))
    assert guard.errors == []


def test_nothing_is_kept_of_who_wants_nothing_kept(
    unpacked: Unpacked, new_context: NewContext, real: Built
) -> None:
    page = new_context().new_page()
    page.goto(unpacked(real.zip) + "index.html")
    walk = Walk(page.main_frame, real)
    walk.open_step(0, 4)
    walk.keep("not")
    walk.write(TEXT)
    walk.told("kept_not")
    walk.open_step(0, 0)
    assert not any(":answers" in key for key in page.evaluate("() => Object.keys(localStorage)"))
    page.reload()
    again = Walk(page.main_frame, real)
    again.go(say("offer_shared_accept"))
    again.open_step(0, 4)
    expect(again.frame.get_by_role("textbox")).to_have_value("")
    assert real.reflection(OPEN)["keep"] == "lms"


def test_it_runs_under_a_strict_policy(
    open_lms: OpenLms, new_context: NewContext, guard: Guard, real: Built
) -> None:
    lms = open_lms(real.zip, csp=True)
    page = new_context().new_page()
    answers: list[str | None] = []
    page.context.on(
        "response",
        lambda answer: (
            answers.append(answer.headers.get("content-security-policy"))
            if answer.url.endswith("index.html")
            else None
        ),
    )
    walk = Walk(lms.launch(page), real, by="mouse")
    walk.open_step(0, 1)
    walk.play(PICK)
    walk.go(say("to_debrief"))
    walk.open_step(0, 4)
    walk.keep("lms")
    walk.write("Goed.")
    walk.open_step(1, 3)
    pictures = walk.frame.get_by_role("main").get_by_role("img")
    assert pictures.count() >= 1
    # decode() waits for the picture, and fails where the policy stopped it
    assert pictures.first.evaluate("(it) => it.decode().then(() => it.naturalWidth > 0)")
    walk.press(say("keep_title"))
    walk.press(walk.frame.get_by_role("dialog").get_by_role("button", name=say("cancel")))
    fonts: list[str] = walk.frame.evaluate(
        "() => [...document.fonts].filter((each) => each.status === 'loaded').map((each) => each.family)"
    )
    assert fonts, "the package's own fonts were not loaded"
    lms.close_tab(walk.frame)
    assert answers == ["default-src 'self'"]
    assert guard.policy_violations == []
    assert guard.errors == []
    assert lms.strays() == []


@pytest.mark.parametrize("which", ["whole", "sample"])
def test_the_page_holds_nothing_a_policy_stops(packages: dict[str, Built], which: str) -> None:
    page = packages[which].page
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son\w+=", page)
    assert "<style" not in page
    assert "data:" not in re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    assert "http-equiv" not in page


@pytest.mark.parametrize("which", ["whole", "sample"])
def test_the_scripts_are_small(packages: dict[str, Built], which: str) -> None:
    with zipfile.ZipFile(packages[which].zip) as archive:
        sizes = {name: len(archive.read(name)) for name in archive.namelist() if name.endswith(".js")}
    player = [size for name, size in sizes.items() if name.startswith("assets/player-")]
    assert len(player) == 1, sizes
    assert player[0] <= SCRIPT_LIMIT, sizes
    # What others made, and what nobody begins with: one more script each.
    assert sum(sizes.values()) <= SCRIPT_LIMIT + LIBRARY_LIMIT + LOOKING_BACK_LIMIT, sizes


def test_a_small_course_is_a_small_package(sample: Built) -> None:
    """The small course says next to nothing, so its package is what every package carries along."""
    size = sample.zip.stat().st_size
    assert size <= OVERHEAD_LIMIT


# Of taste: a doctype in small letters, a colon in a footnote's id, list roles that say what Safari forgets.
TASTE = ("doctype-style", "valid-id", "no-redundant-role", "prefer-native-element", "aria-label-misuse")
# Of screens as templates: shapes that are filled in later, and of which one is on the page at a time.
SHAPES = ("empty-heading", "text-content", "unique-landmark", "attribute-misuse")


@pytest.mark.parametrize("which", ["whole", "sample"])
def test_the_page_is_valid_html(packages: dict[str, Built], which: str, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(packages[which].page, encoding="utf-8")
    done = validated(file, *SHAPES)
    assert done.returncode == 0, done.stdout
    bare = re.sub(r"\s*<template.*?</template>", "", packages[which].page, flags=re.DOTALL)
    file.write_text(bare, encoding="utf-8")
    done = validated(file)
    assert done.returncode == 0, done.stdout


def test_the_validator_can_say_no(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(
        '<!doctype html><html lang="nl"><title>x</title><p><div></p><img src="x">', encoding="utf-8"
    )
    assert validated(file, *SHAPES).returncode == 1


def validated(file: Path, *without: str) -> subprocess.CompletedProcess[str]:
    """html-validate with its recommended rules, but for those of taste and `without`."""
    program = PLAYER_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    assert program.is_file(), "html-validate is missing: run `make build`"
    build = [sys.executable, str(ROOT / "builder" / "player" / "build.py"), "npm"]
    off = [word for rule in (*TASTE, *without) for word in ("--rule", f"{rule}:off")]
    return subprocess.run(
        [*build, "exec", "--offline", "--", "html-validate", "--preset", "recommended", *off, str(file)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_names_of_scripts_and_styles_tell_versions_apart(real: Built) -> None:
    """LMSs let browsers keep files for months: a new player must have a new address."""
    names = re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', real.page)
    assert len(names) >= 2
    assert all(re.search(r"-[0-9a-f]{8}\.", name) for name in names)
