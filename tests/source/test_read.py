"""Reading an author's folder: what is taken, what is refused, and how a whole tree becomes a draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.diagnostics import BuilderError, Code, Span
from builder.model.faces import Face
from builder.source import SourceTree, decode, parse, read
from builder.source.read import PICTURE_LIMIT, TEXT_LIMIT

COURSE = b'id = "c"\ntitle = "C"\nlanguage = "nl"\nversion = "1"\ndate = 2026-01-31\n'
LESSON = b"# Les\n\n- id: les\n"


def write(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def test_only_what_authors_wrote(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "content/lessons/01-a.md": LESSON,
            "content/lessons/.~01-a.md": b"x",
            "content/lessons/notes.txt": b"x",
            "content/images/poort.png": b"png",
            "course/course.toml": COURSE,
            "course/variants/x/logo.svg": b"<svg/>",
            "course/variants/x/logo.png": b"x",
            "secret.md": b"x",
            ".git/content/x.md": b"x",
        },
    )
    assert list(read(tmp_path).files) == [
        "content/images/poort.png",
        "content/lessons/01-a.md",
        "course/course.toml",
        "course/variants/x/logo.svg",
    ]


def test_no_course(tmp_path: Path) -> None:
    with pytest.raises(BuilderError) as error:
        read(tmp_path)
    assert error.value.code == "no-course"


def test_a_link_out_of_the_course_is_refused(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"secret.md": b"x"})
    root = write(tmp_path / "root", {"content/lessons/01-a.md": LESSON})
    link = root / "content/lessons/02-b.md"
    link.symlink_to(outside / "secret.md")
    with pytest.raises(BuilderError) as error:
        read(root)
    assert (error.value.code, error.value.values) == ("outside-course", {"path": "content/lessons/02-b.md"})
    link.unlink()
    link.symlink_to(root / "content/lessons/01-a.md")
    assert len(read(root).files) == 2
    (root / "content/images").symlink_to(outside)
    with pytest.raises(BuilderError):
        read(root)


def test_a_link_to_a_folder_of_the_course_is_not_followed(tmp_path: Path) -> None:
    root = write(tmp_path, {"content/lessons/01-a.md": LESSON})
    (root / "content/lessons/round").symlink_to(root / "content")
    assert list(read(root).files) == ["content/lessons/01-a.md"]


def test_too_large(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "content/lessons/01-a.md": b"x" * (TEXT_LIMIT + 1),
            "content/lessons/02-b.md": b"x" * TEXT_LIMIT,
            "content/images/a.png": b"x" * (TEXT_LIMIT + 1),
        },
    )
    with (tmp_path / "content/images/b.png").open("wb") as file:
        file.truncate(PICTURE_LIMIT + 1)
    tree = read(tmp_path)
    assert list(tree.files) == ["content/images/a.png", "content/lessons/02-b.md"]
    assert [(each.code, each.span.path) for each in tree.problems] == [
        (Code.FILE_TOO_LARGE, "content/images/b.png"),
        (Code.FILE_TOO_LARGE, "content/lessons/01-a.md"),
    ]


@pytest.mark.parametrize(
    ("data", "place", "text"),
    [
        ("# Één\n\nMo’s".encode("cp1252"), (1, 3), "# Één\n\nMo’s"),
        ("# Een\r\n\r\ncafé".encode("cp1252"), (3, 4), "# Een\r\n\r\ncafé"),
        ("# Één".encode("utf-16"), (1, 1), "# Één"),
    ],
)
def test_another_encoding(data: bytes, place: tuple[int, int], text: str) -> None:
    decoded = decode("x.md", data)
    (note,) = decoded.diagnostics
    assert note.code is Code.FILE_ENCODING
    assert (note.span.line, note.span.column) == place
    assert decoded.value == text


def test_a_tree() -> None:
    scenario = b"## Scenario: S\n\n- personages:\n  - Mo\n- perspectief: Mo\n"
    tree = SourceTree(
        files={
            "content/lessons/02-b.md": LESSON.replace(b"les", b"b"),
            "content/lessons/01-a.md": LESSON.replace(b"les", b"a"),
            "content/lessons/README.md": b"x",
            "content/scenarios/s.md": scenario,
            "content/glossary.md": b"# Begrippen\n\n## PI\n\nInrichting.\n",
            "content/images/a.png": b"png",
            "course/course.toml": COURSE,
            "course/cast.toml": (
                b'[mo]\nname = "Mo"\nrole = "29"\nhead = "short1"\nskin = "bruin"\nclothing = "#00ff00"\n'
            ),
            "course/keys.toml": b'[lessons]\na = "aa"\n',
            "course/variants/x/variant.toml": (
                b'name = "X"\n\n[lokaal]\nhier = "daar"\n\n[lokaal.nazorg]\ntext = "zij"\nphone = "(010) 123 45 67"\n'
            ),
            "course/variants/x/tokens.css": b":root {}",
            "course/variants/x/logo.svg": b"<svg/>",
        }
    )
    parsed = parse(tree)
    assert parsed.diagnostics == ()
    draft = parsed.value
    assert [lesson.id for lesson in draft.lessons] == ["a", "b"]
    assert list(draft.scenarios) == ["content/scenarios/s.md"]
    assert [(term.name, term.anchor, term.prose.markdown) for term in draft.glossary] == [
        ("PI", "pi", "Inrichting.")
    ]
    assert draft.assets == {"content/images/a.png": b"png"}
    assert draft.released == {"lessons": {"a": "aa"}}
    assert [(one.key, one.name, one.role, one.face) for one in draft.cast] == [
        ("mo", "Mo", "29", Face(head="short1", skin="#ae5d29", clothing="#00ff00"))
    ]
    (variant,) = draft.variants
    assert (variant.key, variant.name, variant.tokens, variant.logo) == ("x", "X", ":root {}", "<svg/>")
    assert {key: (fact.text, fact.href) for key, fact in variant.local.items()} == {
        "hier": ("daar", ""),
        "nazorg": ("zij", "tel:0101234567"),
    }
    assert draft.settings.id == "c"


def test_what_is_missing_and_what_is_in_no_place() -> None:
    parsed = parse(
        SourceTree(
            files={"content/los.md": b"x", "content/lessons/a/b.md": b"x", "content/handouts/h.md": b"x"}
        )
    )
    assert [(each.code, each.span) for each in parsed.diagnostics] == [
        (Code.FILE_LATER, Span(path="content/handouts/h.md")),
        (Code.LESSON_MISSING, Span(path="content/lessons/")),
        (Code.FILE_PLACE, Span(path="content/lessons/a/b.md")),
        (Code.FILE_PLACE, Span(path="content/los.md")),
        (Code.FILE_MISSING, Span(path="course/course.toml")),
        (Code.VARIANT_MISSING, Span(path="course/variants/")),
    ]


def test_a_document_of_another_kind_is_told(tmp_path: Path) -> None:
    for name in (
        "content/lessons/01-les.docx",
        "content/lessons/02-les.MD",
        "content/lessons/04-les.md.txt",
        "content/images/a.png",
        "course/oud.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    tree = read(tmp_path)
    assert [(each.code, each.span.path, each.instead) for each in tree.problems] == [
        (Code.FILE_TYPE, "content/lessons/01-les.docx", "content/lessons/01-les.md"),
        (Code.FILE_TYPE, "content/lessons/04-les.md.txt", "content/lessons/04-les.md"),
    ]
    assert set(tree.files) == {"content/lessons/02-les.MD", "content/images/a.png"}
