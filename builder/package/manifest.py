"""``imsmanifest.xml`` as all of SCORM has it: IMS Content Packaging with ADL's extensions (CAM, chapter 2 or 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from builder.model.course import Course, Variant
from builder.model.naming import slug
from builder.package.lom import METADATA
from builder.package.sco import Sco
from builder.render.site import Site
from builder.shipped import vendored

MANIFEST = PurePosixPath("imsmanifest.xml")

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TITLE = 200
_VERSION = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition of SCORM. LMSs were seen to go by ``version`` to the letter, and by the prefix ``adlcp``.

    ``content`` and ``adlcp`` are namespaces, ``others`` further ones by their prefix; ``schemas`` gives the file that
    describes each, out of ``folder`` of the vendored schemas, and ``imported`` what those need beside them.
    ``kind`` is the attribute that marks a resource as a SCO: its letters differ between versions.
    """

    version: str
    content: str
    adlcp: str
    kind: str
    folder: str
    schemas: Mapping[str, str]
    imported: tuple[str, ...]
    others: Mapping[str, str]


def skeleton(
    edition: Edition, site: Site, course: Course, variant: Variant, scos: tuple[Sco, ...]
) -> etree._Element:
    """The manifest of ``site``: an item for each of ``scos``, and the files that they share as one asset.

    ``site`` holds its catalogue data (``lom``), which the manifest only points at.
    """
    settings = course.settings
    names: dict[str | None, str] = {None: edition.content, "adlcp": edition.adlcp, "xsi": _XSI}
    names.update(edition.others)
    root = etree.Element(
        f"{{{edition.content}}}manifest",
        {
            "identifier": f"{slug(settings.id) or 'cursus'}.{slug(variant.key)}",
            "version": settings.version[:_VERSION],
            f"{{{_XSI}}}schemaLocation": " ".join(f"{name} {file}" for name, file in edition.schemas.items()),
        },
        nsmap=names,
    )
    metadata = add(root, "metadata")
    add(metadata, "schema").text = "ADL SCORM"
    add(metadata, "schemaversion").text = edition.version
    add(metadata, f"{{{edition.adlcp}}}location").text = str(METADATA)
    organizations = add(root, "organizations", default="organization")
    organization = add(organizations, "organization", identifier="organization")
    add(organization, "title").text = settings.title[:_TITLE]
    for sco in scos:
        at = {"identifier": f"item-{sco.key}", "identifierref": f"sco-{sco.key}", "isvisible": "true"}
        add(add(organization, "item", **at), "title").text = sco.title[:_TITLE]
    resources = add(root, "resources")
    for sco in scos:
        resource = _resource(resources, edition, f"sco-{sco.key}", "sco", href=str(sco.page))
        add(resource, "file", href=str(sco.page))
        add(resource, "dependency", identifierref="shared")
    shared = _resource(resources, edition, "shared", "asset")
    for path in sorted(set(site) - {sco.page for sco in scos}):
        add(shared, "file", href=str(path))
    return root


def _resource(
    resources: etree._Element, edition: Edition, identifier: str, kind: str, **attributes: str
) -> etree._Element:
    resource = add(resources, "resource", identifier=identifier, type="webcontent", **attributes)
    resource.set(f"{{{edition.adlcp}}}{edition.kind}", kind)
    return resource


def add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """A new last child of ``parent``: ``tag`` is in its namespace, or in the one that ``{…}`` before it names."""
    name = tag if tag.startswith("{") else f"{{{etree.QName(parent).namespace}}}{tag}"
    return etree.SubElement(parent, name, attributes)


def packed(edition: Edition, site: Site, root: etree._Element) -> Site:
    """``site`` with the manifest ``root`` and every schema it needs, all at the root of the package."""
    etree.indent(root)
    schemas = {
        PurePosixPath(name): vendored(f"xsd/{edition.folder}/{name}")
        for name in (*edition.schemas.values(), *edition.imported)
    }
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
    return {**site, **schemas, MANIFEST: content}
