"""The course structure of a cmi5 package: what an LMS reads of a course before anybody plays it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest
from lxml import etree

from builder import pipeline
from builder.model.course import Course
from builder.package.cmi5 import SAVE, iri, structure
from builder.package.sco import Sco

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "sample"
SCOS = (("proef", "Proef & meer", "index.html"), ("les-2", "Les 2", "les-02.html"))


@pytest.fixture(scope="module")
def course() -> Course:
    return pipeline.examine(SAMPLE).course


def read(course: Course, **settings: object) -> etree._Element:
    changed = replace(course, settings=replace(course.settings, **settings))  # type: ignore[arg-type]
    scos = tuple(
        Sco(key=key, title=title, page=PurePosixPath(page), course=changed) for key, title, page in SCOS
    )
    return etree.fromstring(structure(changed, changed.variants[0], scos))


def units(root: etree._Element) -> list[etree._Element]:
    return list(root.iter("{*}au"))


def words(element: etree._Element, tag: str) -> str:
    found = element.find(f"{{*}}{tag}/{{*}}langstring")
    assert found is not None
    assert found.get("lang") == "nl"
    return found.text or ""


def test_the_structure_lists_what_is_launched(course: Course) -> None:
    root = read(course, description="")
    assert etree.QName(root).namespace == "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
    whole, *rest = root
    assert words(whole, "title") == words(whole, "description") == course.settings.title
    assert [unit.findtext("{*}url") for unit in rest] == ["index.html", "les-02.html"]
    assert [words(unit, "title") for unit in rest] == ["Proef & meer", "Les 2"]
    assert [[etree.QName(child).localname for child in unit] for unit in rest] == [
        ["title", "description", "url"]
    ] * 2


@pytest.mark.parametrize(
    ("settings", "move_on", "mastery"),
    [
        ({"report": "completed"}, "Completed", None),
        ({"report": "passed"}, "Passed", None),
        ({"score": True}, "Completed", None),
        ({"score": True, "mastery": 70}, "Passed", "0.7"),
        ({"score": True, "mastery": 100}, "Passed", "1"),
        ({"score": True, "mastery": 0}, "Passed", "0"),
    ],
)
def test_one_moves_on_by_the_settings_of_the_course(
    course: Course, settings: dict[str, object], move_on: str, mastery: str | None
) -> None:
    for unit in units(read(course, **settings)):
        assert (unit.get("moveOn"), unit.get("masteryScore")) == (move_on, mastery)


@pytest.mark.parametrize("given", ["", "https://leren.zuiderstad.nl/cursus"])
def test_names_are_absolute_all_different_and_the_same_in_every_version(course: Course, given: str) -> None:
    settings = replace(course.settings, iri=given)
    names = {
        iri(settings, variant, *rest)
        for variant in course.variants
        for rest in ((), *((key,) for key, _, _ in SCOS))
    }
    assert len(names) == 3 * len(course.variants)
    for name in names:
        assert urlsplit(name).scheme
        assert re.fullmatch(r"[!-~]+", name)
        assert name.startswith(f"{given}/" if given else "urn:uuid:")
    later = replace(settings, version="9.9", title="Anders")
    assert iri(later, course.variants[0]) in names


def test_the_package_holds_the_client_before_its_player(course: Course) -> None:
    site = pipeline.build(course, course.variants[0], pipeline.FORMATS["cmi5"])
    scripts = re.findall(
        r'<script[^>]* src="assets/([a-z0-9-]+?)-[0-9a-f]{8}\.js"', site[PurePosixPath("index.html")].decode()
    )
    assert scripts == ["library", "cmi5", "player-cmi5", "looking-back"]
    assert f'"limit": {SAVE}'.replace(" ", "") in site[PurePosixPath("index.html")].decode().replace(" ", "")
    assert PurePosixPath("cmi5.xml") in site
    assert PurePosixPath("imsmanifest.xml") not in site
