"""Whether the colours of a municipality can be told apart: every pair of ``pairs.py``, by light and by dark.

Values are looked up as a browser does: the theme, our own tokens, the municipality's; for dark our dark layer and the
municipality's dark tokens over those. Only what a municipality wrote is reported; ours is held by the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from colorsys import hls_to_rgb
from dataclasses import dataclass
from functools import cache

from builder.check.pairs import PAIRS, Pair
from builder.diagnostics import Code, Diagnostic, Span, diagnostic
from builder.model.course import Course, Variant
from builder.shipped import style, theme

Colour = tuple[float, float, float, float]
"""Red, green, blue and how far it covers, each from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """``span`` is where a municipality wrote it; None for what is ours."""

    name: str
    value: str
    span: Span | None = None


Tokens = Mapping[str, Declared]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A colour, and the municipality's declaration that made it so, if any."""

    colour: Colour
    by: Declared | None


class UnreadError(Exception):
    """A value that is no colour we can work out; ``by`` says who wrote it."""

    def __init__(self, by: Declared | None) -> None:
        super().__init__()
        self.by = by


def contrast(course: Course) -> Iterator[Diagnostic]:
    """What of the municipalities' colours cannot be read, each declaration once, with one that can."""
    for variant in course.variants:
        if variant.tokens or variant.tokens_dark:
            yield from _variant(variant)


def schemes(variant: Variant) -> dict[str, Tokens]:
    """All tokens as they are for ``variant``, by light and by dark."""
    folder = f"course/variants/{variant.key}"
    light = _base(False) | _declared(variant.tokens, f"{folder}/tokens.css")
    return {
        "light": light,
        "dark": light | _base(True) | _declared(variant.tokens_dark, f"{folder}/tokens-dark.css"),
    }


def ratio(pair: Pair, tokens: Tokens) -> float:
    """The contrast of a pair. Raises ``UnreadError`` where one of its colours cannot be worked out."""
    text, grounds = _looked_up(pair, tokens)
    ground = _over([each.colour for each in grounds])
    return _contrast(_over([text.colour, ground]), ground)


def shown(pair: Pair, tokens: Tokens) -> tuple[str, str]:
    """The two colours of a pair as they come on the screen, as ``#rrggbb``."""
    text, grounds = _looked_up(pair, tokens)
    ground = _over([each.colour for each in grounds])
    return _hex(_over([text.colour, ground])), _hex(ground)


def _variant(variant: Variant) -> Iterator[Diagnostic]:
    unread: dict[Declared, None] = {}
    worst: dict[Declared, tuple[float, Pair, Tokens]] = {}
    every = schemes(variant)
    for tokens in every.values():
        for pair in PAIRS:
            try:
                reached = ratio(pair, tokens)
            except UnreadError as error:
                if error.by:
                    unread[error.by] = None
                continue
            text, grounds = _looked_up(pair, tokens)
            by = next((each.by for each in (text, *grounds) if each.by), None)
            if by and reached < pair.least and reached / pair.least < worst.get(by, (1.0,))[0]:
                worst[by] = (reached / pair.least, pair, tokens)
    for by in unread:
        yield _told(Code.COLOUR_UNREAD, by, "", value=by.value)
    for by, (_, pair, tokens) in worst.items():
        colour, under = shown(pair, tokens)
        better = _better(by, every)
        yield _told(
            Code.COLOUR_CONTRAST,
            by,
            f"{by.name}: {better};" if better else "",
            text=pair.text,
            colour=colour,
            ground=pair.ground[0],
            under=under,
            ratio=f"{int(ratio(pair, tokens) * 100) / 100:.2f}",
            least=f"{pair.least:g}",
        )


def _told(code: Code, by: Declared, instead: str, **values: str) -> Diagnostic:
    assert by.span  # noqa: S101 - only a municipality's are told
    return diagnostic(code, by.span, instead, name=by.name, **values)


def _better(by: Declared, every: Mapping[str, Tokens]) -> str:
    """The colour nearest to what was written, darker or lighter, that works everywhere; empty if none does."""
    affected = [tokens for tokens in every.values() if tokens.get(by.name) == by]
    try:
        colour = _colour(by, affected[0]).colour
    except UnreadError:
        return ""
    for step in range(1, 101):
        for end in (0.0, 1.0):
            mixed = _hex(tuple(part + (end - part) * step / 100 for part in colour))
            tried = Declared(name=by.name, value=mixed, span=by.span)
            if all(_passes(tried, {**tokens, by.name: tried}) for tokens in affected):
                return mixed
    return ""


