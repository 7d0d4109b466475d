"""Case files: ``tests/source/cases/*.md`` hold what an author writes and what the builder says to it.

A file starts with a paragraph about it. A case starts at a line ``=== kind: title``; after a line ``---8<---`` come
the expectations, one a line: ``line:column code``, and under one the finished text (``Diagnostic.instead``), each of
its lines after ``| ``. A case without expectations must give none. The kind names what stands around the author's
lines (``FRAMES``), which is not counted; ``→`` is a tab, ``␣`` a hard space, ``␍`` a carriage return.

``python -m tests.source.cases --rewrite`` writes what the builder says now; read the difference before committing it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from builder.diagnostics import Diagnostic
from builder.source import parse_lesson, parse_scenario
from builder.source.cast import parse_cast
from builder.source.lesson import parse_glossary
from builder.source.settings import parse_keys, parse_settings, parse_variant

FOLDER = Path(__file__).parent / "cases"

LESSON = "# Les\n\n- id: les\n\n"
SCENARIO = (
    LESSON + "## Scenario: Proef\n\n- personages:\n  - Mo: 29\n  - Karin: coach\n- perspectief: Karin\n"
    "- meter: vertrouwen = 2 (0-5)\n- variabele: belofte = 0\n"
)
SCENE = SCENARIO + "\n### De gang\n\n"
END = "\n\n### Einde: Klaar\n\nUit.\n"
FRAMES = {
    "lesson": (LESSON, ""),
    "scenario": (SCENARIO, "\n### De gang\n\n- [Verder](#einde-klaar)" + END),
    "scene": (SCENE, "\n\n- [Verder](#einde-klaar)" + END),
    "choice": (SCENE, END),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``start`` is the number of frame lines before the author's own; lines are counted without them."""

    file: str
    title: str
    kind: str
    source: str
    start: int
    expected: str

    @property
    def text(self) -> str:
        before, after = FRAMES.get(self.kind, ("", ""))
        return before + self.source + after

    def said(self) -> str:
        """What the builder says now, in the form of an expectation."""
        lines: list[str] = []
        for each in diagnose(self.kind, self.text):
            lines.append(f"{each.span.line - self.start}:{each.span.column} {each.code.value}")
            lines += [f"| {line}".rstrip() for line in each.instead.split("\n")] if each.instead else []
        return "\n".join(lines)


def diagnose(kind: str, text: str) -> tuple[Diagnostic, ...]:
    """What there is to say about a text of a kind of file."""
    match kind:
        case "glossary":
            return parse_glossary("content/glossary.md", text).diagnostics
        case "scenario-file":
            return parse_scenario("content/scenarios/x.md", text).diagnostics
        case "course":
            return parse_settings("course/course.toml", text).diagnostics
        case "cast":
            return parse_cast("course/cast.toml", text).diagnostics
        case "variant":
            return parse_variant("course/variants/x/variant.toml", text, "x", {}).diagnostics
        case "keys":
            return parse_keys("course/keys.toml", text).diagnostics
    return parse_lesson("content/lessons/x.md", text).diagnostics


def _parts(path: Path) -> tuple[str, list[tuple[str, str, str]]]:
    """What stands above a file's cases, and of each its title, source and expectations as written."""
    head, *rest = ("\n" + path.read_text(encoding="utf-8")).split("\n=== ")
    out: list[tuple[str, str, str]] = []
    for each in rest:
        title, _, body = each.partition("\n")
        source, _, expected = body.partition("\n---8<---")
        out.append((title, source.strip("\n"), expected.strip("\n")))
    return head.strip(), out


def cases(path: Path) -> list[Case]:
    """The cases of one file."""
    out: list[Case] = []
    for title, source, expected in _parts(path)[1]:
        kind, _, name = title.partition(": ")
        start = FRAMES.get(kind, ("", ""))[0].count("\n")
        text = source.replace("→", "\t").replace("␣", "\u00a0").replace("␍", "\r")
        out.append(Case(file=path.stem, title=name, kind=kind, source=text, start=start, expected=expected))
    return out


def every_case() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.md")) for case in cases(path)]


def rewrite() -> None:
    """Write every expectation as the builder has it now."""
    for path in sorted(FOLDER.glob("*.md")):
        head, parts = _parts(path)
        chunks = [head]
        for (title, source, _), case in zip(parts, cases(path), strict=True):
            said = f"\n\n---8<---\n{case.said()}" if case.said() else ""
            chunks.append(f"=== {title}\n\n{source}{said}")
        path.write_text("\n\n".join(chunks) + "\n", encoding="utf-8")


if __name__ == "__main__" and "--rewrite" in sys.argv:
    rewrite()
