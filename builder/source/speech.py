"""Beats: paragraphs, speech and thoughts, each under its condition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.diagnostics import Code
from builder.model.scenario import Beat, BeatKind, Branch, Guard
from builder.model.text import Ref
from builder.source import keywords as words
from builder.source.blocks import Block, Paragraph, Quote, written
from builder.source.lines import Line, Text, join
from builder.source.logic import condition, is_condition
from builder.source.prose import prose

_SELF = {"je", "jij", "ik"}
_SPEAKER = re.compile(
    r"\*\*(?P<name>[^*_:()\s][^*:()]*?)(?P<thinks>\s+denkt?)?\s*(?:\((?P<emotion>[^()*]*)\))?\s*:\*\*(?:\s+|$)"
)
_LOOSE = re.compile(
    r"(?P<open>[*_]{0,3})\s?(?P<name>[^\W\d_][^*_:()\[\]\n]{0,40}?)[*_]*"
    r"(?P<thinks>\s+(?:denkt?|dacht)\b)?[*_]*\s*(?:\((?P<emotion>[^()*:\n]{0,40})\)?)?(?P<after>\s+denkt?)?"
    r"[*_]*\s*:\s?(?P<close>[*_]{0,3})\s*"
)
_SAYS = re.compile(r"\s+(?:zegt|vraagt|roept|antwoordt|dacht|fluistert)$")
_SECOND = re.compile(r"(?<=\s)\*\*(?P<name>[^\W\d_][^*:()\n]{0,40}?)\s*(?:\([^()*\n]*\))?\s*(?::\*\*|\*\*:)")

_INNER = r"(?:\[[^\]\n]*\]\([^)\n]*\)|[^*\[\n]|\n(?!\n))"
_GUARD = re.compile(rf"\*(?P<inner>(?:als|anders|voor)\b{_INNER}*?)\s*:\*(?:\s+|$)", re.IGNORECASE)
_ROLE = re.compile(r"voor\s+(?P<role>[^,]+?)\s*(?:,\s*(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)
_WHEN = re.compile(r"(?P<else>anders\s+)?als\s+(?P<condition>.+)", re.IGNORECASE | re.DOTALL)
_LOOSE_GUARD = re.compile(
    r"(?P<open>[*_]{0,3}|\()\s?(?P<lead>(?:voor\s+[^,:*_\n]{1,40},\s*)?(?:anders\s+)?(?:als|indien|wanneer)\s+)"
    r"(?P<condition>(?:\[[^\]\n]*\]\([^)\n]*\)|[^*:\[\n])+?)\s*(?P<close>[*_):;]*[*:)_][*_):;]*)(?:\s+|$|(?<=[*:]))",
    re.IGNORECASE,
)
_LOOSE_ELSE = re.compile(r"(?:[*_]{1,3}anders(?:[*_:]{2,})|anders:)(?:\s+|$)", re.IGNORECASE)
_UNCLOSED = re.compile(r"\*(?:anders\s+)?als\s+[^*]*$", re.IGNORECASE)
_PROSE_GUARD = re.compile(
    r"[*_]{1,3}(?:als|anders|voor|tenzij|indien|wanneer|if)\b[^*\n]*:[*_]{1,3}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    ref: Ref
    thinks: bool
    emotion: str
    rest: Text


def beats(body: Sequence[Block], people: frozenset[str]) -> tuple[Beat, ...]:
    """The beats of some blocks, in order. ``people`` are the scenario's names in lower case."""
    found: list[Beat] = []
    at = 0
    while at < len(body):
        block = body[at]
        at += 1
        if isinstance(block, Quote):
            glued = body[at] if at < len(body) else None
            if isinstance(glued, Paragraph) and glued.lines[0].number == block.written[-1].number + 1:
                first = glued.lines[0].text
                first.report(Code.NEAR_QUOTE, f"> {first.text}", found=str(first))
                block = Quote(lines=block.lines + glued.lines, written=block.written + glued.lines)
                at += 1
            found += _quote(block, people, found)
        elif isinstance(block, Paragraph):
            found += _paragraph(block, people, found)
        else:
            text = prose(written(block))
            found.append(Beat(kind=BeatKind.PROSE, prose=text, span=text.span))
    return tuple(found)


