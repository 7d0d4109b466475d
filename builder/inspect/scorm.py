"""What SCORM 1.2 and 2004 ask of a manifest alike: metadata, organizations, items, resources and files.

The rules: CAM 1.2 section 2.3; for 2004 the application profiles of CAM section 3.5 and ADL's own package checker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from builder.inspect.files import LONGEST, Index, is_junk, present, target
from builder.inspect.finding import Code, Finding, finding
from builder.inspect.xml import local, text_of

XML = "http://www.w3.org/XML/1998/namespace"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TITLE = 200
_MOODLE_TITLE = 255
_LENGTHS = {"version": 20, "href": 2000, "parameters": 1000, "type": 1000}
_CONTROL = (".xsd", ".dtd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one edition spells what they share. ``schemas`` is its folder in ``builder/vendored/xsd``."""

    name: str
    version: str
    cp: str
    adlcp: str
    scorm_type: str
    schemas: str

    @property
    def is_12(self) -> bool:
        return self.schemas == "scorm12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest that could be read, the name of its file, and the package round it."""

    path: str
    root: etree._Element
    dialect: Dialect
    index: Index

    def every(self, *names: str) -> Iterator[etree._Element]:
        """All elements of the packaging namespace with one of ``names``, in order."""
        return self.root.iter(*(f"{{{self.dialect.cp}}}{name}" for name in names))

    def child(self, parent: etree._Element, name: str) -> etree._Element | None:
        return parent.find(f"{{{self.dialect.cp}}}{name}")

    def children(self, parent: etree._Element, name: str) -> list[etree._Element]:
        return parent.findall(f"{{{self.dialect.cp}}}{name}")

    def title(self, part: etree._Element) -> str:
        return text_of(self.child(part, "title"))

    def kind(self, resource: etree._Element) -> str:
        """What a resource says it is ("sco", "asset"), in either spelling of the attribute; "" where it does not."""
        for name in ("scormtype", "scormType"):
            if value := resource.get(f"{{{self.dialect.adlcp}}}{name}"):
                return value.strip().lower()
        return ""

    def resources(self) -> dict[str, etree._Element]:
        return {each.get("identifier", ""): each for each in self.every("resource")}

    def launched(self) -> list[tuple[etree._Element, etree._Element]]:
        """Each item that launches something, with the resource that it launches."""
        known = self.resources()
        return [
            (item, known[item.get("identifierref", "")])
            for item in self.every("item")
            if item.get("identifierref") in known
        ]

    def base(self, resource: etree._Element) -> str:
        """What ``xml:base`` of the resource and of all round it puts before its addresses."""
        round_it = [resource, *resource.iterancestors()]
        return "".join(each.get(f"{{{XML}}}base", "")[:LONGEST] for each in reversed(round_it))

    def at(self, code: Code, element: etree._Element, name: str = "", **values: object) -> Finding:
        """A finding at the place of ``element``."""
        line = element.sourceline if isinstance(element.sourceline, int) else 0
        shown = name or element.get("identifier") or f"<{local(element)}>"
        return finding(code, self.path, line, shown, **values)


def shared(manifest: Manifest) -> Iterator[Finding]:
    """Everything wrong with ``manifest`` that both standards would call wrong."""
    yield from _identifiers(manifest)
    yield from _organizations(manifest)
    known = manifest.resources()
    for resource in manifest.every("resource"):
        yield from _resource(manifest, resource, known)
    yield from _lengths(manifest)
    yield from _schemas(manifest)
    yield from _unlisted(manifest)


def _identifiers(manifest: Manifest) -> Iterator[Finding]:
    parts = list(manifest.every("manifest", "organization", "item", "resource"))
    count = Counter(part.get("identifier") for part in parts)
    seen = set()
    for part in parts:
        name = part.get("identifier")
        if name is not None and count[name] > 1 and name in seen:
            yield manifest.at(Code.IDENTIFIER_TWICE, part, name=name)
        seen.add(name)
    for part in parts[1:]:
        if local(part) == "manifest":
            yield manifest.at(Code.MANIFEST_NESTED, part)


def _organizations(manifest: Manifest) -> Iterator[Finding]:
    whole = manifest.child(manifest.root, "organizations")
    each = [] if whole is None else manifest.children(whole, "organization")
    if whole is None or not each:
        yield manifest.at(Code.ORGANIZATION_MISSING, manifest.root, name="organizations")
        return
    default = whole.get("default")
    if default not in {one.get("identifier") for one in each}:
        yield manifest.at(Code.ORGANIZATION_DEFAULT, whole, wanted=default or "")
    if len(each) > 1:
        yield manifest.at(Code.ORGANIZATION_MORE, whole, count=len(each))
    resources = manifest.resources()
    for part in manifest.every("organization", "item"):
        title = manifest.title(part)
        if not title:
            yield manifest.at(Code.TITLE_MISSING, part)
        elif len(title) > _MOODLE_TITLE:
            yield manifest.at(Code.TITLE_TOO_LONG, part, length=len(title))
        elif len(title) > _TITLE:
            yield manifest.at(Code.TITLE_LONG, part, length=len(title))
        wanted = part.get("identifierref") or None
        below = manifest.children(part, "item")
        if wanted is not None and wanted not in resources:
            yield manifest.at(Code.RESOURCE_UNKNOWN, part, wanted=wanted)
        elif local(part) == "item" and wanted is None and not below:
            yield manifest.at(Code.ITEM_EMPTY, part)
    if not any(item.get("identifierref") for item in manifest.every("item")):
        yield manifest.at(Code.ORGANIZATION_EMPTY, whole)
    launched = {id(resource) for _, resource in manifest.launched()}
    for item, resource in manifest.launched():
        if manifest.kind(resource) == "asset":
            yield manifest.at(Code.ITEM_ASSET, item)
    for resource in resources.values():
        if manifest.kind(resource) == "sco" and id(resource) not in launched:
            yield manifest.at(Code.RESOURCE_UNUSED, resource)


