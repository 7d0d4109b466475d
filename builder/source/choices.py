"""Choices: the link, its properties, and the reaction under it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from builder.diagnostics import Code
from builder.model.naming import anchor
from builder.model.scenario import Beat, Choice
from builder.model.text import Prose, Ref
from builder.source import keywords as words
from builder.source import near, properties, values
from builder.source.blocks import Block, Item, Items, Paragraph, blocks
from builder.source.consequences import accepted, later, learns
from builder.source.effects import effects
from builder.source.lines import Line, Text, join
from builder.source.links import LINK, ref, scene
from builder.source.logic import condition
from builder.source.properties import Property, Settings
from builder.source.prose import both, prose
from builder.source.speech import beats

_FACT = "#feit-"
_LONGEST = 200
"""Characters of a choice that still read on a button."""
_UNLESS = re.compile(r"(?P<rule>.+?)\s*,?\s+tenzij:?\s+(?P<condition>.+)", re.IGNORECASE | re.DOTALL)


def is_choice(item: Item) -> bool:
    """Whether an item is one link to a heading, or starts as one."""
    match = LINK.match(item.head.text)
    return bool(
        match and not match["image"] and match["target"].startswith("#") and _FACT not in match["target"]
    )


def choices(items: Items, people: Mapping[str, str]) -> tuple[tuple[Choice, ...], tuple[Block, ...]]:
    """The choices of a list and, when it has none, the list itself as a block of prose."""
    found: list[Choice] = []
    spare: list[Item] = []
    for item in items.items:
        link = _link(item)
        if not link and (several := near.row(item.head)):
            found += [_bare(item.head, *each) for each in several]
        elif link:
            found.append(_choice(item, *link, people))
        elif prop := properties.property_of(item, words.CHOICE):
            # A property that stands where a choice should: it belongs to the choice above it.
            if prop.key not in words.CHOICE or not (found or prop.key in words.CHOICE_ONLY):
                spare.append(item)
                continue
            instead = f"  - {prop.key}: {prop.value.text}"
            item.line.text.report(Code.PROPERTY_PLACE, instead if found else "", name=prop.key)
            if found:
                found[-1] = _with(found[-1], Settings(found=(prop,), left=()), found[-1].reaction)
        else:
            spare.append(item)
    if not found:
        return (), (items,) if spare else ()
    first = found[0].span.line
    above = tuple(item for item in spare if item.line.number < first)
    if above and _apart(items, first):
        lines = tuple(line for line in items.written if line.number < first)
        spare = [item for item in spare if item not in above]
        before: tuple[Block, ...] = (Items(items=above, written=lines),)
    else:
        before = ()
    for item in spare:
        words_ = str(item.head)
        target = anchor(words_)
        meant = f"- [{words_}](#{scene(item.line.text.page, words_)})" if target else ""
        item.line.text.report(Code.CHOICE_TARGET, meant, found=words_)
    return tuple(found), before


def _bare(place: Text, label: str, target: str) -> Choice:
    """A choice of which only the link is known."""
    return Choice(label=label, target=Ref(text=target, span=place.span()), span=place.span())


def unlisted(block: Paragraph) -> tuple[Choice, ...]:
    """``[Keuze](#x)`` in a paragraph of its own, without its hyphen: reported."""
    first = block.lines[0].text
    match = LINK.fullmatch(first.text)
    if len(block.lines) > 1 or not match:
        return tuple(_bare(first, *each) for each in near.row(join(line.text for line in block.lines)))
    if match["image"] or not match["target"].startswith("#") or match["target"].startswith(_FACT):
        return ()
    first.report(Code.NEAR_CHOICE, f"- {first.text}", found=str(first))
    return (_bare(first, match["words"], match["target"][1:]),)


def _apart(items: Items, number: int) -> bool:
    """Whether an empty line stands above a line of a list: what comes before it is then a list of its own."""
    return any(line.blank and line.number == number - 1 for line in items.written)


def _link(item: Item) -> tuple[Text, Ref] | None:
    """The words and target of an item that is a choice, or was meant as one."""
    head, _ = properties.head_of(item)
    match = LINK.match(head.text)
    if match and not match["image"] and not match["target"].startswith(_FACT):
        label, target = head.group(match, "words").strip(), head.group(match, "target")
        after = head.text[match.end() :].split("\n")[0].strip()
        if not after and not re.fullmatch(r"[^\W\d][\w-]*", target.text):
            if item.number >= 0:
                item.line.text.report(Code.NEAR_CHOICE, f"- {match[0]}", found=str(item.line.text))
            elif not label:
                item.line.text.report(Code.CHOICE_EMPTY, item.head.instead(f"[…]({target.text})"))
            elif not re.match(r"#[^#]", target.text) and (meant := near.anchored(item.head, label, target)):
                return label, Ref(text=meant, span=target.span())
            elif not target.text.startswith("#") or target.text == "#":
                meant = f"[{label}](#{scene(label.page, label.text)})"
                item.line.text.report(Code.CHOICE_TARGET, item.head.instead(meant), found=str(label))
            return label, Ref(text=target.text.removeprefix("#"), span=target.span())
    first = item.head.strip()
    if re.fullmatch(r"\[[^\[\]]+\]", first.text) and first.text.lower() not in ("[x]", "[ ]"):
        title = first.part(1, len(first.text) - 1)
        first.report(
            Code.CHOICE_TARGET,
            first.instead(f"{first.text}(#{scene(title.page, title.text)})"),
            found=str(title),
        )
        return title, Ref(text=anchor(title.text), span=first.span())
    if found := near.choice(first, item.number):
        return first.mended(found[0]), Ref(text=found[1], span=first.span())
    return None


def _choice(item: Item, label: Text, target: Ref, people: Mapping[str, str]) -> Choice:
    head, rest = properties.head_of(item)
    body: list[Block] = []
    after = [
        line for line in item.lines if line.number <= head.marks[-1][1] and line.number > _end(item, head)
    ]
    if after:
        body.append(_glued(after, item))
    body += blocks(rest)
    found: list[Property] = []
    reaction: list[Block] = []
    for block in body:
        if isinstance(block, Items) and (not reaction or _has_property(block)):
            taken, left = properties.take(block, words.CHOICE)
            found += taken
            reaction += left
        elif isinstance(block, Paragraph) and (stray := _unlisted(block)):
            found += stray
        else:
            reaction.append(block)
    settings = Settings(found=properties.unique(tuple(found)), left=())
    choice = Choice(label=str(label), target=target, span=item.line.text.span())
    if len(choice.label) > _LONGEST:
        label.report(Code.CHOICE_LONG, count=len(choice.label), limit=_LONGEST)
    return _with(choice, settings, beats(reaction, people))


def _end(item: Item, head: Text) -> int:
    """The last line of the link that an item starts with."""
    match = LINK.match(head.text)
    return head.part(match.end() - 1).line if match else item.line.number


def _glued(lines: Sequence[Line], item: Item) -> Paragraph:
    """Lines right under a choice without a blank one between: fine when they are indented, else reported."""
    first = lines[0]
    if first.indent <= item.line.indent and not properties.listed(first, words.CHOICE):
        first.text.report(Code.NEAR_INDENT, f"\n  {first.text.text}", found=str(first.text))
    return Paragraph(lines=tuple(lines))


def _has_property(block: Items) -> bool:
    return any(properties.listed(replace(i.line, text=i.head), words.CHOICE) for i in block.items)


def _unlisted(block: Paragraph) -> list[Property]:
    """``effect: …`` under a choice without a hyphen: reported, a message a line."""
    found: list[Property] = []
    for line in block.lines:
        each = properties.listed(line, words.CHOICE)
        if each is None:
            return found
        line.text.report(Code.PROPERTY_PLACE, f"  - {each.key}: {each.value.text}", name=each.key)
        found.append(each)
    return found


def _with(choice: Choice, found: Settings, reaction: tuple[Beat, ...]) -> Choice:
    """A choice with its properties."""
    when, closed, unless = found.one("alleen als"), found.one("dicht door"), found.value("tenzij")
    fallback = when is not None and when.value.text.strip(" .").lower() == "anders"
    rule = closed.value if closed else None
    if rule and (match := _UNLESS.fullmatch(rule.text)):
        rule, unless = rule.group(match, "rule"), rule.group(match, "condition")
    if unless is not None and closed is None and not choice.closed_by:
        each = found.one("tenzij")
        if each:
            each.name.report(Code.SETTING_MISSING, "  - dicht door: …", name="dicht door")
    feedback = found.one("feedback")
    text: Prose | None = prose(feedback.lines, feedback.value) if feedback else None
    return replace(
        choice,
        id=values.key(found.one("id")) or choice.id,
        effects=choice.effects + tuple(each for one in found.all("effect") for each in effects(one.value)),
        condition=condition(when.value) if when and not fallback else choice.condition,
        fallback=fallback or choice.fallback,
        closed_by=ref(rule) if rule else choice.closed_by,
        unless=condition(unless) if unless is not None else choice.unless,
        once=values.word(found.one("eenmalig"), words.YES_NO, choice.once),
        learns=choice.learns + learns(found),
        later=choice.later + tuple(filter(None, map(later, found.all("later")))),
        feedback=both(choice.feedback, text) if text else choice.feedback,
        role=values.name(found.one("voor")) or choice.role,
        accepted=choice.accepted + accepted(found),
        reaction=reaction,
    )
