"""A file's headings: their words, levels and anchors, and what stands under each."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from builder.diagnostics import Code
from builder.model.naming import anchor as anchor_of
from builder.source import keywords as words
from builder.source.blocks import marker
from builder.source.lines import Line, Text

_ATX = re.compile(r"(?P<marks>#{1,6})(?P<space>\s+|$)(?P<title>.*?)(?:\s+#+)?\s*")
_TIGHT = re.compile(r"(?P<marks>#{2,6}|#(?=[A-ZÀ-Þ]))(?P<title>[^\s#].*)")
_UNDERLINE = re.compile(r"(?P<mark>=+|-{2,})\s*")
_WORD = re.compile(
    r"(?P<bold>[*_]*)(?P<word>[^\W\d_]+(?: [^\W\d_]+)?)(?P<more>[*_]*)\s*"
    r"(?P<apart>:[*_]*|\s[–—-](?=\s)|$)\s*(?P<title>.*)"
)
_ALONE = ("probeer dit", "actieplan")
"""Words of a lesson that no title follows."""
_TRY = re.compile(r"probeer(?: dit)?(?: (?:eens|zelf|maar|uit|ook|een keer))+[.!:]?", re.IGNORECASE)
_BOLD = re.compile(r"(?P<marks>\*\*|__)(?P<title>[^*_]+?):?(?P=marks):?")
_CHOICE_TO = re.compile(r"[-*+]\s+\[[^\]]*\]\(#(?P<anchor>[^)\s]+)\)\s*")
_SCENARIO_SETTING = re.compile(r"[-*+]\s+(personages|perspectief|meter|begin|opnieuw als)\s*:", re.IGNORECASE)
_SCENE_WORDS = ("scene", "scène", "passage")
_FOREIGN = {
    "ending": "einde", "eind": "einde", "event": "gebeurtenis", "reflection": "reflectie", "question": "vraag",
    "debrief": "nabespreking", "debriefing": "nabespreking",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """``word`` is the keyword it starts with, in lower case, or empty; ``title`` what comes after it."""

    level: int
    word: str
    title: Text
    anchor: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with the lines under it, up to the next heading; only a file's first part may have none."""

    heading: Heading | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A heading as written; ``code`` is what is wrong with it so far."""

    level: int
    title: Text
    line: Line
    lines: tuple[Line, ...]
    code: Code | None


def outline(lines: Sequence[Line], *, alone: bool = False) -> tuple[Part, ...]:
    """The parts of a file in order, each heading at the level and with the keyword that was meant.

    ``alone`` is a file of one scenario: where no heading says so, its first one does.
    """
    targets = {
        match["anchor"]
        for line in lines
        if not line.fenced and (match := _CHOICE_TO.fullmatch(line.text.text))
    }
    before, found = _found(lines, targets)
    parts = [Part(heading=None, lines=before)]
    seen: dict[str, int] = {}
    scenario, debrief, level = False, False, 0
    unsaid = alone and not any(_keyword(each, False, False)[0] == "scenario" for each in found)
    for each in found:
        first = unsaid and each is found[0]
        meant = _meant(each, scenario, debrief, level, targets, first)
        parts.append(Part(heading=_anchored(meant.heading, meant.text, seen), lines=each.lines))
        level = meant.heading.level
        if level <= 2:
            scenario, debrief = meant.heading.word == "scenario", False
        elif level == 3:
            debrief = meant.heading.word == "nabespreking"
    return tuple(parts)


def _found(lines: Sequence[Line], targets: Collection[str]) -> tuple[tuple[Line, ...], list[_Found]]:
    """The lines before the first heading, and every heading with the lines under it."""
    starts: list[tuple[int, int, _Found]] = []
    for index, line in enumerate(lines):
        if line.fenced or line.blank or line.indent > 3:
            continue
        if match := _ATX.fullmatch(line.text.text):
            code = Code.NEAR_HEADING if line.indent or not match["title"] else None
            title, after = line.text.group(match, "title"), index + 1
        elif match := _TIGHT.fullmatch(line.text.text):
            code, title, after = Code.NEAR_HEADING, line.text.group(match, "title").strip(), index + 1
        elif _is_underlined(lines, index):
            code, title, after = Code.NEAR_SETEXT, line.text, index + 2
        elif (match := _BOLD.fullmatch(line.text.text)) and anchor_of(match["title"]) in targets:
            # What stands in bold on a line of its own and is chosen somewhere, is a scene.
            code, title, after = Code.NEAR_HEADING, line.text.group(match, "title"), index + 1
            starts.append((index, after, _Found(level=3, title=title, line=line, lines=(), code=code)))
            continue
        else:
            continue
        level = len(match["marks"]) if match else 1 if lines[index + 1].text.text[0] == "=" else 2
        starts.append((index, after, _Found(level=level, title=title, line=line, lines=(), code=code)))
    ends = ([start for start, _, _ in starts] + [len(lines)])[1:]
    found = [
        replace(each, lines=tuple(lines[after:end]))
        for (_, after, each), end in zip(starts, ends, strict=True)
    ]
    return tuple(lines[: starts[0][0] if starts else len(lines)]), found


def _is_underlined(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if index + 1 == len(lines) or marker(line) or line.indent or line.text.text[0] in ">|#":
        return False
    below = lines[index + 1]
    return not (below.fenced or below.indent) and bool(_UNDERLINE.fullmatch(below.text.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    heading: Heading
    text: str


def _meant(
    each: _Found, scenario: bool, debrief: bool, before: int, targets: Collection[str], first: bool
) -> _Meant:
    """What a heading was meant to be; whatever is wrong with it is one message with the finished line."""
    word, title, text, near = _keyword(each, scenario, debrief)
    code = each.code or (Code.NEAR_KEYWORD if near else None)
    if text.endswith(":") and not near:
        text = text.rstrip(": ")
        title = title.part(0, len(title.text.rstrip(": ")))
        code = code or Code.NEAR_HEADING
    starts = first or (_starts_scenario(each) and each.level <= 2 and before != 0)
    if not word and not near and starts:
        word, text, code = "scenario", f"Scenario: {text}", code or Code.NEAR_KEYWORD
    level = _level(each, word, text, scenario, debrief, before, targets)
    if level != each.level:
        code = code or (Code.NEAR_HEADING if scenario or word else Code.HEADING_LEVEL)
    if code:
        each.line.text.report(code, f"{'#' * level} {text}" if text else "", found=str(each.line.text))
    heading = Heading(level=level, word=word, title=title, anchor="", line=each.line)
    return _Meant(heading=heading, text=text)


def _keyword(each: _Found, scenario: bool, debrief: bool) -> tuple[str, Text, str, bool]:
    """A heading's keyword, the title after it, its whole text as it should be, and whether it was not so."""
    title = each.title
    plain = "", title, title.text.strip(), False
    if not scenario and _TRY.fullmatch(title.text):
        return "probeer dit", title, "Probeer dit", True
    match = _WORD.fullmatch(title.text)
    if not match:
        return plain
    written, rest, apart = match["word"].lower(), title.group(match, "title"), match["apart"].strip()
    if scenario and each.level >= 3 and written in _SCENE_WORDS and apart and rest:
        return "", rest, rest.text, True
    here = dict(words.LESSON_HEADINGS) | dict(words.SCENE_HEADINGS if scenario else {})
    here |= dict(words.DEBRIEF_HEADINGS) if debrief else {}
    if not scenario and each.level >= 3:
        here = {"trainer": 2} | ({"scenario": 2, "reflectie": 2, "vraag": 2} if apart else {})
    word = written if written in here else ""
    near = not word or bool(match["bold"] or match["more"] or apart.strip("*_:")) or len(apart) > 1
    if not word:
        foreign = _FOREIGN.get(written, "")
        word = foreign if foreign in here and (apart or foreign == "nabespreking") else ""
        titled = tuple(each for each in here if (each in words.TITLED) == bool(apart))
        word = word or words.nearest(written, titled, 0.75 if apart else 0.8)
        if not word or each.level == 1:
            return plain
    if word in words.TITLED:
        if not apart and each.level == 1:
            return plain
        text = f"{word.capitalize()}: {rest.text or '…'}"
        return word, rest or title, text if near or not rest else title.text, near or not rest
    if apart and rest and word != "trainer" and not (scenario and word in words.SCENE_HEADINGS):
        return (word, rest, word.capitalize(), True) if word in _ALONE else plain
    return word, title, word.capitalize() if near or apart else title.text, near or bool(apart)


