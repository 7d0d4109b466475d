"""An LMS that reads everything: of all that passes it, only answers are in it whose learner chose the LMS.

The whole module is played with words of its own in each answer. What passed is read in every way one can think of; so
is what the browser keeps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Request

from builder.lms.cmi5 import Desk
from builder.lms.server import LmsServer
from tests.browser.conftest import REAL, Build, NewContext
from tests.browser.standards import host_of
from tests.browser.test_faults import decodings, kept
from tests.browser.walk import Built, Walk, always, say

Keep = Literal["lms", "device", "not"]
WIDTH: dict[str, int] = {"not": 0, "device": 1, "lms": 2}
CHOICES: tuple[Keep, ...] = ("lms", "device", "not")
STANDARDS = ("scorm12", "scorm2004-3rd", "scorm2004", "cmi5", "web")
COVERING = {("scorm12", "lms"), ("scorm2004", "not"), ("cmi5", "device")}
CELLS = [
    pytest.param(*cell, id="-".join(cell), marks=() if cell in COVERING else pytest.mark.slow)
    for cell in product(STANDARDS, CHOICES)
    if cell != ("web", "lms")  # there is none
]
MARK = re.compile("qwyx[a-z]{2}vj")
SAVE = re.compile(r"1;[0-9a-z];(?:[^;\"\\]*;){9}[0-9a-z]+")


def mark(built: Built, key: str) -> str:
    """A word for the answer to this question that stands nowhere else, in no dictionary either."""
    number = list(built.course["reflections"]).index(key)
    return f"qwyx{chr(97 + number // 26)}{chr(97 + number % 26)}vj"


def give(walk: Walk, key: str, question: str = "") -> None:
    """Answer the question `key` on the screen; `question` where there are more of them."""
    asked = walk.built.reflection(key)
    match asked["kind"]:
        case "open":
            walk.write(f"Dat is {mark(walk.built, key)}.", question)
        case "choice":
            walk.tick(asked["options"][1])
        case "scale":
            walk.tick(str(asked["scale"]["high"]))
        case _:
            walk.frame.get_by_label(question).fill(date(2031, 10, 17).isoformat())


def play(walk: Walk, keep: Keep) -> None:
    """Every lesson: each scenario, all that is asked in looking back on it, each reflection."""
    first = True
    for number, lesson in enumerate(walk.built.course["lessons"]):
        steps = list(enumerate(lesson["steps"]))
        # Where answers stay is asked once, at whichever question comes first.
        for at, step in sorted(steps, key=lambda each: each[1]["kind"] != "reflection"):
            if step["kind"] not in ("reflection", "scenario"):
                continue
            walk.open_step(number, at)
            if step["kind"] == "reflection":
                if first:
                    walk.keep(keep)
                first = False
                give(walk, step["key"])
            else:
                walk.play(always(0))
                walk.go(say("to_debrief"))
                for key, asked in walk.built.course["reflections"].items():
                    if key.startswith(f"{step['key']}/"):
                        give(walk, key, asked["question"])
    walk.open_step(0, 0)


def keys(built: Built, place: str, choice: Keep) -> set[str]:
    """The questions of which the answer may be in `place`, the learner having made this choice."""
    asked = built.course["reflections"].items()
    return {key for key, each in asked if min(each["keep"], choice, key=WIDTH.__getitem__) == place}


def read(texts: Iterable[str], built: Built) -> tuple[set[str], set[str]]:
    """What can be read in these texts: keys of open answers, in any reading; codes of short answers, in saves."""
    everything = "\n".join(texts)
    tokens = set(re.findall(r"[^\s\";,:{}\[\]\\=&?.]{6,}", everything))
    dictionary = built.course["dictionaries"]["1"].encode()
    found = set(MARK.findall(everything))
    for reading in decodings(" ".join(tokens), dictionary):
        found.update(MARK.findall(reading))
    short = {item[:2] for save in SAVE.findall(everything) for item in save.split(";")[9].split(",") if item}
    return {key for key in built.course["reflections"] if mark(built, key) in found}, short


@pytest.mark.parametrize(("standard", "keep"), CELLS)
def test_only_what_a_learner_gave_the_lms_reaches_it(
    standard: str,
    keep: Keep,
    lms_server: LmsServer,
    desk: Desk,
    new_context: NewContext,
    built: Build,
    tmp_path: Path,
) -> None:
    package = built(standard, REAL)
    host = host_of(standard, lms_server, desk, package.zip, tmp_path / "served")
    context = new_context()
    asked: list[str] = []

    def hear(request: Request) -> None:
        asked.extend((request.url, request.post_data or ""))

    context.on("request", hear)
    walk = Walk(host.launch(context.new_page()), package)
    walk.heading.wait_for()
    play(walk, keep)
    walk.saved("save_device" if host.keeps_here else "save_saved")
    here = kept(walk.frame)
    host.close_tab(walk.frame)

    def split(place: str) -> tuple[set[str], set[str]]:
        allowed = keys(package, place, keep)
        kinds = package.course["reflections"]
        return (
            {key for key in allowed if kinds[key]["kind"] == "open"},
            {kinds[key]["code"] for key in allowed if kinds[key]["kind"] != "open"},
        )

    passed = [*asked, *(json.dumps(entry["arguments"], ensure_ascii=False) for entry in host.log())]
    passed += [json.dumps(host.held(), ensure_ascii=False)]
    if host.keeps_here:
        assert read(passed, package) == (set(), set())
    else:
        assert len(host.log()) > 50
        assert read(passed, package) == split("lms")
        assert host.stored().interactions == walk.decided
    on_device = [f"{key} {value}" for key, value in here.items()]
    assert read(on_device, package)[0] == split("device")[0]
    answers = " ".join(value for key, value in here.items() if key.endswith(":answers"))
    found = {code for key, code in _codes(package) if f'"{key}"' in answers}
    assert found == {code for key, code in _codes(package) if key in keys(package, "device", keep)}


def _codes(built: Built) -> list[tuple[str, str]]:
    return [(key, each["code"]) for key, each in built.course["reflections"].items()]
