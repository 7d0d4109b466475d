"""Faces: Open Peeps, drawn from the options of a character and an expression.

A face is a stack of pictures, so that what repeats is there once: a person without a face, the expression that all
people share, and what lies over it (a beard, glasses). The definition is read as it is, without DiceBear's own
library, which takes seconds to prove it sound; a test holds these drawings to that library's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from builder.model.faces import Face
from builder.render.drawing import Point, View, small

VIEW = View(left=60, top=46, width=640, height=640)
"""Head and shoulders, of a drawing of 704 by 704."""

_INK = {"ink": "#000", "black": "#000", "white": "#fff"}
_BODY, _HEAD, _EXPRESSION, _OVER = "body", "head", "expression", ("facialHair", "accessories")

Elements = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A picture to lay over those before it; equal ones are equal bytes."""

    name: str
    svg: bytes


def layers(face: Face, expression: str) -> tuple[Layer, ...]:
    """The pictures of ``face`` with an expression of Open Peeps, from the back to the front."""
    bare = _layer(((_BODY, ""), (_HEAD, face.head)), face)
    over = tuple(
        (part, variant)
        for part, variant in zip(_OVER, (face.facial_hair, face.accessories), strict=True)
        if variant
    )
    return (bare, _layer(((_EXPRESSION, expression),)), *((_layer(over, face),) if over else ()))


@cache
def credit() -> str:
    """Whose drawings these are."""
    text: str = _definition()["meta"]["license"]["text"]
    return text


@cache
def _layer(parts: tuple[tuple[str, str], ...], face: Face | None = None) -> Layer:
    """Some parts of the drawing, in the colours of ``face``; those of everybody have no other than ink."""
    own = {"skin": face.skin, "clothing": face.clothing, "headContrast": face.hair} if face else {}
    paths = "".join(_paths(part, variant, {**_INK, **own}) for part, variant in parts)
    name = "-".join(variant for _, variant in parts if variant)
    box = f"{VIEW.left} {VIEW.top} {VIEW.width} {VIEW.height}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill-rule="evenodd">{paths}</svg>'
    return Layer(name=name, svg=svg.encode())


def _paths(part: str, variant: str, colours: Mapping[str, str]) -> str:
    shift, scale = _place(part)
    elements = _definition()["components"][part]["variants"][variant]["elements"] if variant else _body()
    text = ""
    for fill, rule, data in _flat(elements, ""):
        path = small(data, VIEW, shift, scale)
        if path:
            other = "" if rule == "evenodd" else ' fill-rule="nonzero"'
            colour = fill if fill.startswith("#") else colours[fill]
            text += f'<path fill="{colour}"{other} d="{path}"/>'
    return text


def _flat(elements: Elements, fill: Any) -> Iterator[tuple[str, str, str]]:
    """Every path in order: its fill (a colour or the name of one), its rule and its data."""
    for element in elements:
        attributes = element.get("attributes", {})
        own = attributes.get("fill", fill)
        if element["name"] == "path":
            yield (
                own if isinstance(own, str) else own["name"],
                attributes.get("fill-rule", ""),
                attributes["d"],
            )
        else:
            yield from _flat(element["children"], own)


@cache
def _definition() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(
        files("dicebear_styles").joinpath("open-peeps.json").read_text(encoding="utf-8")
    )
    return found


def _body() -> Elements:
    return [each for each in _definition()["canvas"]["elements"] if each["type"] != "component"]


@cache
def _place(part: str) -> tuple[Point, Point]:
    """Where a component lies in the drawing: how far it is moved, and scaled before that."""
    for each in _definition()["canvas"]["elements"]:
        if each["type"] == "component" and each["name"] == part:
            numbers = [float(found) for found in re.findall(r"-?[\d.]+", each["attributes"]["transform"])]
            across, _, _, down, x, y = numbers if len(numbers) == 6 else (1, 0, 0, 1, *numbers)
            return (x, y), (across, down)
    return (0, 0), (1, 1)
