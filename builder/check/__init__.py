"""What can be said about a linked course before anyone plays it.

Every check is a function from the course to diagnostics.
"""

from __future__ import annotations

from builder.check.accepted import settled
from builder.check.access import access
from builder.check.budget import budget
from builder.check.contrast import contrast
from builder.check.dilemma import dilemmas
from builder.check.language import language
from builder.check.proofs import proofs
from builder.check.replay import replays
from builder.check.score import scores
from builder.check.structure import structure
from builder.check.verdict import verdicts
from builder.diagnostics import Diagnostic
from builder.model.course import Course
from builder.model.scenario import Scenario
from builder.model.text import Ref
from builder.model.walk import every

__all__ = ["check"]


def check(course: Course) -> tuple[Diagnostic, ...]:
    """Everything the checks find, in no particular order.

    A scenario with a name that means nothing, or two scenes of one name, was reported by linking, and is not walked.
    """
    walkable = [scenario for scenario in course.scenarios if _walkable(scenario)]
    found = (
        *structure(walkable),
        *replays(walkable),
        *proofs(walkable),
        *budget(course, walkable),
        *scores(course),
        *access(course),
        *contrast(course),
        *dilemmas(walkable, course.wording.waiting),
        *verdicts(walkable, course.wording),
        *language(course),
    )
    return tuple(settled(found, course.lessons, {scenario.key for scenario in walkable}))


def _walkable(scenario: Scenario) -> bool:
    keys = {scene.key for scene in scenario.scenes}
    return len(keys) == len(scenario.scenes) and all(ref.key for ref in every(scenario, Ref))
