"""Prose: what of an author's file is plain Markdown, with its links and their places."""

from __future__ import annotations

from collections.abc import Sequence

from builder.model.text import Prose
from builder.source import near
from builder.source.lines import Line, Text, join
from builder.source.links import links, masked, plain_targets


def prose(lines: Sequence[Line], first: Text | None = None) -> Prose:
    """Lines as plain Markdown, dedented, blank lines around them left off.

    ``first`` goes before them: what was left of a line after its syntax was taken off.
    """
    kept = list(lines)
    while kept and kept[-1].blank:
        kept.pop()
    while first is None and kept and kept[0].blank:
        kept.pop(0)
    base = min((line.indent for line in kept if not line.blank), default=0)
    texts = [] if first is None else [first]
    shown = [] if first is None else [first.text]
    for line in kept:
        text = _padded(line, line.indent - base)
        texts.append(text)
        shown.append(" " * len(text.text) if line.fenced else text.text)
    if not texts:
        return Prose(markdown="")
    whole = join(texts)
    visible = masked("\n".join(shown))
    near.inline(whole, visible)
    at = next((text for text in texts if text), texts[0])
    return Prose(
        markdown=plain_targets(whole.text, visible),
        links=links(whole, visible),
        span=at.strip().span(),
        lines=tuple((line, column) for _, line, column in whole.marks),
    )


def both(one: Prose | None, other: Prose) -> Prose:
    """Two pieces of prose under each other."""
    if one is None:
        return other
    return Prose(
        markdown=f"{one.markdown}\n\n{other.markdown}",
        links=one.links + other.links,
        span=one.span,
        lines=(*one.lines, *one.lines[-1:], *other.lines),
    )


def _padded(line: Line, indent: int) -> Text:
    """A line with ``indent`` spaces before it, that need not stand so in the source."""
    text = line.text
    if not indent or line.blank:
        return text
    _, number, column = text.marks[0]
    return Text(
        page=text.page,
        text=" " * indent + text.text,
        marks=((0, number, column - indent),),
        frozen=text.frozen,
    )
