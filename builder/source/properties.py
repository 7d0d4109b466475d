"""``- woord: waarde`` lines: settings under a heading and properties under a choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from builder.diagnostics import Code
from builder.source import keywords as words
from builder.source.blocks import Block, Item, Items, Paragraph, blocks, marker
from builder.source.lines import Line, Text, join

T = TypeVar("T")

_PROPERTY = re.compile(
    r"(?P<bold>[*_`]*)(?P<key>[^\W\d_][^\W\d_]*(?: [^\W\d_]+){0,2})\s*(?P<more>[*_`]*)\s*:(?P<last>[*_`]*)"
    r"(?P<space>\s*)(?P<value>.*)",
    re.DOTALL,
)
_NESTED = frozenset({"personages", "dossier", "later", "feedback", "weet"})
"""Properties that lines of their own may stand under; of a scenario its rules too."""
_CURLY = "“”„‟‘’‚‛«»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """``key`` in lower case; ``value`` on one line; ``lines`` what stands indented under it."""

    key: str
    value: Text
    name: Text
    lines: tuple[Line, ...]


def head_of(item: Item) -> tuple[Text, tuple[Line, ...]]:
    """What an item says first, its continued lines included, and the lines that come after it."""
    end = 0
    for line in item.lines:
        if line.blank or line.fenced or not isinstance(blocks((line,))[0], Paragraph):
            break
        end += 1
    texts = [item.head, *(line.text for line in item.lines[:end])]
    return join(texts), item.lines[end:]


def property_of(item: Item, known: Sequence[str]) -> Property | None:
    """A list item as a property, or as one that was nearly so (reported); nothing when it is no such thing."""
    head, rest = head_of(item)
    match = _PROPERTY.fullmatch(head.text)
    if not match:
        return _without_colon(item, known) if item.number < 0 else None
    key = " ".join(match["key"].lower().split())
    if item.number >= 0 and key not in known:
        return None
    if match["bold"] and key not in known:
        return None
    name = head.group(match, "key")
    if key not in known and not match["space"] and match["value"]:
        return None
    if key in known and (match["bold"] or match["more"] or match["last"] or item.number >= 0):
        item.line.text.report(
            Code.NEAR_KEYWORD, _indented(item.line, f"- {key}: {match['value']}"), found=str(item.head)
        )
    value = head.group(match, "value").strip()
    lazy = next(
        (line for line in item.lines if line.number in {number for _, number, _ in value.marks}), None
    )
    if key in known and lazy and lazy.indent <= item.line.indent:
        lazy.text.report(
            Code.NEAR_INDENT, f"\n{' ' * item.line.indent}{lazy.text.text}", found=str(lazy.text)
        )
        if not _nests(key, known):
            at = next(offset for offset, number, _ in value.marks if number == lazy.number)
            value, rest = (
                value.part(0, at - 1),
                tuple(each for each in item.lines if each.number >= lazy.number),
            )
    return Property(key=key, value=value, name=name, lines=rest)


def _nests(key: str, known: Sequence[str]) -> bool:
    return key in _NESTED or (key == "regel" and known is words.SCENARIO)


def _without_colon(item: Item, known: Sequence[str]) -> Property | None:
    """``effect vertrouwen +1``, ``effect = …``: a known word that only lacks its colon."""
    for key in sorted(known, key=len, reverse=True):
        match = re.compile(rf"{key}(?:\s*[=;]\s*|\s+)(?P<value>\S.*)", re.IGNORECASE).fullmatch(
            item.head.text
        )
        if match and (key in words.WITHOUT_COLON or item.head.text[len(key) :].lstrip()[0] == "="):
            item.line.text.report(
                Code.NEAR_KEYWORD, _indented(item.line, f"- {key}: {match['value']}"), found=str(item.head)
            )
            value = item.head.group(match, "value").strip()
            return Property(key=key, value=value, name=item.head.part(0, len(key)), lines=item.lines)
    return None


def _indented(line: Line, text: str) -> str:
    return " " * line.indent + text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The properties found, in order, and the blocks that are left."""

    found: tuple[Property, ...]
    left: tuple[Block, ...]

    def all(self, key: str) -> tuple[Property, ...]:
        return tuple(each for each in self.found if each.key == key)

    def one(self, key: str) -> Property | None:
        return next(iter(self.all(key)), None)

    def value(self, key: str) -> Text | None:
        found = self.one(key)
        return found.value if found else None


def settings(body: Sequence[Block], known: Sequence[str], *, plain: bool = False) -> Settings:
    """The settings that stand first under a heading.

    An item with an unknown word is reported; with ``plain``, where a list of another kind may stand there as well,
    only when it resembles a known word.
    """
    found: list[Property] = []
    left = list(body)
    while left and isinstance(left[0], Paragraph):
        bare = _unlisted(left[0], known)
        if not bare:
            break
        found += bare
        left.pop(0)
    while left and isinstance(left[0], Items):
        items = left[0]
        taken, rest = take(items, known, plain=plain)
        if rest and rest[0] is items:
            break
        found += taken
        left[:1] = list(rest)
    return Settings(found=unique(tuple(found)), left=tuple(left))


