"""SCORM 1.2 (CAM 1.2, section 2.3)."""

from __future__ import annotations

from builder.model.course import Course, Variant
from builder.package.lom import METADATA, imsmd
from builder.package.manifest import Edition, add, packed, skeleton
from builder.package.sco import Sco
from builder.render.site import Site

PLAYER = "scorm12"
SUSPEND_DATA = 4096
"""ASCII characters of ``cmi.suspend_data`` (Run-Time Environment 1.2, section 3.4.4)."""

_CONTENT = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_EDITION = Edition(
    version="1.2",
    content=_CONTENT,
    adlcp=_ADLCP,
    kind="scormtype",
    folder="scorm12",
    schemas={_CONTENT: "imscp_rootv1p1p2.xsd", _ADLCP: "adlcp_rootv1p2.xsd"},
    imported=("ims_xml.xsd",),
    others={},
)


def package(site: Site, course: Course, variant: Variant, scos: tuple[Sco, ...]) -> Site:
    """``site`` as a package that launches ``scos``; an LMS judges a score by the course's mastery."""
    site = {**site, METADATA: imsmd(course, variant, scos[0].page)}
    root = skeleton(_EDITION, site, course, variant, scos)
    for item, sco in zip(root.iter(f"{{{_CONTENT}}}item"), scos, strict=True):
        if sco.course.settings.mastery is not None:
            add(item, f"{{{_ADLCP}}}masteryscore").text = str(sco.course.settings.mastery)
    return packed(_EDITION, site, root)
