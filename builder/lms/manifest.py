"""What an LMS takes from `imsmanifest.xml` to start a package: its version of SCORM, its SCOs, their launch data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from lxml import etree

from builder.inspect.xml import parsed
from builder.lms.navigation import requests

Standard = Literal["scorm12", "scorm2004", "scorm2004-3rd"]

EDITIONS: Final[Mapping[str, Standard]] = {
    "2004 4th Edition": "scorm2004",
    "2004 3rd Edition": "scorm2004-3rd",
    "CAM 1.3": "scorm2004-3rd",
}
"""`schemaversion`, to the letter. Whatever else it says is SCORM 1.2 to a widely used LMS."""

_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sco:
    """Something an LMS can start. Numbers are as written; "" where the manifest has none."""

    item: str = ""
    title: str = ""
    href: str
    launch_data: str = ""
    mastery_score: str = ""
    scaled_passing_score: str = ""
    completion_threshold: str = ""
    requests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A package as an LMS sees it; `scos` in the order of its organization, whose title it has."""

    title: str = ""
    standard: Standard
    scos: tuple[Sco, ...]


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest without resolving or fetching anything; items that lead to no SCO are left out.

    Raises ValueError when it is no XML, or none that can be read within bounds.
    """
    root = root_of(data)
    version = "".join(root.xpath("string(*[local-name()='metadata']/*[local-name()='schemaversion'])"))
    resources = {each.get("identifier", ""): _resource(each) for each in root.iter("{*}resource")}
    organization = _organization(root)
    items = [] if organization is None else organization.iter("{*}item")
    scos = (_sco(item, resources.get(item.get("identifierref", ""), {})) for item in items)
    return Manifest(
        title=_text(_child(organization, "title")),
        standard=EDITIONS.get(version, "scorm12"),
        scos=tuple(filter(None, scos)),
    )


def root_of(data: bytes) -> etree._Element:
    """The root of a manifest or course structure. Raises ValueError where it cannot be read within bounds."""
    document = parsed("", data)
    if document.root is None:
        raise ValueError("the manifest is no XML that can be read")
    return document.root


def _organization(root: etree._Element) -> etree._Element | None:
    """The default one, else the first."""
    every = list(root.iter("{*}organization"))
    default = next((each.get("default") for each in root.iter("{*}organizations")), None)
    return next((each for each in every if each.get("identifier") == default), every[0] if every else None)


def _sco(item: etree._Element, resource: Mapping[str, str]) -> Sco | None:
    if resource.get("scormtype") != "sco" or not resource.get("href"):
        return None
    threshold = _child(item, "completionThreshold")
    primary = next(item.iter("{*}primaryObjective"), None)
    scored = primary is not None and primary.get("satisfiedByMeasure") == "true"
    return Sco(
        item=item.get("identifier", ""),
        title=_text(_child(item, "title")),
        href=_address(resource["href"], item.get("parameters", "")),
        launch_data=_text(_child(item, "dataFromLMS")) or _text(_child(item, "datafromlms")),
        mastery_score=_text(_child(item, "masteryscore")),
        scaled_passing_score=_text(_child(primary, "minNormalizedMeasure")) or "1.0" if scored else "",
        completion_threshold="" if threshold is None else _threshold(threshold),
        requests=requests(item),
    )


def _threshold(element: etree._Element) -> str:
    """4th edition: by attributes, only where completion follows from the measure; 3rd: the text."""
    if element.get("completedByMeasure") == "true":
        return element.get("minProgressMeasure", "1.0")
    return _text(element)


def _address(href: str, parameters: str) -> str:
    """`parameters` behind `href`, as SCORM says: `?a=b` and `&a=b` join what is there, `#part` stands as it is."""
    bare = parameters.lstrip("?&")
    if not bare or bare.startswith("#"):
        return href + bare
    return f"{href}{'&' if '?' in href else '?'}{bare}"


def _resource(element: etree._Element) -> dict[str, str]:
    """Attributes without their namespaces, in lower case: 1.2 and 2004 write one of them differently.

    `href` is what it comes to behind each `xml:base` round it.
    """
    names = {etree.QName(name).localname.lower(): str(value) for name, value in element.attrib.items()}
    bases = [each.get(_BASE, "") for each in (element, *element.iterancestors())]
    return {**names, "href": "".join(reversed(bases)) + names["href"]} if names.get("href") else names


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else element.find(f"{{*}}{name}")


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
