"""What the states of a scenario remember: the less they do, the fewer there are.

Each function takes a machine and tells for every scene what states in it keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

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
    return _kept(machine, {scene.key: _asks(machine, scene) for scene in machine.scenario.scenes})


def circles(machine: Machine) -> tuple[Kept, ...]:
    """What is needed and, for scenes one can come back to, all that can have changed by then.

    A walk passes such a state twice exactly when it passes a moment twice that the player cannot tell apart.
    """
    return _circles(machine, trail=True)


def rounds(machine: Machine) -> tuple[Kept, ...]:
    """As ``circles``, but for what was visited or chosen and no condition asks for: that only ever grows."""
    return _circles(machine, trail=False)


class _Own(NamedTuple):
    """What one scene asks to be kept: meters and variables, flags, consequences on their way."""

    names: frozenset[str]
    flags: int
    pending: int = 0


def _kept(machine: Machine, own: Mapping[str, _Own]) -> tuple[Kept, ...]:
    """What each scene keeps, so that it is there in those after it that ask for it."""
    graph = arrows(machine.scenario)
    after = {scene.key: reach(graph, {scene.key}) for scene in machine.scenario.scenes}
    names = {
        key: frozenset[str]().union(*(own[each].names for each in there)) for key, there in after.items()
    }
    found = []
    for key, there in after.items():
        coming = union(
            1 << number
            for number, (_, later) in enumerate(_laters(machine))
            if later.target.key in there
            and (
                later.condition or any(effect.name.key in names[later.target.key] for effect in later.effects)
            )
        )
        values = tuple(name in names[key] for name in machine.names)
        sent = union(own[each].pending for each in there)
        found.append(Kept(values, union(own[each].flags for each in there), sent | coming))
    return tuple(found)


def _circles(machine: Machine, trail: bool) -> tuple[Kept, ...]:
    graph, scenes = arrows(machine.scenario), machine.scenario.scenes
    found = {}
    for scene in scenes:
        circle = _circle(graph, scene.key)
        within = [each for each in scenes if each.key in circle]
        effects = [effect for each in within for choice in each.choices for effect in choice.effects]
        names, flags, pending = _asks(machine, scene)
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
        found[scene.key] = _Own(names | {effect.name.key for effect in effects}, flags, pending)
    return _kept(machine, found)


def _circle(graph: Graph, scene: str) -> set[str]:
    """The scenes on some way from a scene back to it; none when there is no way back."""
    return {key for key in reach(graph, graph[scene]) if scene in reach(graph, {key})}


def _asks(machine: Machine, scene: Scene) -> _Own:
    asking = _asking(machine, scene)
    names = frozenset(each.name.key for each in every(asking, Compare))
    return _Own(names, _asked_flags(machine, asking) | _spent(machine, scene))


def _asking(machine: Machine, scene: Scene) -> tuple[object, ...]:
    """All in which a scene asks something: its text, choices and rules, what comes there, the events on leaving it."""
    due = (later for _, later in _laters(machine) if later.target.key == scene.key)
    events = (each for each in machine.scenario.scenes if scene.key in {at.key for at in each.at})
    rules = (*scene.rules, *(choice.closed_by for choice in scene.choices if choice.closed_by))
    return (
        scene.beats,
        scene.choices,
        scene.learns,
        tuple(later.condition for later in due),
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
