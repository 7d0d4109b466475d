"""What a build made, as a short table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.check.budget import full_save, history_bound
from builder.messages import say
from builder.model.course import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One package. ``size`` is in bytes; ``history``, ``full`` and ``limit`` (0: none) in characters of a save.

    ``history`` is the proven worst case of all but free text; ``full`` adds ordinary Dutch answers of full length.
    """

    path: Path
    size: int
    lessons: int
    history: int
    full: int
    limit: int


def facts(course: Course, path: Path, size: int, limit: int) -> Facts:
    """The facts of a package of ``course`` written to ``path``."""
    return Facts(
        path=path,
        size=size,
        lessons=len(course.lessons),
        history=history_bound(course),
        full=full_save(course),
        limit=limit,
    )


def table(rows: Sequence[Facts], language: str) -> str:
    """A line a package under a heading, in columns."""
    names = ("file", "size", "lessons", "save", "full")
    heading = tuple(say(language, "cli", f"column-{name}") for name in names)
    cells = [heading] + [
        (
            str(row.path),
            f"{row.size / 1000:.0f} kB",
            str(row.lessons),
            str(row.history),
            f"{row.full}" + (f" / {row.limit}" if row.limit else ""),
        )
        for row in rows
    ]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heading))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )
