"""A second, plain machine for scenarios, written after ``player/SAVE.md`` alone: slow, and easy to believe."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.model.logic import Condition, Effect, holds
from builder.model.scenario import Beat, BeatKind, Choice, Scenario, Scene, SceneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """All by which the player tells one moment from another; ``spent`` counts the times that events came."""

    scene: str
    values: tuple[tuple[str, int], ...]
    visited: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    spent: frozenset[tuple[str, int]] = frozenset()
    pending: frozenset[tuple[int, int, int]] = frozenset()
    resume: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """A step: choice (its number; -1 past the scene), the event that came, and where it led."""

    choice: int
    event: str
    to: Moment


class Naive:
    """Everything that a scenario can come to, moment by moment."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.scenes = {scene.key: scene for scene in scenario.scenes}
        self.order = [scene.key for scene in scenario.scenes]
        assert scenario.begin
        assert scenario.perspective
        self.begin, self.me = scenario.begin.key, scenario.perspective.key
        starts = (
            *((each.key, each.start) for each in scenario.meters),
            *((each.key, each.start) for each in scenario.variables),
        )
        self.due: dict[tuple[int, int, int], set[bool]] = {}
        self.first = self._arrived(Moment(scene="", values=starts), self.begin)
        self.steps: dict[Moment, list[Went]] = {}
        self.far = {self.first: 0}
        waiting = deque([self.first])
        while waiting:
            here = waiting.popleft()
            self.steps[here] = list(self._steps(here))
            for went in self.steps[here]:
                if went.to not in self.far:
                    self.far[went.to] = self.far[here] + 1
                    waiting.append(went.to)

    def holds(self, condition: Condition | None, at: Moment) -> bool:
        return holds(condition, dict(at.values), at.visited, at.chosen)

    def open(self, at: Moment) -> list[int]:
        scene = self.scenes[at.scene]
        usual: list[int] = []
        spare: list[int] = []
        for number, choice in enumerate(scene.choices):
            if self._offered(choice, scene, at) and not self._closed(choice, at):
                (spare if choice.fallback else usual).append(number)
        return usual or spare

    def _offered(self, choice: Choice, scene: Scene, at: Moment) -> bool:
        taken = choice.once and (f"{scene.key}/{choice.key}", 1) in at.spent
        return self.holds(choice.condition, at) and not taken

    def _closed(self, choice: Choice, at: Moment) -> bool:
        if choice.closed_by is None:
            return False
        key = choice.closed_by.key
        rule = next(each for each in self.scenario.rules if each.key == key)
        in_force = rule.condition is None or self.holds(rule.condition, at)
        return in_force and not (choice.unless is not None and self.holds(choice.unless, at))

    def took(self, at: Moment, number: int) -> Moment:
        """After the choice, while its reaction is on the screen."""
        scene = self.scenes[at.scene]
        choice = scene.choices[number]
        where = self.order.index(scene.key)
        return replace(
            at,
            values=self._moved(at.values, choice.effects),
            chosen=at.chosen | {choice.key},
            spent=at.spent | ({(f"{scene.key}/{choice.key}", 1)} if choice.once else set()),
            pending=at.pending | {(where, number, later) for later in range(len(choice.later))},
            resume="",
        )

    def _steps(self, at: Moment) -> Iterator[Went]:
        scene = self.scenes[at.scene]
        for number in self.open(at):
            to = scene.choices[number].target.key
            to = at.resume if to == "verder" else to
            after = self.took(at, number)
            events = [each for each in self.scenario.scenes if self._may_come(each, scene, after)]
            for event in events:
                times = dict(after.spent).get(event.key, 0)
                spent = (
                    after.spent - {(event.key, times)} | {(event.key, times + 1)}
                    if event.most
                    else after.spent
                )
                yield Went(
                    choice=number,
                    event=event.key,
                    to=self._arrived(replace(after, spent=spent, resume=to), event.key),
                )
            if not any(event.chance == 100 for event in events):
                yield Went(choice=number, event="", to=self._arrived(after, to))
        if scene.skip:
            yield Went(choice=-1, event="", to=self._arrived(replace(at, resume=""), scene.skip.target.key))

    def _may_come(self, event: Scene, left: Scene, after: Moment) -> bool:
        return (
            event.kind is SceneKind.EVENT
            and left.kind is SceneKind.SCENE
            and left.key in [each.key for each in event.at]
            and left.key != self.begin
            and self.holds(event.condition, after)
            and not (event.most and dict(after.spent).get(event.key, 0) >= event.most)
        )

    def _arrived(self, at: Moment, scene: str) -> Moment:
        values, waiting, visited = at.values, set(), at.visited | {scene}
        for where, number, which in sorted(at.pending):
            later = self.scenario.scenes[where].choices[number].later[which]
            if later.target.key != scene:
                waiting.add((where, number, which))
                continue
            comes = self.holds(later.condition, replace(at, visited=visited))
            self.due.setdefault((where, number, which), set()).add(comes)
            if comes:
                values = self._moved(values, later.effects)
        return replace(at, scene=scene, values=values, visited=visited, pending=frozenset(waiting))

    def _moved(
        self, values: tuple[tuple[str, int], ...], effects: tuple[Effect, ...]
    ) -> tuple[tuple[str, int], ...]:
        now = dict(values)
        for effect in effects:
            key = effect.name.key
            now[key] = (
                effect.number
                if effect.op == "="
                else now[key] + effect.number * (-1 if effect.op == "-" else 1)
            )
            low, high = next(((m.low, m.high) for m in self.scenario.meters if m.key == key), (-999, 999))
            now[key] = min(high, max(low, now[key]))
        return tuple(now.items())

    def reacts(self, at: Moment, number: int) -> bool:
        """Whether the reaction to a choice has anything on the screen."""
        return any(
            self._shown(beat, self.took(at, number))
            for beat in self.scenes[at.scene].choices[number].reaction
        )

    def _shown(self, beat: Beat, at: Moment) -> bool:
        guard = beat.guard
        if self.others(beat, at) and (guard is None or guard.condition is None or guard.deep):
            return False
        return guard is None or (self.holds(guard.condition, at) and self.holds(guard.up, at))

    def others(self, beat: Beat, at: Moment) -> bool:
        """Whether it is a thought of another than who one is there."""
        own = self.scenes[at.scene].perspective
        me = own.key if own else self.me
        return beat.kind is BeatKind.THOUGHT and beat.speaker is not None and beat.speaker.key != me
