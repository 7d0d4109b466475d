"""Case files of plain language: ``tests/check/language/*.md``, in the form of ``tests/check/cases.py``.

A case is what stands in a lesson under its own settings; ``FRAME`` is not counted. What is told of a scenario's choices
is left out. The rules are ``RULES``, so that a course owner may change those of the course.

``python -m tests.check.language_cases --rewrite`` writes what the builder says now: read the difference.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from builder.diagnostics import ACCEPTABLE, Code, Diagnostic
from builder.pipeline import examined
from builder.source.read import SourceTree
from tests.check.cases import Case, cases_in, rewrite
from tests.test_course import COURSE

FOLDER = Path(__file__).parent / "language"

FRAME = """\
# Les

- id: les
- bron: IV

"""
RULES = """\
[limits]
sentence = 20
reading-ease = 60
one-address = true
[abbreviations]
explained = true
known = ["TV"]
[links]
vague = ["hier", "lees meer"]
[fine]
phrases = ["crimineel mooie"]
[stigma.crimineel]
words = ["criminelen", "ex-crimineel", "ex-criminelen", "bajesklant"]
reason = "Dan blijft iemand wat hij ooit deed."
instead = "'iemand met een detentieverleden'."
[officialese.middels]
words = ["dient … te worden"]
reason = "Het is schrijftaal."
instead = "'met'."
"""
GLOSSARY = "# Woorden\n\n## PI\n\nEen gevangenis.\n\n## ID-bewijs\n\nEen kaart.\n"
OURS = {each for each in ACCEPTABLE if not each.startswith(("dilemma", "replay"))} | {
    Code.ACCEPTED_UNUSED,
    Code.SETTING_VALUE,
}


def told(lesson: str, rules: str = RULES) -> tuple[Diagnostic, ...]:
    """What the builder says about the language of a course of one lesson."""
    files = {
        **COURSE,
        "course/language.toml": rules,
        "content/glossary.md": GLOSSARY,
        "content/lessons/01-les.md": lesson,
    }
    tree = SourceTree(files={path: text.encode() for path, text in files.items()})
    return tuple(each for each in examined(tree).diagnostics if each.code in OURS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain(Case):
    """A case under ``FRAME``."""

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return told(FRAME + self.source + "\n")

    @property
    def above(self) -> int:
        return FRAME.count("\n")


def every_case() -> list[Plain]:
    return cases_in(FOLDER, Plain)


if __name__ == "__main__" and "--rewrite" in sys.argv:
    rewrite(FOLDER, Plain)
