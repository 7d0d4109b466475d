"""A scenario: its settings, scenes, events, endings and debrief."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from builder.diagnostics import Code
from builder.model.scenario import (
    Back,
    Beat,
    Choice,
    Debrief,
    DossierItem,
    Fact,
    Meter,
    Person,
    Replay,
    Rule,
    Scenario,
    Scene,
    SceneKind,
    Skip,
    Variable,
)  # fmt: skip
from builder.model.text import Prose
from builder.source import keywords as words
from builder.source import near, properties
from builder.source.blocks import Block, Items, Paragraph, blocks, written
from builder.source.choices import choices, is_choice, learns, unlisted
from builder.source.headings import Heading, Part
from builder.source.lines import Line, Text
from builder.source.links import LINK, ref
from builder.source.logic import MINUS, NAME, condition
from builder.source.properties import Property, Settings
from builder.source.prose import both, prose
from builder.source.speech import beats

_NUMBER = rf"[-{MINUS}]?\d{{1,4}}"
_METER = re.compile(
    rf"(?P<name>{NAME})\s*=\s*(?P<start>{_NUMBER})\s*\((?P<low>{_NUMBER})\s*[-–—]\s*(?P<high>{_NUMBER})\)"
)
_VARIABLE = re.compile(rf"(?P<name>{NAME})\s*=\s*(?P<start>{_NUMBER})")
_NAMED = re.compile(rf"(?P<name>{NAME})\s*=\s*(?P<text>.*?)(?:\s*\((?P<last>[^()]*)\)\.?)?", re.DOTALL)
_LARGEST = 999
_PERSON = re.compile(r"(?P<name>[^:]+?)\s*(?::\s*(?P<description>.*))?", re.DOTALL)
_QUESTIONS = 11
"""A case answers eleven questions."""


def scenario(heading: Heading, parts: Sequence[Part]) -> Scenario:
    """The scenario under ``heading``: ``parts`` are its own part and all up to the next heading of its level."""
    own = near.indents(parts[0].lines)
    found = properties.settings(blocks(own), words.SCENARIO)
    people = _people(found)
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
                part.heading.line.text.report(Code.HEADING_PLACE, found=str(part.heading.line.text))
            debrief, note = _debrief(part.heading, part, under)
            trainer = both(trainer, note) if note else trainer
        else:
            scenes.append(_scene(part.heading, part, under, names))
    if not people:
        properties.missing(heading.line, "personages", "- personages:\n  - Naam: wie dit is")
    perspective = found.one("perspectief")
    if perspective is None and people:
        properties.missing(heading.line, "perspectief", f"- perspectief: {people[0].name}")
    begin = found.one("begin")
    return Scenario(
        title=str(heading.title),
        anchor=heading.anchor,
        id=properties.key(found.one("id")),
        people=people,
        perspective=properties.name(perspective),
        meters=tuple(filter(None, map(_meter, found.all("meter")))),
        variables=tuple(filter(None, map(_variable, found.all("variabele")))),
        facts=tuple(filter(None, map(_fact, found.all("feit")))),
        rules=tuple(filter(None, map(_rule, found.all("regel")))),
        begin=properties.link(begin) if begin else None,
        replays=tuple(filter(None, map(_replay, found.all("opnieuw als")))),
        back=properties.word(found.one("terug"), words.BACK, Back.NO),
        dossier=_dossier(found.one("dossier")),
        opening=opening,
        scenes=tuple(scenes),
        debrief=debrief,
        trainer=trainer,
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
    for block in body:
        if isinstance(block, Items):
            offered, rest = choices(block, people)
            found += offered
            told += rest
            _not_properties(rest)
        elif isinstance(block, Paragraph) and (bare := unlisted(block)):
            found += bare
        else:
            if found:
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
        properties.missing(heading.line, "bij", "- bij: [Scène](#scene)")
    intense = properties.word(found.one("intensiteit"), words.INTENSE, False)
    if intense and not found.one("overslaan"):
        properties.missing(heading.line, "overslaan", "- overslaan: [Scène](#scene) samenvatting")
    when = found.value("alleen als")
    return Scene(
        title=str(heading.title),
        kind=kind,
        anchor=heading.anchor,
        id=properties.key(found.one("id")),
        perspective=properties.name(found.one("perspectief")),
        time=properties.text(found.one("tijd")),
        intense=intense,
        skip=_skip(found.one("overslaan")),
        learns=learns(found),
        rules=tuple(name for each in found.all("regel") for name in properties.names(each)),
        role=properties.name(found.one("voor")),
        beats=told,
        choices=offered,
        trainer=trainer,
        at=tuple(target for each in found.all("bij") for target in properties.links(each)),
        chance=properties.number(found.one("kans"), r"(\d{1,3})\s*%?", 0, 100, 100, "30%"),
        condition=condition(when) if when is not None else None,
        once=properties.word(found.one("eenmalig"), words.YES_NO, False),
        span=heading.line.text.span(),
    )


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
            each.heading.line.text.report(Code.HEADING_PLACE, found=str(each.heading.line.text))
    opening = prose(part.lines)
    debrief = Debrief(
        opening=opening or None,
        feelings=said.get("gevoel"),
        path=said.get("weg"),
        thoughts=said.get("gedachten"),
        what_if=said.get("wat als"),
        span=heading.line.text.span(),
    )
    return debrief, said.get("trainer")


def _people(found: Settings) -> tuple[Person, ...]:
    each = found.one("personages")
    if each is None:
        return ()
    people: list[Person] = []
    if each.value:
        listed = each.value.split(r",|\s+en\s+")
        properties.wrong(each, "- personages:" + "".join(f"\n  - {name}" for name in listed))
        people += [Person(name=str(name), span=name.span()) for name in listed if name]
    for block in blocks(each.lines):
        for item in block.items if isinstance(block, Items) else ():
            head, _ = properties.head_of(item)
            match = _PERSON.fullmatch(head.text)
            if not match or re.search(r"[*_]{2}|\s[–—-]\s", match["name"]):
                meant = re.sub(r"\s[–—-]\s", ": ", re.sub(r"[*_]{2}", "", head.text), count=1)
                head.report(Code.SETTING_VALUE, f"  - {meant}", name="personages", found=str(head))
                match = _PERSON.fullmatch(meant)
            if match:
                description = " ".join((match["description"] or "").split())
                people.append(
                    Person(name=" ".join(match["name"].split()), description=description, span=head.span())
                )
        if not isinstance(block, Items):
            for line in written(block):
                line.text.report(
                    Code.SETTING_VALUE, f"  - {line.text.text}", name="personages", found=str(line.text)
                )
    return tuple(people)


def _meter(each: Property) -> Meter | None:
    value = properties.clean(each)
    match = _METER.fullmatch(value.text)
    if not match:
        name = re.match(NAME, value.text)
        properties.wrong(each, f"- meter: {name[0] if name else 'vertrouwen'} = 2 (0-5)")
        return _spare_meter(name[0], value) if name else None
    start, low, high = (properties.integer(match[group]) for group in ("start", "low", "high"))
    if not low <= start <= high or low == high:
        low, high = min(low, high), max(low, high)
        properties.wrong(each, f"- meter: {match['name']} = {min(max(start, low), high)} ({low}-{high})")
        start = min(max(start, low), high)
    return Meter(name=match["name"], start=start, low=low, high=high, span=value.span())


def _spare_meter(name: str, value: Text) -> Meter:
    """So that nothing is said about the name of a meter whose numbers are wrong."""
    return Meter(name=name, start=0, low=0, high=_LARGEST, span=value.span())


def _variable(each: Property) -> Variable | None:
    value = properties.clean(each)
    match = _VARIABLE.fullmatch(value.text)
    if match and abs(properties.integer(match["start"])) <= _LARGEST:
        return Variable(name=match["name"], start=properties.integer(match["start"]), span=value.span())
    name = re.match(NAME, value.text)
    properties.wrong(each, f"- variabele: {name[0] if name else 'belofte'} = 0")
    return Variable(name=name[0], start=0, span=value.span()) if name else None


def _fact(each: Property) -> Fact | None:
    match = _NAMED.fullmatch(each.value.text)
    if not match or not match["text"]:
        properties.wrong(each, "- feit: huisverbod = Mo mag een maand niet naar huis. (Mo)")
        return None
    last = each.value.group(match, "last")
    known_by = tuple(ref(name) for name in last.split(r",|\s+en\s+") if name)
    return Fact(
        name=match["name"], text=" ".join(match["text"].split()), known_by=known_by, span=each.value.span()
    )


def _rule(each: Property) -> Rule | None:
    match = _NAMED.fullmatch(each.value.text)
    last = " ".join((match["last"] or "").lower().split()) if match else ""
    if match and match["text"] and last in words.HELP:
        text = " ".join(match["text"].split())
        return Rule(name=match["name"], text=text, help=words.HELP[last], span=each.value.span())
    near = words.nearest(last, tuple(words.HELP), 0.5)
    meant = near or "hindert"
    if match and match["text"]:
        text = match["text"] if near or not last else f"{match['text']} ({match['last']})"
        properties.wrong(each, f"- regel: {match['name']} = {text} ({meant})")
        return Rule(name=match["name"], text=text, help=words.HELP[meant], span=each.value.span())
    properties.wrong(each, "- regel: inschrijving = De uitkering begint pas na inschrijving. (hindert)")
    return None


def _replay(each: Property) -> Replay | None:
    match = re.fullmatch(
        r"(?P<person>[^,\[]+?)\s*(?:,?\s*begin:?\s*(?P<begin>.+))?", each.value.text, re.IGNORECASE
    )
    if not match:
        properties.wrong(each, "- opnieuw als: Mo, begin: [Scène](#scene)")
        return None
    begin = properties.link(each, each.value.group(match, "begin")) if match["begin"] else None
    return Replay(person=ref(each.value.group(match, "person")), begin=begin, span=each.value.span())


def _skip(each: Property | None) -> Skip | None:
    if each is None:
        return None
    match = LINK.match(each.value.text)
    summary = each.value.part(match.end()).strip() if match else None
    if not match or not summary:
        start = match[0] if match else "[Scène](#scene)"
        properties.wrong(each, f"- overslaan: {start} {'…' if match else each.value.text or '…'}")
        return None
    target = properties.link(each, each.value.group(match))
    return Skip(target=target, summary=str(summary)) if target else None


def _dossier(each: Property | None) -> tuple[DossierItem, ...]:
    """The answers to the eleven questions, numbered in Markdown's way or with their number and a colon."""
    if each is None:
        return ()
    out: list[DossierItem] = []
    if each.value:
        properties.wrong(each, f"- dossier:\n  1. {each.value}")
    for block in blocks(each.lines):
        if not isinstance(block, Items):
            for line in written(block):
                line.text.report(
                    Code.SETTING_VALUE, f"  1. {line.text.text}", name="dossier", found=str(line.text)
                )
            continue
        for item in block.items:
            text = prose(item.lines, item.head)
            bullet = re.match(r"(\d{1,2})\s*[:.)]?\s+", text.markdown) if item.number < 0 else None
            number = int(bullet[1]) if bullet else item.number
            if not 1 <= number <= _QUESTIONS or number in {one.number for one in out}:
                free = next((n for n in range(1, _QUESTIONS + 1) if n not in {one.number for one in out}), 1)
                item.line.text.report(
                    Code.SETTING_VALUE,
                    f"  {free}. {item.head.text}",
                    name="dossier",
                    found=str(item.line.text),
                )
                continue
            words_ = text.markdown[bullet.end() :] if bullet else text.markdown
            out.append(DossierItem(number=number, text=" ".join(words_.split())))
    return tuple(out)
