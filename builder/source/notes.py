"""What is left to tell of everything that was noted."""

from __future__ import annotations

from builder.diagnostics import Diagnostic
from builder.source.lines import Page


def told(page: Page) -> tuple[Diagnostic, ...]:
    """A page's notes, but one a line where one of them is a near miss: the others follow from it."""
    near: dict[int, Diagnostic] = {}
    for each in page.notes:
        if each.code.value.startswith("near-"):
            near.setdefault(each.span.line, each)
    return tuple(each for each in page.notes if near.get(each.span.line, each) is each)
