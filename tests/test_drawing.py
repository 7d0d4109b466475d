"""Path data made small: what is seen stays as it is, and nothing drifts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.render.drawing import Outline, Point, View, outlines, small

NUMBER = st.integers(-300, 1000)
POINT = st.tuples(NUMBER, NUMBER)
PIECE = st.one_of(
    st.tuples(st.just("L"), st.tuples(POINT)),
    st.tuples(st.just("Q"), st.tuples(POINT, POINT)),
    st.tuples(st.just("C"), st.tuples(POINT, POINT, POINT)),
)
WINDOW = View(left=100, top=100, width=400, height=400)


def written(start: Point, pieces: list[tuple[str, tuple[Point, ...]]]) -> str:
    parts = (kind + " ".join(f"{x} {y}" for x, y in points) for kind, points in pieces)
    return f"M{start[0]} {start[1]}{''.join(parts)}z"


def polygon(outline: Outline) -> list[Point]:
    """The outline as a polygon, its curves in five."""
    corners = [outline.start]
    for piece in outline.pieces:
        control = [corners[-1], *piece.points]
        for step in range(1, 6):
            points = control
            while len(points) > 1:
                points = [
                    (a[0] + (b[0] - a[0]) * step / 5, a[1] + (b[1] - a[1]) * step / 5)
                    for a, b in pairwise(points)
                ]
            corners.append(points[0])
    return corners


def filled(data: str, at: Point) -> bool:
    """Whether a point is inside, by the even-odd rule."""
    inside = False
    for outline in outlines(data):
        corners = polygon(outline)
        for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
            if (y1 > at[1]) != (y2 > at[1]) and at[0] < x1 + (at[1] - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
    return inside


@given(
    POINT,
    st.lists(PIECE, min_size=1, max_size=12),
    st.lists(st.tuples(st.floats(101, 499), st.floats(101, 499)), max_size=5),
)
def test_what_is_seen_does_not_change(
    start: Point, pieces: list[tuple[str, tuple[Point, ...]]], seen: list[Point]
) -> None:
    data = written(start, pieces)
    made = small(data, WINDOW)
    for at in seen:
        assert filled(made, at) == filled(data, at)


@given(POINT, st.lists(PIECE, min_size=1, max_size=12))
def test_writing_and_reading_agree(start: Point, pieces: list[tuple[str, tuple[Point, ...]]]) -> None:
    everything = View(left=-1000, top=-1000, width=3000, height=3000)
    once = small(written(start, pieces), everything)
    assert small(once, everything) == once


def test_what_lies_beside_the_view_is_left_out() -> None:
    assert small("M0 0h50v50h-50z", WINDOW) == ""
    assert small("M0 150c-10 10-20 20-10 30s5 6 9 9l300 0v-40z", WINDOW) == "M0 150l-1 39h300v-40z"


@pytest.mark.parametrize(
    ("data", "made"),
    [
        ("M200.4 200.6 210 200", "M200 201l10-1z"),
        ("m200 200q10 0 10 10t10 10", "M200 200q10 0 10 10 0 10 10 10z"),
        ("M200 200C200 210 210 220 220 220S230 200 240 200", "M200 200c0 10 10 20 20 20 10 0 10-20 20-20z"),
        ("M200 200a10 10 0 0120 0zm5 5h4v4", "M200 200a10 10 0 0 1 20 0zM205 205h4v4z"),
        ("M200 200h.3v.3h-.2z", ""),
    ],
)
def test_whole_numbers_that_do_not_drift(data: str, made: str) -> None:
    assert small(data, WINDOW) == made


@pytest.mark.parametrize(
    "data", ["200 200", "M200", "M200 200x3", "M200 200h5z5", "M200 200a10 10 0 2 1 3 3"]
)
def test_data_that_is_none_is_our_mistake(data: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        small(data, WINDOW)
