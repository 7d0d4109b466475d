"""The course without an LMS: the site itself, from a web server or straight from a disk."""

from __future__ import annotations

from builder.model.course import Course, Variant
from builder.package.sco import Sco
from builder.render.site import Site

PLAYER = "local"
SAVE = 64_000
"""Characters of a save: far below what browsers keep for one site."""


def package(site: Site, _course: Course, _variant: Variant, _scos: tuple[Sco, ...]) -> Site:
    """``site`` as it is: there is no LMS to tell anything."""
    return site
