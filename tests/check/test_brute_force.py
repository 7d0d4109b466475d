"""Small random scenarios, gone through by a plain second machine: both find the same states, ends, ways and lengths."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import pytest

from builder.check.answers import Survey
from builder.check.facts import leaks
from builder.check.history import longest
from builder.check.machine import Machine, State
from builder.check.memory import everything
from builder.check.states import Space, explore
from builder.check.structure import arrows, reach
from builder.check.stuck import bad_luck, circles, dead_ends
from builder.diagnostics import has_errors
from builder.link import link
from builder.model.scenario import Beat, Learns, Scenario, SceneKind
from builder.source import SourceTree, parse
from tests.check.naive import Moment, Naive
from tests.test_course import COURSE

SEEDS = (*range(100), 139, 670, 237, 291, 324, 862)
"""The last ones have what is rare: bad luck, a bound that is none too exact, what went wrong once."""

MANY = 4_000
"""Moments above which a random scenario is left out: the plain machine is slow."""

HEAD = """\
# Les

- id: les

## Scenario: Proef

- personages:
  - Mo: 29
  - Karin: coach
- perspectief: Karin
- meter: vertrouwen = 1 (0-2)
- variabele: gebeld = 0
- feit: huisverbod = Mo mag niet naar huis. (Mo)
- regel: adres = Eerst een adres. (hindert)
"""


def small_lesson(seed: int) -> str:
    """A lesson with a scenario of a few scenes that lead anywhere, sometimes nowhere."""
    dice, spice = random.Random(seed), random.Random(f"spice {seed}")
    count = dice.randint(2, 4)
    links = [f"#kamer-{number}" for number in range(count)]

    def effect() -> str:
        return dice.choice(["vertrouwen +1", "vertrouwen -1", "vertrouwen = 2", "gebeld = 1", "gebeld = 0"])

    def condition(dice: random.Random = dice) -> str:
        one = dice.choice(["vertrouwen >= 2", "vertrouwen = 0", "vertrouwen < 2", "gebeld = 1", "gebeld = 0"])
        other = dice.choice(
            [f"bezocht [K](#kamer-{dice.randrange(count)})", "gekozen eerste", "niet gekozen eerste"]
        )
        return dice.choice([one, one, other, f"{one} en {other}", f"niet ({one} of {other})"])

    def choice(number: int, index: int) -> str:
        key = "eerste" if number + index == 0 else f"k{number}{index}"
        lines = [
            f"- [Keuze {index}]({dice.choice([*links, *links, '#einde-uit', '#einde-thuis'])})",
            f"  - id: {key}",
        ]
        if dice.random() < 0.5:
            lines.append(f"  - effect: {effect()}")
        if dice.random() < 0.4:
            lines.append(f"  - alleen als: {dice.choice([condition(), condition(), 'anders'])}")
        if dice.random() < 0.4:
            lines.append("  - eenmalig: ja")
        if dice.random() < 0.2:
            lines += ["  - dicht door: adres", f"  - tenzij: {condition()}"]
        if dice.random() < 0.2:
            lines.append("  - weet: Karin huisverbod")
            if spice.random() < 0.5:
                lines.append(f"    - alleen als: {condition(spice)}")
        if dice.random() < 0.3:
            lines.append(f"  - later: [Daar]({dice.choice(links)}) Tja. (onbedoeld, Mo, dagen)")
            lines.append(f"    - effect: {effect()}")
            if spice.random() < 0.5:
                lines.append(f"    - alleen als: {condition(spice)}")
        if dice.random() < 0.3:
            guard, thinks = f"*als {condition()}:* " if dice.random() < 0.5 else "", ""
            if spice.random() < 0.5:
                guard, thinks = spice.choice(["", when()]), " denkt"
            lines += ["", f"  > {guard}**Karin{thinks}:** [Jij mag](#feit-huisverbod) niet."]
        return "\n".join(lines)

    def when() -> str:
        """Before a thought: when it is there, or when it comes up, or both."""
        own, other = condition(spice), condition(spice)
        more = spice.choice(["", "", ", onder water", f", als {other}"])
        return f"*{spice.choice(['als', 'als', 'alleen als'])} {own}{more}:* "

    parts = [HEAD + (f"  - alleen als: {condition()}\n" if dice.random() < 0.5 else "")]
    for number in range(count):
        settings = ["- weet: Karin huisverbod"] if dice.random() < 0.2 else []
        if dice.random() < 0.15:
            settings += [
                "- intensiteit: hoog",
                f"- overslaan: [Verder]({dice.choice([*links, '#einde-uit'])}) Kort.",
            ]
        if spice.random() < 0.2:
            settings.append("- perspectief: Mo")
        beats = ["Hier."]
        if dice.random() < 0.3:
            guard = f"*als {condition()}:* "
            guard = guard if spice.random() < 0.5 else when()
            beats.append(f"> {guard}**Karin denkt:** [Thuis](#feit-huisverbod).")
        choices = "\n".join(choice(number, index) for index in range(dice.randint(1, 3)))
        parts.append(
            "\n\n".join(
                [f"### Kamer {number}", *(["\n".join(settings)] if settings else []), *beats, choices]
            )
        )
    for number in range(dice.randint(0, 2)):
        among = dice.sample(links, dice.randint(1, 2))
        at = ", ".join(f"[K]({link})" for link in among)
        often = dice.choice(["eenmalig: ja", "hoogstens: 2 keer", "eenmalig: nee"])
        back = dice.choice(["#verder", *links, *among, *among])
        parts.append(
            f"### Gebeurtenis: Iets {number}\n\n- bij: {at}\n- kans: {dice.choice([40, 100])}%\n"
            f"- alleen als: {condition()}\n- {often}\n\nBoem.\n\n- [Door]({back})"
            + (f"\n  - effect: {effect()}" if dice.random() < 0.5 else "")
        )
    parts.append("### Einde: Uit\n\nUit.\n\n### Einde: Thuis\n\nThuis.\n\n### Nabespreking\n")
    return "\n\n".join(parts)


def linked(lesson: str) -> Scenario:
    """The scenario of a lesson, of which nothing is unreadable or unknown."""
    files = {**COURSE, "content/lessons/01-les.md": lesson}
    draft = parse(SourceTree(files={path: text.encode() for path, text in files.items()}))
    course = link(draft.value)
    assert not has_errors((*draft.diagnostics, *course.diagnostics)), lesson
    (scenario,) = course.value.scenarios
    return scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A random scenario as the plain machine has it, and as the builder does."""

    seed: int
    scenario: Scenario
    naive: Naive
    space: Space

    def leaves(self, at: Moment) -> bool:
        """Whether the plain graph knows a way from here to an ending; where it does not, it tells so itself."""
        endings = {scene.key for scene in self.scenario.scenes if scene.kind is SceneKind.ENDING}
        return bool(reach(arrows(self.scenario), {at.scene}) & endings)


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    found = []
    for seed in SEEDS:
        scenario = linked(small_lesson(seed))
        naive = Naive(scenario)
        if len(naive.far) <= MANY:
            found.append(Pair(seed=seed, scenario=scenario, naive=naive, space=explore(scenario)))
    assert len(found) > len(SEEDS) * 0.8
    return found


