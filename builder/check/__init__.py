"""What can be said about a linked course before anyone plays it.

Every check is a function from the course to diagnostics.
"""

from __future__ import annotations

from builder.check.access import access
from builder.check.budget import budget
from builder.check.structure import structure
from builder.diagnostics import Diagnostic
from builder.model.course import Course

__all__ = ["check"]


def check(course: Course) -> tuple[Diagnostic, ...]:
    """Everything the checks find, in no particular order."""
    return tuple(each for run in (structure, budget, access) for each in run(course))
