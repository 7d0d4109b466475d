"""What the builder makes of a scenario for looking back: its map, and what would have brought a thought up."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from builder.messages import say
from builder.model.emotions import EMOTIONS
from builder.model.scenario import Scenario
from builder.pipeline import examined
from builder.render.chart import HEIGHT, WIDTH, Chart, chart
from builder.render.choices import coming
from builder.render.hints import hints
from builder.render.ways import ways
from builder.source.read import SourceTree
from tests.courses import ROOT, course_of
from tests.test_course import COURSE, SCENARIO, scenes


def scenario_of(lesson: str) -> Scenario:
    files = {**COURSE, "content/lessons/01-les.md": lesson}
    tree = SourceTree(files={path: text.encode() for path, text in files.items()})
    (scenario,) = examined(tree).course.scenarios
    return scenario


TURNS = scenes(
    "### De gang\n\n- [In](#de-kamer)\n  - id: in\n- [Weg](#einde-klaar)\n  - id: weg",
    "### De kamer\n\n- intensiteit: hoog\n- overslaan: [De hal](#de-hal) Kort.\n\n- [Terug](#de-gang)\n  - id: terug\n"
    "- [Blijf](#de-hal)\n  - id: blijf",
    "### De hal\n\n- [Verder](#einde-klaar)",
    "### Gebeurtenis: De bel\n\n- bij: [De kamer](#de-kamer)\n- kans: 30%\n\n"
    "- [Open](#verder)\n  - id: open\n- [Weg](#einde-klaar)",
    "### De zolder\n\n- voor: Mo\n\n- [Naar beneden](#de-gang)",
)


def test_what_one_may_have_felt_is_what_people_in_the_story_feel() -> None:
    felt = say("nl", "course", "looking-feelings").split(", ")
    assert set(felt) <= set(EMOTIONS)
    assert len(felt) == len(set(felt)) == len(say("en", "course", "looking-feelings").split(", "))


def test_a_map_holds_every_way_there_is() -> None:
    names = [scene.key for scene in scenario_of(TURNS).scenes]
    found = {(names[a], names[b]): sure for (a, b), sure in ways(scenario_of(TURNS)).items()}
    assert found == {
        ("de-gang", "de-kamer"): True,
        ("de-gang", "einde-klaar"): True,
        ("de-kamer", "de-gang"): True,
        ("de-kamer", "de-hal"): True,
        ("de-hal", "einde-klaar"): True,
        ("de-kamer", "gebeurtenis-de-bel"): False,
        ("gebeurtenis-de-bel", "de-gang"): False,
        ("gebeurtenis-de-bel", "de-hal"): False,
        ("gebeurtenis-de-bel", "einde-klaar"): False,
    }


def test_a_map_is_the_same_on_every_machine() -> None:
    drawn = chart(scenario_of(TURNS))
    assert (drawn.width, drawn.height) == (398, 472)
    assert [(*spot.lines, spot.kind, spot.x, spot.y) for spot in drawn.spots] == [
        ("De gang", "scene", 142, 44),
        ("De kamer", "scene", 310, 140),
        ("De hal", "scene", 310, 332),
        ("De bel", "event", 142, 236),
        ("Klaar", "ending", 142, 428),
    ]
    way = next(way for way in drawn.ways if (way.a, way.b) == (1, 2))
    assert way.d == (
        "M310 168C310 188 310 188 310 208C310 236 310 236 310 264C310 284 310 284 310 304M304 298L310 304L316 298"
    )


@pytest.mark.parametrize("seed", range(40))
def test_spots_never_lie_on_each_other_and_all_is_within_the_drawing(seed: int) -> None:
    drawn = chart(scenario_of(random_scenes(random.Random(seed))))
    places = [(spot.x, spot.y) for spot in drawn.spots]
    for n, (x, y) in enumerate(places):
        assert WIDTH // 2 < x < drawn.width - WIDTH // 2
        assert HEIGHT // 2 < y < drawn.height - HEIGHT // 2
        for other_x, other_y in places[:n]:
            assert abs(x - other_x) > WIDTH or abs(y - other_y) > HEIGHT
    assert drawn == chart(scenario_of(random_scenes(random.Random(seed))))
    runs_clear(drawn)


def runs_clear(drawn: Chart) -> None:
    """No way runs behind a spot that it does not lead from or to: ways go down straight past a row of spots."""
    for way in drawn.ways:
        others = [spot for spot in drawn.spots if spot.at not in (way.a, way.b)]
        for x, y in points_of(way.d):
            assert not any(abs(x - s.x) < WIDTH // 2 and abs(y - s.y) < HEIGHT // 2 for s in others), way


def points_of(line: str) -> Iterator[tuple[float, float]]:
    """Points along the curves of a line, close together; its arrow's head is left out."""
    x, y = map(int, re.findall(r"-?\d+", line.partition("C")[0]))
    for curve in re.findall(r"C([-\d ]+)", line):
        ax, ay, bx, by, to_x, to_y = map(int, curve.split())
        for t in (step / 20 for step in range(21)):
            u = 1 - t
            yield (
                u**3 * x + 3 * u * u * t * ax + 3 * u * t * t * bx + t**3 * to_x,
                u**3 * y + 3 * u * u * t * ay + 3 * u * t * t * by + t**3 * to_y,
            )
        x, y = to_x, to_y


