"""Case files: ``tests/check/cases/*.md`` hold scenarios with a planted defect, and what the builder says of them.

A file starts with a paragraph about it. A case starts at a line ``=== title``; after a line ``---8<---`` come the
expectations: ``line:column code``, the message after ``> ``, the finished line (``Diagnostic.instead``) after ``| ``.
A case without expectations must give none. Around a case stands ``FRAME``, whose lines are not counted; what is said
of decisions that are no dilemma is left out.

``python -m tests.check.cases --rewrite`` writes what the builder says now; read the difference before committing it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from builder.diagnostics import ACCEPTABLE, Diagnostic
from builder.pipeline import Examined, examined
from builder.report import message
from builder.source.read import SourceTree
from tests.test_course import COURSE

FOLDER = Path(__file__).parent / "cases"

FRAME = """\
# Les

- id: les

## Scenario: Proef

- personages:
  - Mo: 29
  - Karin: coach
- perspectief: Karin
"""
DEBRIEF = "\n\n### Nabespreking\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``source`` is what stands under the scenario's perspective: more settings, and scenes."""

    file: str
    title: str
    source: str
    expected: str

    def examined(self) -> Examined:
        """The course of which this case is the one lesson."""
        files = {**COURSE, "content/lessons/01-les.md": FRAME + self.source + DEBRIEF}
        return examined(SourceTree(files={path: text.encode() for path, text in files.items()}))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(each for each in self.examined().diagnostics if each.code not in ACCEPTABLE)

    @property
    def above(self) -> int:
        """Lines of the frame above its source."""
        return FRAME.count("\n")

    def said(self) -> str:
        """What the builder says now, in the form of an expectation."""
        lines: list[str] = []
        for each in self.diagnostics():
            lines.append(f"{each.span.line - self.above}:{each.span.column} {each.code.value}")
            lines.append(f"> {message(each, 'nl')}")
            lines += [f"| {each.instead}"] if each.instead else []
        return "\n".join(lines)


C = TypeVar("C", bound=Case)


def _parts(path: Path) -> tuple[str, list[tuple[str, str, str]]]:
    """What stands above a file's cases, and of each its title, source and expectations as written."""
    head, *rest = ("\n" + path.read_text(encoding="utf-8")).split("\n=== ")
    out: list[tuple[str, str, str]] = []
    for each in rest:
        title, _, body = each.partition("\n")
        source, _, expected = body.partition("\n---8<---")
        out.append((title, source.strip("\n"), expected.strip("\n")))
    return head.strip(), out


def every_case() -> list[Case]:
    return cases_in(FOLDER, Case)


def cases_in(folder: Path, kind: type[C]) -> list[C]:
    return [
        kind(file=path.stem, title=title, source=source, expected=expected)
        for path in sorted(folder.glob("*.md"))
        for title, source, expected in _parts(path)[1]
    ]


def rewrite(folder: Path, kind: type[Case]) -> None:
    """Write every expectation as the builder has it now."""
    for path in sorted(folder.glob("*.md")):
        chunks = [_parts(path)[0]]
        for case in cases_in(folder, kind):
            if case.file == path.stem:
                said = f"\n\n---8<---\n{case.said()}" if case.said() else ""
                chunks.append(f"=== {case.title}\n\n{case.source}{said}")
        path.write_text("\n\n".join(chunks) + "\n", encoding="utf-8")


if __name__ == "__main__" and "--rewrite" in sys.argv:
    rewrite(FOLDER, Case)
