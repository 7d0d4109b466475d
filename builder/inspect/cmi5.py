"""What cmi5 asks of a course structure (cmi5, sections 13 and 14), as rules of our own: its schema is not shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from builder.inspect.files import Index, present, target
from builder.inspect.finding import Code, Finding, finding
from builder.inspect.xml import local, loose, space, text_of

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"

_ORDER = {
    "courseStructure": ("course", "objectives", "au block"),
    "course": ("title", "description"),
    "block": ("title", "description", "objectives", "au block"),
    "au": ("title", "description", "objectives", "url", "launchParameters", "entitlementKey"),
    "objectives": ("objective",),
    "objective": ("title", "description"),
    "title": ("langstring",),
    "description": ("langstring",),
}
"""Elements in the order in which they must stand; in one place, either of two."""

_NEEDED = {"course", "title", "description", "url", "au block", "objective", "langstring"}
_FREE = {"launchParameters", "entitlementKey"}
_REPEATED = {"au", "block", "objective", "langstring"}
_ATTRIBUTES = {
    "course": {"id"},
    "block": {"id"},
    "au": {"id", "moveOn", "masteryScore", "launchMethod", "activityType"},
    "objective": {"id", "idref"},
    "langstring": {"lang"},
}
_VALUES = {
    "moveOn": ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed"),
    "launchMethod": ("AnyWindow", "OwnWindow"),
}
_RESERVED = {"endpoint", "fetch", "actor", "registration", "activityId"}
_DECIMALS = 4
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A course structure that could be read, the name of its file, and the package round it."""

    path: str
    root: etree._Element
    index: Index

    def every(self, *names: str) -> Iterator[etree._Element]:
        return self.root.iter(*(f"{{{NAMESPACE}}}{name}" for name in names))

    def text(self, parent: etree._Element, name: str) -> str:
        """The first text of ``name`` below ``parent``, in whatever language."""
        return text_of(parent.find(f"{{{NAMESPACE}}}{name}/{{{NAMESPACE}}}langstring"))

    def at(self, code: Code, element: etree._Element, name: str = "", **values: object) -> Finding:
        """A finding at the place of ``element``."""
        line = element.sourceline if isinstance(element.sourceline, int) else 0
        return finding(code, self.path, line, name or element.get("id") or f"<{local(element)}>", **values)


def structure(whole: Structure) -> Iterator[Finding]:
    """Everything wrong with a course structure; nothing more where its root is another element or namespace."""
    if local(whole.root) != "courseStructure" or space(whole.root) != NAMESPACE:
        yield whole.at(Code.CMI5_ROOT, whole.root, namespace=space(whole.root) or "–")
        return
    for element in whole.root.iter():
        if space(element) == NAMESPACE:
            yield from _children(whole, element)
            yield from _attributes(whole, element)
    yield from _ids(whole)
    for unit in whole.every("au"):
        yield from _unit(whole, unit)


def _children(whole: Structure, parent: etree._Element) -> Iterator[Finding]:
    name = local(parent)
    if name in _FREE:
        return
    order = () if _refers(parent) else _ORDER.get(name, ())
    at = 0
    foreign = False
    seen: set[str] = set()
    for child in parent:
        tag = local(child)
        place = next((spot for spot, names in enumerate(order) if tag in names.split()), None)
        if space(child) not in (NAMESPACE, ""):
            foreign = True  # an extension: only after all that is cmi5's own
            if order:
                continue
        if place is None or space(child) != NAMESPACE:
            yield whole.at(Code.CMI5_UNKNOWN, child, name=f"<{tag}>", parent=name)
        elif tag in seen and tag not in _REPEATED:
            yield whole.at(Code.CMI5_TWICE, child, name=f"<{tag}>", parent=name)
        elif (place < at and name != "objective") or foreign:
            yield whole.at(Code.CMI5_ORDER, child, name=f"<{tag}>", order=", ".join(order).replace(" ", "/"))
        else:
            at = place
        seen.add(tag)
    for names in order:
        if names in _NEEDED and not seen & set(names.split()):
            yield whole.at(Code.CMI5_MISSING, parent, missing=names.replace(" ", "/"))
    if (text := loose(parent)) and (order or _refers(parent)):
        yield whole.at(Code.CMI5_TEXT, parent, name=f"<{name}>", text=text)
    elif name in ("title", "description") and seen and not any(text_of(child) for child in parent):
        yield whole.at(Code.CMI5_EMPTY, parent, name=f"<{name}>")
    if name == "langstring":
        language = parent.get("lang")
        if language is None or not _LANGUAGE.fullmatch(language.strip()):
            yield whole.at(Code.CMI5_LANGUAGE, parent, language=language or "–")


