"""What becomes of a bot in a scenario: run after run, each with a seed of its own.

A bot takes the choice with the highest score; the seed decides between equals, and draws the events as it does for a
learner (``chance.py``). So a run is the same each time, and the same as that of a learner who makes those choices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from builder.check.bots import BOTS, TRUST, Option
from builder.check.chance import comes, drawn
from builder.check.machine import Machine, State, in_force
from builder.check.memory import everything
from builder.check.structure import arrows
from builder.model.logic import Effect
from builder.model.scenario import ON, Choice, Scenario, Scene, SceneKind

SEEDS = 1000

PATIENCE = 200
"""Choices after which a bot counts as going round for ever."""


class Turn(NamedTuple):
    """One click: the scene it was in, the choice (none: the scene was passed by), and the event that came, if any."""

    scene: int
    choice: int | None
    event: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One run. ``ended`` is false where it went round for ever."""

    turns: tuple[Turn, ...]
    last: State
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of many runs of one bot.

    ``endings`` and ``scenes`` count runs, by the key of a scene; those that went round for ever have an empty one.
    ``choices`` counts how often each was taken, by scene and choice; ``meters`` are averages at the end.
    """

    bot: str
    runs: int
    endings: Mapping[str, int]
    scenes: Mapping[str, int]
    choices: Mapping[tuple[str, str], int]
    meters: Mapping[str, float]

    def share(self, scene: Scene, choice: Choice) -> float | None:
        """In what part of its choices in a scene the bot took this one; none where it never chose there."""
        there = sum(count for (at, _), count in self.choices.items() if at == scene.key)
        return self.choices.get((scene.key, choice.key), 0) / there if there else None


class Board:
    """A linked scenario without unknown names, ready to be played many times."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.machine = Machine(scenario, everything)
        self.options = _options(scenario)
        self._liked: dict[tuple[str, State], list[int]] = {}
        self._onward: dict[tuple[State, int], tuple[State, int, list[int]]] = {}

    def ways(self, state: State) -> list[int]:
        """What can be done: indices of choices, and one past the last for passing by an intense scene."""
        scene = self.scenario.scenes[state.scene]
        past = [len(scene.choices)] if scene.skip else []
        open_ = (way for way in self.machine.open(state) if self.machine.target(state, way) is not None)
        return [*open_, *past]

    def liked(self, bot: str, state: State) -> list[int]:
        """Of the ways on those that a bot likes best."""
        if (bot, state) not in self._liked:
            self._liked[bot, state] = self.best(bot, state, self.ways(state))
        return self._liked[bot, state]

    def best(self, bot: str, state: State, ways: Iterable[int]) -> list[int]:
        """Of ``ways`` those that a bot likes best."""
        scores = {way: BOTS[bot](self._option(state, way)) for way in ways}
        return [way for way, score in scores.items() if score == max(scores.values())]

    def step(self, state: State, way: int, seed: int, steps: int) -> tuple[State, int | None]:
        """The state that a way on leads to, and the event that came between; ``steps`` were done, this included."""
        machine, scene = self.machine, self.scenario.scenes[state.scene]
        if way == len(scene.choices) and scene.skip:
            return machine.arrived(state._replace(resume=None), machine.index[scene.skip.target.key]), None
        if (state, way) not in self._onward:
            after, target = machine.taken(state, way), machine.target(state, way)
            if target is None:
                raise ValueError(way)
            self._onward[state, way] = after, target, machine.coming(after)
        after, target, may = self._onward[state, way]
        event = comes(self.scenario, may, seed, steps) if may else None
        there = machine.arrived(after, target) if event is None else machine.interrupted(after, event, target)
        return there, event

    def _option(self, state: State, way: int) -> Option:
        option = self.options[state.scene][way]
        choices = self.scenario.scenes[state.scene].choices
        rule = choices[way].closed_by if way < len(choices) else None
        bends = rule is not None and self.machine.holds(in_force(self.scenario, rule), state)
        return replace(option, bends=True) if bends else option


