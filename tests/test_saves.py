"""Updates with learners in the middle: every later version reads what an LMS holds, and nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from builder.diagnostics import Code, Severity
from builder.link import link
from builder.release import keys_file
from builder.source import parse
from builder.source.read import SourceTree, read
from tests.courses import ROOT, course_of
from tests.saves import Learner, Read, Told, data, played, records
from tests.saves.record import COURSES, TEXT, learners
from tests.saves.versions import TALK, VERSIONS, released
from tests.saves.versions import read as version_of

RECORDS = records()


@cache
def recorded() -> Mapping[str, tuple[str, Read]]:
    """By its path, each recorded save with today's version of its course, and what it stands for in it."""
    courses: dict[str, Mapping[str, Any]] = {}
    versions = {}
    for name, (root, variant) in COURSES.items():
        course = course_of(root)
        versions[name] = course.settings.version
        for standard in {each.standard for each in RECORDS if each.course == name}:
            courses[f"{name} {standard}"] = data(course, variant, standard)
    _, found = played(courses, [], [(f"{each.course} {each.standard}", each.save) for each in RECORDS])
    return {
        str(each.path): (versions[each.course], read)
        for each, read in zip(RECORDS, found, strict=True)
    }  # fmt: skip


@pytest.mark.parametrize(
    "record", RECORDS, ids=lambda record: f"{record.path.parent.name}/{record.path.stem}"
)
def test_a_recorded_save_is_still_true(record: Any) -> None:
    """Of this version to the letter; of an older one but for what stands beside it, written by hand."""
    version, read = recorded()[str(record.path)]
    if record.version == version:
        assert not record.later
        assert read.save == record.save
    assert {**record.then, **record.later} == read.told


def test_every_standard_and_both_courses_are_in_the_corpus() -> None:
    assert {each.course for each in RECORDS} == set(COURSES)
    assert {each.standard for each in RECORDS} == {"scorm12", "scorm2004", "scorm2004-3rd", "cmi5", "web"}
    assert any(each.then["answers"] for each in RECORDS)
    assert any("first" in run for each in RECORDS for run in each.then["runs"].values())


# Text only.

EDITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "content/lessons/01-start.md": (
        ("# Aan het roer", "# Jij aan het roer"),
        ("## Zo speel je", "## Hoe speel je dit?"),
        ("### De klok\n", "### De klok tikt\n\n- id: de-klok\n"),
        ("(#de-klok)", "(#de-klok-tikt)"),
    ),
    "course/course.toml": (
        ('version = "', 'version = "9.'),
        ('title = "Onder de waterlijn"', 'title = "Onder water"'),
    ),
    "course/variants/voorbeeldgemeente/variant.toml": (("de nazorgcoördinator van", "het nazorgteam van"),),
}
"""Words, titles and links of the course itself; of a scene the title changes, and its key stays with an ``id``."""


def edited() -> SourceTree:
    """The course itself, as released, with other words everywhere and scenes in another order."""
    tree = read(ROOT)
    course = course_of(ROOT)
    files = dict(tree.files)
    files["course/keys.toml"], _ = keys_file(course, b"")
    for path, changes in EDITS.items():
        text = files[path].decode()
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after)
        files[path] = text.encode()
    for path in [each for each in files if each.startswith(("content/lessons/", "content/scenarios/"))]:
        files[path] = _reordered(files[path].decode()).replace("Je ", "Jij ").encode()
    return SourceTree(files=files)


def _reordered(text: str) -> str:
    """The scenes of each scenario turned round, but for the first: a story begins with it."""
    head, *parts = text.split("\n### ")
    if not parts:
        return text
    scenes = [each for each in parts if not each.startswith("Nabespreking")]
    rest = parts[len(scenes) :]
    return "\n### ".join([head, scenes[0], *reversed(scenes[1:]), *rest])


def test_other_words_and_another_order_change_nothing_for_anyone() -> None:
    before = course_of(ROOT)
    after = link(parse(edited()).value)
    assert not [each for each in after.diagnostics if each.code is Code.KEY_LOST]
    courses = {"before": data(before, "voorbeeldgemeente"), "after": data(after.value, "voorbeeldgemeente")}
    who = learners(before)
    saved, _ = played(courses, [{**each, "course": "before"} for each in who.values()])
    _, found = played(courses, [], [("after", each.save) for each in saved])
    for name, left, right in zip(who, saved, found, strict=True):
        assert right.told == left.told, name
        assert right.told["notices"] == [], name


# Three versions of a small course.

PLAIN: Learner = {"keep": "lms", "text": TEXT, "seed": 5}
TALKING, CALLING = "scenario/aan-tafel", "scenario/aan-de-lijn"
WHO: Mapping[str, Learner] = {
    "begonnen": {**PLAIN, "picks": ["vraag"], "until": TALKING, "scene": "de-tafel"},
    "brief": {**PLAIN, "picks": ["vraag", "brief"], "until": TALKING, "scene": "de-deur"},
    "brief-zwijgend": {**PLAIN, "picks": ["stil", "brief"], "until": TALKING, "scene": "de-deur"},
    "twee-keer": {
        **PLAIN,
        "picks": ["vraag", "wacht", "mee"],
        "until": TALKING,
        "scene": "",
        "then": [{"do": "replay"}, {"do": "choose", "choice": 0}],
    },
    "alles": {**PLAIN, "picks": ["stil", "zus", "opnemen"], "until": ""},
    "aan-de-lijn": {**PLAIN, "picks": ["stil", "zus"], "until": CALLING, "scene": "hij-gaat-over"},
}
ONLY = {
    "3": {"begonnen", "brief", "brief-zwijgend", "alles"}
}  # there is no telephone any more, nor the choice "mee"

