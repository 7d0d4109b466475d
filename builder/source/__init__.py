"""From an author's files to a draft of the course, and everything there is to say about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import TypeVar

from builder.diagnostics import Code, Diagnostic, Parsed, Span, diagnostic, in_order
from builder.model.course import Draft, Settings, Variant
from builder.model.scenario import Scenario
from builder.model.wording import Language, Wording
from builder.source.cast import parse_cast
from builder.source.lesson import parse_glossary, parse_lesson, parse_scenario
from builder.source.read import SourceTree, read
from builder.source.settings import parse_keys, parse_settings, parse_variant
from builder.source.wording import parse_language, parse_wording

__all__ = ["SourceTree", "parse", "parse_lesson", "parse_scenario", "read"]

T = TypeVar("T")

_LESSONS = "content/lessons/"
_SCENARIOS = "content/scenarios/"
_HANDOUTS = "content/handouts/"
_IMAGES = "content/images/"
_VARIANTS = "course/variants/"


def parse(tree: SourceTree) -> Parsed[Draft]:
    """The draft of the course in ``tree``, with all diagnostics in the order of file, line and column.

    Lessons stand in the order of their file names. Names are not resolved yet.
    """
    notes: list[Diagnostic] = list(tree.problems)

    def take(parsed: Parsed[T]) -> T:
        notes.extend(parsed.diagnostics)
        return parsed.value

    def text(path: str) -> str:
        return take(decode(path, tree.files[path]))

    names = sorted(tree.files)
    lessons = [name for name in names if _is_in(name, _LESSONS)]
    scenarios: dict[str, Scenario] = {}
    for name in names:
        if _is_in(name, _SCENARIOS) and (scenario := take(parse_scenario(name, text(name)))):
            scenarios[name] = scenario
    course = "course/course.toml"
    if course in tree.files:
        settings = take(parse_settings(course, text(course)))
    else:
        notes.append(diagnostic(Code.FILE_MISSING, Span(path=course), name=course))
        settings = Settings(id="", title="", language="nl", version="0", date=date(1970, 1, 1))
    cast, glossary, keys = "course/cast.toml", "content/glossary.md", "course/keys.toml"
    wording, language = "course/words.toml", "course/language.toml"
    notes += [diagnostic(Code.FILE_PLACE, Span(path=name)) for name in names if not _has_place(name)]
    notes += [diagnostic(Code.FILE_LATER, Span(path=name)) for name in names if name.startswith(_HANDOUTS)]
    if not lessons:
        notes.append(diagnostic(Code.LESSON_MISSING, Span(path=_LESSONS)))
    if not any(map(_is_variant, names)):
        notes.append(diagnostic(Code.VARIANT_MISSING, Span(path=_VARIANTS)))
    draft = Draft(
        settings=settings,
        cast=take(parse_cast(cast, text(cast))) if cast in tree.files else (),
        lessons=tuple(take(parse_lesson(name, text(name))) for name in lessons),
        scenarios=scenarios,
        glossary=take(parse_glossary(glossary, text(glossary))) if glossary in tree.files else (),
        variants=tuple(take(_variant(name, tree.files, notes)) for name in names if _is_variant(name)),
        assets={name: tree.files[name] for name in names if name.startswith(_IMAGES)},
        released=take(parse_keys(keys, text(keys))) if keys in tree.files else {},
        wording=take(parse_wording(wording, text(wording))) if wording in tree.files else Wording(),
        language=take(parse_language(language, text(language))) if language in tree.files else Language(),
    )
    return Parsed(value=draft, diagnostics=in_order(notes))


def _is_in(name: str, folder: str) -> bool:
    """Whether a name is that of a Markdown file right in a folder; its README is not content."""
    rest = name.removeprefix(folder)
    return rest != name and "/" not in rest and rest.lower().endswith(".md") and rest.lower() != "readme.md"


def _has_place(name: str) -> bool:
    """Whether something reads a file; what an author wrote is never left out without a word."""
    return (
        not name.lower().endswith(".md")
        or name == "content/glossary.md"
        or name.lower().endswith("/readme.md")
        or name.startswith((_IMAGES, _HANDOUTS))
        or _is_in(name, _LESSONS)
        or _is_in(name, _SCENARIOS)
    )


def _is_variant(name: str) -> bool:
    return (
        name.startswith(_VARIANTS)
        and name.count("/") == _VARIANTS.count("/") + 1
        and name.endswith("/variant.toml")
    )


def _variant(name: str, files: Mapping[str, bytes], notes: list[Diagnostic]) -> Parsed[Variant]:
    """A municipality from its folder."""
    folder = PurePosixPath(name).parent
    texts: dict[str, str] = {}
    for beside in ("variant.toml", "tokens.css", "tokens-dark.css", "logo.svg"):
        path = f"{folder}/{beside}"
        if path in files:
            decoded = decode(path, files[path])
            notes += decoded.diagnostics
            texts[beside] = decoded.value
    return parse_variant(name, texts["variant.toml"], folder.name, texts)


def decode(path: str, data: bytes) -> Parsed[str]:
    """The text of a file. One that is not UTF-8 is reported at its first wrong byte, and read as what it most likely
    is, so that the rest of it can be checked as well.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            note = diagnostic(Code.FILE_ENCODING, Span(path=path), found="UTF-16")
            return Parsed(value=data.decode(encoding, "replace"), diagnostics=(note,))
    try:
        return Parsed(value=data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        place = Span(path=path, line=len(lines), column=len(lines[-1]) + 1)
        note = diagnostic(Code.FILE_ENCODING, place, found="Windows-1252")
        return Parsed(value=data.decode("cp1252", "replace"), diagnostics=(note,))