def _paragraph(block: Paragraph, people: frozenset[str], before: Sequence[Beat]) -> list[Beat]:
    guard, first, lines = _guarded(block.lines, before)
    if first.text[:1] == ">" and guard:
        place = block.lines[0].text
        place.report(
            Code.NEAR_QUOTE, "> " + re.sub(r":\*\s*>\s?", ":* ", place.text, count=1), found=str(place)
        )
        first = first.part(1).strip()
    speaker = _unquoted_speaker(first, people)
    if speaker:
        place = block.lines[0].text
        place.report(Code.NEAR_QUOTE, f"> {_canonical(place, first, speaker)}", found=str(place))
        return [_speech(speaker, lines, guard, place)]
    text = prose(lines, first)
    return [Beat(kind=BeatKind.PROSE, prose=text, guard=guard, span=block.lines[0].text.span())]


def _quote(block: Quote, people: frozenset[str], before: Sequence[Beat]) -> list[Beat]:
    """One citation: a speech, a thought, or plain words that somebody quotes."""
    groups = _divided(block.lines, people)
    found: list[Beat] = []
    for index, lines in enumerate(groups):
        kept = list(lines)
        while kept and kept[0].blank:
            kept.pop(0)
        if not kept:
            continue
        if kept[0].fenced or kept[0].text.text[:1] == ">":
            text = prose(block.written)
            return [Beat(kind=BeatKind.PROSE, prose=text, span=text.span)]
        guard, first, rest = _guarded(kept, [*before, *found])
        place = kept[0].text
        speaker = _speaker(first, people, place)
        if speaker:
            if index and not found:
                continue
            found.append(_speech(speaker, rest, guard, place))
        else:
            text = prose(rest, first)
            quoted = "\n".join(f"> {line}".rstrip() for line in text.markdown.split("\n"))
            text = type(text)(markdown=quoted, links=text.links, span=text.span)
            found.append(Beat(kind=BeatKind.PROSE, prose=text, guard=guard, span=place.span()))
    return found


def _divided(lines: Sequence[Line], people: frozenset[str]) -> list[list[Line]]:
    """The lines of a citation, apart where a second speaker starts; each such start is reported."""
    groups: list[list[Line]] = [[]]
    spoke = False
    for line in lines:
        start = not line.fenced and not line.blank and _starts_speech(line.text, people)
        if start and spoke:
            line.text.report(Code.NEAR_QUOTE, f"\n> {line.text.text}", found=str(line.text))
            groups.append([])
        spoke = spoke or start or not line.blank
        second = next(_SECOND.finditer(line.text.text), None) if start else None
        if second and not _GUARD.match(line.text.text[: second.start() + 1]):
            rest = line.text.group(second)
            head, tail = line.text.part(0, second.start()).strip(), line.text.part(second.start())
            rest.report(Code.NEAR_QUOTE, f"> {head.text}\n\n> {tail.text}", found=str(rest))
            groups[-1].append(Line(text=head))
            groups.append([Line(text=tail)])
        else:
            groups[-1].append(line)
    return groups


def _starts_speech(text: Text, people: frozenset[str]) -> bool:
    match = _GUARD.match(text.text)
    rest = text.text[match.end() :] if match else text.text
    if _SPEAKER.match(rest):
        return True
    loose = _LOOSE.match(rest)
    return bool(loose and _is_known(loose["name"], people) and (loose["open"] or not loose["close"]))


def _is_known(name: str, people: frozenset[str]) -> bool:
    plain = name.strip().lower()
    return plain in people or plain in _SELF or name.strip() in words.SPEAKERS


