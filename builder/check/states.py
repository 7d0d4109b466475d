"""Every state that a scenario can be in: explored breadth first, so that the way to each is as short as can be.

explore(scenario)          # as few states as tell apart what is open, seen and reached
explore(scenario, asked)   # with every meter and variable as it is, and all that any condition asks for
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """All states reached from the beginning, in the order in which they were found.

    ``arrows`` are those out of each state; ``parents`` the step by which each was first found. ``whole`` is false where
    exploring stopped at ``LIMIT``: then the last states have no arrows.
    """

    machine: Machine
    states: Sequence[State]
    arrows: Sequence[Sequence[Arrow]]
    parents: Sequence[Step | None]
    whole: bool

    def way(self, state: int) -> tuple[Step, ...]:
        """The shortest way to a state, by its number."""
        found = []
        step = self.parents[state]
        while step is not None:
            found.append(step)
            step = self.parents[step.at]
        return tuple(reversed(found))


@lru_cache(maxsize=64)
def explore(scenario: Scenario, keep: Callable[[Machine], tuple[Kept, ...]] = needed) -> Space:
    """Every state of a linked scenario without unknown names; ``keep`` as for ``Machine``."""
    return explored(Machine(scenario, keep))


def explored(machine: Machine) -> Space:
    """Every state of a machine."""
    first = machine.start()
    numbers = {first: 0}
    states = [first]
    parents: list[Step | None] = [None]
    arrows: list[list[Arrow]] = []
    for at, state in enumerate(states):
        if len(states) > LIMIT:
            arrows += [[] for _ in range(len(states) - at)]
            break
        out = []
        for there, choice, event in machine.moves(state):
            to = numbers.setdefault(there, len(states))
            if to == len(states):
                states.append(there)
                parents.append(Step(at, choice, event))
            out.append(Arrow(to, choice, event))
        arrows.append(out)
    whole = len(states) <= LIMIT
    return Space(machine=machine, states=states, arrows=arrows, parents=parents, whole=whole)


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
