"""``course/cast.toml``: who is in the course, and what makes each recognisable."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from builder.diagnostics import Code, Parsed, in_order
from builder.model import faces
from builder.model.course import Character
from builder.model.faces import Face
from builder.source.keywords import nearest
from builder.source.settings import Table, load

SHAPES: Mapping[str, Collection[str]] = {
    "head": faces.HEADS, "facialHair": faces.FACIAL_HAIR, "accessories": faces.ACCESSORIES,
}  # fmt: skip
COLOURS: Mapping[str, Mapping[str, str]] = {
    "skin": faces.SKIN, "clothing": faces.CLOTHING, "hair": faces.HAIR,
}  # fmt: skip
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_NEEDED = ("skin", "clothing")
"""What a face cannot do without, once there is a head."""


def parse_cast(path: str, text: str) -> Parsed[tuple[Character, ...]]:
    """A table per person, with ``name``, ``role`` and, for who has a face, what it looks like."""
    file = load(path, text)
    people: list[Character] = []
    for key in file.values:
        table = file.table(key)
        if not table.values:
            continue
        name = table.get("name", str, key, f'"{key.capitalize()}"', needed=True)
        role = table.get("role", str, "", '"…"')
        face = _face(table)
        table.finish()
        people.append(Character(key=key, name=name, role=role, face=face, span=table.place().span()))
    return Parsed(value=tuple(people), diagnostics=in_order(file.page.notes))


def _face(table: Table) -> Face | None:
    """What there is to draw: nothing for who has no head."""
    shapes = {key: _one_of(table, key, known, "") for key, known in SHAPES.items()}
    drawn = "head" in table.values
    colours = {
        key: _one_of(table, key, known, next(iter(known)), needed=drawn and key in _NEEDED)
        for key, known in COLOURS.items()
    }
    if not shapes["head"]:
        return None
    whole = table.values["head"] in faces.HEADS
    if whole and "hair" in table.values and not faces.COLOURED & set(shapes.values()):
        known = ", ".join(head for head in faces.HEADS if head in faces.COLOURED)
        table.place("hair").report(Code.FACE_UNUSED, found=shapes["head"], known=known)
    return Face(
        head=shapes["head"],
        skin=colours["skin"],
        clothing=colours["clothing"],
        hair=colours["hair"],
        facial_hair=shapes["facialHair"],
        accessories=shapes["accessories"],
    )


def _one_of(table: Table, key: str, known: Collection[str], default: str, *, needed: bool = False) -> str:
    """The option ``key``: one of ``known``; of a colour its value, or one written as ``#rrggbb``."""
    values: Mapping[str, str] = known if isinstance(known, Mapping) else {each: each for each in known}
    example = f'"{next(iter(known))}"'
    found: str = table.get(key, str, "", example, needed=needed)
    if not isinstance(table.values.get(key), str) or (needed and not found.strip()):
        return values.get(default, default)
    if found in values:
        return values[found]
    if values is known and _HEX.fullmatch(found):
        return found.lower()
    near = nearest(found, tuple(values), 0.6)
    table.place(key).report(
        Code.FACE_UNKNOWN, f'{key} = "{near}"' if near else "", name=key, found=found, known=", ".join(values)
    )
    return values.get(near or default, default)
