"""A scenario as a map: its scenes as spots, its choices as ways between them, laid out when the course is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap

from fast_sugiyama import from_edges

from builder.model.scenario import Scenario, SceneKind
from builder.render.prose import plain
from builder.render.ways import Ways, begin_of, ways

WIDTH, HEIGHT = 144, 56
"""Of a spot, in the units of the drawing, which are CSS pixels."""

_COLUMN, _ROW = 168, 96
_EDGE = 16
_TITLE = {SceneKind.SCENE: 17, SceneKind.ENDING: 16, SceneKind.EVENT: 14}
"""Characters of a title that fit on a line of a spot, at ordinary widths of bold letters; an event's ends are round."""

_ARROW = 6

Point = tuple[int, int]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A scene on the map; ``at`` is its index, ``x`` and ``y`` its middle, ``lines`` its title as far as it fits."""

    at: int
    kind: str
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """From scene ``a`` to scene ``b`` (indices); ``d`` is its line, ``sure`` whether a choice opens it."""

    a: int
    b: int
    d: str
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing of ``width`` by ``height``; its spots are of one ``size``."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    ways: tuple[Way, ...]
    size: Point = (WIDTH, HEIGHT)


def chart(scenario: Scenario) -> Chart:
    """The map of a linked scenario: every scene that can be reached from its first one.

    The same on every machine: the layout depends on the graph alone, and is rounded to whole units.
    """
    found = {pair: sure for pair, sure in ways(scenario).items() if pair[0] != pair[1]}
    places, bends = _layout(begin_of(scenario), found)
    across = [x for x, _ in places.values()]
    turns = [x for each in bends.values() for x, _ in each]
    left = min(min(across) - WIDTH // 2, *turns, min(across)) - _EDGE
    right = max(max(across) + WIDTH // 2, *turns, max(across)) + _EDGE
    top = HEIGHT // 2 + _EDGE

    def moved(point: Point) -> Point:
        return point[0] - left, point[1] + top

    spots = []
    for at, place in sorted(places.items()):
        (x, y), scene = moved(place), scenario.scenes[at]
        lines = tuple(wrap(plain(scene.title), _TITLE[scene.kind], max_lines=2, placeholder=" …"))
        spots.append(Spot(at=at, kind=str(scene.kind), x=x, y=y, lines=lines))
    return Chart(
        width=right - left,
        height=max(y for _, y in places.values()) + 2 * top,
        spots=tuple(spots),
        ways=tuple(
            Way(a=a, b=b, d=_line([moved(point) for point in _points(a, b, places, bends, found)]), sure=sure)
            for (a, b), sure in sorted(found.items())
        ),
    )


def _layout(begin: int, found: Ways) -> tuple[dict[int, Point], dict[Pair, list[Point]]]:
    """The middle of each spot, and where a way bends on the rows that it passes."""
    if not found:
        return {begin: (0, 0)}, {}
    (layout,) = from_edges(
        _downwards(begin, found),
        vertex_spacing=_COLUMN,
        dummy_vertices=True,
        crossing_minimization="barycenter",
        transpose=True,
    ).to_list()
    placed, _, _, edges = layout
    rows = sorted({y for _, (_, y) in placed}, reverse=True)  # it counts them upwards
    points = {int(key): (round(x), rows.index(y) * _ROW) for key, (x, y) in placed}
    real = {each for pair in found for each in pair}
    beside: dict[int, list[int]] = {key: [] for key in points}
    for a, b in edges or ():
        beside[int(a)].append(int(b))
        beside[int(b)].append(int(a))
    bends: dict[Pair, list[Point]] = {}
    for start in sorted(real):
        for step in beside[start]:
            before, here, via = start, step, list[Point]()
            while here not in real:
                via.append(points[here])
                before, here = here, next(each for each in beside[here] if each != before)
            if via:
                bends[start, here] = via
    return {key: points[key] for key in sorted(real)}, bends


def _downwards(begin: int, found: Ways) -> list[Pair]:
    """The ways as a layout wants them, without circles: one that leads back to where one came from is turned round."""
    onwards: dict[int, list[int]] = {}
    for a, b in sorted(found):
        onwards.setdefault(a, []).append(b)
    turned = set[Pair]()
    done, path = set[int](), dict.fromkeys([begin], iter(onwards.get(begin, [])))
    while path:
        here = next(reversed(path))
        to = next(path[here], None)
        if to is None:
            done.add(here)
            path.pop(here)
        elif to in path:
            turned.add((here, to))
        elif to not in done:
            path[to] = iter(onwards.get(to, []))
    return sorted({(b, a) if (a, b) in turned else (a, b) for a, b in found})


def _points(
    a: int, b: int, places: Mapping[int, Point], bends: Mapping[Pair, list[Point]], found: Ways
) -> list[Point]:
    """A way from edge to edge of its spots; of two that go to and fro the one upwards keeps to the right."""
    (ax, ay), (bx, by) = places[a], places[b]
    down = by >= ay
    aside = 0 if down or (b, a) not in found else WIDTH // 4
    half = HEIGHT // 2 if down else -HEIGHT // 2
    # Between the spots of a row it goes straight, so that it runs behind none of them.
    via = [(x + aside // 4, y + part) for x, y in bends.get((a, b), []) for part in (-half, half)]
    return [(ax + aside, ay + half), *via, (bx + aside, by - half)]


def _line(points: list[Point]) -> str:
    """A smooth line through ``points``, leaving and arriving upright, with an arrow's head."""
    x, y = points[0]
    parts, back = [f"M{x} {y}"], _ARROW
    for to_x, to_y in points[1:]:
        middle = (y + to_y) // 2
        parts.append(f"C{x} {middle} {to_x} {middle} {to_x} {to_y}")
        back = _ARROW if to_y >= y else -_ARROW
        x, y = to_x, to_y
    parts.append(f"M{x - _ARROW} {y - back}L{x} {y}L{x + _ARROW} {y - back}")
    return "".join(parts)