def seen(machine: Machine, state: State) -> Moment:
    """A state that keeps everything, as the plain machine writes it."""
    scenes = machine.scenario.scenes
    done = [flag for flag, bit in machine.bits.items() if state.flags & bit]
    spent = Counter(key.partition("#")[0] for kind, key in done if kind == "spent")
    return Moment(
        scene=scenes[state.scene].key,
        values=tuple(zip(machine.names, state.values, strict=True)),
        visited=frozenset(key for kind, key in done if kind == "visited"),
        chosen=frozenset(key for kind, key in done if kind == "chosen"),
        spent=frozenset(spent.items()),
        pending=frozenset(each for n, each in enumerate(machine.laters) if state.pending >> n & 1),
        resume="" if state.resume is None else scenes[state.resume].key,
    )


def test_there_is_something_to_find(pairs: list[Pair]) -> None:
    """The tests below would pass if nobody ever got stuck, and nobody spoke too soon."""
    found = [
        sum(map(bool, each)) for each in zip(*(
            (dead_ends(pair.space), circles(pair.space), bad_luck(pair.space), list(leaks(pair.space)))
            for pair in pairs
        ), strict=True)
    ]  # fmt: skip
    assert min(found) >= 2, found


def test_both_find_the_same_states(pairs: list[Pair]) -> None:
    for pair in pairs:
        space = explore(pair.scenario, everything)
        assert {seen(space.machine, state) for state in space.states} == set(pair.naive.far), pair.seed
        assert len(space.states) == len(pair.naive.far), pair.seed


