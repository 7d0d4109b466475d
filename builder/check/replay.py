"""Replay through another's eyes: their way into the story, and prose that would say "je" to the wrong one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.scenario import Beat, BeatKind, Replay, Scenario, Scene, SceneKind

_QUOTED = re.compile(r"\"[^\"\n]*\"|“[^”]*”|„[^”“]*[”“]|(?<!\w)‘[^‘]*?’(?!\w)|(?<!\w)'[^'\n]*'(?!\w)")
_YOU = re.compile(r"\b(?:je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)


def replays(scenarios: Iterable[Scenario]) -> Iterator[Diagnostic]:
    """What keeps a replay from being played, or from being told to who plays it."""
    for scenario in scenarios:
        for replay in scenario.replays:
            yield from _voices(scenario, replay)


def way_there(scenario: Scenario, replay: Replay, played: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """The scenes that only this replay sees, by plain "verder" from its begin, and whether they come out in the story.

    ``played`` are the keys of the scenes of the story itself.
    """
    scenes = {scene.key: scene for scene in scenario.scenes}
    way: list[str] = []
    at = replay.begin.key if replay.begin else ""
    while at in scenes and at not in played and at not in way:
        way.append(at)
        at = scenes[at].choices[0].target.key if scenes[at].continues else ""
    begin = scenes.get(replay.begin.key) if replay.begin else None
    return tuple(way), begin is None or (at in played and begin.kind is SceneKind.SCENE)


def _voices(scenario: Scenario, replay: Replay) -> Iterator[Diagnostic]:
    """Prose that says "je" to the first player, told to who replays, for want of prose of their own."""
    who = replay.person.key
    own, _ = way_there(scenario, replay, {scene.key for scene in scenario.scenes if not scene.role})
    for scene in scenario.scenes:
        if scene.key in own or scene.role or me(scenario, scene) == who:
            continue
        there = _present(scene.beats, who)
        reactions = [choice.reaction for choice in scene.choices if there or _present(choice.reaction, who)]
        for beats in ([scene.beats] if there else []) + reactions:
            if beat := _meant_for_another(beats, who):
                name = replay.person.text
                yield diagnostic(Code.REPLAY_VOICE, beat.span, f"*voor {name}:* …", name=name)


def me(scenario: Scenario, scene: Scene) -> str:
    """The key of who is "je" in a scene."""
    perspective = scene.perspective or scenario.perspective
    return perspective.key if perspective else ""


def _present(beats: Iterable[Beat], who: str) -> bool:
    """Whether someone speaks or thinks here, or is told something of their own: as ``turns.ts`` has it."""
    return any((beat.speaker is not None and beat.speaker.key == who) or _role(beat) == who for beat in beats)


def _meant_for_another(beats: tuple[Beat, ...], who: str) -> Beat | None:
    """The first prose that says "je" where there is none for ``who``."""
    prose = [beat for beat in beats if beat.kind is BeatKind.PROSE]
    if any(_role(beat) == who for beat in prose):
        return None
    return next(
        (beat for beat in prose if not _role(beat) and _YOU.search(_QUOTED.sub("", beat.prose.markdown))),
        None,
    )


def _role(beat: Beat) -> str:
    return beat.guard.role.key if beat.guard and beat.guard.role else ""
