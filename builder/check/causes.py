"""What is never taken and never comes, down to its causes: what only follows from another is not told as well.

To see what follows from a cause, it is eased: it may happen after all, and the scenario is explored again. What can
be taken then followed from it; what still cannot is a cause of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from builder.check.answers import Survey
from builder.check.machine import Machine, State, in_force
from builder.check.memory import needed
from builder.check.states import explored
from builder.model.scenario import Scenario, SceneKind

PATIENCE = 24
"""Causes at most of which it is sorted out which follow from others."""


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """A scene's choice that is never taken; without a choice, an event that never comes. Indices."""

    scene: int
    choice: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What is never possible in a survey, once the causes of earlier rounds are eased."""

    survey: Survey
    causes: tuple[Cause, ...]


class Eased(Machine):
    """Whatever is eased may happen besides what can happen anyhow."""

    def __init__(self, scenario: Scenario, eased: Iterable[Cause]) -> None:
        self.eased = frozenset(eased)
        super().__init__(scenario, needed)

    def open(self, state: State) -> tuple[int, ...]:
        usual = super().open(state)
        eased = (each.choice for each in sorted(self.eased) if each.scene == state.scene and each.choice >= 0)
        return (*usual, *(choice for choice in eased if choice not in usual))

    def coming(self, after: State) -> list[int]:
        usual = super().coming(after)
        eased = (event.scene for event in self.events[after.scene] if Cause(event.scene) in self.eased)
        return [*usual, *(event for event in eased if event not in usual)]

    def must_come(self, events: Iterable[int]) -> bool:
        return super().must_come(event for event in events if Cause(event) not in self.eased)


def rounds(survey: Survey) -> list[Round]:
    """Causes by round; the last one has none left, and its survey holds whatever could be if all were mended."""
    eased: tuple[Cause, ...] = ()
    found = []
    while True:
        causes = _causes(survey, eased)
        found.append(Round(survey=survey, causes=causes))
        if not causes:
            return found
        eased = (*eased, *causes)
        survey = _eased(survey, eased)


def _eased(survey: Survey, eased: Iterable[Cause]) -> Survey:
    return Survey(explored(Eased(survey.machine.scenario, eased)))


def _causes(survey: Survey, eased: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """What is never possible in reached scenes, without what would be if the others were."""
    found = set(_never(survey)) - set(eased)
    if 1 < len(found) <= PATIENCE:
        for each in sorted(found, reverse=True):
            without = found - {each}
            if each not in _never(_eased(survey, (*eased, *without))):
                found = without
    return tuple(sorted(found))


def _never(survey: Survey) -> list[Cause]:
    machine, scenes = survey.machine, survey.machine.scenario.scenes
    found = []
    for at, scene in enumerate(scenes):
        if scene.kind is SceneKind.EVENT and not survey.at[at] and _could_come(survey, at):
            found.append(Cause(at))
        me = machine.me(scene)
        for number, choice in enumerate(scene.choices):
            if not survey.at[at] or (at, number) in survey.taken:
                continue
            shut = (
                choice.closed_by
                and not choice.unless
                and in_force(machine.scenario, choice.closed_by) is None
            )
            leads = machine.index.get(choice.target.key)
            if (
                (choice.role is None or choice.role.key == me)
                and not (shut and (leads is None or survey.at[leads]))
                and not any(number in machine.open(state) for state in survey.at[at])
            ):
                found.append(Cause(at, number))
    return found


def _could_come(survey: Survey, event: int) -> bool:
    """Whether a scene is left on whose leaving an event may come."""
    scenario = survey.machine.scenario
    role = scenario.scenes[event].role
    if role and scenario.perspective and role.key != scenario.perspective.key:
        return False
    return any(at in survey.left_for(event) for at, _ in survey.taken)
