"""What is wrong with a package: a value with a code and a place, as a diagnostic is of an author's text.

For every code ``messages/nl.toml`` and ``messages/en.toml`` hold ``[findings.<code>]`` with ``what`` is wrong,
``why`` it matters and in which LMS, and the ``remedy``, with the named placeholders of ``Finding.values``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from builder.messages import catalogue


class Severity(StrEnum):
    """An error keeps a package from being taken in or from working; a warning does so in some LMSs, or is untidy."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """Every kind of finding, closed. The value is what a reader sees in brackets."""

    # the zip itself
    ZIP_NOT = "zip-not"
    ZIP_EMPTY = "zip-empty"
    ZIP_ENTRIES = "zip-entries"
    ZIP_LARGE = "zip-large"
    ZIP_BOMB = "zip-bomb"
    ZIP_OVERLAP = "zip-overlap"
    ZIP_DAMAGED = "zip-damaged"
    ZIP_ENCRYPTED = "zip-encrypted"
    ZIP_METHOD = "zip-method"
    ZIP_ESCAPE = "zip-escape"
    ZIP_LINK = "zip-link"
    ZIP_TWICE = "zip-twice"
    # names in it
    NAME_BACKSLASH = "name-backslash"
    NAME_CASE = "name-case"
    NAME_CONTROL = "name-control"
    NAME_LONG = "name-long"
    NAME_ENCODING = "name-encoding"


WARNINGS: frozenset[Code] = frozenset({Code.NAME_CASE, Code.NAME_ENCODING})

INFOS: frozenset[Code] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong, or worth knowing, at one place.

    ``path`` is a file of the package ("" for the package as a whole), ``line`` counts from 1 (0 where there is none),
    and ``element`` names the element or identifier.
    """

    code: Code
    path: str = ""
    line: int = 0
    element: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        if self.code in INFOS:
            return Severity.INFO
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def where(self) -> str:
        """File, line and element in one line."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place} ({self.element})" if self.element and place else place or self.element

    def said(self, part: str, language: str) -> str:
        """The text ``part`` ("what", "why" or "remedy") of this finding.

        Raises ``KeyError`` when the text, or one of its placeholders, is missing: a mistake of ours.
        """
        texts = cast("Mapping[str, Mapping[str, str]]", catalogue(language)["findings"])
        return texts[self.code][part].format_map(dict(self.values))


def finding(code: Code, path: object = "", line: int = 0, element: str = "", **values: object) -> Finding:
    """A ``Finding`` whose values are given as keywords; each becomes text that is safe to show, and not endless."""
    return Finding(
        code=code,
        path=shown(str(path)),
        line=line,
        element=shown(element),
        values=tuple((key, shown(str(value))) for key, value in values.items()),
    )


def shown(text: str, limit: int = 200) -> str:
    """``text`` on one line, with what no terminal should be sent made visible, and cut after ``limit`` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in cut)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once: errors first, then by file and line."""
    rank = {severity: place for place, severity in enumerate(Severity)}
    return tuple(
        sorted(set(findings), key=lambda f: (rank[f.severity], f.path, f.line, f.code, f.element, f.values))
    )
