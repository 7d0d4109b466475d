"""The schemas of SCORM, for each edition its own set, as they lie in ``builder/vendored/xsd``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from importlib.resources import as_file, files
from itertools import islice

from lxml import etree

from builder.inspect.finding import Code, Finding, finding
from builder.inspect.xml import space

_XML = "http://www.w3.org/XML/1998/namespace"
_SETS = {
    "scorm12": {
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    },
    "scorm2004": {
        "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
        "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
        "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
        "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
    },
}
_SETS["scorm2004-3rd"] = _SETS["scorm2004"]
_MOST = 50
_NAMESPACE = re.compile(r"\{[^{}]*\}")


def invalid(root: etree._Element, edition: str, path: str) -> Iterator[Finding]:
    """Where the manifest ``root`` breaks the schemas of ``edition``, a folder of ``builder/vendored/xsd``.

    Elements of any other namespace (metadata, an authoring tool's own) are left out of it: a package may bring
    schemas of its own for those.
    """
    schema = compiled(edition)
    known = deepcopy(root)
    for element in [each for each in known.iter() if space(each) not in _SETS[edition]]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in known.iter():
        for name in element.attrib:
            if name.startswith("{") and name[1:].split("}")[0] not in (
                *_SETS[edition], _XML, "http://www.w3.org/2001/XMLSchema-instance"
            ):  # fmt: skip
                del element.attrib[name]
    if not schema.validate(known):
        for error in islice(schema.error_log, _MOST):
            reason = _NAMESPACE.sub("", error.message)
            yield finding(Code.SCHEMA, path, max(error.line, 0), reason=reason)


@cache
def compiled(edition: str) -> etree.XMLSchema:
    """One schema that brings every namespace of ``edition`` along."""
    with as_file(files("builder").joinpath("vendored", "xsd", edition)) as folder:
        imports = "".join(
            f'<xs:import namespace="{name}" schemaLocation="{folder.as_uri()}/{file}"/>'
            for name, file in _SETS[edition].items()
        )
        source = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
        return etree.XMLSchema(etree.fromstring(source))
