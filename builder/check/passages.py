"""What a course itself says to its reader, passage by passage, each with its place.

Left out is what characters say and think, what trainers read, and what only settles something (the case file too).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from builder.diagnostics import Span
from builder.model.course import ActionPlan, Lesson, Question, Section, Term, TryThis
from builder.model.reflection import Reflection
from builder.model.scenario import Beat, BeatKind, Choice, Scenario, Scene
from builder.model.text import Link, Prose, Ref

_CHOICE = len("- [")
_OPTION = len("- [x] ")
_AFTER_TARGET = len(") ")


class Kind(StrEnum):
    """Who speaks: the course that explains, a choice, the story as it goes on; or a heading, which is no sentence."""

    EXPLANATION = "explanation"
    CHOICE = "choice"
    STORY = "story"
    HEADING = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """``text`` in Markdown; ``lines`` are the places in ``path`` where its lines begin."""

    kind: Kind
    text: str
    path: str
    lines: tuple[tuple[int, int], ...]
    links: tuple[Link, ...] = ()

    def at(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]``, as far as it stands on its first line."""
        number = self.text.count("\n", 0, start)
        begin = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", start)
        line, column = self.lines[min(number, len(self.lines) - 1)]
        length = min(end, stop if stop >= 0 else end) - start
        return Span(path=self.path, line=line, column=max(column + start - begin, 1), length=max(length, 1))


def of_lesson(lesson: Lesson) -> Iterator[Passage]:
    """The passages of a lesson and its scenarios."""
    for block in lesson.blocks:
        match block:
            case Section():
                yield from _title(block.title, block.span, Kind.HEADING)
                yield from _prose(block.prose)
            case TryThis() | ActionPlan():
                yield from _prose(block.prose)
            case Question():
                yield from _question(block)
            case Reflection():
                yield from _reflection(block)
            case Scenario():
                yield from _scenario(block)


def of_term(term: Term) -> Iterator[Passage]:
    """The passages of a word that the glossary explains."""
    yield from _prose(term.prose)


def _question(question: Question) -> Iterator[Passage]:
    yield from _title(question.title, question.span)
    yield from _prose(question.prose)
    for option in question.options:
        yield _line(Kind.EXPLANATION, option.text, option.span, _OPTION)
        yield from _prose(option.feedback)


def _reflection(reflection: Reflection) -> Iterator[Passage]:
    yield from _title(reflection.question, reflection.span)
    yield from _prose(reflection.prose)
    for option, place in zip(reflection.options, reflection.places, strict=False):
        yield _line(Kind.EXPLANATION, option, place, 0)


def _scenario(scenario: Scenario) -> Iterator[Passage]:
    yield from _beats(scenario.opening)
    for scene in scenario.scenes:
        yield from _scene(scene)
    if debrief := scenario.debrief:
        said = (debrief.opening, debrief.feelings, debrief.path, debrief.thoughts, debrief.what_if)
        for prose in said:
            yield from _prose(prose)


def _scene(scene: Scene) -> Iterator[Passage]:
    if scene.skip:
        yield _after(scene.skip.summary, scene.skip.target, scene.span)
    yield from _beats(scene.beats)
    for choice in scene.choices:
        yield from _choice(choice)


def _choice(choice: Choice) -> Iterator[Passage]:
    yield _line(Kind.CHOICE, choice.label, choice.span, _CHOICE)
    for later in choice.later:
        yield _after(later.text, later.target, later.span)
    yield from _beats(choice.reaction)
    yield from _prose(choice.feedback)


def _beats(beats: tuple[Beat, ...]) -> Iterator[Passage]:
    for beat in beats:
        if beat.kind is BeatKind.PROSE:
            yield from _prose(beat.prose, Kind.STORY)


def _prose(prose: Prose | None, kind: Kind = Kind.EXPLANATION) -> Iterator[Passage]:
    if prose and prose.lines:
        path = prose.span.path
        yield Passage(kind=kind, text=prose.markdown, path=path, lines=prose.lines, links=prose.links)


def _title(title: str, span: Span, kind: Kind = Kind.EXPLANATION) -> Iterator[Passage]:
    """The last words of a heading's line."""
    if title:
        yield _line(kind, title, span, max(span.length - len(title), 0))


def _after(text: str, target: Ref, span: Span) -> Passage:
    """What stands behind a link to a scene."""
    place = target.span if target.span.path else span
    return _line(Kind.STORY, text, place, place.length + _AFTER_TARGET if place is target.span else 0)


def _line(kind: Kind, text: str, span: Span, skipped: int) -> Passage:
    """A text on one line, so many characters behind the beginning of its place."""
    return Passage(kind=kind, text=text, path=span.path, lines=((span.line, span.column + skipped),))
