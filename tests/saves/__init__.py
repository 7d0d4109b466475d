"""Saves as learners' LMSs hold them: recorded at each release, read by every later version."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from builder.model.course import Course
from builder.pipeline import FORMATS, variant_of
from builder.render.data import runtime
from builder.vary import vary

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PLAYER = ROOT / "builder" / "player"

Told = Mapping[str, Any]
"""A state in words: place, done, answers, runs (see ``play.ts``)."""

Learner = Mapping[str, Any]
"""How somebody plays: see ``play.ts``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A save, and the state it stands for in words."""

    save: str
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A recorded save: the version and the standard that wrote it, the state it was written in, and what of it a later
    version may give otherwise, written by hand."""

    path: Path
    course: str
    version: str
    standard: str
    save: str
    then: Told
    later: Told = field(default_factory=dict)


def records() -> list[Record]:
    """Every save ever recorded."""
    return [_record(path) for path in sorted(HERE.glob("*/*.toml"))]


def _record(path: Path) -> Record:
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    return Record(
        path=path,
        course=values["course"],
        version=values["version"],
        standard=values["standard"],
        save=values["save"],
        then=values["then"],
        later=values.get("later", {}),
    )


def data(course: Course, variant: str, standard: str = "scorm12") -> Mapping[str, Any]:
    """What the player runs of ``course``, in a package of ``standard``."""
    local = vary(course, variant_of(course, variant)).value
    return runtime(local, variant, FORMATS[standard].limit)


def played(
    courses: Mapping[str, Mapping[str, Any]],
    learners: Sequence[Learner] = (),
    saves: Iterable[tuple[str, str]] = (),
) -> tuple[list[Read], list[Read]]:
    """What ``learners`` leave in their LMS, and what each of ``saves`` (name of a course, save) stands for in it."""
    given = {
        "courses": courses,
        "learners": learners,
        "saves": [{"course": course, "save": save} for course, save in saves],
    }
    path = Path(mkdtemp()) / "given.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    done = subprocess.run(
        [*_NPM, "node", "--", _bundle(), str(path)], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    return [Read(**each) for each in found["learners"]], [Read(**each) for each in found["saves"]]


_NPM = (sys.executable, str(PLAYER / "build.py"), "npm", "run", "--silent")


@cache
def _bundle() -> str:
    path = str(Path(mkdtemp()) / "play.mjs")
    subprocess.run([*_NPM, "bundle", "--", str(HERE / "play.ts"), f"--outfile={path}"], check=True)
    return path
