"""``- woord: waarde`` lines: settings under a heading and properties under a choice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from builder.diagnostics import Code
from builder.model.text import Ref
from builder.source import keywords as words
from builder.source.blocks import Block, Item, Items, Paragraph, blocks
from builder.source.lines import Line, Text, join
from builder.source.links import LINK, ref, slug, target_ref, whole_link
from builder.source.logic import MINUS

T = TypeVar("T")

_PROPERTY = re.compile(
    r"(?P<bold>[*_`]*)(?P<key>[^\W\d_][^\W\d_]*(?: [^\W\d_]+){0,2})\s*(?P<more>[*_`]*)\s*:(?P<last>[*_`]*)"
    r"(?P<space>\s*)(?P<value>.*)",
    re.DOTALL,
)
_NESTED = frozenset({"personages", "dossier", "later", "feedback"})
"""Properties that lines of their own may stand under."""
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
        (line for line in item.lines if line.number == value.marks[-1][1] and line is not item.line), None
    )
    if key in known and lazy and lazy.indent <= item.line.indent:
        lazy.text.report(
            Code.NEAR_INDENT, f"\n{' ' * item.line.indent}{lazy.text.text}", found=str(lazy.text)
        )
    return Property(key=key, value=value, name=name, lines=rest)


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
    for item in items.items:
        each = property_of(item, known)
        if each is None:
            break
        if each.key in known:
            found.append(each)
            if each.key not in _NESTED and any(not line.blank for line in each.lines):
                spare += _spare(item, each.lines)
        elif plain and not found and not words.nearest(each.key, tuple(known)):
            break
        else:
            if meant := unknown(each, known):
                found.append(replace(each, key=meant))
        count += 1
    rest = items.items[count:]
    if count and rest:
        lines = tuple(line for line in items.written if line.number >= rest[0].line.number)
        spare.append(Items(items=rest, written=lines))
    elif not count:
        return [], (items,)
    return found, tuple(spare)


def _spare(item: Item, lines: Sequence[Line]) -> tuple[Block, ...]:
    """Lines under a property that takes none: reported, and read as if they stood one step less deep."""
    first = next(line for line in lines if not line.blank)
    first.text.report(Code.NEAR_INDENT, _indented(item.line, first.text.text), found=str(first.text))
    return blocks(lines)


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
        each.name.report(Code.PROPERTY_PLACE, name=each.key)
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


# What values may be. Each of these reports what is wrong and gives what is best read on with.


def wrong(each: Property, example: str) -> None:
    """Report a value that cannot be understood, with a line that could be."""
    place = each.value if each.value else each.name
    line = each.name.page.lines[each.name.line - 1]
    if example.startswith("- "):
        space = " " * (len(line) - len(line.lstrip()))
        example = "\n".join(space + one for one in example.split("\n"))
    place.report(Code.SETTING_VALUE, example, name=each.key, found=str(each.value))


def clean(each: Property) -> Text:
    """A value that is syntax, without the quotes somebody put around it."""
    value = each.value.strip()
    if len(value.text) > 1 and value.text[0] in _CURLY + "\"'" and value.text[-1] in _CURLY + "\"'":
        inner = value.part(1, len(value.text) - 1).strip()
        if value.text[0] in _CURLY or value.text[-1] in _CURLY:
            value.report(Code.NEAR_CURLY, value.instead(inner.text), found=str(value))
        else:
            value.report(Code.SETTING_VALUE, value.instead(inner.text), name=each.key, found=str(value))
        return inner
    return value


def word(each: Property | None, allowed: Mapping[str, T], default: T) -> T:
    """One of a closed list of words."""
    if each is None:
        return default
    value = clean(each)
    if value.text.lower() in allowed:
        return allowed[value.text.lower()]
    near = words.nearest(str(value), tuple(allowed), 0.6)
    # Of two spellings of one word, the first is the one to write.
    usual: dict[T, str] = {}
    for one, meaning in allowed.items():
        usual.setdefault(meaning, one)
    meant = usual[allowed[near] if near else default if default in usual else next(iter(usual))]
    wrong(each, value.instead(meant) if value else f"- {each.key}: {meant}")
    return allowed.get(meant, default)


def number(each: Property | None, pattern: str, low: int, high: int, default: int, example: str) -> int:
    """A whole number from ``low`` to ``high``; ``pattern`` has it as its first group."""
    if each is None:
        return default
    value = clean(each)
    match = re.fullmatch(pattern, value.text, re.IGNORECASE)
    if match and low <= int(match[1]) <= high:
        return int(match[1])
    wrong(each, f"- {each.key}: {example}")
    return default


def name(each: Property | None) -> Ref | None:
    """A name of something."""
    if each is None:
        return None
    value = clean(each)
    if value:
        return ref(value)
    wrong(each, "")
    return None


def names(each: Property) -> tuple[Ref, ...]:
    """Names with commas, or ``en``, between them."""
    found = tuple(ref(part) for part in clean(each).split(r",|\s+en\s+") if part)
    if not found:
        wrong(each, "")
    return found


def key(each: Property | None) -> str:
    """An ``id``: lower-case letters, digits and hyphens."""
    if each is None:
        return ""
    value = clean(each)
    plain = slug(value.text).strip("-")
    if value.text and value.text == plain and plain.isascii() and len(plain) <= 60:
        return plain
    meant = plain.encode("ascii", "ignore").decode()[:60]
    place = value or each.name
    place.report(
        Code.SETTING_VALUE, value.instead(meant) if value and meant else "", name=each.key, found=str(value)
    )
    return meant


def link(each: Property, text: Text | None = None) -> Ref | None:
    """A value, or ``text`` as part of it, that is one link to a heading."""
    value = (text or each.value).strip()
    found = whole_link(value)
    if found and found[1].text.startswith("#") and len(found[1].text) > 1:
        return target_ref(found[1])
    title = found[0].text if found else re.sub(r"[\[\]()#]", " ", value.text).strip()
    if not slug(title):
        wrong(each, "")
        return None
    words_ = title if not re.fullmatch(r"#?[a-z0-9-]+", value.text) else title.replace("-", " ").capitalize()
    wrong(each, value.instead(f"[{words_}](#{slug(title)})"))
    return Ref(text=slug(title), span=value.span())


def links(each: Property) -> tuple[Ref, ...]:
    """Links to headings with commas between them."""
    found = list(LINK.finditer(each.value.text))
    between = LINK.sub("", each.value.text)
    if found and not re.sub(r",|\ben\b|\s", "", between):
        return tuple(filter(None, (link(each, each.value.group(match)) for match in found)))
    one = link(each)
    return (one,) if one else ()


def text(each: Property | None) -> str:
    """A value that is plain text."""
    if each is None:
        return ""
    if not each.value:
        wrong(each, f"- {each.key}: …")
    return str(each.value)


def missing(line: Line, key: str, example: str) -> None:
    """A setting that must be there."""
    line.text.report(Code.SETTING_MISSING, example, name=key)


def integer(written: str) -> int:
    """A whole number whatever its minus looks like; the pattern that found it decides how long it can be."""
    return int(re.sub(rf"[-{MINUS}]", "-", written))


def listed(line: Line, known: Sequence[str]) -> Property | None:
    """A line that is a property but for its hyphen."""
    match = _PROPERTY.fullmatch(line.text.text)
    if line.fenced or not match or match["key"].lower() not in known:
        return None
    value, name_ = line.text.group(match, "value").strip(), line.text.group(match, "key")
    return Property(key=match["key"].lower(), value=value, name=name_, lines=())
