"""A scenario: its settings, scenes, events, endings and debrief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.diagnostics import Code
from builder.model.reflection import Keep
from builder.model.scenario import (
    Back,
    Beat,
    Choice,
    Debrief,
    Scenario,
    Scene,
    SceneKind,
)  # fmt: skip
from builder.model.text import Prose
from builder.source import keywords as words
from builder.source import near, properties, sheet, values
from builder.source.blocks import Block, Items, Paragraph, blocks, loose, written
from builder.source.choices import choices, is_choice, unlisted
from builder.source.consequences import accepted, learns
from builder.source.headings import Heading, Part
from builder.source.lines import Line
from builder.source.logic import condition
from builder.source.properties import Settings
from builder.source.prose import both, prose
from builder.source.speech import beats


def scenario(heading: Heading, parts: Sequence[Part]) -> Scenario:
    """The scenario under ``heading``: ``parts`` are its own part and all up to the next heading of its level."""
    own = near.indents(parts[0].lines)
    found = properties.late(properties.settings(blocks(own), words.SCENARIO), words.SCENARIO)
    people = sheet.people(found)
    names = {person.name.lower(): person.name for person in people}
    opening, choices_ = _content(found.left, names)
    for choice in choices_:
        _misplaced(heading, choice)
    trainer: Prose | None = None
    scenes: list[Scene] = []
    debrief: Debrief | None = None
    for part, under in _grouped(parts[1:]):
        if part.heading is None:
            continue
        word = part.heading.word
        if word == "trainer":
            trainer = both(trainer, prose(part.lines))
        elif word == "nabespreking":
            if debrief is not None:
                part.heading.line.text.report(Code.DEBRIEF_TWICE)
            debrief, note = _debrief(part.heading, part, under)
            trainer = both(trainer, note) if note else trainer
        else:
            scenes.append(_scene(part.heading, part, under, names))
            if any((each.kind, each.title) == (scenes[-1].kind, scenes[-1].title) for each in scenes[:-1]):
                part.heading.line.text.report(Code.SCENE_TWICE, title=scenes[-1].title)
    if not people:
        values.missing(heading.line, "personages", "- personages:\n  - Naam: wie dit is")
    perspective = found.one("perspectief")
    if perspective is None and people:
        values.missing(heading.line, "perspectief", f"- perspectief: {people[0].name}")
    begin = found.one("begin")
    return Scenario(
        title=str(heading.title),
        anchor=heading.anchor,
        id=values.key(found.one("id")),
        people=people,
        perspective=values.name(perspective),
        meters=tuple(filter(None, map(sheet.meter, found.all("meter")))),
        variables=tuple(filter(None, map(sheet.variable, found.all("variabele")))),
        facts=tuple(filter(None, map(sheet.fact, found.all("feit")))),
        rules=tuple(filter(None, map(sheet.rule, found.all("regel")))),
        begin=values.link(begin) if begin else None,
        replays=tuple(filter(None, map(sheet.replay, found.all("opnieuw als")))),
        back=values.word(found.one("terug"), words.BACK, Back.NO),
        dossier=sheet.dossier(found.one("dossier")),
        opening=opening,
        scenes=tuple(scenes),
        debrief=debrief,
        trainer=trainer,
        accepted=accepted(found),
        span=heading.line.text.span(),
    )


def _grouped(parts: Sequence[Part]) -> list[tuple[Part, list[Part]]]:
    """Each scene, event, ending or debrief with the deeper headings under it."""
    groups: list[tuple[Part, list[Part]]] = []
    for part in parts:
        level = part.heading.level if part.heading else 0
        if level > 3 and groups:
            groups[-1][1].append(part)
        else:
            groups.append((part, []))
    return groups


def _content(body: Sequence[Block], people: Mapping[str, str]) -> tuple[tuple[Beat, ...], tuple[Choice, ...]]:
    """What is told, and what can be chosen. Nothing is told after the first choice: that is reported."""
    told: list[Block] = []
    found: list[Choice] = []
    late = False
    for block in body:
        if isinstance(block, Items):
            offered, rest = choices(block, people)
            late = late and not offered
            found += offered
            told += rest
            _not_properties(rest)
        elif isinstance(block, Paragraph) and (bare := unlisted(block)):
            found += bare
        else:
            if found and not late:
                late = True
                first = written(block)[0].text
                first.report(Code.NEAR_INDENT, f"  {first.text}", found=str(first))
            told.append(block)
    return beats(told, people), tuple(found)


def _not_properties(body: Sequence[Block]) -> None:
    """Report the properties and settings in a list of prose: they stand in the wrong place."""
    for block in body:
        for item in block.items if isinstance(block, Items) else ():
            each = properties.listed(Line(text=item.head), (*words.EVENT, *words.CHOICE))
            if each and each.key not in words.CHOICE_ONLY:
                item.line.text.report(Code.PROPERTY_PLACE, name=each.key)


def _scene(heading: Heading, part: Part, under: Sequence[Part], people: Mapping[str, str]) -> Scene:
    kind = {"gebeurtenis": SceneKind.EVENT, "einde": SceneKind.ENDING}.get(heading.word, SceneKind.SCENE)
    known = words.EVENT if kind is SceneKind.EVENT else words.SCENE
    found = properties.settings(blocks(near.indents(part.lines)), known)
    told, offered = _content(found.left, people)
    trainer: Prose | None = None
    for each in under:
        if each.heading is None or each.heading.word != "trainer":
            continue
        if any(isinstance(b, Items) and any(map(is_choice, b.items)) for b in blocks(each.lines)):
            each.heading.line.text.report(Code.HEADING_PLACE, found=str(each.heading.line.text))
            more, extra = _content(blocks(near.indents(each.lines)), people)
            told, offered = told + more, offered + extra
        else:
            trainer = both(trainer, prose(each.lines))
    if kind is SceneKind.ENDING:
        for choice in offered:
            _misplaced(heading, choice)
        offered = ()
    if kind is SceneKind.EVENT and not found.all("bij"):
        values.missing(heading.line, "bij", "- bij: [Scène](#scene)")
    intense = values.word(found.one("intensiteit"), words.INTENSE, False)
    if intense and not found.one("overslaan"):
        values.missing(heading.line, "overslaan", "- overslaan: [Scène](#scene) samenvatting")
    when = found.value("alleen als")
    return Scene(
        title=str(heading.title),
        kind=kind,
        anchor=heading.anchor,
        id=values.key(found.one("id")),
        perspective=values.name(found.one("perspectief")),
        time=values.text(found.one("tijd")),
        intense=intense,
        skip=sheet.skip(found.one("overslaan")),
        learns=learns(found),
        rules=tuple(name for each in found.all("regel") for name in values.names(each)),
        role=values.name(found.one("voor")),
        beats=told,
        choices=offered,
        trainer=trainer,
        at=tuple(target for each in found.all("bij") for target in values.links(each)),
        chance=values.number(found.one("kans"), r"(\d{1,3})\s*%?", 0, 100, 100, "30%"),
        condition=condition(when) if when is not None else None,
        most=_most(found),
        accepted=accepted(found),
        span=heading.line.text.span(),
    )


def _most(found: Settings) -> int:
    """How often an event may come: ``eenmalig`` and ``hoogstens`` say the same of one time."""
    most = values.number(found.one("hoogstens"), r"(\d)\s*(?:keer|maal|x|×)?", 1, 9, 0, "2 keer")
    return 1 if values.word(found.one("eenmalig"), words.YES_NO, False) else most


def _misplaced(heading: Heading, choice: Choice) -> None:
    """A choice where none can be."""
    text = heading.line.text.page.text(choice.span.line).strip()
    text.report(Code.CHOICE_PLACE, found=choice.label, heading=str(heading.line.text))


def _debrief(heading: Heading, part: Part, under: Sequence[Part]) -> tuple[Debrief, Prose | None]:
    """The debrief, and what is said to the trainer under it."""
    said: dict[str, Prose] = {}
    for each in under:
        if each.heading is None:
            continue
        word = each.heading.word
        if word in words.DEBRIEF_HEADINGS or word == "trainer":
            said[word] = both(said.get(word), prose(each.lines))
        else:
            each.heading.line.text.report(Code.DEBRIEF_PART, found=str(each.heading.line.text))
    found = properties.settings(blocks(part.lines), words.DEBRIEF, plain=True)
    found = properties.late(found, words.DEBRIEF)
    opening = prose([line for each in found.left for line in loose(each)])
    debrief = Debrief(
        opening=opening or None,
        feelings=said.get("gevoel"),
        path=said.get("weg"),
        thoughts=said.get("gedachten"),
        what_if=said.get("wat als"),
        keep=values.word(found.one("bewaren"), words.KEEP, Keep.LMS),
        accepted=accepted(found),
        span=heading.line.text.span(),
    )
    return debrief, said.get("trainer")
