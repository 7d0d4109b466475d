"""What is wrong with a SCORM 1.2 package: its schemas, and what the schemas let through.

The list of what they let through: CAM 1.2 section 2.3, and what LMSs were seen to do with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_MANIFEST = PurePosixPath("imsmanifest.xml")
_MANIFEST_LIMIT = 5_000_000
_LMS_TITLE = 255

Files = Mapping[PurePosixPath, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``code`` says what is wrong, ``where`` at which file, line or identifier."""

    code: str
    where: str


def findings(package: Files) -> tuple[Finding, ...]:
    """Everything wrong with the package that holds the files of ``package``, by path; nothing for a sound one."""
    if _MANIFEST not in package:
        return (Finding(code="manifest-missing", where=str(_MANIFEST)),)
    if len(package[_MANIFEST]) > _MANIFEST_LIMIT:
        return (Finding(code="manifest-too-large", where=str(_MANIFEST)),)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(package[_MANIFEST], parser)
    except etree.XMLSyntaxError as error:
        return (Finding(code="manifest-malformed", where=str(error.lineno)),)
    if root.getroottree().docinfo.doctype:
        return (Finding(code="manifest-doctype", where=str(_MANIFEST)),)
    return (*_schema(root), *_metadata(root), *_organizations(root), *_resources(root, package))


def _schema(root: etree._Element) -> Iterator[Finding]:
    schema = _compiled()
    if not schema.validate(root):
        for error in schema.error_log:
            yield Finding(code="schema", where=f"{error.line}: {error.message}")


@cache
def _compiled() -> etree.XMLSchema:
    """ADL's schema, which brings the packaging schema along.

    The metadata schema is left out: libxml2 cannot compile it, and metadata is optional.
    """
    with as_file(files("builder").joinpath("vendored", "xsd", "scorm12")) as folder:
        return etree.XMLSchema(file=str(folder / "adlcp_rootv1p2.xsd"))


def _metadata(root: etree._Element) -> Iterator[Finding]:
    if root.findtext(f"{{{_CP}}}metadata/{{{_CP}}}schema") != "ADL SCORM":
        yield Finding(code="schema-name", where="metadata/schema")
    if root.findtext(f"{{{_CP}}}metadata/{{{_CP}}}schemaversion") != "1.2":
        yield Finding(code="schema-version", where="metadata/schemaversion")


def _organizations(root: etree._Element) -> Iterator[Finding]:
    organizations = root.find(f"{{{_CP}}}organizations")
    if organizations is None or not len(organizations):
        yield Finding(code="organization-missing", where="organizations")
        return
    if organizations.get("default") not in {each.get("identifier") for each in organizations}:
        yield Finding(code="organization-default", where=organizations.get("default", ""))
    resources = {each.get("identifier"): each for each in root.iter(f"{{{_CP}}}resource")}
    for part in root.iter(f"{{{_CP}}}organization", f"{{{_CP}}}item"):
        title = part.findtext(f"{{{_CP}}}title") or ""
        name = part.get("identifier", "")
        if not title.strip():
            yield Finding(code="title-missing", where=name)
        if len(title) > _LMS_TITLE:
            yield Finding(code="title-too-long", where=name)
        wanted = part.get("identifierref")
        if wanted is not None and wanted not in resources:
            yield Finding(code="resource-unknown", where=wanted)
    for score in root.iter(f"{{{_ADL}}}masteryscore"):
        if not re.fullmatch(r"\d{1,3}(\.\d+)?", score.text or "") or float(score.text or 0) > 100:
            yield Finding(code="mastery-score", where=score.text or "")


def _resources(root: etree._Element, package: Files) -> Iterator[Finding]:
    listed: set[PurePosixPath] = set()
    identifiers = {each.get("identifier") for each in root.iter(f"{{{_CP}}}resource")}
    for resource in root.iter(f"{{{_CP}}}resource"):
        name = resource.get("identifier", "")
        if resource.get(f"{{{_ADL}}}scormtype") not in ("sco", "asset"):
            yield Finding(code="scorm-type", where=name)
        hrefs = [file.get("href", "") for file in resource.iter(f"{{{_CP}}}file")]
        launch = resource.get("href")
        if launch is None and resource.get(f"{{{_ADL}}}scormtype") == "sco":
            yield Finding(code="launch-missing", where=name)
        if launch is not None and launch not in hrefs:
            yield Finding(code="launch-unlisted", where=launch)
        for href in hrefs:
            if re.search(r"[\\\s]|^/|^[a-z]+:|%(?![0-9A-Fa-f]{2})", href) or ".." in href.split("/"):
                yield Finding(code="href", where=href)
                continue
            path = PurePosixPath(unquote(href))
            listed.add(path)
            if path not in package:
                yield Finding(code="file-missing", where=href)
        for dependency in resource.iter(f"{{{_CP}}}dependency"):
            if dependency.get("identifierref") not in identifiers:
                yield Finding(code="dependency-unknown", where=dependency.get("identifierref", ""))
    named = (root.get(f"{{{_XSI}}}schemaLocation") or "").split()[1::2]
    for name in named:
        if PurePosixPath(name) not in package:
            yield Finding(code="schema-missing", where=name)
    for path in sorted(package):
        if path not in listed and path != _MANIFEST and path.suffix not in (".xsd", ".dtd"):
            yield Finding(code="file-unlisted", where=str(path))
