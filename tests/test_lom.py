"""What a catalogue reads: only what the course says, in both bindings, never in the way of an import."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

import pytest
from lxml import etree

from builder.model.course import Course
from builder.model.metadata import Contributor, Metadata, Taxon
from builder.package.lom import IEEE, IMSMD, METADATA, ieee, imsmd
from tests.courses import FEW, ROOT, course_of, site_of

PAGE = PurePosixPath("index.html")
BINDINGS = pytest.mark.parametrize("binding", [imsmd, ieee], ids=["IMS MD 1.2.1", "IEEE"])

ORDER = [
    "general title catalogentry language description keyword",
    "catalogentry catalog entry",
    "lifecycle version status contribute",
    "contribute role centity date",
    "metametadata metadatascheme language",
    "technical format location",
    "educational learningresourcetype intendedenduserrole context typicallearningtime",
    "rights cost copyrightandotherrestrictions description",
    "classification purpose taxonpath",
    "taxonpath source taxon",
    "taxon id entry",
    "lom general lifecycle metametadata technical educational rights classification",
]
"""IMS Learning Resource Meta-Data 1.2.1 is a sequence everywhere: element, then its children as they must follow."""

FULL = Metadata(
    catalog="URI",
    entry="urn:voorbeeld:1",
    status="final",
    type="simulation",
    audience="learner",
    context="training",
    licence="EUPL-1.2",
    author=Contributor(names=("A. Auteur; B & C", "Een Ander"), organisation="Bureau, \\ Nergens"),
    publisher=Contributor(organisation="Gemeente Nergens", date=date(2026, 1, 31)),
    discipline=Taxon(source="Een indeling", id="1.2", entry="Sociaal werk"),
)


def course() -> Course:
    return course_of(ROOT, FEW)


def made(binding: object, metadata: Metadata) -> etree._Element:
    told = replace(course(), settings=replace(course().settings, metadata=metadata))
    return etree.fromstring(binding(told, course().variants[0], PAGE))  # type: ignore[operator]


def words(root: etree._Element) -> list[str]:
    return [text for text in map(str, root.xpath("//text()[normalize-space()]")) if text.strip()]


@BINDINGS
def test_what_the_course_does_not_say_is_not_told(binding: object) -> None:
    told = words(made(binding, Metadata()))
    minutes = course().settings.minutes
    lasts = re.sub(r"(?<!\d)0M", "", f"PT{minutes // 60}H{minutes % 60}M")
    assert "onder-de-waterlijn.voorbeeldgemeente" in told
    assert {"Onder de waterlijn", "nl", "0.1.0", "text/html", lasts, "no", "yes"} <= set(told)
    for name in ("lifecycle", "classification", "educational"):
        some = made(binding, Metadata()).find(f"{{*}}{name}")
        assert some is None or not some.findall(".//{*}contribute") + some.findall(".//{*}context")
    assert not [text for text in told if "VCARD" in text]


@BINDINGS
def test_what_it_says_is_told(binding: object) -> None:
    root = made(binding, FULL)
    told = words(root)
    assert {"URI", "urn:voorbeeld:1", "final", "simulation", "learner", "training", "EUPL-1.2"} <= set(told)
    assert {"author", "publisher", "2026-01-31", "discipline", "Een indeling", "1.2", "Sociaal werk"} <= set(
        told
    )
    cards = [text for text in told if text.startswith("BEGIN:VCARD")]
    assert len(cards) == 3
    assert "FN:A. Auteur\\; B & C\n" in cards[0]
    assert "ORG:Bureau\\, \\\\ Nergens\n" in cards[0]
    assert "FN:Gemeente Nergens\n" in cards[2]


@BINDINGS
def test_it_points_nowhere_and_leaves_no_element_empty(binding: object) -> None:
    for metadata in (Metadata(), FULL):
        root = made(binding, metadata)
        assert b"schemaLocation" not in etree.tostring(root)
        assert [each.tag for each in root.iter() if not len(each) and not (each.text or "").strip()] == []


def test_the_older_binding_keeps_its_order_and_says_the_language_of_its_texts() -> None:
    root = made(imsmd, FULL)
    orders = {first: rest for first, *rest in map(str.split, ORDER)}
    seen = set()
    for element in root.iter():
        name = etree.QName(element).localname
        if name in orders:
            seen.add(name)
            children = [etree.QName(child).localname for child in element]
            assert children == sorted(children, key=orders[name].index), name
        if name == "langstring":
            assert element.get("{http://www.w3.org/XML/1998/namespace}lang") in ("nl", "x-none")
    assert seen == set(orders)
    assert {etree.QName(each).namespace for each in root.iter()} == {IMSMD}


def test_the_newer_binding_says_texts_with_their_language_and_words_as_they_are() -> None:
    root = made(ieee, FULL)
    assert {each.get("language") for each in root.iter("{*}string")} == {"nl"}
    assert [each.text for each in root.iter("{*}source") if not len(each)][:2] == ["LOMv1.0", "LOMv1.0"]
    assert root.findtext("{*}lifeCycle/{*}status/{*}value") == "final"
    assert root.findtext("{*}general/{*}identifier/{*}entry") == "urn:voorbeeld:1"
    assert {etree.QName(each).namespace for each in root.iter()} == {IEEE}


def test_a_package_points_at_its_metadata_and_lists_it() -> None:
    site = site_of(ROOT, "voorbeeldgemeente", lessons=FEW)
    manifest = etree.fromstring(site[PurePosixPath("imsmanifest.xml")])
    location = manifest.find("{*}metadata/{http://www.adlnet.org/xsd/adlcp_rootv1p2}location")
    assert location is not None
    assert location.text == str(METADATA)
    assert METADATA in site
    assert str(METADATA) in {each.get("href") for each in manifest.iter("{*}file")}
