"""What the builder says of a scenario's states and saves holds for the player's own core, played at random."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder import pipeline
from builder.check.budget import save_bound
from builder.check.history import CHOICE, REACTION, cost, longest, walks
from builder.check.machine import Machine, State, union
from builder.check.memory import asked
from builder.check.states import Step, explore
from builder.check.witness import Witness
from builder.diagnostics import ACCEPTABLE, PROVEN
from builder.model.course import Course
from builder.render.data import runtime
from builder.source.read import SourceTree
from tests.courses import ROOT, SAMPLE, course_of
from tests.test_course import COURSE, SCENARIO

PLAYER = ROOT / "builder" / "player"
COURSES = 60
PLAYS = 12
LONG = 100


def random_lesson(seed: int) -> str:
    """A lesson whose scenario goes round in any way: conditions, once-only choices, events, long shadows."""
    dice = random.Random(seed)
    count = dice.randint(2, 4)
    names = [f"Kamer {number}" for number in range(count)]
    links = [f"#kamer-{number}" for number in range(count)]

    def effect() -> str:
        name = dice.choice(["vertrouwen", "belofte"])
        return f"{name} {dice.choice(['+1', '-1', '+2', '= 1', '= 0'])}"

    def condition() -> str:
        name, operator = dice.choice(["vertrouwen", "belofte"]), dice.choice([">=", "<", "=", "!="])
        compare = f"{name} {operator} {dice.randint(0, 3)}"
        other = dice.choice(
            [f"bezocht [K](#kamer-{dice.randrange(count)})", "gekozen eerste", "niet gekozen eerste"]
        )
        return dice.choice([compare, other, f"{compare} en {other}", f"{compare} of {other}"])

    def choice(number: int, index: int) -> str:
        target = dice.choice([*links, "#einde-klaar"])
        lines = [
            f"- [Keuze {index}]({target})",
            f"  - id: {'eerste' if number + index == 0 else f'k{number}{index}'}",
        ]
        if dice.random() < 0.5:
            lines.append(f"  - effect: {effect()}")
        if dice.random() < 0.3:
            lines.append(f"  - alleen als: {condition()}")
        if dice.random() < 0.6:
            lines.append("  - eenmalig: ja")
        if dice.random() < 0.2:
            lines += ["  - dicht door: adres", f"  - tenzij: {condition()}"]
        if dice.random() < 0.3:
            lines.append(f"  - later: [Daar]({dice.choice(links)}) Tja. (onbedoeld, Mo, dagen)")
            lines.append(f"    - effect: {effect()}")
        if dice.random() < 0.3:
            lines += ["", "  Er gebeurt iets."]
        return "\n".join(lines)

    head = f"- variabele: belofte = 0\n- terug: {dice.choice(['nee', 'scène', 'vrij'])}\n- feit:"
    when = f"  - alleen als: {condition()}\n" if dice.random() < 0.5 else ""
    parts = [SCENARIO.replace("- feit:", head) + when]
    for number in range(count):
        choices = [choice(number, index) for index in range(dice.randint(1, 2))]
        choices.append(f"- [Weg](#einde-klaar)\n  - id: weg{number}")
        parts.append(f"### {names[number]}\n\nHier.\n\n" + "\n".join(choices))
    if count > 2:
        often = dice.choice(["eenmalig: ja", "hoogstens: 2 keer", "eenmalig: nee"])
        parts.append(
            f"### Gebeurtenis: Iets\n\n- bij: [K](#kamer-1), [L](#kamer-2)\n- kans: {dice.choice([30, 100])}%\n"
            f"- alleen als: {condition()}\n- {often}\n\n"
            "Boem.\n\n- [Door](#verder)\n- [Weg](#einde-klaar)"
        )
        if dice.random() < 0.5:
            parts.append(
                f"### Gebeurtenis: Nog iets\n\n- bij: [K](#kamer-1)\n- kans: {dice.choice([50, 100])}%\n"
                f"- eenmalig: ja\n\nKrak.\n\n- [Door](#verder)\n  - effect: {effect()}"
            )
    parts.append("### Einde: Klaar\n\nUit.\n\n### Nabespreking\n")
    return "\n\n".join(parts)


POLICY = """\
# Aan de knoppen

- id: knoppen

## Scenario: Aan de knoppen

- personages:
  - Farid: beleidsmedewerker
  - Noor: klantmanager
  - Ruben: vraagt een uitkering aan
- perspectief: Farid
- meter: ruimte = 2 (0-5)
- regel: legitimatie = Zonder geldig ID-bewijs neemt het team geen aanvraag aan. (hindert)
  - alleen als: gekozen streng
