"""What the builder says of a whole course: names, targets, graphs, pictures. Each mistake gives one message."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest

from builder.diagnostics import ACCEPTABLE, Code, Diagnostic, Severity
from builder.messages import say
from builder.pipeline import FORMATS, build, examined
from builder.render.data import runtime
from builder.source.read import SourceTree
from builder.vary import vary

COURSE = {
    "course/course.toml": 'id = "x"\ntitle = "X"\nlanguage = "nl"\nversion = "1"\ndate = 2026-01-01\n'
    '[sources]\nIV = "Bron"\n',
    "course/cast.toml": '[mo]\nname = "Mo"\n[karin]\nname = "Karin"\n',
    "course/variants/a/variant.toml": 'name = "A"\n[lokaal.nazorg]\ntext = "Team"\n',
    "content/images/een berg.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "content/images/berg.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}

RAW = {path: text.encode() for path, text in COURSE.items()}

HEAD = """\
# Les

- id: les
- bron: IV
"""

SCENARIO = (
    HEAD
    + """
## Scenario: Proef

- personages:
  - Mo: 29
  - Karin: coach
- perspectief: Karin
- meter: vertrouwen = 2 (0-5)
- feit: huisverbod = Mo mag niet naar huis (Mo)
- regel: adres = Eerst een adres. (hindert)
"""
)

END = """
### Einde: Klaar

Uit.

