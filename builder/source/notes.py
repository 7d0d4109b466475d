"""What is left to tell of everything that was noted."""

from __future__ import annotations

from builder.diagnostics import Code, Diagnostic
from builder.source.lines import Page


def told(page: Page) -> tuple[Diagnostic, ...]:
    """A page's notes: only one of a line where one is a near miss or an unknown word, and none after code that never
    ends, because the others follow from it.
    """
    ends = [each.span.line for each in page.notes if each.code is Code.NEAR_UNCLOSED]
    notes = [each for each in page.notes if not ends or each.span.line <= min(ends)]
    near: dict[int, Diagnostic] = {}
    for each in notes:
        if each.code.value.startswith("near-") or each.code is Code.SETTING_UNKNOWN:
            first = near.setdefault(each.span.line, each)
            if first.code is Code.NEAR_INDENT and _indent(each) == _indent(first):
                near[each.span.line] = each  # Its finished line mends the indentation as well.
    return tuple(each for each in notes if near.get(each.span.line, each) is each)


def _indent(each: Diagnostic) -> int:
    """How far the finished line is indented; -1 where there is none."""
    return len(each.instead) - len(each.instead.lstrip(" ")) if each.instead else -1
