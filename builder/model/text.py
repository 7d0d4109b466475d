"""Prose and names as an author wrote them, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.diagnostics import Span

NOWHERE = Span(path="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A name that points to something defined elsewhere.

    ``text`` is what the author wrote (a name, or an anchor without ``#``); ``key`` is what it
    resolves to and is empty until linking.
    """

    text: str
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One Markdown link or image inside prose: its words, its target as written, its place."""

    words: str
    target: str
    image: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """One or more blocks of plain Markdown, without any of the author syntax but its inline links.

    ``markdown`` keeps its lines; ``links`` are all its links and images in order, those to
    ``lokaal:…`` and ``#feit-…`` included. ``lines`` are the places in the file where its lines begin.
    """

    markdown: str
    links: tuple[Link, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)
    lines: tuple[tuple[int, int], ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return bool(self.markdown.strip())
