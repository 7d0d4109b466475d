"""Replay through another's eyes: the way into the story is followed, and nobody is called by another's "je"."""

from __future__ import annotations

import pytest

from builder.diagnostics import Diagnostic
from builder.pipeline import examined
from builder.source.read import SourceTree
from tests.test_course import COURSE, HEAD, line_of

SCENARIO = (
    HEAD
    + """
## Scenario: Proef

- personages:
  - Mo: 29
  - Karin: coach
- perspectief: Karin
- meter: vertrouwen = 2 (0-5)
- opnieuw als: Mo, begin: [De gang](#de-gang)
- begin: [De tafel](#de-tafel)

### De gang

- voor: Mo

Je wacht op de gang.

- [Je gaat naar binnen](#de-bank)

### De bank

- voor: Mo

Je gaat zitten.

- [Verder](#de-tafel)

### De tafel

Je legt je pen neer.

*voor Mo:* Ze legt haar pen neer.

> **Mo:** Dag.

- [Je leest voor](#einde-klaar)
  - id: lezen
  - effect: vertrouwen +1

  Mo knikt. "Lees je door?" vraagt hij.
- [Je wacht](#einde-klaar)
  - id: wachten

  Je wacht, en hij wacht.

  *voor Mo:* Ze wacht.
- [Je belt Anna](#einde-klaar)
  - id: bellen

### Einde: Klaar

De deur gaat dicht.

### Nabespreking
"""
)


def said(lesson: str) -> list[Diagnostic]:
    """What is said of ``lesson``, but for judgement of other kinds."""
    files = {**COURSE, "content/lessons/01-les.md": lesson}
    found = examined(SourceTree(files={path: text.encode() for path, text in files.items()}))
    return [each for each in found.diagnostics if not each.code.startswith("dilemma")]


def test_a_replay_with_a_way_in_and_words_of_its_own_is_fine() -> None:
    assert said(SCENARIO) == []


# title: (from, to, code, words on the line, what to write)
MISTAKES = {
    "je in a scene": (
        "*voor Mo:* Ze legt haar pen neer.\n\n",
        "",
        "replay-voice",
        "Je legt je pen neer.",
        "*voor Mo:* …",
    ),
    "je in a reaction": (
        '"Lees je door?" vraagt hij.',
        "Dan leest hij jouw naam.",
        "replay-voice",
        "Mo knikt.",
        "*voor Mo:* …",
    ),
    "a begin that does not come out in the story": (
        "- [Verder](#de-tafel)",
        "- [Verder](#de-gang)",
        "replay-begin",
        "- opnieuw als",
        "",
    ),
    "a begin with something to decide": (
        "- [Je gaat naar binnen](#de-bank)",
        "- [Je gaat naar binnen](#de-bank)\n- [Je gaat weg](#de-tafel)\n  - id: weg",
        "replay-begin",
        "- opnieuw als",
        "",
    ),
    "a begin that is an ending": (
        "begin: [De gang](#de-gang)",
        "begin: [Klaar](#einde-klaar)",
        "replay-begin",
        "- opnieuw als",
        "",
    ),
    "a scene for somebody through whose eyes nothing is replayed": (
        "- opnieuw als: Mo, begin: [De gang](#de-gang)\n",
        "",
        "scene-unreachable",
        "### De gang",
        "- opnieuw als: Mo, begin: [De gang](#de-gang)",
    ),
    "a story that begins in a scene for another": (
        "- begin: [De tafel](#de-tafel)",
        "- begin: [De gang](#de-gang)",
        "scene-role",
        "- begin",
        "- begin: [De tafel](#de-tafel)",
    ),
    "a choice into a scene for another": (
        "- [Je belt Anna](#einde-klaar)",
        "- [Je belt Anna](#de-gang)",
        "scene-role",
        "- [Je belt Anna]",
        "",
    ),
    "a scene for somebody whose replay does not begin there": (
        ", begin: [De gang](#de-gang)",
        "",
        "scene-unreachable",
        "### De gang",
        "- opnieuw als: Mo, begin: [De gang](#de-gang)",
    ),
}


@pytest.mark.parametrize("title", MISTAKES)
def test_what_keeps_a_replay_from_being_told_is_said_where_it_stands(title: str) -> None:
    old, new, code, words, instead = MISTAKES[title]
    assert SCENARIO.count(old) == 1
    lesson = SCENARIO.replace(old, new)
    found = said(lesson)
    first = next(each for each in found if each.code == code)
    assert first.span.line == line_of(lesson, words)
    assert first.instead == instead
    assert {each.code for each in found} <= {code, "scene-unreachable"}


def test_without_a_begin_the_story_starts_at_the_first_scene_that_is_for_everybody() -> None:
    begin = "- begin: [De tafel](#de-tafel)\n"
    assert SCENARIO.count(begin) == 1
    assert SCENARIO.index("### De gang\n\n- voor: Mo\n") < SCENARIO.index("### De tafel")
    assert said(SCENARIO.replace(begin, "")) == []


def test_an_author_may_agree_that_je_is_anybody() -> None:
    lesson = SCENARIO.replace("*voor Mo:* Ze legt haar pen neer.\n\n", "").replace(
        "### De tafel\n", "### De tafel\n\n- akkoord: replay-voice, want dit geldt voor allebei.\n"
    )
    assert said(lesson) == []


def test_where_the_other_is_not_nothing_needs_words_for_them() -> None:
    lesson = SCENARIO.replace("> **Mo:** Dag.\n\n", "").replace("*voor Mo:* Ze legt haar pen neer.\n\n", "")
    assert said(lesson) == []  # of the reaction in which he is there, the words for him stand
