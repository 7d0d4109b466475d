"""What an LMS launches and keeps a record of: the whole course, or each lesson by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath

from builder.model.course import Course, Lesson, Question
from builder.model.naming import slug
from builder.model.scenario import Scene
from builder.model.walk import every
from builder.render.prose import plain
from builder.render.site import PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sco:
    """A SCO (SCORM) or assignable unit (cmi5) of a package: its page in the site, and what it is called.

    ``key`` is unique in the course and the same in every version: lower-case ASCII letters, digits and hyphens.
    ``course`` is what is played in it, in the words of a municipality.
    """

    key: str
    title: str
    page: PurePosixPath
    course: Course


def whole(course: Course) -> tuple[Sco, ...]:
    """The course as one SCO."""
    settings = course.settings
    return (Sco(key=slug(settings.id) or "cursus", title=settings.title, page=PAGE, course=course),)


def by_lesson(course: Course) -> tuple[Sco, ...]:
    """A SCO for each lesson. A lesson keeps its page and its codes wherever it stands and whatever it is titled."""
    return tuple(
        Sco(
            key=(key := _plain_key(lesson.key)),
            title=plain(lesson.title),
            page=PurePosixPath(f"les-{key}.html"),
            course=_alone(course, lesson),
        )
        for lesson in course.lessons
    )


def _plain_key(key: str) -> str:
    """``key`` in the letters of a file name; what that loses is made up for, so that two keys stay two."""
    if slug(key) == key:
        return key
    return f"{slug(key)}-{sha256(key.encode()).hexdigest()[:6]}".strip("-")


def _alone(course: Course, lesson: Lesson) -> Course:
    """``course`` with only this lesson: unscored without knowledge checks, no aftercare without an intense scene."""
    settings = course.settings
    scores = settings.score and any(isinstance(block, Question) for block in lesson.blocks)
    intense = any(scene.intense for scene in every(lesson.blocks, Scene))
    return replace(
        course,
        lessons=(lesson,),
        settings=replace(settings, score=scores, mastery=settings.mastery if scores else None),
        aftercare=course.aftercare if intense else None,
    )
