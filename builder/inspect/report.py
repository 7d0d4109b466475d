"""What was found in a package, as text for a person, as JSON for a program, or as a page to keep and send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from builder.inspect.finding import Finding, Severity, shown
from builder.inspect.package import Inspection, Verdict
from builder.messages import number, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings of one code that matter, and are mended, in the same way; ``more`` is how many are left out."""

    severity: Severity
    code: str
    places: tuple[tuple[str, str], ...]
    why: str
    remedy: str
    more: int = 0


def groups(inspection: Inspection, language: str) -> tuple[Group, ...]:
    """The findings, those that say the same together; each place is where, and what is there."""
    gathered: dict[tuple[str, str, str], list[Finding]] = {}
    for each in inspection.findings:
        key = (each.code, each.said("why", language), each.said("remedy", language))
        gathered.setdefault(key, []).append(each)
    left = dict(inspection.more)
    made = []
    for (code, why, remedy), found in gathered.items():
        places = tuple(
            (each.where or say(language, "inspect", "whole"), each.said("what", language)) for each in found
        )
        more = left.pop(found[0].code, 0)
        made.append(
            Group(severity=found[0].severity, code=code, places=places, why=why, remedy=remedy, more=more)
        )
    return tuple(made)


def summary(inspection: Inspection, language: str) -> str:
    """The package in one line: standard, title, parts, launch page, passing score, size, findings."""
    return " · ".join(_facts(inspection, language))


def verdict(inspection: Inspection, language: str) -> str:
    """What becomes of the package, in words for who manages an LMS."""
    place = "in-cmi5" if inspection.standard == "cmi5" else "in-scorm"
    lms = say(language, "inspect", place, standard=inspection.standard)
    return say(language, "inspect", inspection.verdict, lms=lms)


def as_text(inspection: Inspection, language: str) -> str:
    """The whole report for a terminal."""
    lines = [summary(inspection, language), verdict(inspection, language)]
    for group in groups(inspection, language):
        severity = say(language, "inspect", group.severity)
        lines.append("")
        for where, what in group.places:
            lines.append(f"{severity} [{group.code}] {where}: {what}")
        if group.more:
            lines.append(f"  {say(language, 'inspect', 'more', count=group.more)}")
        lines.append(f"  {say(language, 'inspect', 'why')}: {group.why}")
        lines.append(f"  {say(language, 'inspect', 'remedy')}: {group.remedy}")
    return "\n".join(lines)


def as_json(inspection: Inspection, language: str) -> str:
    """One object: what the package is, the verdict, and ``findings`` in order."""
    whole = {
        "package": inspection.name,
        "size": inspection.size,
        "files": inspection.count,
        "standard": inspection.standard or None,
        "title": inspection.title or None,
        "launches": [{"title": each.title, "href": each.href} for each in inspection.launches],
        "mastery": inspection.mastery or None,
        "folder": inspection.folder or None,
        "verdict": str(inspection.verdict),
        "says": verdict(inspection, language),
        "findings": [
            {
                "code": str(each.code),
                "severity": str(each.severity),
                "path": each.path or None,
                "line": each.line or None,
                "element": each.element or None,
                **{part: each.said(part, language) for part in ("what", "why", "remedy")},
            }
            for each in inspection.findings
        ],
        "more": {str(code): count for code, count in inspection.more},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def as_html(inspection: Inspection, language: str) -> bytes:
    """One page that needs nothing else: to keep, to print, to send to who made the package."""
    from builder.render.paper import paper

    def words(key: str, **values: object) -> str:
        return say(language, "inspect", key, **values)

    return paper(
        "inspect.html",
        language,
        "inspect",
        functions={"say": words},
        inspection=inspection,
        verdict=verdict(inspection, language),
        good=inspection.verdict in (Verdict.SOUND, Verdict.CAREFUL),
        counts=tuple(_counts(inspection, language)),
        facts=tuple(_table(inspection, language)),
        kinds=[
            (severity, [each for each in groups(inspection, language) if each.severity is severity])
            for severity in Severity
        ],
    )


def _facts(inspection: Inspection, language: str) -> Iterator[str]:
    def words(key: str, **values: object) -> str:
        return say(language, "inspect", key, **values)

    yield inspection.standard or words("unknown")
    yield inspection.title or (words("untitled") if inspection.standard else inspection.name)
    if inspection.standard:
        yield words(_unit(inspection), count=len(inspection.launches))
        pages = [each.href for each in inspection.launches if each.href]
        yield words("start", page=shown(unquote(pages[0]))) if pages else words("start-none")
        yield words("mastery", score=inspection.mastery) if inspection.mastery else words("mastery-none")
    yield _size(inspection, language)
    if inspection.folder:
        yield words("folder", folder=f"{inspection.folder}/")
    yield ", ".join(_counts(inspection, language)) or words("none")


def _table(inspection: Inspection, language: str) -> Iterator[tuple[str, str]]:
    """The same facts, each with its name."""

    def words(key: str, **values: object) -> str:
        return say(language, "inspect", key, **values)

    yield words("fact-file"), inspection.name
    yield words("fact-standard"), inspection.standard or words("unknown")
    if inspection.standard:
        yield words("fact-title"), inspection.title or words("untitled")
        yield words("fact-parts"), words(_unit(inspection), count=len(inspection.launches))
        pages = [each.href for each in inspection.launches if each.href]
        yield words("fact-start"), shown(unquote(pages[0])) if pages else words("start-none")
        yield words("fact-mastery"), inspection.mastery or words("mastery-none")
    yield words("fact-size"), _size(inspection, language)
    if inspection.folder:
        yield words("fact-folder"), f"{inspection.folder}/"


def _unit(inspection: Inspection) -> str:
    return "units" if inspection.standard == "cmi5" else "scos"


def _size(inspection: Inspection, language: str) -> str:
    kilo, mega = inspection.size / 1_000, inspection.size / 1_000_000
    size = (
        say(language, "inspect", "size", size=number(language, mega, 1))
        if mega >= 1
        else say(language, "inspect", "size-small", size=number(language, kilo))
    )
    return f"{size}, {say(language, 'inspect', 'files', count=inspection.count)}"


def _counts(inspection: Inspection, language: str) -> Iterator[str]:
    """How many findings of each kind, those that were left out too; nothing of a kind that there is none of."""
    left = dict(inspection.more)
    for severity in Severity:
        found = [each for each in inspection.findings if each.severity is severity]
        count = len(found) + sum(left[code] for code in {each.code for each in found} if code in left)
        if count:
            yield say(language, "inspect", f"{severity}s", count=count)
