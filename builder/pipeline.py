"""The one composition: what the command line writes, the preview serves and the tests compare."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from builder.check import check
from builder.check.budget import save_bound
from builder.diagnostics import ACCEPTABLE, PROVEN, BuilderError, Code, Diagnostic, Severity, in_order
from builder.link import link
from builder.model.course import Course, Variant
from builder.model.naming import anchor
from builder.package import cmi5, scorm12, scorm2004, web
from builder.package.sco import Sco, by_lesson, whole
from builder.render.datasheet import datasheet
from builder.render.lms import Package, lms_page
from builder.render.pdf import pdf
from builder.render.site import Site, render
from builder.source import decode, parse
from builder.source.read import SourceTree, read
from builder.vary import vary


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A standard: the player's bundle that speaks it, what it adds to a site, and the characters it keeps of a save.

    ``lessons``: whether each lesson can have a record of its own.
    ``unpacked``: whether it is of use as a folder too.
    """

    player: str
    package: Callable[[Site, Course, Variant, tuple[Sco, ...]], Site]
    limit: int
    lessons: bool = True
    unpacked: bool = False


MANUAL = PurePosixPath("LEESMIJ-LMS.html")

FORMATS: Mapping[str, Format] = {
    "scorm12": Format(player=scorm12.PLAYER, package=scorm12.package, limit=scorm12.SUSPEND_DATA),
    "scorm2004": Format(player=scorm2004.PLAYER, package=scorm2004.package, limit=scorm2004.SUSPEND_DATA),
    "scorm2004-3rd": Format(
        player=scorm2004.PLAYER, package=scorm2004.package_3rd, limit=scorm2004.SUSPEND_DATA_3RD
    ),
    "cmi5": Format(player=cmi5.PLAYER, package=cmi5.package, limit=cmi5.SAVE),
    "web": Format(player=web.PLAYER, package=web.package, limit=web.SAVE, lessons=False, unpacked=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A course that was read, linked and checked. ``course`` may be used only when ``diagnostics`` has no errors."""

    tree: SourceTree
    course: Course
    diagnostics: tuple[Diagnostic, ...]


def examine(root: Path) -> Examined:
    """Read the course in ``root`` and find everything that can be said about it.

    Raises ``BuilderError`` when there is no course to read.
    """
    return examined(read(root))


def examined(tree: SourceTree) -> Examined:
    """``examine`` for files that have been read."""
    draft = parse(tree)
    course = link(draft.value)
    unread = _places(draft.diagnostics)
    meant = [each for each in (*course.diagnostics, *check(course.value)) if _place(each) not in unread]
    said = [_whole_line(each, tree) for each in _first_causes([*draft.diagnostics, *meant], tree)]
    return Examined(tree=tree, course=course.value, diagnostics=in_order(said))


def variant_of(course: Course, key: str) -> Variant:
    """The variant named ``key``. Raises ``BuilderError("no-variant")`` when there is none."""
    for variant in course.variants:
        if variant.key == key:
            return variant
    raise BuilderError("no-variant", name=key, known=", ".join(v.key for v in course.variants) or "–")


def build(course: Course, variant: Variant, standard: Format) -> Site:
    """The files of one package: the course in the words of ``variant``, for ``standard``.

    A page for each SCO; other files that are the same have the same name, so there is one of each.
    """
    local = vary(course, variant).value
    parts = scos(local, standard)
    site: dict[PurePosixPath, bytes] = {}
    for part in parts:
        key = part.key if apart(course, standard) else ""
        site |= render(part.course, variant, standard.player, limit=standard.limit, page=part.page, sco=key)
    return standard.package(dict(sorted(site.items())), local, variant, parts)


def scos(course: Course, standard: Format) -> tuple[Sco, ...]:
    """What an LMS launches of a package: the course, or its lessons where it says so and the standard can."""
    return by_lesson(course) if apart(course, standard) else whole(course)


def apart(course: Course, standard: Format) -> bool:
    """Whether each lesson has a record of its own."""
    return course.settings.sco == "lesson" and standard.lessons


def package_name(course: Course, name: str) -> str:
    """The file of the package of ``course`` for the format ``name``."""
    return f"{course.settings.id}-{name}{'-per-les' if apart(course, FORMATS[name]) else ''}.zip"


def papers(course: Course, variant: Variant, formats: Iterable[str] = FORMATS) -> Site:
    """What goes with the packages of ``variant`` in ``formats`` to whoever manages the LMS, by its path beside them."""
    names = [name for name in FORMATS if name in set(formats)]
    bound = save_bound(course)
    packages = [
        Package(
            format=name,
            file=package_name(course, name),
            room=_ordinary(bound.room(FORMATS[name].limit)),
            limit=FORMATS[name].limit,
        )
        for name in names
    ]
    sheets = {
        PurePosixPath(f"gegevensblad-{name}.html"): datasheet(course, variant, (name,)) for name in names
    }
    return {MANUAL: lms_page(course, variant, packages), **sheets}


def handouts(course: Course, variant: Variant) -> Site:
    """What is made as a PDF for ``variant``, by its path beside the packages: the data sheet of all formats in one.

    Raises ``BuilderError("no-pdf")`` where this machine makes none.
    """
    return {PurePosixPath("handouts/gegevensblad.pdf"): pdf(datasheet(course, variant, tuple(FORMATS)))}


def _ordinary(room: int) -> int:
    """Characters of Dutch that fit in ``room``, in hundreds: the player packs them to three quarters."""
    return room * 4 // 3 // 100 * 100


_NAMES = frozenset(
    {
        Code.SCENE_UNKNOWN, Code.PERSON_UNKNOWN, Code.VARIABLE_UNKNOWN, Code.FACT_UNKNOWN, Code.RULE_UNKNOWN,
        Code.CHOICE_UNKNOWN,
    }
)  # fmt: skip
"""A name that means nothing."""

_GRAPH = frozenset(
    {
        Code.SCENE_UNREACHABLE, Code.SCENE_DEAD_END, Code.SCENE_NO_WAY_OUT, Code.SCENARIO_EMPTY, Code.SCENARIO_ENDLESS,
        Code.ENDING_MISSING, Code.DEBRIEF_MISSING, Code.SAVE_TOO_LARGE, Code.SCENARIO_LARGE, Code.REPLAY_BEGIN,
        Code.SCENE_ROLE,
    }
)  # fmt: skip
"""What may only follow from a line that could not be read."""

_JUDGED = _GRAPH | PROVEN | ACCEPTABLE | {Code.ACCEPTED_UNUSED}
"""What is told only of a file whose every line was read."""


def _place(each: Diagnostic) -> tuple[str, int]:
    return each.span.path, each.span.line


def _places(diagnostics: Iterable[Diagnostic]) -> set[tuple[str, int]]:
    """The lines that could not be read: what they mean is not judged as well."""
    return {_place(each) for each in diagnostics if each.severity is Severity.ERROR}


def _first_causes(said: list[Diagnostic], tree: SourceTree) -> list[Diagnostic]:
    """Without what only follows from a line that could not be read.

    A graph is judged only where every line of its file was read. A name is unknown only when
    no unreadable line holds it.
    """
    causes = [
        each
        for each in said
        if each.severity is Severity.ERROR and each.code not in _NAMES and each.code not in _JUDGED
    ]
    broken = {each.span.path for each in causes if each.code not in _HARMLESS}
    lines = [_line(each, tree) for each in causes]
    unread = {each.span.path for each in causes if each.code in _UNREAD}
    return [
        each
        for each in said
        if not _follows(each, unread, tree)
        and not (each.code in _JUDGED and each.span.path in broken)
        and not (each.code in _NAMES and any(_holds(line, each) for line in lines))
    ]


_UNREAD = frozenset({Code.SETTINGS_INVALID, Code.FILE_MISSING, Code.VARIANT_MISSING})
"""After which nothing is known of a file."""


def _follows(each: Diagnostic, unread: set[str], tree: SourceTree) -> bool:
    """Whether what is missing stands in a file that could not be read."""
    match each.code:
        case Code.SOURCE_UNKNOWN:
            return "course/course.toml" in unread
        case Code.PERSON_UNCAST:
            return "course/cast.toml" in unread
        case Code.LOCAL_UNKNOWN:
            return any(path.startswith("course/variants/") for path in unread)
        case Code.FILE_UNKNOWN:
            beside = posixpath.dirname(each.span.path)
            return posixpath.normpath(posixpath.join(beside, dict(each.values)["path"])) in tree.files
    return False


_HARMLESS = frozenset(
    {
        Code.IMAGE_ALT, Code.IMAGE_UNKNOWN, Code.IMAGE_REMOTE, Code.IMAGE_UNSAFE, Code.LINK_UNKNOWN,
        Code.SOURCE_UNKNOWN, Code.KEY_TWICE, Code.CHOICE_TWICE, Code.EVENT_FIRST, Code.NAME_TWICE,
    }
)  # fmt: skip
"""Mistakes after which everything was read all the same."""


def _line(each: Diagnostic, tree: SourceTree) -> str:
    lines = decode(each.span.path, tree.files.get(each.span.path, b"")).value.removeprefix("\ufeff")
    found = re.split(r"\r\n|\n|\r", lines)
    return found[each.span.line - 1] if 0 < each.span.line <= len(found) else ""


def _holds(line: str, unknown: Diagnostic) -> bool:
    name, line = dict(unknown.values).get("name", "").casefold(), line.casefold()
    return bool(name) and (name in line or name in anchor(line))


def _whole_line(each: Diagnostic, tree: SourceTree) -> Diagnostic:
    """What to write instead of a name that means nothing is the author's own line with the right name in it."""
    if each.code not in (_NAMES | {Code.SOURCE_UNKNOWN}) or not each.instead:
        return each
    line, start = _line(each, tree), each.span.column - 1
    at = line.find(dict(each.values)["name"], start, start + each.span.length)
    if at < 0:
        return each
    whole = line[:at] + each.instead + line[at + len(dict(each.values)["name"]) :]
    return replace(each, instead=whole.rstrip())
