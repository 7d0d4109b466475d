"""The screens of a scenario: its opening, its scenes and reactions, its debrief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from builder.messages import say
from builder.model.course import Course
from builder.model.scenario import (
    Back,
    Beat,
    BeatKind,
    Choice,
    Scenario,
    Scene,
)
from builder.model.text import Prose
from builder.render import names
from builder.render.choices import Coming, coming, offered
from builder.render.debrief import debrief
from builder.render.prose import plain
from builder.render.templates import Here, Screen, Templates

PAPER = frozenset({"brief", "bericht", "dossier", "omroep"})
"""What speaks without being a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A beat in words. ``id`` goes before ids in its prose.

    ``look``: ``me``, ``other``, ``across`` (another, on my side) or ``paper``; ``who`` is whose face it has, with the
    ``person``'s name; empty for none.
    """

    kind: str
    prose: Prose
    id: str
    look: str = ""
    name: str = ""
    who: str = ""
    person: str = ""
    mood: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """An intense scene that one may have skipped to come here; ``at`` is its index."""

    at: int
    title: str
    summary: str


def story(scenario: Scenario, number: int, here: Here, course: Course, made: Templates) -> Iterator[Screen]:
    """All screens of a scenario, the ``number``-th of the course from 0."""
    return _Story(scenario, number, here, course.settings.language, course.aftercare, made).screens()


@dataclass
class _Story:
    scenario: Scenario
    number: int
    here: Here
    language: str
    aftercare: Prose | None
    made: Templates
    people: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.people = {person.key: person.name for person in self.scenario.people}

    @cached_property
    def title(self) -> str:
        return plain(self.scenario.title)

    @cached_property
    def me(self) -> str:
        return self.scenario.perspective.key if self.scenario.perspective else ""

    @property
    def replays(self) -> list[str]:
        """The names of those through whose eyes the finished run can be seen."""
        return [self._name(replay.person.key) for replay in self.scenario.replays]

    @property
    def back(self) -> bool:
        """Whether the scenario ever lets one go back."""
        return self.scenario.back is not Back.NO

    @cached_property
    def coming(self) -> tuple[Coming, ...]:
        return tuple(coming(self.scenario, self.language))

    def screens(self) -> Iterator[Screen]:
        yield names.opening(self.number), self._opening()
        for at, scene in enumerate(self.scenario.scenes):
            me = scene.perspective.key if scene.perspective else self.me
            yield names.scene(self.number, at), self._scene(scene, names.scene(self.number, at), me)
            for n, choice in enumerate(scene.choices):
                if choice.reaction:
                    name = names.reaction(self.number, at, n)
                    yield name, self._reaction(choice, scene, name, me)
        told = debrief(
            self.scenario, self.number, self.here, self.coming, self.replays, self.language, self.made
        )
        yield names.debrief(self.number), told

    def _opening(self) -> Markup:
        return self.made(
            "opening.html",
            here=self.here,
            title=self.title,
            beats=self._told(self.scenario.opening, names.opening(self.number), self.me),
            people=self.scenario.people,
            me=self.me,
        )

    def _scene(self, scene: Scene, name: str, me: str) -> Markup:
        rules = {rule.key: (at, rule) for at, rule in enumerate(self.scenario.rules)}
        return self.made(
            "scene.html",
            name=name,
            scene=scene,
            title=plain(scene.title),
            scenario=self.title,
            time=_capital(plain(scene.time)),
            arriving=[later for later in self.coming if later.to == scene.key],
            passed=self._passed(scene),
            aftercare=self.aftercare if scene.intense else None,
            beats=self._told(scene.beats, name, me),
            rules=[rules[rule.key] for rule in scene.rules],
            here=self.here,
            replays=self.replays,
            choices=offered(self.scenario, scene, name),
            back=self.back,
        )

    def _reaction(self, choice: Choice, scene: Scene, name: str, me: str) -> Markup:
        return self.made(
            "reaction.html",
            name=name,
            label=plain(choice.label),
            back=self.back,
            aftercare=self.aftercare if scene.intense else None,
            beats=self._told(choice.reaction, name, me),
        )

    def _passed(self, scene: Scene) -> list[Passed]:
        return [
            Passed(at=at, title=plain(other.title), summary=plain(other.skip.summary))
            for at, other in enumerate(self.scenario.scenes)
            if other.skip and other.skip.target.key == scene.key
        ]

    def _name(self, who: str) -> str:
        return self.people.get(who) or _capital(who)

    def _told(self, beats: tuple[Beat, ...], name: str, me: str) -> list[Told]:
        across = self._across(beats, me)
        return [self._beat(beat, f"{name}-{at}", me, across) for at, beat in enumerate(beats)]

    def _across(self, beats: tuple[Beat, ...], me: str) -> frozenset[str]:
        """Who sit on my side, which is the right: of people who talk while I do not, every other one."""
        spoken = [beat.speaker.key for beat in beats if beat.kind is BeatKind.SPEECH and beat.speaker]
        talk = [who for who in dict.fromkeys(spoken) if who in self.people]
        return frozenset(() if me in talk else talk[1::2])

    def _beat(self, beat: Beat, name: str, me: str, across: frozenset[str]) -> Told:
        if beat.kind is BeatKind.PROSE or not beat.speaker:
            return Told(kind=str(BeatKind.PROSE), prose=beat.prose, id=name)
        who = beat.speaker.key
        own = who == me
        speaker = self._name(who)
        if beat.kind is BeatKind.THOUGHT:
            words = self._say("you_think") if own else self._say("thinks", name=speaker)
        else:
            words = self._say("you") if own else speaker
        paper = who in PAPER and who not in self.people
        return Told(
            kind=str(beat.kind),
            prose=beat.prose,
            id=name,
            look="paper" if paper else "me" if own else "across" if who in across else "other",
            name=words,
            who="" if paper else who,
            person=speaker,
            mood=beat.emotion,
        )

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, "player", key, **values)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