def test_the_shortest_way_to_each_scene_is_as_short(pairs: list[Pair]) -> None:
    """And through each choice; so the same scenes, endings and choices are never reached."""
    for pair in pairs:
        naive: dict[str, int] = {}
        for moment, far in pair.naive.far.items():
            naive[moment.scene] = min(far, naive.get(moment.scene, far))
        ours: dict[str, int] = {}
        for number, state in enumerate(pair.space.states):
            ours.setdefault(pair.scenario.scenes[state.scene].key, len(pair.space.way(number)))
        assert ours == naive, pair.seed
        taken = {
            (at.scene, went.choice)
            for at, out in pair.naive.steps.items()
            for went in out
            if went.choice >= 0
        }
        keys = [scene.key for scene in pair.scenario.scenes]
        assert {(keys[scene], choice) for scene, choice in Survey(pair.space).taken} == taken, pair.seed


def test_both_get_stuck_in_the_same_scenes(pairs: list[Pair]) -> None:
    for pair in pairs:
        naive, keys = pair.naive, [scene.key for scene in pair.scenario.scenes]
        ended = {at for at in naive.far if naive.scenes[at.scene].kind is SceneKind.ENDING}
        dead = {at for at, out in naive.steps.items() if not out} - ended
        assert {keys[scene] for scene in dead_ends(pair.space)} == {at.scene for at in dead}, pair.seed
        lost = set(naive.far) - backwards(naive, ended)
        round_and_round = lost - backwards(naive, dead)
        assert bool(circles(pair.space)) == any(map(pair.leaves, innermost(naive, round_and_round))), (
            pair.seed
        )
        surely = sure(naive, ended | lost)
        assert bool(bad_luck(pair.space)) == bool(set(naive.far) - surely), pair.seed


def backwards(naive: Naive, ends: set[Moment]) -> set[Moment]:
    """Everything from which one can come in ``ends``."""
    found, size = set(ends), -1
    while size != len(found):
        size = len(found)
        found |= {at for at, out in naive.steps.items() if any(went.to in found for went in out)}
    return found


def sure(naive: Naive, ends: set[Moment]) -> set[Moment]:
    """Everything from which one can make sure of coming in ``ends``, whatever events come."""
    found, size = set(ends), -1
    while size != len(found):
        size = len(found)
        for at, out in naive.steps.items():
            choices = {went.choice for went in out}
            if any(all(went.to in found for went in out if went.choice == each) for each in choices):
                found.add(at)
    return found


def innermost(naive: Naive, among: set[Moment]) -> set[Moment]:
    """Those to which one can come back from everything that can follow."""
    ahead: dict[Moment, set[Moment]] = {}
    for at in among:
        ahead[at] = {at}
        waiting = [at]
        while waiting:
            new = {went.to for went in naive.steps[waiting.pop()]} - ahead[at]
            ahead[at] |= new
            waiting += new
    return {at for at in among if all(at in ahead[each] for each in ahead[at])}


def test_conditions_are_true_and_false_in_the_same_places(pairs: list[Pair]) -> None:
    for pair in pairs:
        survey = Survey(pair.space)
        for number, scene in enumerate(pair.scenario.scenes):
            here = [at for at in pair.naive.far if at.scene == scene.key]
            for n, choice in enumerate(scene.choices):
                unspent = [
                    at for at in here if not (choice.once and (f"{scene.key}/{choice.key}", 1) in at.spent)
                ]
                asked = {pair.naive.holds(choice.condition, at) for at in unspent}
                found = survey.answers(choice.condition, survey.offering(number, n)())
                assert (found.yes, found.no) == (True in asked, False in asked), pair.seed
            for beat in scene.beats:
                condition = beat.guard and beat.guard.condition
                asked = {pair.naive.holds(condition or None, at) for at in here}
                found = survey.answers(condition or None, survey.arriving(number)())
                assert (found.yes, found.no) == (True in asked, False in asked), pair.seed