def _refers(element: etree._Element) -> bool:
    """Whether an objective only names one that stands at the top."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return local(element) == "objective" and above is not None and local(above) in ("au", "block")


def _attributes(whole: Structure, element: etree._Element) -> Iterator[Finding]:
    for name, value in element.attrib.items():
        if name.startswith("{"):
            continue
        if name not in _ATTRIBUTES.get(local(element), set()):
            yield whole.at(Code.CMI5_ATTRIBUTE, element, attribute=name)
        elif name in _VALUES and value not in _VALUES[name]:
            yield whole.at(
                Code.CMI5_VALUE, element, attribute=name, value=value, known=", ".join(_VALUES[name])
            )


def _ids(whole: Structure) -> Iterator[Finding]:
    seen: set[str] = set()
    objectives = set()
    for element in whole.every("course", "block", "au", "objective"):
        if _refers(element):
            continue
        name = element.get("id", "").strip()
        if not name:
            yield whole.at(Code.CMI5_MISSING, element, missing="id")
        elif not _absolute(name):
            yield whole.at(Code.CMI5_IRI, element, id=name)
        elif name in seen:
            yield whole.at(Code.CMI5_ID_TWICE, element, id=name)
        seen.add(name)
        if local(element) == "objective":
            objectives.add(name)
    for element in whole.every("objective"):
        if _refers(element) and element.get("idref", "").strip() not in objectives:
            yield whole.at(Code.CMI5_OBJECTIVE, element, wanted=element.get("idref", "–"))


def _absolute(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", name))


def _unit(whole: Structure, unit: etree._Element) -> Iterator[Finding]:
    mastery = unit.get("masteryScore")
    if mastery is not None:
        try:
            score = Decimal(mastery.strip()) if len(mastery) < 50 else Decimal(-1)
            right = 0 <= score <= 1 and "e" not in mastery.lower()
        except InvalidOperation:
            right = False
        if not right:
            yield whole.at(Code.CMI5_MASTERY, unit, value=mastery)
        elif len(mastery.strip().partition(".")[2]) > _DECIMALS:
            yield whole.at(Code.CMI5_DECIMALS, unit, value=mastery)
    address = unit.find(f"{{{NAMESPACE}}}url")
    if address is None:
        return
    href = text_of(address)
    name = unit.get("id", "")
    if not href:
        yield whole.at(Code.LAUNCH_MISSING, address, name=name)
        return
    try:
        query = {key for key, _ in parse_qsl(urlsplit(href).query)}
    except ValueError:
        query = set()
    if query & _RESERVED:
        yield whole.at(Code.CMI5_RESERVED, address, name=name, reserved=", ".join(sorted(query & _RESERVED)))
    found = target(href)
    for code in found.codes:
        if code is Code.HREF_EXTERNAL:
            yield whole.at(Code.CMI5_REMOTE, address, name=name, href=href)
        elif code is not Code.HREF_QUERY:
            yield whole.at(code, address, name=name, href=href)
    if found.path is not None:
        at = whole.at(Code.LAUNCH_ABSENT, address, name=name)
        yield from present(found.path, whole.index, Code.LAUNCH_ABSENT, at)
