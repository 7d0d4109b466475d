"""The runtime form of a course: the JSON that the player runs, and the templates that hold its prose.

The form is described in ``builder/player/src/data.ts``; this module is its only writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from builder.check.budget import dictionaries, history_bound
from builder.link.course import COURSE
from builder.messages import say
from builder.model.course import AnswerKind, Course, Lesson, Question, Reflection, Section, TryThis
from builder.model.logic import Condition, Effect, to_data
from builder.model.naming import slug
from builder.model.scenario import ON, Beat, BeatKind, Choice, Rule, Scenario, Scene, SceneKind
from builder.model.steps import Step, StepKind, steps
from builder.model.text import Prose
from builder.render.prose import html, inline, plain

FORMAT = 1
REPORT_LENGTH = 60

Data = dict[str, Any]
Html = Callable[[Prose], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """``data`` is plain JSON; ``templates`` are ``(id, html)`` pairs that it names."""

    data: Data
    templates: tuple[tuple[str, str], ...]


def runtime(course: Course, variant: str, picture: Callable[[str], str]) -> Runtime:
    """The runtime form of a linked and varied ``course``.

    ``picture`` gives the address of an image in the site.
    """
    language = course.settings.language
    words = {key: say(language, "course", key) for key in ("try-this", "new-window")}
    return _Writer(course, variant, picture, words["try-this"], words["new-window"]).written()


def _present(**values: object) -> Data:
    """A table without what is empty: None, False, or an empty text."""
    return {
        key: value for key, value in values.items() if not (value is None or value is False or value == "")
    }


@dataclass(slots=True)
class _Writer:
    course: Course
    variant: str
    picture: Callable[[str], str]
    try_this: str
    new_window: str
    templates: list[tuple[str, str]] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)

    def written(self) -> Runtime:
        course, settings = self.course, self.course.settings
        lessons = [self._lesson(lesson, number) for number, lesson in enumerate(course.lessons)]
        data = {
            "format": FORMAT,
            "id": settings.id,
            "title": settings.title,
            "version": settings.version,
            "variant": self.variant,
            "language": settings.language,
            "report": settings.report,
            "choices": settings.choices,
            "historyBound": history_bound(course),
            "dictionaries": dictionaries(),
            "lessons": lessons,
            "scenarios": {s.key: self._scenario(s, n) for n, s in enumerate(course.scenarios)},
            "reflections": {r.key: self._reflection(r) for r in self._blocks(Reflection)},
            "questions": {q.key: self._question(q) for q in self._blocks(Question)},
        }
        return Runtime(data=data, templates=tuple(self.templates))

    def _blocks(self, kind: type[Any]) -> Iterable[Any]:
        return (block for lesson in self.course.lessons for block in lesson.blocks if isinstance(block, kind))

    def _code(self, key: str) -> str:
        return self.course.codes[COURSE][key]

    def _template(self, name: str, content: str) -> str:
        self.templates.append((name, content))
        return name

    def _html(self, prose: Prose, name: str) -> str:
        return html(prose, self.picture, prefix=f"{name}-", new_window=self.new_window)

    def _prose(self, prose: Prose | None, name: str) -> str | None:
        return self._template(name, self._html(prose, name)) if prose else None

    # Lessons

    def _lesson(self, lesson: Lesson, number: int) -> Data:
        return {
            "key": lesson.key,
            "code": self._code(f"lesson/{lesson.key}"),
            "title": plain(lesson.title),
            "minutes": lesson.minutes,
            "goals": [plain(goal) for goal in lesson.goals],
            "steps": [self._step(step, f"l{number}-{n}", lesson) for n, step in enumerate(steps(lesson))],
        }

    def _step(self, step: Step, name: str, lesson: Lesson) -> Data:
        data: Data = {
            "kind": str(step.kind),
            "key": step.key,
            "code": self._code(f"{step.kind}/{step.key}"),
            "title": plain(step.title) or self._untitled(step, lesson),
        }
        if step.kind is StepKind.PAGE:
            parts = []
            sections = (block for block in step.blocks if isinstance(block, Section | TryThis))
            for number, block in enumerate(sections):
                body = self._html(block.prose, f"{name}-{number}")
                title = plain(block.title) if isinstance(block, Section) else self.try_this
                heading = "" if title == data["title"] or not title else f"<h2>{inline(title)}</h2>\n"
                kind = "section" if isinstance(block, Section) else "try-this"
                parts.append(f'<section class="owl-{kind}">\n{heading}{body}\n</section>')
            data["template"] = self._template(name, "\n".join(parts))
        return data

    def _untitled(self, step: Step, lesson: Lesson) -> str:
        """The title of a page without a heading: what to try, or the lesson itself."""
        return self.try_this if isinstance(step.blocks[0], TryThis) else plain(lesson.title)

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
            scale=block.kind is AnswerKind.SCALE and block.scale and asdict(block.scale),
            template=self._prose(block.prose, f"r-{code}"),
        )

    def _question(self, block: Question) -> Data:
        code = self._code(f"question/{block.key}")
        return _present(
            key=block.key,
            code=code,
            title=plain(block.title),
            multiple=sum(option.correct for option in block.options) != 1,
            options=[
                {"text": plain(option.text), "correct": option.correct}
                | _present(feedback=self._prose(option.feedback, f"q-{code}-{number}"))
                for number, option in enumerate(block.options)
            ],
            template=self._prose(block.prose, f"q-{code}"),
        ) | {"multiple": sum(option.correct for option in block.options) != 1}

    # Scenarios

    def _scenario(self, scenario: Scenario, number: int) -> Data:
        name = f"s{number}"
        index = {scene.key: n for n, scene in enumerate(scenario.scenes)}
        codes = self.course.codes[f"scenario/{scenario.key}"]
        me = scenario.perspective.key if scenario.perspective else ""
        debrief = scenario.debrief
        parts = {
            "opening": debrief and debrief.opening,
            "feelings": debrief and debrief.feelings,
            "path": debrief and debrief.path,
            "thoughts": debrief and debrief.thoughts,
            "whatIf": debrief and debrief.what_if,
        }
        return {
            "key": scenario.key,
            "code": self._code(f"scenario/{scenario.key}"),
            "title": plain(scenario.title),
            "template": self._beats_template(scenario.opening, f"{name}-o"),
            "opening": [self._beat(beat) for beat in scenario.opening],
            "people": [
                {"key": person.key, "name": person.name, "description": plain(person.description)}
                for person in scenario.people
            ],
            "me": me,
            "meters": [
                {"key": m.key, "name": m.name, "start": m.start, "low": m.low, "high": m.high}
                for m in scenario.meters
            ],
            "variables": [{"key": v.key, "start": v.start} for v in scenario.variables],
            "rules": [_rule(rule) for rule in scenario.rules],
            "begin": index[scenario.begin.key] if scenario.begin else 0,
            "back": str(scenario.back),
            "scenes": [
                self._scene(scene, scenario, index, codes, f"{name}-{n}")
                for n, scene in enumerate(scenario.scenes)
            ],
            "debrief": _present(
                **{part: self._prose(prose or None, f"{name}-d-{part}") for part, prose in parts.items()}
            ),
        }

    def _scene(
        self, scene: Scene, scenario: Scenario, index: dict[str, int], codes: Mapping[str, str], name: str
    ) -> Data:
        rules = {rule.key: n for n, rule in enumerate(scenario.rules)}
        event = scene.kind is SceneKind.EVENT
        return {
            "key": scene.key,
            "code": codes[scene.key],
            "title": plain(scene.title),
            "kind": str(scene.kind),
            "template": self._beats_template(scene.beats, name),
            "rules": [rules[rule.key] for rule in scene.rules],
            "beats": [self._beat(beat) for beat in scene.beats],
            "choices": [
                self._choice(choice, index, codes, rules, f"{name}-{n}")
                for n, choice in enumerate(scene.choices)
            ],
            "report": self._report(scenario, scene),
        } | _present(
            me=scene.perspective and scene.perspective.key,
            time=plain(scene.time),
            intense=scene.intense,
            skip=scene.skip and {"to": index[scene.skip.target.key], "summary": plain(scene.skip.summary)},
            role=scene.role and scene.role.key,
            continues=scene.continues,
            at=[index[at.key] for at in scene.at] if event else None,
            chance=scene.chance if event else None,
            once=scene.once,
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
                    "text": plain(later.text),
                    "intended": later.intended,
                    "whom": later.whom,
                    "when": str(later.moment),
                    "effects": [_effect(effect) for effect in later.effects],
                }
                for later in choice.later
            ],
            "beats": [self._beat(beat) for beat in choice.reaction],
        } | _present(
            template=self._beats_template(choice.reaction, name) if choice.reaction else None,
            feedback=self._prose(choice.feedback or None, f"{name}-f"),
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
            mood=beat.emotion,
            role=beat.guard and beat.guard.role and beat.guard.role.key,
            **_if(beat.guard.condition if beat.guard else None),
        )

    def _beats_template(self, beats: tuple[Beat, ...], name: str) -> str:
        parts = (f"<div>{self._html(beat.prose, f'{name}-{n}')}</div>" for n, beat in enumerate(beats))
        return self._template(name, "".join(parts))


def _if(condition: Condition | None) -> Data:
    return {"if": to_data(condition)} if condition else {}


def _effect(effect: Effect) -> Data:
    return {"name": effect.name.key, "op": effect.op, "number": effect.number}


def _rule(rule: Rule) -> Data:
    return {"key": rule.key, "name": rule.name, "text": plain(rule.text), "help": str(rule.help)}
