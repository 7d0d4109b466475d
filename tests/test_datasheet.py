"""The data sheet tells what a course with its settings sends; a browser test holds it to what is really sent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from builder.messages import LANGUAGES, catalogue
from builder.model.reflection import Reflection
from builder.model.walk import changed
from builder.pipeline import FORMATS
from builder.render.datasheet import datasheet
from builder.render.prose import plain
from builder.render.sent import SENT, sent
from tests.test_papers import course, sample


def words(*formats: str, **settings: object) -> str:
    told = replace(course(), settings=replace(course().settings, **settings))  # type: ignore[arg-type]
    return " ".join(
        html.document_fromstring(datasheet(told, told.variants[0], formats).decode()).text_content().split()
    )


def test_every_format_has_its_table_and_every_element_its_words() -> None:
    assert set(FORMATS) <= set(SENT)
    for language in LANGUAGES:
        told = catalogue(language)["sent"]
        for each in (each for table in SENT.values() for each in table):
            assert {each.what, each.seen, each.stays} <= set(told)
    used = {key for table in SENT.values() for each in table for key in (each.what, each.seen, each.stays)}
    assert used == set(catalogue("nl")["sent"])


@pytest.mark.parametrize("name", SENT)
def test_a_sheet_names_every_element_and_no_other_standards(name: str) -> None:
    settings = {"score": True, "mastery": 70, "choices": True}
    said = words(name, **settings)
    rows = {each.name for each in SENT[name]}
    assert {each for each in rows if each not in said} == set()
    if name != "cmi5":
        assert "cmi5" not in said


def test_what_is_switched_off_is_not_in_it() -> None:
    said = words("scorm12", choices=False)
    assert "interactions" not in said
    assert "meldt deze module niet" in said
    assert "score.raw" not in said
    assert "score.raw" in words("scorm12", score=True)
    assert "success_status" not in words("scorm2004")
    assert "success_status" in words("scorm2004", report="passed")


def test_without_an_lms_nothing_is_said_of_one_and_the_web_server_is_named() -> None:
    said = words("web", score=True)
    assert "In het leersysteem" not in said
    assert "telt mee in de score" not in said
    assert "nummer van de deelnemer" not in said
    assert "ondernemingsraad" not in said
    assert "IP-adres" in said
    assert "Geen antwoorden op reflectievragen" in said


def test_choices_in_the_save_are_told_whether_they_are_reported_or_not() -> None:
    for name in ("scorm12", "scorm2004", "cmi5"):
        for reported in (True, False):
            assert "om verder te kunnen gaan" in words(name, choices=reported)
        assert "ondernemingsraad" in words(name)


def test_every_question_is_in_it_with_where_it_may_go() -> None:
    for made in (course(), sample()):
        page = html.document_fromstring(datasheet(made, made.variants[0], ("scorm12",)).decode())
        rows = [" ".join(row.text_content().split()) for row in page.iter("tr")]
        for each in made.reflections:
            widest = {"lms": "In het leersysteem", "device": "Op dit apparaat of", "not": "Nergens"}[
                each.keep.value
            ]
            assert [row for row in rows if plain(each.question) in row and widest in row], each.question


def test_a_question_that_may_go_nowhere_is_told_so() -> None:
    from builder.model.reflection import Keep

    kept = changed(course(), Reflection, lambda each: replace(each, keep=Keep.NOT))
    page = datasheet(kept, kept.variants[0], ("scorm12",)).decode()
    assert "Ook een beheerder van het LMS" not in page
    assert "na het sluiten is het weg" in page


def test_sent_follows_the_settings() -> None:
    plainest = replace(course().settings, choices=False, score=False, mastery=None, report="completed")
    assert [each.only for each in sent("scorm2004", plainest)] == [""] * len(sent("scorm2004", plainest))