def random_scenes(chance: random.Random) -> str:
    """Scenes with ways to anywhere: onwards, back, to and fro."""
    count = chance.randint(1, 14)
    names = [f"kamer-{n}" for n in range(count)]
    parts = []
    for n in range(count):
        onward = names[n + 1] if n + 1 < count else "einde-klaar"
        targets = dict.fromkeys([onward, *chance.sample(names, min(count, chance.randint(0, 2)))])
        lines = [f"- [Naar {to}](#{to})\n  - id: k{n}-{at}" for at, to in enumerate(targets)]
        parts.append(f"### Kamer {n}\n\n" + "\n".join(lines))
    return scenes(*parts)


def test_every_scenario_of_the_module_has_a_map_that_fits_a_screen() -> None:
    for scenario in course_of(ROOT).scenarios:
        drawn = chart(scenario)
        mine = [s for s in scenario.scenes if s.role is None]
        assert len(drawn.spots) == len(mine), scenario.title
        assert drawn.width < 1400, scenario.title
        runs_clear(drawn)


# What a thought waits for, and what the hint says that would have brought it up.
HINTS = {
    "*als gekozen in:*": "als je in ‘De gang’ had gekozen: ‘In’.",
    "*als niet gekozen in:*": "als je in ‘De gang’ iets anders had gekozen dan ‘In’.",
    "*als bezocht [De kamer](#de-kamer):*": "als je in ‘De kamer’ was geweest.",
    "*als niet bezocht [De kamer](#de-kamer):*": "als je niet in ‘De kamer’ was geweest.",
    "*als vertrouwen >= 3:*": "met vertrouwen op 3 of meer (dichterbij kom je bijvoorbeeld in ‘De gang’ met: ‘In’).",
    "*als vertrouwen > 3:*": "met vertrouwen op 4 of meer (dichterbij kom je bijvoorbeeld in ‘De gang’ met: ‘In’).",
    "*als vertrouwen < 2:*": "met vertrouwen op 1 of minder (dichterbij kom je bijvoorbeeld in ‘De gang’ met: ‘Weg’).",
    "*als niet vertrouwen < 2:*": "met vertrouwen op 2 of meer"
    " (dichterbij kom je bijvoorbeeld in ‘De gang’ met: ‘In’).",
    "*als vertrouwen = 5:*": "met vertrouwen op precies 5 (dichterbij kom je bijvoorbeeld in ‘De kamer’ met: ‘Door’).",
    "*als belofte = 1:*": "als je in ‘De kamer’ had gekozen: ‘Beloof’.",
    "*als belofte = 0:*": "als je in ‘De kamer’ iets anders had gekozen dan ‘Beloof’.",
    "*als belofte = 7:*": "op een andere weg.",
    "*als geduld > 0:*": "als je in ‘De kamer’ had gekozen: ‘Beloof’.",
    "*als geduld >= 2:*": "op een andere weg (dichterbij kom je bijvoorbeeld in ‘De kamer’ met: ‘Beloof’).",
    "*als gekozen in en bezocht [De kamer](#de-kamer):*": "als je in ‘De gang’ had gekozen: ‘In’"
    " en als je in ‘De kamer’ was geweest.",
    "*als niet (gekozen in of belofte = 1):*": "als je in ‘De gang’ iets anders had gekozen dan ‘In’"
    " en als je in ‘De kamer’ iets anders had gekozen dan ‘Beloof’.",
    "*alleen als gekozen in, als belofte = 1:*": "als je in ‘De kamer’ had gekozen: ‘Beloof’.",
}
TALK = """
## Scenario: Proef

- personages:
  - Mo: 29
  - Karin: coach
- perspectief: Karin
- meter: vertrouwen = 2 (0-5)
- variabele: belofte = 0
- variabele: geduld = 0
- opnieuw als: Mo, begin: [De gang](#de-gang)

### De gang

- [In](#de-kamer)
  - id: in
  - effect: vertrouwen +1
- [Weg](#de-kamer)
  - id: weg
  - effect: vertrouwen -1

### De kamer

- [Door](#de-hal)
  - id: door
  - effect: vertrouwen = 5
- [Beloof](#de-hal)
  - id: beloof
  - effect: belofte = 1, geduld +1

### De hal

> {guard} **Mo denkt:** Zo.

> **Karin denkt:** Dit hoor je altijd.

- [Later](#einde-klaar)
  - effect: vertrouwen +1

### Einde: Klaar

Uit.

### Nabespreking
"""
HEAD = SCENARIO.partition("\n## ")[0]


