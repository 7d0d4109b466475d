"""What a build made, as a short table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.check.budget import Bound, full_save, save_bound
from builder.messages import say
from builder.model.course import Course


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


def facts(course: Course, path: Path, size: int, limit: int) -> Facts:
    """The facts of a package of ``course`` written to ``path``."""
    return Facts(
        path=path,
        size=size,
        lessons=len(course.lessons),
        bound=save_bound(course),
        full=full_save(course),
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
