"""The table: every walk in every standard. What it must come to stands in `test_walks.py`, one function a walk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

STANDARDS = ("scorm12", "scorm2004-3rd", "scorm2004", "cmi5", "web")
WALKS = (
    "fresh",
    "tab-close",
    "link",
    "button",
    "reload",
    "pop-up",
    "second-tab",
    "lost-network",
    "lost-session",
    "refused-save",
    "slow-lms",
    "review-mode",
    "no-api",
)
SENSELESS: Mapping[tuple[str, str], str] = {
    ("web", "lost-session"): "there is no session that could end",
    ("web", "slow-lms"): "nothing is saved at another machine",
    ("web", "review-mode"): "nobody launches it, so nobody asks for a look back",
}
COVERING = {
    ("scorm2004-3rd", "link"),
    ("scorm2004-3rd", "pop-up"),
    ("scorm2004-3rd", "refused-save"),
    ("scorm2004", "tab-close"),
    ("scorm2004", "button"),
    ("scorm2004", "lost-session"),
    ("scorm2004", "review-mode"),
    ("cmi5", "fresh"),
    ("cmi5", "reload"),
    ("cmi5", "lost-network"),
    ("cmi5", "slow-lms"),
    ("web", "second-tab"),
    ("web", "no-api"),
    ("web", "lost-network"),
}
"""Beside all of SCORM 1.2: what `make test` walks. Each walk once more, each standard at least three times."""

CELL = re.compile(r"test_walks\.py::test_walk\[(?P<standard>[^:\]]+):(?P<walk>[^\]]+)\]")


def cells() -> Iterator[tuple[str, str]]:
    """Every cell that makes sense: standard and walk."""
    return ((one, walk) for one in STANDARDS for walk in WALKS if (one, walk) not in SENSELESS)


def matrix(outcomes: Iterable[tuple[str, bool]]) -> list[str]:
    """The table in lines, from the ids of tests and whether they passed; none when no cell was walked."""
    walked: dict[tuple[str, str], bool] = {}
    for test, passed in outcomes:
        if found := CELL.search(test):
            cell = (found["standard"], found["walk"])
            walked[cell] = walked.get(cell, True) and passed
    if not walked:
        return []

    def sign(cell: tuple[str, str]) -> str:
        if cell in SENSELESS:
            return "–"
        return {True: "✓", False: "✗", None: " "}[walked.get(cell)]

    wide = max(map(len, WALKS))
    head = " " * wide + "".join(f"  {each}" for each in STANDARDS)
    rows = [
        f"{walk:<{wide}}" + "".join(f"  {sign((each, walk)):^{len(each)}}" for each in STANDARDS)
        for walk in WALKS
    ]
    reasons = [f"– {standard} {walk}: {why}" for (standard, walk), why in SENSELESS.items()]
    return [head, *(row.rstrip() for row in rows), "", *reasons]
