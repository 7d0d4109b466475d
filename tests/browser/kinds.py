"""Every kind of screen that playing a scenario can show with a short way to it, out of all states of all scenarios."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from playwright.sync_api import Frame, expect

from builder.check.machine import State, in_force
from builder.check.states import Space, Step, explore
from builder.check.witness import Witness
from builder.model.course import Course
from builder.model.scenario import Beat, BeatKind, Scene
from builder.render.story import PAPER
from tests.browser.walk import Built, Walk

Way = tuple[Step, ...]


class Place(NamedTuple):
    """A screen: what it shows, in which scenario, under which heading, and the way to it."""

    kinds: frozenset[str]
    scenario: str
    title: str
    witness: Witness


def places(course: Course) -> list[Place]:
    """Few screens that together show everything that this course's scenarios can show, each as near as can be."""
    every = [place for scenario in course.scenarios for place in _Screens(explore(scenario)).all()]
    wanted = {kind for place in every for kind in place.kinds}
    found: list[Place] = []
    while wanted:
        best = max(every, key=lambda each: (len(each.kinds & wanted), -len(each.witness.steps)))
        wanted -= best.kinds
        found.append(best)
    return found


CLICK = """(actions) => {
    for (const action of actions) {
        document.querySelector("main [data-ui=read]")?.click();
        const button = [...document.querySelectorAll("main [data-act]")].find(({ dataset }) => dataset.act === action);
        if (!button) throw new Error(`${action} is not on the screen ${document.querySelector("h1").textContent}`);
        button.click();
    }
}"""


def follow(frame: Frame, way: Witness) -> None:
    """From the opening of a scenario to the end of a way, at once: nobody looks at what lies between."""
    frame.evaluate(CLICK, [json.dumps(each, separators=(",", ":")) for each in way.actions])


def go(walk: Walk, place: Place) -> None:
    """From the contents to a screen."""
    walk.open_step(*step_of(walk.built, place.scenario))
    follow(walk.frame, place.witness)
    expect(walk.heading).to_have_text(place.title)


def step_of(built: Built, scenario: str) -> tuple[int, int]:
    """Lesson and step of a scenario, both from 0."""
    return next(
        (number, at)
        for number, lesson in enumerate(built.course["lessons"])
        for at, step in enumerate(lesson["steps"])
        if (step["kind"], step["key"]) == ("scenario", scenario)
    )


@dataclass(frozen=True)
class _Screens:
    space: Space

    def all(self) -> Iterator[Place]:
        """Each state, and each reaction in it; of those that show the same the first, which is the nearest."""
        machine = self.space.machine
        seen: set[frozenset[str]] = set()
        for number, state in enumerate(self.space.states):
            scene = machine.scenario.scenes[state.scene]
            way = self.space.way(number)
            found = [(frozenset(self._scene(scene, state, way)), scene.title, Witness(self.space, way))]
            for at in machine.open(state):
                if machine.reacts(state, at):
                    choice = scene.choices[at]
                    kinds = self._beats(choice.reaction, scene, machine.taken(state, at))
                    last = Witness(self.space, (*way, Step(number, at, None)), halts=True)
                    found.append((frozenset({"reaction", *kinds}), choice.label, last))
            for shown, title, witness in found:
                if shown not in seen:
                    seen.add(shown)
                    yield Place(shown, machine.scenario.key, title, witness)

    def _scene(self, scene: Scene, state: State, way: Way) -> Iterator[str]:
        machine = self.space.machine
        yield str(scene.kind)
        if scene.intense:
            yield "intense"
        if scene.continues:
            yield "verder"
        if scene.time:
            yield "time"
        if way and way[-1].choice is None:
            yield "skipped"
        yield from self._beats(scene.beats, scene, state)
        for rule in machine.scenario.rules:
            if rule.key in {each.key for each in scene.rules} and machine.holds(rule.condition, state):
                yield f"rule {rule.help}"
        for at, choice in enumerate(scene.choices):
            if choice.closed_by and machine.holds(in_force(machine.scenario, choice.closed_by), state):
                if at in machine.open(state):
                    yield "bent"
                elif machine.holds(choice.condition, state) and not choice.once:
                    yield "closed"
        before = [self.space.states[step.at].scene for step in way]
        for number, step in enumerate(way):
            if step.choice is None or state.scene in before[number + 1 :]:
                continue
            for later in machine.scenario.scenes[before[number]].choices[step.choice].later:
                if later.target.key == scene.key:
                    yield f"later {later.moment}"

    def _beats(self, beats: Iterable[Beat], scene: Scene, state: State) -> Iterator[str]:
        me = self.space.machine.me(scene)
        thoughts: set[bool] = set()
        for beat in beats:
            if not beat.speaker or (beat.guard and beat.guard.role and beat.guard.role.key != me):
                continue
            shown = self.space.machine.shows(beat, scene, state)
            if beat.kind is BeatKind.THOUGHT and beat.speaker.key != me:
                thoughts.add(shown)
            elif shown:
                whose = (
                    "own" if beat.speaker.key == me else "paper" if beat.speaker.key in PAPER else "another's"
                )
                yield f"{whose} {beat.kind}"
        if True in thoughts:
            yield "thought up"
        if False in thoughts:
            yield "thought below"
        if thoughts == {True}:
            yield "nothing below"