- regel: overleg = Bij twijfel bel je de beleidsafdeling. (helpt)
- begin: [De nota](#de-nota)
- terug: scène

### De nota

Je schrijft wat een team aan het loket mag.

- [Zonder ID geen aanvraag](#het-loket)
  - id: streng
- [Het team beslist zelf](#het-loket)
  - id: los

### Het loket

- perspectief: Noor
- tijd: een maand later
- regel: legitimatie, overleg

Ruben heeft alleen een kopie bij zich.

> **Noor denkt (moe):** Alweer die kopie.

- [Je neemt de aanvraag aan](#einde-aangenomen)
  - id: aannemen
  - dicht door: legitimatie
  - tenzij: ruimte >= 3
- [Je belt Farid](#het-loket)
  - id: bellen
  - eenmalig: ja
  - effect: ruimte +1
- [Je stuurt Ruben weg](#einde-weg)
  - id: wegsturen

### Einde: Aangenomen

Ruben tekent.

### Einde: Weg

Ruben loopt weg.

### Nabespreking
"""


def course_with(lesson: str) -> Course:
    files = {**COURSE, "content/lessons/01-les.md": lesson}
    found = pipeline.examined(SourceTree(files={path: text.encode() for path, text in files.items()}))
    harmless = {
        "scene-unreachable",
        "scene-no-way-out",
        "scenario-endless",
        "save-too-large",
        "person-uncast",
        *ACCEPTABLE,
        *PROVEN,
    }
    assert {str(each.code) for each in found.diagnostics} <= harmless, lesson
    return found.course


@pytest.fixture(scope="module")
def courses() -> list[Course]:
    real = [course_of(root) for root in (ROOT, SAMPLE)]
    return [*real, course_with(POLICY), *(course_with(random_lesson(seed)) for seed in range(COURSES))]


def worst(course: Course, seed: int = 36**6) -> tuple[int, list[dict[str, Any]]]:
    """A seed and what to do under it for the longest save there can be; nothing to do where circles hide the way, or it
    takes the player minutes.
    """
    ways: dict[str, list[list[Any]]] = {}
    paths = []
    for scenario in course.scenarios:
        found = walks(scenario)
        assert found
        space, *both = found
        ways[scenario.key] = []
        for walk in reversed(both):
            arrows, at, steps = walk.way(), 0, []
            for arrow in arrows:
                steps.append(Step(at, arrow.choice, arrow.event))
                at = arrow.to
            end, machine = space.states[at], space.machine
            reacting = [n for n in machine.open(end) if machine.reacts(end, n)] if walk is both[0] else []
            whole = sum(map(cost, arrows)) + (CHOICE + REACTION if reacting else 0) == walk.lengths[0]
            if not whole or len(arrows) > LONG:
                return seed, []
            paths.append(Witness(space, tuple(steps)))
            stops = [{"do": "choose", "choice": n} for n in reacting[:1]]
            ways[scenario.key].append([*paths[-1].actions, *stops])
    while not all(path.falls(seed) for path in paths):
        seed += 1
    data = runtime(course, "a", 4096)
    actions: list[Any] = [{"do": "keep", "where": "lms"}]
    for key, each in data["reflections"].items():
        scale = each.get("scale", {"low": 0, "high": 0})
        text = {
            "open": "x",
            "choice": str(len(each["options"]) - 1),
            "scale": max(str(scale["low"]), str(scale["high"]), key=len),
            "date": "20261130",
        }[each["kind"]]
        nowhere = {"keep": "not"} if each["kind"] == "open" else {}
        actions.append({"do": "answer", "reflection": key, "text": text, **nowhere})
    for key, each in data["questions"].items():
        actions.append({"do": "check", "question": key, "ticked": list(range(len(each["options"])))})
    back: list[Any] = []
    for lesson, each in enumerate(data["lessons"]):
        for number, step in enumerate(each["steps"]):
            place = {"at": "step", "lesson": lesson, "step": number}
            if step["kind"] == "scenario":
                first, now = ways[step["key"]]
                actions += [{"do": "go", "place": place}, *first, {"do": "replay"}, *now]
                back = [{"do": "go", "place": {**place, "debrief": True}}]
            elif step["kind"] in ("page", "plan"):
                actions += [{"do": "go", "place": place}, {"do": "next"}]
    return seed, actions + back


def walked(courses: list[Course], plays: int, folder: Path) -> list[dict[str, Any]]:
    """What the player's core meets in each of the courses, played at random."""
    data = [
        {"course": runtime(course, "a", 4096), "seed": seed, "actions": actions}
        for course in courses
        for seed, actions in [worst(course)]
    ]
    (folder / "courses.json").write_text(json.dumps(data), encoding="utf-8")
    npm = [sys.executable, str(PLAYER / "build.py"), "npm", "run", "--silent"]
    bundle = str(folder / "walk.mjs")
    source = str(ROOT / "tests" / "walk.ts")
    subprocess.run([*npm, "bundle", "--", source, f"--outfile={bundle}"], check=True)
    arguments = [bundle, str(folder / "courses.json"), str(plays)]
    done = subprocess.run([*npm, "node", "--", *arguments], check=True, capture_output=True, text=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def played(courses: list[Course], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return walked(courses, PLAYS, tmp_path_factory.mktemp("walk"))


def moment(machine: Machine, met: dict[str, Any]) -> State:
    """A moment of the player's, as the machine has it: with what it keeps."""
    kept = machine.kept[met["scene"]]
    flags = [(kind, key) for kind in ("visited", "chosen", "spent") for key in met[kind]]
    sent = [machine.laters.index((each["scene"], each["choice"], each["later"])) for each in met["pending"]]
    return State(
        scene=met["scene"],
        values=tuple(
            met["values"][name] if keep else 0 for name, keep in zip(machine.names, kept.values, strict=True)
        ),
        flags=union(machine.bits[flag] for flag in flags) & kept.flags,
        pending=union(1 << number for number in sent) & kept.pending,
        resume=met["resume"],
    )


def unknown(course: Course, found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a walk met and the builder did not find, or where it thinks that something else is open."""
    spaces = {scenario.key: explore(scenario) for scenario in course.scenarios}
    known = {key: set(space.states) for key, space in spaces.items()}
    for met in found["states"]:
        machine = spaces[met["scenario"]].machine
        state = moment(machine, met)
        if state not in known[met["scenario"]] or list(machine.open(state)) != met["open"]:
            yield met


def test_no_walk_finds_a_state_or_an_ending_that_the_builder_did_not(
    courses: list[Course], played: list[dict[str, Any]]
) -> None:
    for course, found in zip(courses, played, strict=True):
        assert list(unknown(course, found)) == []


def test_no_walk_makes_a_save_longer_than_the_proven_bound_and_one_makes_it_as_long(
    courses: list[Course], played: list[dict[str, Any]]
) -> None:
    reached = 0
    for course, found in zip(courses, played, strict=True):
        bound = save_bound(course)
        assert bound.proven
        assert max(found["save"], found["longest"]) <= bound.characters
        if bound.exact and worst(course)[1]:
            assert found["longest"] == bound.characters
            reached += 1
    assert all(worst(course)[1] for course in courses[:2])
    assert reached > len(courses) // 3


def test_walks_meet_most_of_what_there_is(courses: list[Course], played: list[dict[str, Any]]) -> None:
    """The two tests above would pass if nothing was played."""
    assert sum(len(found["states"]) for found in played) > 10 * len(courses)


def test_rules_set_in_one_role_are_met_in_another(
    courses: list[Course], played: list[dict[str, Any]]
) -> None:
    """The policy maker's scenario: what is chosen first decides what is open to a professional later."""
    number = next(n for n, course in enumerate(courses) if course.scenarios[0].key == "aan-de-knoppen")
    (scenario,) = courses[number].scenarios
    space = explore(scenario, asked)
    machine = space.machine
    desk = next(scene for scene in scenario.scenes if scene.key == "het-loket")
    assert machine.me(desk) == "noor"
    open_ = {
        ("streng" if state.flags & machine.bits["chosen", "streng"] else "los", state.values): [
            desk.choices[choice].id for choice in machine.open(state)
        ]
        for state in space.states
        if scenario.scenes[state.scene] is desk
    }
    assert open_ == {
        ("streng", (2,)): ["bellen", "wegsturen"],
        ("streng", (3,)): ["aannemen", "wegsturen"],
        ("los", (2,)): ["aannemen", "bellen", "wegsturen"],
        ("los", (3,)): ["aannemen", "wegsturen"],
    }
    everything = {moment(machine, met) for met in played[number]["states"]}
    assert everything == set(space.states)  # and the player finds all of it


def test_forgetting_what_nothing_asks_for_changes_no_bound() -> None:
    for seed in range(COURSES):
        (scenario,) = course_with(random_lesson(seed)).scenarios
        small, whole = explore(scenario), explore(scenario, asked)
        assert len(small.states) <= len(whole.states)
        assert {state.scene for state in small.states} == {state.scene for state in whole.states}
        assert longest(scenario).proven
