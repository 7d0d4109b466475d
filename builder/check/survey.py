"""What there is to know of one scenario before anybody plays it, in one value: for ``check --report``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from builder.check.budget import LIMITS, history_bound, scenario_cost
from builder.check.plays import SEEDS, Tally, tallies
from builder.check.states import explore
from builder.check.structure import reach
from builder.check.weigh import Scales
from builder.check.witness import witness
from builder.diagnostics import BuilderError, Diagnostic
from builder.model.course import Course, Lesson
from builder.model.scenario import Choice, Scenario, Scene, SceneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """An ending, with the shortest way to it in the author's words; empty where nobody comes there."""

    scene: Scene
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """``states`` were found, ``whole`` when there are no others.

    ``decisions`` are the scenes with more than one choice that the player can come in, with the choices there;
    ``unmet`` those scenes that no bot came in, ``untaken`` the choices that none took. ``history`` is what its longest
    run takes in a save, ``bound`` what the whole course takes, of ``limit``, in characters.
    """

    course: str
    lesson: str
    number: int
    scenario: Scenario
    states: int
    whole: bool
    endings: tuple[Ending, ...]
    runs: int
    tallies: tuple[Tally, ...]
    decisions: tuple[tuple[Scene, tuple[Choice, ...]], ...]
    unmet: tuple[Scene, ...]
    untaken: tuple[tuple[Scene, Choice], ...]
    history: int
    bound: int
    limit: int
    findings: tuple[Diagnostic, ...]


def named(course: Course, name: str) -> tuple[Lesson, Scenario]:
    """The scenario with this key or title, and its lesson. Raises ``BuilderError("no-scenario")`` for neither."""
    found = [
        (lesson, each) for lesson in course.lessons for each in lesson.blocks if isinstance(each, Scenario)
    ]
    wanted = name.strip().casefold()
    for lesson, each in found:
        if wanted in (each.key, each.title.casefold()):
            return lesson, each
    names = {key: each for _, each in found for key in (each.key, each.title.casefold())}
    near = get_close_matches(wanted, names, n=1, cutoff=0.5)
    known = ", ".join(f"{each.key} ({each.title})" for _, each in found) or "–"
    raise BuilderError(
        "near-scenario" if near else "no-scenario",
        name=name, near=names[near[0]].key if near else "", known=known,
    )  # fmt: skip


def about(lesson: Lesson, scenario: Scenario, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What was found in a scenario's own lines."""
    later = [each.span.line for each in lesson.blocks if each.span.path == scenario.span.path]
    end = min((line for line in later if line > scenario.span.line), default=None)
    return tuple(
        each
        for each in found
        if each.span.path == scenario.span.path
        and scenario.span.line <= each.span.line
        and (end is None or each.span.line < end)
    )


def survey(
    course: Course, lesson: Lesson, scenario: Scenario, found: Iterable[Diagnostic], seeds: int = SEEDS
) -> Survey:
    """Everything about one scenario of a course without errors; ``found`` is what the checks say of the course."""
    space = explore(scenario)
    scales = Scales(scenario)
    come = reach(scales.graph, {scenario.begin.key} if scenario.begin else ())
    scenes = [
        each
        for each in scenario.scenes
        if each.key in come and (each.role is None or each.role.key == scales.me(each))
    ]
    played = tallies(scenario, seeds)
    met = {key for each in played for key in each.scenes}
    taken = {key for each in played for key in each.choices}
    decisions = tuple((each, _own(scales, each)) for each in scenes if len(_own(scales, each)) > 1)
    return Survey(
        course=course.settings.title,
        lesson=lesson.title,
        number=course.lessons.index(lesson) + 1,
        scenario=scenario,
        states=len(space.states),
        whole=space.whole,
        endings=tuple(
            Ending(scene=each, way=_way(scenario, each))
            for each in scenario.scenes
            if each.kind is SceneKind.ENDING
        ),
        runs=seeds,
        tallies=played,
        decisions=decisions,
        unmet=tuple(each for each in scenes if each.key not in met),
        untaken=tuple(
            (scene, choice)
            for scene, choices in decisions
            for choice in choices
            if scene.key in met and (scene.key, choice.key) not in taken
        ),
        history=scenario_cost(scenario),
        bound=history_bound(course),
        limit=LIMITS["SCORM 1.2"],
        findings=about(lesson, scenario, found),
    )


def _own(scales: Scales, scene: Scene) -> tuple[Choice, ...]:
    me = scales.me(scene)
    return tuple(choice for choice in scene.choices if choice.role is None or choice.role.key == me)


def _way(scenario: Scenario, ending: Scene) -> tuple[str, ...]:
    try:
        found = witness(scenario, ending.key)
    except ValueError:
        return ()
    return tuple(found.told.split(" → ")) if found else ()


def percent(share: float) -> str:
    """A share in whole percents: what seldom happens is never 0, what seldom does not is never 100."""
    rounded = round(share * 100)
    return str(max(1, min(99, rounded)) if 0 < share < 1 else rounded)
