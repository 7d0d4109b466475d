"""A package holds what it says, validates, and has the same bytes wherever it is made."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath

import pytest

from builder import pipeline
from builder.inspect.scorm12 import findings
from builder.package.zip import zipped
from builder.render.site import Site

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "sample"
COURSES = {
    "the course": (ROOT, "voorbeeldgemeente"),
    "the sample": (SAMPLE, "vol"),
    "an empty variant": (SAMPLE, "leeg"),
}


def site_of(root: Path, variant: str) -> Site:
    """The files of the SCORM 1.2 package of a course."""
    course = pipeline.examine(root).course
    return pipeline.build(course, pipeline.variant_of(course, variant), pipeline.FORMATS["scorm12"])


@pytest.fixture(scope="module", params=list(COURSES.values()), ids=list(COURSES))
def site(request: pytest.FixtureRequest) -> Site:
    return site_of(*request.param)


def test_the_package_is_sound(site: Site) -> None:
    assert findings(site) == ()


def test_names_are_plain(site: Site) -> None:
    assert all(re.fullmatch(r"[a-z0-9._/-]+", str(path)) for path in site)


def test_names_of_what_may_be_cached_carry_a_hash(site: Site) -> None:
    fixed = {"index.html", "imsmanifest.xml", "metadata.xml", "notices.txt"}
    for path in site:
        assert str(path) in fixed or path.suffix == ".xsd" or re.search(r"-[0-9a-f]{8}\.\w+$", str(path))


def test_the_page_holds_no_inline_script_style_or_address_elsewhere(site: Site) -> None:
    page = site[PurePosixPath("index.html")].decode()
    assert not re.search(r"<script(?![^>]*(\bsrc=|application/json))", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page)
    css = b"\n".join(content for path, content in site.items() if path.suffix == ".css").decode()
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//|data:", css)


def test_every_template_the_data_names_is_there(site: Site) -> None:
    page = site[PurePosixPath("index.html")].decode()
    data = json.loads(re.search(r'id="course">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    named = set(re.findall(r'"(?:template|debrief)": ?"([^"]+)"', json.dumps(data)))
    assert len(named) > len(data["scenarios"])
    assert named <= set(re.findall(r'<template id="([^"]+)"', page))


def test_trainers_notes_stay_out(site: Site) -> None:
    everything = b"\n".join(site.values()).decode("utf-8", "replace")
    for lesson in [*ROOT.glob("content/lessons/*.md"), *SAMPLE.glob("content/lessons/*.md")]:
        notes = re.findall(r"^##(?:##)? Trainer\n+(.+)$", lesson.read_text(encoding="utf-8"), re.MULTILINE)
        assert notes
        for note in notes:
            assert note[:40] not in everything


def test_a_zip_has_the_same_bytes_from_another_folder(tmp_path: Path) -> None:
    for name in ("content", "course"):
        shutil.copytree(SAMPLE / name, tmp_path / "elders" / name)
    assert zipped(site_of(SAMPLE, "vol")) == zipped(site_of(tmp_path / "elders", "vol"))


def test_a_zip_tells_no_time_and_no_machine() -> None:
    archive = zipfile.ZipFile(BytesIO(zipped(site_of(SAMPLE, "vol"))))
    entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.date_time, entry.create_system, entry.external_attr >> 16) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
    }


def test_what_a_municipality_has_not_filled_in_can_be_seen() -> None:
    page = site_of(SAMPLE, "leeg")[PurePosixPath("index.html")].decode()
    assert "de nazorgcoördinator <em>(nog in te vullen)</em>" in page
    assert "nazorg@vol.example" in site_of(SAMPLE, "vol")[PurePosixPath("index.html")].decode()


MANIFEST = """\
<manifest identifier="m" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>T</title>
    <item identifier="i" identifierref="r"><title>L</title></item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html">
    <file href="index.html"/></resource></resources>
</manifest>"""

BROKEN = {
    "no title": (("<title>T</title>", ""), "title-missing"),
    "a default that is not there": (('default="o"', 'default="x"'), "organization-default"),
    "an item to nowhere": (('identifierref="r"', 'identifierref="x"'), "resource-unknown"),
    "another version": ((">1.2<", ">2004 4th Edition<"), "schema-version"),
    "no schema name": (("<schema>ADL SCORM</schema>", ""), "schema-name"),
    "no type of resource": ((' adlcp:scormtype="sco"', ""), "scorm-type"),
    "a file that is not in the zip": (("</resource>", '<file href="x.js"/></resource>'), "file-missing"),
    "a launch page that is not listed": (('<file href="index.html"/>', ""), "launch-unlisted"),
    "a space in an address": (
        ('<file href="index.html"/>', '<file href="index.html"/><file href="a b"/>'),
        "href",
    ),
    "an address that climbs out": (
        ('<file href="index.html"/>', '<file href="index.html"/><file href="../x"/>'),
        "href",
    ),
    "a title no LMS can store": (("<title>T</title>", f"<title>{'T' * 199}</title>"), None),
    "a title longer than the standard": (
        ("<title>T</title>", f"<title>{'T' * 300}</title>"),
        "title-too-long",
    ),
    "an unknown element": (("<resources>", "<x/><resources>"), "schema"),
    "tags that do not match": (("</metadata>", "</metadat>"), "manifest-malformed"),
    "a document type": (
        ("<manifest ", "<!DOCTYPE manifest [<!ENTITY a 'b'>]><manifest "),
        "manifest-doctype",
    ),
    "a score that is no number": (
        ("<title>L</title>", "<title>L</title><adlcp:masteryscore>x</adlcp:masteryscore>"),
        "mastery-score",
    ),
}


@pytest.mark.parametrize(("change", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_the_lint_finds(change: tuple[str, str], code: str | None) -> None:
    broken = MANIFEST.replace(*change, 1)
    assert broken != MANIFEST
    found = {finding.code for finding in findings(_files(broken))}
    assert (code in found) if code else not found


def test_the_lint_finds_what_is_not_listed_or_missing() -> None:
    assert findings(_files(MANIFEST)) == ()
    assert [each.code for each in findings({**_files(MANIFEST), PurePosixPath("x.js"): b""})] == [
        "file-unlisted"
    ]
    assert [each.code for each in findings({})] == ["manifest-missing"]


def _files(manifest: str) -> dict[PurePosixPath, bytes]:
    return {PurePosixPath("imsmanifest.xml"): manifest.encode(), PurePosixPath("index.html"): b"<p>"}
