"""How long the history of one run can get in a save: two characters a choice, three an event, one a skip (``SAVE.md``).

The player takes circles out of a history: it never holds two moments that cannot be told apart. The longest history is
therefore that of a walk without such moments, and the bound is exact wherever all of those walks can be gone through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from builder.check.memory import circles, rounds
from builder.check.states import Arrow, Space, explore
from builder.model.scenario import Scenario, SceneKind

CHOICE, EVENT, SKIP, REACTION = 2, 3, 1, 1
"""What each takes. The mark of having gone back takes one as well, after at least as much has gone from the end."""

PATIENCE = 20_000
"""Steps spent on finding the longest walk among states that lead to each other."""

NONE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Longest:
    """Characters of the longest history of a run one is in (``now``) and of a finished one (``first``).

    ``ends``: an ending is reached at all. ``exact``: there are runs that long; else none is longer. Not ``proven``:
    there were too many states to tell. ``steps``: what that is in choices.
    """

    now: int = 0
    first: int = 0
    ends: bool = False
    steps: int = 0
    exact: bool = False
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """By state: what the longest walk on from it takes (``NONE``: none stops), and the first arrow of that walk."""

    lengths: Sequence[int]
    firsts: Sequence[Arrow | None]
    exact: bool

    def way(self) -> tuple[Arrow, ...]:
        """The longest walk from the beginning, as far as it is known what to do in each state: up to any circle."""
        found = []
        arrow = self.firsts[0]
        while arrow is not None:
            found.append(arrow)
            arrow = self.firsts[arrow.to]
        return tuple(found)


@cache
def longest(scenario: Scenario) -> Longest:
    """The longest histories of a linked scenario without unknown names."""
    found = walks(scenario)
    if found is None:
        return Longest()
    _, now, first = found
    most = max(now.lengths[0], 0)
    steps = most // CHOICE
    exact = now.exact and first.exact
    ends = first.lengths[0] != NONE
    return Longest(now=most, first=max(first.lengths[0], 0), ends=ends, steps=steps, exact=exact, proven=True)


def walks(scenario: Scenario) -> tuple[Space, Walks, Walks] | None:
    """The longest walks to where one can stand, and those to an ending; none when there are too many states."""
    space = explore(scenario)
    grows = False
    if space.whole and any(_inner(space, group, loops=True) for group in space.groups):
        space = explore(scenario, circles)
        if not space.whole:
            space, grows = explore(scenario, rounds), True
    if not space.whole:
        return None
    machine, scenes = space.machine, scenario.scenes
    now = [
        CHOICE + REACTION
        if any(choice is not None and machine.reacts(state, choice) for _, choice, _ in out)
        else 0
        for state, out in zip(space.states, space.arrows, strict=True)
    ]
    first = [0 if scenes[state.scene].kind is SceneKind.ENDING else NONE for state in space.states]
    return space, _longest(space, now, grows), _longest(space, first, grows)


def _longest(space: Space, stops: Sequence[int], grows: bool) -> Walks:
    """The longest walks; ``stops`` is what stopping in a state adds, ``NONE`` where one cannot.

    ``grows``: states leave out something that only ever grows, and a walk can pass one again whenever that did.
    """
    lengths = list(stops)
    firsts: list[Arrow | None] = [None] * len(stops)
    exact, patience = not grows, PATIENCE
    for group in space.groups:
        within = set(group)
        for state in group:
            for arrow in space.arrows[state]:
                if arrow.to not in within and lengths[arrow.to] != NONE:
                    length = cost(arrow) + lengths[arrow.to]
                    if length > lengths[state]:
                        lengths[state], firsts[state] = length, arrow
        inner = _inner(space, group, loops=grows) if grows or len(group) > 1 else []
        if not inner:
            continue
        bound = _most(space, group, inner, grows) + max(lengths[state] for state in group)
        found, patience = ({}, 0) if grows else _search(space, group, lengths, bound, patience)
        exact = exact and len(found) == len(group)
        for state in group:
            lengths[state] = found.get(state, bound)
            firsts[state] = None
    return Walks(lengths=lengths, firsts=firsts, exact=exact)


def _inner(space: Space, group: list[int], loops: bool) -> list[Arrow]:
    """The arrows within a group; ``loops``: also those from a state to itself."""
    within = set(group)
    return [
        arrow
        for state in group
        for arrow in space.arrows[state]
        if arrow.to in within and (loops or arrow.to != state)
    ]


def _most(space: Space, group: list[int], inner: list[Arrow], grows: bool) -> int:
    """What no walk within a group exceeds: each state once, and once more each time that something grew."""
    places = {space.states[state].scene for state in group}
    choices = sum(len(space.machine.scenario.scenes[place].choices) for place in places)
    steps = (1 + len(places) + choices) * len(group) if grows else len(group) - 1
    return steps * max(cost(arrow) for arrow in inner)


def _search(
    space: Space, group: list[int], ends: Sequence[int], bound: int, patience: int
) -> tuple[dict[int, int], int]:
    """From each state of a group the longest walk that passes none twice; ``ends``: what follows on leaving there.

    Stops when there is no patience left; tells what was found, and how much is left.
    """
    within = set(group)
    found: dict[int, int] = {}
    for start in group:
        best = ends[start]
        walk = [(start, 0, iter(space.arrows[start]))]
        passed = {start}
        while walk and best < bound:
            here, length, arrows = walk[-1]
            arrow = next((each for each in arrows if each.to in within and each.to not in passed), None)
            if arrow is None:
                walk.pop()
                passed.discard(here)
                continue
            patience -= 1
            if patience < 0:
                return found, 0
            length += cost(arrow)
            if ends[arrow.to] != NONE:
                best = max(best, length + ends[arrow.to])
            passed.add(arrow.to)
            walk.append((arrow.to, length, iter(space.arrows[arrow.to])))
        found[start] = best
    return found, patience


def cost(arrow: Arrow) -> int:
    """Characters that a step adds to a history."""
    return (SKIP if arrow.choice is None else CHOICE) + (0 if arrow.event is None else EVENT)
