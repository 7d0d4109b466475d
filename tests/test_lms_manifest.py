"""What an LMS reads in a manifest before it starts anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builder.lms.manifest import Manifest, read_manifest

NAMES = 'xmlns="urn:cp" xmlns:adlcp="urn:adlcp" xmlns:imsss="urn:imsss"'


def manifest(
    version: str = "1.2", item: str = "<title>Les</title>", resource: str = 'scormtype="sco"'
) -> Manifest:
    return read_manifest(
        f"""<manifest {NAMES}><metadata><schemaversion>{version}</schemaversion></metadata>
        <organizations><organization><item identifier="I" identifierref="R">{item}</item>
        <item identifier="J" identifierref="weg"/><item identifier="K"/></organization></organizations>
        <resources><resource identifier="R" adlcp:{resource} href="les/index.html"/></resources>
        </manifest>""".encode()
    )


@pytest.mark.parametrize(
    ("version", "standard"),
    [
        ("1.2", "scorm12"),
        ("2004 4th Edition", "scorm2004"),
        ("2004 3rd Edition", "scorm2004-3rd"),
        ("CAM 1.3", "scorm2004-3rd"),
        ("2004 2nd Edition", "scorm12"),
        (" 2004 4th Edition ", "scorm12"),
        ("", "scorm12"),
    ],
)
def test_the_version_is_read_to_the_letter(version: str, standard: str) -> None:
    assert manifest(version).standard == standard


def test_items_that_lead_to_no_sco_are_left_out() -> None:
    (sco,) = manifest().scos
    assert (sco.item, sco.title, sco.href) == ("I", "Les", "les/index.html")
    assert manifest(resource='scormtype="asset"').scos == ()
    assert manifest(resource='scormType="sco"').scos != (), "as 2004 writes it"


PRIMARY = (
    '<imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure="{by}">{measure}'
    "</imsss:primaryObjective></imsss:objectives></imsss:sequencing>"
)
MEASURE = "<imsss:minNormalizedMeasure> 0.7 </imsss:minNormalizedMeasure>"


@pytest.mark.parametrize(
    ("item", "name", "value"),
    [
        ("<adlcp:masteryscore>70</adlcp:masteryscore>", "mastery_score", "70"),
        ("<adlcp:datafromlms>a &amp; b</adlcp:datafromlms>", "launch_data", "a & b"),
        ("<adlcp:dataFromLMS>é</adlcp:dataFromLMS>", "launch_data", "é"),
        (PRIMARY.format(by="true", measure=MEASURE), "scaled_passing_score", "0.7"),
        (PRIMARY.format(by="true", measure=""), "scaled_passing_score", "1.0"),
        (PRIMARY.format(by="false", measure=MEASURE), "scaled_passing_score", ""),
        (
            '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8"/>',
            "completion_threshold",
            "0.8",
        ),
        ('<adlcp:completionThreshold completedByMeasure="true"/>', "completion_threshold", "1.0"),
        ('<adlcp:completionThreshold minProgressMeasure="0.8"/>', "completion_threshold", ""),
        ("<adlcp:completionThreshold>0.9</adlcp:completionThreshold>", "completion_threshold", "0.9"),
    ],
)
def test_what_the_sco_hears_of_its_item(item: str, name: str, value: str) -> None:
    (sco,) = manifest("2004 4th Edition", item).scos
    assert getattr(sco, name) == value


@pytest.mark.parametrize(
    ("href", "parameters", "address"),
    [
        ("a.html", "", "a.html"),
        ("a.html", "?x=1", "a.html?x=1"),
        ("a.html", "&amp;x=1", "a.html?x=1"),
        ("a.html?y=2", "?x=1", "a.html?y=2&x=1"),
        ("a.html", "#deel", "a.html#deel"),
    ],
)
def test_parameters_join_the_address(href: str, parameters: str, address: str) -> None:
    data = f"""<manifest {NAMES}><organizations><organization>
        <item identifierref="R" parameters="{parameters}"/></organization></organizations>
        <resources><resource identifier="R" adlcp:scormType="sco" href="{href}"/></resources></manifest>"""
    assert read_manifest(data.encode()).scos[0].href == address


@pytest.mark.parametrize("spoil", [lambda text: text[:-3], lambda _: b""], ids=["cut", "empty"])
def test_no_xml_is_a_mistake(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="no XML"):
        read_manifest(spoil(b"<manifest></manifest>"))


@pytest.mark.parametrize(
    ("mode", "grants"),
    [
        ("", ["c-p-i+j+", "c-p-i+j+"]),
        ('<imsss:controlMode flow="true"/>', ["c+p-i+j+", "c-p+i+j+"]),
        ('<imsss:controlMode flow="true" forwardOnly="true" choice="false"/>', ["c+p-i-j-", "c-p-i-j-"]),
    ],
)
def test_which_requests_can_be_granted(mode: str, grants: list[str]) -> None:
    data = f"""<manifest {NAMES}><organizations><organization>
        <item identifier="i" identifierref="R"/><item identifier="j" identifierref="R"/>
        <imsss:sequencing>{mode}</imsss:sequencing></organization></organizations>
        <resources><resource identifier="R" adlcp:scormType="sco" href="a.html"/></resources></manifest>"""
    names = ("continue", "previous", "choice.{target=i}", "choice.{target=j}")
    told = [
        [sco.requests[f"adl.nav.request_valid.{name}"] for name in names]
        for sco in read_manifest(data.encode()).scos
    ]
    words = {"true": "+", "false": "-"}
    assert ["".join(f"{a}{words[b]}" for a, b in zip("cpij", each, strict=True)) for each in told] == grants
