"""What a choice brings later, who gets to know what, and what may stay: ``later:``, ``weet:`` and ``akkoord:``."""

from __future__ import annotations

import re

from builder.diagnostics import ACCEPTABLE, Code
from builder.model.accepted import Accepted
from builder.model.logic import Condition
from builder.model.scenario import Later, Learns
from builder.source import keywords as words
from builder.source import properties, values
from builder.source.blocks import Items, blocks
from builder.source.effects import effects
from builder.source.lines import Text
from builder.source.links import LINK, ref
from builder.source.logic import condition
from builder.source.properties import Property, Settings

_LATER = re.compile(
    r"(?P<link>\[[^\]]*\]\([^)]*\))\s*(?P<text>.*?)\s*"
    r"\((?P<kind>\w+)\s*,\s*(?P<whom>[^()]+?)\s*,\s*(?P<moment>\w+)\)\.?",
    re.DOTALL,
)
_ACCEPTED = re.compile(r"(?P<code>[\w-]+)\s*,?\s+want\s+(?P<reason>.*\w.*)", re.DOTALL | re.IGNORECASE)
_LEARNS = re.compile(r"(?P<who>.+?)\s+(?P<fact>\S+)", re.DOTALL)


def learns(found: Settings) -> tuple[Learns, ...]:
    """``weet: Mo huisverbod``, with commas for more than one, and under it when they learn it."""
    out: list[Learns] = []
    for each in found.all("weet"):
        when = _when(_under(each, words.LEARNS))
        for part in values.clean(each).split(r","):
            match = _LEARNS.fullmatch(part.text)
            if match:
                who, fact = ref(part.group(match, "who")), ref(part.group(match, "fact"))
                out.append(Learns(who=who, fact=fact, condition=when))
            else:
                values.wrong(each, f"- weet: … {part}".rstrip())
    return tuple(out)


def accepted(found: Settings) -> tuple[Accepted, ...]:
    """``akkoord: dilemma-few, want …``: a warning that its author has looked at, and why it may stay."""
    out: list[Accepted] = []
    known = tuple(str(code) for code in ACCEPTABLE)
    for each in found.all("akkoord"):
        value = values.clean(each)
        match = _ACCEPTED.fullmatch(value.text)
        written = match["code"] if match else value.text.partition(",")[0].partition(" ")[0]
        code = written if written in known else words.nearest(written, known) or str(Code.DILEMMA_FEW)
        if match and code == written:
            reason = " ".join(match["reason"].split())
            out.append(Accepted(code=code, reason=reason, span=each.name.span()))
        else:
            values.wrong(each, f"- akkoord: {code}, want {match['reason'] if match else '…'}")
    return tuple(out)


def later(each: Property) -> Later | None:
    """``later: [Scène](#scene) tekst (bedoeld, Mo, dagen)``, with effects of its own and when it comes under it."""
    value = each.value.strip()
    under = _under(each, words.LATER)
    match = _LATER.fullmatch(value.text)
    if match is None:
        value.report(Code.LATER_SYNTAX, _later_example(value), found=str(value))
        return None
    target = values.link(each, value.group(match, "link"))
    kind, moment = match["kind"].lower(), match["moment"].lower()
    if kind not in words.INTENDED or moment not in words.MOMENT or not match["text"]:
        meant_kind = words.nearest(kind, tuple(words.INTENDED), 0.5) or "bedoeld"
        meant_moment = words.nearest(moment, tuple(words.MOMENT), 0.5) or "dagen"
        place = value.part(match.start("kind") - 1) if match["text"] else value
        text = "" if match["text"] else "… "
        place.report(
            Code.LATER_SYNTAX,
            value.instead(
                f"{match['link']} {text or match['text'] + ' '}({meant_kind}, {match['whom']}, {meant_moment})"
            ),
            found=str(place),
        )
        kind, moment = meant_kind, meant_moment
    if target is None:
        return None
    return Later(
        target=target,
        text=" ".join(match["text"].split()),
        intended=words.INTENDED[kind],
        whom=" ".join(match["whom"].split()),
        moment=words.MOMENT[moment],
        effects=tuple(effect for one in under.all("effect") for effect in effects(one.value)),
        condition=_when(under),
        span=value.span(),
    )


def _later_example(value: Text) -> str:
    """The line with what it lacks."""
    link = LINK.match(value.text)
    text = value.text[link.end() :].strip() if link else value.text
    end = re.search(r"\s*\((?P<parts>[^()]*)\)\.?\s*$", text)
    said = (text[: end.start()] if end else text) or "…"
    kind, moment, whom = "bedoeld", "dagen", []
    for part in re.split(r"\s*,\s*", end["parts"].strip()) if end else ():
        if near := words.nearest(part, tuple(words.INTENDED), 0.75):
            kind = near
        elif near := words.nearest(part, tuple(words.MOMENT), 0.6):
            moment = near
        elif part:
            whom.append(part)
    whole = f"({kind}, {' en '.join(whom) or '…'}, {moment})"
    return value.instead(f"{link[0] if link else '[…](#…)'} {said} {whole}")


def _under(each: Property, known: tuple[str, ...]) -> Settings:
    """The properties indented under another; anything else there is reported."""
    out: list[Property] = []
    for block in blocks(each.lines):
        if not isinstance(block, Items):
            first = block.lines[0]
            first.text.report(Code.NEAR_INDENT, f"\n  {first.text.text}", found=str(first.text))
            continue
        found, left = properties.take(block, known)
        out += found
        for spare in left:
            first = spare.written[0] if isinstance(spare, Items) else spare.lines[0]
            first.text.report(Code.PROPERTY_PLACE, name=str(first.text))
    return Settings(found=properties.unique(tuple(out)), left=())


def _when(under: Settings) -> Condition | None:
    value = under.value("alleen als")
    return None if value is None else condition(value)
