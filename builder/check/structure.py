"""The graph of each scenario, conditions left aside: can one get everywhere, and out again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from builder.check.replay import me, way_there
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.scenario import ON, Scenario, SceneKind

Graph = Mapping[str, frozenset[str]]


def structure(scenarios: Iterable[Scenario]) -> Iterator[Diagnostic]:
    """Scenes that cannot be reached or left, scenarios without an ending or a debrief."""
    for scenario in scenarios:
        yield from _scenario(scenario)


def _scenario(scenario: Scenario) -> Iterator[Diagnostic]:
    if scenario.begin is None:
        yield diagnostic(Code.SCENARIO_EMPTY, scenario.span, "### De eerste scène", title=scenario.title)
        return
    endings = [scene for scene in scenario.scenes if scene.kind is SceneKind.ENDING]
    if not endings:
        yield diagnostic(Code.ENDING_MISSING, scenario.span, "### Einde: …", title=scenario.title)
    elif scenario.debrief is None:
        yield diagnostic(Code.DEBRIEF_MISSING, scenario.span, "### Nabespreking", title=scenario.title)
    graph = arrows(scenario)
    begin = scenario.begin.key
    reached = reach(graph, {begin})
    seen = set(reached)
    for replay in scenario.replays:
        way, arrives = way_there(scenario, replay, reached)
        seen.update(way)
        if replay.begin and not arrives:
            yield diagnostic(Code.REPLAY_BEGIN, replay.begin.span, name=replay.person.text)
    yield from _for_another(scenario, reached)
    back: dict[str, set[str]] = {}
    for source, targets in graph.items():
        for target in targets:
            back.setdefault(target, set()).add(source)
    leads_out = reach({key: frozenset(value) for key, value in back.items()}, (end.key for end in endings))
    for scene in scenario.scenes:
        if scene.kind is SceneKind.EVENT and begin in {at.key for at in scene.at}:
            yield diagnostic(Code.EVENT_FIRST, scene.span, title=scene.title)
        if scene.kind is not SceneKind.ENDING and not scene.choices:
            instead = f"### Einde: {scene.title}" if scene.kind is SceneKind.SCENE else "- [Verder](#verder)"
            yield diagnostic(Code.SCENE_DEAD_END, scene.span, instead, title=scene.title)
        elif scene.key not in seen:
            link = f"[{scene.title}](#{scene.anchor})"
            instead = "- bij: [Scène](#scène)" if scene.kind is SceneKind.EVENT else f"- {link}"
            begins = {replay.person.key for replay in scenario.replays if replay.begin}
            if scene.role and scene.role.key not in begins:
                instead = f"- opnieuw als: {scene.role.text}, begin: {link}"
            yield diagnostic(Code.SCENE_UNREACHABLE, scene.span, instead, title=scene.title)
        elif endings and scene.key in reached and scene.key not in leads_out:
            instead = f"- [{endings[0].title}](#{endings[0].anchor})"
            yield diagnostic(Code.SCENE_NO_WAY_OUT, scene.span, instead, title=scene.title)


def _for_another(scenario: Scenario, reached: Collection[str]) -> Iterator[Diagnostic]:
    """What leads the player into a scene that is only for who replays: there it is told in another's words."""
    hidden = {
        scene.key: scene
        for scene in scenario.scenes
        if scene.role and scene.role.key != me(scenario, scene) and scene.kind is SceneKind.SCENE
    }
    entries = [(scenario.begin, True)] if scenario.begin else []
    for scene in scenario.scenes:
        if scene.key in reached and scene.key not in hidden:
            entries += [(choice.target, False) for choice in scene.choices if not choice.role]
            entries += [(scene.skip.target, False)] if scene.skip else []
    everybody = next(
        (each for each in scenario.scenes if each.kind is SceneKind.SCENE and not each.role), None
    )
    for target, first in entries:
        if (there := hidden.get(target.key)) and there.role:
            instead = f"- begin: [{everybody.title}](#{everybody.anchor})" if first and everybody else ""
            yield diagnostic(Code.SCENE_ROLE, target.span, instead, title=there.title, name=there.role.text)


def arrows(scenario: Scenario) -> dict[str, frozenset[str]]:
    """From each scene's key to those it can lead to: by a choice, an event, or past an intense scene.

    An event leads where its choices do, and by "verder" wherever the scenes it may interrupt lead. None comes on
    leaving an event, and an ending is not left.
    """
    direct = {
        scene.key: {choice.target.key for choice in scene.choices if choice.target.key}
        | ({scene.skip.target.key} if scene.skip else set())
        for scene in scenario.scenes
    }
    left = {scene.key for scene in scenario.scenes if scene.kind is SceneKind.SCENE}
    interrupted = {event.key: {at.key for at in event.at} & left for event in scenario.scenes}
    for event, scenes in interrupted.items():
        if ON in direct[event]:
            direct[event].discard(ON)
            for key in scenes:
                direct[event] |= direct[key] - {event}
    for event, scenes in interrupted.items():
        for key in scenes:
            direct[key].add(event)
    return {key: frozenset(targets - {ON, ""}) for key, targets in direct.items()}


def reach(graph: Graph, roots: Iterable[str]) -> set[str]:
    """Everything that can be reached from ``roots``, they included."""
    found: set[str] = set()
    waiting = [root for root in roots if root]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(graph.get(here, ()))
    return found
