"""Records saves of the course and of the sample as they are now: ``uv run python -m tests.saves.record``.

Run it when a version is released (after ``waterlijn release``), and never for a version that is out already: what an
LMS holds of it does not change any more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from builder.model.course import Course
from tests.courses import ROOT, SAMPLE, course_of
from tests.saves import HERE, Learner, Read, data, played

COURSES = {"onder-de-waterlijn": (ROOT, "voorbeeldgemeente"), "proef": (SAMPLE, "vol")}
STANDARDS = ("scorm12", "scorm2004", "scorm2004-3rd", "cmi5", "web")
TEXT = "Ik bel eerst even terug – ‘hoe gaat het écht?’ – en schrijf dan pas iets op. Kost: € 0."


def learners(course: Course) -> Mapping[str, Learner]:
    """Who plays, by a name: from who only opened it to who did everything."""
    scenario = course.scenarios[0]
    last = course.scenarios[-1]
    first, of_last = f"scenario/{scenario.key}", f"scenario/{last.key}"
    midway = next(scene for scene in last.scenes[3:] if scene.kind == "scene" and not scene.role)
    common = {"picks": [], "keep": "lms", "text": TEXT, "seed": 20261124}
    return {
        "geopend": {**common, "until": first},
        "midden-in-een-scenario": {**common, "until": of_last, "scene": midway.key, "seed": 7},
        "een-stap-terug": {
            **common,
            "until": of_last,
            "scene": midway.key,
            "then": [{"do": "back"}],
            "seed": 7,
        },
        "aan-een-einde": {**common, "until": of_last, "scene": "", "picks": _second(course)},
        "nog-eens": {
            **common,
            "until": of_last,
            "scene": "",
            "then": [{"do": "debrief"}, {"do": "replay"}, {"do": "begin"}, {"do": "choose", "choice": 0}],
        },
        "op-een-reactie": {
            **common,
            "until": first,
            "then": [{"do": "begin"}, {"do": "choose", "choice": 0}],
        },
        "antwoorden-op-het-apparaat": {**common, "until": "", "keep": "device"},
        "alles-gedaan": {**common, "until": "", "picks": _second(course)},
    }


def _second(course: Course) -> list[str]:
    """The second choice of every scene."""
    return [
        scene.choices[1].key
        for scenario in course.scenarios
        for scene in scenario.scenes
        if len(scene.choices) > 1
    ]


def written(course: str, version: str, standard: str, read: Read) -> str:
    """A record as a file."""
    return (
        "# Een stand zoals deze versie hem bewaarde. Verander hier niets, behalve onder [later].\n"
        f"course = {json.dumps(course)}\nversion = {json.dumps(version)}\n"
        f"standard = {json.dumps(standard)}\nsave = {json.dumps(read.save)}\n" + _table("then", read.told)
    )


def _table(name: str, values: Mapping[str, Any]) -> str:
    flat = {key: value for key, value in values.items() if not isinstance(value, dict)}
    rows = "".join(
        f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in flat.items()
    )
    tables = "".join(
        _table(f"{name}.{json.dumps(key)}", value) for key, value in values.items() if isinstance(value, dict)
    )
    return f"\n[{name}]\n{rows}{tables}"


def main() -> None:
    """Write every record of the courses as they are now."""
    for name, (root, variant) in COURSES.items():
        course = course_of(root)
        version = course.settings.version
        folder = HERE / f"{name}-{version}"
        folder.mkdir(exist_ok=True)
        chosen = learners(course)
        courses = {standard: data(course, variant, standard) for standard in STANDARDS}
        # Every learner in SCORM 1.2, and in turn in another: the text of a save is the same but for its room.
        turns = [(who, STANDARDS[0]) for who in chosen]
        turns += [(who, STANDARDS[1 + at % (len(STANDARDS) - 1)]) for at, who in enumerate(chosen)]
        found, _ = played(courses, [{**chosen[who], "course": standard} for who, standard in turns])
        for (who, standard), read in zip(turns, found, strict=True):
            path = folder / f"{who}-{standard}.toml"
            path.write_text(written(name, version, standard, read), encoding="utf-8")


if __name__ == "__main__":
    main()
