"""The ids of a page's templates: what ``screens.py`` writes under them, ``data.py`` names for the player."""

from __future__ import annotations

CONTENTS = "contents-screen"


def step(lesson: int, number: int) -> str:
    """A step of a lesson; both count from 0. Of a scenario's step only what all its screens begin with."""
    return f"l{lesson}-{number}"


def opening(scenario: int) -> str:
    """The opening of a scenario; scenarios count from 0 over the whole course."""
    return f"s{scenario}-o"


def scene(scenario: int, number: int) -> str:
    """A scene, event or ending."""
    return f"s{scenario}-{number}"


def reaction(scenario: int, number: int, choice: int) -> str:
    """What comes at once of a choice of a scene."""
    return f"s{scenario}-{number}-{choice}"


def debrief(scenario: int) -> str:
    """The debrief of a scenario, with a stop for every scene."""
    return f"s{scenario}-d"
