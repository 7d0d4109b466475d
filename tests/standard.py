"""What this course asks of its own lessons and scenarios, as functions from one to what it does not hold.

What every author should hear is told by ``waterlijn check``: a course may well have shorter scenarios, or other parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.check.bots import BOTS
from builder.check.plays import Tally
from builder.check.states import explore
from builder.check.structure import arrows
from builder.diagnostics import Code
from builder.model.accepted import Accepted
from builder.model.course import Block, Course, Lesson, Question, Section, TrainerNote, TryThis
from builder.model.reflection import Reflection
from builder.model.scenario import Beat, BeatKind, Choice, Help, Later, Scenario, Scene, SceneKind
from builder.model.text import Prose
from builder.model.walk import every
from builder.render.prose import plain

MOST_IN_A_ROW = 400
"""Words of explanation without anything to do."""

MOST_OF_ALL = 0.6
"""Of its runs, that each of the bots may end at one and the same ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a lesson is to be. ``short``: the one whose scenario is practice; ``again``: as whom one plays it again."""

    title: str
    scenario: str
    sources: frozenset[str]
    short: bool = False
    again: str = ""


PLANS: Mapping[str, Plan] = {
    "start": Plan(title="Aan het roer", scenario="Maandagochtend", sources=frozenset({"IV"}), short=True),
    "waterlijn": Plan(title="Onder de waterlijn", scenario="Het eerste contact", sources=frozenset({"IV"})),
    "beelden": Plan(title="Welk beeld heb jij?", scenario="De wachtlijst", sources=frozenset({"IV"})),
    "klik": Plan(
        title="Voor de poort opengaat",
        scenario="Het klikgesprek",
        sources=frozenset({"DW", "IV"}),
        again="Mo",
    ),
    "eigen-doel": Plan(title="Eigen doelen", scenario="Achter de espressomachine", sources=frozenset({"BB"})),
    "werkgever": Plan(
        title="De werkgever aan tafel",
        scenario="Een gat in het cv",
        sources=frozenset({"DW", "IV"}),
        again="Marleen",
    ),
    "uitbarsting": Plan(title="Als het misgaat", scenario="De uitbarsting", sources=frozenset({"IV"})),
    "keten": Plan(
        title="Wie belt wie?",
        scenario="Vrijdagmiddag half vijf",
        sources=frozenset({"KK", "IV"}),
        again="Anneke",
    ),
}
"""The lessons by id, in their order."""


# A scenario.


def _scenes(scenario: Scenario, kind: SceneKind) -> list[Scene]:
    """Of one kind; of scenes those that whoever plays first comes in."""
    return [each for each in scenario.scenes if each.kind is kind and not each.role]


def _choosing(scenario: Scenario) -> set[str]:
    """Where three choices or more are open at once, for somebody."""
    space = explore(scenario)
    found = set()
    for state in space.states:
        scene = scenario.scenes[state.scene]
        choices = [scene.choices[each] for each in space.machine.open(state)]
        if sum(not each.bare and not each.fallback for each in choices) >= 3:
            found.add(scene.key)
    return found


def _least(scenario: Scenario) -> dict[str, int]:
    """By scene through how many of those decisions the way there leads at least."""
    choosing, graph = _choosing(scenario), arrows(scenario)
    begin = scenario.begin.key if scenario.begin else ""
    found = {begin: int(begin in choosing)}
    waiting = [begin]
    while waiting:
        here = waiting.pop()
        for there in graph.get(here, ()):
            met = found[here] + (there in choosing)
            if met < found.get(there, met + 1):
                found[there] = met
                waiting.append(there)
    return found


def _decisions(plan: Plan, scenario: Scenario) -> bool:
    """On whatever way one comes to an ending, three were taken."""
    least = _least(scenario)
    return all(least.get(each.key, 0) >= 3 for each in _scenes(scenario, SceneKind.ENDING))


def _surfaces(plan: Plan, scenario: Scenario) -> bool:
    """Something nobody meant comes when at least two scenes lie between."""
    graph = arrows(scenario)
    for scene in scenario.scenes:
        near = {scene.key} | graph[scene.key]
        near |= {there for here in near for there in graph.get(here, ())}
        for choice in scene.choices:
            if any(not each.intended and each.target.key not in near for each in every(choice, Later)):
                return True
    return False


def _unexpected(plan: Plan, scenario: Scenario) -> bool:
    return plan.short or any(0 < each.chance < 100 for each in _scenes(scenario, SceneKind.EVENT))


def _thoughts(scenario: Scenario) -> Iterator[Beat]:
    """Those of others than whom one plays."""
    for scene in scenario.scenes:
        me = scene.perspective or scenario.perspective
        for beat in every(scene, Beat):
            if beat.kind is BeatKind.THOUGHT and beat.speaker and me and beat.speaker.key != me.key:
                yield beat


def _thinkers(plan: Plan, scenario: Scenario) -> bool:
    them = {each.speaker.key for each in _thoughts(scenario) if each.speaker}
    return len(them) >= (1 if plan.short else 2)


def _below(plan: Plan, scenario: Scenario) -> bool:
    """One thought surfaces by what was done, another waits for the debrief."""
    whens = [bool(each.guard and each.guard.condition) for each in _thoughts(scenario)]
    return any(whens) and not all(whens)


def _rule(kind: Help) -> Callable[[Plan, Scenario], bool]:
    """One of this kind, told in its scene or at the choice that it closes."""

    def has(plan: Plan, scenario: Scenario) -> bool:
        told = {rule.key for scene in scenario.scenes for rule in scene.rules}
        told |= {each.closed_by.key for each in every(scenario, Choice) if each.closed_by}
        return plan.short or any(each.help is kind and each.key in told for each in scenario.rules)

    return has


def _secret(plan: Plan, scenario: Scenario) -> bool:
    """A fact that some know and others do not."""
    return any(0 < len(each.known_by) < len(scenario.people) for each in scenario.facts)


def _dossier(plan: Plan, scenario: Scenario) -> bool:
    answers = {each.number: each.text.split() for each in scenario.dossier}
    return sorted(answers) == list(range(1, 12)) and all(len(words) >= 4 for words in answers.values())


def _pauses(plan: Plan, scenario: Scenario) -> bool:
    pauses = sum(1 for each in scenario.scenes if each.trainer)
    return bool(scenario.trainer) and pauses >= (2 if plan.short else 5)


def _debrief(plan: Plan, scenario: Scenario) -> bool:
    it = scenario.debrief
    return bool(it and it.feelings and it.path and it.thoughts and it.what_if)


def _again(plan: Plan, scenario: Scenario) -> bool:
    return not plan.again or plan.again in [each.person.text for each in scenario.replays]


def _invented(plan: Plan, scenario: Scenario) -> bool:
    return plan.short or any("verzonnen" in beat.prose.markdown for beat in scenario.opening)


WAVED = frozenset({Code.DILEMMA_DOMINATED, Code.DILEMMA_FREE, Code.VERDICT_WORD})


def _judges(plan: Plan, scenario: Scenario) -> bool:
    """What ``waterlijn check`` says of a better way and of words that judge was not waved away."""
    return not WAVED & {each.code for each in every(scenario, Accepted)}


SCENARIO: Mapping[str, Callable[[Plan, Scenario], bool]] = {
    "twelve scenes": lambda plan, it: len(_scenes(it, SceneKind.SCENE)) >= (6 if plan.short else 12),
    "three endings": lambda plan, it: len(_scenes(it, SceneKind.ENDING)) >= (2 if plan.short else 3),
    "three decisions of three ways, whatever way one goes": _decisions,
    "something nobody meant, with two scenes between": _surfaces,
    "an event that may come or not": _unexpected,
    "thoughts of two others": _thinkers,
    "a thought that surfaces and one that does not": _below,
    "a rule that hinders, that can be read": _rule(Help.HINDERS),
    "a rule that helps, that can be read": _rule(Help.HELPS),
    "a fact that not everybody knows": _secret,
    "the eleven answers": _dossier,
    "a trainer's note, and five where a pause pays": _pauses,
    "the four parts of its debrief": _debrief,
    "the other side, to play again": _again,
    "a word that its people are invented": _invented,
    "no better way and no verdict that is waved away": _judges,
}
"""What a scenario holds, by its name."""


# A lesson.


def words(*prose: Prose | None) -> int:
    return sum(len(plain(each.markdown).split()) for each in prose if each)


def story(lesson: Lesson) -> Scenario | None:
    return next((each for each in lesson.blocks if isinstance(each, Scenario)), None)


def _sides(lesson: Lesson) -> tuple[list[Block], list[Block]]:
    """What stands before its scenario and after it."""
    at = next((i for i, each in enumerate(lesson.blocks) if isinstance(each, Scenario)), len(lesson.blocks))
    return list(lesson.blocks[:at]), list(lesson.blocks[at + 1 :])


def _explained(lesson: Lesson) -> list[Section]:
    return [each for each in _sides(lesson)[1] if isinstance(each, Section)]


def _hook(plan: Plan, lesson: Lesson, course: Course) -> bool:
    first = next(iter(lesson.blocks), None)
    return isinstance(first, Section) and not first.title and 20 <= words(first.prose) <= 120


def _early(plan: Plan, lesson: Lesson, course: Course) -> bool:
    """Right after its hook, or one question of one's own; the short one first tells how to play."""
    between = _sides(lesson)[0][1:]
    return len(between) <= 1 and all(
        isinstance(each, Section if plan.short else Reflection) for each in between
    )