def _level(
    each: _Found, word: str, text: str, scenario: bool, debrief: bool, before: int, targets: Collection[str]
) -> int:
    """The level a heading belongs at."""
    if word in words.LESSON_HEADINGS and word != "trainer":
        return 2
    if word == "trainer":
        return 4 if scenario and each.level > 2 else 2
    if word in words.SCENE_HEADINGS:
        return 3
    if word in words.DEBRIEF_HEADINGS:
        return 4
    if not scenario:
        if before == 0:
            return 1
        return min(max(each.level, 2), before + 1)
    if each.level <= 2:
        return 3 if anchor_of(text) in targets or _offers(each.lines) else 2
    return 3 if not debrief or each.level == 3 else 4


def _offers(lines: Sequence[Line]) -> bool:
    return any(not line.fenced and _CHOICE_TO.fullmatch(line.text.text) for line in lines)


def _starts_scenario(each: _Found) -> bool:
    first = next((line for line in each.lines if not line.blank), None)
    listed: list[Line] = []
    for line in each.lines:
        if line.blank and listed:
            break
        if not line.blank:
            listed.append(line)
    return first is not None and any(_SCENARIO_SETTING.match(line.text.text) for line in listed)


def _anchored(heading: Heading, text: str, seen: dict[str, int]) -> Heading:
    """With its anchor; a second heading of the same words gets ``-1``, as on GitHub."""
    base = anchor = anchor_of(text)
    while anchor in seen:
        seen[base] += 1
        anchor = f"{base}-{seen[base]}"
    seen[anchor] = 0
    return replace(heading, anchor=anchor)
