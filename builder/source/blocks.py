"""Lines as blocks: paragraphs, citations, lists, code. Not yet what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from builder.source.lines import Line, Text, line_of

_MARKER = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})[.)])(?:\s+|$)")
_CHILD = 2
"""Spaces by which a line is indented more than a list marker to belong to its item."""
_RULE = re.compile(r"([-*_])(?:\s*\1){2,}\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines of running text, or anything else that is no citation, list or code."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A citation: ``lines`` without their ``>``, ``written`` as they stood."""

    lines: tuple[Line, ...]
    written: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a list: its line, what that line says after the marker, and the lines that belong to it.

    ``number`` is -1 for a bullet.
    """

    line: Line
    head: Text
    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list. ``written`` are all its lines."""

    items: tuple[Item, ...]
    written: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A block of code."""

    lines: tuple[Line, ...]


Block = Paragraph | Quote | Items | Fence


def written(block: Block) -> tuple[Line, ...]:
    """The lines of a block as they stood."""
    return block.lines if isinstance(block, Paragraph | Fence) else block.written


def loose(block: Block) -> list[Line]:
    """A block's lines with a blank one after it."""
    lines = list(written(block))
    return [*lines, replace(lines[-1], text=lines[-1].text.part(0, 0), fenced=False)]


def is_quote(line: Line) -> bool:
    return not line.fenced and line.text.text.startswith(">")


def marker(line: Line) -> re.Match[str] | None:
    """The list marker a line starts with, if it does; a rule (``- - -``) is none."""
    if line.fenced or _RULE.fullmatch(line.text.text):
        return None
    return _MARKER.match(line.text.text)


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of some lines, in order. Every line that is not blank is in exactly one block."""
    found: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.blank:
            at += 1
        elif line.fenced:
            end = _while(lines, at, lambda each: each.fenced)
            found.append(Fence(lines=tuple(lines[at:end])))
            at = end
        elif is_quote(line):
            end = _while(lines, at, is_quote)
            found.append(
                Quote(lines=tuple(unquoted(each) for each in lines[at:end]), written=tuple(lines[at:end]))
            )
            at = end
        elif marker(line):
            items, at = _items(lines, at)
            found.append(items)
        else:
            end = _while(lines, at + 1, _running)
            found.append(Paragraph(lines=tuple(lines[at:end])))
            at = end
    return tuple(found)


def _while(lines: Sequence[Line], at: int, test: Callable[[Line], bool]) -> int:
    while at < len(lines) and test(lines[at]):
        at += 1
    return at


def _running(line: Line) -> bool:
    return not (line.blank or line.fenced or is_quote(line) or marker(line))


def unquoted(line: Line) -> Line:
    """A line of a citation without its ``>`` and the space after it."""
    rest = line.text.part(1)
    return line_of(rest.part(1) if rest.text[:1].isspace() else rest)


def _items(lines: Sequence[Line], at: int) -> tuple[Items, int]:
    indent, start, items = lines[at].indent, at, []
    while at < len(lines) and (match := marker(lines[at])) and abs(lines[at].indent - indent) < _CHILD:
        line, end = lines[at], _item_end(lines, at + 1, indent)
        number = int(match["number"]) if match["number"] else -1
        items.append(
            Item(line=line, head=line.text.part(match.end()), number=number, lines=tuple(lines[at + 1 : end]))
        )
        at = _while(lines, end, lambda each: each.blank)
    end = start + 1
    for index in range(start, at):
        end = end if lines[index].blank else index + 1
    return Items(items=tuple(items), written=tuple(lines[start:end])), end


def _item_end(lines: Sequence[Line], at: int, indent: int) -> int:
    """Where an item ends that stands at ``indent``: before the first line that is neither deeper nor glued to it."""
    end, blank = at, False
    while at < len(lines):
        line = lines[at]
        if line.blank:
            blank = True
        elif line.indent >= indent + _CHILD or (not blank and _running(line)):
            end, blank = at + 1, False
        else:
            break
        at += 1
    return end
