"""What the values of settings and properties may be.

Each of these reports what is wrong with a value, and gives what is best read on with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from builder.diagnostics import Code
from builder.model.naming import anchor
from builder.model.text import Ref
from builder.source import keywords as words
from builder.source.lines import Line, Text
from builder.source.links import LINK, ref, scene, target_ref, whole_link
from builder.source.logic import MINUS
from builder.source.properties import Property

T = TypeVar("T")

_LOOSE_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\s*\(\s*#*\s*(?P<target>[^()#]+?)\s*\)")
_CURLY = "“”„‟‘’‚‛«»"


def wrong(each: Property, example: str) -> None:
    """Report a value that cannot be understood, with a line that could be."""
    line = each.name.page.lines[each.name.line - 1]
    if example.startswith("- "):
        space = " " * (len(line) - len(line.lstrip()))
        example = "\n".join(space + one for one in example.split("\n"))
    _place(each).report(Code.SETTING_VALUE, example, name=each.key, found=str(each.value))


def _place(each: Property) -> Text:
    return each.value if each.value else each.name


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
    if not value:
        wrong(each, f"- {each.key}: {meant}")
    else:
        known = ", ".join(usual.values())
        _place(each).report(
            Code.SETTING_WORD, value.instead(meant), name=each.key, found=str(value), known=known
        )
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
    plain = anchor(value.text).strip("-")
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
    loose = _LOOSE_LINK.fullmatch(value.text)
    title = (
        found[0].text if found else loose["words"] if loose else re.sub(r"[\[\]()#]", " ", value.text).strip()
    )
    target = anchor(loose["target"] if loose else title)
    if not target:
        wrong(each, "")
        return None
    words_ = title if not re.fullmatch(r"#?[a-z0-9-]+", value.text) else title.replace("-", " ").capitalize()
    wrong(each, value.instead(f"[{words_}](#{scene(value.page, target)})"))
    return Ref(text=target, span=value.span())


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
