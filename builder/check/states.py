"""Every state that a scenario can be in: explored breadth first, so that the way to each is as short as can be.

explore(scenario)          # as few states as tell apart what is open, seen and reached
explore(scenario, asked)   # with every meter and variable as it is, and all that any condition asks for
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from builder.check.machine import Kept, Machine, State
from builder.check.memory import needed
from builder.model.scenario import Scenario

LIMIT = 100_000
"""States after which exploring a scenario stops."""


class Step(NamedTuple):
    """From a state (its number) by choice ``choice`` (none: past the scene), with an event between or none."""

    at: int
    choice: int | None
    event: int | None


class Arrow(NamedTuple):
    """To a state (its number), as a ``Step`` leads."""

    to: int
    choice: int | None
    event: int | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Space:
    """All states reached from the beginning, in the order in which they were found.

    ``arrows`` are those out of each state, as far as exploring went (``done``; it stops at ``LIMIT``);
    ``parents`` are the steps by which each was first found.
    """

    machine: Machine
    states: Sequence[State]
    arrows: Sequence[Sequence[Arrow]]
    done: int
    parents: Sequence[Step | None]

    @property
    def whole(self) -> bool:
        """Whether all states were explored."""
        return self.done == len(self.states)

    @cached_property
    def groups(self) -> list[list[int]]:
        """States (their numbers) that can reach each other, each group after those it leads to."""
        return groups([[arrow.to for arrow in out] for out in self.arrows])

    @cached_property
    def ahead(self) -> list[int]:
        """By state the scenes that can still come, its own included: a bit for each."""
        found = [1 << state.scene for state in self.states]
        for group in self.groups:
            together = 0
            for state in group:
                together |= found[state]
                for to, _, _ in self.arrows[state]:
                    together |= found[to]
            for state in group:
                found[state] = together
        return found

    @cached_property
    def passages(self) -> list[set[tuple[int, int | None]]]:
        """By scene (its index) the scenes that come after it in any state, and by which choice."""
        found: list[set[tuple[int, int | None]]] = [set() for _ in self.machine.scenario.scenes]
        for state, out in zip(self.states, self.arrows, strict=True):
            found[state.scene].update((self.states[to].scene, choice) for to, choice, _ in out)
        return found

    def way(self, state: int) -> tuple[Step, ...]:
        """The shortest way to a state, by its number."""
        return way(self.parents, state)


def way(parents: Sequence[Step | None] | Mapping[int, Step | None], state: int) -> tuple[Step, ...]:
    """The steps that lead to a state, when ``parents`` tells of each the last one."""
    found = []
    step = parents[state]
    while step is not None:
        found.append(step)
        step = parents[step.at]
    return tuple(reversed(found))


def explore(scenario: Scenario, keep: Callable[[Machine], tuple[Kept, ...]] = needed) -> Space:
    """Every state of a linked scenario without unknown names; ``keep`` as for ``Machine``.

    Remembered for scenarios that are equal; the places in their files are those of this one.
    """
    found = _remembered(scenario, keep)
    return found if found.machine.scenario is scenario else replace(found, machine=Machine(scenario, keep))


@lru_cache(maxsize=16)
def _remembered(scenario: Scenario, keep: Callable[[Machine], tuple[Kept, ...]]) -> Space:
    return explored(Machine(scenario, keep))


def forget() -> None:
    """Remember no scenario that was explored."""
    _remembered.cache_clear()


def explored(machine: Machine) -> Space:
    """Every state of a machine."""
    first = machine.start()
    numbers = {first: 0}
    states = [first]
    parents: list[Step | None] = [None]
    arrows: list[list[Arrow]] = []
    for state in states:
        at = len(arrows)
        if len(states) > LIMIT:
            break
        out = []
        for there, choice, event in machine.moves(state):
            to = numbers.setdefault(there, len(states))
            if to == len(states):
                states.append(there)
                parents.append(Step(at, choice, event))
            out.append(Arrow(to, choice, event))
        arrows.append(out)
    done = len(arrows)
    arrows += [[] for _ in range(len(states) - done)]
    return Space(machine=machine, states=states, arrows=arrows, done=done, parents=parents)


def groups(arrows: Sequence[Sequence[int]]) -> list[list[int]]:
    """Strongly connected groups of a graph, each after those it leads to (Tarjan, without recursion)."""
    low: dict[int, int] = {}
    order: dict[int, int] = {}
    stack: list[int] = []
    grouped: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(arrows)):
        work = [] if root in order else [(root, 0)]
        while work:
            here, number = work.pop()
            if not number:
                order[here] = low[here] = len(order)
                stack.append(here)
            else:
                low[here] = min(low[here], low[arrows[here][number - 1]])
            while number < len(arrows[here]):
                to = arrows[here][number]
                number += 1
                if to not in order:
                    work += [(here, number), (to, 0)]
                    break
                if to not in grouped:
                    low[here] = min(low[here], order[to])
            else:
                if low[here] == order[here]:
                    group: list[int] = []
                    while not group or group[-1] != here:
                        group.append(stack.pop())
                    grouped.update(group)
                    found.append(group)
    return found
