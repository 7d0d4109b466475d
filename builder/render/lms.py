"""What goes with the packages to whoever manages the LMS: one Dutch page, about this course with its own settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from builder.messages import number, say
from builder.model.course import Course, Variant
from builder.render.paper import paper

LANGUAGE = "nl"
"""Long prose for managers is Dutch, whatever a course speaks."""

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package as its reader sees it: its format, its file, and for how many characters of Dutch it has room.

    ``limit``: the characters of a save that its standard keeps.
    """

    format: str
    file: str
    room: int
    limit: int


def day(date: date) -> str:
    """A date in Dutch words."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def lms_page(course: Course, variant: Variant, packages: Sequence[Package]) -> bytes:
    """``LEESMIJ-LMS.html``: which of ``packages`` to upload, what to tick, what is recorded, what if it fails."""
    settings = course.settings

    def words(key: str, **values: object) -> str:
        return say(settings.language, "player", key, **values)

    def figure(value: float) -> str:
        return number(LANGUAGE, value)

    return paper(
        "lms.html",
        LANGUAGE,
        "lms",
        functions={"say": words, "number": figure},
        settings=settings,
        variant=variant,
        packages={each.format: each for each in packages},
        day=day(settings.date),
        minutes=sum(lesson.minutes for lesson in course.lessons),
        contacts=dict(sorted(variant.local.items())),
    )
