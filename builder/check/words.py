"""Conditions in the author's own words, and what makes one of them impossible."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations
from types import UnionType

from builder.check.machine import Machine, State
from builder.model.logic import All, Any, Chosen, Compare, Condition, Not, Visited, refs
from builder.model.scenario import Scenario
from builder.model.text import Ref

_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">=", "=": "!=", "!=": "="}

_MOST = 4
"""Parts of a condition that are looked at together."""


def written(scenario: Scenario, condition: Condition) -> str:
    """A condition as an author writes it."""
    match condition:
        case Compare():
            return f"{condition.name.text} {condition.op} {condition.number}"
        case Visited():
            return f"bezocht {link(scenario, condition.scene)}"
        case Chosen():
            return f"gekozen {condition.choice.text}"
        case Not():
            return f"niet {_within(scenario, condition.of, All | Any)}"
        case All():
            return " en ".join(_within(scenario, each, Any) for each in condition.of)
        case Any():
            return " of ".join(written(scenario, each) for each in condition.of)


def _within(scenario: Scenario, condition: Condition, joined: type | UnionType) -> str:
    words = written(scenario, condition)
    return f"({words})" if isinstance(condition, joined) else words


def link(scenario: Scenario, scene: Ref) -> str:
    """A link to a scene."""
    title = next((each.title for each in scenario.scenes if each.key == scene.key), scene.text)
    return f"[{title}](#{scene.text})"


def parts(condition: Condition) -> tuple[Condition, ...]:
    """What must all be true for ``condition`` to be."""
    match condition:
        case All():
            return tuple(part for each in condition.of for part in parts(each))
        case Not(of=Any(of=inner)):
            return tuple(part for each in inner for part in parts(opposite(each)))
        case Not(of=Not(of=inner)):
            return parts(inner)
    return (condition,)


def opposite(condition: Condition) -> Condition:
    """True exactly when ``condition`` is not."""
    match condition:
        case Compare():
            return replace(condition, op=_OPPOSITE[condition.op])
        case Not():
            return condition.of
    return Not(of=condition)


def clash(
    machine: Machine, condition: Condition, states: Callable[[], Iterable[State]]
) -> tuple[Condition, ...]:
    """The fewest parts of a condition that are never true together in ``states``, where the whole never is."""
    every = parts(condition)
    for size in range(1, min(len(every), _MOST) + 1):
        for some in combinations(every, size):
            tests = [machine.test(each) for each in some]
            if not any(all(test(state.values, state.flags) for test in tests) for state in states()):
                return some
    return every


def contradiction(
    machine: Machine, clashing: tuple[Condition, ...], states: Callable[[], Iterable[State]]
) -> str:
    """What is always true in ``states``, so that parts of a condition that clash never are; in the author's words."""
    scenario = machine.scenario
    if len(clashing) > 1:
        return " of ".join(_within(scenario, opposite(each), All) for each in clashing)
    (part,) = clashing
    match part:
        case Compare(name=name, op=op, number=number):
            seen = {state.values[machine.names.index(name.key)] for state in states()}
            low, high = min(seen), max(seen)
            if low == high:
                return f"{name.text} = {low}"
            if op in (">=", ">", "=") and high <= number:
                return f"{name.text} <= {high}"
            if op in ("<=", "<", "=") and low >= number:
                return f"{name.text} >= {low}"
        case Any(of=some):
            return " en ".join(_within(scenario, opposite(each), Any) for each in some)
    return written(scenario, opposite(part))


def only_about(condition: Condition, names: Iterable[str]) -> bool:
    """Whether a condition looks at nothing but these meters and variables, by key."""
    keys = {ref.key for ref in refs(condition)}
    return keys <= set(names) and not any(isinstance(each, Visited | Chosen) for each in _leaves(condition))


def _leaves(condition: Condition) -> Iterable[Condition]:
    match condition:
        case Not():
            return _leaves(condition.of)
        case All() | Any():
            return [leaf for each in condition.of for leaf in _leaves(each)]
    return [condition]
