"""Linking a whole course: scenario files put in place, keys and codes given out, prose links looked up."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from builder.diagnostics import Code, Diagnostic, Parsed, Span, diagnostic
from builder.keys import codes
from builder.link.debrief import questions
from builder.link.scenario import link_scenario
from builder.messages import say
from builder.model.course import Block, Course, Draft, Lesson, Question, ScenarioFile, TrainerNote
from builder.model.naming import FACT, slug
from builder.model.reflection import Reflection
from builder.model.scenario import Scenario, Scene
from builder.model.steps import StepKind, steps
from builder.model.text import Link, Prose
from builder.model.walk import every

COURSE = "course"
"""The namespace of lessons, steps, reflections, questions and scenarios; each scenario has one of its own."""

KEYS_FILE = "course/keys.toml"

EXTERNAL = ("https://", "http://", "mailto:", "tel:")
LOCAL = "lokaal:"
_OWN = f"{StepKind.REFLECTION}/"
"""What the keys of a debrief's own questions start with, before their last slash."""


def link(draft: Draft) -> Parsed[Course]:
    """The course that ``draft`` means, with every name that means nothing reported."""
    found: list[Diagnostic] = []
    used: set[str] = set()
    lessons = tuple(
        replace(_lesson(lesson, draft, used, found), number=number)
        for number, lesson in enumerate(draft.lessons, start=1)
    )
    found += (
        diagnostic(Code.SCENARIO_UNUSED, scenario.span, title=scenario.title)
        for path, scenario in draft.scenarios.items()
        if path not in used
    )
    _same_keys(lessons, found)
    for lesson in lessons:
        for block in lesson.blocks:
            for prose in every(() if isinstance(block, TrainerNote) else block, Prose):
                found += _prose_links(prose, draft, told=isinstance(block, Scenario))
    for term in draft.glossary:
        found += _prose_links(term.prose, draft)
    given = {name: codes(keys, draft.released.get(name, {})) for name, keys in namespaces(lessons).items()}
    found += _lost(lessons, draft, given)
    aftercare = _aftercare(draft, lessons, found)
    course = Course(
        settings=draft.settings,
        cast=draft.cast,
        lessons=lessons,
        glossary=draft.glossary,
        variants=draft.variants,
        assets=draft.assets,
        codes=given,
        aftercare=aftercare,
        wording=draft.wording,
        language=draft.language,
    )
    return Parsed(value=course, diagnostics=tuple(found))


def namespaces(lessons: Iterable[Lesson]) -> dict[str, list[str]]:
    """Every key that a save may hold, by namespace: the course's own, and one a scenario."""
    found: dict[str, list[str]] = defaultdict(list)
    for lesson in lessons:
        found[COURSE].append(f"lesson/{lesson.key}")
        for step in steps(lesson):
            found[COURSE].append(f"{step.kind}/{step.key}")
            for scenario in (block for block in step.blocks if isinstance(block, Scenario)):
                found[COURSE] += (f"reflection/{each.key}" for each in every(scenario, Reflection))
                keys = found[f"scenario/{scenario.key}"]
                keys += (scene.key for scene in scenario.scenes)
                keys += (choice.key for scene in scenario.scenes for choice in scene.choices)
    return found


