"""A package with a SCO for each lesson: the same lessons and codes, each with a record of its own."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree, html

from builder import pipeline
from builder.cli import FINE, cli
from builder.inspect.finding import Code
from builder.inspect.package import of_files
from builder.model.course import ActionPlan, Course, Question
from builder.model.text import Prose
from builder.package.sco import by_lesson
from builder.package.zip import zipped
from builder.render.site import Site
from builder.summary import told_apart
from tests.courses import FEW, ROOT, course_of, linked

FORMATS = sorted(name for name, standard in pipeline.FORMATS.items() if standard.lessons)


def settled(course: Course, **settings: Any) -> Course:
    """``course`` with other settings."""
    return replace(course, settings=replace(course.settings, **settings))


def course() -> Course:
    """Lessons of one package, and of a course that has more."""
    return course_of(ROOT, FEW)


@cache
def site(sco: str, name: str = "scorm12") -> Site:
    made = settled(course(), sco=sco)
    return pipeline.build(made, made.variants[0], pipeline.FORMATS[name])


def pages(of: Site) -> dict[str, bytes]:
    return {str(path): content for path, content in of.items() if path.suffix == ".html"}


def data(page: bytes) -> Mapping[str, Any]:
    found = re.search(r'id="course">(.*?)</script>', page.decode(), re.DOTALL)
    assert found
    read: Mapping[str, Any] = json.loads(found[1])
    return read


def test_every_lesson_is_a_page_over_the_same_files() -> None:
    per_lesson, whole = site("lesson"), site("course")
    assert sorted(pages(per_lesson)) == sorted(f"les-{lesson.key}.html" for lesson in course().lessons)
    about = {PurePosixPath("imsmanifest.xml"), PurePosixPath("metadata.xml")}
    own = {PurePosixPath(path) for path in pages(per_lesson)} | about
    files = {path: content for path, content in per_lesson.items() if path not in own}
    assert files == {path: whole[path] for path in files}
    assert set(whole) - set(files) == {PurePosixPath("index.html")} | about


def test_keys_and_codes_of_a_lesson_are_those_of_the_whole_course() -> None:
    whole = data(site("course")[PurePosixPath("index.html")])
    for lesson in whole["lessons"]:
        alone = data(site("lesson")[PurePosixPath(f"les-{lesson['key']}.html")])
        bare = json.loads(
            re.sub(r'"template":"[^"]*"', '"template":""', json.dumps(alone, separators=(",", ":")))
        )
        assert [(each["key"], each["code"], each["number"]) for each in bare["lessons"]] == [
            (lesson["key"], lesson["code"], lesson["number"])
        ]
        codes = [(step["kind"], step["key"], step["code"]) for step in lesson["steps"]]
        assert [(step["kind"], step["key"], step["code"]) for step in alone["lessons"][0]["steps"]] == codes
        assert alone["sco"] == lesson["key"]
        for key, scenario in alone["scenarios"].items():
            same = whole["scenarios"][key]
            assert scenario["code"] == same["code"]
            for own, other in zip(scenario["scenes"], same["scenes"], strict=True):
                assert (own["key"], own["code"], own["report"]) == (
                    other["key"],
                    other["code"],
                    other["report"],
                )
                assert [(c["key"], c["code"]) for c in own["choices"]] == [
                    (c["key"], c["code"]) for c in other["choices"]
                ]
        for key, reflection in alone["reflections"].items():
            assert reflection == whole["reflections"][key]
    assert "sco" not in whole


def test_a_page_stays_what_it_is_when_lessons_move_or_are_retitled() -> None:
    made = course()
    moved = replace(
        made, lessons=tuple(replace(lesson, title=f"{lesson.title}!") for lesson in reversed(made.lessons))
    )
    assert sorted((each.key, each.page) for each in by_lesson(moved)) == sorted(
        (each.key, each.page) for each in by_lesson(made)
    )


@pytest.mark.parametrize(
    ("key", "page"),
    [("start", "les-start.html"), ("één", r"les-een-[0-9a-f]{6}\.html"), ("你好", r"les-[0-9a-f]{6}\.html")],
)
def test_a_page_has_a_plain_name_of_its_own(key: str, page: str) -> None:
    made = course()
    (sco,) = by_lesson(replace(made, lessons=(replace(made.lessons[0], key=key),)))
    assert re.fullmatch(page, str(sco.page))
    assert re.fullmatch(r"[a-z0-9-]+", sco.key)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name == "scorm12" else pytest.mark.slow) for name in FORMATS]
)
def test_the_same_bytes_every_time(name: str) -> None:
    made = settled(linked(ROOT, FEW), sco="lesson")
    assert zipped(site("lesson", name)) == zipped(
        pipeline.build(made, made.variants[0], pipeline.FORMATS[name])
    )


@pytest.mark.parametrize("name", FORMATS)
def test_the_package_is_sound(name: str) -> None:
    inspection = of_files(site("lesson", name))
    assert {each.code for each in inspection.findings} <= {Code.MOODLE_SEVERAL}  # good to know, no fault
    assert [each.href for each in inspection.launches] == [
        f"les-{lesson.key}.html" for lesson in course().lessons
    ]


def test_the_lms_lists_the_lessons_by_name() -> None:
    manifest = etree.fromstring(site("lesson")[PurePosixPath("imsmanifest.xml")])
    assert [each.text for each in manifest.findall(".//{*}item/{*}title")] == [
        lesson.title for lesson in course().lessons
    ]
    launched = [
        each.get("href")
        for each in manifest.iter("{*}resource")
        if each.get("{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype") == "sco"
    ]
    assert launched == [f"les-{lesson.key}.html" for lesson in course().lessons]


def test_a_lesson_alone_says_what_it_is_and_where_to_go_on() -> None:
    for lesson in course().lessons:
        page = html.document_fromstring(site("lesson")[PurePosixPath(f"les-{lesson.key}.html")].decode())
        screen = page.get_element_by_id("contents-screen")
        assert screen.findtext(".//h1") == lesson.title
        words = " ".join(screen.text_content().split())
        assert "ga in het leersysteem verder met de volgende les" in words
        assert "alle lessen" not in words
        heads = {each.text_content() for each in page.find_class("owl-head")[0].find_class("owl-kicker")}
        assert heads == {f"Les {lesson.number}: {lesson.title}"}


def test_a_lesson_without_questions_has_no_score() -> None:
    made = settled(course(), sco="lesson", score=True, mastery=70)
    for each in by_lesson(made):
        has = any(isinstance(block, Question) for block in each.course.lessons[0].blocks)
        assert (each.course.settings.score, each.course.settings.mastery) == (
            (True, 70) if has else (False, None)
        )


def test_the_command_writes_it_and_says_what_is_lost(tmp_path: Path) -> None:
    root = tmp_path / "few"
    for name in ("content", "course"):
        shutil.copytree(ROOT / name, root / name)
    for path in sorted((root / "content" / "lessons").iterdir())[FEW:]:
        path.unlink()
    shutil.rmtree(root / "content" / "scenarios")
    arguments = ["build", str(root), "--format", "scorm12", "--sco", "lesson", "--out", str(tmp_path)]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.return_value == FINE
    made = settled(linked(root), sco="lesson")
    package = pipeline.build(made, made.variants[0], pipeline.FORMATS["scorm12"])
    folder = tmp_path / course().variants[0].key
    assert (folder / "onder-de-waterlijn-scorm12-per-les.zip").read_bytes() == zipped(package)
    assert "Lessen weten niets van elkaar." in result.output
    manual = (folder / pipeline.MANUAL).read_text(encoding="utf-8")
    assert "onder-de-waterlijn-scorm12-per-les.zip" in manual
    assert "Elke les een eigen onderdeel" in manual
    assert (
        "Elke les een eigen onderdeel"
        not in pipeline.papers(course(), course().variants[0])[pipeline.MANUAL].decode()
    )


def test_a_plan_of_one_lesson_is_told_to_show_no_other() -> None:
    made = course()
    planned = replace(
        made.lessons[0], blocks=(*made.lessons[0].blocks, ActionPlan(prose=Prose(markdown="Plan.")))
    )
    with_plan = settled(replace(made, lessons=(planned, *made.lessons[1:])), sco="lesson")
    lines = told_apart(with_plan, ["scorm12"], "nl")
    assert [f'"{planned.title}"' in line for line in lines] == [False, True]
    assert told_apart(settled(with_plan, sco="course"), ["scorm12"], "nl") == []
