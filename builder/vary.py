"""A municipality's own words put into the course: every ``[…](lokaal:…)`` becomes that variant's fact."""

from __future__ import annotations

import re
from dataclasses import replace

from builder.diagnostics import Code, Diagnostic, Parsed, diagnostic
from builder.link.course import LOCAL
from builder.messages import say
from builder.model.course import Course, Variant
from builder.model.text import Prose
from builder.model.walk import changed, every

_LOCAL = re.compile(r"\[([^\]]*)\]\(lokaal:([^)\s]+)\)")


def vary(course: Course, variant: Variant) -> Parsed[Course]:
    """``course`` in the words of ``variant``.

    A fact that the variant lacks leaves the author's bracketed words, marked as to be filled in, and a warning.
    """
    found: list[Diagnostic] = [
        diagnostic(Code.LOCAL_MISSING, link.span, name=key, variant=variant.key)
        for prose in every((course.lessons, course.aftercare), Prose)
        for link in prose.links
        if link.target.startswith(LOCAL) and (key := link.target.removeprefix(LOCAL)) not in variant.local
    ]
    missing = say(course.settings.language, "course", "to-fill-in")

    def filled(match: re.Match[str]) -> str:
        fact = variant.local.get(match[2])
        if fact is None:
            return f"{match[1]} *({missing})*"
        text = re.sub(r"([\\\[\]*_`<>])", r"\\\1", fact.text)
        return f"[{text}]({fact.href})" if fact.href else text

    def local(prose: Prose) -> Prose:
        words = _LOCAL.sub(filled, prose.markdown)
        return prose if words == prose.markdown else replace(prose, markdown=words)

    return Parsed(value=changed(course, Prose, local), diagnostics=tuple(found))