def _resource(
    manifest: Manifest, resource: etree._Element, known: Mapping[str, etree._Element]
) -> Iterator[Finding]:
    dialect = manifest.dialect
    other = "scormType" if dialect.is_12 else "scormtype"
    if resource.get(f"{{{dialect.adlcp}}}{other}") is not None:
        yield manifest.at(Code.SCORM_CASE, resource, right=dialect.scorm_type, wrong=other)
    elif resource.get(f"{{{dialect.adlcp}}}{dialect.scorm_type}") not in ("sco", "asset"):
        yield manifest.at(Code.SCORM_TYPE, resource, right=dialect.scorm_type)
    if resource.get("type", "webcontent") != "webcontent":
        yield manifest.at(Code.RESOURCE_TYPE, resource, type=resource.get("type"))
    base = manifest.base(resource)
    if base and (base.startswith("/") or not base.endswith("/")):
        yield manifest.at(Code.BASE, resource, base=base)
    base = base if not base or base.endswith("/") else f"{base}/"
    listed = [file.get("href", "") for file in manifest.children(resource, "file")]
    launch = resource.get("href")
    if launch is None and manifest.kind(resource) == "sco":
        yield manifest.at(Code.LAUNCH_MISSING, resource)
    if launch is not None:
        yield from _launch(manifest, resource, launch, base, listed)
    for file in manifest.children(resource, "file"):
        href = file.get("href", "")
        if href != launch:
            yield from _address(manifest, file, href, base, Code.FILE_MISSING)
    for dependency in manifest.children(resource, "dependency"):
        wanted = dependency.get("identifierref", "")
        if wanted not in known:
            yield manifest.at(Code.DEPENDENCY_UNKNOWN, resource, wanted=wanted)


def _launch(
    manifest: Manifest, resource: etree._Element, href: str, base: str, listed: list[str]
) -> Iterator[Finding]:
    found = target(href, base)
    if Code.HREF_EXTERNAL in found.codes:
        yield manifest.at(Code.LAUNCH_EXTERNAL, resource, href=href)
        return
    yield from _address(manifest, resource, href, base, Code.LAUNCH_ABSENT)
    bare = {target(each, base).path for each in listed}
    if href not in listed and not (Code.HREF_QUERY in found.codes and found.path in bare):
        yield manifest.at(Code.LAUNCH_UNLISTED, resource, href=href)


def _address(
    manifest: Manifest, element: etree._Element, href: str, base: str, absent: Code
) -> Iterator[Finding]:
    found = target(href, base)
    for code in found.codes:
        yield manifest.at(code, element, href=base + href)
    if found.path is not None:
        yield from present(
            found.path, manifest.index, absent, manifest.at(absent, element, name="", href=href)
        )


def _lengths(manifest: Manifest) -> Iterator[Finding]:
    for element in manifest.every("manifest", "item", "resource", "file"):
        for name, limit in _LENGTHS.items():
            if len(element.get(name, "")) > limit:
                yield manifest.at(Code.VALUE_LONG, element, value=name, limit=limit)


def _schemas(manifest: Manifest) -> Iterator[Finding]:
    named = (manifest.root.get(f"{{{_XSI}}}schemaLocation") or "").split()
    if len(named) % 2:
        yield manifest.at(Code.SCHEMA_ODD, manifest.root)
    for name in named[1::2]:
        found = target(name)
        if Code.HREF_EXTERNAL not in found.codes and found.path not in manifest.index.files:
            yield manifest.at(Code.SCHEMA_MISSING, manifest.root, file=name)


def _unlisted(manifest: Manifest) -> Iterator[Finding]:
    """One finding for all files that no resource lists: there are often many, and one remedy."""
    listed: set[PurePosixPath | None] = {PurePosixPath(manifest.path), PurePosixPath("cmi5.xml")}
    for resource in manifest.every("resource"):
        base = manifest.base(resource)
        base = base if not base or base.endswith("/") else f"{base}/"
        hrefs = [
            resource.get("href", ""),
            *(each.get("href", "") for each in manifest.children(resource, "file")),
        ]
        listed |= {target(href, base).path for href in hrefs}
    for element in manifest.root.iter(f"{{{manifest.dialect.adlcp}}}location"):
        listed.add(target(text_of(element)).path)
    near = {manifest.index.near(path) for path in listed if path is not None}
    left = sorted(
        path
        for path in manifest.index.files
        if path not in near and path.suffix not in _CONTROL and not is_junk(path)
    )
    if left:
        yield finding(Code.FILE_UNLISTED, left[0], count=len(left), names=", ".join(map(str, left[:5])))