SCENARIO, PLACE, ANSWER = "scenario-gone", "place-gone", "answer-gone"
TABLE, FIRST = "changed: aan-tafel, de-tafel", "first-changed: aan-tafel"
TOLD: Mapping[tuple[str, str, str], list[str]] = {
    ("1", "3", "brief-zwijgend"): [TABLE],
    ("1", "3", "twee-keer"): [FIRST],
    ("1", "3", "alles"): [SCENARIO, ANSWER, PLACE],
    ("1", "3", "aan-de-lijn"): [ANSWER, PLACE],
    ("2", "3", "begonnen"): [SCENARIO, ANSWER],
    ("2", "3", "brief"): [SCENARIO, ANSWER],
    ("2", "3", "brief-zwijgend"): [SCENARIO, TABLE, ANSWER],
    ("2", "3", "twee-keer"): [SCENARIO, FIRST, ANSWER],
    ("2", "3", "alles"): [SCENARIO, ANSWER],
    ("2", "3", "aan-de-lijn"): [PLACE],
}
"""What is told, from one version to another, of each learner of whom something is lost; of all others nothing."""


@cache
def matrix() -> Mapping[tuple[str, str, str], tuple[Told, Told]]:
    """Of every learner of every version, on every version: the state that was saved, and the one that is read."""
    courses = {version: data(course, "a") for version, (course, _) in released().items()}
    who = [(version, name) for version in courses for name in WHO if name in ONLY.get(version, WHO)]
    saved, _ = played(courses, [{**WHO[name], "course": version} for version, name in who])
    pairs = [(*each, to, save) for each, save in zip(who, saved, strict=True) for to in courses]
    _, found = played(courses, [], [(to, save.save) for _, _, to, save in pairs])
    return {
        (version, to, name): (save.told, read.told)
        for (version, name, to, save), read in zip(pairs, found, strict=True)
    }


def test_the_versions_are_courses_and_only_the_third_takes_something_away() -> None:
    lost = {
        version: sorted(dict(each.values)["key"] for each in said if each.code is Code.KEY_LOST)
        for version, (_, said) in released().items()
    }
    assert not [each for _, said in released().values() for each in said if each.severity is Severity.ERROR]
    assert lost == {
        "1": [],
        "2": [],
        "3": ["lesson/telefoon", "mee", "reflection/wat-viel-je-op", "scenario/aan-de-lijn"],
    }


def test_a_save_of_its_own_version_comes_back_whole() -> None:
    for (version, to, name), (before, after) in matrix().items():
        if version == to:
            assert after == before, (version, name)


def test_every_save_on_every_later_version_tells_what_it_lost() -> None:
    for (version, to, name), (_, after) in matrix().items():
        if version < to:
            assert after["notices"] == TOLD.get((version, to, name), []), (version, to, name)


def test_what_nobody_is_told_of_is_as_it_was() -> None:
    for (version, to, name), (before, after) in matrix().items():
        if version >= to or (version, to, name) in TOLD:
            continue
        assert after["place"] == before["place"]
        assert sorted(after["done"]) == sorted(before["done"])
        assert after["answers"] == before["answers"]
        for scenario, runs in before["runs"].items():
            for which in ("now", "first"):
                left, right = runs.get(which), after["runs"][scenario].get(which)
                assert (left and left["choices"]) == (right and right["choices"]), (version, to, name)
                assert (left and left["scene"]) == (right and right["scene"])


def test_what_is_kept_is_a_true_beginning_also_of_a_newer_version() -> None:
    for (version, to, name), (before, after) in matrix().items():
        for scenario, runs in after["runs"].items():
            if "now" not in runs:
                continue
            kept = runs["now"]["choices"]
            assert kept == before["runs"][scenario]["now"]["choices"][: len(kept)], (version, to, name)
            whole = len(kept) == len(before["runs"][scenario]["now"]["choices"])
            told = any(notice.startswith(f"changed: {scenario}") for notice in after["notices"])
            assert whole != told, (version, to, name)


def test_words_whose_question_is_gone_are_kept_and_found_among_the_answers() -> None:
    before, after = matrix()["1", "3", "alles"]
    assert "wat-viel-je-op" in before["answers"]
    assert "wat-viel-je-op" not in after["answers"]
    assert TEXT in after["strays"]


def test_a_scene_that_is_renamed_without_its_old_name_is_told_to_the_author() -> None:
    first, _ = version_of(VERSIONS["1"], b"")
    keys, _ = keys_file(first, b"")
    text = TALK.replace("### De brief\n", "### Zes kantjes\n").replace("(#de-brief)", "(#zes-kantjes)")
    course, said = version_of({**VERSIONS["1"], "01-gesprek.md": text}, keys)
    (lost,) = [each for each in said if each.code is Code.KEY_LOST]
    assert lost.instead == "- id: de-brief"
    assert course.codes["scenario/aan-tafel"]["zes-kantjes"] not in first.codes["scenario/aan-tafel"].values()
