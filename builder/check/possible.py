"""What conditions leave open, without playing: every value and flag that makes a difference to them is tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from builder.check.machine import VARIABLE_RANGE, in_force
from builder.model.logic import All, Any, Chosen, Compare, Condition, Not, Visited, holds
from builder.model.scenario import Choice, Meter, Scenario, Variable
from builder.model.walk import every

_MOST = 20_000
"""Combinations that are tried; beyond them everything counts as possible."""

NEVER = Any(of=())
ALWAYS = All(of=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One way things can stand, as far as conditions look at it."""

    values: Mapping[str, int]
    visited: frozenset[str]
    chosen: frozenset[str]

    def meet(self, condition: Condition) -> bool:
        return holds(condition, self.values, self.visited, self.chosen)


def opening(scenario: Scenario, choice: Choice) -> Condition:
    """When a choice can be taken, apart from whether it was taken before."""
    terms = [choice.condition] if choice.condition else []
    if choice.closed_by:
        bent = choice.unless or NEVER
        ruling = in_force(scenario, choice.closed_by)
        terms.append(Any(of=(Not(of=ruling), bent)) if ruling else bent)
    return terms[0] if len(terms) == 1 else All(of=tuple(terms))


def ranges(scenario: Scenario) -> dict[str, tuple[int, int]]:
    """The lowest and highest value of every meter and variable."""
    numbers: tuple[Meter | Variable, ...] = (*scenario.meters, *scenario.variables)
    return {n.key: (n.low, n.high) if isinstance(n, Meter) else VARIABLE_RANGE for n in numbers}


def cases(scenario: Scenario, conditions: Iterable[Condition]) -> Iterator[Facts]:
    """Every combination that some of ``conditions`` can tell apart; none where there are too many of them."""
    asked = tuple(conditions)
    within = ranges(scenario)
    numbers: dict[str, set[int]] = {}
    for compare in every(asked, Compare):
        low, high = within.get(compare.name.key, VARIABLE_RANGE)
        near = (compare.number - 1, compare.number, compare.number + 1)
        numbers.setdefault(compare.name.key, set()).update(n for n in near if low <= n <= high)
    both: tuple[Meter | Variable, ...] = (*scenario.meters, *scenario.variables)
    for each in both:
        if each.key in numbers:
            numbers[each.key].add(each.start)
    visited = sorted({each.scene.key for each in every(asked, Visited)})
    chosen = sorted({each.choice.key for each in every(asked, Chosen)})
    flags = [("visited", key) for key in visited] + [("chosen", key) for key in chosen]
    if prod(map(len, numbers.values())) * 2 ** len(flags) > _MOST:
        return
    for values in product(*(sorted(each) for each in numbers.values())):
        for set_ in product((False, True), repeat=len(flags)):
            true = {flag for flag, yes in zip(flags, set_, strict=True) if yes}
            yield Facts(
                values=dict(zip(numbers, values, strict=True)),
                visited=frozenset(key for kind, key in true if kind == "visited"),
                chosen=frozenset(key for kind, key in true if kind == "chosen"),
            )


def can_hold(scenario: Scenario, *conditions: Condition) -> bool:
    """Whether all of ``conditions`` can be true at once."""
    tried = tuple(cases(scenario, conditions))
    return not tried or any(all(map(each.meet, conditions)) for each in tried)


def whenever(scenario: Scenario, one: Condition, other: Condition) -> bool:
    """Whether ``other`` is true in every case in which ``one`` is."""
    return other in (one, ALWAYS) or not can_hold(scenario, one, Not(of=other))
