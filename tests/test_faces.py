"""Faces: what can be chosen, what is drawn, what it weighs, and where it is shown."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from builder import pipeline
from builder.model import faces
from builder.model.emotions import EMOTIONS, EXPRESSIONS, NEUTRAL, expression
from builder.model.faces import Face
from builder.package.zip import zipped
from builder.render.avatar import VIEW, layers
from builder.render.drawing import small
from builder.render.site import Site
from builder.source.read import SourceTree
from tests import courses
from tests.courses import ROOT
from tests.test_course import COURSE, END, SCENARIO

DRAWINGS = json.loads(files("dicebear_styles").joinpath("open-peeps.json").read_text(encoding="utf-8"))
AVERAGE = 2_000
"""Bytes in a package that a face may take, on average."""


def variants(component: str) -> set[str]:
    return set(DRAWINGS["components"][component]["variants"])


def every_face() -> Iterator[Face]:
    """Each head once, with every beard and every pair of glasses somewhere among them."""
    for number, head in enumerate(faces.HEADS):
        yield Face(
            head=head,
            skin=[*faces.SKIN.values()][number % len(faces.SKIN)],
            clothing=[*faces.CLOTHING.values()][number % len(faces.CLOTHING)],
            hair=[*faces.HAIR.values()][number % len(faces.HAIR)],
            facial_hair=["", *faces.FACIAL_HAIR][number % (len(faces.FACIAL_HAIR) + 1)],
            accessories=["", *faces.ACCESSORIES][number % (len(faces.ACCESSORIES) + 1)],
        )


# What can be chosen.


def test_what_can_be_chosen_is_what_can_be_drawn() -> None:
    chosen = {*faces.HEADS, *faces.FACIAL_HAIR}
    assert chosen | faces.UNUSED == variants("head") | variants("facialHair")
    assert not chosen & faces.UNUSED
    assert set(faces.ACCESSORIES) == variants("accessories")
    assert set(list(faces.SKIN.values())[:-1]) < set(DRAWINGS["colors"]["skin"]["values"])
    assert set(faces.CLOTHING.values()) == set(DRAWINGS["colors"]["clothing"]["values"])
    assert set(faces.HAIR.values()) == set(DRAWINGS["colors"]["headContrast"]["values"])


def test_a_face_can_be_read_on_every_skin() -> None:
    for skin in faces.SKIN.values():
        parts = [int(skin[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        assert (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) / 0.05 >= 3, skin  # against black


def test_hair_has_a_colour_where_the_drawing_has_one() -> None:
    coloured = {
        name
        for component in ("head", "facialHair")
        for name, drawing in DRAWINGS["components"][component]["variants"].items()
        if '"headContrast"' in json.dumps(drawing)
    }
    assert coloured == faces.COLOURED


def test_an_emotion_has_one_expression_that_can_be_drawn() -> None:
    assert len(EMOTIONS) == sum(len(words) for words in EXPRESSIONS.values()) >= 25
    assert set(EXPRESSIONS) < variants("expression")
    assert all(word == word.casefold() for word in EMOTIONS)


def test_who_speaks_without_an_emotion_is_calm() -> None:
    assert expression("") == expression("kalm") == expression("iets anders") == NEUTRAL
    assert expression("Woedend") == "rage"


# What is drawn.


def stacked(face: Face, mood: str) -> list[tuple[str, str]]:
    """Colour and path of everything in a face, from the back to the front."""
    svg = b"".join(layer.svg for layer in layers(face, mood)).decode()
    return re.findall(r'<path fill="([^"]+)"(?: fill-rule="nonzero")? d="([^"]+)"/>', svg)


def theirs(face: Face, mood: str) -> list[tuple[str, str]]:
    """The same from DiceBear's own library, made small afterwards."""
    from dicebear import Avatar

    shown = {"facialHair": face.facial_hair, "accessories": face.accessories}
    options: dict[str, object] = {"seed": "x", "headVariant": [face.head], "expressionVariant": [mood]}
    for name, variant in shown.items():
        options |= {f"{name}Probability": 100 if variant else 0} | (
            {f"{name}Variant": [variant]} if variant else {}
        )
    colours = {"skin": face.skin, "clothing": face.clothing, "headContrast": face.hair, "ink": "#000000"}
    options |= {f"{name}Color": [colour] for name, colour in colours.items()} | {"maskProbability": 0}
    svg = Avatar(style(), options).to_string()
    defined = dict(re.findall(r'<g id="([^"]+)">(.*?)</g>(?=<g id=|</defs>|<clipPath)', svg, re.DOTALL))
    found: list[tuple[str, str]] = []
    for place, reference, path in re.findall(
        r'<use transform="([^"]+)" href="#([^"]+)"/>|(<path[^>]+>)', svg.partition("</defs>")[2]
    ):
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", place)]
        across, _, _, down, x, y = numbers if len(numbers) == 6 else (1, 0, 0, 1, *(numbers or (0, 0)))
        for fill, data in _filled(defined[reference] if reference else path):
            if seen := small(data, VIEW, (x, y), (across, down)):
                found.append((fill, seen))
    return [
        ({"#000000": "#000", "black": "#000", "white": "#fff"}.get(fill, fill), data) for fill, data in found
    ]


