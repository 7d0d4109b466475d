"""What only SCORM 2004 asks of a manifest: CAM section 3.5, ADL's package checker, sequencing (SN chapter 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from builder.inspect.finding import Code, Finding
from builder.inspect.scorm import Dialect, Manifest
from builder.inspect.xml import local, text_of

FOURTH = Dialect(
    name="SCORM 2004 4th Edition",
    version="2004 4th Edition",
    cp="http://www.imsglobal.org/xsd/imscp_v1p1",
    adlcp="http://www.adlnet.org/xsd/adlcp_v1p3",
    scorm_type="scormType",
    schemas="scorm2004",
)
THIRD = replace(FOURTH, name="SCORM 2004 3rd Edition", version="2004 3rd Edition", schemas="scorm2004-3rd")
SECOND = replace(THIRD, name="SCORM 2004 2nd Edition", version="CAM 1.3")
"""Its schemas have the namespaces of the third edition, and no set of their own here."""

SS = "http://www.imsglobal.org/xsd/imsss"
_NAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
_ONLY_SCO = ("timeLimitAction", "dataFromLMS", "completionThreshold")
_DATA = 4000


def only(manifest: Manifest) -> Iterator[Finding]:
    """What the rules of 2004 alone find in ``manifest``."""
    yield from _items(manifest)
    yield from _threshold(manifest)
    for sequencing in manifest.root.iter(f"{{{SS}}}sequencing"):
        yield from _objectives(manifest, sequencing)
    yield from _collection(manifest)
    yield from _way(manifest)


def passing(manifest: Manifest) -> list[str]:
    """The scores, from -1 to 1, from which an objective is satisfied, where the manifest says so."""
    return [
        text_of(score) or "1.0"
        for score in manifest.root.iter(f"{{{SS}}}minNormalizedMeasure")
        if (objective := score.getparent()) is not None and objective.get("satisfiedByMeasure") == "true"
    ]


def _items(manifest: Manifest) -> Iterator[Finding]:
    adlcp = manifest.dialect.adlcp
    resources = manifest.resources()
    for item in manifest.every("item"):
        wanted = item.get("identifierref")
        if wanted and manifest.children(item, "item"):
            yield manifest.at(Code.ITEM_BRANCH, item)
        kind = manifest.kind(resources[wanted]) if wanted in resources else ""
        for name in _ONLY_SCO:
            for element in item.findall(f"{{{adlcp}}}{name}"):
                if kind != "sco":
                    yield manifest.at(Code.ELEMENT_PLACE, element, name=item.get("identifier", ""), tag=name)
        for name in (f"{{{_NAV}}}presentation", f"{{{adlcp}}}data"):
            for element in item.findall(name):
                if kind == "":
                    yield manifest.at(
                        Code.ELEMENT_PLACE, element, name=item.get("identifier", ""), tag=local(element)
                    )
        for data in item.findall(f"{{{adlcp}}}dataFromLMS"):
            if len(data.text or "") > _DATA:
                yield manifest.at(Code.VALUE_LONG, data, value="dataFromLMS", limit=_DATA)


def _threshold(manifest: Manifest) -> Iterator[Finding]:
    """The two editions write it in ways that the other does not know."""
    for element in manifest.root.iter(f"{{{manifest.dialect.adlcp}}}completionThreshold"):
        fourth = bool(set(element.attrib) & {"completedByMeasure", "minProgressMeasure", "progressWeight"})
        if fourth and manifest.dialect.schemas != "scorm2004":
            yield manifest.at(Code.THRESHOLD, element)
        elif not fourth and text_of(element) and manifest.dialect.schemas == "scorm2004":
            yield manifest.at(Code.THRESHOLD_OLD, element)


def _objectives(manifest: Manifest, sequencing: etree._Element) -> Iterator[Finding]:
    owner = sequencing.getparent()
    name = owner.get("identifier", "") if owner is not None else ""
    for objectives in sequencing.findall(f"{{{SS}}}objectives"):
        primary = objectives.findall(f"{{{SS}}}primaryObjective")
        every = [*primary, *objectives.findall(f"{{{SS}}}objective")]
        if len(primary) != 1:
            yield manifest.at(Code.OBJECTIVE_PRIMARY, objectives, name=name)
        ids = Counter(each.get("objectiveID") for each in every if each.get("objectiveID"))
        for wanted, count in ids.items():
            if count > 1:
                yield manifest.at(Code.OBJECTIVE_TWICE, objectives, name=name, objective=wanted)
        written: Counter[tuple[str, str]] = Counter()
        for each in every:
            maps = each.findall(f"{{{SS}}}mapInfo")
            if maps and not each.get("objectiveID"):
                yield manifest.at(Code.OBJECTIVE_NAMELESS, each, name=name)
            for one in maps:
                for what in ("writeSatisfiedStatus", "writeNormalizedMeasure"):
                    if one.get(what) in ("true", "1"):
                        written[one.get("targetObjectiveID", ""), what] += 1
        for (wanted, _), count in written.items():
            if count > 1:
                yield manifest.at(Code.MAP_TWICE, objectives, name=name, objective=wanted)


def _collection(manifest: Manifest) -> Iterator[Finding]:
    kept = {
        each.get("ID")
        for collection in manifest.root.iter(f"{{{SS}}}sequencingCollection")
        for each in collection.findall(f"{{{SS}}}sequencing")
    }
    for sequencing in manifest.root.iter(f"{{{SS}}}sequencing"):
        wanted = sequencing.get("IDRef")
        if wanted is not None and wanted not in kept:
            yield manifest.at(Code.SEQUENCING_UNKNOWN, sequencing, wanted=wanted)


def _way(manifest: Manifest) -> Iterator[Finding]:
    """Whether a learner can get from one item to the next: by the LMS's buttons (flow) or its menu (choice)."""
    for part in manifest.every("organization", "item"):
        if not manifest.children(part, "item"):
            continue
        control = part.find(f"{{{SS}}}sequencing/{{{SS}}}controlMode")
        flow = control is not None and control.get("flow") in ("true", "1")
        choice = control is None or control.get("choice", "true") in ("true", "1")
        if not flow and not choice:
            yield manifest.at(Code.WAY_NONE, part)
        elif not flow and len(manifest.children(part, "item")) > 1:
            yield manifest.at(Code.WAY_CHOICE, part)
