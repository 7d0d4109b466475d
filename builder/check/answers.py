"""Where a scenario asks something, and what the answers are in all the states in which it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from builder.check.machine import VARIABLE_RANGE, Machine, State
from builder.check.states import Space
from builder.model.logic import All, Condition, Effect, Not
from builder.model.scenario import Beat, Meter, Rule, Scenario, SceneKind, Variable
from builder.model.walk import every

States = Callable[[], Iterable[State]]


class Branch(NamedTuple):
    """A beat that is seen under a condition of its own (none: ``anders``), where those right above it are not true."""

    beat: Beat
    own: Condition | None
    before: tuple[Condition, ...]


class Answers(NamedTuple):
    """Whether something asked is ever true, and ever not."""

    yes: bool
    no: bool


@dataclass(frozen=True)
class Survey:
    """A space looked at by scene. States come as they are on arriving; after a choice as on its reaction."""

    space: Space

    @property
    def machine(self) -> Machine:
        return self.space.machine

    @cached_property
    def at(self) -> list[list[State]]:
        """The states in each scene."""
        found: list[list[State]] = [[] for _ in self.machine.scenario.scenes]
        for state in self.space.states:
            found[state.scene].append(state)
        return found

    @cached_property
    def taken(self) -> frozenset[tuple[int, int]]:
        """The choices (scene and number) that are taken in some state."""
        return frozenset(
            (state.scene, arrow.choice)
            for state, out in zip(self.space.states, self.space.arrows, strict=True)
            for arrow in out
            if arrow.choice is not None
        )

    def answers(self, condition: Condition | None, states: Iterable[State]) -> Answers:
        """What a condition is in ``states``."""
        test, yes, no = self.machine.test(condition), False, False
        for state in states:
            if test(state.values, state.flags):
                yes = True
            else:
                no = True
            if yes and no:
                break
        return Answers(yes, no)

    def where(
        self, states: States, *conditions: Condition | None, none_of: Iterable[Condition] = ()
    ) -> States:
        """Of these states those in which all ``conditions`` hold, and none of the others."""
        wanted = [self.machine.test(each) for each in conditions if each]
        unwanted = [self.machine.test(each) for each in none_of]
        if not wanted and not unwanted:
            return states
        return lambda: (
            state
            for state in states()
            if all(test(state.values, state.flags) for test in wanted)
            and not any(test(state.values, state.flags) for test in unwanted)
        )

    def arriving(self, scene: int) -> States:
        """The states in a scene."""
        return lambda: self.at[scene]

    def offering(self, scene: int, choice: int) -> States:
        """Those in which a choice was not yet spent."""
        at = self.machine.scenario.scenes[scene]
        spent = (
            self.machine.bits["spent", f"{at.key}/{at.choices[choice].key}"] if at.choices[choice].once else 0
        )
        return lambda: (state for state in self.at[scene] if not state.flags & spent)

    def after(self, scene: int, choice: int) -> States:
        """Those on taking a choice."""
        return lambda: (
            self.machine.taken(state, choice)
            for state in self.at[scene]
            if choice in self.machine.open(state)
        )

    def due(self, number: int) -> States:
        """Those in which one of ``Machine.laters`` is on its way and its scene is arrived in, before anything comes."""
        machine, space = self.machine, self.space
        at, choice, later = machine.laters[number]
        there = machine.index[machine.scenario.scenes[at].choices[choice].later[later].target.key]
        return lambda: (
            before._replace(flags=before.flags | machine.visits[there])
            for state, out in zip(space.states, space.arrows, strict=True)
            for arrow in out
            if space.states[arrow.to].scene == there
            for before in (state if arrow.choice is None else machine.taken(state, arrow.choice),)
            if before.pending >> number & 1
        )

    def leaving(self, scenes: Iterable[int]) -> States:
        """Those on taking any choice of these scenes."""
        return lambda: (
            state
            for scene in scenes
            for choice in range(len(self.machine.scenario.scenes[scene].choices))
            if (scene, choice) in self.taken
            for state in self.after(scene, choice)()
        )

    def ruled(self, rule: Rule) -> States:
        """Those in a scene where a rule plays, or closes a choice."""
        scenes = [
            number
            for number, scene in enumerate(self.machine.scenario.scenes)
            if rule.key in {each.key for each in scene.rules}
            or any(choice.closed_by and choice.closed_by.key == rule.key for choice in scene.choices)
        ]
        return lambda: (state for scene in scenes for state in self.at[scene])

    def left_for(self, event: int) -> list[int]:
        """The scenes on whose leaving an event may come."""
        machine = self.machine
        keys = {at.key for at in machine.scenario.scenes[event].at}
        return [
            number
            for number, scene in enumerate(machine.scenario.scenes)
            if scene.key in keys and number != machine.begin and scene.kind is not SceneKind.EVENT
        ]


def branches(beats: Iterable[Beat]) -> Iterator[Branch]:
    """The beats under a condition, each with those before it in its chain of ``als``, ``anders als`` and ``anders``.

    Linking made every ``anders`` a condition of its own, that begins with the opposite of what stands before it.
    """
    before: tuple[Condition, ...] = ()
    for beat in beats:
        whole = beat.guard.condition if beat.guard else None
        if whole is None:
            before = ()
            continue
        terms: tuple[Condition, ...] = whole.of if isinstance(whole, All) else (whole,)
        rest: tuple[Condition, ...] = terms[len(before) :]
        if not before or terms[: len(before)] != tuple(Not(of=each) for each in before):
            before, rest = (), (whole,)
        own = rest[0] if rest else None
        yield Branch(beat, own, before)
        before = (*before, own) if own else before


def constants(scenario: Scenario) -> frozenset[str]:
    """Keys of the meters and variables that no effect of a scenario can ever change."""
    effects = tuple(every(scenario, Effect))
    numbers: tuple[Meter | Variable, ...] = (*scenario.meters, *scenario.variables)
    found = set()
    for each in numbers:
        low, high = (each.low, each.high) if isinstance(each, Meter) else VARIABLE_RANGE
        moved = (effect.applied(each.start) for effect in effects if effect.name.key == each.key)
        if all(max(low, min(high, value)) == each.start for value in moved):
            found.add(each.key)
    return frozenset(found)
