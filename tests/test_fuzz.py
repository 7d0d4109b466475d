"""Random inputs for minutes: `make fuzz`. A failure names the seed that repeats it (`FUZZ_SEED`)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder import report
from builder.diagnostics import has_errors
from builder.pipeline import FORMATS, build, examined
from builder.source.read import SourceTree, read
from tests.test_states import PLAYER, course_with, random_lesson, unknown, walked

ROOT = Path(__file__).parents[1]
SECONDS = float(os.environ.get("FUZZ_SECONDS", "500"))

pytestmark = pytest.mark.fuzz

PIECES = [
    "\n", "\n\n", " ", "  ", "\t", "#",
    "### ", "- ", "> ", "**", "*", "*als ", ":*", "[", "](#", ")", "(", "`", "```\n",
    "<", "&", "|", "[^1]", "- id: x\n", "- effect: ", "- later: ", "- meter: ", "vertrouwen", "+1", "−1", "\u00a0",
    "\ufeff", "\u2028", "😀", "é", "\x00", "<!--", "-->", "![", "lokaal:", "{", "}", "%", "\r", "\r\n",
]  # fmt: skip


def seeds() -> Iterator[int]:
    """Seeds until the time is up; only `FUZZ_SEED` where that is given."""
    if given := os.environ.get("FUZZ_SEED"):
        yield int(given)
        return
    end = time.monotonic() + SECONDS
    seed = random.SystemRandom().randrange(10**9)
    while time.monotonic() < end:
        yield seed
        seed += 1


def mutated(text: str, dice: random.Random) -> str:
    """``text`` with a few pieces put in, taken out, doubled or moved."""
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text) + 1)
        to = min(len(text), at + dice.choice([1, 1, 2, 5, 30, 200]))
        match dice.randrange(4):
            case 0:
                text = text[:at] + dice.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[to:]
            case 2:
                text = text[:at] + text[at:to] + text[at:]
            case _:
                there = dice.randrange(len(text) + 1)
                text = text[:at] + text[there : there + 40] + text[at:]
    return text


def test_whatever_an_author_writes_is_read_and_told_in_its_place() -> None:
    trees = [read(root) for root in (ROOT, ROOT / "tests" / "sample")]
    for seed in seeds():
        dice = random.Random(seed)
        tree = dice.choice(trees)
        path = dice.choice([name for name in tree.files if name.endswith((".md", ".toml"))])
        text = mutated(tree.files[path].decode(), dice)
        files = {**tree.files, path: text.encode("utf-8", "replace")}
        try:
            found = examined(SourceTree(files=files))
            lines = text.count("\n") + text.count("\r") + text.count("\u2028") + 1
            for each in found.diagnostics:
                assert each.span.path in files
                assert each.span.line >= 1
                assert each.span.column >= 1
                assert each.span.path != path or each.span.line <= lines
            for language in ("nl", "en"):
                report.as_text(found.diagnostics, files, language)
            if not has_errors(found.diagnostics) and found.course.variants:
                build(found.course, found.course.variants[0], FORMATS["scorm12"])
        except Exception as error:
            raise AssertionError(f"FUZZ_SEED={seed} {path}") from error


def test_no_random_scenario_escapes_the_builder(tmp_path: Path) -> None:
    batch: list[int] = []
    for seed in seeds():
        batch.append(seed)
        if len(batch) == 40 or os.environ.get("FUZZ_SEED"):
            courses = [course_with(random_lesson(each)) for each in batch]
            for each, course, found in zip(batch, courses, walked(courses, 10, tmp_path), strict=True):
                assert not list(unknown(course, found)), f"FUZZ_SEED={each}"
            batch = []


def test_no_play_is_lost(tmp_path: Path) -> None:
    environment = {**os.environ, "FUZZ_RUNS": os.environ.get("FUZZ_RUNS", "12000")}
    command = [sys.executable, str(PLAYER / "build.py"), "npm", "test", "--", "player/tests"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
