"""SCORM 1.2: the SCOs, with every file of the site listed (CAM 1.2, section 2.3)."""

from __future__ import annotations

from pathlib import PurePosixPath

from lxml import etree

from builder.model.course import Course, Variant
from builder.model.naming import slug
from builder.package.lom import METADATA, imsmd
from builder.package.sco import Sco
from builder.render.site import Site
from builder.shipped import vendored

PLAYER = "scorm12"
MANIFEST = PurePosixPath("imsmanifest.xml")
SUSPEND_DATA = 4096
"""ASCII characters of ``cmi.suspend_data`` (Run-Time Environment 1.2, section 3.4.4)."""

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMAS = ("imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd", "ims_xml.xsd")
_TITLE = 200
_VERSION = 20


def package(site: Site, course: Course, variant: Variant, scos: tuple[Sco, ...]) -> Site:
    """``site`` with ``imsmanifest.xml`` and the schema files it names, at the root of the package."""
    schemas = {PurePosixPath(name): vendored(f"xsd/scorm12/{name}") for name in _SCHEMAS}
    site = {**site, METADATA: imsmd(course, variant, scos[0].page)}
    return {**site, **schemas, MANIFEST: manifest(site, course, variant, scos)}


def manifest(site: Site, course: Course, variant: Variant, scos: tuple[Sco, ...]) -> bytes:
    """The manifest: an item for each of ``scos``, and the files they share as one asset."""
    settings = course.settings
    root = etree.Element(
        f"{{{_CP}}}manifest",
        {
            "identifier": f"{slug(settings.id) or 'cursus'}.{slug(variant.key)}",
            "version": settings.version[:_VERSION],
            f"{{{_XSI}}}schemaLocation": f"{_CP} imscp_rootv1p1p2.xsd {_ADL} adlcp_rootv1p2.xsd",
        },
        nsmap={None: _CP, "adlcp": _ADL, "xsi": _XSI},
    )
    metadata = _add(root, "metadata")
    _add(metadata, "schema").text = "ADL SCORM"
    _add(metadata, "schemaversion").text = "1.2"
    etree.SubElement(metadata, f"{{{_ADL}}}location").text = str(METADATA)
    organization = _add(
        _add(root, "organizations", default="organization"), "organization", identifier="organization"
    )
    _add(organization, "title").text = settings.title[:_TITLE]
    for sco in scos:
        item = _add(
            organization,
            "item",
            identifier=f"item-{sco.key}",
            identifierref=f"sco-{sco.key}",
            isvisible="true",
        )
        _add(item, "title").text = sco.title[:_TITLE]
    resources = _add(root, "resources")
    for sco in scos:
        resource = _resource(resources, f"sco-{sco.key}", "sco", href=str(sco.page))
        _add(resource, "file", href=str(sco.page))
        _add(resource, "dependency", identifierref="shared")
    shared = _resource(resources, "shared", "asset")
    pages = {sco.page for sco in scos}
    for path in sorted(path for path in site if path not in pages):
        _add(shared, "file", href=str(path))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _resource(resources: etree._Element, identifier: str, kind: str, **attributes: str) -> etree._Element:
    resource = _add(resources, "resource", identifier=identifier, type="webcontent", **attributes)
    resource.set(f"{{{_ADL}}}scormtype", kind)
    return resource


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_CP}}}{tag}", attributes)
