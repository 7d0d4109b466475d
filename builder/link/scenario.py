"""Linking one scenario: every name in it resolved, every ``anders`` made a condition of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import Protocol, TypeVar

from builder.diagnostics import Code, Diagnostic, Span, diagnostic
from builder.link.names import Names, folded
from builder.model.logic import All, Any, Chosen, Compare, Condition, Effect, Not, Visited
from builder.model.naming import slug
from builder.model.scenario import (
    ON,
    Beat,
    Branch,
    Choice,
    Guard,
    Later,
    Learns,
    Scenario,
    Scene,
    SceneKind,
)
from builder.model.text import Prose, Ref
from builder.model.walk import every

VOICES = ("Brief", "Bericht", "Dossier", "Omroep")
"""Speakers that are no person."""

SELF = ("je", "jij", "ik")
"""How an author may name the person that the player is."""

FACT = "#feit-"


def link_scenario(draft: Scenario) -> tuple[Scenario, tuple[Diagnostic, ...]]:
    """``draft`` with every ``Ref`` resolved, and what could not be resolved."""
    return _Linker(draft).linked()


class _Linker:
    def __init__(self, draft: Scenario) -> None:
        self.found: list[Diagnostic] = []
        self.draft = draft
        self.people = tuple(
            replace(person, key=slug(person.name)) for person in _unique(draft.people, self.found)
        )
        self.meters = tuple(
            replace(meter, key=slug(meter.name)) for meter in _unique(draft.meters, self.found)
        )
        self.variables = tuple(
            replace(each, key=slug(each.name))
            for each in _unique(draft.variables, self.found, taken=tuple(m.name for m in draft.meters))
        )
        self.facts = tuple(replace(fact, key=slug(fact.name)) for fact in _unique(draft.facts, self.found))
        self.rules = tuple(replace(rule, key=slug(rule.name)) for rule in _unique(draft.rules, self.found))
        meters = [(meter.name, meter.key) for meter in self.meters]
        variables = [(variable.name, variable.key) for variable in self.variables]
        self.values = Names.of(Code.VARIABLE_UNKNOWN, meters + variables)
        self.fact_names = Names.of(Code.FACT_UNKNOWN, ((f.name, f.key) for f in self.facts))
        self.rule_names = Names.of(Code.RULE_UNKNOWN, ((r.name, r.key) for r in self.rules))
        self.person_names = Names.of(Code.PERSON_UNKNOWN, ((p.name, p.key) for p in self.people))
        keys = self._scene_keys()
        self.scenes = Names.of(
            Code.SCENE_UNKNOWN,
            ((scene.anchor, keys[scene.anchor]) for scene in draft.scenes),
        )
        self.choice_ids = Names.of(
            Code.CHOICE_UNKNOWN, ((c.id, c.id) for scene in draft.scenes for c in scene.choices if c.id)
        )

    def linked(self) -> tuple[Scenario, tuple[Diagnostic, ...]]:
        draft = self.draft
        me = self._person(draft.perspective) if draft.perspective else None
        if me is None and draft.people:
            first = self.people[0]
            me = Ref(text=first.name, key=first.key, span=first.span)
        linked = replace(
            draft,
            key=draft.id or slug(draft.title),
            people=self.people,
            meters=self.meters,
            variables=self.variables,
            facts=tuple(
                replace(fact, known_by=tuple(self._person(who) for who in fact.known_by))
                for fact in self.facts
            ),
            rules=tuple(replace(rule, condition=self._condition(rule.condition)) for rule in self.rules),
            perspective=me,
            begin=self._scene(draft.begin) if draft.begin else self._first(),
            replays=tuple(
                replace(each, person=self._person(each.person), begin=each.begin and self._scene(each.begin))
                for each in draft.replays
            ),
            opening=self._beats(draft.opening, me),
            scenes=tuple(self._scene_linked(scene, me) for scene in draft.scenes),
        )
        self._choice_keys(linked)
        self._prose_links(linked)
        return linked, tuple(self.found)

    # Scenes

    def _scene_keys(self) -> dict[str, str]:
        keys = {scene.anchor: scene.id or scene.anchor for scene in self.draft.scenes}
        taken: dict[str, str] = {}
        for scene in self.draft.scenes:
            key = keys[scene.anchor]
            if key in taken:
                self.found.append(
                    diagnostic(Code.KEY_TWICE, scene.span, f"- id: {key}-2", key=key, where=taken[key])
                )
            taken.setdefault(key, scene.title)
        return keys

    def _first(self) -> Ref | None:
        for scene in self.draft.scenes:
            if scene.kind is SceneKind.SCENE and not scene.role:
                return Ref(text=scene.anchor, key=scene.id or scene.anchor, span=scene.span)
        return None

    def _scene_linked(self, scene: Scene, me: Ref | None) -> Scene:
        here = self._person(scene.perspective) if scene.perspective else None
        return replace(
            scene,
            key=scene.id or scene.anchor,
            perspective=here,
            skip=scene.skip and replace(scene.skip, target=self._scene(scene.skip.target)),
            learns=self._learns(scene.learns),
            rules=tuple(self.rule_names.resolve(rule, self.found) for rule in scene.rules),
            role=scene.role and self._person(scene.role),
            beats=self._beats(scene.beats, here or me),
            choices=tuple(self._choice(choice, scene, here or me) for choice in scene.choices),
            at=tuple(self._scene(at) for at in scene.at),
            condition=self._condition(scene.condition),
        )

    def _scene(self, ref: Ref, in_event: bool = False) -> Ref:
        if in_event and folded(ref.text) == ON:
            return replace(ref, key=ON)
        if ref.key:
            return ref
        return self.scenes.resolve(ref, self.found)

    # Choices

    def _choice(self, choice: Choice, scene: Scene, me: Ref | None) -> Choice:
        target = self._scene(choice.target, in_event=scene.kind is SceneKind.EVENT)
        return replace(
            choice,
            target=target,
            key=choice.id or target.key,
            effects=self._effects(choice.effects),
            condition=self._condition(choice.condition),
            closed_by=choice.closed_by and self.rule_names.resolve(choice.closed_by, self.found),
            unless=self._condition(choice.unless),
            learns=self._learns(choice.learns),
            later=tuple(
                replace(
                    self._whom(each),
                    target=self._scene(each.target),
                    effects=self._effects(each.effects),
                    condition=self._condition(each.condition),
                )
                for each in choice.later
            ),
            role=choice.role and self._person(choice.role),
            reaction=self._beats(choice.reaction, me),
        )

    def _choice_keys(self, scenario: Scenario) -> None:
        """Two choices of one scene may not share a key, nor may an id serve twice in a scenario."""
        given: dict[str, Choice] = {}
        for scene in scenario.scenes:
            here: dict[str, Choice] = {}
            for choice in scene.choices:
                if choice.key and choice.key in here:
                    near = slug(choice.label)[:24].strip("-")
                    self.found.append(
                        diagnostic(Code.CHOICE_TWICE, choice.span, f"  - id: {near}")
                        if not choice.id
                        else diagnostic(Code.KEY_TWICE, choice.span, key=choice.key, where=scene.title)
                    )
                here.setdefault(choice.key, choice)
                if choice.id and choice.id in given and given[choice.id] not in scene.choices:
                    self.found.append(
                        diagnostic(Code.KEY_TWICE, choice.span, key=choice.id, where=scenario.title)
                    )
                if choice.id:
                    given.setdefault(choice.id, choice)

    # Beats and their conditions

    def _beats(self, beats: tuple[Beat, ...], me: Ref | None) -> tuple[Beat, ...]:
        linked = []
        before: list[Condition] = []
        role: Ref | None = None
        only = False
        for beat in beats:
            guard = beat.guard
            if guard is None or guard.branch is Branch.IF:
                before, role, only = [], None, False
            if guard is not None:
                own = self._condition(guard.condition)
                role = self._person(guard.role) if guard.role else role
                terms: tuple[Condition, ...] = tuple(Not(of=each) for each in before)
                terms += (own,) if own else ()
                whole = All(of=terms) if len(terms) > 1 else terms[0] if terms else None
                only = only or guard.only
                up = self._condition(guard.up)
                guard = Guard(condition=whole, role=role, only=only, up=up, deep=guard.deep)
                if own:
                    before.append(own)
            linked.append(
                replace(beat, guard=guard, speaker=beat.speaker and self._speaker(beat.speaker, me))
            )
        return tuple(linked)

    def _speaker(self, ref: Ref, me: Ref | None) -> Ref:
        if me and folded(ref.text) in SELF and folded(ref.text) not in self.person_names.known:
            return replace(ref, key=me.key)
        for voice in VOICES:
            if folded(ref.text) == folded(voice):
                return replace(ref, key=slug(voice))
        return self._person(ref)

    def _condition(self, condition: Condition | None) -> Condition | None:
        match condition:
            case None:
                return None
            case Compare():
                return replace(condition, name=self.values.resolve(condition.name, self.found))
            case Visited():
                return replace(condition, scene=self._scene(condition.scene))
            case Chosen():
                return replace(condition, choice=self.choice_ids.resolve(condition.choice, self.found))
            case Not():
                inner = self._condition(condition.of)
                return Not(of=inner) if inner else None
            case All() | Any():
                return replace(condition, of=tuple(filter(None, map(self._condition, condition.of))))

    def _effects(self, effects: Iterable[Effect]) -> tuple[Effect, ...]:
        return tuple(replace(each, name=self.values.resolve(each.name, self.found)) for each in effects)

    def _whom(self, later: Later) -> Later:
        """``later``; a name for whom it is that is nearly one of the people is reported, other words are free."""
        for name in re.split(r",|\s+en\s+", later.whom):
            wanted, known = folded(name), self.person_names.known
            near = get_close_matches(wanted, known, n=1, cutoff=0.75) if wanted not in known else []
            if near:
                self.person_names.resolve(Ref(text=name.strip(), span=later.span), self.found)
        return later

    def _learns(self, learns: Iterable[Learns]) -> tuple[Learns, ...]:
        return tuple(
            replace(
                each,
                who=self._person(each.who),
                fact=self.fact_names.resolve(each.fact, self.found),
                condition=self._condition(each.condition),
            )
            for each in learns
        )

    def _person(self, ref: Ref) -> Ref:
        return self.person_names.resolve(ref, self.found)

    def _prose_links(self, scenario: Scenario) -> None:
        """Prose in a scenario mentions facts, and links to nothing else inside the module."""
        for prose in every(scenario, Prose):
            for link in prose.links:
                if link.target.startswith(FACT):
                    self.fact_names.resolve(
                        Ref(text=self._fact_named(link.target), span=link.span), self.found
                    )
                elif link.target.startswith("#"):
                    self.found.append(
                        diagnostic(Code.LINK_UNKNOWN, link.span, link.words, target=link.target)
                    )

    def _fact_named(self, target: str) -> str:
        wanted = slug(target.removeprefix(FACT))
        return next((fact.name for fact in self.facts if fact.key == wanted), target.removeprefix(FACT))


class _Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def span(self) -> Span: ...


D = TypeVar("D", bound=_Named)


def _unique(defined: tuple[D, ...], found: list[Diagnostic], taken: tuple[str, ...] = ()) -> tuple[D, ...]:
    """Of definitions with equal names the first; the others are reported."""
    seen = {slug(name) for name in taken}
    kept = []
    for each in defined:
        if slug(each.name) in seen:
            found.append(diagnostic(Code.NAME_TWICE, each.span, name=each.name))
        else:
            seen.add(slug(each.name))
            kept.append(each)
    return tuple(kept)
