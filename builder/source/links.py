"""Inside a line: links and names."""

from __future__ import annotations

import re
from difflib import get_close_matches
from urllib.parse import unquote

from builder.model.naming import anchor
from builder.model.text import Link, Ref
from builder.source.lines import Page, Text

LINK = re.compile(
    r"(?P<image>!?)\[(?P<words>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*)\]"
    r"\(\s*(?P<target><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_TARGET = re.compile(r"(?<=\]\()\s*(?:<[^<>\n]*>|[^\s()<>:]*%[\dA-Fa-f]{2}[^\s()<>:]*)")
_SCENE = re.compile(r" {0,3}###\s+(.*?)\s*")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")


def masked(text: str) -> str:
    """``text`` with code spans blanked out, every other character in its place."""
    return _CODE.sub(lambda match: " " * len(match[0]), text)


def scene(page: Page, words: str) -> str:
    """The anchor of the scene of this page that words name, or nearly name; dots where there is none such."""
    headings = (match[1] for line in page.lines if (match := _SCENE.fullmatch(line)))
    anchors = {re.sub(r"^(?:einde|gebeurtenis)-", "", anchor(each)): anchor(each) for each in headings}
    anchors |= {each: each for each in anchors.values()}
    near = get_close_matches(anchor(words), anchors, n=1, cutoff=0.75)
    return anchors[near[0]] if near else "…"


def links(text: Text, shown: str | None = None) -> tuple[Link, ...]:
    """All inline links and images of ``text`` in order, those within a link's words included.

    ``shown`` is the text with what is no Markdown (code) blanked out, where it holds such.
    """
    return tuple(_links(text, masked(text.text) if shown is None else shown, 0))


def _links(text: Text, source: str, offset: int) -> list[Link]:
    found: list[Link] = []
    for match in LINK.finditer(source):
        if match.start() and source[match.start() - 1] == "\\":
            continue
        span = text.span(offset + match.start(), offset + match.end())
        words = match["words"]
        found.append(
            Link(
                words=" ".join(_ESCAPED.sub(lambda m: m[0][1], words).split()),
                target=address(match["target"]),
                image=bool(match["image"]),
                span=span,
            )
        )
        if "](" in words:
            found += _links(text, words, offset + match.start("words"))
    return found


def address(target: str) -> str:
    """A target without its angle brackets; a path as its file is called, without ``%20``."""
    plain = target.strip("<>").strip()
    return plain if ":" in plain or plain.startswith("#") else unquote(plain)


def plain_targets(markdown: str, shown: str) -> str:
    """Markdown with each target as ``address`` has it, in angle brackets only where a space or bracket asks for it.

    ``shown`` is the text with its code blanked out.
    """
    out, at = "", 0
    for match in _TARGET.finditer(shown):
        target = address(match[0].strip())
        out += markdown[at : match.start()] + (f"<{target}>" if re.search(r"[\s()]", target) else target)
        at = match.end()
    return out + markdown[at:]


def ref(text: Text) -> Ref:
    """A name as written, its white space made plain."""
    return Ref(text=str(text), span=text.span())


def whole_link(text: Text) -> tuple[Text, Text] | None:
    """The words and target of a text that is one link and nothing else."""
    match = LINK.fullmatch(text.text)
    if match is None or match["image"]:
        return None
    return text.group(match, "words").strip(), text.group(match, "target")


def target_ref(text: Text) -> Ref:
    """The anchor a link's target names, without ``#``."""
    return Ref(text=text.text.removeprefix("#"), span=text.span())
