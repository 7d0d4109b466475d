"""How long a save can get, as ``player/SAVE.md`` writes it: an upper bound over all paths, and full answers."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from builder.check.history import longest
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.course import Course, Question
from builder.model.reflection import AnswerKind, Keep, Reflection
from builder.model.scenario import Scenario
from builder.model.steps import steps
from builder.model.text import Prose
from builder.model.walk import every

SUSPEND_DATA = 4096
"""ASCII characters that SCORM 1.2 keeps, the least of all standards (Run-Time Environment 1.2, 3.4.4)."""

TEXT_LIMIT = 6000
"""Characters that all open questions of a course may ask for together."""

ENDLESS = 400
"""Steps after which a scenario counts as one that can be walked without end."""

_HEADER = len("1;1;") + 6 + 1 + 7 + 1 + 1 + 1 + 5 + 1
"""Format, dictionary, counter, seed, where answers are kept and the place, with their separators."""

_TAIL = 5 + 7
"""The separators of done steps, checks, runs, answers and texts, and the checksum at the end."""

_TEXT_HEADER = 8
"""The checksum of the texts and its separator."""

_RECORD = 6
"""What stands before each text: code, length, colon."""

_SHORT = {
    AnswerKind.CHOICE: len("xx-999,"), AnswerKind.SCALE: len("xx-999,"), AnswerKind.DATE: len("xx20261130,"),
}  # fmt: skip
"""A short answer: its code, the answer, a separator."""

_MARGIN = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one scenario can take in a save, in characters.

    ``steps`` is its longest history, ``whole`` whether all of it was explored.
    """

    title: str
    steps: int
    characters: int
    whole: bool


@cache
def scenario_cost(scenario: Scenario) -> Cost:
    """The longest history of a linked scenario, twice: the run one is in and the first finished one."""
    found = longest(scenario)
    characters = len("xx:/,") + found.now + found.first
    return Cost(title=scenario.title, steps=found.steps, characters=characters, whole=found.proven)


def history_bound(course: Course) -> int:
    """Characters of a save without free text, at most."""
    blocks = [block for lesson in course.lessons for block in lesson.blocks]
    questions = [block for block in blocks if isinstance(block, Question)]
    return (
        _HEADER
        + _TAIL
        + sum(2 * len(steps(lesson)) for lesson in course.lessons)
        + sum(len("xx,") + len(question.options) for question in questions)
        + sum(scenario_cost(scenario).characters for scenario in course.scenarios)
        + sum(_SHORT.get(reflection.kind, 0) for reflection in course.reflections)
    )


def full_save(course: Course) -> int:
    """Characters of a save with every open question answered at full length in ordinary Dutch.

    An estimate: the course's own words in an order of no meaning, deflated as the player does, plus a tenth.
    """
    wanted = [reflection.maximum + _RECORD for reflection in _kept(course)]
    if not wanted:
        return history_bound(course)
    text = _ordinary(course, sum(wanted)).encode()
    squeezer = zlib.compressobj(
        level=9, wbits=-15, zdict=dictionaries()[max(dictionaries(), key=int)].encode()
    )
    size = len(squeezer.compress(text) + squeezer.flush())
    return history_bound(course) + _TEXT_HEADER + round(_MARGIN * size * 4 / 3)


def budget(course: Course, scenarios: Iterable[Scenario]) -> Iterator[Diagnostic]:
    """Scenarios (of ``course``, without unknown names) that go on without end; more than a save holds."""
    costs = [(scenario, scenario_cost(scenario)) for scenario in scenarios if scenario.begin]
    for scenario, cost in costs:
        if not cost.whole or cost.steps > ENDLESS:
            steps_shown = cost.steps if cost.whole else f"> {ENDLESS}"
            yield diagnostic(Code.SCENARIO_ENDLESS, scenario.span, title=scenario.title, steps=steps_shown)
    whole = len(costs) == len(course.scenarios)
    if whole and costs and (bound := history_bound(course)) > SUSPEND_DATA:
        scenario, cost = max(costs, key=lambda pair: pair[1].characters)
        yield diagnostic(
            Code.SAVE_TOO_LARGE, scenario.span, size=bound, limit=SUSPEND_DATA, costliest=cost.title
        )
    asked = 0
    for reflection in _kept(course):
        asked += reflection.maximum
        if asked > TEXT_LIMIT:
            less = max(50, reflection.maximum - (asked - TEXT_LIMIT))
            instead = f"- maximaal: {less}" if reflection.anchor else "- bewaren: apparaat"
            total = sum(each.maximum for each in _kept(course))
            yield diagnostic(Code.TEXT_TOO_LARGE, reflection.span, instead, asked=total, limit=TEXT_LIMIT)
            return


def _kept(course: Course) -> list[Reflection]:
    """Open questions whose answers may be kept in the LMS; the debriefs' own first, which nobody can shorten."""
    found = (each for each in course.reflections if each.kind is AnswerKind.OPEN and each.keep is Keep.LMS)
    return sorted(found, key=lambda each: bool(each.anchor))


def _ordinary(course: Course, length: int) -> str:
    words = [word for prose in every(course.lessons, Prose) for word in prose.markdown.split()] or ["woord"]

    def endless() -> Iterator[str]:
        number = 1
        while True:
            number = (number * 1103515245 + 12345) % 2**31
            yield words[number // 65536 % len(words)]

    return " ".join(islice(endless(), length))[:length]


@cache
def dictionaries() -> dict[str, str]:
    """Every dictionary ever released for free text in saves, by number: old saves need the old ones."""
    folder = files("builder").joinpath("player", "dictionaries")
    return {
        each.name.removesuffix(".txt"): each.read_text(encoding="utf-8")
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(".txt")
    }
