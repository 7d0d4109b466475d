"""Near misses: what an author meant as syntax and wrote a little differently.

Each is reported once with the finished line, and read as it was meant, so that nothing is said about what only
follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.diagnostics import Code
from builder.model.naming import anchor as anchor_of
from builder.source import foreign
from builder.source import keywords as words
from builder.source.blocks import is_quote, marker
from builder.source.lines import Line, Text
from builder.source.links import LINK

_WIKI = re.compile(r"(?<!!)\[\[(?P<words>[^\[\]|]+)(?:\|(?P<other>[^\[\]|]+))?\]\](?!\()")
_DIRECTIVE = re.compile(
    r"(?P<brace>(?<!\{)\{+[^{}\n]*\}+)|^[ >]*(?P<block>:::.*|!!!\s.*|\?\?\?\s.*|\[![A-Z]+\]\s*$)",
    re.MULTILINE,
)
_APART = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\s+\((?P<target>(?:#|lokaal:|https?://)[^()\n]*)\)")
_SPACED = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\((?P<target>(?:#|lokaal:)[^()\n]*\s[^()\n]*)\)")
_SPACED_PATH = re.compile(
    r"!?\[(?P<words>[^\[\]\n]*)\]\("
    r"(?P<target>[^\s<>\"][^<>\n\"]*?\s[^<>\n\"]*?(?:\.(?:png|jpe?g|gif|webp|svg|md)|(?<=/)[^()<>\n\"]*))\s*\)",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\((?P<words>[^()\n]+)\)\[(?P<target>(?:#|lokaal:)[^\[\]\n]+)\]")

_CHOICES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\[(?P<words>[^\[\]]+)\]\s*\(\s*(?P<target>#[^()]+?)\s*\)",
        r"(?P<words>[^\[\]]+)\]\s*\((?P<target>#[^()]+)\)",
        r"\[(?P<words>[^\[\]]+?)\]?\s*\(?(?P<target>#[\w-]+)\)?",
        r"\[(?P<words>[^\[\]]+)\]\((?P<target>[^\W\d][\w-]*)\)",
        r"\((?P<words>[^()]+)\)\s*\[(?P<target>#[^\[\]]+)\]",
        r"(?P<words>[^\[\]()]+?)\s*\((?P<target>#[\w-]+)\)",
        r"\[(?P<words>[^\[\]]+)\]\(+[^()#\s]*#+(?P<target>[^()#]+)\)+",
        r"(?P<words>[^\[\]()]+?)\s*(?:->|→|=>)\s*(?P<target>#[\w-]+)",
        r"\[(?P<words>[^\[\]]+)\]\s*\[#?(?P<target>[\w-]+)\]",
        r"[*_“”„\"'‘’]+\[(?P<words>[^\[\]]+)\]\((?P<target>#[^()]+)\)[*_“”„\"'‘’.;,]+",
        r"\[(?P<words>[^\[\]]+)\]\s*(?:->|→|=>)\s*(?P<target>#?[\w-]+)",
    )
)
_GUARDED = re.compile(
    r"[*_(]+als\s+(?P<condition>.+?)[:*_)]+\s*(?P<link>\[[^\]]*\]\(#[^)]*\))", re.IGNORECASE
)
_OPEN = re.compile(r"[-*+]\s*\[")
_BULLET = re.compile(
    rf"(?P<bullet>[–—−•·]\s*|-)(?=\[[^\[\]]+\]\s*\(#|(?:{'|'.join(words.CHOICE)})\s*:)", re.IGNORECASE
)
_FACT = "#feit-"


def inline(text: Text, shown: str) -> None:
    """Report what looks like the syntax of another tool, or like a link and is none.

    ``shown`` is the text with its code blanked out.
    """
    if "[[" in shown:
        for match in _WIKI.finditer(shown):
            said, target = match["other"] or match["words"], match["words"]
            place = text.group(match)
            place.report(Code.NEAR_WIKILINK, place.instead(_link(said, target)), found=match[0])
    if "{" in shown or ":::" in shown or "!" in shown or "???" in shown:
        for match in _DIRECTIVE.finditer(shown):
            text.group(match, match.lastgroup or 0).report(Code.NEAR_DIRECTIVE, found=match[0].strip())
    if "[" in shown:
        for pattern in (_APART, _SPACED, _TURNED):
            for match in pattern.finditer(shown):
                place, target = text.group(match), match["target"].strip()
                target = f"#{anchor_of(target)}" if target.startswith("#") else re.sub(r"\s+", "", target)
                place.report(Code.NEAR_LINK, place.instead(f"[{match['words']}]({target})"), found=match[0])
        for match in _SPACED_PATH.finditer(shown):
            if not LINK.match(match[0]) and not match["target"].startswith(("#", "lokaal:")):
                place = text.group(match, "target")
                place.report(Code.NEAR_LINK, place.instead(f"<{match['target']}>"), found=match[0])
    foreign.inline(text, shown)


def choice(text: Text, number: int) -> tuple[str, str] | None:
    """The words and anchor of a list item that was meant as a choice, reported; nothing when it was not.

    ``number`` is that of a numbered item, -1 for a bullet. ``text`` is one line.
    """
    if match := _GUARDED.fullmatch(text.text):
        link = LINK.fullmatch(match["link"])
        if link:
            text.report(
                Code.NEAR_CHOICE,
                f"- {match['link']}\n  - alleen als: {match['condition'].strip()}",
                found=str(text),
            )
            return link["words"], link["target"][1:]
    if match := _WIKI.fullmatch(text.text):
        said, target = match["other"] or match["words"], match["words"]
        text.report(Code.NEAR_WIKILINK, f"- {_link(said, target)}", found=str(text))
        return said, anchor_of(target)
    for pattern in _CHOICES:
        if match := pattern.fullmatch(text.text):
            if match["target"].startswith(_FACT):
                return None
            return _reported(text, match["words"].strip(), match["target"])
    found = [each for each in LINK.finditer(text.text) if each["target"].startswith("#")]
    if len(found) == 1 and not found[0]["image"] and not found[0]["target"].startswith(_FACT) and number < 0:
        match = found[0]
        before, after = text.text[: match.start()].strip(), text.text[match.end() :].strip()
        if match["target"] == "#" or not (before or after):
            return None
        before = re.sub(r"\[[ xX]?\]|[-–—>→:]+$", "", before).strip()
        after = re.sub(r"^[.,;:]+$", "", after)
        said = re.sub(r" (?=[.,;:])", "", " ".join(each for each in (before, match["words"], after) if each))
        return _reported(text, re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", said), match["target"])
    return None


def anchored(text: Text, label: Text, target: Text) -> str:
    """The anchor in a target that has more than an anchor (``##x``, ``les.md#x``), reported; else nothing."""
    match = re.fullmatch(r"(?!https?:)[^#]*#+(?P<anchor>[^#]+)", target.text)
    if not match or target.text == f"#{match['anchor']}":
        return ""
    _reported(text, label.text, match["anchor"])
    return anchor_of(match["anchor"])


def row(text: Text) -> tuple[tuple[str, str], ...]:
    """The words and anchors of links to headings that stand on one line with nothing else: choices, reported."""
    found = [each for each in LINK.finditer(text.text) if each["target"].startswith("#")]
    rest = re.sub(r"\bof\b|[\s|/,;*+–—-]", "", LINK.sub("", text.text))
    if len(found) < 2 or rest or any(each["target"].startswith(_FACT) or each["image"] for each in found):
        return ()
    lines = "\n".join(f"- {each[0]}" for each in found)
    text.report(Code.NEAR_CHOICE, lines, found=str(text))
    return tuple((each["words"], each["target"][1:]) for each in found)


def _reported(text: Text, said: str, target: str) -> tuple[str, str]:
    anchor = anchor_of(target.removeprefix("#"))
    text.report(Code.NEAR_CHOICE, f"- [{said}](#{anchor})", found=str(text))
    return said, anchor


def _link(said: str, target: str) -> str:
    return f"[{said.strip()}](#{anchor_of(target)})"


def indents(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a scene with the indentation that was meant: 0 for a choice, 2 and more for what is under it.

    Each item that stands wrong is reported, and of running text its first line.
    """
    out: list[Line] = []
    under, running = False, False
    for line in map(_bullet, lines):
        choice_like = _is_choice(line)
        meant = line.indent
        if line.fenced or line.blank:
            running = running and line.fenced
        elif choice_like:
            under, running, meant = True, False, 0
        elif line.indent == 0:
            under, running = under and not marker(line) and not out[-1].blank, False
        elif under and line.indent in (1, 3):
            meant = 2
        if meant != line.indent:
            if not running or marker(line):
                line.text.report(Code.NEAR_INDENT, " " * meant + line.text.text, found=str(line.text))
            running = not choice_like
            line = replace(line, indent=meant)
        elif not line.blank:
            running = False
        out.append(line)
    return tuple(out)


def _bullet(line: Line) -> Line:
    """A line whose bullet is no hyphen, or has no space after it, before what can only be a choice or a property."""
    match = None if line.fenced else _BULLET.match(line.text.text)
    if not match:
        return line
    text = f"- {line.text.text[match.end() :]}"
    code = Code.NEAR_CHOICE if match["bullet"].strip() in "-•·" else Code.NEAR_MINUS
    line.text.report(code, " " * line.indent + text, found=str(line.text))
    return replace(line, text=line.text.mended(text))


def _is_choice(line: Line) -> bool:
    """Whether a line is a bullet that starts with a link to a heading, or nearly."""
    if line.fenced or is_quote(line) or not _OPEN.match(line.text.text):
        return False
    return "(#" in line.text.text and "](" + _FACT not in line.text.text
