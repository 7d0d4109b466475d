"""What goes with the packages: the page for who manages the LMS."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from builder.cli import FINE, cli
from builder.model.course import Course, Variant
from builder.pipeline import FORMATS, MANUAL, package_name, papers
from tests.courses import FEW, ROOT, SAMPLE, course_of, linked


def course() -> Course:
    """What the papers tell of a module is told of one with few lessons too."""
    return course_of(ROOT, FEW)


def sample() -> Course:
    return course_of(SAMPLE)


def manual(**settings: object) -> str:
    """The words of the page, of the module with other ``settings``."""
    changed = replace(course(), settings=replace(course().settings, **settings))  # type: ignore[arg-type]
    page = papers(changed, changed.variants[0])[MANUAL]
    return " ".join(html.document_fromstring(page.decode()).text_content().split())


def test_building_writes_the_page_beside_the_packages(tmp_path: Path) -> None:
    arguments = ["build", str(SAMPLE), "--format", "scorm12", "--out", str(tmp_path)]
    assert CliRunner().invoke(cli, arguments, standalone_mode=False).return_value == FINE
    for variant in sample().variants:
        beside = papers(sample(), variant, ("scorm12",))
        for path, content in beside.items():
            assert (tmp_path / variant.key / path).read_bytes() == content
        assert {path.name for path in (tmp_path / variant.key).glob("*.html")} == set(map(str, beside))


def test_papers_are_the_same_every_time() -> None:
    again = linked(ROOT, FEW)
    assert papers(course(), course().variants[0]) == papers(again, again.variants[0])


SOME = (tuple(FORMATS), ("scorm12",), ("scorm2004", "cmi5"), ("scorm2004-3rd", "web"), ("cmi5",), ("web",))


@pytest.mark.parametrize("formats", SOME)
def test_the_papers_are_about_the_packages_there_are(formats: tuple[str, ...]) -> None:
    beside = papers(course(), course().variants[0], formats)
    manual = beside[MANUAL].decode()
    assert {name for name in FORMATS if package_name(course(), name) in manual} == set(formats)
    assert {str(path) for path in beside} == {str(MANUAL), *(f"gegevensblad-{name}.html" for name in formats)}


@pytest.mark.parametrize("formats", SOME)
@pytest.mark.parametrize("one", [course, sample])
def test_a_paper_needs_nothing_else_and_every_link_leads_somewhere(
    one: object, formats: tuple[str, ...]
) -> None:
    made: Course = one()  # type: ignore[operator]
    for variant in made.variants:
        beside = papers(made, variant, formats)
        for page in beside.values():
            tree = html.document_fromstring(page.decode())
            ids = [each.get("id") for each in tree.iter() if each.get("id")]
            assert len(ids) == len(set(ids))
            assert not list(tree.iter("script", "img", "link", "iframe"))
            assert "url(" not in page.decode()
            own = {fact.href for fact in variant.local.values()}
            for link in tree.iter("a"):
                there = link.get("href", "")
                assert there[1:] in ids if there.startswith("#") else there in own | set(map(str, beside))


def test_the_manual_names_every_package() -> None:
    for name in FORMATS:
        assert package_name(course(), name) in manual()


@pytest.mark.parametrize(
    ("settings", "said", "unsaid"),
    [
        (
            {},
            ["Alleen Voltooid (Completed)", "Deze module geeft geen cijfer", "‘completed’."],
            ["Mastery", "‘failed’"],
        ),
        (
            {"report": "passed"},
            ["Alleen Geslaagd (Passed)", "‘passed’."],
            ["‘failed’", "Wie klaar is, staat als voltooid"],
        ),
        (
            {"score": True, "mastery": 65},
            [
                "Alleen Geslaagd (Passed)",
                "‘passed’ of ‘failed’",
                "score van 65 of hoger",
                "elke vraag is beantwoord",
            ],
            ["geen cijfer", "Een score Geen"],
        ),
        (
            {"score": True},
            ["Alleen Voltooid (Completed)", "met 100 als hoogste"],
            ["geen cijfer", "‘failed’"],
        ),
        ({"rule": "steps"}, ["Als elke stap van elke les gedaan is"], ["Als elk scenario een einde heeft"]),
        ({"choices": False}, ["Nee. Dat staat uit in deze module."], ["choices = false"]),
    ],
)
def test_the_manual_tells_what_this_course_does(
    settings: dict[str, object], said: list[str], unsaid: list[str]
) -> None:
    words = manual(**settings)
    assert [each for each in said if each not in words] == []
    assert [each for each in unsaid if each in words] == []


def test_the_manual_names_no_contact_but_the_municipalitys_own() -> None:
    variant = course().variants[0]
    none = Variant(key=variant.key, name=variant.name)
    assert "staan nog geen gegevens van" in papers(course(), none)[MANUAL].decode()
    page = papers(course(), variant)[MANUAL].decode()
    known = {fact.href for fact in variant.local.values()}
    assert set(re.findall(r'href="((?:mailto|tel|https?):[^"]+)"', page)) == {each for each in known if each}