def _filled(svg: str) -> Iterator[tuple[str, str]]:
    outer = ""
    for tag in re.findall(r"<(?:g|path)\b[^>]*>|</g>", svg):
        fill = re.search(r' fill="([^"]+)"', tag)
        if tag.startswith("<g"):
            outer = fill[1] if fill else ""
        elif data := re.search(r' d="([^"]+)"', tag):
            yield fill[1] if fill else outer, data[1]


@cache
def style() -> object:
    from dicebear import Style

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Style(DRAWINGS)


def test_a_face_is_what_dicebear_makes_of_it() -> None:
    moods = list(EXPRESSIONS)
    for number, face in enumerate(every_face()):
        mood = moods[number % len(moods)]
        assert stacked(face, mood) == theirs(face, mood), (face, mood)


def test_only_the_expression_changes_and_all_people_share_it() -> None:
    one, other, *_ = every_face()
    for mood in EXPRESSIONS:
        assert layers(one, mood)[0] == layers(one, NEUTRAL)[0]
        assert layers(one, mood)[1] == layers(other, mood)[1]
    assert len({layers(one, mood)[1].svg for mood in EXPRESSIONS}) == len(EXPRESSIONS)


def test_a_picture_holds_nothing_a_policy_stops_and_nothing_to_clash() -> None:
    for face in every_face():
        for layer in layers(face, NEUTRAL):
            assert not re.search(rb"<style|style=|<script|\sid=|href|data:|<metadata|<!--|\d\.\d", layer.svg)
            assert layer.svg.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="60 46 640 640"')


def test_the_same_bytes_in_another_process() -> None:
    face = Face(head="bun", skin="#fff", clothing="#000")
    words = "import sys; from builder.render.avatar import layers; from builder.model.faces import Face; "
    words += f"sys.stdout.buffer.write(b''.join(x.svg for x in layers({face}, 'rage')))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, check=True, cwd=ROOT)
    assert done.stdout == b"".join(layer.svg for layer in layers(face, "rage"))


# What a package carries.


def site_of(tree: SourceTree, variant: str) -> Site:
    course = pipeline.examined(tree).course
    return pipeline.build(course, pipeline.variant_of(course, variant), pipeline.FORMATS["scorm12"])


CAST = """
[mo]
name = "Mo"
head = "short1"
skin = "bruin"
clothing = "rood"
facialHair = "chin"
[karin]
name = "Karin"
head = "bangs"
skin = "licht"
clothing = "groen"
[lies]
name = "Lies"
head = "bun"
skin = "licht"
clothing = "geel"
"""


def told(beats: str, cast: str = CAST, people: str = "") -> tuple[str, list[str]]:
    """The page of a course of one scene, and the pictures in its package."""
    scenario = SCENARIO.replace("  - Karin: coach\n", f"  - Karin: coach\n{people}")
    lesson = f"{scenario}\n### De gang\n\n{beats}\n\n- [Weg](#einde-klaar)\n{END}"
    everything = {**COURSE, "course/cast.toml": cast, "content/lessons/01-les.md": lesson}
    tree = SourceTree(files={path: text.encode() for path, text in everything.items()})
    site = site_of(tree, "a")
    page = site[PurePosixPath("index.html")].decode()
    return page, sorted(
        re.sub(r"-[0-9a-f]{8}\.svg", "", path.name) for path in site if path.parent.name == "media"
    )


