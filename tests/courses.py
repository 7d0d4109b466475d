"""The courses that tests look at and their packages, each read or made once in a process.

The module grows by the lesson. What is said of the builder or the player is said of the small course, or of the
module's ``FEW`` first lessons; what is said of every lesson is said once, and says so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from builder import pipeline
from builder.link import link
from builder.model.course import Course
from builder.render.site import Site
from builder.source import parse
from builder.source.read import read

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "sample"
FEW = 2
"""Lessons of the module that hold what a page, a scenario or a reflection can be, in words that are really used."""


def linked(root: Path, lessons: int | None = None) -> Course:
    """The course in a folder, or its first ``lessons``. Whether it is sound is asked once, in ``test_cli.py``."""
    whole = link(parse(read(root)).value).value
    return replace(whole, lessons=whole.lessons[:lessons])


@cache
def course_of(root: Path, lessons: int | None = None) -> Course:
    """The same, read once."""
    return linked(root, lessons)


@cache
def site_of(root: Path, variant: str, name: str = "scorm12", lessons: int | None = None) -> Site:
    """The files of the package of such a course in one of the formats."""
    course = course_of(root, lessons)
    return pipeline.build(course, pipeline.variant_of(course, variant), pipeline.FORMATS[name])
