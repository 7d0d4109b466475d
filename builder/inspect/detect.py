"""Which standard a package follows, and where in it the manifest stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder.inspect.archive import Archive
from builder.inspect.finding import Code, Finding, finding

SCORM = "imsmanifest.xml"
CMI5 = "cmi5.xml"

_OTHERS = {
    "tincan.xml": "xapi", "h5p.json": "h5p", "course.au": "aicc", "course.crs": "aicc", "moodle_backup.xml": "moodle",
    "imscp_v1p1.xsd": "scorm-part", "adlcp_rootv1p2.xsd": "scorm-part", "index.html": "web", "index.htm": "web",
    "[content_types].xml": "office", "meta-inf/container.xml": "epub",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``files`` are those in the folder of the manifest, by their path from there; ``manifest`` is its name.

    ``manifest`` is "" where there is none, ``folder`` is "" where it stands at the root, as it should.
    """

    files: Mapping[PurePosixPath, bytes]
    manifest: str = ""
    cmi5: bool = False
    folder: str = ""
    findings: tuple[Finding, ...] = ()


def located(archive: Archive) -> Place:
    """Where the manifest of ``archive`` is: at the root, in other letters, in a folder, or nowhere."""
    if not archive.files:
        return Place(files={})
    for wanted in (SCORM, CMI5):
        named = sorted(
            (
                path
                for path in archive.files
                if path.name.casefold() == wanted and "__MACOSX" not in path.parts
            ),
            key=lambda path: (len(path.parts), path.name != wanted, path),
        )
        if named:
            return _at(archive, named[0], wanted)
    names = {str(path).casefold(): path for path in archive.files}
    inside = next((path for path in sorted(archive.files) if path.suffix.casefold() == ".zip"), None)
    if inside is not None:
        return Place(files=archive.files, findings=(finding(Code.ZIP_INSIDE, inside),))
    kind = next((kind for name, kind in _OTHERS.items() if name in names), "other")
    return Place(files=archive.files, findings=(finding(Code.MANIFEST_MISSING, archive.name, kind=kind),))


def _at(archive: Archive, path: PurePosixPath, wanted: str) -> Place:
    found = []
    if path.name != wanted:
        found.append(finding(Code.MANIFEST_CASE, path, name=wanted))
    folder = path.parent
    if folder.parts:
        found.append(finding(Code.MANIFEST_FOLDER, path, folder=f"{folder}/", name=path.name))
        files = {
            each.relative_to(folder): content
            for each, content in archive.files.items()
            if each.is_relative_to(folder)
        }
    else:
        files = dict(archive.files)
    if wanted == SCORM and PurePosixPath(CMI5) in files:
        found.append(finding(Code.STANDARD_BOTH, CMI5))
    return Place(
        files=files,
        manifest=path.name,
        cmi5=wanted == CMI5,
        folder=str(folder) if folder.parts else "",
        findings=tuple(found),
    )