def test_what_comes_later_comes_and_is_averted_alike(pairs: list[Pair]) -> None:
    found: Counter[tuple[bool, bool]] = Counter()
    for pair in pairs:
        survey = Survey(pair.space)
        for number, (at, choice, nth) in enumerate(pair.space.machine.laters):
            condition = pair.scenario.scenes[at].choices[choice].later[nth].condition
            if condition:
                answers = survey.answers(condition, survey.due(number)())
                asked = pair.naive.due.get((at, choice, nth), set())
                assert (answers.yes, answers.no) == (True in asked, False in asked), pair.seed
                found[answers.yes, answers.no] += 1
    assert min(found[both] for both in ((True, True), (True, False), (False, True))) >= 2, found


def test_the_longest_history_is_as_long(pairs: list[Pair]) -> None:
    exact = 0
    for pair in pairs:
        found, naive = longest(pair.scenario), lengths(pair.naive)
        assert found.proven, pair.seed
        if naive and found.exact:
            assert (found.now, found.first if found.ends else None) == naive, pair.seed
            exact += 1
        elif naive:
            assert found.now >= naive[0], pair.seed
            assert found.first >= (naive[1] or 0), pair.seed
    assert exact > len(pairs) / 2


def lengths(naive: Naive) -> tuple[int, int | None] | None:
    """The longest history of a run, and of a finished one: every walk that passes no moment twice is tried."""
    now, first, tries = 0, None, 60_000
    walk = [(naive.first, 0)]
    passed: list[Moment] = []
    while walk:
        at, length = walk.pop()
        if length < 0:
            passed.pop()
            continue
        tries -= 1
        if not tries:
            return None
        passed.append(at)
        walk.append((at, -1))
        mark = any(naive.reacts(at, choice) for choice in naive.open(at))
        now = max(now, length + (3 if mark else 0))
        if naive.scenes[at.scene].kind is SceneKind.ENDING:
            first = max(first or 0, length)
        walk += [
            (went.to, length + (1 if went.choice < 0 else 2) + (3 if went.event else 0))
            for went in naive.steps[at]
            if went.to not in passed
        ]
    return now, first


def test_a_fact_leaks_where_somebody_can_get_to_without_it(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert bool(list(leaks(pair.space))) == leaking(pair.naive), pair.seed


def leaking(naive: Naive) -> bool:
    """Whether Karin mentions the ban at home on some way on which she did not learn of it."""
    seen, waiting = {naive.first}, [naive.first]
    while waiting:
        at = waiting.pop()
        scene = naive.scenes[at.scene]
        if learned(naive, scene.learns, at):
            continue
        if any(mentions(naive, beat, at) for beat in scene.beats):
            return True
        for went in naive.steps[at]:
            choice = scene.choices[went.choice] if went.choice >= 0 else None
            after = naive.took(at, went.choice) if choice else at
            if choice and learned(naive, choice.learns, after):
                continue
            if choice and any(mentions(naive, beat, after) for beat in choice.reaction):
                return True
            if went.to not in seen:
                seen.add(went.to)
                waiting.append(went.to)
    return False


def learned(naive: Naive, learns: tuple[Learns, ...], at: Moment) -> bool:
    return any(naive.holds(each.condition, at) for each in learns if each.who.key == "karin")


def mentions(naive: Naive, beat: Beat, at: Moment) -> bool:
    """Whether Karin says or thinks it, seen or not; of a thought of Mo's nothing is asked: he knows."""
    guard = beat.guard
    if not any(link_.target == "#feit-huisverbod" for link_ in beat.prose.links):
        return False
    if not beat.speaker or beat.speaker.key != "karin":
        return False
    always = guard is None or (naive.others(beat, at) and not guard.only)
    return always or naive.holds(guard.condition if guard else None, at)
