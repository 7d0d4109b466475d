"""What a choice brings and takes, as far as its author declared it.

A meter higher is more of it, and so better. A variable has no direction: it counts only for the choices that it opens
or closes. A text counts for nothing: what a choice is worth must stand in its effects, its consequences and its rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from builder.check.possible import ALWAYS, Facts, cases, opening
from builder.check.structure import arrows, reach
from builder.model.logic import Chosen, Compare, Effect, Visited
from builder.model.scenario import ON, Choice, Later, Meter, Scenario, Scene
from builder.model.walk import every

Outcomes = tuple[int, ...]
"""What becomes of a meter: a number for each value that it can have before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """``now`` and ``after`` tell per meter what becomes of it: at the choice, and once everything ``later`` has come.

    ``opens`` and ``closes`` are choices elsewhere, as ``scene/choice``, that the choice makes possible or impossible.
    ``gains`` and ``costs`` say whether anything at all gets better, or worse.
    """

    now: tuple[Outcomes, ...]
    after: tuple[Outcomes, ...]
    meant: frozenset[Later]
    unmeant: frozenset[Later]
    opens: frozenset[str]
    closes: frozenset[str]
    gains: bool
    costs: bool

    def beaten_by(self, other: Weight) -> bool:
        """Whether ``other`` is nowhere worse than this and somewhere better."""
        nowhere_worse = (
            not _higher(self.now, other.now)
            and not _higher(self.after, other.after)
            and self.meant <= other.meant
            and other.unmeant <= self.unmeant
            and self.opens <= other.opens
            and other.closes <= self.closes
        )
        return nowhere_worse and self != other


class Scales:
    """Weighs the choices of one linked scenario without unknown names."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.meters = {each.key for each in scenario.meters}
        self.graph = arrows(scenario)
        self.asking = [
            (f"{scene.key}/{choice.key}", when)
            for scene in scenario.scenes
            for choice in scene.choices
            if (when := opening(scenario, choice)) != ALWAYS
        ]

    def me(self, scene: Scene) -> str:
        """Whom one plays in ``scene``."""
        perspective = scene.perspective or self.scenario.perspective
        return perspective.key if perspective else ""

    def weight(self, choice: Choice) -> Weight:
        whole = (*choice.effects, *(effect for later in choice.later for effect in later.effects))
        start = tuple(tuple(range(each.low, each.high + 1)) for each in self.scenario.meters)
        now = tuple(_moved(meter, choice.effects) for meter in self.scenario.meters)
        after = tuple(_moved(meter, whole) for meter in self.scenario.meters)
        meant = frozenset(later for later in choice.later if later.intended)
        unmeant = frozenset(choice.later) - meant
        opens, closes = self._doors(choice, whole)
        return Weight(
            now=now,
            after=after,
            meant=meant,
            unmeant=unmeant,
            opens=opens,
            closes=closes,
            gains=bool(meant or opens) or _higher(now, start) or _higher(after, now),
            costs=bool(unmeant or closes) or _higher(start, now) or _higher(now, after),
        )

    def after(self, choice: Choice) -> set[str]:
        """Scenes that can still come once ``choice`` was made; everything after an event that goes on."""
        return set(self.graph) if choice.target.key == ON else reach(self.graph, {choice.target.key})

    def only_way(self, scene: Scene, choice: Choice) -> bool:
        """Whether the scene that ``choice`` leads to is reached in no other way."""
        others = [
            each.target.key
            for at in self.scenario.scenes
            for each in at.choices
            if (at.key, each.key) != (scene.key, choice.key)
        ]
        skips = [at.skip.target.key for at in self.scenario.scenes if at.skip]
        return choice.target.key not in (*others, *skips, ON)

    def _doors(self, choice: Choice, effects: Iterable[Effect]) -> tuple[frozenset[str], frozenset[str]]:
        """What a choice makes possible and impossible: by a variable, by having been chosen, by where it leads."""
        moved = [effect for effect in effects if effect.name.key not in self.meters]
        names = {effect.name.key for effect in moved}
        opens, closes = set(), set()
        for key, when in self.asking:
            asks = (
                any(each.name.key in names for each in every(when, Compare))
                or any(each.choice.key == choice.key for each in every(when, Chosen))
                or any(each.scene.key == choice.target.key for each in every(when, Visited))
            )
            for facts in cases(self.scenario, [when]) if asks else ():
                before, after = facts.meet(when), _changed(facts, choice, moved).meet(when)
                if after and not before:
                    opens.add(key)
                elif before and not after:
                    closes.add(key)
        return frozenset(opens), frozenset(closes)


def _moved(meter: Meter, effects: Iterable[Effect]) -> Outcomes:
    values = tuple(range(meter.low, meter.high + 1))
    for effect in effects:
        if effect.name.key == meter.key:
            values = tuple(max(meter.low, min(meter.high, effect.applied(value))) for value in values)
    return values


def _higher(one: tuple[Outcomes, ...], other: tuple[Outcomes, ...]) -> bool:
    """Whether any meter can come out higher in ``one``."""
    return any(
        a > b for mine, yours in zip(one, other, strict=True) for a, b in zip(mine, yours, strict=True)
    )


def _changed(facts: Facts, choice: Choice, effects: Iterable[Effect]) -> Facts:
    values = dict(facts.values)
    for effect in effects:
        if effect.name.key in values:
            values[effect.name.key] = effect.applied(values[effect.name.key])
    return Facts(
        values=values, visited=facts.visited | {choice.target.key}, chosen=facts.chosen | {choice.key}
    )
