"""Every state a scenario can be in, as the player would run it, and how long a run can get.

A state is where one is, the meters and variables, what was visited, chosen and spent as far as anything depends
on it, the delayed consequences on their way, and where an event goes on to. The draw of an event is a fork here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from builder.check.structure import arrows, reach
from builder.model.logic import Chosen, Compare, Condition, Effect, Visited, holds
from builder.model.scenario import ON, Choice, Meter, Scenario, Scene, SceneKind, Variable
from builder.model.walk import every

VARIABLE_RANGE = (-999, 999)
LIMIT = 100_000
"""States after which exploring a scenario stops."""

Values = tuple[int, ...]

Event = tuple[int, Scene, frozenset[str]]
"""Its index, itself, and the keys of the scenes on whose leaving it may come: never of the first."""


@dataclass(frozen=True, slots=True)
class State:
    """``scene`` is an index; ``flags`` holds pairs of ``visited``, ``chosen`` or ``spent`` and a key."""

    scene: int
    values: Values
    flags: frozenset[tuple[str, str]]
    pending: tuple[tuple[int, int, int], ...]
    resume: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """What one step of the learner can lead to; ``events`` is how many came on the way (0 or 1)."""

    state: State
    events: int


@dataclass(frozen=True, slots=True)
class Space:
    """All states reached from the beginning. ``whole`` is false where exploring stopped at ``LIMIT``."""

    states: tuple[State, ...]
    moves: tuple[tuple[tuple[int, int], ...], ...]
    whole: bool


class Machine:
    """The rules by which one scenario moves from state to state (the same as the player's core).

    With ``whole=False`` a state forgets what nothing further on asks for: far fewer states, with the same choices open
    in each.
    """

    def __init__(self, scenario: Scenario, whole: bool = True) -> None:
        self.scenario = scenario
        self.whole = whole
        self.index = {scene.key: number for number, scene in enumerate(scenario.scenes)}
        numbers: tuple[Meter | Variable, ...] = (*scenario.meters, *scenario.variables)
        self.names = [each.key for each in numbers]
        self.starts = tuple(each.start for each in numbers)
        self.ranges = [
            (each.low, each.high) if isinstance(each, Meter) else VARIABLE_RANGE for each in numbers
        ]
        self.rules = {rule.key: rule.condition for rule in scenario.rules}
        first = scenario.begin.key if scenario.begin else ""
        mine = {scenario.perspective.key} if scenario.perspective else set()
        self.events: list[Event] = [
            (number, scene, frozenset(at.key for at in scene.at) - {first})
            for number, scene in enumerate(scenario.scenes)
            if scene.kind is SceneKind.EVENT and (scene.role is None or scene.role.key in mine)
        ]

    @cached_property
    def watched(self) -> frozenset[tuple[str, str]]:
        """What is visited or chosen matters only where a condition asks for it."""
        visited = (("visited", each.scene.key) for each in every(self.scenario, Visited))
        chosen = (("chosen", each.choice.key) for each in every(self.scenario, Chosen))
        return frozenset((*visited, *chosen))

    @cached_property
    def alive(self) -> tuple[frozenset[tuple[str, str]], ...]:
        """By scene, what its choices and events, or those of any scene after it, ask for.

        Pairs of ``value``, ``visited``, ``chosen`` or ``spent`` and a key.
        """
        graph = arrows(self.scenario)
        own: dict[str, set[tuple[str, str]]] = {}
        for scene in self.scenario.scenes:
            events = [event for _, event, at in self.events if scene.key in at]
            conditions = [
                each
                for choice in scene.choices
                for each in (choice.condition, choice.unless, self._in_force(choice))
            ]
            conditions += [event.condition for event in events]
            own[scene.key] = {
                *(("value", each.name.key) for each in every(tuple(conditions), Compare)),
                *(("visited", each.scene.key) for each in every(tuple(conditions), Visited)),
                *(("chosen", each.choice.key) for each in every(tuple(conditions), Chosen)),
                *(("spent", f"{scene.key}/{choice.key}") for choice in scene.choices if choice.once),
                *(mark for event in events for mark in self._marks(event)),
            }
        return tuple(
            frozenset().union(*(own[key] for key in reach(graph, {scene.key})))
            for scene in self.scenario.scenes
        )

    def _marks(self, event: Scene) -> tuple[tuple[str, str], ...]:
        """What is spent each time an event comes that comes only so often."""
        return tuple(("spent", event.key if n == 1 else f"{event.key}#{n}") for n in range(1, event.most + 1))

    def me(self, scene: Scene) -> str:
        """Who the player is in ``scene``; choices for another role are not offered."""
        perspective = scene.perspective or self.scenario.perspective
        return perspective.key if perspective else ""

    def start(self) -> State:
        """The state on arriving in the first scene."""
        begin = self.index[self.scenario.begin.key] if self.scenario.begin else 0
        empty = State(scene=begin, values=self.starts, flags=frozenset(), pending=(), resume=None)
        return self._arrived(empty, begin)

    def open(self, state: State) -> tuple[int, ...]:
        """Indices of the choices that can be taken here."""
        scene = self.scenario.scenes[state.scene]
        me = self.me(scene)
        offered = [
            number
            for number, choice in enumerate(scene.choices)
            if (choice.role is None or choice.role.key == me)
            and self.holds(choice.condition, state)
            and not (choice.once and ("spent", f"{scene.key}/{choice.key}") in state.flags)
            and not self._closed(choice, state)
        ]
        usual = tuple(number for number in offered if not scene.choices[number].fallback)
        return usual or tuple(offered)

    def _closed(self, choice: Choice, state: State) -> bool:
        """Whether a rule that is in force closes the choice, and nothing opens it."""
        if choice.closed_by is None or not self.holds(self._in_force(choice), state):
            return False
        return choice.unless is None or not self.holds(choice.unless, state)

    def _in_force(self, choice: Choice) -> Condition | None:
        """When the rule that closes ``choice`` is in force."""
        return self.rules.get(choice.closed_by.key) if choice.closed_by else None

    def moves(self, state: State) -> Iterator[Move]:
        """Everything that can come of one choice, or of skipping, in ``state``."""
        scene = self.scenario.scenes[state.scene]
        for number in self.open(state):
            yield from self._chosen(state, scene, number, scene.choices[number])
        if scene.skip and scene.skip.target.key in self.index:
            yield Move(self._arrived(replace(state, resume=None), self.index[scene.skip.target.key]), 0)

    def holds(self, condition: Condition | None, state: State) -> bool:
        """Whether a condition is true in ``state``."""
        return condition is None or holds(
            condition,
            dict(zip(self.names, state.values, strict=True)),
            {key for kind, key in state.flags if kind == "visited"},
            {key for kind, key in state.flags if kind == "chosen"},
        )

    def _chosen(self, state: State, scene: Scene, number: int, choice: Choice) -> Iterator[Move]:
        flags = state.flags
        if ("chosen", choice.key) in self.watched:
            flags |= {("chosen", choice.key)}
        if choice.once:
            flags |= {("spent", f"{scene.key}/{choice.key}")}
        sent = ((state.scene, number, n) for n in range(len(choice.later)))
        pending = tuple(sorted({*state.pending, *sent})) if choice.later else state.pending
        values = self._moved(state.values, choice.effects)
        if choice.target.key == ON:
            target = state.resume if state.resume is not None else state.scene
        else:
            target = self.index[choice.target.key]
        after = State(scene=state.scene, values=values, flags=flags, pending=pending, resume=None)
        coming = [each for each in self.events if self._may_come(each, scene, after)]
        for event, drawn, _ in coming:
            spent = after.flags | {*[mark for mark in self._marks(drawn) if mark not in after.flags][:1]}
            there = State(scene=state.scene, values=values, flags=spent, pending=pending, resume=target)
            yield Move(self._arrived(there, event), 1)
        if not any(drawn.chance >= 100 for _, drawn, _ in coming):
            yield Move(self._arrived(after, target), 0)

    def _may_come(self, event: Event, left: Scene, state: State) -> bool:
        """Whether an event may come on leaving a scene: of several that do, the draw takes any."""
        _, drawn, at = event
        marks = self._marks(drawn)
        return (
            left.kind is not SceneKind.EVENT
            and left.key in at
            and drawn.chance > 0
            and not (marks and marks[-1] in state.flags)
            and self.holds(drawn.condition, state)
        )

    def _arrived(self, state: State, scene: int) -> State:
        key = self.scenario.scenes[scene].key
        flags = state.flags | {("visited", key)} if ("visited", key) in self.watched else state.flags
        values = state.values
        waiting = []
        for each in state.pending:
            later = self.scenario.scenes[each[0]].choices[each[1]].later[each[2]]
            if later.target.key == key:
                values = self._moved(values, later.effects)
            else:
                waiting.append(each)
        arrived = State(scene=scene, values=values, flags=flags, pending=tuple(waiting), resume=state.resume)
        return arrived if self.whole else self._forgetful(arrived)

    def _forgetful(self, state: State) -> State:
        alive = self.alive[state.scene]
        pairs = zip(self.names, state.values, strict=True)
        return replace(
            state,
            values=tuple(value if ("value", name) in alive else 0 for name, value in pairs),
            flags=state.flags & alive,
            pending=tuple(each for each in state.pending if self._matters(each, alive)),
        )

    def _matters(self, sent: tuple[int, int, int], alive: frozenset[tuple[str, str]]) -> bool:
        later = self.scenario.scenes[sent[0]].choices[sent[1]].later[sent[2]]
        return any(("value", effect.name.key) in alive for effect in later.effects)

    def _moved(self, values: Values, effects: tuple[Effect, ...]) -> Values:
        moved = list(values)
        for effect in effects:
            number = self.names.index(effect.name.key)
            low, high = self.ranges[number]
            moved[number] = max(low, min(high, effect.applied(moved[number])))
        return tuple(moved)


def explore(scenario: Scenario, whole: bool = True) -> Space:
    """Every state of a linked scenario without unknown names, breadth first; ``whole`` as for ``Machine``."""
    machine = Machine(scenario, whole)
    first = machine.start()
    numbers = {first: 0}
    states = [first]
    moves: list[tuple[tuple[int, int], ...]] = []
    for state in states:
        there = []
        for move in machine.moves(state):
            if move.state not in numbers:
                numbers[move.state] = len(states)
                states.append(move.state)
            there.append((numbers[move.state], move.events))
        moves.append(tuple(there))
        if len(states) > LIMIT:
            unexplored = ((),) * (len(states) - len(moves))
            return Space(states=tuple(states), moves=(*moves, *unexplored), whole=False)
    return Space(states=tuple(states), moves=tuple(moves), whole=True)


def longest(scenario: Scenario) -> tuple[int, int, bool]:
    """An upper bound of one run's history: ``(choices, events, whether everything was explored)``.

    The player erases a loop of its history that changed nothing at all, so a run passes a state again only after
    it has seen a scene or taken a choice for the first time. States that can reach each other are therefore
    counted once for each scene and choice among them and once more, others once. Only where one can go round does
    what nothing asks for count.
    """
    space = explore(scenario, whole=False)
    groups = _groups(space.moves)
    if space.whole and any(_inner(space, group) for group in groups):
        space = explore(scenario)
        groups = _groups(space.moves)
    number_of = {state: number for number, group in enumerate(groups) for state in group}
    best: list[tuple[int, int]] = []
    for number, group in enumerate(groups):
        arrows = [arrow for state in group for arrow in space.moves[state]]
        inner = _inner(space, group)
        steps = events_inside = 0
        if inner:
            places = len({space.states[state].scene for state in group})
            steps = (places + len(inner) + 1) * len(group)
            events_inside = steps if any(events for _, events in inner) else 0
        onward = [
            (best[number_of[to]][0] + 1, best[number_of[to]][1] + events)
            for to, events in arrows
            if number_of[to] != number
        ]
        choices = max((each[0] for each in onward), default=0)
        drawn = max((each[1] for each in onward), default=0)
        best.append((choices + steps, drawn + events_inside))
    return (*best[number_of[0]], space.whole)


def _inner(space: Space, group: list[int]) -> list[tuple[int, int]]:
    """The moves within a group of states that can reach each other."""
    within = set(group)
    return [arrow for state in group for arrow in space.moves[state] if arrow[0] in within]


def _groups(moves: tuple[tuple[tuple[int, int], ...], ...]) -> list[list[int]]:
    """Strongly connected groups of states, each after those it leads to (Tarjan, without recursion)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    groups: list[list[int]] = []
    for root in range(len(moves)):
        if root in order:
            continue
        work = [(root, 0)]
        while work:
            state, edge = work.pop()
            if edge == 0:
                order[state] = low[state] = len(order)
                stack.append(state)
                on_stack.add(state)
            if edge < len(moves[state]):
                work.append((state, edge + 1))
                to = moves[state][edge][0]
                if to not in order:
                    work.append((to, 0))
                elif to in on_stack:
                    low[state] = min(low[state], order[to])
                continue
            for to, _ in moves[state]:
                if to in on_stack:
                    low[state] = min(low[state], low[to])
            if low[state] == order[state]:
                group = []
                while True:
                    top = stack.pop()
                    on_stack.discard(top)
                    group.append(top)
                    if top == state:
                        break
                groups.append(group)
    return groups
