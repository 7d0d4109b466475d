"""What authors write, and what they are told: the case files."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from builder.diagnostics import Code
from builder.messages import LANGUAGES, catalogue, say
from builder.source.lines import Page
from tests.source.cases import Case, diagnose, every_case

CASES = every_case()
WRONG = [case for case in CASES if case.expected]
FOLLOWS = {Code.SETTING_MISSING}
"""What a finished heading asks for in its turn."""
SHAPE = [code for code in Code if code.value.startswith(("near-", "setting", "heading-"))] + [
    Code.PROPERTY_PLACE, Code.CONDITION_SYNTAX, Code.CONDITION_CHAIN, Code.EFFECT_SYNTAX, Code.LATER_SYNTAX,
    Code.CHOICE_EMPTY, Code.CHOICE_TARGET, Code.CHOICE_PLACE, Code.SPEECH_EMPTY, Code.CHOICE_LONG,
    Code.THOUGHT_ONLY, Code.LOCAL_TYPED, Code.FILE_EMPTY, Code.SCENE_TWICE, Code.TEXT_ABOVE, Code.DEBRIEF_TWICE,
    Code.DEBRIEF_PART, Code.QUESTION_ANSWER, Code.FACE_UNKNOWN, Code.FACE_UNUSED, Code.EMOTION_UNKNOWN,
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}: {case.title}" for case in CASES])
def test_case(case: Case) -> None:
    assert case.said() == case.expected


def test_every_code_fires_in_a_case() -> None:
    fired = set(re.findall(r"^-?\d+:\d+ (\S+)$", "\n".join(case.expected for case in CASES), re.MULTILINE))
    assert fired == {code.value for code in SHAPE}


def test_there_are_enough_mistakes_and_each_gives_one_message() -> None:
    assert len(WRONG) >= 60
    lines = {case.title: re.findall(r"^(-?\d+):", case.expected, re.MULTILINE) for case in WRONG}
    assert [title for title, each in lines.items() if len(each) != len(set(each))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_said_has_its_words(language: str) -> None:
    for case in CASES:
        for each in diagnose(case.kind, case.text):
            texts = catalogue(language)["diagnostics"][each.code.value]
            assert not isinstance(texts, str)
            fields = {
                field
                for text in texts.values()
                for _, field, _, _ in Formatter().parse(str(text))
                if field is not None
            }
            assert fields <= {name for name, _ in each.values}, each.code
            assert str(texts["message"]).format_map(dict(each.values))
    assert say(language, "environment", "outside-course", path="x")


@pytest.mark.parametrize("case", WRONG, ids=[f"{case.file}: {case.title}" for case in WRONG])
def test_what_is_suggested_is_no_mistake(case: Case) -> None:
    """A finished line, pasted over the line it is about, is not reported again."""
    said = diagnose(case.kind, case.text)
    if (
        len(said) != 1
        or not said[0].instead
        or "…" in said[0].instead
        or said[0].code is Code.SETTING_MISSING
    ):
        return
    if case.kind in ("course", "cast", "variant", "keys"):
        return
    lines = list(Page.of("x", case.text).lines)
    # What is glued under another line gets an empty one above it; the rest of a list of mistakes stays as it is.
    lines[said[0].span.line - 1] = said[0].instead
    again = diagnose(case.kind, "\n".join(lines))
    first = {line for line, _ in enumerate(said[0].instead.split("\n"), start=said[0].span.line)}
    assert [each.code for each in again if each.span.line in first and each.code not in FOLLOWS] == []
