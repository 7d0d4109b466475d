"""How long a save can get, as ``player/SAVE.md`` writes it: the worst over all paths, and what full answers take."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from string import ascii_lowercase, digits

from builder.check.history import longest
from builder.check.states import LIMIT
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.course import Course, Question
from builder.model.reflection import AnswerKind, Keep, Reflection
from builder.model.scenario import Scenario
from builder.model.steps import steps
from builder.model.text import Prose
from builder.model.walk import every

LIMITS: Mapping[str, int] = {
    "SCORM 1.2": 4_096,
    "SCORM 2004 3rd Edition": 4_000,
    "SCORM 2004 4th Edition": 64_000,
}
"""Characters of suspend data that a standard keeps at least (their Run-Time Environments); cmi5 has no limit."""

TEXT_LIMIT = 6000
"""Characters that all open questions of a course may ask for together."""

ENDLESS = 400
"""Steps after which a scenario counts as one that can be walked without end."""

_CODE = 2
_SEPARATORS = 11
_COUNTER, _SEED, _CHECKSUM = 6, 7, 7
_PLACE, _LOOKING_BACK = 4, 1
"""Codes of lesson and step; one more in a debrief."""

_TEXT_HEADER = 8
"""The checksum of the texts and its separator."""

_RECORD = 6
"""What stands before each text: code, length, colon."""

_MARGIN = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What no save of a course exceeds, free text apart, in characters.

    ``exact``: some learner's save gets that long. Not ``proven``: a scenario has too many states to tell; then it is as
    much as any standard holds, so that no text counts on room. ``costliest`` is the scenario that takes most of it.
    """

    characters: int
    exact: bool
    proven: bool
    costliest: str = ""
    most: int = 0

    def room(self, limit: int) -> int:
        """Characters that are left for text."""
        return max(0, limit - self.characters)


def save_bound(course: Course) -> Bound:
    """The longest save of a linked course without unknown names, free text apart."""
    found = [longest(scenario) for scenario in course.scenarios]
    costs = {scenario.title: scenario_cost(scenario) for scenario in course.scenarios}
    costliest = max(costs, key=lambda title: costs[title], default="")
    questions = [block for lesson in course.lessons for block in lesson.blocks if isinstance(block, Question)]
    answers = [_CODE + _answer(each) for each in course.reflections if _is_short(each)]
    ticked = [_CODE + sum(len(_base36(n)) for n in range(len(each.options))) for each in questions]
    characters = (
        len("1")
        + len(_newest())
        + _COUNTER
        + _SEED
        + len("l")
        + _PLACE
        + (_LOOKING_BACK if any(each.ends for each in found) else 0)
        + _CODE * sum(len(steps(lesson)) for lesson in course.lessons)
        + sum(ticked)
        + sum(costs.values())
        + sum(answers)
        + sum(max(0, len(items) - 1) for items in (ticked, costs, answers))
        + _CHECKSUM
        + _SEPARATORS
    )
    proven = all(each.proven for each in found)
    return Bound(
        characters=characters if proven else max(LIMITS.values()),
        exact=all(each.exact for each in found),
        proven=proven,
        costliest=costliest,
        most=costs.get(costliest, 0),
    )


def scenario_cost(scenario: Scenario) -> int:
    """What a scenario takes at most: its code, the run one is in and the first finished one."""
    found = longest(scenario)
    return _CODE + len(":") + found.now + (len("/") + found.first if found.ends else 0)


def _is_short(reflection: Reflection) -> bool:
    return reflection.kind is not AnswerKind.OPEN and reflection.keep is Keep.LMS


def _answer(reflection: Reflection) -> int:
    """The longest of a short answer: an option's index, a number on a scale, a day."""
    match reflection.kind:
        case AnswerKind.DATE:
            return len("20261130")
        case AnswerKind.SCALE if reflection.scale:
            return max(len(str(reflection.scale.low)), len(str(reflection.scale.high)))
    return len(str(max(0, len(reflection.options) - 1)))


def _base36(number: int) -> str:
    rest, last = divmod(number, 36)
    return (_base36(rest) if rest else "") + (digits + ascii_lowercase)[last]


def history_bound(course: Course) -> int:
    """Characters of a save without free text, at most."""
    return save_bound(course).characters


def full_save(course: Course) -> int:
    """Characters of a save with every open question answered at full length in ordinary Dutch.

    An estimate: the course's own words in an order of no meaning, deflated as the player does, plus a tenth.
    """
    wanted = [reflection.maximum + _RECORD for reflection in _kept(course)]
    if not wanted:
        return history_bound(course)
    text = _ordinary(course, sum(wanted)).encode()
    squeezer = zlib.compressobj(level=9, wbits=-15, zdict=dictionaries()[_newest()].encode())
    size = len(squeezer.compress(text) + squeezer.flush())
    return history_bound(course) + _TEXT_HEADER + round(_MARGIN * size * 4 / 3)


def budget(course: Course, scenarios: Iterable[Scenario]) -> Iterator[Diagnostic]:
    """Scenarios (of ``course``, without unknown names) that go on without end; more than a save holds."""
    walked = [scenario for scenario in scenarios if scenario.begin]
    for scenario in walked:
        found = longest(scenario)
        if not found.proven:
            yield diagnostic(Code.SCENARIO_LARGE, scenario.span, title=scenario.title, limit=LIMIT)
        elif found.steps > ENDLESS:
            yield diagnostic(Code.SCENARIO_ENDLESS, scenario.span, title=scenario.title, steps=found.steps)
    if walked and len(walked) == len(course.scenarios):
        yield from _too_large(save_bound(course), walked)
    asked = 0
    for reflection in _kept(course):
        asked += reflection.maximum
        if asked > TEXT_LIMIT:
            less = max(50, reflection.maximum - (asked - TEXT_LIMIT))
            instead = f"- maximaal: {less}" if reflection.anchor else "- bewaren: apparaat"
            total = sum(each.maximum for each in _kept(course))
            yield diagnostic(Code.TEXT_TOO_LARGE, reflection.span, instead, asked=total, limit=TEXT_LIMIT)
            return


def _too_large(bound: Bound, scenarios: Iterable[Scenario]) -> Iterator[Diagnostic]:
    """A save that a standard does not hold, at the scenario that takes most of it."""
    small = {name: limit for name, limit in LIMITS.items() if limit < bound.characters}
    if bound.proven and small:
        span = next(each.span for each in scenarios if each.title == bound.costliest)
        limits = ", ".join(f"{name}: {limit}" for name, limit in small.items())
        yield diagnostic(
            Code.SAVE_TOO_LARGE,
            span,
            size=bound.characters,
            limits=limits,
            costliest=bound.costliest,
            most=bound.most,
        )


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


def _newest() -> str:
    return max(dictionaries(), key=int)


@cache
def dictionaries() -> dict[str, str]:
    """Every dictionary ever released for free text in saves, by number: old saves need the old ones."""
    folder = files("builder").joinpath("player", "dictionaries")
    return {
        each.name.removesuffix(".txt"): each.read_text(encoding="utf-8")
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(".txt")
    }
