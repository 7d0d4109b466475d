"""A package as an LMS manager asks about it: what it is, what is wrong with it, and whether it will play."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import PurePosixPath

from lxml import etree

from builder.inspect import cmi5, moodle, scorm, scorm12, scorm2004, xml
from builder.inspect.archive import Archive
from builder.inspect.content import content
from builder.inspect.detect import Place, located
from builder.inspect.files import Index, names, target
from builder.inspect.finding import Code, Finding, Severity, finding, in_order, shown
from builder.inspect.lom import metadata
from builder.inspect.schema import invalid
from builder.inspect.scorm import Dialect, Manifest
from builder.inspect.xml import space, text_of

MOST_OF_A_KIND = 25
"""Findings with one code; what comes after them is counted and left out."""

_LOOKED_AT = 5_000  # findings after which a package is wrong enough

_VERSIONS = {
    "1.2": scorm12.DIALECT,
    "CAM 1.3": scorm2004.SECOND,
    "1.3": scorm2004.SECOND,
    "2004 2nd Edition": scorm2004.SECOND,
    "2004 3rd Edition": scorm2004.THIRD,
    "2004 4th Edition": scorm2004.FOURTH,
}

_SAID_BY_SCHEMA = {
    Code.IDENTIFIER_TWICE, Code.SCORM_TYPE, Code.SCORM_CASE, Code.TITLE_TOO_LONG, Code.TITLE_LONG, Code.VALUE_LONG,
    Code.THRESHOLD, Code.ORGANIZATION_MISSING, Code.ORGANIZATION_EMPTY, Code.OBJECTIVE_PRIMARY, Code.OBJECTIVE_TWICE,
    Code.TITLE_MISSING, Code.OBJECTIVE_NAMELESS, Code.VERSION_MIXED, Code.HREF_PERCENT,
}  # fmt: skip
"""What the schemas say too, at the same line and in words for programmers."""


_RANK = {severity: place for place, severity in enumerate(Severity)}


class Verdict(StrEnum):
    """What becomes of a package, from bad to good."""

    REFUSED = "refused"
    UNPLAYABLE = "unplayable"
    UNTRUE = "untrue"
    DOUBTFUL = "doubtful"
    CAREFUL = "careful"
    SOUND = "sound"


_REFUSED = {
    *(code for code in Code if code.startswith("zip-")), Code.MANIFEST_MISSING, Code.MANIFEST_CASE,
    Code.MANIFEST_FOLDER, Code.XML_MALFORMED, Code.XML_LARGE, Code.XML_ENTITY, Code.XML_ENCODING, Code.NOT_SCORM,
    Code.TITLE_TOO_LONG, Code.CMI5_ROOT,
}  # fmt: skip
_UNPLAYABLE = {
    Code.LAUNCH_MISSING, Code.LAUNCH_ABSENT, Code.LAUNCH_EXTERNAL, Code.ORGANIZATION_EMPTY, Code.ORGANIZATION_MISSING,
    Code.RESOURCE_UNKNOWN, Code.PAGE_SCRIPT, Code.PAGE_EMPTY, Code.NAME_BACKSLASH, Code.HREF_BACKSLASH, Code.HREF_CASE,
    Code.HREF_CLIMB, Code.HREF_LONG, Code.HREF_PERCENT, Code.WAY_NONE, Code.NAME_CONTROL, Code.NAME_LONG,
}  # fmt: skip
_UNTRUE = {
    Code.SCORM_TYPE, Code.MOODLE_AS_12, Code.MOODLE_PREFIX, Code.VERSION_MIXED, Code.REPORTS_NOT, Code.REPORTS_OTHER,
    Code.ITEM_ASSET,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """What an LMS opens: its title, and its address as the manifest has it."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """Everything known of a package. ``standard`` is "" where it follows none.

    ``size`` is in bytes as it lies on the disk. ``mastery`` is as the package writes it: 0 to 100 (1.2), -1 to 1
    (2004), 0 to 1 (cmi5), or "". ``more`` counts, by code, what was left out of ``findings``.
    """

    name: str
    size: int
    count: int
    standard: str = ""
    title: str = ""
    folder: str = ""
    launches: tuple[Launch, ...] = ()
    mastery: str = ""
    findings: tuple[Finding, ...] = ()
    more: tuple[tuple[Code, int], ...] = ()

    @property
    def verdict(self) -> Verdict:
        codes = {each.code for each in self.findings}
        for verdict, those in (
            (Verdict.REFUSED, _REFUSED),
            (Verdict.UNPLAYABLE, _UNPLAYABLE),
            (Verdict.UNTRUE, _UNTRUE),
        ):
            if codes & those:
                return verdict
        severities = {each.severity for each in self.findings}
        if Severity.ERROR in severities:
            return Verdict.DOUBTFUL
        return Verdict.CAREFUL if Severity.WARNING in severities else Verdict.SOUND

    def stops(self, strict: bool) -> bool:
        """Whether there is an error, or with ``strict`` a warning."""
        return any(
            each.severity is Severity.ERROR or (strict and each.severity is Severity.WARNING)
            for each in self.findings
        )


def inspected(archive: Archive) -> Inspection:
    """Everything there is to tell of the package ``archive``."""
    place = located(archive)
    known = Inspection(
        name=shown(archive.name), size=archive.size, count=len(archive.files), folder=shown(place.folder)
    )
    found = [*archive.findings, *place.findings, *names(archive.files, archive.size)]
    if not place.manifest:
        return _with(known, found)
    document = xml.parsed(place.manifest, place.files[PurePosixPath(place.manifest)])
    found += document.findings
    if document.root is None:
        return _with(known, found)
    if place.cmi5:
        return _cmi5(known, found, place, document.root)
    return _scorm(known, found, place, document.root)


def of_files(files: Mapping[PurePosixPath, bytes]) -> Inspection:
    """The same of files that lie in no zip or folder yet; their size counts as it is."""
    return inspected(Archive(name="", files=files, size=sum(map(len, files.values()))))


def _scorm(known: Inspection, found: list[Finding], place: Place, root: etree._Element) -> Inspection:
    dialect, of_version = _dialect(root, place.manifest)
    found += of_version
    if dialect is None:
        return _with(known, found)
    manifest = Manifest(path=place.manifest, root=root, dialect=dialect, index=Index(place.files))
    ours = list(
        islice(
            (
                finding_
                for rules in (
                    scorm.shared(manifest),
                    scorm12.only(manifest) if dialect.is_12 else scorm2004.only(manifest),
                    moodle.moodle(manifest),
                    metadata(manifest),
                    content(manifest.index, _pages(manifest), "SCORM 1.2" if dialect.is_12 else "SCORM 2004"),
                )
                for finding_ in rules
            ),
            _LOOKED_AT,
        )
    )
    told = {(each.path, each.line) for each in (*ours, *of_version) if each.code in _SAID_BY_SCHEMA}
    found += ours
    if len(ours) < _LOOKED_AT:
        by_schema = invalid(root, dialect.schemas, place.manifest)
        found += (each for each in by_schema if (each.path, each.line) not in told)
    organization = next(manifest.every("organization"), None)
    launched = [
        (item, resource) for item, resource in manifest.launched() if manifest.kind(resource) != "asset"
    ]
    scores = (
        [text_of(each) for each in root.iter(f"{{{dialect.adlcp}}}masteryscore")]
        if dialect.is_12
        else scorm2004.passing(manifest)
    )
    inspection = replace(
        known,
        standard=dialect.name,
        title=shown(manifest.title(organization)) if organization is not None else "",
        launches=tuple(
            _launch(manifest.title(item), manifest.base(resource) + resource.get("href", ""))
            for item, resource in launched
        ),
        mastery=shown(scores[0]) if scores else "",
    )
    return _with(inspection, found)


def _launch(title: str, href: str) -> Launch:
    return Launch(title=shown(title), href=shown(href))


def _dialect(root: etree._Element, path: str) -> tuple[Dialect | None, list[Finding]]:
    """The edition that a manifest says it follows, or else the one that its namespace tells."""
    spaces = {scorm12.DIALECT.cp: scorm12.DIALECT, scorm2004.FOURTH.cp: scorm2004.FOURTH}
    of_space = spaces.get(space(root))
    if etree.QName(root).localname != "manifest" or of_space is None:
        return None, [
            finding(Code.NOT_SCORM, path, element=f"<{xml.local(root)}>", namespace=space(root) or "–")
        ]
    at = Manifest(path=path, root=root, dialect=of_space, index=Index({})).at
    found = []
    within = root.find(f"{{{of_space.cp}}}metadata")
    schema, version = (
        None if within is None else within.find(f"{{{of_space.cp}}}{name}")
        for name in ("schema", "schemaversion")
    )
    if text_of(schema) != "ADL SCORM":
        found.append(
            at(
                Code.SCHEMA_NAME,
                root if schema is None else schema,
                name="schema",
                value=text_of(schema) or "–",
            )
        )
    said = text_of(version)
    dialect = _VERSIONS.get(said)
    place = root if version is None else version
    if not said:
        found.append(at(Code.VERSION_MISSING, place, name="schemaversion", right=of_space.version))
    elif dialect is None:
        found.append(
            at(Code.VERSION_UNKNOWN, place, name="schemaversion", version=said, right=of_space.version)
        )
    elif dialect.cp != of_space.cp:
        found.append(at(Code.VERSION_MIXED, place, name="schemaversion", version=said, other=of_space.name))
    elif version is not None and version.text != said:
        found.append(at(Code.VERSION_SPACE, place, name="schemaversion", version=said))
    return (dialect if dialect is not None and dialect.cp == of_space.cp else of_space), found


def _pages(manifest: Manifest) -> dict[PurePosixPath, str]:
    """The pages of the SCOs, with the names of their items."""
    pages = {}
    for item, resource in manifest.launched():
        path = target(resource.get("href", ""), manifest.base(resource)).path
        if path is not None:
            pages[manifest.index.near(path) or path] = item.get("identifier", "")
    return pages


def _cmi5(known: Inspection, found: list[Finding], place: Place, root: etree._Element) -> Inspection:
    whole = cmi5.Structure(path=place.manifest, root=root, index=Index(place.files))
    found += islice(cmi5.structure(whole), _LOOKED_AT)
    units = [(unit, text_of(unit.find(f"{{{cmi5.NAMESPACE}}}url"))) for unit in whole.every("au")]
    pages = {path: unit.get("id", "") for unit, href in units if (path := target(href).path) is not None}
    found += content(whole.index, pages, "cmi5")
    course = next(whole.every("course"), None)
    inspection = replace(
        known,
        standard="cmi5",
        title=shown(whole.text(course, "title")) if course is not None else "",
        launches=tuple(_launch(whole.text(unit, "title"), href) for unit, href in units),
        mastery=shown(next((score for unit, _ in units if (score := unit.get("masteryScore"))), "")),
    )
    return _with(inspection, found)


def _with(known: Inspection, found: Iterable[Finding]) -> Inspection:
    """``known`` with ``found``, the gravest first, and no more of a kind than a person wants to read."""
    kept: list[Finding] = []
    count: defaultdict[Code, int] = defaultdict(int)
    grave = (_REFUSED, _UNPLAYABLE, _UNTRUE)
    ordered = sorted(
        in_order(found),
        key=lambda each: (
            _RANK[each.severity],
            next((n for n, of in enumerate(grave) if each.code in of), len(grave)),
        ),
    )
    for each in ordered:
        count[each.code] += 1
        if count[each.code] <= MOST_OF_A_KIND:
            kept.append(each)
    more = tuple((code, number - MOST_OF_A_KIND) for code, number in count.items() if number > MOST_OF_A_KIND)
    return replace(known, findings=tuple(kept), more=more)
