"""``akkoord``: what an author has looked at and leaves as it is, with the reason beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol, TypeVar

from builder.diagnostics import Code, Diagnostic, Span, diagnostic
from builder.model.accepted import Accepted
from builder.model.course import ActionPlan, Lesson, Question, Section, TryThis
from builder.model.reflection import Reflection
from builder.model.scenario import Debrief, Scenario, Scene


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


N = TypeVar("N", bound=_Placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """The lines of a file that an ``akkoord`` is about: those of its lesson, heading or choice.

    ``judged``: whether everything there was looked at, so that one with nothing to accept is needless.
    """

    accepted: Accepted
    path: str
    first: int
    end: float
    judged: bool

    def covers(self, each: Diagnostic) -> bool:
        return (
            str(each.code) == self.accepted.code
            and each.span.path == self.path
            and self.first <= each.span.line < self.end
        )


def settled(
    found: Iterable[Diagnostic], lessons: Iterable[Lesson], walkable: Collection[str]
) -> Iterator[Diagnostic]:
    """``found`` without what its author accepted in place; an ``akkoord`` with nothing to accept is told.

    ``walkable`` are the keys of the scenarios whose choices were judged.
    """
    stretches = [each for lesson in lessons for each in _of_lesson(lesson, walkable)]
    used: set[int] = set()
    for each in found:
        covering = [number for number, stretch in enumerate(stretches) if stretch.covers(each)]
        used.update(covering)
        if not covering:
            yield each
    for number, stretch in enumerate(stretches):
        if number not in used and stretch.judged:
            yield diagnostic(Code.ACCEPTED_UNUSED, stretch.accepted.span, name=stretch.accepted.code)


def _of_lesson(lesson: Lesson, walkable: Collection[str]) -> Iterator[_Stretch]:
    scenarios = [each for each in lesson.blocks if isinstance(each, Scenario)]
    judged = all(each.key in walkable for each in scenarios)
    yield from _over(lesson.accepted, lesson.span, inf, judged)
    own = [each for each in lesson.blocks if each.span.path == lesson.path]
    for block, end in _with_ends(own, inf):
        if isinstance(block, Scenario):
            yield from _of_scenario(block, end, block.key in walkable)
        elif isinstance(block, Section | Reflection | Question | TryThis | ActionPlan):
            yield from _over(block.accepted, block.span, end, True)
    for scenario in scenarios:
        if scenario.span.path != lesson.path:
            yield from _of_scenario(scenario, inf, scenario.key in walkable)


def _of_scenario(scenario: Scenario, end: float, judged: bool) -> Iterator[_Stretch]:
    yield from _over(scenario.accepted, scenario.span, end, judged)
    parts: list[Scene | Debrief] = [*scenario.scenes, *([scenario.debrief] if scenario.debrief else [])]
    parts.sort(key=lambda each: each.span.line)
    for part, after in _with_ends(parts, end):
        yield from _over(part.accepted, part.span, after, judged)
        if isinstance(part, Scene):
            for choice, until in _with_ends(part.choices, after):
                yield from _over(choice.accepted, choice.span, until, judged)


def _over(accepted: tuple[Accepted, ...], span: Span, end: float, judged: bool) -> Iterator[_Stretch]:
    for each in accepted:
        yield _Stretch(accepted=each, path=span.path, first=span.line, end=end, judged=judged)


def _with_ends(nodes: Sequence[N], end: float) -> Iterator[tuple[N, float]]:
    """Each with the line where the next one begins."""
    for number, node in enumerate(nodes, start=1):
        yield node, nodes[number].span.line if number < len(nodes) else end
