"""The screens of a course as HTML: one template for everything a learner can meet, with all its words.

The player (``builder/player/src/view``) copies a template, keeps what is so on this path, and fills in what only it
can know. Here stands which template gets what; how it looks stands in ``builder/templates``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from builder.messages import say
from builder.model.course import ActionPlan, Course, Lesson, Question, Section, TryThis
from builder.model.reflection import Reflection
from builder.model.scenario import Scenario
from builder.model.steps import Step, steps
from builder.model.text import Prose
from builder.render import names
from builder.render.prose import inline, plain
from builder.render.story import story
from builder.render.templates import Here, Screen, Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of a page. ``title`` is HTML, empty where the page's own title says it."""

    kind: str
    title: Markup
    prose: Prose
    name: str


def screens(course: Course, made: Templates) -> Iterator[Screen]:
    """Every screen of a linked and varied course."""
    yield names.CONTENTS, _contents(course, made)
    scenarios = 0
    for number, lesson in enumerate(course.lessons):
        all_steps = steps(lesson)
        for at, step in enumerate(all_steps):
            here = Here(
                lesson=number,
                number=lesson.number,
                title=plain(lesson.title),
                minutes=lesson.minutes,
                goals=() if at else tuple(plain(goal) for goal in lesson.goals),
                step=at,
                of=len(all_steps),
            )
            name = names.step(number, at)
            match step.blocks[0]:
                case Scenario() as scenario:
                    yield name, made("scenario.html", here=here, meters=scenario.meters)
                    yield from story(scenario, scenarios, here, course, made)
                    scenarios += 1
                case Reflection() as block:
                    yield name, made("reflection.html", here=here, name=name, block=block)
                case Question() as block:
                    yield (
                        name,
                        made(
                            "question.html",
                            here=here,
                            name=name,
                            block=block,
                            multiple=multiple(block),
                            scored=course.settings.score,
                        ),
                    )
                case ActionPlan() as block:
                    title = title_of(step, lesson, course)
                    yield name, made("plan.html", here=here, name=name, title=title, prose=block.prose)
                case _:
                    yield name, _page(step, title_of(step, lesson, course), name, here, course, made)


def title_of(step: Step, lesson: Lesson, course: Course) -> str:
    """A step's title; of one without a heading what it is for, or the lesson's own."""
    if step.title:
        return plain(step.title)
    match step.blocks[0]:
        case TryThis():
            return _try_this(course)
        case ActionPlan():
            return say(course.settings.language, "course", "action-plan")
        case _:
            return plain(lesson.title)


def multiple(question: Question) -> bool:
    """Whether more than one answer may be ticked."""
    return sum(option.correct for option in question.options) != 1


def _try_this(course: Course) -> str:
    return say(course.settings.language, "course", "try-this")


def _contents(course: Course, made: Templates) -> Markup:
    lessons = [
        {
            "title": plain(lesson.title),
            "number": lesson.number,
            "minutes": lesson.minutes,
            "steps": [
                {"kind": str(step.kind), "title": title_of(step, lesson, course)} for step in steps(lesson)
            ],
        }
        for lesson in course.lessons
    ]
    settings = course.settings
    return made("contents.html", title=settings.title, description=settings.description, lessons=lessons)


def _page(step: Step, title: str, name: str, here: Here, course: Course, made: Templates) -> Markup:
    parts = []
    for number, block in enumerate(block for block in step.blocks if isinstance(block, Section | TryThis)):
        kind = "section" if isinstance(block, Section) else "try-this"
        own = block.title if isinstance(block, Section) else _try_this(course)
        words = inline(own) if own and plain(own) != title else ""
        part = Part(kind=kind, title=Markup(words), prose=block.prose, name=f"{name}-{number}")  # noqa: S704 - sanitised
        parts.append(part)
    return made("lesson-page.html", here=here, title=title, parts=parts)
