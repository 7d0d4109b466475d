"""Beats: paragraphs, speech and thoughts, each under its condition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from builder.diagnostics import Code
from builder.model.emotions import EMOTIONS, EXPRESSIONS
from builder.model.scenario import Beat, BeatKind, Guard
from builder.model.text import Ref
from builder.source import keywords as words
from builder.source.blocks import Block, Items, Paragraph, Quote, written
from builder.source.guards import GUARD, always_there, guarded
from builder.source.lines import Line, Text
from builder.source.logic import is_condition
from builder.source.prose import prose

_SELF = {"je", "jij", "ik"}
_SPEAKER = re.compile(
    r"\*\*(?P<name>[^*_:()\s][^*:()]*?)(?P<thinks>\s+denkt?)?\s*(?:\((?P<emotion>[^()*]*)\))?\s*:\*\*(?:\s+|$)"
)
_LOOSE = re.compile(
    r"(?P<open>[*_]{0,3})\s?(?P<name>[^\W\d_][^*_:()\[\]\n]{0,40}?)[*_]*"
    r"(?P<thinks>\s+(?:denkt?|dacht)\b)?[*_]*\s*(?:\((?P<emotion>[^()*:\n]{0,40})\)?)?(?P<after>\s+denkt?)?"
    r"[*_]*\s*(?:[:;]|(?<=\*\*)$)\s?(?P<close>[*_]{0,3})\s*"
)
_SAYS = re.compile(r"\s+(?:zegt|vraagt|roept|antwoordt|dacht|fluistert)$")
_THINKS = re.compile(r"denkt?\b[\s,;:]*", re.IGNORECASE)
"""What stands in the brackets of who thinks, where only the emotion belongs."""
_ONE_A_FACE = ", ".join(known[0] for known in EXPRESSIONS.values())
_QUOTED = re.compile(r"[“„\"‘'«](?P<words>[^“”„\"«»]+)[”\"’'»]\.?", re.DOTALL)
"""Words between quotation marks and nothing else."""
_TRAILING = re.compile(
    r"(?P<said>.*?\S)\s*\((?P<lead>(?:anders\s+)?als)\s+(?P<condition>[^()]+)\)[.!?]?", re.IGNORECASE
)
_SECOND = re.compile(r"(?<=\s)\*\*(?P<name>[^\W\d_][^*:()\n]{0,40}?)\s*(?:\([^()*\n]*\))?\s*(?::\*\*|\*\*:)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    ref: Ref
    thinks: bool
    emotion: Text
    rest: Text


def beats(body: Sequence[Block], people: Mapping[str, str]) -> tuple[Beat, ...]:
    """The beats of some blocks, in order. ``people`` are the scenario's names by their lower case."""
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
            if isinstance(block, Items):
                _listed_speech(block, people)
            found.append(Beat(kind=BeatKind.PROSE, prose=text, span=text.span))
    return tuple(found)


def _trailing(last: Text, first: Text, mark: str) -> None:
    """Report a condition at the end of a block, where it is only shown: ``Kom binnen. (als vertrouwen > 4)``."""
    match = _TRAILING.fullmatch(last.text)
    if match and is_condition(match["condition"]):
        meant = f"{mark}*{match['lead'].lower()} {match['condition'].strip()}:* {match['said']}"
        last.part(match.start("lead") - 1).report(
            Code.NEAR_CONDITION, meant if last is first else "", found=last.text[match.end("said") :].strip()
        )


def _listed_speech(block: Items, people: Mapping[str, str]) -> None:
    """Report the items of a list that are speech: ``- **Mo:** …``."""
    for item in block.items:
        match = _SPEAKER.match(item.head.text)
        if match and _is_known(match["name"], people):
            item.line.text.report(Code.NEAR_QUOTE, f"> {item.head.text}", found=str(item.line.text))


def _paragraph(block: Paragraph, people: Mapping[str, str], before: Sequence[Beat]) -> list[Beat]:
    guard, first, lines = guarded(block.lines, before, people)
    if guard is None:
        _trailing(block.lines[-1].text, block.lines[0].text, "")
    if first.text[:1] == ">" and guard:
        place = block.lines[0].text
        place.report(
            Code.NEAR_QUOTE, "> " + re.sub(r":\*\s*>\s?", ":* ", place.text, count=1), found=str(place)
        )
        first = first.part(1).strip()
    if quoted := _QUOTED.fullmatch(first.text):
        inner = first.group(quoted, "words")
        if _SPEAKER.match(inner.text):
            first = inner
    speaker = _unquoted_speaker(first, people)
    if speaker:
        place = block.lines[0].text
        if quoted:
            place.report(Code.NEAR_SPEECH, f"> {first.text}", found=str(place))
            return [_speech(speaker, lines, guard, place)]
        place.report(Code.NEAR_QUOTE, f"> {_canonical(place, first, speaker)}", found=str(place))
        return [_speech(speaker, lines, guard, place)]
    text = prose(lines, first)
    guard = guard and always_there(guard, block.lines[0].text)
    return [Beat(kind=BeatKind.PROSE, prose=text, guard=guard, span=block.lines[0].text.span())]


