"""The runtime form of a course: the JSON that the player runs. What is only shown stands in ``screens.py``.

The form is described in ``builder/player/src/data.ts``; this module is its only writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from builder.check.budget import dictionaries, history_bound
from builder.link.course import COURSE
from builder.model.course import Course, Lesson, Question
from builder.model.logic import Condition, Effect, both, to_data
from builder.model.naming import slug
from builder.model.reflection import AnswerKind, Reflection
from builder.model.scenario import ON, Beat, BeatKind, Choice, Debrief, Scenario, Scene, SceneKind
from builder.model.steps import steps
from builder.render import names
from builder.render.prose import plain

FORMAT = 1
REPORT_LENGTH = 60

Data = dict[str, Any]


def runtime(course: Course, variant: str, limit: int, sco: str = "") -> Data:
    """The runtime form of a linked and varied ``course``, as plain JSON; a save may have ``limit`` characters.

    ``sco`` is its key where it is one lesson of a course, with a record of its own.
    """
    return _Writer(course, variant, limit, sco).written()


def _present(**values: object) -> Data:
    """A table without what is empty: None, False, or an empty text."""
    return {
        key: value for key, value in values.items() if not (value is None or value is False or value == "")
    }


@dataclass(slots=True)
class _Writer:
    course: Course
    variant: str
    limit: int
    sco: str
    reports: set[str] = field(default_factory=set)

    def written(self) -> Data:
        course, settings = self.course, self.course.settings
        lessons = [self._lesson(lesson, number) for number, lesson in enumerate(course.lessons)]
        return {
            "format": FORMAT,
            "id": settings.id,
            "title": settings.title,
            "version": settings.version,
            "variant": self.variant,
            **_present(sco=self.sco),
            "language": settings.language,
            "limit": self.limit,
            "rule": settings.rule,
            "report": settings.report,
            **_present(score=settings.score, mastery=settings.mastery),
            "choices": settings.choices,
            "historyBound": history_bound(course),
            "dictionaries": dictionaries(),
            "lessons": lessons,
            "scenarios": {s.key: self._scenario(s, n) for n, s in enumerate(course.scenarios)},
            "reflections": {r.key: self._reflection(r) for r in self.course.reflections},
            "questions": {q.key: self._question(q) for q in self._blocks(Question)},
        }

    def _blocks(self, kind: type[Any]) -> Iterable[Any]:
        return (block for lesson in self.course.lessons for block in lesson.blocks if isinstance(block, kind))

    def _code(self, key: str) -> str:
        return self.course.codes[COURSE][key]

    # Lessons

    def _lesson(self, lesson: Lesson, number: int) -> Data:
        return {
            "key": lesson.key,
            "code": self._code(f"lesson/{lesson.key}"),
            "title": plain(lesson.title),
            "number": lesson.number,
            "steps": [
                {
                    "kind": str(step.kind),
                    "key": step.key,
                    "code": self._code(f"{step.kind}/{step.key}"),
                    "template": names.step(number, at),
                }
                for at, step in enumerate(steps(lesson))
            ],
        }

    def _reflection(self, block: Reflection) -> Data:
        code = self._code(f"reflection/{block.key}")
        return _present(
            key=block.key,
            code=code,
            question=plain(block.question),
            kind=str(block.kind),
            keep=str(block.keep),
            maximum=block.maximum,
            options=[plain(option) for option in block.options],
            scale=block.scale
            and block.kind is AnswerKind.SCALE
            and {"low": block.scale.low, "high": block.scale.high},
        )

    def _question(self, block: Question) -> Data:
        return {
            "key": block.key,
            "code": self._code(f"question/{block.key}"),
            "options": [{"text": plain(option.text), "correct": option.correct} for option in block.options],
        }

    # Scenarios

    def _scenario(self, scenario: Scenario, number: int) -> Data:
        index = {scene.key: n for n, scene in enumerate(scenario.scenes)}
        codes = self.course.codes[f"scenario/{scenario.key}"]
        return {
            "key": scenario.key,
            "code": self._code(f"scenario/{scenario.key}"),
            "title": plain(scenario.title),
            "template": names.opening(number),
            "opening": [self._beat(beat) for beat in scenario.opening],
            "me": scenario.perspective.key if scenario.perspective else "",
            "people": {person.key: person.name for person in scenario.people},
            "rules": [_if(rule.condition) for rule in scenario.rules],
            "replays": [
                {"who": each.person.key} | _present(begin=each.begin and index[each.begin.key])
                for each in scenario.replays
            ],
            "meters": [
                {"key": m.key, "name": m.name, "start": m.start, "low": m.low, "high": m.high}
                for m in scenario.meters
            ],
            "variables": [{"key": v.key, "start": v.start} for v in scenario.variables],
            "begin": index[scenario.begin.key] if scenario.begin else 0,
            "back": str(scenario.back),
            "scenes": [
                self._scene(scene, scenario, index, codes, number, at)
                for at, scene in enumerate(scenario.scenes)
            ],
            "debrief": names.debrief(number),
        } | _looking(scenario.debrief)

    def _scene(
        self,
        scene: Scene,
        scenario: Scenario,
        index: dict[str, int],
        codes: Mapping[str, str],
        number: int,
        at: int,
    ) -> Data:
        rules = {rule.key: n for n, rule in enumerate(scenario.rules)}
        event = scene.kind is SceneKind.EVENT
        return {
            "key": scene.key,
            "code": codes[scene.key],
            "title": plain(scene.title),
            "kind": str(scene.kind),
            "template": names.scene(number, at),
            "beats": [self._beat(beat) for beat in scene.beats],
            "choices": [
                self._choice(choice, index, codes, rules, names.reaction(number, at, n))
                for n, choice in enumerate(scene.choices)
            ],
            "report": self._report(scenario, scene),
        } | _present(
            me=scene.perspective and scene.perspective.key,
            intense=scene.intense,
            skip=scene.skip and {"to": index[scene.skip.target.key]},
            role=scene.role and scene.role.key,
            continues=scene.continues,
            rules=[rules[rule.key] for rule in scene.rules] or None,
            at=[index[at.key] for at in scene.at] if event else None,
            chance=scene.chance if event else None,
            most=scene.most or None,
            **_if(scene.condition),
        )

    def _report(self, scenario: Scenario, scene: Scene) -> str:
        whole = f"{slug(scenario.key)}.{slug(scene.key)}"[:REPORT_LENGTH]
        number = 1
        while whole in self.reports:
            number += 1
            whole = f"{whole[: REPORT_LENGTH - 4]}.{number}"
        self.reports.add(whole)
        return whole

    def _choice(
        self,
        choice: Choice,
        index: dict[str, int],
        codes: Mapping[str, str],
        rules: dict[str, int],
        name: str,
    ) -> Data:
        return {
            "key": choice.key,
            "code": codes[choice.key],
            "label": plain(choice.label),
            "to": -1 if choice.target.key == ON else index[choice.target.key],
            "effects": [_effect(effect) for effect in choice.effects],
            "later": [
                {
                    "to": index[later.target.key],
                    "effects": [_effect(effect) for effect in later.effects],
                }
                | _if(later.condition)
                for later in choice.later
            ],
            "beats": [self._beat(beat) for beat in choice.reaction],
        } | _present(
            template=name if choice.reaction else None,
            otherwise=choice.fallback,
            closed=choice.closed_by
            and {"rule": rules[choice.closed_by.key]}
            | _present(unless=to_data(choice.unless) if choice.unless else None),
            once=choice.once,
            role=choice.role and choice.role.key,
            **_if(choice.condition),
        )

    def _beat(self, beat: Beat) -> Data:
        return {"kind": str(beat.kind)} | _present(
            who=beat.speaker.key if beat.speaker and beat.kind is not BeatKind.PROSE else None,
            role=beat.guard and beat.guard.role and beat.guard.role.key,
            **_seen(beat),
        )


def _looking(debrief: Debrief | None) -> Data:
    asked = debrief.questions if debrief else None
    return {"looking": {each.name: getattr(asked, each.name).key for each in fields(asked)}} if asked else {}


def _seen(beat: Beat) -> Data:
    """When a beat is seen and, of a thought that is not always there, when it is."""
    guard = beat.guard
    if guard is None:
        return {}
    thought = beat.kind is BeatKind.THOUGHT
    only = {"only": to_data(guard.condition)} if thought and guard.only and guard.condition else {}
    return only if guard.deep else only | _if(both(guard.condition, guard.up))


def _if(condition: Condition | None) -> Data:
    return {"if": to_data(condition)} if condition else {}


def _effect(effect: Effect) -> Data:
    return {"name": effect.name.key, "op": effect.op, "number": effect.number}
