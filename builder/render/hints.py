"""What would have brought a hidden thought up: told in the debrief, made from the thought's own condition.

What no choice brings up is told once for all such thoughts of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.messages import say
from builder.model.logic import OPERATORS, All, Any, Chosen, Compare, Condition, Effect, Not, Visited
from builder.model.scenario import Beat, BeatKind, Choice, Scenario, Scene
from builder.render import names
from builder.render.prose import plain
from builder.render.ways import before, ways

_OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
_RANGES = {">=": "at-least", ">": "at-least", "<=": "at-most", "<": "at-most", "=": "just", "!=": "other"}
_SHIFTS = {">": 1, "<": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """``thought`` is its template and which child of it, as the player knows it.

    ``who`` is the name of who thinks it, where no choice brings it up: then ``text`` tells how one hears it.
    """

    thought: str
    text: str
    who: str = ""


def hints(scenario: Scenario, number: int, language: str) -> Iterator[Hint]:
    """A hint for every thought that can stay below the waterline in the ``number``-th scenario, from 0."""
    found = ways(scenario)
    me = scenario.perspective.key if scenario.perspective else ""
    teller = _Teller(scenario, language)

    def of(beats: tuple[Beat, ...], name: str, me: str, earlier: set[int]) -> Iterator[Hint]:
        for child, beat in enumerate(beats):
            if beat.kind is BeatKind.THOUGHT and beat.speaker and beat.speaker.key != me:
                who, text = teller.hint(beat, me, earlier)
                yield Hint(thought=f"{name}/{child}", text=text, who=who)

    yield from of(scenario.opening, names.opening(number), me, set())
    for at, scene in enumerate(scenario.scenes):
        here = scene.perspective.key if scene.perspective else me
        earlier = before(found, at)
        yield from of(scene.beats, names.scene(number, at), here, earlier)
        for n, choice in enumerate(scene.choices):
            yield from of(choice.reaction, names.reaction(number, at, n), here, earlier)


@dataclass(frozen=True, slots=True)
class _Teller:
    scenario: Scenario
    language: str

    def hint(self, beat: Beat, me: str, earlier: set[int]) -> tuple[str, str]:
        """Whose thought this is, where no choice brings it up, and how to hear it; ``earlier`` can come before it."""
        guard, who = beat.guard, beat.speaker
        for_another = guard is not None and guard.role is not None and guard.role.key != me
        # What is there only under its condition stayed below for what it needs besides.
        needs = None if guard is None or guard.deep else guard.up if guard.only else guard.condition
        if needs and not for_another:
            return "", self._say("hint", how=self._how(needs, earlier))
        name = self._person(who.key if who else "")
        heard_as = guard.role if guard and guard.role and for_another else who
        key = heard_as.key if heard_as else ""
        if key in {replay.person.key for replay in self.scenario.replays}:
            return name, self._say("hint-replay", name=self._person(key))
        return name, self._say("hint-never")

    def _person(self, key: str) -> str:
        return next((person.name for person in self.scenario.people if person.key == key), key)

    def _how(self, condition: Condition, earlier: set[int]) -> str:
        match condition:
            case Not(of=inner):
                return self._otherwise(inner, earlier)
            case All(of=parts):
                return self._say("hint-and").join(self._how(each, earlier) for each in parts)
            case Any(of=parts):
                return self._say("hint-or").join(self._how(each, earlier) for each in parts)
            case Visited(scene=scene):
                return self._say("hint-visited", scene=self._scene(scene.key))
            case Chosen(choice=choice):
                return self._choice("hint-chosen", *self._chosen(choice.key))
            case Compare():
                return self._number(condition, earlier)

    def _otherwise(self, condition: Condition, earlier: set[int]) -> str:
        """How the condition would not have held: what an ``anders`` needs."""
        match condition:
            case Not(of=inner):
                return self._how(inner, earlier)
            case All(of=parts):
                return self._how(Any(of=tuple(Not(of=each) for each in parts)), earlier)
            case Any(of=parts):
                return self._how(All(of=tuple(Not(of=each) for each in parts)), earlier)
            case Visited(scene=scene):
                return self._say("hint-not-visited", scene=self._scene(scene.key))
            case Chosen(choice=choice):
                return self._choice("hint-not-chosen", *self._chosen(choice.key))
            case Compare(op=op):
                return self._number(replace(condition, op=_OPPOSITE[op]), earlier)

    def _number(self, wanted: Compare, earlier: set[int]) -> str:
        """A meter has a name and a number; of what the player does not see, only a choice that moves it is told."""
        example = next(self._moving(wanted, earlier), None)
        meter = next((each for each in self.scenario.meters if each.key == wanted.name.key), None)
        nearer = self._choice("hint-example", *example) if example else ""
        if not meter:
            if example and self._enough(example[1], wanted):
                return self._choice("hint-chosen", *example)
            away = next(self._moving(replace(wanted, op=_OPPOSITE[wanted.op]), earlier), None)
            moved = away if away and self._enough(None, wanted) else None
            return self._choice("hint-not-chosen", *moved) if moved else self._say("hint-otherwise") + nearer
        range_ = self._say(f"hint-{_RANGES[wanted.op]}", number=wanted.number + _SHIFTS.get(wanted.op, 0))
        return self._say("hint-meter", name=meter.name, range=range_) + nearer

    def _enough(self, choice: Choice | None, wanted: Compare) -> bool:
        """Whether a variable is as wanted from the start on, or by this choice alone."""
        value = next(each.start for each in self.scenario.variables if each.key == wanted.name.key)
        for effect in choice.effects if choice else ():
            value = effect.applied(value) if effect.name.key == wanted.name.key else value
        return OPERATORS[wanted.op](value, wanted.number)

    def _moving(self, wanted: Compare, earlier: set[int]) -> Iterator[tuple[Scene, Choice]]:
        """Choices that can come before and bring the number nearer to where it is wanted."""
        for at, scene in enumerate(self.scenario.scenes):
            for choice in scene.choices if at in earlier else ():
                if any(_helps(effect, wanted) for effect in choice.effects):
                    yield scene, choice

    def _chosen(self, key: str) -> tuple[Scene, Choice]:
        return next(
            (scene, each) for scene in self.scenario.scenes for each in scene.choices if each.id == key
        )

    def _choice(self, key: str, scene: Scene, choice: Choice) -> str:
        return self._say(key, scene=plain(scene.title), choice=plain(choice.label))

    def _scene(self, key: str) -> str:
        return next(plain(scene.title) for scene in self.scenario.scenes if scene.key == key)

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, "course", key, **values)


def _helps(effect: Effect, wanted: Compare) -> bool:
    if effect.name.key != wanted.name.key:
        return False
    if effect.op == "=":
        return OPERATORS[wanted.op](effect.number, wanted.number)
    moves = effect.number if effect.op == "+" else -effect.number
    return moves > 0 if wanted.op in (">=", ">") else moves < 0 if wanted.op in ("<=", "<") else False