### Nabespreking
"""


def said(lesson: str, files: Mapping[str, str | bytes] | None = None) -> tuple[Diagnostic, ...]:
    """What the builder says of a course of one lesson, but for its judgement of choices (``test_dilemma``), and of
    the frame's meter, which most lessons have no need of.
    """
    everything = {**COURSE, "content/lessons/01-les.md": lesson, **(files or {})}
    found = examined(
        SourceTree(
            files={
                path: text.encode() if isinstance(text, str) else text for path, text in everything.items()
            }
        )
    ).diagnostics
    return tuple(each for each in found if each.code not in ACCEPTABLE | {Code.METER_STILL})


def line_of(lesson: str, words: str) -> int:
    """The number of the first line that holds ``words``."""
    return next(number for number, line in enumerate(lesson.splitlines(), 1) if words in line)


def scenes(*parts: str) -> str:
    """A lesson with a scenario of these scenes and one ending."""
    return SCENARIO + "".join(f"\n{part.strip()}\n" for part in parts) + END


GANG = "### De gang\n\n- [Verder](#einde-klaar)"

# title: (lesson, code, words on the line, what to write instead)
MISTAKES = {
    "a choice to a scene that is not there": (
        scenes(
            "### De gang\n\n- [Naar binnen](#de-kammer)\n- [Weg](#einde-klaar)",
            "### De kamer\n\n- [Uit](#einde-klaar)",
        ),
        "scene-unknown",
        "#de-kammer",
        "- [Naar binnen](#de-kamer)",
    ),
    "a later consequence in a scene that is not there": (
        scenes(
            "### De gang\n\n- [Weg](#einde-klaar)\n  - later: [Straks](#einde-klar) Tja. (bedoeld, Mo, dagen)"
        ),
        "scene-unknown",
        "#einde-klar)",
        "  - later: [Straks](#einde-klaar) Tja. (bedoeld, Mo, dagen)",
    ),
    "a speaker who is not among the people": (
        scenes("### De gang\n\n> **Moo:** Hoi.\n\n- [Weg](#einde-klaar)"),
        "person-unknown",
        "**Moo:**",
        "> **Mo:** Hoi.",
    ),
    "an effect on a meter that is not there": (
        scenes("### De gang\n\n- [Weg](#einde-klaar)\n  - effect: vertrouwn +1"),
        "variable-unknown",
        "vertrouwn",
        "  - effect: vertrouwen +1",
    ),
    "a condition on a meter that is not there": (
        scenes("### De gang\n\n*als tijd > 1:* Laat.\n\n- [Weg](#einde-klaar)"),
        "variable-unknown",
        "tijd > 1",
        "",
    ),
    "a mention of a fact that is not there": (
        scenes("### De gang\n\nHij zwijgt over [thuis](#feit-huisverbot).\n\n- [Weg](#einde-klaar)"),
        "fact-unknown",
        "huisverbot",
        "Hij zwijgt over [thuis](#feit-huisverbod).",
    ),
    "a choice closed by a rule that is not there": (
        scenes(
            "### De gang\n\n- [Weg](#einde-klaar)\n- [Bel](#einde-klaar)\n  - id: bel\n  - dicht door: adress"
        ),
        "rule-unknown",
        "adress",
        "  - dicht door: adres",
    ),
    "a condition on a choice that is not there": (
        scenes("### De gang\n\n*als gekozen bellen:* Ja.\n\n- [Bel](#einde-klaar)\n  - id: bel"),
        "choice-unknown",
        "gekozen bellen",
        "*als gekozen bel:* Ja.",
    ),
    "a source that is not there": (
        HEAD.replace("IV", "VI") + "\nTekst.\n",
        "source-unknown",
        "VI",
        "- bron: IV",
    ),
    "a local fact that nobody fills in": (
        HEAD + "\nBel [iemand](lokaal:nazorgg).\n",
        "local-unknown",
        "lokaal:nazorgg",
        "[iemand](lokaal:nazorg)",
    ),
    "a link to another file": (HEAD + "\nZie [les 2](02-twee.md).\n", "link-unknown", "02-twee.md", "les 2"),
    "a link to a heading": (HEAD + "\nZie [hierboven](#les).\n", "link-unknown", "#les", "hierboven"),
    "a telephone number for a local fact": (
        HEAD + "\nBel [iemand](lokaal:06-12345678).\n",
        "local-typed",
        "lokaal:06",
        "[iemand](lokaal:nazorg)",
    ),
    "somebody for whom it is who is nearly a person": (
        scenes(
            "### De gang\n\n- [Weg](#einde-klaar)\n  - later: [Klaar](#einde-klaar) Tja. (bedoeld, Karn, dagen)"
        ),
        "person-unknown",
        "Karn",
        "  - later: [Klaar](#einde-klaar) Tja. (bedoeld, Karin, dagen)",
    ),
    "a scenario file that is not there": (
        HEAD + "\n## Scenario: [Proef](../scenarios/prof.md)\n",
        "file-unknown",
        "prof.md",
        "",
    ),
    "a scene that nothing leads to": (
        scenes(GANG, "### De tuin\n\n- [Weg](#einde-klaar)"),
        "scene-unreachable",
        "### De tuin",
        "- [De tuin](#de-tuin)",
    ),
    "a scene without a choice": (
        scenes("### De gang\n\n- [Weg](#einde-klaar)\n- [In](#de-tuin)", "### De tuin\n\nStil."),
        "scene-dead-end",
        "### De tuin",
        "### Einde: De tuin",
    ),
    "scenes that lead only to each other": (
        scenes("### De gang\n\n- [Weg](#einde-klaar)\n- [In](#de-tuin)", "### De tuin\n\n- [Rond](#de-tuin)"),
        "scene-no-way-out",
        "### De tuin",
        "- [Klaar](#einde-klaar)",
    ),
    "an event in the first scene": (
        scenes(GANG, "### Gebeurtenis: Boos\n\n- bij: [De gang](#de-gang)\n- kans: 10%\n\n- [Door](#verder)"),
        "event-first",
        "### Gebeurtenis",
        "",
    ),
    "two choices with one target": (
        scenes("### De gang\n\n- [Weg](#einde-klaar)\n- [Rustig weg](#einde-klaar)"),
        "choice-twice",
        "Rustig weg",
        "  - id: rustig-weg",
    ),
    "two scenes with one id": (
        scenes(
            "### De gang\n\n- id: a\n\n- [In](#de-tuin)", "### De tuin\n\n- id: a\n\n- [Weg](#einde-klaar)"
        ),
        "key-twice",
        "### De tuin",
        "- id: a-2",
    ),
    "two scenes of one name": (
        scenes("### De gang\n\n- [In](#einde-klaar)", "### De gang \n\n- [Weg](#einde-klaar)"),
        "scene-twice",
        "### De gang ",
        "",
    ),
    "a picture from the web": (
        HEAD + "\n![Berg](https://voorbeeld.example/berg.png)\n",
        "image-remote",
        "https://",
        "![Berg](../images/berg.png)",
    ),
    "two people of one name": (
        scenes(GANG).replace("  - Karin: coach", "  - Karin: coach\n  - karin: buurvrouw"),
        "name-twice",
        "karin: buurvrouw",
        "",
    ),
    "a variable named as a meter": (
        scenes(GANG).replace("- feit:", "- variabele: vertrouwen = 1\n- feit:"),
        "name-twice",
        "variabele: vertrouwen",
        "",
    ),
    "an ending without a debrief": (
        scenes(GANG).replace("\n### Nabespreking\n", ""),
        "debrief-missing",
        "## Scenario",
        "### Nabespreking",
    ),
    "a scenario without an ending": (
        SCENARIO + "\n### De gang\n\n- [Rond](#de-gang)\n  - eenmalig: ja\n",
        "ending-missing",
        "## Scenario",
        "### Einde: …",
    ),
    "a scenario without a scene": (SCENARIO, "scenario-empty", "## Scenario", "### De eerste scène"),
    "two reflections with one question": (
        HEAD + "\n## Reflectie: Wat nu?\n\n- antwoord: open\n\n## Reflectie: Wat nu?\n\n- antwoord: open\n",
        "key-twice",
        "## Reflectie",
        "- id: wat-nu-2",
    ),
    "a picture without a description": (
        HEAD + "\n![](../images/berg.svg)\n",
        "image-alt",
        "berg.svg",
        "![Wat er te zien is](../images/berg.svg)",
    ),
    "a picture that is not there": (
        HEAD + "\n![Berg](../images/Berg.svg)\n",
        "image-unknown",
        "Berg.svg",
        "![Berg](../images/berg.svg)",
    ),
    "raw HTML": (HEAD + "\nEen <span style='x'>rood</span>\n", "html-removed", "<span", ""),
}

FINE = {
    "the frame itself": scenes(GANG),
    "a letter that speaks": scenes("### De gang\n\n> **Brief:** Geachte heer.\n\n- [Weg](#einde-klaar)"),
    "one's own thought": scenes("### De gang\n\n> **Je denkt:** Hm.\n\n- [Weg](#einde-klaar)"),
    "a name in other capitals": scenes("### De gang\n\n- [Weg](#einde-klaar)\n  - effect: Vertrouwen +1"),
    "two choices with one target and an id": scenes(
        "### De gang\n\n- [Weg](#einde-klaar)\n- [Rustig weg](#einde-klaar)\n  - id: rustig"
    ),
    "a choice back to its own scene, once": scenes(
        "### De gang\n\n- [Weg](#einde-klaar)\n- [Kijk rond](#de-gang)\n  - eenmalig: ja"
    ),
    "an event in a later scene": scenes(
        "### De gang\n\n- [In](#de-tuin)",
        "### De tuin\n\n- [Weg](#einde-klaar)",
        "### Gebeurtenis: Boos\n\n- bij: [De tuin](#de-tuin)\n- kans: 10%\n\n- [Door](#verder)",
    ),
    "links to elsewhere": HEAD
    + "\n[Web](https://example.org) [Mail](mailto:a@b.example) [Wij](lokaal:nazorg)\n",
    "a picture with a description": HEAD + "\n![Een berg](../images/berg.svg)\n",
    "a picture whose name has a space": HEAD
    + "\n![Een berg](<../images/een berg.svg>) ![Een berg](../images/een%20berg.svg)\n",
    "a consequence for people who are no person of the scenario": scenes(
        "### De gang\n\n- [Weg](#einde-klaar)\n  - later: [Klaar](#einde-klaar) Tja. (bedoeld, het team, dagen)"
    ),
    "plain inline HTML": HEAD + "\nH<sub>2</sub>O en `<script>`.\n",
}


@pytest.mark.parametrize(("lesson", "code", "words", "instead"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_gives_one_message_on_its_line(lesson: str, code: str, words: str, instead: str) -> None:
    found = said(lesson)
    assert [str(each.code) for each in found] == [code, *([code] if code == "html-removed" else [])]
    lines = [number for number, line in enumerate(lesson.splitlines(), 1) if words in line]
    assert found[0].span.line in lines
    assert found[0].instead == instead


@pytest.mark.parametrize("lesson", FINE.values(), ids=FINE.keys())
def test_what_is_right_gives_none(lesson: str) -> None:
    assert said(lesson) == ()


def test_a_person_without_a_face_is_a_warning() -> None:
    found = said(scenes(GANG), {"course/cast.toml": '[mo]\nname = "Mo"\n'})
    assert [(str(each.code), each.severity) for each in found] == [("person-uncast", Severity.WARNING)]
    assert said(scenes(GANG), {"course/cast.toml": f'[mo]\nname = "Mo"\n\n{found[0].instead}\n'}) == ()


def test_a_scenario_file_that_no_lesson_uses_is_a_warning() -> None:
    spare = scenes(GANG).removeprefix(HEAD).lstrip()
    found = said(HEAD + "\nTekst.\n", {"content/scenarios/proef.md": spare})
    assert [(str(each.code), each.severity) for each in found] == [("scenario-unused", Severity.WARNING)]


def test_a_scenario_file_is_put_in_its_place() -> None:
    spare = scenes(GANG).removeprefix(HEAD).lstrip()
    found = said(
        HEAD + "\n## Scenario: [Proef](../scenarios/proef.md)\n", {"content/scenarios/proef.md": spare}
    )
    assert found == ()


@pytest.mark.parametrize(
    "picture",
    [
        b"<svg><script>alert(1)</script></svg>",
        b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>",
        b"<svg onload='alert(1)'/>",
        b"<svg><image href='https://example.org/x.png'/></svg>",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_a_picture_that_is_not_what_it_seems_is_refused(picture: bytes) -> None:
    found = said(HEAD + "\n![Een berg](../images/berg.svg)\n", {"content/images/berg.svg": picture})
    assert [str(each.code) for each in found] == ["image-unsafe"]


def test_a_picture_whose_name_has_a_space_is_in_the_package() -> None:
    lesson = HEAD + "\n![Een berg](../images/een%20berg.svg) en ![nog een](<../images/een berg.svg>)\n"
    files = {**COURSE, "content/lessons/01-les.md": lesson}
    tree = SourceTree(files={path: text.encode() for path, text in files.items()})
    course = examined(tree).course
    site = build(course, course.variants[0], FORMATS["scorm12"])
    assert [path.suffix for path in site if "een" in path.name and "berg" in path.name] == [".svg"]
    page = site[PurePosixPath("index.html")].decode()
    assert "../images/" not in page


def test_a_house_style_that_fetches_something_is_refused() -> None:
    css = ":root { --owl-accent: #00568b; }\n@import 'https://example.org/x.css';\n"
    found = said(scenes(GANG), {"course/variants/a/tokens.css": css})
    assert [(str(each.code), each.span.line) for each in found] == [("style-unsafe", 2)]


INTENSE = scenes(
    "### De gang\n\n- [In](#de-kamer)",
    "### De kamer\n\n- intensiteit: hoog\n- overslaan: [Klaar](#einde-klaar) Mo wordt boos.\n\n- [Weg](#einde-klaar)",
)


@pytest.mark.parametrize(
    ("lesson", "contact", "expected"),
    [
        (INTENSE, "", []),
        (INTENSE, "nazorg", []),
        (INTENSE, "nazrog", [("local-unknown", 9, 'contact = "nazorg"')]),
        (scenes(GANG), "nazrog", []),
    ],
)
def test_an_intense_scene_needs_somebody_to_talk_to(
    lesson: str, contact: str, expected: list[tuple[str, int, str]]
) -> None:
    safety = f'[safety]\ncontact = "{contact}"\n' if contact else ""
    found = said(lesson, {"course/course.toml": COURSE["course/course.toml"] + safety})
    assert [(str(each.code), each.span.line, each.instead) for each in found] == expected


def test_whom_to_talk_to_is_the_municipality_s_own_or_still_to_be_filled_in() -> None:
    files = {
        **COURSE,
        "content/lessons/01-les.md": INTENSE,
        "course/variants/b/variant.toml": 'name = "B"\n',
    }
    course = examined(SourceTree(files={path: text.encode() for path, text in files.items()})).course
    first, second = (vary(course, variant) for variant in course.variants)
    before = say("nl", "course", "aftercare", key="nazorg").partition("[")[0]
    assert first.value.aftercare
    assert first.value.aftercare.markdown == f"{before}Team."
    assert first.diagnostics == ()
    assert second.value.aftercare
    assert f"*({say('nl', 'course', 'to-fill-in')})*" in second.value.aftercare.markdown
    assert [(str(each.code), each.span.path) for each in second.diagnostics] == [
        ("local-missing", "course/course.toml")
    ]


def test_a_score_needs_a_question() -> None:
    scoring = {
        "course/course.toml": COURSE["course/course.toml"] + "[completion]\nscore = true\nmastery = 70\n"
    }
    asked = "\n## Vraag: Wat kost wonen?\n\n- [x] Geld\n- [ ] Niets\n"
    found = said(HEAD + "\nTekst.\n", scoring)
    assert [(each.code, each.span.path, each.span.line) for each in found] == [
        (Code.SCORE_OF_NOTHING, "course/course.toml", 9)
    ]
    assert said(HEAD + asked, scoring) == ()


def test_a_logo_with_a_script_is_refused() -> None:
    found = said(scenes(GANG), {"course/variants/a/logo.svg": "<svg><script/></svg>"})
    assert [str(each.code) for each in found] == ["image-unsafe"]


def test_a_released_key_that_is_gone_is_told_where_it_was() -> None:
    keys = '["scenario/proef"]\n"de-gangg" = "aa"\n"einde-klaar" = "bb"\n'
    found = said(scenes(GANG), {"course/keys.toml": keys})
    assert [(str(each.code), each.span.line, each.instead) for each in found] == [
        ("key-lost", line_of(scenes(GANG), "### De gang"), "- id: de-gangg")
    ]


def test_every_debrief_asks_its_own_questions() -> None:
    kept = scenes(GANG).replace("### Nabespreking\n", "### Nabespreking\n\n- bewaren: apparaat\n")
    own = ("gevoel", "woorden", "uitleg", "als", "dan", "datum")
    for lesson, place in ((scenes(GANG), "lms"), (kept, "device")):
        tree = SourceTree(files={**RAW, "content/lessons/01-les.md": lesson.encode()})
        found = examined(tree)
        assert {each.code for each in found.diagnostics} == {Code.METER_STILL}
        data = runtime(found.course, "a", 4096)
        assert list(data["reflections"]) == [f"proef/{each}" for each in own]
        assert list(data["scenarios"]["proef"]["looking"].values()) == list(data["reflections"])
        assert {each["keep"] for each in data["reflections"].values()} == {place}
        assert {"reflection/proef/gevoel", "reflection/proef/datum"} <= set(found.course.codes["course"])


def test_a_plan_is_a_step_of_its_own() -> None:
    lesson = (
        HEAD
        + "\n## Lees dit\n\nTekst.\n\n## Actieplan\n\nKies er één.\n\n## Slot\n\nTekst.\n\n## Actieplan\n"
    )
    found = examined(SourceTree(files={**RAW, "content/lessons/01-les.md": lesson.encode()}))
    assert found.diagnostics == ()
    steps = runtime(found.course, "a", 4096)["lessons"][0]["steps"]
    assert [(step["kind"], step["key"]) for step in steps] == [
        ("page", "les/1"),
        ("plan", "les/1"),
        ("page", "les/2"),
        ("plan", "les/2"),
    ]
    assert len({step["code"] for step in steps}) == 4


def test_the_debriefs_own_questions_are_counted_and_nobody_is_asked_to_shorten_them() -> None:
    long = "\n## Reflectie: {}\n\n- antwoord: open\n- maximaal: {}\n"
    fits = scenes(GANG) + long.format("Een", 5760)
    assert said(fits) == ()
    (found,) = said(fits + long.format("Twee", 60))
    assert (str(found.code), dict(found.values)["asked"]) == ("text-too-large", "6060")
    assert found.span.line == line_of(fits + long.format("Twee", 60), "Twee")
    (kept,) = said(
        fits.replace("### Nabespreking", "### Nabespreking\n\n- bewaren: apparaat\n")
        + long.format("Twee", 400)
    )
    assert found.instead == "- maximaal: 50"
    assert kept.instead == "- maximaal: 240"


def test_a_debriefs_own_questions_are_not_lost_apart_from_their_scenario() -> None:
    keys = '[course]\n"reflection/oud/gevoel" = "aa"\n"reflection/oud" = "bb"\n'
    assert [each.instead for each in said(scenes(GANG), {"course/keys.toml": keys})] == ["- id: oud"]


def test_of_a_lesson_or_scenario_that_is_gone_the_rest_is_not_told_as_well() -> None:
    keys = """
