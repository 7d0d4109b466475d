"""A score is made of knowledge checks: without any, everyone would pass."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.course import Course, Question


def scores(course: Course) -> Iterator[Diagnostic]:
    """A course that keeps a score and asks nothing."""
    asked = any(isinstance(block, Question) for lesson in course.lessons for block in lesson.blocks)
    if course.settings.score and not asked:
        yield diagnostic(Code.SCORE_OF_NOTHING, course.settings.score_span, "score = false")