def test_only_faces_that_are_shown_are_shipped() -> None:
    page, pictures = told("> **Mo (bang):** Hoi.\n\n> **Karin denkt:** Hm.")
    assert pictures == ["bangs", "chin", "concernedfear", "short1", "smile"]  # no Lies, no other expression
    shown = set(re.findall(r'<img src="(media/[^"]+)" alt="">', page))
    assert len(shown) == len(pictures)


def test_who_has_no_face_has_an_initial() -> None:
    page, pictures = told("> **Mo (bang):** Hoi.", cast='[mo]\nname = "Mo"\n')
    assert pictures == []
    assert (
        page.count('<span class="owl-face" aria-hidden="true">M</span>') == 2
    )  # among the people, and speaking
    assert '<span class="owl-face" aria-hidden="true">K</span>' in page


def test_paper_has_no_face() -> None:
    page, _ = told("> **Brief:** Geachte heer.")
    assert '<div class="owl-said owl-said--paper owl-speech"><p class="owl-speaker"><b>Brief</b>:</p>' in page


def sides(page: str) -> list[tuple[str, str]]:
    return re.findall(r'class="owl-said owl-said--(\w+) owl-\w+" data-who="(\w+)"', page)


def test_you_sit_on_the_right_and_others_on_the_left() -> None:
    page, _ = told(
        "> **Mo:** Hoi.\n\n> **Karin:** Dag.\n\n> **Lies:** Ha.\n\n> **Je denkt:** Hm.",
        people="  - Lies: zus\n",
    )
    assert sides(page) == [("other", "mo"), ("me", "karin"), ("other", "lies"), ("me", "karin")]


def test_two_others_who_talk_while_you_do_not_face_each_other() -> None:
    lines = "> **Lies:** Hoi.\n\n> **Mo:** Dag.\n\n> **Lies denkt:** Ha.\n\n> **Mo denkt:** Hm.\n\n> **Brief:** Beste."
    page, _ = told(lines + "\n\n> **Je denkt:** Hm.", people="  - Lies: zus\n")
    assert sides(page) == [
        ("other", "lies"),
        ("across", "mo"),
        ("other", "lies"),
        ("across", "mo"),
        ("me", "karin"),
    ]


def weighed(site: Site) -> tuple[int, int]:
    """What faces add to a package, their places in the page left aside, and how many different faces there are."""
    page = site[PurePosixPath("index.html")].decode()
    stacks = set(re.findall(r'aria-hidden="true">((?:<img src="media/[^>]+>)+)</span>', page))
    shown = {src for stack in stacks for src in re.findall(r'src="([^"]+)"', stack)}
    without = {path: data for path, data in site.items() if str(path) not in shown}
    return len(zipped(site)) - len(zipped(without)), len(stacks)


def test_a_face_in_the_course_is_light_and_its_maker_is_named() -> None:
    site = courses.site_of(ROOT, "voorbeeldgemeente")
    size, count = weighed(site)
    assert count > 20
    assert size <= AVERAGE * count, f"{count} faces in {size} bytes: {size // count} each"
    notices = site[PurePosixPath("notices.txt")].decode()
    assert "Pablo Stanley" in notices
    assert "CC0 1.0" in notices


def test_the_heaviest_face_with_four_expressions_is_within_the_average() -> None:
    heaviest = 0
    for face in every_face():
        parts = {layer.svg for mood in list(EXPRESSIONS)[:4] for layer in layers(face, mood)}
        heaviest = max(heaviest, sum(len(zlib.compress(svg, 9)) for svg in parts))
    assert heaviest <= 4 * AVERAGE, f"the heaviest with four expressions: {heaviest} bytes"


def test_checking_draws_nothing() -> None:
    words = "import sys; from pathlib import Path; from builder.pipeline import examine; "
    words += "examine(Path('tests/sample')); from builder.render import avatar; "
    words += "sys.exit(avatar._definition.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", words], check=False, cwd=ROOT).returncode == 0
