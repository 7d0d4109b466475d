"""The real course holds to its own standard (``standard.py``), and whatever misses a part of that is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from builder.check.bots import BOTS
from builder.check.plays import Tally, tallies
from builder.diagnostics import Code
from builder.link import link
from builder.model.accepted import Accepted
from builder.model.course import Block, Course, Lesson, Option, Section, TrainerNote, TryThis
from builder.model.reflection import Reflection
from builder.model.scenario import (
    Beat,
    BeatKind,
    Choice,
    Fact,
    Help,
    Rule,
    Scenario,
    Scene,
    SceneKind,
)
from builder.model.text import Prose
from builder.model.walk import changed
from builder.source import parse
from builder.source.read import read
from tests.standard import LESSON, PLANS, SCENARIO, lacking, lopsided, story

ROOT = Path(__file__).parents[1]
LESSONS = sorted(path.stem for path in (ROOT / "content" / "lessons").glob("*.md"))


@cache
def course() -> Course:
    """As it is written; whether it is sound is asked elsewhere."""
    return link(parse(read(ROOT)).value).value


def lesson(stem: str) -> Lesson:
    return next(each for each in course().lessons if each.path.endswith(f"/{stem}.md"))


def test_the_lessons_are_those_of_the_plan_and_take_as_long_as_the_course_says() -> None:
    assert [each.key for each in course().lessons] == list(PLANS)
    assert len(LESSONS) == len(PLANS)
    assert sum(each.minutes for each in course().lessons) == course().settings.minutes


@pytest.mark.parametrize("stem", LESSONS)
def test_a_lesson_and_its_scenario_hold_what_this_course_asks(stem: str) -> None:
    assert lacking(course(), lesson(stem)) == []


@pytest.mark.parametrize("stem", LESSONS)
def test_how_one_chooses_makes_a_difference(stem: str) -> None:
    """Over a thousand seeds every ending is somebody's, and none is nearly everybody's."""
    scenario = story(lesson(stem))
    assert scenario
    assert lopsided(scenario, tallies(scenario)) == []


# What misses a part, is found: of the lesson and scenario that have everything, each part is taken away.

WHOLE = next(stem for stem in LESSONS if stem.endswith("-voor-de-poort-opengaat"))


def fewer(kind: SceneKind, left: int) -> Callable[[Scenario], Scenario]:
    """All but the first few scenes of a kind are of another."""
    other = SceneKind.EVENT if kind is SceneKind.SCENE else SceneKind.SCENE

    def change(it: Scenario) -> Scenario:
        kept = [each.key for each in it.scenes if each.kind is kind and not each.role][:left]
        return changed(
            it,
            Scene,
            lambda each: replace(each, kind=other) if each.kind is kind and each.key not in kept else each,
        )

    return change


def hurried(it: Scenario) -> Scenario:
    """From the third scene on two ways are open at a time."""

    def narrow(scene: Scene) -> Scene:
        more = (replace(each, fallback=True) for each in scene.choices[2:])
        return scene if scene in it.scenes[:2] else replace(scene, choices=(*scene.choices[:2], *more))

    return changed(it, Scene, narrow)


def soon(it: Scenario) -> Scenario:
    """Whatever nobody meant comes at once."""

    def now(choice: Choice) -> Choice:
        later = tuple(each if each.intended else replace(each, target=choice.target) for each in choice.later)
        return replace(choice, later=later)

    return changed(it, Choice, now)


def certain(it: Scenario) -> Scenario:
    return changed(it, Scene, lambda each: replace(each, chance=100))


def thinking(keep: Callable[[Beat], bool]) -> Callable[[Scenario], Scenario]:
    """With only these thoughts."""

    def some(beats: tuple[Beat, ...]) -> tuple[Beat, ...]:
        return tuple(each for each in beats if each.kind is not BeatKind.THOUGHT or keep(each))

    def change(it: Scenario) -> Scenario:
        quiet = changed(it, Choice, lambda each: replace(each, reaction=some(each.reaction)))
        return changed(quiet, Scene, lambda each: replace(each, beats=some(each.beats)))

    return change


def ruled(without: Help) -> Callable[[Scenario], Scenario]:
    def other(each: Rule) -> Rule:
        return replace(each, help=Help.BOTH) if each.help is without else each

    return lambda it: changed(it, Rule, other)


def waved(it: Scenario) -> Scenario:
    word = Accepted(code=Code.DILEMMA_DOMINATED, reason="het moet")
    return changed(it, Choice, lambda each: replace(each, accepted=(word,)))


SPOILED: dict[str, Callable[[Scenario], Scenario]] = {
    "twelve scenes": fewer(SceneKind.SCENE, 11),
    "three endings": fewer(SceneKind.ENDING, 2),
    "three decisions of three ways, whatever way one goes": hurried,
    "something nobody meant, with two scenes between": soon,
    "an event that may come or not": certain,
    "thoughts of two others": thinking(lambda it: bool(it.speaker and it.speaker.text in ("Karin", "Mo"))),
    "a thought that surfaces and one that does not": thinking(lambda it: not it.guard),
    "a rule that hinders, that can be read": ruled(Help.HINDERS),
    "a rule that helps, that can be read": ruled(Help.HELPS),
    "a fact that not everybody knows": lambda it: changed(it, Fact, lambda each: replace(each, known_by=())),
    "the eleven answers": lambda it: replace(it, dossier=it.dossier[:10]),
    "a trainer's note, and five where a pause pays": lambda it: replace(it, trainer=None),
    "the four parts of its debrief": lambda it: replace(
        it, debrief=it.debrief and replace(it.debrief, what_if=None)
    ),
    "the other side, to play again": lambda it: replace(it, replays=()),
    "a word that its people are invented": lambda it: replace(it, opening=()),
    "no better way and no verdict that is waved away": waved,
}


def lost(kind: type[Block]) -> Callable[[Lesson], Lesson]:
    return lambda it: replace(it, blocks=tuple(each for each in it.blocks if not isinstance(each, kind)))


def explained(change: Callable[[str], str]) -> Callable[[Lesson], Lesson]:
    """With another text in each section that has a heading."""

    def rewritten(each: Section) -> Section:
        return replace(each, prose=Prose(markdown=change(each.prose.markdown))) if each.title else each

    return lambda it: changed(it, Section, rewritten)


def last(it: Lesson) -> Lesson:
    """First the theory, then the scenario."""
    return replace(it, blocks=tuple(sorted(it.blocks, key=lambda each: isinstance(each, Scenario))))


LESSON_SPOILED: dict[str, Callable[[Lesson], Lesson]] = {
    "its title": lambda it: replace(it, title="Les"),
    "a hook from practice, of 20 to 120 words": lambda it: replace(it, blocks=it.blocks[1:]),
    "its scenario early": last,
    "its own scenario": lambda it: changed(it, Scenario, lambda each: replace(each, title="Een ander")),
    "theory after it, of 400 words in a row at most": explained(lambda text: f"{text} {'woord ' * 40}"),
    "its sources under its heading": lambda it: replace(it, sources=it.sources[:1]),
    "its sources in the words of the explanation": explained(
        lambda text: text.replace("Inclusie & Veiligheid", "een project")
    ),
    "one or two reflections after it": lost(Reflection),
    "a question with feedback for each answer": lambda it: changed(
        it, Option, lambda each: replace(each, feedback=each.feedback if each.correct else None)
    ),
    "one thing to try": lost(TryThis),
    "a note for the trainer": lost(TrainerNote),
    "one to three aims": lambda it: replace(it, goals=()),
    "15 to 25 minutes": lambda it: replace(it, minutes=40),
}


@pytest.mark.parametrize("name", SCENARIO)
def test_a_scenario_without_one_of_its_parts_is_found(name: str) -> None:
    scenario = story(lesson(WHOLE))
    assert scenario
    plan = PLANS[lesson(WHOLE).key]
    assert SCENARIO[name](plan, scenario)
    assert not SCENARIO[name](plan, SPOILED[name](scenario))


@pytest.mark.parametrize("name", LESSON)
def test_a_lesson_without_one_of_its_parts_is_found(name: str) -> None:
    plan, whole = PLANS[lesson(WHOLE).key], lesson(WHOLE)
    assert LESSON[name](plan, whole, course())
    assert not LESSON[name](plan, LESSON_SPOILED[name](whole), course())


def test_what_is_missing_is_told_by_name() -> None:
    parts = "the other side, to play again", "the eleven answers"
    spoiled = lesson(WHOLE)
    for part in parts:
        spoiled = changed(spoiled, Scenario, SPOILED[part])
    found = lacking(course(), replace(spoiled, sources=()))
    assert sorted(found) == sorted(
        ["lesson: its sources under its heading", *(f"scenario: {part}" for part in parts)]
    )


def test_a_scenario_in_which_choosing_makes_no_difference_is_found() -> None:
    """Every way to an ending leads to the same one."""
    scenario = story(lesson(WHOLE))
    assert scenario
    first, *others = (each for each in scenario.scenes if each.kind is SceneKind.ENDING)
    keys = {each.key for each in others}

    def there(choice: Choice) -> Choice:
        target = replace(choice.target, key=first.key)
        return replace(choice, target=target) if choice.target.key in keys else choice

    found = lopsided(scenario, tallies(changed(scenario, Choice, there), 20))
    assert found == [
        f"{first.title}: every bot ends here, at least 100% of its runs",
        *(f"{each.title}: no bot ends here" for each in others),
    ]


@pytest.mark.parametrize(("share", "found"), [(600, 0), (601, 1)])
def test_six_in_ten_of_every_bot_is_the_most(share: int, found: int) -> None:
    scenario = story(lesson(WHOLE))
    assert scenario
    first, second, *others = (each.key for each in scenario.scenes if each.kind is SceneKind.ENDING)
    rest = dict.fromkeys(others, 1)
    ends = {first: share, second: 1000 - share - len(rest), **rest}
    played = [Tally(bot=bot, runs=1000, endings=ends, scenes={}, choices={}, meters={}) for bot in BOTS]
    assert len(lopsided(scenario, played)) == found
    elsewhere = replace(played[0], endings={second: 1000})
    assert lopsided(scenario, [elsewhere, *played[1:]]) == []
    assert lopsided(scenario, played[1:])[found:] == [f"{played[0].bot}: did not play"]
    circling = replace(played[0], endings={second: 999, "": 1})
    assert lopsided(scenario, [circling, *played[1:]]) == [f"{played[0].bot}: goes round for ever"]