def image_path(link: Link) -> str:
    """The path, relative to the course's root, of the picture a link shows."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(link.span.path), link.target))


def _lesson(lesson: Lesson, draft: Draft, used: set[str], found: list[Diagnostic]) -> Lesson:
    for source in lesson.sources:
        if source.text not in draft.settings.sources:
            near = get_close_matches(source.text, draft.settings.sources, n=1, cutoff=0.5)
            known = ", ".join(draft.settings.sources) or "–"
            found.append(diagnostic(Code.SOURCE_UNKNOWN, source.span, *near, name=source.text, known=known))
    blocks = tuple(linked for block in lesson.blocks for linked in _block(block, lesson, draft, used, found))
    key = lesson.id or slug(re.sub(r"^\d+-", "", posixpath.basename(lesson.path).removesuffix(".md")))
    return replace(lesson, key=key, blocks=blocks)


def _block(
    block: Block, lesson: Lesson, draft: Draft, used: set[str], found: list[Diagnostic]
) -> Iterator[Block]:
    match block:
        case ScenarioFile():
            path = posixpath.normpath(posixpath.join(posixpath.dirname(lesson.path), block.target))
            scenario = draft.scenarios.get(path)
            if scenario is None:
                near = get_close_matches(path, draft.scenarios, n=1, cutoff=0.5)
                instead = f"[{block.title}](../scenarios/{posixpath.basename(near[0])})" if near else ""
                found.append(diagnostic(Code.FILE_UNKNOWN, block.span, instead, path=block.target))
                return
            used.add(path)
            yield from _block(scenario, lesson, draft, used, found)
        case Scenario():
            linked, said = link_scenario(block)
            found += said
            found += (
                diagnostic(
                    Code.PERSON_UNCAST,
                    person.span,
                    f'[{person.key}]\nname = "{person.name}"\nrole = "…"\n'
                    'head = "short1"\nskin = "beige"\nclothing = "blauw"',
                    name=person.name,
                )
                for person in linked.people
                if person.key not in {character.key for character in draft.cast}
            )
            debrief = linked.debrief
            if debrief:
                asked = questions(debrief, linked.key, draft.settings.language)
                linked = replace(linked, debrief=replace(debrief, questions=asked))
            yield linked
        case Reflection():
            yield replace(block, key=block.id or slug(block.question))
        case Question():
            yield replace(block, key=block.id or slug(block.title))
        case _:
            yield block


def _same_keys(lessons: Iterable[Lesson], found: list[Diagnostic]) -> None:
    seen: dict[str, str] = {}
    for lesson in lessons:
        own: list[tuple[str, str, Span]] = [(f"lesson/{lesson.key}", lesson.title, lesson.span)]
        own += (
            (f"{step.kind}/{step.key}", step.title, step.blocks[0].span)
            for step in steps(lesson)
            if step.kind is not StepKind.PAGE
        )
        for key, title, span in own:
            if key in seen:
                words = key.partition("/")[2]
                found.append(diagnostic(Code.KEY_TWICE, span, f"- id: {words}-2", key=words, where=seen[key]))
            seen.setdefault(key, title)


def _prose_links(prose: Prose, draft: Draft, *, told: bool = False) -> Iterator[Diagnostic]:
    """Links that lead nowhere; those to a heading in what a scenario told were judged where it was linked."""
    known = {key for variant in draft.variants for key in variant.local}
    for each in prose.links:
        target = each.target
        if each.image or target.startswith(EXTERNAL) or (told and target.startswith("#")):
            continue
        if target.startswith(LOCAL):
            key = target.removeprefix(LOCAL)
            if not FACT.fullmatch(key):
                yield diagnostic(Code.LOCAL_TYPED, each.span, f"[{each.words}]({LOCAL}nazorg)", found=key)
            elif key not in known:
                near = get_close_matches(key, known, n=1)
                instead = f"[{each.words}]({LOCAL}{near[0]})" if near else ""
                found_known = ", ".join(sorted(known)) or "–"
                yield diagnostic(Code.LOCAL_UNKNOWN, each.span, instead, name=key, known=found_known)
        else:
            yield diagnostic(Code.LINK_UNKNOWN, each.span, each.words, target=target)


def _aftercare(draft: Draft, lessons: Iterable[Lesson], found: list[Diagnostic]) -> Prose | None:
    """Whom to talk to after an intense scene: prose with a local fact, so that ``vary`` fills it in as any other."""
    if not any(scene.intense for lesson in lessons for scene in every(lesson.blocks, Scene)):
        return None
    contact = draft.settings.contact
    known = sorted({key for variant in draft.variants for key in variant.local})
    if contact.text not in known:
        near = get_close_matches(contact.text, known, n=1)
        instead = f'contact = "{near[0]}"' if near else ""
        names = ", ".join(known) or "–"
        found.append(diagnostic(Code.LOCAL_UNKNOWN, contact.span, instead, name=contact.text, known=names))
    words = say(draft.settings.language, "course", "aftercare", key=contact.text)
    link = Link(words=words, target=f"{LOCAL}{contact.text}", span=contact.span)
    return Prose(markdown=words, links=(link,), span=contact.span)


def _lost(
    lessons: tuple[Lesson, ...], draft: Draft, given: Mapping[str, Mapping[str, str]]
) -> Iterator[Diagnostic]:
    """Released keys that the course no longer has: saves that hold them lose their place.

    Of a lesson or scenario that is gone, what was in it is not told as well; nor are a debrief's own questions.
    """
    places = _places(lessons)
    gone = (
        {key for key in draft.released.get(COURSE, {}) if key not in given[COURSE]}
        if COURSE in given
        else set()
    )
    for namespace, released in draft.released.items():
        now = given.get(namespace, {})
        if namespace != COURSE and namespace in gone:
            continue
        for key in released:
            kind, _, words = key.rpartition("/") if namespace == COURSE else ("", "", key)
            within = kind.removeprefix(f"{StepKind.PAGE}/").removeprefix(f"{StepKind.PLAN}/")
            if key in now or (within != kind and f"lesson/{within}" in gone) or kind.startswith(_OWN):
                continue
            fresh = [each for each in now if each not in released and each.rpartition("/")[0] == kind]
            near = get_close_matches(key, fresh, n=1) or (
                fresh if namespace == COURSE and len(fresh) == 1 else []
            )
            span = places.get((namespace, near[0])) if near else None
            yield diagnostic(
                Code.KEY_LOST, span or Span(path=KEYS_FILE), "" if within != kind else f"- id: {words}",
                key=key, where=namespace,
            )  # fmt: skip


def _places(lessons: Iterable[Lesson]) -> dict[tuple[str, str], Span]:
    """Where each key of each namespace comes from."""
    found: dict[tuple[str, str], Span] = {}
    for lesson in lessons:
        found[COURSE, f"lesson/{lesson.key}"] = lesson.span
        for step in steps(lesson):
            found[COURSE, f"{step.kind}/{step.key}"] = step.blocks[0].span
            for scenario in (block for block in step.blocks if isinstance(block, Scenario)):
                for scene in scenario.scenes:
                    for key, span in (
                        (scene.key, scene.span),
                        *((each.key, each.span) for each in scene.choices),
                    ):
                        found.setdefault((f"scenario/{scenario.key}", key), span)
                found |= {(f"scenario/{scenario.key}", scene.key): scene.span for scene in scenario.scenes}
    return found
