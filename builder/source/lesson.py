"""A lesson file, a scenario file, the glossary: from text to values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.diagnostics import Code, Parsed, in_order
from builder.model.accepted import Accepted
from builder.model.course import (
    ActionPlan,
    Block,
    Lesson,
    Option,
    Question,
    ScenarioFile,
    Section,
    Term,
    TrainerNote,
    TryThis,
)  # fmt: skip
from builder.model.reflection import AnswerKind, Keep, Reflection, Scale
from builder.model.scenario import Scenario
from builder.model.text import Prose
from builder.source import blocks as block
from builder.source import keywords as words
from builder.source import properties, values
from builder.source.blocks import Items, blocks, loose
from builder.source.consequences import accepted
from builder.source.headings import Heading, Part, outline
from builder.source.lines import Line, Page, Text, scan
from builder.source.links import whole_link
from builder.source.notes import told
from builder.source.properties import Property
from builder.source.prose import prose
from builder.source.scenario import scenario

_MINUTES = r"(\d{1,3})(?:\s*min(?:\.|uten|uut)?)?"
_LONGEST = 6000
"""Characters that one answer may ask for at most: the room that a whole course has."""
_SCALE = re.compile(
    r"(?P<low>\d{1,3})\s*(?:[-–—]|t/m|tot)\s*(?P<high>\d{1,3})"
    r"(?:\s*\((?P<left>[^()]*?)(?:\s+[-–—]\s+|\s*[–—]\s*)(?P<right>[^()]*?)\))?"
)
_STEPS = 20
_BOX = re.compile(r"\[(?P<mark>[ xX])\]\s+(?P<text>\S.*)", re.DOTALL)
_NEAR_BOX = re.compile(r"[\[(]\s*(?P<mark>[xXvV✓✔*]?)\s*[\])]\s*(?P<text>[^(\s].*)", re.DOTALL)


def parse_lesson(path: str, text: str) -> Parsed[Lesson]:
    """One lesson from the text of its file; ``path`` is what messages and anchors call it.

    Never raises for what an author wrote: a mistake is a diagnostic and what was meant is read on with.
    """
    page = Page.of(path, text)
    parts = outline(scan(page))
    before, rest = parts[0], list(parts[1:])
    if _empty(page):
        return Parsed(value=Lesson(title="", path=path), diagnostics=in_order(told(page)))
    if not rest:
        page.text(1).report(Code.HEADING_LEVEL, "# Titel", found=page.lines[0].strip())
        return Parsed(value=Lesson(title="", path=path), diagnostics=in_order(told(page)))
    _nothing_before(before)
    title = rest.pop(0)
    heading = _heading(title)
    found = properties.late(properties.settings(blocks(title.lines), words.LESSON), words.LESSON)
    if not found.one("id"):
        values.missing(heading.line, "id", f"- id: {heading.anchor}")
    start = [line for each in found.left for line in loose(each)]
    under = []
    while rest and _heading(rest[0]).level > 2:
        under.append(rest.pop(0))
    opening = prose([*start, *_lines(under)])
    lesson_blocks: list[Block] = []
    if opening:
        lesson_blocks.append(Section(title="", anchor="", prose=opening, span=opening.span))
    while rest:
        own = [rest.pop(0)]
        while rest and _heading(rest[0]).level > 2:
            own.append(rest.pop(0))
        lesson_blocks += _blocks(own)
    value = Lesson(
        title=str(heading.title),
        path=path,
        id=values.key(found.one("id")),
        sources=tuple(ref for each in found.all("bron") for ref in values.names(each)),
        minutes=values.number(found.one("duur"), _MINUTES, 1, 600, 0, _minutes(found.value("duur"))),
        goals=tuple(values.text(each) for each in found.all("doel")),
        blocks=tuple(lesson_blocks),
        accepted=accepted(found),
        span=heading.line.text.span(),
    )
    return Parsed(value=value, diagnostics=in_order(told(page)))


def parse_scenario(path: str, text: str) -> Parsed[Scenario | None]:
    """A file with one scenario, written as in a lesson; a title above it (``# …``) is its reader's only."""
    page = Page.of(path, text)
    parts = outline(scan(page), alone=True)
    if _empty(page):
        return Parsed(value=None, diagnostics=in_order(told(page)))
    rest = list(parts[1:])
    if rest:
        _nothing_before(parts[0])
    while rest and _heading(rest[0]).word != "scenario":
        part = rest.pop(0)
        if _heading(part).level > 1 or any(not line.blank for line in part.lines):
            line = _heading(part).line
            line.text.report(Code.HEADING_PLACE, found=str(line.text))
    if not rest:
        page.text(1).report(Code.HEADING_PLACE, "## Scenario: Titel", found=page.lines[0].strip())
        return Parsed(value=None, diagnostics=in_order(told(page)))
    own = [rest.pop(0)]
    while rest and _heading(rest[0]).level > 2:
        own.append(rest.pop(0))
    for part in rest:
        if _heading(part).level <= 2:
            _heading(part).line.text.report(Code.HEADING_PLACE, found=str(_heading(part).line.text))
    return Parsed(value=scenario(_heading(own[0]), own), diagnostics=in_order(told(page)))


def parse_glossary(path: str, text: str) -> Parsed[tuple[Term, ...]]:
    """``glossary.md``: a heading per term, of any level under the title."""
    page = Page.of(path, text)
    parts = [part for part in outline(scan(page)) if part.heading]
    terms = tuple(
        Term(
            name=str(_heading(part).title),
            anchor=_heading(part).anchor,
            prose=prose(part.lines),
            span=_heading(part).line.text.span(),
        )
        for part in parts
        if _heading(part).level > 1
    )
    return Parsed(value=terms, diagnostics=in_order(told(page)))


def _heading(part: Part) -> Heading:
    if part.heading is None:
        raise ValueError("only a file's first part has no heading")
    return part.heading


def _minutes(written: Text | None) -> str:
    """A time in other words as minutes, for an example; dots where it is none we know."""
    text = str(written).lower() if written else ""
    for words_, minutes in (("kwartier", 15), ("anderhalf uur", 90), ("half uur", 30), ("halfuur", 30)):
        if words_ in text:
            return f"{minutes} minuten"
    if match := re.search(r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:uur|u)\b", text):
        return f"{round(float(match[1].replace(',', '.')) * 60)} minuten"
    return "60 minuten" if re.fullmatch(r"(?:een|één) uur", text) else "… minuten"


def _empty(page: Page) -> bool:
    """Whether there is nothing in a file, which is reported."""
    if any(line.strip() for line in page.lines):
        return False
    page.text(1).report(Code.FILE_EMPTY)
    return True


def _nothing_before(part: Part) -> None:
    """Text above the title would be shown nowhere."""
    first = next((line for line in part.lines if not line.blank), None)
    if first:
        first.text.report(Code.TEXT_ABOVE)


def _lines(parts: Sequence[Part]) -> list[Line]:
    """Parts as the lines they are made of, headings included."""
    out: list[Line] = []
    for part in parts:
        out += [_heading(part).line, *part.lines]
    return out


def _blocks(parts: Sequence[Part]) -> tuple[Block, ...]:
    """The block, or blocks, under one heading of level 2."""
    heading = _heading(parts[0])
    span = heading.line.text.span()
    match heading.word:
        case "scenario":
            link = whole_link(heading.title)
            if link is None:
                return (scenario(heading, parts),)
            title, target = link
            rest = prose([*parts[0].lines, *_lines(parts[1:])])
            file = ScenarioFile(title=str(title), target=target.text, span=span)
            return (file, Section(title="", anchor="", prose=rest, span=rest.span)) if rest else (file,)
        case "reflectie":
            return (_reflection(heading, parts),)
        case "vraag":
            return (_question(heading, parts),)
        case "probeer dit":
            text, settled = _section(parts)
            return (TryThis(prose=text, accepted=settled, span=span),)
        case "actieplan":
            text, settled = _section(parts)
            return (ActionPlan(prose=text, accepted=settled, span=span),)
        case "trainer":
            return (TrainerNote(prose=_section(parts, known=())[0], span=span),)
    text, settled = _section(parts)
    name = str(heading.title)
    return (Section(title=name, anchor=heading.anchor, prose=text, accepted=settled, span=span),)


def _section(
    parts: Sequence[Part], known: Sequence[str] = words.SECTION
) -> tuple[Prose, tuple[Accepted, ...]]:
    """Prose with the headings that stand in it, and what its author accepts of it."""
    for each in blocks(parts[0].lines):
        for item in each.items if isinstance(each, Items) else ():
            found = properties.listed(Line(text=item.head), tuple(words.CHOICE_ONLY - {"feedback"}))
            if found:
                item.line.text.report(Code.PROPERTY_PLACE, name=found.key)
    settled = properties.settings(blocks(parts[0].lines), known, plain=True)
    own = [line for each in settled.left for line in loose(each)] if settled.found else parts[0].lines
    return prose([*own, *_lines(parts[1:])]), accepted(settled)


def _reflection(heading: Heading, parts: Sequence[Part]) -> Reflection:
    found = properties.settings(blocks(parts[0].lines), words.REFLECTION, plain=True)
    found = properties.late(found, words.REFLECTION)
    kind = values.word(found.one("antwoord"), words.ANSWER, AnswerKind.OPEN)
    scale, options = _scale(found.one("schaal")), list[Text]()
    left: list[Line] = []
    for each in found.left:
        if kind is AnswerKind.CHOICE and isinstance(each, Items):
            options += [properties.head_of(item)[0] for item in each.items]
        else:
            left += loose(each)
    if kind is AnswerKind.SCALE and not found.one("schaal"):
        values.missing(heading.line, "schaal", "- schaal: 1-5 (nooit – altijd)")
    if kind is AnswerKind.CHOICE and len(options) < 2:
        values.missing(heading.line, "antwoord: keuze", "- Eerste antwoord\n- Tweede antwoord")
    text = prose([*left, *_lines(parts[1:])])
    return Reflection(
        question=str(heading.title),
        anchor=heading.anchor,
        id=values.key(found.one("id")),
        kind=kind,
        keep=values.word(found.one("bewaren"), words.KEEP, Keep.LMS),
        maximum=values.number(found.one("maximaal"), r"(\d{1,4})(?:\s*tekens)?", 1, _LONGEST, 400, "250"),
        scale=scale,
        options=tuple(map(str, options)),
        places=tuple(each.span() for each in options),
        prose=text or None,
        accepted=accepted(found),
        span=heading.line.text.span(),
    )


def _scale(each: Property | None) -> Scale | None:
    if each is None:
        return None
    match = _SCALE.fullmatch(each.value.text)
    if match and 0 < int(match["high"]) - int(match["low"]) < _STEPS:
        left, right = match["left"] or "", match["right"] or ""
        return Scale(low=int(match["low"]), high=int(match["high"]), left=left.strip(), right=right.strip())
    values.wrong(each, "- schaal: 1-5 (nooit – altijd)")
    return Scale(low=1, high=5)


def _question(heading: Heading, parts: Sequence[Part]) -> Question:
    found = properties.settings(blocks(parts[0].lines), words.QUESTION, plain=True)
    found = properties.late(found, words.QUESTION)
    options: list[Option] = []
    left: list[Line] = []
    for each in found.left:
        boxes = isinstance(each, Items) and any(
            _BOX.match(i.head.text) or _NEAR_BOX.match(i.head.text) for i in each.items
        )
        if isinstance(each, Items) and boxes:
            options += map(_option, each.items)
        else:
            left += loose(each)
    if len(options) > 1 and not any(option.correct for option in options):
        place = heading.line.text.page.text(options[0].span.line).strip()
        place.report(Code.QUESTION_ANSWER, f"- [x] {options[0].text}")
    elif len(options) < 2:
        values.missing(heading.line, "- [x]", "- [x] Dit klopt.\n- [ ] Dit klopt niet.")
    text = prose([*left, *_lines(parts[1:])])
    return Question(
        title=str(heading.title),
        anchor=heading.anchor,
        id=values.key(found.one("id")),
        options=tuple(options),
        prose=text or None,
        accepted=accepted(found),
        span=heading.line.text.span(),
    )


def _option(item: block.Item) -> Option:
    head, rest = properties.head_of(item)
    match = _BOX.fullmatch(head.text)
    if match is None:
        near = _NEAR_BOX.fullmatch(head.text)
        correct = bool(near and near["mark"])
        text = near["text"] if near else head.text
        item.line.text.report(
            Code.NEAR_CHOICE, f"- [{'x' if correct else ' '}] {text}", found=str(item.line.text)
        )
    else:
        correct, text = match["mark"] != " ", match["text"]
    feedback = prose(rest)
    return Option(
        text=" ".join(text.split()), correct=correct, feedback=feedback or None, span=item.line.text.span()
    )
