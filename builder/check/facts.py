"""Who knows what, along every way: nobody speaks or thinks of a fact that they cannot know there.

Known is what the fact's own list says, and what was learned (``weet:``) in scenes arrived in and by choices taken.
Whoever was told to speak too soon counts as knowing from there on, so that one gap gives one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from builder.check.machine import Machine, State
from builder.check.states import Space, Step, way
from builder.check.witness import Witness
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.naming import slug
from builder.model.scenario import Beat, BeatKind, Fact, Learns, Person
from builder.model.walk import every

FACT = "#feit-"


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """Somebody who mentions a fact, and is not among those who know it from the start."""

    machine: Machine
    person: Person
    fact: Fact

    @cached_property
    def scenes(self) -> list[tuple[bool, list[Beat]]]:
        """Of each scene whether it is learned there, and the beats that mention it."""
        return [
            (self._learns(each.learns), self.mentions(each.beats)) for each in self.machine.scenario.scenes
        ]

    @cached_property
    def choices(self) -> list[list[tuple[bool, list[Beat]]]]:
        """The same of each scene's choices and their reactions."""
        return [
            [(self._learns(each.learns), self.mentions(each.reaction)) for each in scene.choices]
            for scene in self.machine.scenario.scenes
        ]

    def mentions(self, beats: Iterable[Beat]) -> list[Beat]:
        """Those of the beats in which the person mentions the fact."""
        return [beat for beat in beats if whose(beat) == self.person.key and self.fact.key in facts_in(beat)]

    def _learns(self, learned: Iterable[Learns]) -> bool:
        return any(each.who.key == self.person.key and each.fact.key == self.fact.key for each in learned)

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


def facts_in(beat: Beat) -> set[str]:
    """Keys of the facts that a beat mentions."""
    return {slug(link.target.removeprefix(FACT)) for link in beat.prose.links if link.target.startswith(FACT)}


def _could(space: Space, pair: _Pair) -> bool:
    """Whether there could be a leak at all, going by scenes alone: a quick look before the thorough one."""
    begin = space.machine.begin
    if pair.mentions(space.machine.scenario.opening):
        return True
    seen = {begin}
    for scene in (waiting := [begin]):
        learned, mentions = pair.scenes[scene]
        if mentions and not learned:
            return True
        for to, choice in () if learned else space.passages[scene]:
            learns, mentions = (False, []) if choice is None else pair.choices[scene][choice]
            if mentions and not learns:
                return True
            if not learns and to not in seen:
                seen.add(to)
                waiting.append(to)
    return False


def _played(space: Space, pair: _Pair) -> Iterator[Diagnostic]:
    """Mentions in the play, looked for along all ways on which the person has not learned the fact."""
    machine, scenario = space.machine, space.machine.scenario
    if beat := _first(machine, pair.mentions(scenario.opening), machine.opening()):
        yield pair.told(beat, scenario.scenes[machine.begin].title)
        return
    told: set[int] = set()
    parents: dict[int, Step | None] = {0: None}
    for number in (waiting := [0]):
        state = space.states[number]
        learned, mentions = pair.scenes[state.scene]
        if learned:
            continue
        if beat := _first(machine, mentions, state):
            if id(beat) not in told:
                told.add(id(beat))
                yield pair.told(beat, Witness(space, way(parents, number)).told)
            continue
        for to, choice, event in space.arrows[number]:
            learned, mentions = (False, []) if choice is None else pair.choices[state.scene][choice]
            if learned:
                continue
            if (
                choice is not None
                and mentions
                and (beat := _first(machine, mentions, machine.taken(state, choice)))
            ):
                if id(beat) not in told:
                    told.add(id(beat))
                    steps = (*way(parents, number), Step(number, choice, None))
                    yield pair.told(beat, Witness(space, steps).told, "  ")
            elif to not in parents:
                parents[to] = Step(number, choice, event)
                waiting.append(to)


def _replayed(space: Space, pair: _Pair) -> Iterator[Diagnostic]:
    """Mentions in scenes that are only seen when playing again as another: those that lead up to the play."""
    machine, scenes = space.machine, space.machine.scenario.scenes
    played = {state.scene for state in space.states}
    for replay in machine.scenario.replays:
        at = machine.index[replay.begin.key] if replay.begin else machine.begin
        passed: list[int] = []
        while at not in played and at not in passed and not pair.scenes[at][0]:
            passed.append(at)
            if mentions := pair.scenes[at][1]:
                yield pair.told(mentions[0], " → ".join(scenes[each].title for each in passed))
                break
            if len(scenes[at].choices) == 1:
                at = machine.index[scenes[at].choices[0].target.key]


def _first(machine: Machine, beats: Iterable[Beat], state: State) -> Beat | None:
    """The first beat whose condition holds; in whose eyes one plays makes no difference."""
    return next(
        (beat for beat in beats if not beat.guard or machine.holds(beat.guard.condition, state)), None
    )
