"""What an LMS can launch in a package of any standard: its manifest found and read, with indulgence, as LMSs do.

What is wrong with a manifest is for ``inspect``; here everything counts that can be played.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote

from lxml import etree

from builder.diagnostics import BuilderError
from builder.inspect.archive import Archive
from builder.inspect.detect import located
from builder.inspect.finding import shown
from builder.lms.manifest import Sco, read_manifest, root_of

Standard = Literal["scorm12", "scorm2004", "scorm2004-3rd", "cmi5"]

_AWAY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_IN_ADDRESS = "/%?#=&;:@!$,+~()'*[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A SCO or an AU. ``href`` is its address from the root of the package, ready to be asked for.

    ``mastery`` is as the manifest has it: 0 to 100 in SCORM 1.2, -1 to 1 in SCORM 2004, 0 to 1 in cmi5; ``threshold``
    is 2004's completion threshold, 0 to 1; ``move_on`` is cmi5's. "" is what is not there. ``requests`` are those that
    can be granted in SCORM 2004, see ``navigation.py``.
    """

    key: str
    title: str
    href: str
    launch_data: str = ""
    mastery: str = ""
    threshold: str = ""
    move_on: str = ""
    requests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Launchable:
    """``files`` are those in the folder of the manifest, by their path from there. There is at least one unit."""

    standard: Standard
    title: str
    units: tuple[Unit, ...]
    files: Mapping[PurePosixPath, bytes]


def launchable(archive: Archive) -> Launchable:
    """What can be launched in ``archive``.

    Raises ``BuilderError``: ``no-manifest``, ``manifest-unread`` or ``no-unit``.
    """
    place = located(archive)
    if not place.manifest:
        raise BuilderError("no-manifest", path=archive.name)
    path = PurePosixPath(place.folder) / place.manifest
    content = place.files[PurePosixPath(place.manifest)]
    standard: Standard
    try:
        if place.cmi5:
            standard, (title, units) = "cmi5", _structure(content)
        else:
            found = read_manifest(content)
            standard, title = found.standard, found.title
            units = tuple(_unit(sco) for sco in found.scos if not _AWAY.match(sco.href))
    except ValueError as error:
        raise BuilderError("manifest-unread", manifest=str(path)) from error
    if not units:
        raise BuilderError("no-unit", path=archive.name, manifest=str(path))
    title = shown(" ".join(title.split())) or archive.name
    return Launchable(standard=standard, title=title, units=units, files=place.files)


def _unit(sco: Sco) -> Unit:
    return Unit(
        key=sco.item,
        title=sco.title or sco.href,
        href=quote(sco.href.lstrip("/"), safe=_IN_ADDRESS),
        launch_data=sco.launch_data,
        mastery=sco.mastery_score or sco.scaled_passing_score,
        threshold=sco.completion_threshold,
        requests=sco.requests,
    )


def _structure(content: bytes) -> tuple[str, tuple[Unit, ...]]:
    """The title and the assignable units of a course structure (cmi5 section 13.1).

    Raises ValueError when it cannot be read.
    """
    root = root_of(content)
    units = (
        Unit(
            key=au.get("id", ""),
            title=_text(au.find("{*}title")) or _text(au.find("{*}url")),
            href=quote(_text(au.find("{*}url")), safe=_IN_ADDRESS),
            launch_data=_text(au.find("{*}launchParameters")),
            mastery=au.get("masteryScore", ""),
            move_on=au.get("moveOn", "NotApplicable"),
        )
        for au in root.iter("{*}au")
    )
    title = _text(root.find("{*}course/{*}title"))
    return title, tuple(unit for unit in units if unit.href and not _AWAY.match(unit.href))


def _text(element: etree._Element | None) -> str:
    """All text of an element, with single spaces."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""
