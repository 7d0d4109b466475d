"""What the README and the author's guide say is so: examples build, commands and files exist, no word is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder.cli import cli
from builder.link import link as linked
from builder.model.emotions import EXPRESSIONS
from builder.model.naming import anchor
from builder.pipeline import FORMATS, Examined, build, examined
from builder.source import keywords as words
from builder.source import parse
from builder.source.cast import COLOURS, SHAPES
from builder.source.read import SourceTree, read
from builder.vary import vary

ROOT = Path(__file__).parents[1]
GUIDE, README = ROOT / "content/README.md", ROOT / "README.md"
REAL = read(ROOT).files

_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"^ {4}.*$", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


def written(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def fences(kind: str) -> list[str]:
    return [each["text"] for each in _FENCE.finditer(written(GUIDE)) if each["kind"] == kind]


def code_of(path: Path) -> str:
    """All code in a page: its fences, its indented lines and what stands between backquotes."""
    text = written(path)
    return "\n".join([*(each["text"] for each in _FENCE.finditer(text)), commands_of(path)])


def commands_of(path: Path) -> str:
    """The code that is no lesson, without comments: indented lines, backquotes, fences of another kind."""
    text = written(path)
    rest = _FENCE.sub("", text)
    shown = [each["text"] for each in _FENCE.finditer(text) if each["kind"] != "markdown"]
    lines = (line.partition("  # ")[0] for line in _INDENTED.findall(rest))
    return "\n".join([*shown, *lines, *_SPAN.findall(rest)])


def prose_of(path: Path) -> str:
    return _SPAN.sub("", _INDENTED.sub("", _FENCE.sub("", written(path))))


FRAME = {
    path: text
    for path, text in REAL.items()
    if not path.startswith(("content/lessons/", "content/scenarios/"))
}
"""All of the real course but its lessons."""


def among(course: Mapping[str, bytes], files: Mapping[str, str]) -> SourceTree:
    """A course with these files added, or put in the place of its own."""
    return SourceTree(files={**course, **{path: text.encode() for path, text in files.items()}})


def in_the_course(files: Mapping[str, str]) -> Examined:
    """What is said of these files as the lessons of the real course."""
    return examined(among(FRAME, files))


EXAMPLES = {
    f"content/lessons/{90 + number}-voorbeeld.md": text
    for number, text in enumerate(text for text in fences("markdown") if text.startswith("# "))
}


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) >= 5
    assert len(EXAMPLES) == len(fences("markdown")), "every markdown fence is a whole lesson"


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_copied_into_the_course_gives_no_message(path: str) -> None:
    assert in_the_course({path: EXAMPLES[path]}).diagnostics == ()


def test_all_examples_together_stand_beside_the_real_lessons() -> None:
    draft = parse(among(REAL, EXAMPLES))
    course = linked(draft.value)
    assert (*draft.diagnostics, *course.diagnostics) == ()
    assert len(course.value.lessons) == len(EXAMPLES) + sum("/lessons/" in path for path in REAL)


def test_all_examples_together_build() -> None:
    found = in_the_course(EXAMPLES)
    assert found.diagnostics == ()
    for variant in found.course.variants:
        assert vary(found.course, variant).diagnostics == ()
        for standard in FORMATS.values():
            page = build(found.course, variant, standard)
            assert any(b"Voorbeeld van keuzes" in data for data in page.values())


def test_a_note_to_colleagues_stays_in_the_file() -> None:
    note = "Nog nakijken"
    assert any(f"<!-- {note}" in text for text in EXAMPLES.values())
    found = in_the_course(EXAMPLES)
    site = build(found.course, found.course.variants[0], FORMATS["scorm12"])
    assert not any(note.encode() in data for data in site.values())


def test_the_lines_for_a_new_person_fit_the_cast() -> None:
    (lines,) = fences("toml")
    cast = REAL["course/cast.toml"].decode() + "\n" + lines
    before = len(in_the_course(EXAMPLES).course.cast)
    found = in_the_course({**EXAMPLES, "course/cast.toml": cast})
    assert found.diagnostics == ()
    assert len(found.course.cast) == before + 1


def test_a_scenario_in_a_file_of_its_own_is_as_the_guide_says() -> None:
    (line,) = (text for text in fences("text") if "../scenarios/" in text)
    path = "content/" + next(_LINK.finditer(line))["target"].removeprefix("../")
    start = next(each for each in _SPAN.findall(written(GUIDE)) if each.startswith("## Scenario: Het"))
    name, lesson = next(iter(EXAMPLES.items()))
    head, _, rest = lesson.partition("## Scenario:")
    scenario, mark, after = rest.partition("\n## ")
    own = start + "\n" + scenario.partition("\n")[2]
    assert in_the_course({name: head + line + mark + after, path: own}).diagnostics == ()


@pytest.mark.parametrize(
    "key",
    sorted(
        {
            *words.LESSON, *words.SCENARIO, *words.SCENE, *words.EVENT, *words.CHOICE, *words.REFLECTION,
            *words.QUESTION, *words.DEBRIEF,
        }
    ),
)  # fmt: skip
def test_the_guide_has_every_setting(key: str) -> None:
    assert re.search(rf"^ *- {key}:", code_of(GUIDE), re.MULTILINE)


@pytest.mark.parametrize(
    ("word", "level"),
    [*words.LESSON_HEADINGS.items(), *words.SCENE_HEADINGS.items(), *words.DEBRIEF_HEADINGS.items()],
)
def test_the_guide_has_every_heading(word: str, level: int) -> None:
    colon = ":" if word in words.TITLED else r"\s*$"
    assert re.search(rf"^{'#' * level} {word.capitalize()}{colon}", code_of(GUIDE), re.MULTILINE)


@pytest.mark.parametrize(
    "table",
    [
        words.YES_NO, words.BACK, words.HELP, words.INTENDED, words.MOMENT, words.INTENSE, words.ANSWER,
        words.KEEP,
    ],
)  # fmt: skip
def test_the_guide_has_a_word_for_every_value(table: Mapping[str, object]) -> None:
    guide = written(GUIDE)
    named = {value for word, value in table.items() if re.search(rf"\b{word}\b", guide)}
    assert named == set(table.values())


def test_the_guide_names_all_who_speak_and_where_answers_go() -> None:
    assert {f"`{name}`" for name in words.SPEAKERS} <= set(re.findall(r"`\w+`", written(GUIDE)))
    assert f"{words.SELF} denkt" in code_of(GUIDE)
    assert {word for word in words.KEEP if f"`{word}`" in written(GUIDE)} == set(words.KEEP)


def test_the_guide_names_every_emotion_and_all_that_makes_a_face() -> None:
    guide = written(GUIDE)
    rows = {frozenset(row.split(", ")) for row in re.findall(r"^\| ([^|]+) \|", guide, re.MULTILINE)}
    assert {frozenset(group) for group in EXPRESSIONS.values()} <= rows
    options = {*SHAPES, *COLOURS}
    options.update(*SHAPES.values(), *COLOURS.values())
    assert {f"`{option}`" for option in options} <= set(re.findall(r"`[\w-]+`", guide))


@pytest.mark.parametrize("page", [README, GUIDE], ids=["README", "guide"])
def test_every_command_shown_exists(page: Path) -> None:
    shown = re.findall(r"(?:^|[\s/\\])waterlijn ([a-z]+)((?: --[a-z-]+)*)", commands_of(page), re.MULTILINE)
    assert {"check", "build"} <= {name for name, _ in shown}
    for name, options in shown:
        assert name in cli.commands
        known = {option for each in cli.commands[name].params for option in each.opts}
        assert set(options.split()) <= known


@pytest.mark.parametrize("page", [README, GUIDE], ids=["README", "guide"])
def test_every_target_of_make_shown_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", written(ROOT / "Makefile"), re.MULTILINE))
    shown = set(re.findall(r"(?:^|\s)make ([a-z-]+)", commands_of(page), re.MULTILINE))
    assert "build" in shown
    assert shown <= targets


PAGES = [
    README,
    GUIDE,
    *(
        page
        for page in sorted((ROOT / "builder").rglob("*.md"))
        if not {"node_modules", "vendored"} & set(page.relative_to(ROOT).parts)
    ),
]


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.finditer(prose_of(page)):
        target, _, heading = link["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), link["target"]
        assert path.is_relative_to(ROOT), link["target"]
        if heading:
            anchors = {anchor(each["title"]) for each in _HEADING.finditer(_FENCE.sub("", written(path)))}
            assert heading in anchors, link["target"]


@pytest.mark.parametrize(
    "page", ["content/README.md", "builder/README.md", "builder/player/README.md", "builder/player/SAVE.md",
             "builder/lms/README.md"],
)  # fmt: skip
def test_the_readme_leads_to_the_pages_that_matter(page: str) -> None:
    targets = {link["target"].partition("#")[0] for link in _LINK.finditer(prose_of(README))}
    assert page in targets


def test_every_folder_in_what_is_where_exists() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", written(README), re.MULTILINE)
    folders = [row for row in rows if not row.startswith("make ")]
    assert len(folders) >= 8
    assert [row for row in folders if not (ROOT / row).exists()] == []
