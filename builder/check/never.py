"""The causes for which a scene, a choice or an event never comes, each told once, with what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator

from builder.check.causes import Cause, Round
from builder.check.machine import in_force
from builder.check.survey import States, Survey
from builder.check.words import clash, contradiction, written
from builder.diagnostics import Code, Diagnostic, Span, diagnostic
from builder.model.logic import Condition, refs
from builder.model.scenario import SceneKind


def never(found: Round) -> Iterator[Diagnostic]:
    """What never comes, of one round: at the scene where nothing else leads to it, else at the choice or event."""
    survey, scenes = found.survey, found.survey.machine.scenario.scenes
    closed: dict[int, list[Cause]] = {}
    for cause in found.causes:
        scene = scenes[cause.scene]
        if cause.choice < 0:
            asked, always = _event(survey, cause)
            yield diagnostic(
                Code.EVENT_NEVER,
                place(scene.condition, scene.span),
                title=scene.title,
                asked=asked,
                always=always,
            )
            continue
        choice = scene.choices[cause.choice]
        leads = survey.machine.index.get(choice.target.key)
        if leads is not None and not survey.at[leads]:
            closed.setdefault(leads, []).append(cause)
            continue
        asked, always = _choice(survey, cause)
        span = place(choice.condition or choice.unless, choice.span)
        yield diagnostic(Code.CHOICE_NEVER, span, label=choice.label, asked=asked, always=always)
    for leads, causes in closed.items():
        scene = scenes[leads]
        code = Code.ENDING_NEVER if scene.kind is SceneKind.ENDING else Code.SCENE_NEVER
        reasons = [(scenes[each.scene].choices[each.choice].label, *_choice(survey, each)) for each in causes]
        ways = ", ".join(f"“{label}” ({asked})" for label, asked, _ in reasons)
        always = ", ".join(dict.fromkeys(always for _, _, always in reasons))
        yield diagnostic(code, scene.span, title=scene.title, ways=ways, always=always)


def place(condition: Condition | None, otherwise: Span) -> Span:
    """Where a condition stands."""
    return next((ref.span for ref in refs(condition) if ref.span.path), otherwise)


def _event(survey: Survey, cause: Cause) -> tuple[str, str]:
    """What an event asks that is never so, and what always is."""
    event = survey.machine.scenario.scenes[cause.scene]
    if not event.chance:
        return "kans: 0%", "kans: 0%"
    after = survey.leaving(survey.left_for(cause.scene))
    if event.condition and any(True for _ in after()):
        return f"alleen als: {written(event.condition)}", _always(survey, event.condition, after)
    at = ", ".join(f"[{ref.text}](#{ref.text})" for ref in event.at)
    return f"bij: {at}", "### Einde"


def _choice(survey: Survey, cause: Cause) -> tuple[str, str]:
    """What a choice asks that is never so, and what always is."""
    machine = survey.machine
    scene = machine.scenario.scenes[cause.scene]
    choice = scene.choices[cause.choice]
    offering = survey.offering(cause.scene, cause.choice)
    if choice.condition and not survey.answers(choice.condition, offering()).yes:
        return f"alleen als: {written(choice.condition)}", _always(survey, choice.condition, offering)
    rule = choice.closed_by
    if rule:
        seen = survey.where(offering, choice.condition, in_force(machine.scenario, rule))
        if choice.unless and not survey.answers(choice.unless, seen()).yes:
            return f"tenzij: {written(choice.unless)}", _always(survey, choice.unless, seen)
        if not choice.unless:
            condition = in_force(machine.scenario, rule)
            return f"dicht door: {rule.text}", written(condition) if condition else rule.text
    others = [number for number in range(len(scene.choices)) if (cause.scene, number) in survey.taken]
    return "alleen als: anders", ", ".join(f"“{scene.choices[number].label}” open" for number in others)


def _always(survey: Survey, condition: Condition, states: States) -> str:
    return contradiction(survey.machine, clash(survey.machine, condition, states), states)
