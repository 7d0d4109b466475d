"""Choices and what can come of them, in words: the scenes offer them, the debrief looks back on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.messages import say
from builder.model.scenario import Rule, Scenario, Scene
from builder.model.text import Prose
from builder.render.prose import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A choice in words. ``name`` goes before ids in the feedback.

    ``closed`` is the rule that can close it, ``opens`` whether something opens it still.
    """

    label: str
    closed: Rule | None
    opens: bool
    feedback: Prose | None
    at: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A delayed consequence in words, under the id by which the player knows it. ``mine``: it is for the player."""

    id: str
    to: str
    scene: str
    choice: str
    text: str
    intended: bool
    whom: str
    mine: bool
    when: str
    moment: str


def offered(scenario: Scenario, scene: Scene, name: str) -> tuple[Offered, ...]:
    """The choices of a scene; ``name`` is its template."""
    rules = {rule.key: rule for rule in scenario.rules}
    return tuple(
        Offered(
            label=plain(choice.label),
            closed=rules[choice.closed_by.key] if choice.closed_by else None,
            opens=choice.unless is not None,
            feedback=choice.feedback,
            at=at,
            name=f"{name}-{at}-f",
        )
        for at, choice in enumerate(scene.choices)
    )


def coming(scenario: Scenario, language: str) -> Iterator[Coming]:
    """Everything that can come later, in the order of the choices."""
    player = scenario.perspective.key if scenario.perspective else ""
    me = {person.name for person in scenario.people if person.key == player}
    for at, scene in enumerate(scenario.scenes):
        for n, choice in enumerate(scene.choices):
            for nth, later in enumerate(choice.later):
                yield Coming(
                    id=f"{at}-{n}-{nth}",
                    to=later.target.key,
                    scene=plain(scene.title),
                    choice=plain(choice.label),
                    text=plain(later.text),
                    intended=later.intended,
                    whom=later.whom,
                    mine=later.whom in me,
                    when=str(later.moment),
                    moment=say(language, "player", f"when_{later.moment}"),
                )
