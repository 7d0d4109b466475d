"""``akkoord``: what an author has looked at and leaves as it is, with the reason beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import TypeVar

from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.scenario import Accepted, Choice, Scenario, Scene

N = TypeVar("N", Scene, Choice)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """The lines of a file that an ``akkoord`` is about: those of its scene or its choice."""

    accepted: Accepted
    path: str
    first: int
    end: float

    def covers(self, each: Diagnostic) -> bool:
        return (
            str(each.code) == self.accepted.code
            and each.span.path == self.path
            and self.first <= each.span.line < self.end
        )


def settled(found: Iterable[Diagnostic], scenarios: Iterable[Scenario]) -> Iterator[Diagnostic]:
    """``found`` without what its author accepted in place; an ``akkoord`` with nothing to accept is told."""
    stretches = [each for scenario in scenarios for each in _stretches(scenario)]
    used: set[int] = set()
    for each in found:
        covering = [number for number, stretch in enumerate(stretches) if stretch.covers(each)]
        used.update(covering)
        if not covering:
            yield each
    for number, stretch in enumerate(stretches):
        if number not in used:
            yield diagnostic(Code.ACCEPTED_UNUSED, stretch.accepted.span, name=stretch.accepted.code)


def _stretches(scenario: Scenario) -> Iterator[_Stretch]:
    for scene, end in _with_ends(scenario.scenes, inf):
        path = scene.span.path
        for accepted in scene.accepted:
            yield _Stretch(accepted=accepted, path=path, first=scene.span.line, end=end)
        for choice, after in _with_ends(scene.choices, end):
            for accepted in choice.accepted:
                yield _Stretch(accepted=accepted, path=path, first=choice.span.line, end=after)


def _with_ends(nodes: tuple[N, ...], end: float) -> Iterator[tuple[N, float]]:
    """Each with the line where the next one begins."""
    for number, node in enumerate(nodes, start=1):
        yield node, nodes[number].span.line if number < len(nodes) else end