[course]
"lesson/beeld" = "aa"
"page/beeld/1" = "bb"
"scenario/x" = "cc"
["scenario/x"]
"een-scene" = "aa"
"""
    found = said(HEAD + "\nTekst.\n", {"course/keys.toml": keys})
    assert [(each.span.path, each.instead) for each in found] == [
        ("content/lessons/01-les.md", "- id: beeld"),
        ("course/keys.toml", "- id: x"),
    ]
    assert said(HEAD + "\nTekst.\n", {"course/keys.toml": '[course]\n"lesson/les" = "aa"\n'}) == ()


def test_what_stands_in_a_file_that_cannot_be_read_is_not_missed_as_well() -> None:
    found = said(scenes(GANG), {"course/course.toml": 'id = "x\n', "course/cast.toml": "[mo\n"})
    assert [(str(each.code), each.span.path) for each in found] == [
        ("settings-invalid", "course/cast.toml"),
        ("settings-invalid", "course/course.toml"),
    ]


def test_a_scenario_file_without_its_word_is_one_message() -> None:
    spare = scenes(GANG).removeprefix(HEAD).lstrip().replace("## Scenario: Proef", "# De voordeur")
    lesson = HEAD + "\n## Scenario: [Proef](../scenarios/proef.md)\n"
    (found,) = said(lesson, {"content/scenarios/proef.md": spare})
    assert (str(found.code), found.span.line, found.instead) == (
        "near-keyword",
        1,
        "## Scenario: De voordeur",
    )


def test_a_course_needs_a_lesson_and_a_municipality() -> None:
    tree = SourceTree(files={"course/course.toml": COURSE["course/course.toml"].encode()})
    found = examined(tree).diagnostics
    assert [str(each.code) for each in found] == ["lesson-missing", "variant-missing"]


def test_a_line_that_could_not_be_read_hides_what_only_follows_from_it() -> None:
    lesson = scenes("##De gang\n\n- [Weg](#einde-klaar)\n  - effect: vertrouwen +1").replace(
        "- meter: vertrouwen = 2 (0-5)", "- meter: vertrouwen = twee"
    )
    assert {str(each.code) for each in said(lesson)} <= {"near-heading", "setting-value"}


def test_a_walk_that_can_go_on_and_on_is_a_warning() -> None:
    room = "### De gang\n\n*als rondes > 0:* Alweer.\n\n- [Weg](#einde-klaar)\n"
    again = "- [Nog eens](#de-gang)\n  - effect: rondes +1"
    found = said(scenes(room + again).replace("- feit:", "- variabele: rondes = -999\n- feit:"))
    assert {str(each.code) for each in found} == {"scenario-endless", "save-too-large"}
