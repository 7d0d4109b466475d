"""Who knows what, along every way: nobody speaks or thinks of a fact that they cannot know there.

Known is what the fact's own list says, and what was learned (``weet:``) in scenes arrived in and by choices taken,
where its condition holds there. A thought counts wherever it is there, also where it stays below the waterline.
Whoever was told to speak too soon counts as knowing from there on, so that one gap gives one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from builder.check.machine import Machine, State, Test
from builder.check.states import Space, Step, way
from builder.check.witness import Witness
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.logic import Any, Condition
from builder.model.naming import slug
from builder.model.scenario import Beat, BeatKind, Fact, Learns, Person, Scene
from builder.model.walk import every

FACT = "#feit-"


class _Place(NamedTuple):
    """Whether a fact is always learned in a place, when at all, and the beats that mention it, each with when it is."""

    certain: bool
    learned: Test
    mentions: list[tuple[Beat, Test]]


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """Somebody who mentions a fact, and is not among those who know it from the start."""

    machine: Machine
    person: Person
    fact: Fact

    @cached_property
    def scenes(self) -> list[_Place]:
        return [self._place(each.learns, each.beats, self.machine.me(each)) for each in self.all]

    @cached_property
    def choices(self) -> list[list[_Place]]:
        """Of each scene those of its choices, with their reactions."""
        return [
            [self._place(each.learns, each.reaction, self.machine.me(scene)) for each in scene.choices]
            for scene in self.all
        ]

    @property
    def all(self) -> tuple[Scene, ...]:
        return self.machine.scenario.scenes

    @cached_property
    def opening(self) -> _Place:
        scenario = self.machine.scenario
        me = scenario.perspective.key if scenario.perspective else ""
        return self._place((), scenario.opening, me)

    def _place(self, learned: Iterable[Learns], beats: Iterable[Beat], me: str) -> _Place:
        pair = self.person.key, self.fact.key
        asked = [each.condition for each in learned if (each.who.key, each.fact.key) == pair]
        when = Any(of=tuple(filter(None, asked)))
        told = [
            (beat, self.machine.test(there(beat, me)))
            for beat in beats
            if whose(beat) == self.person.key and self.fact.key in facts_in(beat)
        ]
        return _Place(None in asked, self.machine.test(None if None in asked else when), told)

    def told(self, beat: Beat, way: str, indent: str = "") -> Diagnostic:
        instead = f"{indent}- weet: {self.person.name} {self.fact.name}"
        return diagnostic(
            Code.FACT_LEAK, beat.span, instead, person=self.person.name, fact=self.fact.name, way=way
        )


def leaks(space: Space) -> Iterator[Diagnostic]:
    """Every first mention of a fact by somebody who cannot know it there, with the shortest way to it."""
    scenario = space.machine.scenario
    mentioned = {(whose(beat), fact) for beat in every(scenario, Beat) for fact in facts_in(beat)}
    for person in scenario.people:
        for fact in scenario.facts:
            known = person.key in {who.key for who in fact.known_by}
            if not known and (person.key, fact.key) in mentioned:
                pair = _Pair(machine=space.machine, person=person, fact=fact)
                if _could(space, pair):
                    yield from _played(space, pair)
                yield from _replayed(space, pair)


def whose(beat: Beat) -> str:
    """Whose words a beat is: the speaker's, or the one's for whom prose is; the narrator's are nobody's."""
    if beat.kind is not BeatKind.PROSE:
        return beat.speaker.key if beat.speaker else ""
    return beat.guard.role.key if beat.guard and beat.guard.role else ""


def there(beat: Beat, me: str) -> Condition | None:
    """When a beat is there at all, seen or not: what another thinks is there wherever its condition does not say so."""
    guard = beat.guard
    if guard is None:
        return None
    others = beat.kind is BeatKind.THOUGHT and beat.speaker and beat.speaker.key != me
    return None if others and not guard.only else guard.condition


def facts_in(beat: Beat) -> set[str]:
    """Keys of the facts that a beat mentions."""
    return {slug(link.target.removeprefix(FACT)) for link in beat.prose.links if link.target.startswith(FACT)}


def _could(space: Space, pair: _Pair) -> bool:
    """Whether there could be a leak at all, going by scenes alone: a quick look before the thorough one."""
    begin = space.machine.begin
    if pair.opening.mentions:
        return True
    seen = {begin}
    for scene in (waiting := [begin]):
        here = pair.scenes[scene]
        if here.mentions and not here.certain:
            return True
        for to, choice in () if here.certain else space.passages[scene]:
            made = pair.choices[scene][choice] if choice is not None else None
            if made and made.mentions and not made.certain:
                return True
            if not (made and made.certain) and to not in seen:
                seen.add(to)
                waiting.append(to)
    return False


def _played(space: Space, pair: _Pair) -> Iterator[Diagnostic]:
    """Mentions in the play, looked for along all ways on which the person has not learned the fact."""
    machine, scenario = space.machine, space.machine.scenario
    if beat := _first(pair.opening, machine.opening()):
        yield pair.told(beat, scenario.scenes[machine.begin].title)
        return
    told: set[int] = set()
    parents: dict[int, Step | None] = {0: None}
    for number in (waiting := [0]):
        state = space.states[number]
        here = pair.scenes[state.scene]
        if here.learned(state.values, state.flags):
            continue
        if beat := _first(here, state):
            if id(beat) not in told:
                told.add(id(beat))
                yield pair.told(beat, Witness(space, way(parents, number)).told)
            continue
        for to, choice, event in space.arrows[number]:
            if choice is not None:
                made, after = pair.choices[state.scene][choice], machine.taken(state, choice)
                if made.learned(after.values, after.flags):
                    continue
                if beat := _first(made, after):
                    if id(beat) not in told:
                        told.add(id(beat))
                        steps = (*way(parents, number), Step(number, choice, None))
                        yield pair.told(beat, Witness(space, steps).told, "  ")
                    continue
            if to not in parents:
                parents[to] = Step(number, choice, event)
                waiting.append(to)


def _replayed(space: Space, pair: _Pair) -> Iterator[Diagnostic]:
    """Mentions in scenes that are only seen when playing again as another: those that lead up to the play."""
    machine, scenes = space.machine, space.machine.scenario.scenes
    played = {state.scene for state in space.states}
    for replay in machine.scenario.replays:
        at = machine.index[replay.begin.key] if replay.begin else machine.begin
        passed: list[int] = []
        while at not in played and at not in passed and not pair.scenes[at].certain:
            passed.append(at)
            if mentions := pair.scenes[at].mentions:
                beat, _ = mentions[0]
                yield pair.told(beat, " → ".join(scenes[each].title for each in passed))
                break
            if len(scenes[at].choices) == 1:
                at = machine.index[scenes[at].choices[0].target.key]


def _first(place: _Place, state: State) -> Beat | None:
    """The first mention that is there; in whose eyes one plays makes no difference."""
    return next((beat for beat, there in place.mentions if there(state.values, state.flags)), None)
