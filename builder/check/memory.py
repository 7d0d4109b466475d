"""What the states of a scenario remember: the less they do, the fewer there are.

Each function takes a machine and tells for every scene what states in it keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.check.machine import Kept, Machine, in_force, times, union
from builder.check.structure import Graph, arrows, reach
from builder.model.logic import Chosen, Compare, Visited
from builder.model.scenario import Later, Scene
from builder.model.walk import every


def everything(machine: Machine) -> tuple[Kept, ...]:
    """All by which the player tells two moments of a run apart."""
    return tuple(Kept((True,) * len(machine.names), -1, -1) for _ in machine.scenario.scenes)


def asked(machine: Machine) -> tuple[Kept, ...]:
    """All values, all that is spent or on its way; what was visited or chosen where any condition asks for it."""
    flags = _asked_flags(machine, machine.scenario)
    flags |= union(bit for (kind, _), bit in machine.bits.items() if kind == "spent")
    return tuple(Kept((True,) * len(machine.names), flags, -1) for _ in machine.scenario.scenes)


def needed(machine: Machine) -> tuple[Kept, ...]:
    """What its scene, or any after it, asks for.

    The same is open, seen and reached from such a state as from those with more in them.
    """
    scenes = machine.scenario.scenes
    graph = arrows(machine.scenario)
    after = [reach(graph, {scene.key}) for scene in scenes]
    own = {scene.key: _asking(machine, scene) for scene in scenes}
    names = {scene.key: {each.name.key for each in every(own[scene.key], Compare)} for scene in scenes}
    flags = {scene.key: _asked_flags(machine, own[scene.key]) | _spent(machine, scene) for scene in scenes}
    ahead = {
        scene.key: set[str]().union(*(names[key] for key in there))
        for scene, there in zip(scenes, after, strict=True)
    }
    found = []
    for scene, there in zip(scenes, after, strict=True):
        pending = union(
            1 << number
            for number, (_, later) in enumerate(_laters(machine))
            if later.target.key in there
            and any(effect.name.key in ahead[later.target.key] for effect in later.effects)
        )
        values = tuple(name in ahead[scene.key] for name in machine.names)
        found.append(Kept(values, union(flags[key] for key in there), pending))
    return tuple(found)


def circles(machine: Machine) -> tuple[Kept, ...]:
    """What is needed and, in scenes one can come back to, all that can have changed by then.

    A walk passes such a state twice exactly when it passes a moment twice that the player cannot tell apart.
    """
    return _circles(machine, trail=True)


def rounds(machine: Machine) -> tuple[Kept, ...]:
    """As ``circles``, but for what was visited or chosen and no condition asks for: that only ever grows."""
    return _circles(machine, trail=False)


def _circles(machine: Machine, trail: bool) -> tuple[Kept, ...]:
    graph = arrows(machine.scenario)
    found = []
    for scene, keep in zip(machine.scenario.scenes, needed(machine), strict=True):
        circle = _circle(graph, scene.key)
        within = [each for each in machine.scenario.scenes if each.key in circle]
        effects = [effect for each in within for choice in each.choices for effect in choice.effects]
        flags, pending = keep.flags, keep.pending
        for each in within:
            flags |= _spent(machine, each)
            if trail:
                flags |= machine.bits["visited", each.key]
                flags |= union(machine.bits["chosen", choice.key] for choice in each.choices)
        for number, (at, later) in enumerate(_laters(machine)):
            if later.target.key in circle:
                effects += later.effects
            if later.target.key in circle or at.key in circle:
                pending |= 1 << number
        moved = {effect.name.key for effect in effects}
        values = tuple(kept or name in moved for kept, name in zip(keep.values, machine.names, strict=True))
        found.append(Kept(values, flags, pending))
    return tuple(found)


def _circle(graph: Graph, scene: str) -> set[str]:
    """The scenes on some way from a scene back to it; none when there is no way back."""
    return {key for key in reach(graph, graph[scene]) if scene in reach(graph, {key})}


def _asking(machine: Machine, scene: Scene) -> tuple[object, ...]:
    """All in which a scene asks something: its text, choices and rules, the events that may come on leaving it."""
    events = (each for each in machine.scenario.scenes if scene.key in {at.key for at in each.at})
    rules = (*scene.rules, *(choice.closed_by for choice in scene.choices if choice.closed_by))
    return (
        scene.beats,
        scene.choices,
        tuple(in_force(machine.scenario, rule) for rule in rules),
        tuple(event.condition for event in events),
    )


def _asked_flags(machine: Machine, node: object) -> int:
    """What is asked in ``node`` of what was visited and chosen."""
    visited = union(machine.bits["visited", each.scene.key] for each in every(node, Visited))
    return visited | union(machine.bits["chosen", each.choice.key] for each in every(node, Chosen))


def _spent(machine: Machine, scene: Scene) -> int:
    """What can be taken, or come, only so often: the choices of a scene, and the events on leaving it."""
    choices = union(machine.bits["spent", f"{scene.key}/{each.key}"] for each in scene.choices if each.once)
    events = (each for each in machine.scenario.scenes if scene.key in {at.key for at in each.at})
    return choices | union(machine.bits[flag] for event in events for flag in times(event))


def _laters(machine: Machine) -> Iterator[tuple[Scene, Later]]:
    """Each of ``Machine.laters``, with the scene it is sent from."""
    for at, choice, later in machine.laters:
        scene = machine.scenario.scenes[at]
        yield scene, scene.choices[choice].later[later]
