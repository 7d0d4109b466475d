"""What is proven of a scenario by going through all its states: what nobody ever sees, and what is superfluous."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.check.answers import Survey
from builder.check.causes import rounds
from builder.check.facts import leaks
from builder.check.never import never
from builder.check.states import explore
from builder.check.stuck import stuck
from builder.check.superfluous import superfluous
from builder.diagnostics import Diagnostic
from builder.model.scenario import Scenario


def proofs(scenarios: Iterable[Scenario]) -> Iterator[Diagnostic]:
    """All that is proven of linked scenarios without unknown names.

    Of one too large to be explored whole, only what was met on the way is told.
    """
    for scenario in scenarios:
        if not scenario.begin or not _told_apart(scenario):
            continue
        space = explore(scenario)
        yield from leaks(space)
        if not space.whole:
            yield from stuck(space, space)
            continue
        found = rounds(Survey(space))
        for each in found:
            yield from never(each)
        mended = found[-1].survey
        yield from stuck(space, mended.space)
        if mended.space.whole:
            yield from superfluous(mended)


def _told_apart(scenario: Scenario) -> bool:
    """Whether no two scenes, and no two choices of one, have the same key; where they have, that was reported."""
    keys = [[scene.key for scene in scenario.scenes]]
    keys += [[choice.key for choice in scene.choices] for scene in scenario.scenes]
    return all(len(each) == len(set(each)) for each in keys)
