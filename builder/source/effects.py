"""Effects: ``vertrouwen +1, belofte = 1``."""

from __future__ import annotations

import re

from builder.diagnostics import Code
from builder.model.logic import Effect
from builder.model.text import Ref
from builder.source.lines import Text
from builder.source.logic import MINUS, NAME

_EFFECT = re.compile(
    rf"(?P<name>{NAME})(?:\s*(?P<up>\+)|\s+(?P<down>-)|\s*=\s*(?P<set>-?))(?P<number>\d{{1,6}})"
)
_NEAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<sign>[+-])\s*(?P<number>\d+)\s+(?P<name>{NAME})",
        rf"(?P<name>{NAME})\s*(?P<sign>[+-]?)\s+(?P<number>\d+)",
        rf"(?P<name>{NAME})\s*(?P<sign>[+-])\s*=\s*(?P<number>\d+)",
        rf"(?P<name>{NAME})\s*=\s*(?P<sign>\+)\s*(?P<number>\d+)",
        rf"(?P<name>{NAME})\s*(?:==|:=|<-)\s*(?P<set>-?\d+)",
        rf"(?P<name>{NAME})\s*:\s*(?P<sign>[+-])\s*(?P<number>\d+)",
        rf"(?P<name>{NAME})\s*:\s*(?P<set>\d+)",
        rf"(?P<name>{NAME})\s+wordt\s+(?P<set>-?\d+)",
        rf"(?P<name>{NAME}?)(?P<sign>-)(?P<number>\d+)",
        rf"(?P<name>{NAME})\s+(?P<word>plus|min)\s+(?P<number>\d+)",
    )
)
_TYPED = str.maketrans({**dict.fromkeys(MINUS, "-"), "＋": "+", "＝": "="})
_APART = r",(?!\d)|;|\s+en\s+"


def effects(text: Text) -> tuple[Effect, ...]:
    """The effects of a list with commas. One message at most: the first that is wrong, and the whole line mended."""
    found: list[Effect] = []
    meant: list[str] = []
    wrong: tuple[Text, Code] | None = None
    for part in text.strip().split(_APART):
        written = part.text.translate(_TYPED)
        if match := _EFFECT.fullmatch(written):
            op = match["up"] or match["down"] or "="
            number = f"{match['set'] or ''}{match['number']}"
            code = Code.NEAR_MINUS if written != part.text else None
        elif near := _near(written):
            name, op, number = near
            match, code = None, Code.EFFECT_SYNTAX
        else:
            part.report(Code.EFFECT_SYNTAX, found=str(part) or str(text))
            return tuple(found)
        name = match["name"] if match else name
        meant.append(f"{name} = {number}" if op == "=" else f"{name} {op}{number}")
        ref = Ref(text=name, span=part.part(0, len(name)).span())
        found.append(Effect(name=ref, op=op, number=int(number), span=part.span()))
        if code and not wrong:
            wrong = part, code
    if not wrong and re.search(r";|\s+en\s+", text.text):
        wrong = text, Code.EFFECT_SYNTAX
    if wrong:
        place, code = wrong
        place.report(code, text.instead(", ".join(meant)), found=str(place))
    return tuple(found)


def _near(written: str) -> tuple[str, str, str] | None:
    """Name, operator and number of an effect that is only written oddly."""
    for pattern in _NEAR:
        if match := pattern.fullmatch(written):
            groups = match.groupdict()
            if groups.get("set"):
                return match["name"], "=", match["set"]
            sign = "-" if groups.get("word") == "min" else groups.get("sign") or "+"
            return match["name"], sign, match["number"]
    return None
