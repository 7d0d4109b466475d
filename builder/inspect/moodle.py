"""What Moodle does with a package that it takes in, as seen in Moodle 4.5, where the standard says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.inspect import scorm2004
from builder.inspect.finding import Code, Finding
from builder.inspect.scorm import Manifest
from builder.inspect.xml import text_of

_AS_2004 = re.compile(r"(CAM )?1\.3|2004 (3rd|4th) Edition")


def moodle(manifest: Manifest) -> Iterator[Finding]:
    """Everything in ``manifest`` that Moodle reads in a way of its own."""
    dialect = manifest.dialect
    version = manifest.root.find(f"{{{dialect.cp}}}metadata/{{{dialect.cp}}}schemaversion")
    said = (version.text or "") if version is not None else ""
    if not dialect.is_12 and not _AS_2004.fullmatch(said):
        yield manifest.at(
            Code.MOODLE_AS_12,
            manifest.root if version is None else version,
            name="schemaversion",
            version=said,
        )
    for resource in manifest.every("resource"):
        prefixes = {prefix for prefix, name in resource.nsmap.items() if name == dialect.adlcp}
        if prefixes and "adlcp" not in prefixes and manifest.kind(resource):
            yield manifest.at(Code.MOODLE_PREFIX, resource, prefix=min(map(str, prefixes)))
    scos = [item for item, resource in manifest.launched() if manifest.kind(resource) == "sco"]
    if len(scos) > 1:
        yield manifest.at(Code.MOODLE_SEVERAL, manifest.root, count=len(scos))
    if dialect.is_12:
        for score in manifest.root.iter(f"{{{dialect.adlcp}}}masteryscore"):
            yield manifest.at(Code.MOODLE_MASTERY, score, score=text_of(score))
    elif scorm2004.passing(manifest):
        yield manifest.at(Code.MOODLE_SUCCESS, manifest.root, score=scorm2004.passing(manifest)[0])
