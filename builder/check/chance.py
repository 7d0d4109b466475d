"""The draw of an event, as the player makes it (``player/SAVE.md``). Frozen: saves depend on it."""

from __future__ import annotations

from collections.abc import Iterable

from builder.model.scenario import Scenario

MASK = 0xFFFFFFFF

NEVER = MASK + 1
"""Later in the order than any draw that comes."""


def drawn(text: str) -> int:
    """32-bit FNV-1a over UTF-16 units, then the finaliser of MurmurHash3."""
    h = 0x811C9DC5
    units = text.encode("utf-16-le", "surrogatepass")
    for low, high in zip(units[::2], units[1::2], strict=True):
        h = (h ^ (high << 8 | low)) * 0x01000193 & MASK
    h = (h ^ h >> 16) * 0x85EBCA6B & MASK
    h = (h ^ h >> 13) * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def turn(seed: int, scenario: str, event: str, steps: int, chance: int) -> int:
    """Of an event with this chance (percent) after ``steps`` choices and skips: its place in the order of those that
    come, of which the least is taken; ``NEVER`` when it does not come. ``scenario`` and ``event`` are keys.
    """
    draw = f"{seed}/{scenario}/{event}/{steps}"
    return drawn(f"{draw}/order") if drawn(draw) % 100 < chance else NEVER


def comes(scenario: Scenario, may: Iterable[int], seed: int, steps: int) -> int | None:
    """Of the events that may come (indices of scenes) the one that does, after so many choices and skips; or none."""
    scenes = scenario.scenes
    turns = [(turn(seed, scenario.key, scenes[each].key, steps, scenes[each].chance), each) for each in may]
    first, event = min(turns, default=(NEVER, None))
    return event if first < NEVER else None