def play(board: Board, bot: str, seed: int) -> Played:
    """One run.

    Where it comes back to a moment with everything as it was, it is that moment again, as for a learner, and the bot
    takes what it took least often there.
    """
    scenes = board.scenario.scenes
    moments = [board.machine.start()]
    taken: Counter[tuple[State, int]] = Counter()
    turns: list[Turn] = []
    back = False
    while len(turns) < PATIENCE:
        state = moments[-1]
        if scenes[state.scene].kind is SceneKind.ENDING:
            return Played(turns=tuple(turns), last=state, ended=True)
        liked = board.liked(bot, state)
        if back:
            ways = board.ways(state)
            fewest = min((taken[state, way] for way in ways), default=0)
            liked = board.best(bot, state, (way for way in ways if taken[state, way] == fewest))
        if not liked:
            break
        way = liked[drawn(f"{seed}/{bot}/{len(turns)}") % len(liked)] if len(liked) > 1 else liked[0]
        taken[state, way] += 1
        there, event = board.step(state, way, seed, len(moments))
        choice = way if way < len(scenes[state.scene].choices) else None
        turns.append(Turn(state.scene, choice, event))
        back = there in moments
        if back:
            del moments[moments.index(there) + 1 :]
        else:
            moments.append(there)
    return Played(turns=tuple(turns), last=moments[-1], ended=False)


def tally(board: Board, bot: str, seeds: int = SEEDS) -> Tally:
    """What comes of a bot over the seeds from 0."""
    scenes = board.scenario.scenes
    endings: Counter[str] = Counter()
    met: Counter[str] = Counter()
    choices: Counter[tuple[str, str]] = Counter()
    ends = []
    for seed in range(seeds):
        run = play(board, bot, seed)
        ends.append(run.last.values)
        endings[scenes[run.last.scene].key if run.ended else ""] += 1
        met.update({scenes[scene].key for scene in (*(each.scene for each in run.turns), run.last.scene)})
        choices.update(
            (scenes[each.scene].key, scenes[each.scene].choices[each.choice].key)
            for each in run.turns
            if each.choice is not None
        )
    meters = {
        meter.key: sum(values[board.machine.names.index(meter.key)] for values in ends) / seeds
        for meter in board.scenario.meters
    }
    return Tally(bot=bot, runs=seeds, endings=endings, scenes=met, choices=choices, meters=meters)


def tallies(scenario: Scenario, seeds: int = SEEDS) -> tuple[Tally, ...]:
    """Every bot's, over the same seeds."""
    board = Board(scenario)
    return tuple(tally(board, bot, seeds) for bot in BOTS)


def _options(scenario: Scenario) -> list[list[Option]]:
    """By scene, an option for each of its choices, and one more for passing it by."""
    left = _left(scenario)
    names = [meter.key for meter in scenario.meters]
    trust = TRUST if TRUST in names else next(iter(names), "")
    found = []
    for scene in scenario.scenes:
        here = []
        for choice in scene.choices:
            moves = _moves(scenario, choice)
            meant = sum(later.intended for later in choice.later)
            to = scene.key if choice.target.key == ON else choice.target.key
            here.append(
                Option(
                    moves=moves,
                    trust=moves.get(trust, 0),
                    meant=meant,
                    unmeant=len(choice.later) - meant,
                    left=left.get(to, 0),
                )
            )
        past = left.get(scene.skip.target.key, 0) if scene.skip else 0
        found.append([*here, Option(moves={}, skips=True, left=past)])
    return found


def _moves(scenario: Scenario, choice: Choice) -> dict[str, int]:
    """By meter, how far a choice moves it as declared; what sets it to a number moves it from its start."""
    starts = {meter.key: meter.start for meter in scenario.meters}
    effects: list[Effect] = [*choice.effects, *(each for later in choice.later for each in later.effects)]
    moves: dict[str, int] = {}
    for effect in effects:
        key = effect.name.key
        if key in starts:
            by = effect.number - starts[key] if effect.op == "=" else effect.applied(0)
            moves[key] = moves.get(key, 0) + by
    return moves


def _left(scenario: Scenario) -> dict[str, int]:
    """From each scene, how many choices it takes at least to an ending."""
    graph = arrows(scenario)
    found = {scene.key: 0 for scene in scenario.scenes if scene.kind is SceneKind.ENDING}
    edge = set(found)
    while edge:
        edge = {key for key, to in graph.items() if key not in found and to & edge}
        found |= dict.fromkeys(edge, max(found.values()) + 1)
    return found
