"""What a build made, as a short table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.check.budget import Bound, full_save, save_bound
from builder.messages import say
from builder.model.course import ActionPlan, Course
from builder.pipeline import FORMATS, apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One package. ``size`` is in bytes; ``full`` and ``limit`` (0: none) in characters of a save.

    ``bound`` is the worst case of all but free text; ``full`` adds ordinary Dutch answers of full length.
    """

    path: Path
    size: int
    lessons: int
    bound: Bound
    full: int
    limit: int


def facts(courses: Sequence[Course], path: Path, size: int, limit: int) -> Facts:
    """The facts of a package of ``courses`` written to ``path``, each with a save of its own: the longest is told."""
    return Facts(
        path=path,
        size=size,
        lessons=sum(len(course.lessons) for course in courses),
        bound=max(map(save_bound, courses), key=lambda bound: bound.characters),
        full=max(map(full_save, courses)),
        limit=limit,
    )


def table(rows: Sequence[Facts], language: str) -> str:
    """A line a package under a heading, in columns; then what takes most of a save, and whether that is exact."""
    names = ("file", "size", "lessons", "save", "room", "full")
    heading = tuple(say(language, "cli", f"column-{name}") for name in names)
    cells = [heading] + [
        (
            str(row.path),
            f"{row.size / 1000:.0f} kB",
            str(row.lessons),
            str(row.bound.characters),
            str(row.bound.room(row.limit)) if row.limit else "–",
            f"{row.full}" + (f" / {row.limit}" if row.limit else ""),
        )
        for row in rows
    ]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heading))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    return "\n".join(
        [*lines, *dict.fromkeys(_weighed(row.bound, language) for row in rows if row.bound.costliest)]
    )


def _weighed(bound: Bound, language: str) -> str:
    kind = "exact" if bound.exact else "bound" if bound.proven else "unproven"
    return say(language, "cli", f"save-{kind}", costliest=bound.costliest, most=bound.most)


def told_apart(course: Course, formats: Iterable[str], language: str) -> list[str]:
    """What is lost where each lesson has a record of its own, and which of ``formats`` stay whole; else nothing."""
    if course.settings.sco != "lesson":
        return []
    plans = [
        say(language, "cli", "apart-plan", title=lesson.title)
        for lesson in course.lessons
        if len(course.lessons) > 1 and any(isinstance(block, ActionPlan) for block in lesson.blocks)
    ]
    still = [
        say(language, "cli", "apart-not", name=name) for name in formats if not apart(course, FORMATS[name])
    ]
    return [say(language, "cli", "apart"), *plans, *still]