def take(
    items: Items, known: Sequence[str], *, plain: bool = False
) -> tuple[list[Property], tuple[Block, ...]]:
    """The properties a list starts with, unknown ones reported and left out, and what remains of it as blocks."""
    found: list[Property] = []
    spare: list[Block] = []
    count = 0
    every = tuple(part for item in items.items for part in _unglued(item, known))
    for item in every:
        each = property_of(item, known)
        if each is None:
            break
        if each.key in known:
            found.append(each)
            if not _nests(each.key, known) and any(not line.blank for line in each.lines):
                spare += _spare(item, each.lines)
        elif plain and not found and not words.nearest(each.key, tuple(known)):
            break
        else:
            if meant := unknown(each, known):
                found.append(replace(each, key=meant))
        count += 1
    rest = every[count:]
    if count and rest:
        lines = tuple(line for line in items.written if line.number >= rest[0].line.number)
        spare.append(Items(items=rest, written=lines))
    elif not count:
        return [], (items,)
    return found, tuple(spare)


def _unglued(item: Item, known: Sequence[str]) -> Iterator[Item]:
    """A property apart from those glued under it without a hyphen (``duur: 15 minuten``), which are reported."""
    if listed(Line(text=item.head), known):
        for index, line in enumerate(item.lines):
            if line.blank or line.fenced or marker(line):
                break
            if listed(line, known):
                line.text.report(
                    Code.NEAR_KEYWORD, _indented(item.line, f"- {line.text.text}"), found=str(line.text)
                )
                yield replace(item, lines=item.lines[:index])
                glued = replace(line, indent=item.line.indent)
                yield from _unglued(
                    Item(line=glued, head=line.text, number=-1, lines=item.lines[index + 1 :]), known
                )
                return
    yield item


def late(found: Settings, known: Sequence[str]) -> Settings:
    """With the settings that stand further down, below other text: reported, the first of each list."""
    more: list[Property] = []
    left: list[Block] = []
    for block in found.left:
        taken: list[Property] = []
        rest: tuple[Block, ...] = ()
        if isinstance(block, Items) and listed(Line(text=block.items[0].head), known):
            taken, rest = take(block, known)
        elif isinstance(block, Paragraph) and all(
            line.text.text[0].islower() and listed(line, known) for line in block.lines
        ):
            taken = list(filter(None, (listed(line, known) for line in block.lines)))
        if taken:
            name = taken[0].name
            whole = name.page.text(name.line).strip()
            whole.report(Code.PROPERTY_PLACE, name=taken[0].key)
        more += taken
        left += rest if taken else (block,)
    return Settings(found=unique((*found.found, *more)), left=tuple(left))


def _spare(item: Item, lines: Sequence[Line]) -> tuple[Block, ...]:
    """Lines under a property that takes none: reported, and read as if they stood one step less deep."""
    first = next(line for line in lines if not line.blank)
    found = blocks(lines)
    head = Line(text=found[0].items[0].head) if isinstance(found[0], Items) else first
    if each := listed(head, tuple(words.CHOICE_ONLY)):
        each.name.report(Code.PROPERTY_PLACE, name=each.key)
    else:
        first.text.report(Code.NEAR_INDENT, _indented(item.line, first.text.text), found=str(first.text))
    return found


def _unlisted(block: Paragraph, known: Sequence[str]) -> list[Property]:
    """``id: klik`` without a hyphen, right under a heading: reported, a message a line."""
    found: list[Property] = []
    for line in block.lines:
        match = _PROPERTY.fullmatch(line.text.text)
        if not match or match["key"].lower() not in known or match["bold"]:
            return found
        line.text.report(
            Code.NEAR_KEYWORD, f"- {match['key'].lower()}: {match['value']}", found=str(line.text)
        )
        value, name = line.text.group(match, "value").strip(), line.text.group(match, "key")
        found.append(Property(key=match["key"].lower(), value=value, name=name, lines=()))
    return found


def unknown(each: Property, known: Sequence[str]) -> str:
    """Report a word that is no setting here; the one it is read as, where it is that close to one."""
    if each.key in words.CHOICE_ONLY:
        under = known is words.SCENARIO and each.key in words.RULE
        each.name.report(
            Code.PROPERTY_PLACE, f"  - {each.key}: {each.value.text}" if under else "", name=each.key
        )
        return ""
    alias = words.ALIASES.get(each.key, "")
    alias = alias if alias in known else ""
    meant = alias or words.nearest(each.key, tuple(known), 0.65)
    each.name.report(
        Code.SETTING_UNKNOWN,
        each.name.instead(meant) if meant else "",
        name=each.key,
        known=", ".join(known),
    )
    return alias or words.nearest(each.key, tuple(known), 0.75)


def unique(found: tuple[Property, ...]) -> tuple[Property, ...]:
    """Each of the words that may stand only once, once; the others reported."""
    kept: dict[str, Property] = {}
    out: list[Property] = []
    for each in found:
        if each.key in kept and each.key not in words.REPEATABLE:
            each.name.report(Code.SETTING_TWICE, name=each.key, line=kept[each.key].name.line)
            continue
        kept.setdefault(each.key, each)
        out.append(each)
    return tuple(out)


def listed(line: Line, known: Sequence[str]) -> Property | None:
    """A line that is a property but for its hyphen."""
    match = _PROPERTY.fullmatch(line.text.text)
    if line.fenced or not match or match["key"].lower() not in known:
        return None
    value, name_ = line.text.group(match, "value").strip(), line.text.group(match, "key")
    return Property(key=match["key"].lower(), value=value, name=name_, lines=())