def _speaker(first: Text, people: frozenset[str], place: Text) -> Speaker | None:
    """Who speaks or thinks at the start of a citation; a near miss is reported."""
    if match := _SPEAKER.match(first.text):
        name = first.group(match, "name").strip()
        if says := _SAYS.search(name.text):
            thinks = says[0].strip() == "dacht"
            speaker = _made(first, match, name.part(0, says.start()), thinks)
            place.report(Code.NEAR_SPEECH, f"> {_canonical(place, first, speaker)}", found=str(name))
            return speaker
        rest = first.part(match.end())
        if guard := _GUARD.match(rest.text):
            rest.group(guard).strip().report(
                Code.CONDITION_SYNTAX,
                f"> {guard[0].strip()} {match[0].strip()} {rest.text[guard.end() :]}",
                found=guard[0].strip(),
            )
            rest = rest.part(guard.end())
        return Speaker(
            ref=_who(name),
            thinks=bool(match["thinks"]),
            emotion=" ".join((match["emotion"] or "").split()),
            rest=rest,
        )
    match = _LOOSE.match(first.text)
    if not match or not _nearly(match, first.text, people):
        return None
    name = first.group(match, "name").strip()
    says = _SAYS.search(name.text)
    name = name.part(0, says.start()) if says else name
    speaker = _made(first, match, name, bool(match["thinks"] or match["after"]))
    place.report(Code.NEAR_SPEECH, f"> {_canonical(place, first, speaker)}", found=match[0].strip())
    return speaker


def _nearly(match: re.Match[str], text: str, people: frozenset[str]) -> bool:
    """Whether what resembles a speaker is one: a name of the scenario, or bold with a colon of its own."""
    if _is_known(_SAYS.sub("", match["name"]), people):
        return True
    if len(match["name"].split()) > 3:
        return False
    closed = "*" in match[0][len(match["open"]) :]
    bold = match["open"] == "**" or (match["open"] == "*" and match["close"] == "**")
    if bold and (closed or "*" not in text[match.end() :]):
        return True
    return bool((match["thinks"] or match["after"]) and match["open"])


def _unquoted_speaker(first: Text, people: frozenset[str]) -> Speaker | None:
    """A speech that only lacks its ``>``: its name is one of the scenario's, or it thinks in bold."""
    match = _SPEAKER.match(first.text) or _LOOSE.match(first.text)
    if not match:
        return None
    name = first.group(match, "name").strip()
    known = _is_known(name.text, people) and (match.re is _SPEAKER or name.text[0].isupper())
    if not known and not (match["thinks"] and match[0].startswith("**")):
        return None
    thinks = bool(match["thinks"] or (match.re is _LOOSE and match["after"]))
    return _made(first, match, name, thinks)


def _made(first: Text, match: re.Match[str], name: Text, thinks: bool) -> Speaker:
    emotion = " ".join((match["emotion"] or "").split())
    return Speaker(ref=_who(name), thinks=thinks, emotion=emotion, rest=first.part(match.end()))


def _who(name: Text) -> Ref:
    text = str(name)
    return Ref(text=words.SELF if text.lower() in _SELF else text, span=name.span())


def _canonical(line: Text, first: Text, speaker: Speaker) -> str:
    """A line of a citation as it should be written, without its ``>``."""
    guard = line.text[: len(line.text.split("\n")[0]) - len(first.text.split("\n")[0])]
    emotion = f" ({speaker.emotion})" if speaker.emotion else ""
    thinks = " denkt" if speaker.thinks else ""
    return f"{guard}**{speaker.ref.text}{thinks}{emotion}:** {speaker.rest.text.split(chr(10))[0]}".rstrip()


def _speech(speaker: Speaker, lines: Sequence[Line], guard: Guard | None, place: Text) -> Beat:
    text = prose(lines, speaker.rest)
    if not text.markdown.strip():
        place.report(Code.SPEECH_EMPTY, name=speaker.ref.text)
    return Beat(
        kind=BeatKind.THOUGHT if speaker.thinks else BeatKind.SPEECH,
        prose=text,
        speaker=speaker.ref,
        emotion=speaker.emotion,
        guard=guard,
        span=place.span(),
    )


