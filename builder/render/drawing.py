"""Path data made small: whole numbers, nothing written that lies outside the view.

Every point is rounded where it stands, never from point to point, so nothing drifts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]

_ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_LETTER = re.compile(r"[\s,]*([a-zA-Z])")
_NUMBER = re.compile(r"[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)")
_FLAG = re.compile(r"[\s,]*([01])")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is seen of a drawing."""

    left: int
    top: int
    width: int
    height: int

    def beside(self, points: Sequence[Point]) -> int:
        """On which sides of the view all of the points lie, as bits; 0 where something of them may be seen."""
        sides = 15
        for x, y in points:
            sides &= (
                (x <= self.left)
                | (x >= self.left + self.width) << 1
                | (y <= self.top) << 2
                | (y >= self.top + self.height) << 3
            )
        return sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A line or curve: ``kind`` l, c, q or a; its points after the first, the last of them its end.

    An arc has ``more`` besides: both radii, rotation and the two flags.
    """

    kind: str
    points: tuple[Point, ...]
    more: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One closed part of a path."""

    start: Point
    pieces: tuple[Piece, ...]


def small(data: str, view: View, shift: Point = (0, 0), scale: Point = (1, 1)) -> str:
    """The path ``data``, scaled and then moved, as it is to be filled and seen through ``view``; may be empty."""
    seen = (_cut(outline, view) for outline in outlines(data, shift, scale))
    return "".join(_written(outline) for outline in seen if outline)


def outlines(data: str, shift: Point = (0, 0), scale: Point = (1, 1)) -> Iterator[Outline]:
    """The parts of a path, in whole numbers. A part that is not closed is one all the same: it is filled."""
    (dx, dy), (sx, sy) = shift, scale

    def put(x: float, y: float) -> Point:
        return round(x * sx + dx), round(y * sy + dy)

    start = here = control = (0.0, 0.0)
    before = ""
    pieces: list[Piece] = []
    for command, numbers in _commands(data):
        kind, (x, y) = command.lower(), here
        ox, oy = here if command.islower() else (0.0, 0.0)
        at = [(numbers[n] + ox, numbers[n + 1] + oy) for n in range(0, len(numbers) - 1, 2)]
        match kind:
            case "m":
                if pieces:
                    yield Outline(start=put(*start), pieces=tuple(pieces))
                pieces, start, here = [], at[0], at[0]
            case "z":
                here = start
            case "l" | "c" | "q":
                pieces.append(Piece(kind=kind, points=tuple(put(*each) for each in at)))
            case "h" | "v":
                at = [(numbers[0] + ox, y)] if kind == "h" else [(x, numbers[0] + oy)]
                pieces.append(Piece(kind="l", points=(put(*at[0]),)))
            case "s" | "t":
                curved = before in (("c", "s") if kind == "s" else ("q", "t"))
                mirrored = (2 * x - control[0], 2 * y - control[1]) if curved else here
                at = [mirrored, *at]
                pieces.append(
                    Piece(kind="c" if kind == "s" else "q", points=tuple(put(*each) for each in at))
                )
            case "a":
                at = [(numbers[5] + ox, numbers[6] + oy)]
                radii = (max(round(numbers[0] * sx), 1), max(round(numbers[1] * sy), 1))
                pieces.append(Piece(kind="a", points=(put(*at[0]),), more=(*radii, *numbers[2:5])))
        if kind != "z":
            here = at[-1]
        control = at[-2] if len(at) > 1 else here
        before = kind
    if pieces:
        yield Outline(start=put(*start), pieces=tuple(pieces))


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; one that is repeated without its letter has it here.

    Raises ``ValueError`` or ``KeyError`` for what is no path data.
    """
    command, at = "", 0
    while found := _LETTER.match(data, at) or _NUMBER.match(data, at):
        if found[1].isalpha():
            command, at = found[1], found.end()
        numbers: list[float] = []
        for place in range(_ARGUMENTS[command.lower()]):
            flag = command in "aA" and place in (3, 4)  # may stand against the next number
            found = (_FLAG if flag else _NUMBER).match(data, at)
            if not found:
                raise ValueError(data[at:])
            numbers.append(float(found[1]))
            at = found.end()
        yield command, numbers
        command = {"m": "l", "M": "L", "z": "", "Z": ""}.get(command, command)


def _cut(outline: Outline, view: View) -> Outline | None:
    """Without what cannot be seen: a stretch that stays beside the view becomes one line. Nothing seen changes."""
    kept: list[Piece] = []
    here = outline.start
    side = 0
    whole = 15
    for piece in outline.pieces:
        sides = view.beside(_around(here, piece))
        whole &= sides
        end = piece.points[-1]
        if sides & side:
            kept[-1] = Piece(kind="l", points=(end,))
            side &= sides
        else:
            kept.append(Piece(kind="l", points=(end,)) if sides else piece)
            side = sides
        here = end
    return None if whole else Outline(start=outline.start, pieces=tuple(kept))


def _around(start: Point, piece: Piece) -> tuple[Point, ...]:
    """Points between which the piece lies."""
    if piece.kind != "a":
        return (start, *piece.points)
    reach = 2 * max(piece.more[:2])
    return tuple(
        (x + dx, y + dy)
        for x, y in (start, piece.points[0])
        for dx in (-reach, reach)
        for dy in (-reach, reach)
    )


def _written(outline: Outline) -> str:
    """Path data of whole numbers, each command relative to where the last one ended; empty where all is one point."""
    x, y = outline.start
    begin = text = f"M{x:g}{_spaced(y)}"
    last = ""
    for piece in outline.pieces:
        end = piece.points[-1]
        if piece.kind == "l" or (all(point in ((x, y), end) for point in piece.points) and piece.kind != "a"):
            dx, dy = end[0] - x, end[1] - y
            if not (dx or dy):
                continue
            kind = "h" if not dy else "v" if not dx else "l"
            numbers = [each for each in (dx, dy) if each] if kind != "l" else [dx, dy]
        else:
            kind = piece.kind
            numbers = [*piece.more, *(each for px, py in piece.points for each in (px - x, py - y))]
        words = "".join(_spaced(each) for each in numbers)
        text += words if kind == last else kind + words.lstrip()
        last = kind
        x, y = end
    return text + "z" if text != begin else ""


def _spaced(number: float) -> str:
    return f"{number:g}" if number < 0 else f" {number:g}"
