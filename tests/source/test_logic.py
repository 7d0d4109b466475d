"""Conditions: one table of cases, which the player runs as well."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any as Anything

import pytest

from builder.diagnostics import Code, Span
from builder.model.logic import All, Any, Chosen, Compare, Condition, Not, Visited, holds, refs, to_data
from builder.source.logic import parse_condition

TABLE: list[dict[str, Anything]] = json.loads(
    (Path(__file__).parents[1] / "logic.json").read_text(encoding="utf-8")
)


def linked(condition: Condition) -> Condition:
    """With every name's key as its text."""
    match condition:
        case Compare():
            return replace(condition, name=replace(condition.name, key=condition.name.text))
        case Visited():
            return replace(condition, scene=replace(condition.scene, key=condition.scene.text))
        case Chosen():
            return replace(condition, choice=replace(condition.choice, key=condition.choice.text))
        case Not():
            return replace(condition, of=linked(condition.of))
        case All() | Any():
            return replace(condition, of=tuple(map(linked, condition.of)))


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_the_table(row: dict[str, Anything]) -> None:
    parsed = parse_condition(row["text"], Span(path="x.md"))
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    condition = linked(parsed.value)
    assert to_data(condition) == row["data"]
    for case in row["cases"]:
        assert holds(condition, case["values"], case["visited"], case["chosen"]) is case["holds"], case


def test_the_table_covers_the_language() -> None:
    def words(data: list[Anything]) -> set[str]:
        return {data[0]}.union(*(words(each) for each in data[1:] if isinstance(each, list)))

    used = set().union(*(words(row["data"]) for row in TABLE))
    assert used == {">=", ">", "<=", "<", "=", "!=", "and", "or", "not", "visited", "chosen"}
    assert all({case["holds"] for case in row["cases"]} == {True, False} for row in TABLE)
    assert len(TABLE) >= 40


def test_every_name_has_its_place() -> None:
    text = "vertrouwen >= 3 en bezocht [De gang](#de-gang) of gekozen eerst"
    parsed = parse_condition(text, Span(path="x.md", line=7, column=11))
    places = [(ref.text, ref.span.line, ref.span.column, ref.span.length) for ref in refs(parsed.value)]
    assert places == [("vertrouwen", 7, 11, 10), ("de-gang", 7, 38, 19), ("eerst", 7, 69, 5)]


@pytest.mark.parametrize(
    ("text", "column", "instead"),
    [
        ("", 1, ""),
        ("vertrouwen", 1, ""),
        ("vertrouwen >=", 12, ""),
        ("vertrouwen >= veel", 15, ""),
        ("vertrouwen >= 3 belofte = 1", 17, ""),
        ("vertrouwen >= 3 en", 17, ""),
        ("vertrouwen >= 3 of of belofte = 1", 20, ""),
        ("(vertrouwen >= 3", 16, ""),
        ("vertrouwen >= 3)", 16, ""),
        ("vertrouwen ** 3", 12, ""),
        ("vertrouwen >= 2.5", 15, ""),
        ("bezocht", 1, ""),
        ("bezocht [De gang](de-gang)", 9, "bezocht [De gang](#de-gang)"),
        ("bezocht De gang en a = 1", 9, "bezocht [De gang](#de-gang) en a = 1"),
        ("gekozen", 1, ""),
        ("a => 3", 3, "a >= 3"),
        ("a ≤ 3", 3, "a <= 3"),
        ("a == 3", 3, "a = 3"),
        ("a <> 3", 3, "a != 3"),
        ("a is gelijk aan 3", 3, "a = 3"),
        ("a is minstens 3", 3, "a >= 3"),
        ("a groter dan drie", 3, "a > 3"),
        ("a = 1 and b = 2", 7, "a = 1 en b = 2"),
        ("a = 1, b = 2", 6, "a = 1 en b = 2"),
        ("3 < a", 1, "a > 3"),
        ("3 < als", 5, ""),
        ("als a = 1", 1, "a = 1"),
        ("a >= 3.", 7, "a >= 3"),
        ("a &gt;= 3", 3, "a >= 3"),
    ],
)
def test_what_is_wrong_is_pointed_at(text: str, column: int, instead: str) -> None:
    parsed = parse_condition(text, Span(path="x.md"))
    assert [each.code for each in parsed.diagnostics] == [Code.CONDITION_SYNTAX]
    assert parsed.diagnostics[0].span.column == column
    assert parsed.diagnostics[0].instead == instead


def test_a_dash_is_no_minus() -> None:
    parsed = parse_condition("belofte > −1", Span(path="x.md"))
    assert [each.code for each in parsed.diagnostics] == [Code.NEAR_MINUS]
    assert parsed.diagnostics[0].instead == "belofte > -1"
    assert isinstance(parsed.value, Compare)
    assert parsed.value.number == -1


def test_depth_has_an_end() -> None:
    assert parse_condition("niet " * 5000 + "a = 1", Span(path="x.md")).value is None
    assert parse_condition("(" * 5000 + "a = 1" + ")" * 5000, Span(path="x.md")).value is None
