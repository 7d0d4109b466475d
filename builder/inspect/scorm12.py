"""What only SCORM 1.2 asks of a manifest (CAM 1.2 section 2.3), beyond its schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.inspect.finding import Code, Finding
from builder.inspect.scorm import Dialect, Manifest
from builder.inspect.xml import text_of

DIALECT = Dialect(
    name="SCORM 1.2",
    version="1.2",
    cp="http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2",
    scorm_type="scormtype",
    schemas="scorm12",
)

_SCORE = re.compile(r"\d{1,3}(\.\d+)?")
_TIME = re.compile(r"\d{2,4}:\d\d:\d\d(\.\d{1,2})?")
_WORD = re.compile(r"""[^\s&|~()=<>,{}*"']+""")
_STATUS = {
    "passed",
    "completed",
    "failed",
    "incomplete",
    "browsed",
    "not",
    "attempted",
    "p",
    "c",
    "f",
    "i",
    "b",
    "n",
}
_DATA = 255


def only(manifest: Manifest) -> Iterator[Finding]:
    """What the rules of 1.2 alone find in ``manifest``: mastery, time limits, prerequisites, data for the start."""
    adlcp = manifest.dialect.adlcp
    known = {item.get("identifier") for item in manifest.every("item")}
    for score in manifest.root.iter(f"{{{adlcp}}}masteryscore"):
        value = text_of(score)
        if not _SCORE.fullmatch(value) or float(value) > 100:
            yield manifest.at(Code.MASTERY_SCORE, score, value=value)
    for limit in manifest.root.iter(f"{{{adlcp}}}maxtimeallowed"):
        if not _TIME.fullmatch(text_of(limit)):
            yield manifest.at(Code.TIME_LIMIT, limit, value=text_of(limit))
    for data in manifest.root.iter(f"{{{adlcp}}}datafromlms"):
        if len(data.text or "") > _DATA:
            yield manifest.at(Code.VALUE_LONG, data, value="datafromlms", limit=_DATA)
    for script in manifest.root.iter(f"{{{adlcp}}}prerequisites"):
        for word in _WORD.findall(text_of(script)):
            if word not in known and word.lower() not in _STATUS and not word.isdigit():
                yield manifest.at(Code.PREREQUISITE_UNKNOWN, script, wanted=word)
