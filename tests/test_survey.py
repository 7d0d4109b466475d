"""The report on one scenario: ``golden/survey.txt`` and ``golden/survey-poor.txt`` are what a person reads.

``python -m tests.test_survey --rewrite`` writes them as they are now; read the difference before committing it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builder import report
from builder.check.plays import Tally
from builder.check.survey import Survey, about, named, percent, survey
from builder.diagnostics import BuilderError
from builder.messages import number
from builder.pipeline import Examined, examine, examined
from builder.render.survey import page
from builder.source.read import SourceTree
from builder.survey import WIDTH, told
from tests.courses import SAMPLE
from tests.test_course import COURSE
from tests.test_dilemma import POOR, WORDS

GOLDEN = Path(__file__).parent / "golden"
SEEDS = 40

SELDOM = """
### Gebeurtenis: De brandbel

- bij: [De kamer](#de-kamer)
- kans: 1%

De bel gaat.

- [Je wacht buiten](#verder)
  - id: buiten
- [Je vraagt wat er is](#verder)
  - id: vragen
- [Je blijft zitten](#verder)
  - id: zitten

"""


def poor() -> Examined:
    """A course with a road that is dominated, and an event that seldom comes."""
    text, _ = POOR["better on one meter, the same on the other"]
    text = text.replace("- variabele: gebeld = 0\n", "").replace("\n### Einde", f"{SELDOM}\n### Einde", 1)
    files = {**COURSE, "course/words.toml": WORDS, "content/lessons/01-les.md": text}
    return examined(SourceTree(files={path: each.encode() for path, each in files.items()}))


def of(found: Examined, name: str) -> Survey:
    lesson, scenario = named(found.course, name)
    return survey(found.course, lesson, scenario, found.diagnostics, SEEDS)


CASES: dict[str, tuple[Callable[[], Examined], str]] = {
    "survey.txt": (lambda: examine(SAMPLE), "het-klikgesprek"),
    "survey-poor.txt": (poor, "proef"),
}


def said(name: str) -> str:
    made, scenario = CASES[name]
    found = made()
    whole = of(found, scenario)
    return told(whole, report.as_text(whole.findings, found.tree.files, "nl"), "nl") + "\n"


@pytest.mark.parametrize("name", CASES)
def test_the_report_reads_as_it_should(name: str) -> None:
    assert said(name) == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_it_fits_a_terminal(name: str) -> None:
    lines = said(name).splitlines()
    shown = [line for line in lines if not re.match(r" +\d* *\||content/| {6}", line)]
    assert max(map(len, shown)) <= WIDTH


def test_it_is_the_same_twice() -> None:
    assert said("survey.txt") == said("survey.txt")


@pytest.mark.parametrize("name", ["proef", "PROEF", " Proef "])
def test_a_scenario_is_known_by_key_and_title(name: str) -> None:
    assert named(poor().course, name)[1].title == "Proef"


@pytest.mark.parametrize(("name", "code"), [("profe", "near-scenario"), ("qqq", "no-scenario")])
def test_another_name_gets_a_suggestion(name: str, code: str) -> None:
    with pytest.raises(BuilderError) as error:
        named(poor().course, name)
    assert error.value.code == code
    assert "proef (Proef)" in error.value.values["known"]


def test_only_messages_within_the_scenario_are_about_it() -> None:
    found = examine(SAMPLE)
    for lesson in found.course.lessons:
        for scenario in found.course.scenarios:
            if scenario in lesson.blocks:
                assert about(lesson, scenario, found.diagnostics) == ()
    text = (
        POOR["two roads"][0].replace("- variabele: gebeld = 0\n", "")
        + "\n## Na afloop\n\nEen <font>kleur</font>.\n"
    )
    files = {**COURSE, "content/lessons/01-les.md": text}
    both = examined(SourceTree(files={path: each.encode() for path, each in files.items()}))
    lesson, scenario = named(both.course, "proef")
    assert {str(each.code) for each in both.diagnostics} == {"dilemma-few", "html-removed"}
    assert {str(each.code) for each in about(lesson, scenario, both.diagnostics)} == {"dilemma-few"}


@pytest.mark.parametrize(
    ("share", "shown"), [(0, "0"), (0.0004, "1"), (0.5, "50"), (0.9996, "99"), (1, "100"), (0.125, "12")]
)
def test_what_seldom_happens_is_not_nothing(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_numbers_are_written_as_the_language_does() -> None:
    assert number("nl", 14286) == "14.286"
    assert number("nl", 1.25, 1) == "1,2"
    assert number("en", 14286) == "14,286"


def test_traffic_is_a_share_of_what_was_chosen_there() -> None:
    found = of(poor(), "proef")
    for tally in found.tallies:
        for scene, choices in found.decisions:
            shares = [tally.share(scene, choice) for choice in choices]
            assert shares == [None] * len(choices) or abs(sum(map(float, filter(None, shares))) - 1) < 1e-9
    nobody = Tally(bot="random", runs=1, endings={}, scenes={}, choices={}, meters={})
    scene, choices = found.decisions[0]
    assert nobody.share(scene, choices[0]) is None


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def html(name: str) -> tuple[Survey, str]:
    made, scenario = CASES[name]
    found = of(made(), scenario)
    messages = [("regel", *report.both(each, "nl")) for each in found.findings]
    return found, page(found, messages, "nl").decode()


@pytest.mark.parametrize("name", CASES)
def test_the_page_needs_nothing_else_and_says_everything(name: str) -> None:
    found, text = html(name)
    read = _Page()
    read.feed(text)
    assert not [attrs for _, attrs in read.tags if {"src", "href", "style", "onclick"} & set(attrs)]
    assert "url(" not in text
    assert "@import" not in text
    assert ("html", {"lang": "nl"}) in read.tags
    words = " ".join(" ".join(read.words).split())
    for ending in found.endings:
        assert ending.scene.title in words
    for scene, choices in found.decisions:
        assert scene.title in words
        assert all(" ".join(choice.label.split()) in words for choice in choices)
    for each in found.findings:
        assert report.message(each, "nl") in words
    for tally in found.tallies:
        for count in tally.endings.values():
            assert f"{percent(count / tally.runs)}%" in words


if __name__ == "__main__" and "--rewrite" in sys.argv:
    GOLDEN.mkdir(exist_ok=True)
    for each in CASES:
        (GOLDEN / each).write_text(said(each), encoding="utf-8")