def _passes(tried: Declared, tokens: Tokens) -> bool:
    for pair in PAIRS:
        try:
            text, grounds = _looked_up(pair, tokens)
            if tried in (text.by, *(each.by for each in grounds)) and ratio(pair, tokens) < pair.least:
                return False
        except UnreadError:
            continue
    return True


# Values.

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*(?P<spare>.*))?\)", re.DOTALL)
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(?P<kind>rgb|hsl)a?\((?P<parts>[^()]*)\)")
_NAMED: Mapping[str, Colour] = {
    "white": (1, 1, 1, 1),
    "black": (0, 0, 0, 1),
    "transparent": (0, 0, 0, 0),
}


@cache
def _base(dark: bool) -> dict[str, Declared]:
    sheets = (style("dark").partition("{")[2],) if dark else (theme(), style("tokens"))
    return {name: declared for sheet in sheets for name, declared in _declared(sheet, "").items()}


def _declared(sheet: str, path: str) -> dict[str, Declared]:
    """Every token a style sheet sets, but in ``@media``: those of dark stand in a file of their own."""

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0])

    sheet = _MEDIA.sub(blank, _COMMENT.sub(blank, sheet))
    found: dict[str, Declared] = {}
    for each in _DECLARATION.finditer(sheet):
        line = sheet.count("\n", 0, each.start()) + 1
        column = each.start() - sheet.rfind("\n", 0, each.start())
        span = Span(path=path, line=line, column=column, length=len(each[0].rstrip())) if path else None
        found[each[1]] = Declared(name=each[1], value=" ".join(each[2].split()), span=span)
    return found


def _looked_up(pair: Pair, tokens: Tokens) -> tuple[Found, list[Found]]:
    grounds = [_named(name, tokens) for name in pair.ground]
    return _named(pair.text, tokens), grounds


def _named(name: str, tokens: Tokens) -> Found:
    if name not in tokens:
        raise UnreadError(None)
    return _colour(tokens[name], tokens)


def _colour(declared: Declared, tokens: Tokens, depth: int = 0) -> Found:
    """The colour of a declaration, by way of all it refers to; the last of a municipality on that way made it."""
    own = declared if declared.span else None
    value = declared.value.lower()
    if match := _VAR.fullmatch(value):
        spare = match["spare"] and Declared(name=declared.name, value=match["spare"], span=declared.span)
        meant = tokens.get(match[1]) or spare
        if not meant or depth > len(tokens):
            raise UnreadError(own)
        found = _colour(meant, tokens, depth + 1)
        return found if found.by else Found(colour=found.colour, by=own)
    colour = _NAMED.get(value) or _parsed(value)
    if colour is None:
        raise UnreadError(own)
    return Found(colour=colour, by=own)


def _parsed(value: str) -> Colour | None:
    if _HEX.fullmatch(value):
        digits = value[1:] if len(value) > 5 else "".join(each * 2 for each in value[1:])
        red, green, blue, cover = bytes.fromhex(digits.ljust(8, "f"))
        return red / 255, green / 255, blue / 255, cover / 255
    match = _FUNCTION.fullmatch(value)
    parts = re.findall(r"(-?[\d.]+)(%|deg)?", match["parts"]) if match else []
    if not match or len(parts) not in (3, 4):
        return None
    try:
        numbers = [float(number) / (100 if unit == "%" else 1) for number, unit in parts]
    except ValueError:
        return None
    one, two, three = numbers[:3]
    covers = numbers[3] if len(numbers) == 4 else 1.0
    if match["kind"] == "hsl":
        return (*hls_to_rgb(one / 360 % 1, three, two), covers)
    whole = 1 if parts[0][1] == "%" else 255
    return one / whole, two / whole, three / whole, covers


def _over(layers: list[Colour]) -> Colour:
    """What is seen of colours laid over each other, the first on top; under the last is white."""
    seen: Colour = (1, 1, 1, 1)
    for red, green, blue, cover in reversed(layers):
        seen = (
            red * cover + seen[0] * (1 - cover),
            green * cover + seen[1] * (1 - cover),
            blue * cover + seen[2] * (1 - cover),
            1,
        )
    return seen


def _contrast(one: Colour, other: Colour) -> float:
    """As WCAG 2.2 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour[:3])
