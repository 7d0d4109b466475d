"""Bots: what each is after, and that they play as the player does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.check.bots import BOTS, Option
from builder.check.chance import drawn
from builder.check.plays import PATIENCE, Board, Played, Tally, play, tallies, tally
from builder.model.course import Course
from builder.model.scenario import SceneKind
from builder.render.data import runtime
from tests.courses import ROOT, SAMPLE, course_of
from tests.test_dilemma import ROOM, START
from tests.test_states import PLAYER, course_with, random_lesson

SEEDS = range(6)
COURSES = 16


@pytest.fixture(scope="module")
def courses() -> list[Course]:
    real = [course_of(root) for root in (ROOT, SAMPLE)]
    return [*real, *(course_with(random_lesson(seed)) for seed in range(COURSES))]


def test_the_draw_is_the_players() -> None:
    assert (drawn(""), drawn("a")) == (2872998923, 444641715)


def test_a_bot_plays_as_a_learner_who_makes_its_choices(courses: list[Course], tmp_path: Path) -> None:
    """Where one comes to stand, with which meters, after which events: the same in the player's own core."""
    plays: list[list[tuple[dict[str, object], Played, Board]]] = []
    for course in courses:
        boards = [Board(scenario) for scenario in course.scenarios]
        plays.append(
            [
                ({"scenario": board.scenario.key, "seed": seed, "choices": _choices(run)}, run, board)
                for board in boards
                for bot in BOTS
                for seed in SEEDS
                for run in [play(board, bot, seed)]
            ]
        )
    data = [
        {"course": runtime(course, "a", 4096), "plays": [each for each, _, _ in those]}
        for course, those in zip(courses, plays, strict=True)
    ]
    everything = _clicked(data, tmp_path)
    for found, those in zip(everything, plays, strict=True):
        for there, (asked, run, board) in zip(found, those, strict=True):
            values = dict(zip(board.machine.names, run.last.values, strict=True))
            scene = board.scenario.scenes[run.last.scene].key
            assert (there["scene"], there["values"], there["ended"]) == (scene, values, run.ended), asked
            came = [board.scenario.scenes[each.event].key for each in run.turns if each.event is not None]
            assert there["events"] == came or len(there["events"]) < len(came)  # circles are taken out
    assert sum(len(each["events"]) for found in everything for each in found) > 20


def _choices(run: Played) -> list[int | None]:
    return [each.choice for each in run.turns]


def _clicked(data: list[dict[str, Any]], folder: Path) -> list[list[dict[str, Any]]]:
    (folder / "plays.json").write_text(json.dumps(data), encoding="utf-8")
    npm = [sys.executable, str(PLAYER / "build.py"), "npm", "run", "--silent"]
    bundle, source = str(folder / "clicks.mjs"), str(ROOT / "tests" / "clicks.ts")
    subprocess.run([*npm, "bundle", "--", source, f"--outfile={bundle}"], check=True)
    arguments = [bundle, str(folder / "plays.json")]
    done = subprocess.run([*npm, "node", "--", *arguments], check=True, capture_output=True, text=True)
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


TRAITS = {
    "rule-keeper": [
        (Option(moves={"tijd": -1}), Option(moves={"tijd": 2}, bends=True)),
        (Option(moves={"tijd": -1}), Option(moves={"ruimte": 1})),
        (Option(moves={"tijd": 1, "vertrouwen": -2}), Option(moves={"vertrouwen": 2})),
    ],
    "pleaser": [
        (Option(moves={"tijd": -3}, trust=1), Option(moves={"tijd": 3})),
        (Option(moves={}, meant=1), Option(moves={})),
        (Option(moves={}), Option(moves={}, unmeant=1)),
    ],
    "avoider": [
        (Option(moves={}, skips=True), Option(moves={"vertrouwen": 3}, trust=3)),
        (Option(moves={}), Option(moves={"vertrouwen": 1, "tijd": -1}, trust=1)),
        (Option(moves={}, left=1), Option(moves={}, left=2)),
    ],
    "guard": [
        (Option(moves={"ruimte": 1}), Option(moves={"vertrouwen": 3}, trust=3)),
        (Option(moves={"tijd": 1}), Option(moves={"tijd": 1}, unmeant=1)),
        (Option(moves={}), Option(moves={}, skips=True)),
    ],
    "random": [(Option(moves={}), Option(moves={}, skips=True))],
}


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_prefers_what_it_is_after(bot: str) -> None:
    for better, worse in TRAITS[bot]:
        assert BOTS[bot](better) > BOTS[bot](worse)