def _one(plan: Plan, lesson: Lesson, course: Course) -> bool:
    return [each.title for each in lesson.blocks if isinstance(each, Scenario)] == [plan.scenario]


def _short(plan: Plan, lesson: Lesson, course: Course) -> bool:
    """There is theory, and nowhere too much at a stretch."""
    longest = run = 0
    for block in lesson.blocks:
        run = run + words(block.prose) if isinstance(block, Section) else 0
        longest = max(longest, run)
    return bool(_explained(lesson)) and longest <= MOST_IN_A_ROW


def _sourced(plan: Plan, lesson: Lesson, course: Course) -> bool:
    return {each.text for each in lesson.sources} == plan.sources


def _named(plan: Plan, lesson: Lesson, course: Course) -> bool:
    """The explanation says where it has its facts: each source by the name that ``course.toml`` begins with."""
    text = " ".join(plain(each.prose.markdown) for each in _explained(lesson))
    names = {key: whole.split(":")[0] for key, whole in course.settings.sources.items()}
    return all(re.search(rf"\b{re.escape(names[key])}\b", text) for key in plan.sources)


def _asked(plan: Plan, lesson: Lesson, course: Course) -> bool:
    after = [each for each in _sides(lesson)[1] if isinstance(each, Reflection)]
    return 1 <= len(after) <= 2


