"""Every typical mistake of an author, through the whole of `check`: one message, on its line, and no other."""

from __future__ import annotations

import pytest

from builder.diagnostics import PROVEN
from builder.pipeline import examined
from builder.source.read import SourceTree
from tests.source.cases import Case, every_case
from tests.test_course import COURSE

DEBRIEF = "\n### Nabespreking\n"

# Cases about one line whose other lines, which no case about reading looks at, name things that are not there.
MORE = {
    "what is right",
    "what is right in a scenario",
    "later with something else under it",
    "chance over a hundred",
    "part of the debrief misspelt",
    "unknown part of the debrief",
    "targets in every right form",
    "a scene in bold",
    "two debriefs",
    "where the answers in the debrief may be kept",
    "no place for the answers in the debrief",
    "a rule that is not always in force",
    "a scene's rule takes no condition",
    "later without its time",
    "settings broken off by the introduction",
}

CASES = [
    case
    for case in every_case()
    if case.kind in ("lesson", "scenario", "scene", "choice") and case.title not in MORE
]
MISTAKES = [case for case in CASES if case.expected]


def said(case: Case) -> list[str]:
    """What `check` says of a course whose one lesson is this case: line and code, lines counted as in the case.

    What its states prove is not among it (``tests/check``): such a lesson is about a line, and plays nowhere.
    """
    text = case.text + (DEBRIEF if case.kind != "lesson" else "")
    files = {**COURSE, "content/lessons/01-les.md": text}
    found = examined(SourceTree(files={path: words.encode() for path, words in files.items()})).diagnostics
    return [
        f"{each.span.line - case.start}:{each.span.column} {each.code}"
        for each in found
        if each.code not in PROVEN
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_check_says_this_and_no_more(case: Case) -> None:
    assert said(case) == [line for line in case.expected.split("\n") if line and not line.startswith("|")]


def test_there_are_well_over_forty_mistakes_and_nearly_all_give_one_message() -> None:
    single = [case for case in MISTAKES if len(said(case)) == 1]
    assert len(single) > 40
    assert len(single) > 0.9 * len(MISTAKES)
