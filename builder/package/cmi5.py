"""cmi5: a course structure with an assignable unit for each page that is launched (cmi5, sections 13 and 14)."""

from __future__ import annotations

from pathlib import PurePosixPath
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from builder.model.course import Course, Settings, Variant
from builder.package.sco import Sco
from builder.render.site import Site

PLAYER = "cmi5"
STRUCTURE = PurePosixPath("cmi5.xml")
SAVE = 56_000
"""ASCII characters. cmi5 has no limit, but a browser sends at most 65,536 bytes in all while a page closes."""

_NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_OWN = uuid5(NAMESPACE_URL, "urn:onder-de-waterlijn")


def package(site: Site, course: Course, variant: Variant, scos: tuple[Sco, ...]) -> Site:
    """``site`` with ``cmi5.xml`` at the root of the package."""
    return {**site, STRUCTURE: structure(course, variant, scos)}


def structure(course: Course, variant: Variant, scos: tuple[Sco, ...]) -> bytes:
    """The course structure: ``scos`` in their order, with what the course says of completion and mastery."""
    settings = course.settings
    root = etree.Element(f"{{{_NAMESPACE}}}courseStructure", nsmap={None: _NAMESPACE})
    described = settings.description or settings.title
    whole = _add(root, "course", id=iri(settings, variant))
    _words(whole, settings.language, settings.title, described)
    for sco in scos:
        own = sco.course.settings
        unit = _add(
            root,
            "au",
            id=iri(settings, variant, sco.key),
            moveOn="Passed" if own.report == "passed" or own.mastery is not None else "Completed",
            launchMethod="AnyWindow",
            activityType="http://adlnet.gov/expapi/activities/lesson",
        )
        if own.mastery is not None:
            unit.set("masteryScore", f"{own.mastery / 100:g}")
        _words(unit, settings.language, sco.title, described)
        _add(unit, "url").text = str(sco.page)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def iri(settings: Settings, variant: Variant, *rest: str) -> str:
    """The name in all the world of the course or of a part of it; the same in every version.

    Below ``settings.iri`` where that is set, else a UUID made from what the course and the variant are called.
    """
    path = "/".join((variant.key, *rest))
    return f"{settings.iri}/{path}" if settings.iri else uuid5(_OWN, f"{settings.id}/{path}").urn


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_NAMESPACE}}}{tag}", attributes)


def _words(parent: etree._Element, language: str, title: str, description: str) -> None:
    for tag, text in (("title", title), ("description", description)):
        _add(_add(parent, tag), "langstring", lang=language).text = text
