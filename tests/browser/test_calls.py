"""A launch asks little of an LMS, however long the course is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builder.lms.cmi5 import Desk
from builder.lms.server import LmsServer
from tests.browser.conftest import SMALL, Build, NewContext, Which
from tests.browser.standards import host_of
from tests.browser.walk import Built, Walk

LESSONS = 80
CALLS = 25
LESSON = """\
# Les {number}

- id: les-{number}
- duur: 5 minuten
- doel: Je leest les {number}.

## Waar les {number} over gaat

Wie vraagt, hoort meer.

## Reflectie: Wat blijft je bij van les {number}?

- antwoord: open
- bewaren: apparaat

Denk aan vorige week.
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Which:
    """The small course, with lessons added."""
    root = tmp_path_factory.mktemp("long") / "cursus"
    folder, variant, _ = SMALL
    shutil.copytree(folder, root)
    for number in range(2, LESSONS + 1):
        file = root / "content" / "lessons" / f"{number:02}-les.md"
        file.write_text(LESSON.format(number=number), encoding="utf-8")
    return root, variant, None


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004", "cmi5"])
def test_a_launch_takes_as_many_calls_however_many_lessons(
    standard: str,
    lms_server: LmsServer,
    desk: Desk,
    new_context: NewContext,
    built: Build,
    many: Which,
    tmp_path: Path,
) -> None:
    def calls(package: Built, folder: Path) -> list[str]:
        host = host_of(standard, lms_server, desk, package.zip, folder)
        walk = Walk(host.launch(new_context().new_page()), package)
        walk.shows(package.course["title"])
        walk.saved()
        host.settle()
        asked = [entry["call"] for entry in host.log()]
        assert host.violations() == []
        return asked

    long = built(standard, many)
    assert len(long.course["lessons"]) == LESSONS
    asked = calls(long, tmp_path / "long")
    assert 0 < len(asked) <= CALLS
    assert sorted(asked) == sorted(calls(built(standard), tmp_path / "short"))