def _guarded(lines: Sequence[Line], before: Sequence[Beat]) -> tuple[Guard | None, Text, tuple[Line, ...]]:
    """The condition that stands first in some lines, what is left of its line, and the lines after that."""
    whole = join(line.text for line in lines)
    if match := _GUARD.match(whole.text):
        guard = _guard(whole.group(match, "inner"), whole.group(match).strip(), before)
        if guard is None:
            return None, lines[0].text, tuple(lines[1:])
        rest = whole.part(match.end())
        if not rest.text.strip():
            whole.report(Code.CONDITION_SYNTAX, f"{whole.text.strip()} …", found=str(whole))
    elif found := _loose_guard(whole, before):
        guard, rest = found
    else:
        near = _PROSE_GUARD.match(whole.text)
        if near:
            whole.group(near).report(Code.NEAR_CONDITION, found=near[0])
        return None, lines[0].text, tuple(lines[1:])
    number = rest.line
    first = rest.part(0, len(rest.text.split("\n")[0]))
    return guard, first, tuple(line for line in lines if line.number > number)


def _loose_guard(whole: Text, before: Sequence[Beat]) -> tuple[Guard | None, Text] | None:
    """A condition whose asterisks or colon are not where they belong: reported with the right line."""
    match = _LOOSE_GUARD.match(whole.text)
    if match and is_condition(match["condition"]) and (match["open"] or ":" in match["close"]):
        place = whole.part(0, match.end()).strip()
        lead = re.sub(r"(?i)\b(indien|wanneer)\b", "als", match["lead"])
        inner = f"{lead}{match['condition'].strip()}"
        place.report(Code.CONDITION_SYNTAX, place.instead(f"*{inner}:*"), found=str(place))
        return _guard(place.mended(inner), place, before), whole.part(match.end())
    if (match := _LOOSE_ELSE.match(whole.text)) and ((before and before[-1].guard) or ":" in match[0]):
        place = whole.group(match).strip()
        place.report(Code.CONDITION_SYNTAX, place.instead("*anders:*"), found=str(place))
        return _guard(place.mended("anders"), place, before), whole.part(match.end())
    if (match := _UNCLOSED.match(whole.text)) and is_condition(match[0]):
        place = whole.part(0, len(whole.text.split("\n")[0]))
        place.report(Code.CONDITION_SYNTAX, found=str(place))
        return None, whole
    return None


def _guard(inner: Text, place: Text, before: Sequence[Beat]) -> Guard | None:
    """What stands between ``*`` and ``:*``; nothing when that is no condition after all (then it is prose)."""
    role, rest = None, inner
    if match := _ROLE.fullmatch(inner.text):
        if not match["role"].strip()[:1].isupper():
            place.report(Code.NEAR_CONDITION, found=str(place))
            return None
        name = inner.group(match, "role").strip()
        role = Ref(text=str(name), span=name.span())
        if match["rest"] is None:
            return Guard(role=role)
        rest = inner.group(match, "rest").strip()
    branch = Branch.IF
    if match := _WHEN.fullmatch(rest.text):
        if not is_condition(match["condition"]):
            place.report(Code.NEAR_CONDITION, found=str(place))
            return None
        value = condition(rest.group(match, "condition"))
        branch = Branch.ELIF if match["else"] else Branch.IF
    elif rest.text.strip().lower() == "anders":
        value, branch = None, Branch.ELSE
    else:
        place.report(Code.NEAR_CONDITION, found=str(place))
        return None
    if branch is not Branch.IF and not _continues(before):
        place.report(Code.CONDITION_CHAIN, found=str(place))
        return Guard(role=role) if role else None
    return Guard(branch=branch, condition=value, role=role)


def _continues(before: Sequence[Beat]) -> bool:
    """Whether the beat right before is under a condition that an ``anders`` can belong to."""
    guard = before[-1].guard if before else None
    return (
        guard is not None
        and guard.branch is not Branch.ELSE
        and (guard.condition is not None or guard.role is None)
    )
