"""Where one can go in a scenario, conditions aside: what its map shows and its hints may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.model.scenario import ON, Scenario, Scene, SceneKind

Ways = Mapping[tuple[int, int], bool]
"""From scene to scene (indices), and whether a choice opens it; past a scene or by way of an event it just happens."""


def begin_of(scenario: Scenario) -> int:
    """The index of the first scene."""
    begin = scenario.begin.key if scenario.begin else ""
    return next((at for at, scene in enumerate(scenario.scenes) if scene.key == begin), 0)


def ways(scenario: Scenario) -> Ways:
    """Every way there is from the first scene on for who plays it the first time."""
    index = {scene.key: at for at, scene in enumerate(scenario.scenes)}
    found: dict[tuple[int, int], bool] = {}
    todo, met = [begin_of(scenario)], {begin_of(scenario)}
    while todo:
        at = todo.pop()
        for to, sure in _from(scenario, scenario.scenes[at], index):
            if not _mine(scenario.scenes[to], scenario):
                continue
            found[at, to] = found.get((at, to), False) or sure
            if to not in met:
                met.add(to)
                todo.append(to)
    return found


def before(found: Ways, at: int) -> set[int]:
    """The scenes from which one can come to scene ``at``; itself among them only where one can come back."""
    met: set[int] = set()
    todo = [at]
    while todo:
        here = todo.pop()
        fresh = {a for a, b in found if b == here} - met
        met |= fresh
        todo += fresh
    return met


def _from(scenario: Scenario, scene: Scene, index: Mapping[str, int]) -> Iterator[tuple[int, bool]]:
    event = scene.kind is SceneKind.EVENT
    for choice in scene.choices:
        if not _mine(choice, scenario):
            continue
        if choice.target.key != ON:
            yield index[choice.target.key], not event
            continue
        for left in scene.at:  # on to where one was going
            choices = scenario.scenes[index[left.key]].choices
            yield from ((index[each.target.key], False) for each in choices if each.target.key != ON)
    if scene.skip:
        yield index[scene.skip.target.key], False
    if not event:
        for at, other in enumerate(scenario.scenes):
            if scene.key in (each.key for each in other.at):
                yield at, False


def _mine(what: object, scenario: Scenario) -> bool:
    role = getattr(what, "role", None)
    return role is None or (scenario.perspective is not None and role.key == scenario.perspective.key)