CHOICES = (
    "- [Je tekent toch](#de-kamer)\n  - id: toch\n  - dicht door: adres\n  - tenzij: tijd >= 1\n"
    "  - effect: vertrouwen +1\n  - later: [De kamer](#de-kamer) Tja. (onbedoeld, Mo, dagen)\n"
    "- [Je wacht](#de-kamer)\n  - id: wacht\n"
    "- [Je leest voor](#de-kamer)\n  - id: voor\n  - effect: tijd +1, vertrouwen -1\n"
)


def one(*choices: str, room: str = ROOM) -> Board:
    end = "\n### Einde: Klaar\n\nUit.\n\n### Nabespreking\n"
    return Board(course_with(f"{START}{''.join(choices)}\n{room}{end}").scenarios[0])


def taken(found: Tally, scene: str = "de-gang") -> set[str]:
    return {choice for (at, choice), _ in found.choices.items() if at == scene}


def test_each_goes_its_own_way() -> None:
    board = one(CHOICES)
    assert {bot: taken(tally(board, bot, 40)) for bot in BOTS} == {
        "rule-keeper": {"voor"},
        "pleaser": {"toch"},
        "avoider": {"wacht"},
        "guard": {"voor"},
        "random": {"toch", "wacht", "voor"},
    }


def test_a_rule_that_is_not_in_force_is_not_bent() -> None:
    free = START.replace("(hindert)", "(hindert)\n  - alleen als: gebeld = 1")
    end = "\n### Einde: Klaar\n\nUit.\n\n### Nabespreking\n"
    choices = CHOICES.replace("vertrouwen +1", "tijd +2")
    (scenario,) = course_with(f"{free}{choices}\n{ROOM}{end}").scenarios
    assert taken(tally(Board(scenario), "rule-keeper", 5)) == {"toch"}
    assert taken(tally(one(choices), "rule-keeper", 5)) == {"voor"}


def test_the_seed_decides_between_equals_and_nothing_else() -> None:
    board = one(CHOICES)
    assert [play(board, "random", seed) for seed in SEEDS] == [play(board, "random", seed) for seed in SEEDS]
    assert len({play(board, "random", seed).turns for seed in range(30)}) == 3
    assert len({play(board, "pleaser", seed).turns for seed in range(30)}) == 1


def test_who_comes_back_to_the_same_moment_takes_another_way() -> None:
    board = one(
        "- [Je wacht](#de-gang)\n  - id: wacht\n- [Je gaat](#de-kamer)\n  - id: gaat\n  - effect: tijd -1\n"
    )
    run = play(board, "avoider", 0)
    assert run.ended
    keys = [board.scenario.scenes[0].choices[each.choice or 0].key for each in run.turns]
    assert keys[:3] == [
        "wacht",
        "wacht",
        "gaat",
    ]  # waiting once changes what was chosen, waiting twice nothing


def test_who_goes_round_for_ever_is_counted_apart() -> None:
    room = "### De kamer\n\n- [Terug](#de-gang)\n"
    board = one("- [Je gaat](#de-kamer)\n  - id: gaat\n  - effect: tijd -1\n", room=room)
    found = tally(board, "random", 3)
    assert dict(found.endings) == {"": 3}
    assert len(play(board, "random", 0).turns) == PATIENCE


def test_every_run_of_every_bot_is_counted_once(courses: list[Course]) -> None:
    for scenario in courses[1].scenarios:
        endings = {scene.key for scene in scenario.scenes if scene.kind is SceneKind.ENDING}
        for found in tallies(scenario, 50):
            assert sum(found.endings.values()) == 50
            assert set(found.endings) <= endings
            assert all(each <= 50 for each in found.scenes.values())
            assert all(meter.low <= found.meters[meter.key] <= meter.high for meter in scenario.meters)
