"""The rules by which a scenario moves from state to state: the same as the player's core (``moves.ts``, ``run.ts``).

A state is where one is on arriving in a scene, the meters and variables, what was visited, chosen and spent, the
delayed consequences on their way, and where an event goes on to. The draw of an event is a fork here. A screen with a
reaction is no state of its own: ``taken`` tells what holds on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial, reduce
from operator import or_
from typing import NamedTuple

from builder.model.logic import OPERATORS, All, Any, Chosen, Compare, Condition, Effect, Not, Visited, both
from builder.model.scenario import ON, Beat, BeatKind, Meter, Scenario, Scene, SceneKind, Variable
from builder.model.text import Ref

VARIABLE_RANGE = (-999, 999)

Values = tuple[int, ...]
NEVER = Any(of=())
"""A condition that is never true."""

Test = Callable[[Values, int], bool]
"""A condition, compiled: over a state's values and flags."""


class State(NamedTuple):
    """``scene`` is an index; ``values`` stand in the order of ``Machine.names``; ``flags`` are ``Machine.bits``.

    ``pending`` has a bit for each of ``Machine.laters`` that is on its way.
    """

    scene: int
    values: Values
    flags: int = 0
    pending: int = 0
    resume: int | None = None


class Move(NamedTuple):
    """What a step of the learner leads to. ``choice`` is none when skipping; ``event`` is the one that came between."""

    state: State
    choice: int | None
    event: int | None


class Kept(NamedTuple):
    """What states in one scene remember of values, flags and pending; the rest is 0."""

    values: tuple[bool, ...]
    flags: int
    pending: int


class _Choice(NamedTuple):
    number: int
    mine: bool
    condition: Test | None
    closed: Test | None
    unless: Test
    fallback: bool
    spent: int
    sets: int
    sends: int
    move: Callable[[Values], Values]
    target: int | None


class Event(NamedTuple):
    """One that may come on leaving a scene: its index, and a bit for each time it can come at most."""

    scene: int
    condition: Test
    spent: tuple[int, ...]


