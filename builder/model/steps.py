"""A lesson as the learner walks it: pages, scenarios, reflections, questions, plans."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from builder.model.course import ActionPlan, Lesson, Question, Section, TryThis
from builder.model.reflection import Reflection
from builder.model.scenario import Scenario


class StepKind(StrEnum):
    PAGE = "page"
    SCENARIO = "scenario"
    REFLECTION = "reflection"
    QUESTION = "question"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One screenful of a lesson. ``blocks`` has one block, or for a page all its sections.

    ``title`` is empty for a plan and for a page that begins without a heading.
    """

    kind: StepKind
    key: str
    title: str
    blocks: tuple[Section | TryThis | Scenario | Reflection | Question | ActionPlan, ...]


def steps(lesson: Lesson) -> tuple[Step, ...]:
    """The steps of a linked lesson. Sections that follow each other make one page; trainer's notes make none.

    The key of a page or plan counts those of its lesson, so that a heading can be reworded without consequence.
    """
    found: list[Step] = []
    pages = plans = 0
    for block in lesson.blocks:
        match block:
            case Section() | TryThis():
                if found and found[-1].kind is StepKind.PAGE:
                    page = found.pop()
                    found.append(replace(page, blocks=(*page.blocks, block)))
                else:
                    pages += 1
                    title = block.title if isinstance(block, Section) else ""
                    found.append(
                        Step(kind=StepKind.PAGE, key=f"{lesson.key}/{pages}", title=title, blocks=(block,))
                    )
            case Scenario():
                found.append(Step(kind=StepKind.SCENARIO, key=block.key, title=block.title, blocks=(block,)))
            case Reflection():
                found.append(
                    Step(kind=StepKind.REFLECTION, key=block.key, title=block.question, blocks=(block,))
                )
            case Question():
                found.append(Step(kind=StepKind.QUESTION, key=block.key, title=block.title, blocks=(block,)))
            case ActionPlan():
                plans += 1
                found.append(Step(kind=StepKind.PLAN, key=f"{lesson.key}/{plans}", title="", blocks=(block,)))
            case _:
                pass
    return tuple(found)
