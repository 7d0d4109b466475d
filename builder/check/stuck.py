"""States from which no ending is reached: where nothing is open, where one goes round for ever, or by bad luck."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from builder.check.machine import union
from builder.check.states import Arrow, Space
from builder.check.structure import arrows, reach
from builder.check.witness import Witness
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.scenario import Scene, SceneKind

Found = dict[int, int]
"""By scene the first state found in it."""


def stuck(space: Space, mended: Space) -> Iterator[Diagnostic]:
    """Dead ends and circles in ``space``, each with the shortest way into it.

    One that is not there in ``mended``, where whatever else was told is mended, only followed from that. What the plain
    graph tells, of no ending at all, a scene without choices or without any way to an ending, is left to it.
    """
    if not any(map(_is_ending, space.machine.scenario.scenes)):
        return
    yield from _told(Code.SCENE_STUCK, dead_ends, space, mended)
    if space.whole and mended.whole:
        yield from _told(Code.SCENE_CIRCLE, circles, space, mended)
        yield from _told(Code.SCENE_LUCK, bad_luck, space, mended)


def _told(code: Code, look: Callable[[Space], Found], space: Space, mended: Space) -> Iterator[Diagnostic]:
    found = look(space)
    still = found if mended is space else look(mended)
    for scene in sorted(found.keys() & still.keys()):
        at = space.machine.scenario.scenes[scene]
        instead = "  - alleen als: anders" if code is Code.SCENE_STUCK else ""
        way = Witness(space, space.way(found[scene])).told
        yield diagnostic(code, at.span, instead, title=at.title, way=way)


def dead_ends(space: Space) -> Found:
    """Where nothing is open and there is no ending."""
    found: Found = {}
    for number in range(space.done):
        scene = space.machine.scenario.scenes[space.states[number].scene]
        if not space.arrows[number] and not _is_ending(scene) and scene.choices:
            found.setdefault(space.states[number].scene, number)
    return found


def circles(space: Space) -> Found:
    """Where one can go round and never come to an ending, nor to a dead end; a circle once, at its first state."""
    scenes, ahead, endings = space.machine.scenario.scenes, space.ahead, _endings(space)
    leads_out = _leads_out(space)
    found: dict[frozenset[int], int] = {}
    for group in space.groups:
        within = set(group)
        out = [arrow for state in group for arrow in space.arrows[state]]
        if out and not ahead[group[0]] & endings and all(arrow.to in within for arrow in out):
            places = frozenset(space.states[state].scene for state in group)
            if leads_out & {scenes[place].key for place in places}:
                found[places] = min(found.get(places, len(space.states)), *group)
    return {space.states[number].scene: number for number in sorted(found.values(), reverse=True)}


def bad_luck(space: Space) -> Found:
    """Where an ending can be reached, but no choice surely leads to one: it takes the draw of an event."""
    endings = _endings(space)
    sure = [
        bool(endings >> state.scene & 1) or not scenes & endings
        for state, scenes in zip(space.states, space.ahead, strict=True)
    ]
    found: Found = {}
    for group in space.groups:
        unsure = [state for state in group if not sure[state]]
        while safe := [state for state in unsure if _can_make_sure(space.arrows[state], sure)]:
            for state in safe:
                sure[state] = True
            unsure = [state for state in unsure if not sure[state]]
        doubts = {arrow.to for state in unsure for arrow in space.arrows[state] if not sure[arrow.to]}
        if unsure and doubts <= set(group):
            first = min(unsure)
            found[space.states[first].scene] = min(first, found.get(space.states[first].scene, first))
    return found


def _can_make_sure(out: Sequence[Arrow], sure: Sequence[bool]) -> bool:
    """Whether there is a choice, or a way past, of which everything that can come is sure."""
    unsure = {choice for to, choice, _ in out if not sure[to]}
    return not unsure or any(choice not in unsure for _, choice, _ in out)


def _is_ending(scene: Scene) -> bool:
    return scene.kind is SceneKind.ENDING


def _endings(space: Space) -> int:
    return union(
        1 << number for number, scene in enumerate(space.machine.scenario.scenes) if _is_ending(scene)
    )


def _leads_out(space: Space) -> set[str]:
    """Scenes from which the plain graph knows a way to an ending."""
    graph = arrows(space.machine.scenario)
    endings = {scene.key for scene in space.machine.scenario.scenes if _is_ending(scene)}
    return {key for key in graph if reach(graph, {key}) & endings}