def _answered(plan: Plan, lesson: Lesson, course: Course) -> bool:
    """A question, with something to read for every answer."""
    found = [each for each in lesson.blocks if isinstance(each, Question)]
    told = all(option.feedback for each in found for option in each.options)
    return told and len(found) == (0 if plan.short else 1)


def _to_try(plan: Plan, lesson: Lesson, course: Course) -> bool:
    found = [words(each.prose) for each in lesson.blocks if isinstance(each, TryThis)]
    return len(found) == 1 and 10 <= found[0] <= 90


def _guided(plan: Plan, lesson: Lesson, course: Course) -> bool:
    return any(isinstance(each, TrainerNote) for each in lesson.blocks)


LESSON: Mapping[str, Callable[[Plan, Lesson, Course], bool]] = {
    "its title": lambda plan, it, course: it.title == plan.title,
    "a hook from practice, of 20 to 120 words": _hook,
    "its scenario early": _early,
    "its own scenario": _one,
    "theory after it, of 400 words in a row at most": _short,
    "its sources under its heading": _sourced,
    "its sources in the words of the explanation": _named,
    "one or two reflections after it": _asked,
    "a question with feedback for each answer": _answered,
    "one thing to try": _to_try,
    "a note for the trainer": _guided,
    "one to three aims": lambda plan, it, course: 1 <= len(it.goals) <= 3,
    "15 to 25 minutes": lambda plan, it, course: 15 <= it.minutes <= 25,
}
"""What a lesson holds, by its name."""


def lacking(course: Course, lesson: Lesson) -> list[str]:
    """What a linked lesson and its scenario do not hold, by name."""
    plan, scenario = PLANS[lesson.key], story(lesson)
    found = [f"lesson: {name}" for name, holds in LESSON.items() if not holds(plan, lesson, course)]
    if scenario:
        found += [f"scenario: {name}" for name, holds in SCENARIO.items() if not holds(plan, scenario)]
    return found


# How a scenario goes.


def lopsided(scenario: Scenario, tallies: Iterable[Tally]) -> list[str]:
    """Endings that every bot reaches in most of its runs, endings that none reaches, and bots that find none."""
    played = list(tallies)
    found = []
    for ending in _scenes(scenario, SceneKind.ENDING):
        shares = [each.endings.get(ending.key, 0) / each.runs for each in played]
        if min(shares) > MOST_OF_ALL:
            found.append(f"{ending.title}: every bot ends here, at least {min(shares):.0%} of its runs")
        if max(shares) == 0:
            found.append(f"{ending.title}: no bot ends here")
    found += [f"{each.bot}: goes round for ever" for each in played if each.endings.get("")]
    return found + [f"{each}: did not play" for each in BOTS if each not in {one.bot for one in played}]
