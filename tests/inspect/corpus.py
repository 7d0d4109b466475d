"""Broken packages: for each standard one that is sound, and one named change each, with exactly what must be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder.inspect.archive import Archive
from builder.inspect.finding import Code as C  # noqa: N817
from builder.inspect.package import Inspection, inspected

Files = dict[str, str]
Change = Callable[[Files], None]

PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Les</title>
<link rel="stylesheet" href="stijl.css"><script src="les.js"></script></head>
<body><img src="beeld/kaart%20een.png" alt=""><a href="https://elders.example/">meer</a></body></html>"""
SHARED = {"index.html": PAGE, "stijl.css": "p { margin: 0 }", "beeld/kaart een.png": "PNG"}
LISTED = "".join(
    f'<file href="{href}"/>' for href in ("index.html", "stijl.css", "les.js", "beeld/kaart%20een.png")
)

LOM_12 = """<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
<general><title><langstring xml:lang="nl">T</langstring></title><language>nl</language>
<structure><source><langstring xml:lang="x-none">LOMv1.0</langstring></source>
<value><langstring xml:lang="x-none">Linear</langstring></value></structure></general>
<lifecycle><contribute><role><source><langstring xml:lang="x-none">LOMv1.0</langstring></source>
<value><langstring xml:lang="x-none">author</langstring></value></role><centity><vcard>BEGIN:VCARD</vcard></centity>
<date><datetime>2026-11-24</datetime></date></contribute></lifecycle>
<educational><typicallearningtime><datetime>PT2H</datetime></typicallearningtime></educational>
</lom>"""

LOM_2004 = """<lom xmlns="http://ltsc.ieee.org/xsd/LOM">
<general><identifier><catalog>URI</catalog><entry>urn:x</entry></identifier>
<title><string language="nl">T</string></title>
<language>nl</language><structure><source>LOMv1.0</source><value>linear</value></structure></general>
<lifeCycle><contribute><role><source>LOMv1.0</source><value>author</value></role><entity>BEGIN:VCARD</entity>
<date><dateTime>2026-11-24</dateTime></date></contribute></lifeCycle>
<metaMetadata><contribute><role><source>LOMv1.0</source><value>creator</value></role></contribute></metaMetadata>
<technical><size>120</size></technical>
<educational><typicalLearningTime><duration>PT2H</duration></typicalLearningTime></educational>
<classification><purpose><source>LOMv1.0</source><value>discipline</value></purpose>
<taxonPath><source><string language="nl">NBC</string></source><taxon><id>1</id><entry><string>E</string></entry></taxon>
</taxonPath></classification>
</lom>"""

SCORM_12: Files = {
    **SHARED,
    "les.js": "find(window).LMSInitialize(''); addEventListener('pagehide', save)",
    "lom.xml": LOM_12,
    "imsmanifest.xml": f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>
<adlcp:location>lom.xml</adlcp:location></metadata>
<organizations default="o"><organization identifier="o"><title>Cursus</title>
<item identifier="i" identifierref="r"><title>Les</title></item>
</organization></organizations>
<resources>
<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html">{LISTED}</resource>
</resources>
</manifest>""",
}

SCORM_2004: Files = {
    **SHARED,
    "les.js": "find(window, 'API_1484_11').Initialize('')",
    "lom.xml": LOM_2004,
    "imsmanifest.xml": f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion>
<adlcp:location>lom.xml</adlcp:location></metadata>
<organizations default="o"><organization identifier="o"><title>Cursus</title>
<item identifier="i" identifierref="r"><title>Les</title>
<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="1.0"/>
</item>
</organization></organizations>
<resources>
<resource identifier="r" type="webcontent" adlcp:scormType="sco" href="index.html">{LISTED}</resource>
</resources>
</manifest>""",
}

THIRD: Files = {
    **SCORM_2004,
    "imsmanifest.xml": SCORM_2004["imsmanifest.xml"]
    .replace("4th", "3rd")
    .replace(' completedByMeasure="true" minProgressMeasure="1.0"/>', ">1.0</adlcp:completionThreshold>"),
}

SECOND: Files = {
    **THIRD,
    "imsmanifest.xml": THIRD["imsmanifest.xml"].replace("2004 3rd Edition", "CAM 1.3"),
}

