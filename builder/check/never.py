"""The causes for which a scene, a choice or an event never comes, each told once, with what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.check.answers import States, Survey, constants
from builder.check.causes import Cause, Round
from builder.check.machine import in_force
from builder.check.words import clash, contradiction, only_about, written
from builder.diagnostics import Code, Diagnostic, Span, diagnostic
from builder.model.logic import Condition, refs
from builder.model.scenario import SceneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reason:
    """What is asked and never so, what always is instead; ``constant``: because something never changes at all."""

    asked: str
    always: str
    spare: bool = False
    constant: bool = False


def never(found: Round) -> Iterator[Diagnostic]:
    """What never comes, of one round: at the scene where nothing else leads to it, else at the choice or event.

    Where it only hangs on a meter or variable that nothing changes, that is told instead (``superfluous``).
    """
    survey, scenes = found.survey, found.survey.machine.scenario.scenes
    closed: dict[int, list[tuple[str, _Reason]]] = {}
    for cause in found.causes:
        scene = scenes[cause.scene]
        if cause.choice < 0:
            reason, span = _event(survey, cause), place(scene.condition, scene.span)
            if not reason.constant:
                yield diagnostic(
                    Code.EVENT_NEVER, span, title=scene.title, asked=reason.asked, always=reason.always
                )
            continue
        choice, reason = scene.choices[cause.choice], _choice(survey, cause)
        leads = survey.machine.index.get(choice.target.key)
        if leads is not None and not survey.at[leads]:
            closed.setdefault(leads, []).append((choice.label, reason))
        elif reason.spare:
            yield diagnostic(Code.CHOICE_SPARE, choice.span, label=choice.label, open=reason.always)
        elif not reason.constant:
            span = place(choice.condition or choice.unless, choice.span)
            yield diagnostic(
                Code.CHOICE_NEVER, span, label=choice.label, asked=reason.asked, always=reason.always
            )
    for leads, reasons in closed.items():
        scene = scenes[leads]
        code = Code.ENDING_NEVER if scene.kind is SceneKind.ENDING else Code.SCENE_NEVER
        ways = ", ".join(f'"{label}" (`{reason.asked}`)' for label, reason in reasons)
        always = ", ".join(dict.fromkeys(f"`{reason.always}`" for _, reason in reasons))
        if not all(reason.constant for _, reason in reasons):
            yield diagnostic(code, scene.span, title=scene.title, ways=ways, always=always)


def place(condition: Condition | None, otherwise: Span) -> Span:
    """Where a condition stands."""
    return next((ref.span for ref in refs(condition) if ref.span.path), otherwise)


def _event(survey: Survey, cause: Cause) -> _Reason:
    event = survey.machine.scenario.scenes[cause.scene]
    if event.condition and event.chance:
        return _clashing(survey, "alleen als", event.condition, survey.leaving(survey.left_for(cause.scene)))
    return _Reason(asked=f"kans: {event.chance}%", always=f"kans: {event.chance}%")


def _choice(survey: Survey, cause: Cause) -> _Reason:
    scenario = survey.machine.scenario
    scene = scenario.scenes[cause.scene]
    choice = scene.choices[cause.choice]
    offering = survey.offering(cause.scene, cause.choice)
    if choice.condition and not survey.answers(choice.condition, offering()).yes:
        return _clashing(survey, "alleen als", choice.condition, offering)
    rule = choice.closed_by
    if rule:
        ruling = in_force(scenario, rule)
        seen = survey.where(offering, choice.condition, ruling)
        if choice.unless and not survey.answers(choice.unless, seen()).yes:
            return _clashing(survey, "tenzij", choice.unless, seen)
        if not choice.unless:
            always = written(scenario, ruling) if ruling else f"dicht door: {rule.text}"
            return _Reason(asked=f"dicht door: {rule.text}", always=always)
    usual = next(
        (scene.choices[number].label for at, number in sorted(survey.taken) if at == cause.scene), ""
    )
    return _Reason(asked="alleen als: anders", always=usual, spare=True)


def _clashing(survey: Survey, keyword: str, condition: Condition, states: States) -> _Reason:
    machine = survey.machine
    clashing = clash(machine, condition, states)
    return _Reason(
        asked=f"{keyword}: {written(machine.scenario, condition)}",
        always=contradiction(machine, clashing, states),
        constant=all(only_about(each, constants(machine.scenario)) for each in clashing),
    )
