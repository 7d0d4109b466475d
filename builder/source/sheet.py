"""What stands at the head of a scenario: people, meters, variables, facts, rules, replays, the case file."""

from __future__ import annotations

import re

from builder.diagnostics import Code
from builder.model.logic import Condition
from builder.model.scenario import DossierItem, Fact, Meter, Person, Replay, Rule, Skip, Variable
from builder.source import keywords as words
from builder.source import properties, values
from builder.source.blocks import Items, blocks, written
from builder.source.lines import Text
from builder.source.links import LINK, ref
from builder.source.logic import MINUS, NAME, condition
from builder.source.properties import Property, Settings
from builder.source.prose import prose

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


def people(found: Settings) -> tuple[Person, ...]:
    each = found.one("personages")
    if each is None:
        return ()
    people: list[Person] = []
    if each.value:
        listed = each.value.split(r",|\s+en\s+")
        values.wrong(each, "- personages:" + "".join(f"\n  - {name}" for name in listed))
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


def meter(each: Property) -> Meter | None:
    value = values.clean(each)
    match = _METER.fullmatch(value.text)
    if not match:
        name = re.match(NAME, value.text)
        values.wrong(each, f"- meter: {name[0] if name else 'vertrouwen'} = 2 (0-5)")
        return _spare_meter(name[0], value) if name else None
    start, low, high = (values.integer(match[group]) for group in ("start", "low", "high"))
    if not low <= start <= high or low == high:
        turned = low >= high
        low, high = min(low, high), max(low, high)
        meant = f"- meter: {match['name']} = {min(max(start, low), high)} ({low}-{high})"
        if turned:
            values.wrong(each, meant)
        else:
            value.report(Code.SETTING_RANGE, meant, found=start, low=low, high=high)
        start = min(max(start, low), high)
    return Meter(name=match["name"], start=start, low=low, high=high, span=value.span())


def _spare_meter(name: str, value: Text) -> Meter:
    """So that nothing is said about the name of a meter whose numbers are wrong."""
    return Meter(name=name, start=0, low=0, high=_LARGEST, span=value.span())


def variable(each: Property) -> Variable | None:
    value = values.clean(each)
    match = _VARIABLE.fullmatch(value.text)
    if match and abs(values.integer(match["start"])) <= _LARGEST:
        return Variable(name=match["name"], start=values.integer(match["start"]), span=value.span())
    name = re.match(NAME, value.text)
    values.wrong(each, f"- variabele: {name[0] if name else 'belofte'} = 0")
    return Variable(name=name[0], start=0, span=value.span()) if name else None


def fact(each: Property) -> Fact | None:
    match = _NAMED.fullmatch(each.value.text)
    if not match or not match["text"]:
        values.wrong(each, "- feit: huisverbod = Mo mag een maand niet naar huis. (Mo)")
        return None
    last = each.value.group(match, "last")
    known_by = tuple(ref(name) for name in last.split(r",|\s+en\s+") if name)
    return Fact(
        name=match["name"], text=" ".join(match["text"].split()), known_by=known_by, span=each.value.span()
    )


def rule(each: Property) -> Rule | None:
    """``regel: naam = tekst (hindert)``, with under it when it is in force."""
    match = _NAMED.fullmatch(each.value.text)
    when = _under_rule(each)
    if not match or not match["text"]:
        values.wrong(each, "- regel: inschrijving = De uitkering begint pas na inschrijving. (hindert)")
        return None
    text = " ".join(match["text"].split())
    last = " ".join((match["last"] or "").lower().split())
    help_ = words.HELP.get(last)
    if help_ is None:
        near = words.nearest(last, tuple(words.HELP), 0.5)
        meant = near or "hindert"
        text = match["text"] if near or not last else f"{match['text']} ({match['last']})"
        values.wrong(each, f"- regel: {match['name']} = {text} ({meant})")
        help_ = words.HELP[meant]
    return Rule(name=match["name"], text=text, help=help_, condition=when, span=each.value.span())


def _under_rule(each: Property) -> Condition | None:
    """The condition indented under a rule; anything else there is reported."""
    found: list[Property] = []
    for block in blocks(each.lines):
        taken, left = properties.take(block, words.RULE) if isinstance(block, Items) else ([], (block,))
        found += taken
        for first in (written(spare)[0] for spare in left):
            first.text.report(Code.PROPERTY_PLACE, name=str(first.text))
    when = next(iter(properties.unique(tuple(found))), None)
    return condition(when.value) if when else None


def replay(each: Property) -> Replay | None:
    match = re.fullmatch(
        r"(?P<person>[^,\[]+?)\s*(?:,?\s*begin:?\s*(?P<begin>.+))?", each.value.text, re.IGNORECASE
    )
    if not match:
        values.wrong(each, "- opnieuw als: Mo, begin: [Scène](#scene)")
        return None
    begin = values.link(each, each.value.group(match, "begin")) if match["begin"] else None
    return Replay(person=ref(each.value.group(match, "person")), begin=begin, span=each.value.span())


def skip(each: Property | None) -> Skip | None:
    if each is None:
        return None
    match = LINK.match(each.value.text)
    summary = each.value.part(match.end()).strip() if match else None
    if not match or not summary:
        start = match[0] if match else "[Scène](#scene)"
        values.wrong(each, f"- overslaan: {start} {'…' if match else each.value.text or '…'}")
        return None
    target = values.link(each, each.value.group(match))
    return Skip(target=target, summary=str(summary)) if target else None


def dossier(each: Property | None) -> tuple[DossierItem, ...]:
    """The answers to the eleven questions, numbered in Markdown's way or with their number and a colon."""
    if each is None:
        return ()
    out: list[DossierItem] = []
    if each.value:
        values.wrong(each, f"- dossier:\n  1. {each.value}")
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