TWO: Files = {
    **SCORM_2004,
    "imsmanifest.xml": SCORM_2004["imsmanifest.xml"]
    .replace(
        "</item>",
        """</item><item identifier="j" identifierref="s"><title>Les 2</title><imsss:sequencing>
<imsss:objectives><imsss:primaryObjective objectiveID="P" satisfiedByMeasure="false">
<imsss:mapInfo targetObjectiveID="g"
 readSatisfiedStatus="true" writeSatisfiedStatus="true"/></imsss:primaryObjective><imsss:objective objectiveID="Q">
<imsss:mapInfo targetObjectiveID="h" writeSatisfiedStatus="true" readSatisfiedStatus="false"/></imsss:objective>
</imsss:objectives></imsss:sequencing></item><imsss:sequencing>
<imsss:controlMode choice="true" flow="true"/></imsss:sequencing>""",
        1,
    )
    .replace(
        "</resources>",
        '<resource identifier="s" type="webcontent" adlcp:scormType="sco" href="twee.html"><file href="twee.html"/>'
        "</resource></resources>",
    ),
    "twee.html": "<p>Twee",
}

CMI5: Files = {
    **SHARED,
    "les.js": "fetch(address).then(answer => answer['auth-token'])",
    "cmi5.xml": """<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://leren.example/c"><title><langstring lang="nl">Cursus</langstring></title>
<description><langstring lang="nl">Over</langstring></description></course>
<objectives><objective id="https://leren.example/d"><title><langstring lang="nl">D</langstring></title>
<description><langstring lang="nl">D</langstring></description></objective></objectives>
<au id="https://leren.example/c/1" moveOn="CompletedOrPassed" launchMethod="AnyWindow" masteryScore="0.75">
<title><langstring lang="nl">Les</langstring></title><description><langstring lang="nl">Over</langstring></description>
<objectives><objective idref="https://leren.example/d"/></objectives>
<url>index.html?les=1</url><launchParameters>x</launchParameters></au>
</courseStructure>""",
}

SOUND = {
    "SCORM 1.2": (SCORM_12, "SCORM 1.2"),
    "SCORM 2004 4th Edition": (SCORM_2004, "SCORM 2004 4th Edition"),
    "SCORM 2004 3rd Edition": (THIRD, "SCORM 2004 3rd Edition"),
    "SCORM 2004 2nd Edition": (SECOND, "SCORM 2004 2nd Edition"),
    "cmi5": (CMI5, "cmi5"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A sound package, what is changed in it, and the codes of what must be found: these and no others."""

    base: Files
    change: Change
    codes: set[C]


def packed(files: Files) -> Archive:
    """The archive of ``files``; a lone surrogate stands for a byte that is no text."""
    return Archive(
        name="pakket.zip",
        size=sum(map(len, files.values())),
        files={
            PurePosixPath(name): content.encode("utf-8", "surrogateescape") for name, content in files.items()
        },
    )


def found(files: Files) -> Inspection:
    return inspected(packed(files))


def changed(base: Files, change: Change) -> Files:
    files = dict(base)
    change(files)
    assert files != base
    return files


def put(old: str, new: str, file: str = "") -> Change:
    """``new`` for the first ``old`` in the manifest, or in ``file``."""

    def change(files: Files) -> None:
        name = file or ("cmi5.xml" if "cmi5.xml" in files else "imsmanifest.xml")
        assert old in files[name], old
        files[name] = files[name].replace(old, new, 1)

    return change


def add(name: str, content: str = "x") -> Change:
    return lambda files: files.update({name: content})


def drop(name: str) -> Change:
    return lambda files: (files.pop(name), None)[1]


def move(old: str, new: str) -> Change:
    return lambda files: files.update({new: files.pop(old)})


def all_of(*changes: Change) -> Change:
    def change(files: Files) -> None:
        for each in changes:
            each(files)

    return change


def into(folder: str) -> Change:
    """Everything in a folder, as when a folder is zipped and not what is in it."""

    def change(files: Files) -> None:
        for name in list(files):
            files[f"{folder}/{name}"] = files.pop(name)

    return change


def encoded(encoding: str, start: bytes = b"") -> Change:
    """The manifest in another encoding, which it declares."""

    def change(files: Files) -> None:
        text = files["imsmanifest.xml"].replace("UTF-8", encoding).replace("Cursus", "Cursüs")
        raw = start + text.encode(encoding)
        files["imsmanifest.xml"] = raw.decode("utf-8", "surrogateescape")

    return change


ITEM = '<item identifier="i" identifierref="r"><title>Les</title>'
LAUGHS = '<!DOCTYPE manifest [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><manifest '