class Machine:
    """How a linked scenario without unknown names moves.

    ``keep`` tells what states remember, by scene (``memory.py``): the less, the fewer states there are.
    """

    def __init__(self, scenario: Scenario, keep: Callable[[Machine], tuple[Kept, ...]]) -> None:
        self.scenario = scenario
        self.index = {scene.key: number for number, scene in enumerate(scenario.scenes)}
        numbers: tuple[Meter | Variable, ...] = (*scenario.meters, *scenario.variables)
        self.names = [each.key for each in numbers]
        self.starts = tuple(each.start for each in numbers)
        self.ranges = [
            (each.low, each.high) if isinstance(each, Meter) else VARIABLE_RANGE for each in numbers
        ]
        self.laters = [
            (scene, choice, later)
            for scene, each in enumerate(scenario.scenes)
            for choice, taken in enumerate(each.choices)
            for later in range(len(taken.later))
        ]
        self.bits = {flag: 1 << number for number, flag in enumerate(_flags(scenario))}
        self.begin = self.index[scenario.begin.key] if scenario.begin else 0
        numbered = list(enumerate(scenario.scenes))
        self.visits = [self.bits["visited", scene.key] for scene in scenario.scenes]
        self._due = [self._due_in(scene.key) for scene in scenario.scenes]
        self._asking = [self._asking_in(due) for due in self._due]
        self._choices = [self._choices_of(number, scene) for number, scene in numbered]
        self.events = [self._events_after(number, scene) for number, scene in numbered]
        self._reactions = [self._reactions_in(scene) for scene in scenario.scenes]
        self.kept = keep(self)
        self._settled = [cache(partial(self._settle, kept.values)) for kept in self.kept]

    def me(self, scene: Scene) -> str:
        """Who the player is in ``scene``; choices for another role are not offered."""
        perspective = scene.perspective or self.scenario.perspective
        return perspective.key if perspective else ""

    def opening(self) -> State:
        """Before the first scene: nothing was visited yet."""
        return State(self.begin, self.starts)

    def start(self) -> State:
        """The state on arriving in the first scene."""
        return self.arrived(self.opening(), self.begin)

    def open(self, state: State) -> tuple[int, ...]:
        """Indices of the choices that can be taken here."""
        _, values, flags, _, _ = state
        offered = [
            choice
            for choice in self._choices[state.scene]
            if choice.mine
            and not flags & choice.spent
            and (choice.condition is None or choice.condition(values, flags))
            and (not choice.closed or not choice.closed(values, flags) or choice.unless(values, flags))
        ]
        usual = [choice.number for choice in offered if not choice.fallback]
        return tuple(usual or [choice.number for choice in offered])

    def moves(self, state: State) -> Iterator[Move]:
        """Everything that can come of one choice, or of skipping: first what comes without an event."""
        for number in self.open(state):
            target = self.target(state, number)
            if target is None:
                continue
            after = self.taken(state, number)
            events = self.coming(after) if self.events[state.scene] else ()
            if not events or not self.must_come(events):
                yield Move(self.arrived(after, target), number, None)
            for event in events:
                yield Move(self.interrupted(after, event, target), number, event)
        skip = self.scenario.scenes[state.scene].skip
        if skip:
            yield Move(self.arrived(state._replace(resume=None), self.index[skip.target.key]), None, None)

    def target(self, state: State, choice: int) -> int | None:
        """Where a choice leads; none for a "verder" that has nothing to go on to."""
        target = self._choices[state.scene][choice].target
        return state.resume if target is None else target

    def taken(self, state: State, choice: int) -> State:
        """What holds once a choice is taken, while its reaction is on the screen: still in its scene."""
        made = self._choices[state.scene][choice]
        return State(
            state.scene, made.move(state.values), state.flags | made.sets, state.pending | made.sends
        )

    def coming(self, after: State) -> list[int]:
        """Indices of the events that may come on leaving the scene in which ``after`` was ``taken``."""
        _, values, flags, _, _ = after
        return [
            event.scene
            for event in self.events[after.scene]
            if event.condition(values, flags) and not (event.spent and flags & event.spent[-1])
        ]

    def must_come(self, events: Iterable[int]) -> bool:
        """Whether one of these events comes for certain."""
        return any(self.scenario.scenes[event].chance >= 100 for event in events)

    def interrupted(self, after: State, event: int, target: int) -> State:
        """On leaving the scene in which ``after`` was ``taken`` for ``target``, this event came."""
        times = next(each.spent for each in self.events[after.scene] if each.scene == event)
        spent = next((bit for bit in times if not after.flags & bit), 0)
        return self.arrived(after._replace(flags=after.flags | spent, resume=target), event)

    def arrived(self, state: State, scene: int) -> State:
        """``state`` once it stands in ``scene``: what was due has come, what is not kept is forgotten."""
        _, values, flags, pending, resume = state
        due = pending & self._due[scene]
        keep = self.kept[scene]
        flags |= self.visits[scene]
        left = (pending ^ due) & keep.pending
        for bit, comes in self._asking[scene]:
            if due & bit and not comes(values, flags):
                due ^= bit
        return State(scene, self._settled[scene](values, due), flags & keep.flags, left, resume)

    def test(self, condition: Condition | None) -> Test:
        """``condition`` compiled; none is always true."""
        match condition:
            case None:
                return lambda _values, _flags: True
            case Compare():
                number, compare, bound = (
                    self.names.index(condition.name.key),
                    OPERATORS[condition.op],
                    condition.number,
                )
                return lambda values, _: compare(values[number], bound)
            case Visited():
                bit = self.bits["visited", condition.scene.key]
                return lambda _, flags: flags & bit != 0
            case Chosen():
                bit = self.bits["chosen", condition.choice.key]
                return lambda _, flags: flags & bit != 0
            case Not():
                inner = self.test(condition.of)
                return lambda values, flags: not inner(values, flags)
            case All():
                parts = [self.test(each) for each in condition.of]
                return lambda values, flags: all(part(values, flags) for part in parts)
            case Any():
                parts = [self.test(each) for each in condition.of]
                return lambda values, flags: any(part(values, flags) for part in parts)

    def holds(self, condition: Condition | None, state: State) -> bool:
        """Whether a condition is true in ``state``."""
        return self.test(condition)(state.values, state.flags)

    def shows(self, beat: Beat, scene: Scene, state: State) -> bool:
        """Whether a beat of ``scene``, or of a reaction in it, is seen."""
        return self.holds(self._seen(beat, self.me(scene)), state)

    def _seen(self, beat: Beat, me: str) -> Condition | None:
        """When a beat is seen: a thought of another only by a condition, what is for another role never."""
        guard = beat.guard
        condition = guard.condition if guard else None
        others = beat.kind is BeatKind.THOUGHT and beat.speaker and beat.speaker.key != me
        below = others and (not condition or (guard and guard.deep))
        if below or (guard and guard.role and guard.role.key != me):
            return NEVER
        return both(condition, guard.up) if guard else None

    def reacts(self, state: State, choice: int) -> bool:
        """Whether taking a choice shows a reaction before one goes on."""
        always, sometimes = self._reactions[state.scene][choice]
        if always or not sometimes:
            return always
        _, values, flags, _, _ = self.taken(state, choice)
        return any(test(values, flags) for test in sometimes)

    def _moved(self, effects: Iterable[Effect], values: Values) -> Values:
        moved = list(values)
        for effect in effects:
            number = self.names.index(effect.name.key)
            low, high = self.ranges[number]
            moved[number] = max(low, min(high, effect.applied(moved[number])))
        return tuple(moved)

    def _settle(self, kept: tuple[bool, ...], values: Values, due: int) -> Values:
        """Values once the delayed consequences that are ``due`` have come, as far as they are kept."""
        for number, (at, choice, later) in enumerate(self.laters):
            if due >> number & 1:
                values = self._moved(self.scenario.scenes[at].choices[choice].later[later].effects, values)
        return tuple(value if keep else 0 for value, keep in zip(values, kept, strict=True))

    def _due_in(self, scene: str) -> int:
        return union(
            1 << number
            for number, (at, choice, later) in enumerate(self.laters)
            if self.scenario.scenes[at].choices[choice].later[later].target.key == scene
        )

    def _asking_in(self, due: int) -> list[tuple[int, Test]]:
        """Of what can be due in a scene what comes only under a condition: its bit, and that."""
        waiting = [
            (1 << number, self.scenario.scenes[at].choices[choice].later[later].condition)
            for number, (at, choice, later) in enumerate(self.laters)
            if due >> number & 1
        ]
        return [(bit, self.test(condition)) for bit, condition in waiting if condition]

    def _choices_of(self, at: int, scene: Scene) -> list[_Choice]:
        me = self.me(scene)
        found = []
        for number, choice in enumerate(scene.choices):
            spent = self.bits["spent", f"{scene.key}/{choice.key}"] if choice.once else 0
            sends = (1 << n for n, each in enumerate(self.laters) if each[:2] == (at, number))
            found.append(
                _Choice(
                    number=number,
                    mine=choice.role is None or choice.role.key == me,
                    condition=self.test(choice.condition) if choice.condition else None,
                    closed=self.test(in_force(self.scenario, choice.closed_by)) if choice.closed_by else None,
                    unless=self.test(choice.unless or NEVER),
                    fallback=choice.fallback,
                    spent=spent,
                    sets=self.bits["chosen", choice.key] | spent,
                    sends=union(sends),
                    move=cache(partial(self._moved, choice.effects)),
                    target=None if choice.target.key == ON else self.index[choice.target.key],
                )
            )
        return found

    def _reactions_in(self, scene: Scene) -> list[tuple[bool, list[Test]]]:
        """Of each choice whether its reaction always shows something, and else when it does."""
        found = []
        for choice in scene.choices:
            seen = [self._seen(beat, self.me(scene)) for beat in choice.reaction]
            found.append((None in seen, [self.test(each) for each in seen if each is not NEVER]))
        return found

    def _events_after(self, at: int, scene: Scene) -> list[Event]:
        """The events that may come on leaving a scene; none on leaving an event, or the first scene."""
        if scene.kind is SceneKind.EVENT or at == self.begin:
            return []
        mine = self.scenario.perspective.key if self.scenario.perspective else ""
        return [
            Event(
                scene=number,
                condition=self.test(event.condition if event.chance else NEVER),
                spent=tuple(self.bits[flag] for flag in times(event)),
            )
            for number, event in enumerate(self.scenario.scenes)
            if event.kind is SceneKind.EVENT
            and scene.key in {each.key for each in event.at}
            and (event.role is None or event.role.key == mine)
        ]


def _flags(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Everything a run can have done, each once: pairs of ``visited``, ``chosen`` or ``spent`` and a key."""
    chosen: set[str] = set()
    for scene in scenario.scenes:
        yield "visited", scene.key
        yield from times(scene)
        for choice in scene.choices:
            if choice.key not in chosen:
                chosen.add(choice.key)
                yield "chosen", choice.key
            if choice.once:
                yield "spent", f"{scene.key}/{choice.key}"


def times(event: Scene) -> tuple[tuple[str, str], ...]:
    """A flag for each time that an event can come at most; none for one without a limit."""
    return tuple(("spent", event.key if n == 1 else f"{event.key}#{n}") for n in range(1, event.most + 1))


def in_force(scenario: Scenario, rule: Ref) -> Condition | None:
    """When a rule is in force; none is always."""
    return next((each.condition for each in scenario.rules if each.key == rule.key), None)


def union(bits: Iterable[int]) -> int:
    """All these bits together."""
    return reduce(or_, bits, 0)
