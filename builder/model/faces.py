"""What a drawn face can be: the options of Open Peeps that suit a course about people, and Dutch words for colours.

They stand here as names, so that a course can be checked without the drawings; a test holds them to those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HEADS = (
    "afro", "bangs", "bangs2", "bantuKnots", "bun", "bun2", "buns", "cornrows", "cornrows2", "dreads1", "dreads2",
    "flatTop", "flatTopLong", "grayBun", "grayMedium", "grayShort", "hatBeanie", "hatHip", "hijab", "long", "longAfro",
    "longBangs", "longCurly", "medium1", "medium2", "medium3", "mediumBangs", "mediumBangs2", "mediumBangs3",
    "mediumStraight", "mohawk", "mohawk2", "noHair1", "noHair2", "noHair3", "pomp", "shaved1", "shaved2", "shaved3",
    "short1", "short2", "short3", "short4", "short5", "turban", "twists", "twists2",
)  # fmt: skip
FACIAL_HAIR = (
    "chin", "full", "full2", "full3", "full4", "goatee1", "goatee2", "moustache1", "moustache2", "moustache3",
    "moustache4", "moustache5", "moustache6", "moustache7", "moustache9",
)  # fmt: skip
ACCESSORIES = (
    "eyepatch", "glasses", "glasses2", "glasses3", "glasses4", "glasses5", "sunglasses", "sunglasses2",
)  # fmt: skip
UNUSED = frozenset({"bear", "moustache8"})
"""What there is besides, and would make somebody ridiculous."""

COLOURED = frozenset(
    {
        "bangs", "cornrows", "grayBun", "grayMedium", "grayShort", "mediumBangs2", "mohawk", "mohawk2", "noHair3",
        "short4", "full4", "moustache9",
    }
)  # fmt: skip
"""Heads and beards whose hair has a colour of its own; of the others it is black."""

SKIN: Mapping[str, str] = {
    "licht": "#ffdbb4", "beige": "#edb98a", "getint": "#d08b5b", "bruin": "#ae5d29", "donkerbruin": "#855a45",
}  # fmt: skip
"""The darkest is lighter than Open Peeps' own, on which black lines hardly show."""
CLOTHING: Mapping[str, str] = {
    "blauw": "#8fa7df", "groen": "#78e185", "oranje": "#ffcf77", "roze": "#e279c7", "rood": "#e78276",
    "turquoise": "#9ddadb", "geel": "#fdea6b",
}  # fmt: skip
HAIR: Mapping[str, str] = {
    "zwart": "#2c1b18", "donkerbruin": "#4a312c", "bruin": "#724133", "kastanje": "#a55728", "lichtbruin": "#b58143",
    "blond": "#d6b370", "lichtblond": "#ecdcbf", "grijs": "#e8e1e1", "rood": "#c93305", "roze": "#f59797",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How somebody is drawn. Colours are ``#rrggbb``; what is empty, this person has not."""

    head: str
    skin: str
    clothing: str
    hair: str = HAIR["zwart"]
    facial_hair: str = ""
    accessories: str = ""
