"""Conditions and effects as data: what both the builder and the player evaluate.

The JSON form of a condition (``to_data``) is a nested list: ``["and", a, b]``, ``["or", a, b]``,
``["not", a]``, ``["visited", scene]``, ``["chosen", id]`` or ``[op, name, number]``.
``tests/logic.json`` is the one table of cases that Python and the player both run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne

from builder.diagnostics import Span
from builder.model.text import NOWHERE, Ref

Data = list[object]

OPERATORS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": ge, ">": gt, "<=": le, "<": lt, "=": eq, "!=": ne,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """``vertrouwen >= 3``: a meter or variable against a whole number."""

    name: Ref
    op: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """``bezocht [Scène](#scene)``."""

    scene: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """``gekozen id``."""

    choice: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """``niet …``."""

    of: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """``… en …``; true when empty."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Any:
    """``… of …``; false when empty."""

    of: tuple[Condition, ...]


Condition = Compare | Visited | Chosen | Not | All | Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """``vertrouwen +1`` (``op`` is ``+`` or ``-``) or ``belofte = 1`` (``op`` is ``=``)."""

    name: Ref
    op: str
    number: int
    span: Span = field(default=NOWHERE, compare=False)

    def applied(self, value: int) -> int:
        """``value`` after this effect; the caller keeps it in its range."""
        return {"+": value + self.number, "-": value - self.number, "=": self.number}[self.op]


def holds(
    condition: Condition | None,
    values: Mapping[str, int],
    visited: Collection[str] = (),
    chosen: Collection[str] = (),
) -> bool:
    """Whether a linked condition is true; no condition always is. Names are keys."""
    match condition:
        case None:
            return True
        case Compare():
            return OPERATORS[condition.op](values[condition.name.key], condition.number)
        case Visited():
            return condition.scene.key in visited
        case Chosen():
            return condition.choice.key in chosen
        case Not():
            return not holds(condition.of, values, visited, chosen)
        case All():
            return all(holds(each, values, visited, chosen) for each in condition.of)
        case Any():
            return any(holds(each, values, visited, chosen) for each in condition.of)


def to_data(condition: Condition) -> Data:
    """The JSON form of a linked condition, for the player."""
    match condition:
        case Compare():
            return [condition.op, condition.name.key, condition.number]
        case Visited():
            return ["visited", condition.scene.key]
        case Chosen():
            return ["chosen", condition.choice.key]
        case Not():
            return ["not", to_data(condition.of)]
        case All():
            return ["and", *map(to_data, condition.of)]
        case Any():
            return ["or", *map(to_data, condition.of)]


def both(one: Condition | None, other: Condition | None) -> Condition | None:
    """True when both are; none always is."""
    return All(of=(one, other)) if one and other else one or other


def refs(condition: Condition | None) -> tuple[Ref, ...]:
    """Every name a condition uses, in the order written."""
    match condition:
        case None:
            return ()
        case Compare():
            return (condition.name,)
        case Visited():
            return (condition.scene,)
        case Chosen():
            return (condition.choice,)
        case Not():
            return refs(condition.of)
        case All() | Any():
            return tuple(ref for each in condition.of for ref in refs(each))