@pytest.mark.parametrize("guard", HINTS)
def test_a_hidden_thought_says_which_act_would_have_brought_it_up(guard: str) -> None:
    found = list(hints(scenario_of(HEAD + TALK.replace("{guard}", guard)), 0, "nl"))
    assert [hint.thought for hint in found] == ["s0-2/0"]
    assert found[0].text == f"Dit was bovengekomen {HINTS[guard]}"
    assert found[0].who == ""


def test_what_is_only_heard_as_somebody_else_says_so() -> None:
    lesson = HEAD + TALK.replace("{guard}", "*voor Mo, als vertrouwen >= 3:*")
    (found,) = hints(scenario_of(lesson), 0, "nl")
    assert found.text == say("nl", "course", "hint-replay", name="Mo")
    (found,) = hints(scenario_of(HEAD + TALK.replace("{guard} ", "")), 0, "nl")
    assert found.text == say("nl", "course", "hint-replay", name="Mo")
    (found,) = hints(scenario_of(HEAD + TALK.replace("{guard}", "*als gekozen in, onder water:*")), 0, "nl")
    assert found.text == say("nl", "course", "hint-replay", name="Mo")
    alone = lesson.replace("- opnieuw als: Mo, begin: [De gang](#de-gang)\n", "")
    (found,) = hints(scenario_of(alone), 0, "nl")
    assert (found.who, found.text) == ("Mo", say("nl", "course", "hint-never"))


def test_what_comes_later_for_the_player_is_told_apart_from_what_comes_for_others() -> None:
    later = "  - later: [De hal](#de-hal) Iets. (onbedoeld, {whom}, dagen)\n"
    lesson = (HEAD + TALK.replace("{guard} ", "")).replace(
        "  - id: in\n",
        "  - id: in\n" + "".join(later.format(whom=whom) for whom in ("Karin", "Mo", "Karin en Mo")),
    )
    assert [each.mine for each in coming(scenario_of(lesson), "nl")] == [True, False, False]
