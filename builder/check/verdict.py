"""Verdict words: a consequence shows what happens and leaves the conclusion to the player.

A consequence is the text of a ``later``, the prose of a reaction and of an ending, the summary of a scene that was
skipped, prose that is told only under a condition, and prose that names a meter. What people say and think is theirs,
also between quotes in prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from builder.check.sentences import QUOTED
from builder.diagnostics import Code, Diagnostic, Span, diagnostic
from builder.model.scenario import Beat, BeatKind, Scenario, Scene, SceneKind
from builder.model.text import Prose
from builder.model.wording import Wording, phrases

_INDENT = 2
"""Spaces before a reaction."""
_TARGET = re.compile(r"(?<=\])\([^()\s]*\)")


def verdicts(scenarios: Iterable[Scenario], wording: Wording) -> Iterator[Diagnostic]:
    """Where a consequence judges, by the words of ``wording``."""
    judging = phrases(word for verdict in wording.verdicts for word in verdict.words)
    if judging is None:
        return
    fine = phrases(wording.fine)
    meant = {word.casefold(): verdict for verdict in wording.verdicts for word in verdict.words}
    for scenario in scenarios:
        meters = phrases(meter.name for meter in scenario.meters)
        for text, place, indent in _consequences(scenario, meters):
            shown = _unsaid(text, fine)
            for found in judging.finditer(shown):
                verdict = meant[" ".join(found[0].casefold().split())]
                span = _at(place, text[: found.start()], len(found[0]), indent)
                yield diagnostic(
                    Code.VERDICT_WORD, span, word=found[0], reason=verdict.reason, suggestion=verdict.instead
                )


def _consequences(
    scenario: Scenario, meters: re.Pattern[str] | None
) -> Iterator[tuple[str, Prose | Span, int]]:
    """Texts with their places, and how far they are indented."""
    for scene in scenario.scenes:
        if scene.skip:
            yield scene.skip.summary, scene.span, 0
        for beat in scene.beats:
            if beat.kind is BeatKind.PROSE and _follows(scene, beat, meters):
                yield beat.prose.markdown, beat.prose, 0
        for choice in scene.choices:
            for later in choice.later:
                yield later.text, later.span, 0
            for beat in choice.reaction:
                if beat.kind is BeatKind.PROSE:
                    yield beat.prose.markdown, beat.prose, _INDENT


def _follows(scene: Scene, beat: Beat, meters: re.Pattern[str] | None) -> bool:
    """Whether prose of a scene tells what came of something."""
    guarded = beat.guard is not None and beat.guard.condition is not None
    named = meters is not None and meters.search(beat.prose.markdown) is not None
    return scene.kind is SceneKind.ENDING or guarded or named


def _unsaid(text: str, fine: re.Pattern[str] | None) -> str:
    """``text`` with what somebody says, where links lead and phrases that judge nothing blotted out."""
    for pattern in (QUOTED, _TARGET, fine):
        if pattern:
            text = pattern.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
    return text


def _at(place: Prose | Span, before: str, length: int, indent: int) -> Span:
    """Where a word with ``before`` in front of it stands. Of a ``later`` or summary only its beginning is known."""
    if isinstance(place, Span):
        return place
    line = before.count("\n")
    column = len(before) - (before.rfind("\n") + 1) + (indent + 1 if line else place.span.column)
    return Span(path=place.span.path, line=place.span.line + line, column=column, length=length)
