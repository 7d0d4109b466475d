"""SCORM 2004, 4th and 3rd edition (CAM, chapter 3; Sequencing and Navigation, chapter 3)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from builder.model.course import Course, Variant
from builder.package.lom import METADATA, ieee
from builder.package.manifest import Edition, add, packed, skeleton
from builder.package.sco import Sco
from builder.render.site import Site

PLAYER = "scorm2004"
SUSPEND_DATA = 64_000
SUSPEND_DATA_3RD = 4_000
"""Characters of ``cmi.suspend_data`` that every LMS keeps (Run-Time Environment, section 4.2)."""

_CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
_ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
_ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
_ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
_IMSSS = "http://www.imsglobal.org/xsd/imsss"
_PARTS = ("auxresource", "control", "delivery", "limit", "objective", "random", "rollup", "seqrule", "util")
_FOURTH = Edition(
    version="2004 4th Edition",
    content=_CONTENT,
    adlcp=_ADLCP,
    kind="scormType",
    folder="scorm2004",
    schemas={
        _CONTENT: "imscp_v1p1.xsd",
        _ADLCP: "adlcp_v1p3.xsd",
        _ADLSEQ: "adlseq_v1p3.xsd",
        _ADLNAV: "adlnav_v1p3.xsd",
        _IMSSS: "imsss_v1p0.xsd",
    },
    imported=("xml.xsd", "XMLSchema.dtd", "datatypes.dtd", *(f"imsss_v1p0{part}.xsd" for part in _PARTS)),
    others={"adlseq": _ADLSEQ, "adlnav": _ADLNAV, "imsss": _IMSSS},
)
_THIRD = replace(_FOURTH, version="2004 3rd Edition", folder="scorm2004-3rd")


def package(site: Site, course: Course, variant: Variant, scos: tuple[Sco, ...]) -> Site:
    """``site`` as a package of the 4th edition that launches ``scos``, in any order and one after another."""
    return _package(_FOURTH, site, course, variant, scos)


def package_3rd(site: Site, course: Course, variant: Variant, scos: tuple[Sco, ...]) -> Site:
    """``package`` for the 3rd edition."""
    return _package(_THIRD, site, course, variant, scos)


def _package(edition: Edition, site: Site, course: Course, variant: Variant, scos: tuple[Sco, ...]) -> Site:
    site = {**site, METADATA: ieee(course, variant, scos[0].page)}
    root = skeleton(edition, site, course, variant, scos)
    for item, sco in zip(root.iter(f"{{{_CONTENT}}}item"), scos, strict=True):
        _threshold(item, edition)
        _judged_by_content(item, sco.course.settings.mastery)
    for organization in root.iter(f"{{{_CONTENT}}}organization"):
        # Results of one course must not be seen in another.
        organization.set(f"{{{_ADLSEQ}}}objectivesGlobalToSystem", "false")
        sequencing = add(organization, f"{{{_IMSSS}}}sequencing")
        add(sequencing, "controlMode", choice="true", flow="true")
    return packed(edition, site, root)


def _threshold(item: etree._Element, edition: Edition) -> None:
    """All must be done: the player's measure is 1 exactly then. The editions write it differently."""
    threshold = add(item, f"{{{_ADLCP}}}completionThreshold")
    if edition is _THIRD:
        threshold.text = "1.0"
    else:
        threshold.set("completedByMeasure", "true")
        threshold.set("minProgressMeasure", "1.0")
        threshold.set("progressWeight", "1.0")


def _judged_by_content(item: etree._Element, mastery: int | None) -> None:
    """No LMS calls it completed or passed of itself, other than by the score from which one passes."""
    sequencing = add(item, f"{{{_IMSSS}}}sequencing")
    if mastery is not None:
        objectives = add(sequencing, "objectives")
        judged = add(objectives, "primaryObjective", objectiveID="passed", satisfiedByMeasure="true")
        add(judged, "minNormalizedMeasure").text = f"{mastery / 100}"
    add(sequencing, "deliveryControls", completionSetByContent="true", objectiveSetByContent="true")
