"""How fast scenarios are gone through (`make bench`): medians, and their ratio to a plain search. Judges nothing."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from builder.check import states
from builder.check.bots import BOTS
from builder.check.history import longest
from builder.check.machine import Machine
from builder.check.memory import needed
from builder.check.plays import SEEDS, tallies
from builder.check.proofs import proofs
from builder.model.scenario import Scenario
from tests.courses import ROOT, course_of

RUNS = 5
SIDE = 40
"""Of the cube that the reference goes through."""


def reference() -> int:
    """Go breadth first through a cube of points with three steps from each: what any such search takes at the least."""
    points = [(0, 0, 0)]
    seen = {points[0]}
    for x, y, z in points:
        for there in ((x + 1, y, z), (x, y + 1, z), (x, y, z + 1)):
            if max(there) < SIDE and there not in seen:
                seen.add(there)
                points.append(there)
    return len(points)


def seconds(work: Callable[[], object]) -> float:
    """The median of a few runs."""
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def gone_through(scenario: Scenario) -> states.Space:
    """Every state of a scenario, found anew."""
    return states.explored(Machine(scenario, needed))


def checked(scenario: Scenario) -> None:
    """All that is proven of a scenario, with nothing remembered."""
    states.forget()
    longest.cache_clear()
    tuple(proofs([scenario]))
    longest(scenario)


def report() -> None:
    """A line for each scenario, the largest last; then how long its bots take."""
    plain = reference() / seconds(reference)
    print(f"a plain search goes through {plain:.0f} points a second   (medians of {RUNS})")
    print(
        f"{'scenario':<24}{'states':>8}{'arrows':>9}{'a second':>10}{'of plain':>10}{'all proofs, seconds':>21}"
    )
    rows = []
    for scenario in course_of(ROOT).scenarios:
        space = gone_through(scenario)
        rate = len(space.states) / seconds(partial(gone_through, scenario))
        rows.append((len(space.states), sum(map(len, space.arrows)), rate, scenario))
    for count, arrows, rate, scenario in sorted(rows, key=lambda row: row[0]):
        whole = seconds(partial(checked, scenario))
        print(f"{scenario.title:<24}{count:>8}{arrows:>9}{rate:>10.0f}{rate / plain:>10.3f}{whole:>21.2f}")
    start = time.perf_counter()
    tallies(scenario)
    print(f"the {len(BOTS)} bots of the last, {SEEDS} runs each: {time.perf_counter() - start:.1f} seconds")


if __name__ == "__main__":
    report()
