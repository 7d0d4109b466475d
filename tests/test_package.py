"""A package holds what it says, validates, and has the same bytes wherever it is made."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from builder import cli, pipeline
from builder.diagnostics import BuilderError
from builder.inspect.package import of_files
from builder.lms.manifest import read_manifest
from builder.package.zip import write_folder, zipped
from builder.render.site import Site
from tests.courses import ROOT, SAMPLE, course_of, site_of

FORMATS = tuple(pipeline.FORMATS)
SCORM = ("scorm12", "scorm2004", "scorm2004-3rd")
SITES = {
    "the course": (ROOT, "voorbeeldgemeente", "scorm12"),
    "an empty variant": (SAMPLE, "leeg", "scorm12"),
    **{name: (SAMPLE, "vol", name) for name in FORMATS},
}
SCHEMAS = (".xsd", ".dtd")


@pytest.fixture(scope="module", params=list(SITES.values()), ids=list(SITES))
def site(request: pytest.FixtureRequest) -> Site:
    return site_of(*request.param)


@pytest.mark.parametrize("which", [each for each in SITES if SITES[each][2] != "web"])
def test_the_package_is_sound(which: str) -> None:
    root, variant, name = SITES[which]
    inspection = of_files(site_of(root, variant, name))
    assert inspection.findings == ()
    assert inspection.title == course_of(root).settings.title


def test_every_format_of_the_pipeline_can_be_asked_for() -> None:
    assert cli.FORMATS == FORMATS


@cache
def scored(name: str, mastery: int | None) -> Site:
    """The small course with a score to pass, or without."""
    course = course_of(SAMPLE)
    settings = replace(course.settings, score=mastery is not None, mastery=mastery)
    course = replace(course, settings=settings)
    return pipeline.build(course, pipeline.variant_of(course, "vol"), pipeline.FORMATS[name])


def manifest_of(name: str, mastery: int | None = None) -> etree._Element:
    site = scored(name, mastery)
    return etree.fromstring(site[PurePosixPath("imsmanifest.xml")])


def schema_pairs(manifest: etree._Element) -> dict[str, str]:
    words = manifest.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", "").split()
    return dict(zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize("mastery", [None, 70])
@pytest.mark.parametrize("name", SCORM)
def test_a_manifest_is_valid_by_the_schemas_in_its_own_package(
    name: str, mastery: int | None, tmp_path: Path
) -> None:
    site = scored(name, mastery)
    for path, content in site.items():
        if path.suffix in SCHEMAS:
            (tmp_path / path).write_bytes(content)
    manifest = manifest_of(name, mastery)
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{(tmp_path / file).as_uri()}"/>'
        for space, file in schema_pairs(manifest).items()
    )
    whole = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    etree.XMLSchema(etree.fromstring(whole)).assertValid(manifest)


@pytest.mark.parametrize("name", SCORM)
def test_a_manifest_names_every_file_once_and_every_schema_is_at_the_root(name: str) -> None:
    site, manifest = site_of(SAMPLE, "vol", name), manifest_of(name)
    hrefs = [each.get("href", "") for each in manifest.iter("{*}file")]
    assert sorted(hrefs) == sorted(
        str(path) for path in site if path.suffix not in SCHEMAS and str(path) != "imsmanifest.xml"
    )
    assert all(PurePosixPath(file) in site for file in schema_pairs(manifest).values())
    schemas = [path for path in site if path.suffix in SCHEMAS]
    assert {path.parent for path in schemas} == {PurePosixPath()}
    for path in schemas:  # nothing is fetched: what a schema brings along is there too
        named = re.findall(rb'schemaLocation\s*=\s*"([^"]+)"|SYSTEM\s+"([^"]+)"', site[path])
        for each in {(one or other).decode() for one, other in named}:
            assert "://" in each or PurePosixPath(each) in site, (path, each)


def test_editions_are_told_as_lms_read_them() -> None:
    """Moodle takes anything but these exact words for SCORM 1.2, and any other prefix than adlcp for an asset."""
    for name, version in {
        "scorm12": "1.2",
        "scorm2004": "2004 4th Edition",
        "scorm2004-3rd": "2004 3rd Edition",
    }.items():
        manifest = manifest_of(name)
        assert manifest.findtext("{*}metadata/{*}schemaversion") == version
        kind = "adlcp:scormtype" if name == "scorm12" else "adlcp:scormType"
        assert f'{kind}="sco"' in etree.tostring(manifest).decode()
        assert read_manifest(etree.tostring(manifest)).standard == name
        organizations = manifest.find("{*}organizations")
        assert organizations is not None
        assert organizations.get("default") == organizations[0].get("identifier")


def test_an_lms_finds_the_score_from_which_one_passes_and_what_completes() -> None:
    for name in SCORM:
        for mastery in (None, 70):
            sco = read_manifest(etree.tostring(manifest_of(name, mastery))).scos[0]
            first, second = ("70", "") if name == "scorm12" else ("", "0.7")
            wanted = (first, second) if mastery else ("", "")
            assert (sco.mastery_score, sco.scaled_passing_score) == wanted
            assert sco.completion_threshold == ("" if name == "scorm12" else "1.0")


@pytest.mark.parametrize("name", SCORM[1:])
def test_the_2004_lms_judges_only_by_what_is_told_and_shares_nothing(name: str) -> None:
    manifest = manifest_of(name, 70)
    delivery = manifest.find(".//{*}item/{*}sequencing/{*}deliveryControls")
    assert delivery is not None
    assert set(delivery.attrib.items()) == {
        ("completionSetByContent", "true"),
        ("objectiveSetByContent", "true"),
    }
    organization = manifest.find(".//{*}organization")
    assert organization is not None
    assert organization.get("{http://www.adlnet.org/xsd/adlseq_v1p3}objectivesGlobalToSystem") == "false"
    control = organization.find("{*}sequencing/{*}controlMode")
    assert control is not None
    assert (control.get("flow"), control.get("choice")) == ("true", "true")


def test_names_are_plain(site: Site) -> None:
    assert all(re.fullmatch(r"[a-z0-9._/-]+|XMLSchema\.dtd", str(path)) for path in site)


def test_names_of_what_may_be_cached_carry_a_hash(site: Site) -> None:
    fixed = {"index.html", "imsmanifest.xml", "cmi5.xml", "metadata.xml", "notices.txt"}
    for path in site:
        assert str(path) in fixed or path.suffix in SCHEMAS or re.search(r"-[0-9a-f]{8}\.\w+$", str(path))


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


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elders")
    for name in ("content", "course"):
        shutil.copytree(SAMPLE / name, folder / name)
    return folder


@pytest.mark.parametrize("name", FORMATS)
def test_a_zip_has_the_same_bytes_from_another_folder(name: str, elsewhere: Path) -> None:
    assert zipped(site_of(SAMPLE, "vol", name)) == zipped(site_of(elsewhere, "vol", name))


@pytest.mark.parametrize("name", FORMATS)
def test_a_zip_tells_no_time_and_no_machine(name: str) -> None:
    archive = zipfile.ZipFile(BytesIO(zipped(site_of(SAMPLE, "vol", name))))
    entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.date_time, entry.create_system, entry.external_attr >> 16) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
    }


def test_what_a_municipality_has_not_filled_in_can_be_seen() -> None:
    page = site_of(SAMPLE, "leeg")[PurePosixPath("index.html")].decode()
    assert "de nazorgcoördinator <em>(nog in te vullen)</em>" in page
    assert "nazorg@vol.example" in site_of(SAMPLE, "vol")[PurePosixPath("index.html")].decode()


def test_a_folder_is_replaced_whole_and_nothing_else_is_touched(tmp_path: Path) -> None:
    site = site_of(SAMPLE, "vol", "web")
    folder = tmp_path / "vol" / "web"
    beside = tmp_path / "vol" / "ander.txt"
    assert write_folder(site, folder) == sum(map(len, site.values()))
    beside.write_text("blijft")
    stale = folder / "assets" / "player-local-00000000.js"
    stale.write_text("van een eerdere build")
    (folder / ".DS_Store").write_text("")
    write_folder(site, folder)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
    assert found == {str(path): content for path, content in site.items()}
    assert sorted(path.name for path in folder.parent.iterdir()) == ["ander.txt", "web"]


@pytest.mark.parametrize("name", ["mijn.html", ".git/config", "assets/eigen.css"])
def test_a_folder_with_something_of_another_is_left_alone(name: str, tmp_path: Path) -> None:
    site = site_of(SAMPLE, "vol", "web")
    write_folder(site, tmp_path / "web")
    other = tmp_path / "web" / name
    other.parent.mkdir(exist_ok=True)
    other.write_text("van een ander")
    with pytest.raises(BuilderError) as told:
        write_folder(site, tmp_path / "web")
    assert told.value.code == "not-ours"
    assert other.read_text() == "van een ander"


def test_a_folder_that_is_a_link_or_a_file_is_left_alone(tmp_path: Path) -> None:
    site = site_of(SAMPLE, "vol", "web")
    target = tmp_path / "server"
    target.mkdir()
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "file").write_text("x")
    for name in ("link", "file"):
        with pytest.raises(BuilderError):
            write_folder(site, tmp_path / name)
    assert list(target.iterdir()) == []
    assert (tmp_path / "file").read_text() == "x"


def test_a_folder_that_cannot_be_written_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_of(SAMPLE, "vol", "web")
    write_folder(site, tmp_path / "web")
    replace_path = Path.replace

    def fails_at_the_last(self: Path, target: Path) -> Path:
        if self.name == "made":
            raise OSError("vol")
        return replace_path(self, target)

    monkeypatch.setattr(Path, "replace", fails_at_the_last)
    with pytest.raises(BuilderError) as told:
        write_folder(site, tmp_path / "web")
    assert told.value.code == "cannot-write"
    assert (tmp_path / "web" / "index.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["web"]
