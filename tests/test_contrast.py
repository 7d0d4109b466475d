"""Colours that stand on each other can be told apart: ours in every pair, a municipality's or it is told."""

from __future__ import annotations

import re

import pytest

from builder.check.contrast import ratio, schemes
from builder.check.pairs import PAIRS, Pair
from builder.diagnostics import Severity
from builder.model.course import Variant
from tests.courses import ROOT, SAMPLE, course_of
from tests.test_course import GANG, said, scenes

PLAIN = Variant(key="x", name="X")
SHIPPED = [
    PLAIN,
    *(variant for folder in (ROOT, SAMPLE) for variant in course_of(folder).variants),
]
SURFACE = Pair(text="--a", ground=("--b",), least=4.5)


@pytest.mark.parametrize("variant", SHIPPED, ids=lambda variant: variant.name)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_can_be_told_apart(variant: Variant, scheme: str) -> None:
    tokens = schemes(variant)[scheme]
    assert {pair: found for pair in PAIRS if (found := ratio(pair, tokens)) < pair.least} == {}


def test_no_pair_stands_twice() -> None:
    assert len({(pair.text, pair.ground) for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize(
    ("text", "ground", "expected"),
    [
        ("#000", "#fff", 21.0),
        ("#767676", "white", 4.54),
        ("rgb(118, 118, 118)", "hsl(0, 0%, 100%)", 4.54),
        ("rgb(46% 46% 46% / 100%)", "#ffff", 4.58),
        ("#00000080", "#fff", 4.0),
        ("var(--c, #767676)", "var(--none, var(--d))", 4.54),
    ],
)
def test_contrast_is_what_the_standard_says(text: str, ground: str, expected: float) -> None:
    css = f":root {{ --a: {text}; --b: {ground}; /* --a: red; */ --d: #fff }}"
    assert ratio(SURFACE, schemes(Variant(key="x", name="X", tokens=css))["light"]) == pytest.approx(
        expected, abs=0.01
    )


CSS = """\
/* Ons blauw: --owl-accent: #000; */
:root {
  --merk: #9db8c9;
  --owl-accent: var(--merk);
}
"""


def test_a_colour_nobody_can_read_is_told_at_its_line_with_one_that_works() -> None:
    (found,) = said(scenes(GANG), {"course/variants/a/tokens.css": CSS})
    assert (str(found.code), found.severity) == ("colour-contrast", Severity.WARNING)
    assert (found.span.path, found.span.line, found.span.column) == ("course/variants/a/tokens.css", 3, 3)
    values = dict(found.values)
    assert values["colour"] == "#9db8c9"
    assert float(values["ratio"]) < float(values["least"]) == 4.5
    better = re.fullmatch(r"--merk: (#[0-9a-f]{6});", found.instead)
    assert better
    assert said(scenes(GANG), {"course/variants/a/tokens.css": CSS.replace("#9db8c9", better[1])}) == ()


def test_one_colour_that_fails_on_many_grounds_is_told_once() -> None:
    found = said(scenes(GANG), {"course/variants/a/tokens.css": ":root { --owl-water: #ddeeff; }"})
    assert [str(each.code) for each in found] == ["colour-contrast"]


def test_dark_is_looked_at_by_itself() -> None:
    dark = "\n:root { --owl-accent: #003366; }\n"
    (found,) = said(scenes(GANG), {"course/variants/a/tokens-dark.css": dark})
    assert (str(found.code), found.span.path, found.span.line) == (
        "colour-contrast",
        "course/variants/a/tokens-dark.css",
        2,
    )
    assert said(scenes(GANG), {"course/variants/a/tokens.css": dark}) == ()


def test_a_value_that_is_no_colour_is_told() -> None:
    (found,) = said(scenes(GANG), {"course/variants/a/tokens.css": ":root { --owl-accent: blauw; }"})
    assert (str(found.code), found.span.line, dict(found.values)["value"]) == ("colour-unread", 1, "blauw")


@pytest.mark.parametrize(
    "css",
    [
        ":root { --owl-accent: #00568b; --owl-measure: 40rem; --eigen: blauw; }",
        "@media print { :root { --owl-accent: #eee; } }",
        ":root { --utrecht-button-primary-action-background-color: #0a3d2a; }",
    ],
)
def test_what_can_be_read_is_not_told(css: str) -> None:
    assert said(scenes(GANG), {"course/variants/a/tokens.css": css}) == ()
