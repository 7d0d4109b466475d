"""The dilemma linter: where a player can choose, no road may be simply the best one.

It judges a scene in which two real choices or more can be open at once, by what their author declared (``weigh``).
A plain "verder" is no real choice, nor is one that is offered only when nothing else is (``anders``), is for another
role, or can never be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.check.possible import ALWAYS, can_hold, cases, opening, whenever
from builder.check.weigh import Scales, Weight
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.scenario import Choice, Scenario, Scene
from builder.model.wording import phrases

FEWEST = 3
"""Roads that a decision has at least."""

_ON = "verder"


def dilemmas(scenarios: Iterable[Scenario], waiting: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What is no dilemma in linked ``scenarios`` without unknown names.

    ``waiting`` are the words that make a choice one of waiting, asking or consulting; without any this is not judged.
    """
    for scenario in scenarios:
        scales = Scales(scenario)
        weights = {
            scene.key: [(each, scales.weight(each)) for each in decision(scales, scene)]
            for scene in scenario.scenes
        }
        decisive = {key for key, choices in weights.items() if choices}
        for scene in scenario.scenes:
            if choices := weights[scene.key]:
                yield from _roads(scenario, scene, choices, waiting)
                going = [choice.key for choice, _ in choices if scales.after(choice) & decisive]
                stops = {choice.key for choice, _ in choices if going and choice.key not in going}
                yield from _dominated(scales, scene, choices, stops)
                yield from _free(scenario, choices, stops)
            yield from _hollow(scales, scene)


def decision(scales: Scales, scene: Scene) -> tuple[Choice, ...]:
    """The real choices of ``scene``, where two of them can be open at once; else none."""
    me = scales.me(scene)
    real = tuple(
        choice
        for choice in scene.choices
        if not choice.fallback
        and not (choice.bare and choice.label.casefold().startswith(_ON))
        and (choice.role is None or choice.role.key == me)
        and can_hold(scales.scenario, opening(scales.scenario, choice))
    )
    return real if _most_open(scales.scenario, real) >= 2 else ()


def _most_open(scenario: Scenario, choices: Iterable[Choice]) -> int:
    whens = [opening(scenario, choice) for choice in choices]
    return max((sum(map(facts.meet, whens)) for facts in cases(scenario, whens)), default=len(whens))


def _roads(
    scenario: Scenario, scene: Scene, choices: list[tuple[Choice, Weight]], waiting: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """Too few roads; no road of waiting, asking or consulting."""
    number = _most_open(scenario, (choice for choice, _ in choices))
    if number < FEWEST:
        yield diagnostic(Code.DILEMMA_FEW, scene.span, title=scene.title, number=number, fewest=FEWEST)
    words = phrases(waiting)
    if words and not any(words.search(choice.label) for choice, _ in choices):
        yield diagnostic(Code.DILEMMA_WAIT, scene.span, title=scene.title)


def _dominated(
    scales: Scales, scene: Scene, choices: list[tuple[Choice, Weight]], stops: set[str]
) -> Iterator[Diagnostic]:
    """A choice beside which another is nowhere worse and somewhere better, whenever it can be taken.

    What is done once on the way, and leads back to the same decision, is not done instead of another choice; and
    what ``stops``, passing by every decision still to come, has that against it.
    """
    scenario = scales.scenario
    detours = {choice.key for choice, _ in choices if choice.once and scene.key in scales.after(choice)}
    for worse, light in choices:
        better = [
            other
            for other, heavy in choices
            if light.beaten_by(heavy)
            and whenever(scenario, opening(scenario, worse), opening(scenario, other))
            and (other.key not in detours or worse.key in detours)
            and (other.key not in stops or worse.key in stops)
        ]
        if better:
            price = _priced(scenario, better[0])
            yield diagnostic(
                Code.DILEMMA_DOMINATED, worse.span, price, worse=worse.label, better=better[0].label
            )


def _free(scenario: Scenario, choices: list[tuple[Choice, Weight]], stops: set[str]) -> Iterator[Diagnostic]:
    """A choice that only gives, beside one that takes.

    What had to be earned first (``alleen als``, ``dicht door``) has had its price, and so has what ``stops``.
    """
    for choice, weight in choices:
        paid = weight.costs or choice.key in stops or opening(scenario, choice) != ALWAYS
        if weight.gains and not paid and any(other.costs for each, other in choices if each is not choice):
            yield diagnostic(Code.DILEMMA_FREE, choice.span, _priced(scenario, choice), choice=choice.label)


def _hollow(scales: Scales, scene: Scene) -> Iterator[Diagnostic]:
    """A rule that gives way without a price, and without opening anything."""
    for choice in scene.choices:
        if choice.closed_by is None or choice.unless is None:
            continue
        weight = scales.weight(choice)
        if not (weight.costs or weight.meant or weight.opens or scales.only_way(scene, choice)):
            price = _priced(scales.scenario, choice)
            yield diagnostic(
                Code.DILEMMA_RULE, choice.span, price, choice=choice.label, rule=choice.closed_by.text
            )


def _priced(scenario: Scenario, choice: Choice) -> str:
    """A line that gives ``choice`` a price: a meter it leaves alone goes down, else a consequence nobody meant."""
    touched = {effect.name.key for effect in choice.effects}
    spare = next((meter.name for meter in scenario.meters if meter.key not in touched), "")
    if not spare:
        me = scenario.perspective.key if scenario.perspective else ""
        whom = next((person.name for person in scenario.people if person.key != me), "…")
        return f"  - later: [Scène](#scène) Wat er gebeurt. (onbedoeld, {whom}, dagen)"
    said = [
        f"{effect.name.text} {'= ' if effect.op == '=' else effect.op}{effect.number}"
        for effect in choice.effects
    ]
    return f"  - effect: {', '.join([*said, f'{spare} -1'])}"
