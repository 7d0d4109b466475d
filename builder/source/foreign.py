"""Markdown of other programs that would be shown raw or vanish here, and what belongs to a municipality alone."""

from __future__ import annotations

import re

from builder.diagnostics import Code
from builder.source.lines import Text
from builder.source.links import LINK

_STRUCK = re.compile(r"~~(?P<words>[^~\n]+)~~")
_TASK = re.compile(r"^[ >]*(?:[-*+]|\d{1,9}[.)])\s+(?P<box>\[[ xX]\]\s+)(?=\S)", re.MULTILINE)
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\](?!:)")
_NOTED = re.compile(r"^[ >]*\[\^(?P<name>[^\]\s]+)\]:", re.MULTILINE)
_DEFINED = re.compile(r"^[ >]*\[(?P<words>[^\]^\n][^\]\n]*)\]:[ \t]+(?P<target>\S+).*$", re.MULTILINE)
_OWN = re.compile(
    r"(?<![\w.@/+-])(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:\+31[ -]?(?:\(0\))?|\(?0)(?!800|900)[1-9](?:[ ()-]{0,2}\d){7,8}(?![\d-]))"
)


def inline(text: Text, shown: str) -> None:
    """Report it, the first of each kind in a piece of prose; ``shown`` is the text with its code blanked out."""
    if match := _STRUCK.search(shown):
        place = text.group(match)
        place.report(Code.NEAR_DIRECTIVE, place.instead(match["words"]), found=match[0])
    if match := _TASK.search(shown):
        place = text.group(match, "box")
        place.report(Code.NEAR_DIRECTIVE, place.instead(""), found=match["box"].strip())
    noted = {match["name"] for match in _NOTED.finditer(shown)}
    for match in _NOTE.finditer(shown):
        if match["name"] not in noted:
            text.group(match).report(Code.NEAR_FOOTNOTE, found=match[0])
    for match in _DEFINED.finditer(shown):
        place = text.group(match).strip()
        meant = f"[{match['words']}]({match['target']})"
        place.report(Code.NEAR_LINK, meant, found=match[0].strip())
    bare = LINK.sub(lambda link: " " * len(link[0]), shown)
    for match in _OWN.finditer(bare):
        text.group(match).report(Code.LOCAL_TYPED, found=match[0])