def _quote(block: Quote, people: Mapping[str, str], before: Sequence[Beat]) -> list[Beat]:
    """One citation: a speech, a thought, or plain words that somebody quotes."""
    groups = _divided(block.lines, people)
    found: list[Beat] = []
    for lines in groups:
        kept = list(lines)
        while kept and kept[0].blank:
            kept.pop(0)
        if not kept:
            continue
        if (nested := kept[0].text.text[:1] == ">") and _starts_speech(
            innermost := _unmarked(kept[0].text), people
        ):
            kept[0].text.report(Code.NEAR_QUOTE, f"> {innermost.text}", found=str(kept[0].text))
            kept[0] = Line(text=innermost)
        elif nested or kept[0].fenced:
            text = prose(lines if found else block.written)
            found.append(Beat(kind=BeatKind.PROSE, prose=text, span=text.span))
            continue
        guard, first, rest = guarded(kept, [*before, *found], people)
        place = kept[0].text
        if guard is None:
            _trailing(kept[-1].text, kept[0].text, "> ")
        speaker = _speaker(first, people, place)
        if speaker:
            found.append(_speech(speaker, rest, guard, place))
        else:
            if people and not rest and (bare := _QUOTED.fullmatch(first.text)):
                place.report(Code.NEAR_SPEECH, f"> **…:** {bare['words']}", found=str(place))
            text = prose(rest, first)
            quoted = "\n".join(f"> {line}".rstrip() for line in text.markdown.split("\n"))
            text = type(text)(markdown=quoted, links=text.links, span=text.span)
            found.append(Beat(kind=BeatKind.PROSE, prose=text, guard=guard, span=place.span()))
    return found


def _divided(lines: Sequence[Line], people: Mapping[str, str]) -> list[list[Line]]:
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
        if second and not GUARD.match(line.text.text[: second.start() + 1]):
            rest = line.text.group(second)
            head, tail = line.text.part(0, second.start()).strip(), line.text.part(second.start())
            rest.report(Code.NEAR_QUOTE, f"> {head.text}\n\n> {tail.text}", found=str(rest))
            groups[-1].append(Line(text=head))
            groups.append([Line(text=tail)])
        else:
            groups[-1].append(line)
    return groups


def _starts_speech(text: Text, people: Mapping[str, str]) -> bool:
    match = GUARD.match(text.text)
    rest = text.text[match.end() :] if match else text.text
    if _SPEAKER.match(rest):
        return True
    loose = _LOOSE.match(rest)
    return bool(loose and _is_known(loose["name"], people) and (loose["open"] or not loose["close"]))


def _unmarked(text: Text) -> Text:
    """A text without the marks of the citations it is in."""
    while text.text[:1] == ">":
        text = text.part(1).strip()
    return text


def _is_known(name: str, people: Mapping[str, str]) -> bool:
    plain = name.strip().lower()
    return plain in people or plain in _SELF or name.strip() in words.SPEAKERS


def _speaker(first: Text, people: Mapping[str, str], place: Text) -> Speaker | None:
    """Who speaks or thinks at the start of a citation; a near miss is reported."""
    if match := _SPEAKER.match(first.text):
        name = first.group(match, "name").strip()
        if says := _SAYS.search(name.text):
            thinks = says[0].strip() == "dacht"
            speaker = _made(first, match, name.part(0, says.start()), thinks)
            place.report(Code.NEAR_SPEECH, f"> {_canonical(place, first, speaker)}", found=str(name))
            return speaker
        if not match["thinks"] and (inside := _THINKS.match((match["emotion"] or "").strip())):
            speaker = _made(first, match, name, True)
            speaker = replace(speaker, emotion=speaker.emotion.part(inside.end()))
            place.report(Code.NEAR_SPEECH, f"> {_canonical(place, first, speaker)}", found=match[0].strip())
            return speaker
        rest = first.part(match.end())
        if guard := GUARD.match(rest.text):
            rest.group(guard).strip().report(
                Code.CONDITION_SYNTAX,
                f"> {guard[0].strip()} {match[0].strip()} {rest.text[guard.end() :]}",
                found=guard[0].strip(),
            )
            rest = rest.part(guard.end())
        return replace(_made(first, match, name, bool(match["thinks"])), rest=rest)
    match = _LOOSE.match(first.text)
    if not match or not _nearly(match, first.text, people):
        return None
    name = first.group(match, "name").strip()
    says = _SAYS.search(name.text)
    name = name.part(0, says.start()) if says else name
    speaker = _made(first, match, name, bool(match["thinks"] or match["after"]))
    place.report(Code.NEAR_SPEECH, f"> {_canonical(place, first, speaker)}", found=match[0].strip())
    return speaker


def _nearly(match: re.Match[str], text: str, people: Mapping[str, str]) -> bool:
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


def _unquoted_speaker(first: Text, people: Mapping[str, str]) -> Speaker | None:
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
    emotion = first.group(match, "emotion").strip()
    rest = first.part(match.end())
    if (
        match.re is _LOOSE
        and not match["close"]
        and rest.text.count("*") in (1, 2)
        and rest.text.endswith("*")
    ):
        # The emphasis that was closed at the end of the line was meant to be closed after the name.
        rest = rest.part(0, len(rest.text.rstrip("*")))
    return Speaker(ref=_who(name), thinks=thinks, emotion=emotion, rest=rest)


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
    if guard and not speaker.thinks:
        guard = always_there(guard, place)
    return Beat(
        kind=BeatKind.THOUGHT if speaker.thinks else BeatKind.SPEECH,
        prose=text,
        speaker=speaker.ref,
        emotion=_emotion(speaker.emotion),
        guard=guard,
        span=place.span(),
    )


def _emotion(word: Text) -> str:
    """How somebody says or thinks it; a word for which there is no expression is reported, and shown all the same."""
    if word and str(word).casefold() not in EMOTIONS:
        near = words.nearest(str(word), tuple(EMOTIONS))
        word.report(Code.EMOTION_UNKNOWN, word.instead(near) if near else "", name=word, known=_ONE_A_FACE)
    return str(word)
