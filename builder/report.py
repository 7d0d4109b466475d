"""Diagnostics as text for a person, JSON for a program, or annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import cast

from builder.diagnostics import Diagnostic, Severity
from builder.messages import catalogue, say


def message(each: Diagnostic, language: str) -> str:
    """What is wrong, in one sentence or two."""
    return _text(each, language, "message")


def suggestion(each: Diagnostic, language: str) -> str:
    """What to write instead, ready to paste; or else what to do."""
    return each.instead or _text(each, language, "remedy")


def both(each: Diagnostic, language: str) -> tuple[str, str]:
    """What is wrong, and what to do with the finished text to write."""
    return message(each, language), _meant(each, language)


def as_text(diagnostics: Iterable[Diagnostic], files: Mapping[str, bytes], language: str) -> str:
    """Per diagnostic: where, what, the line itself with the words underlined, and what was probably meant."""
    return "\n\n".join(_block(each, files, language) for each in diagnostics)


def as_json(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """An array of objects with path, line, column, code, severity, message and suggestion."""
    rows = [
        {
            "path": each.span.path,
            "line": each.span.line,
            "column": each.span.column,
            "code": str(each.code),
            "severity": str(each.severity),
            "message": message(each, language),
            "suggestion": suggestion(each, language),
        }
        for each in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_github(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """Workflow commands that GitHub shows beside the lines they are about."""
    return "\n".join(
        f"::{each.severity} file={_property(each.span.path)},line={each.span.line},col={each.span.column},"
        f"title={_property(str(each.code))}::{_data(f'{message(each, language)} {_meant(each, language)}')}"
        for each in diagnostics
    )


def _block(each: Diagnostic, files: Mapping[str, bytes], language: str) -> str:
    kind = say(language, "cli", "error" if each.severity is Severity.ERROR else "warning")
    span = each.span
    parts = [f"{span.path}:{span.line}:{span.column}: {kind} [{each.code}] {message(each, language)}"]
    lines = files.get(span.path, b"").decode("utf-8-sig", "replace").splitlines()
    if 0 < span.line <= len(lines):
        line = lines[span.line - 1].replace("\t", " ")
        gutter = f"{span.line:>5} | "
        start = min(span.column - 1, len(line))
        length = max(1, min(span.length, len(line) - start))
        parts += [gutter + line, " " * (len(gutter) - 2) + "| " + " " * start + "^" * length]
    parts.append("      " + _meant(each, language).replace("\n", "\n        "))
    return "\n".join(parts)


def _meant(each: Diagnostic, language: str) -> str:
    remedy = _text(each, language, "remedy")
    if not each.instead:
        return remedy
    meant = say(language, "cli", "did-you-mean", instead=each.instead)
    return f"{remedy}\n{meant}"


def _text(each: Diagnostic, language: str, part: str) -> str:
    entry = catalogue(language)["diagnostics"][str(each.code)]
    text = cast("Mapping[str, str]", entry)[part]
    return text.format_map({**dict(each.values), "instead": each.instead})


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
