"""What cmi5 demands of a statement (section 9; 7.1 of their order): from a statement to the rules it breaks, pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Json = Mapping[str, Any]
Broken = tuple[str, str]
"""A rule by its name, and what is wrong in words."""

CMI5 = "https://w3id.org/xapi/cmi5/"
VERBS = "http://adlnet.gov/expapi/verbs/"
DEFINED = ("initialized", "completed", "passed", "failed", "terminated")
JUDGED = ("completed", "passed", "failed")
DURATION = re.compile(r"P(?!$)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_PROGRESS = f"{CMI5}result/extensions/progress"
_MASTERY = f"{CMI5}context/extensions/masteryscore"
_RESULTS: Mapping[str, Json] = {
    "completed": {"completion": True},
    "passed": {"success": True},
    "failed": {"success": False},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a session was launched with, and what was said so far: in it (``said``), in its registration (``known``)."""

    actor: Json
    registration: str
    activity: str
    template: Json
    mode: str
    mastery: float | None
    said: tuple[str, ...]
    known: frozenset[str]


def verb_of(statement: Json) -> str:
    """The last part of a verb of ADL; any other verb whole."""
    return str(_in(statement, "verb", "id") or "").removeprefix(VERBS)


def broken(statement: Json, expected: Expected) -> Iterator[Broken]:
    """Every rule that ``statement`` breaks as the next one of its session."""
    yield from _form(statement, expected)
    yield from _order(verb_of(statement), expected)
    yield from _context(statement, expected)
    yield from _result(statement, expected)
    if verb_of(statement) not in DEFINED:
        yield from _allowed(statement)


def _form(statement: Json, expected: Expected) -> Iterator[Broken]:
    try:
        if UUID(str(statement.get("id"))).version != 4:
            yield "id-form", "the id is no UUID of version 4"
    except ValueError:
        yield "id-form", "the id is no UUID"
    if not _TIMESTAMP.fullmatch(str(statement.get("timestamp"))):
        yield "timestamp-form", "no timestamp, or not in UTC"
    if statement.get("actor") != expected.actor:
        yield "wrong-actor", "the actor is not the one launched"
    if verb_of(statement) in DEFINED and _in(statement, "object", "id") != expected.activity:
        yield "wrong-object", "the object is not the activity launched"


def _order(verb: str, expected: Expected) -> Iterator[Broken]:
    said = expected.said
    if (verb == "initialized") == bool(said) and "terminated" not in said and verb not in said:
        yield "not-initialised-first", "Initialized is the first of a session"
    if "terminated" in said:
        yield "after-terminated", "Terminated is the last of a session"
    if verb in DEFINED and verb in said:
        yield "verb-twice", f"{verb} was said in this session"
    elif verb in ("completed", "passed") and verb in expected.known:
        yield "registration-twice", f"{verb} was said in this registration"
    if verb == "failed" and "passed" in expected.known:
        yield "failed-after-passed", "who passed does not fail"
    if {"passed": "failed", "failed": "passed"}.get(verb) in said:
        yield "passed-and-failed", "both in one session"
    if expected.mode != "Normal" and verb not in ("initialized", "terminated"):
        yield "written-in-review", f"{verb} in mode {expected.mode}"


def _context(statement: Json, expected: Expected) -> Iterator[Broken]:
    verb, context = verb_of(statement), _in(statement, "context") or {}
    if context.get("registration") != expected.registration:
        yield "wrong-registration", "the registration is not the one launched"
    if not _holds(context, expected.template):
        yield "template-missing", "the context does not hold all of the template"
    categories = {_in(each, "id") for each in _in(context, "contextActivities", "category") or ()}
    if (f"{CMI5}context/categories/cmi5" in categories) != (verb in DEFINED):
        yield "category", "the category cmi5 is on what cmi5 defines, and on nothing else"
    result = _in(statement, "result") or {}
    if (f"{CMI5}context/categories/moveon" in categories) != bool({"completion", "success"} & set(result)):
        yield (
            "moveon-category",
            "the category moveon is on what tells completion or success, and on nothing else",
        )
    if verb in ("passed", "failed") and _in(context, "extensions", _MASTERY) != expected.mastery:
        yield "mastery-extension", "the context does not tell the mastery score of the launch"


def _result(statement: Json, expected: Expected) -> Iterator[Broken]:
    verb, result = verb_of(statement), _in(statement, "result") or {}
    wanted = _RESULTS.get(verb, {})
    if (
        verb in DEFINED
        and {name: result[name] for name in ("completion", "success") if name in result} != wanted
    ):
        yield "result", f"{verb} has {dict(wanted) or 'neither completion nor success'}"
    if verb in (*JUDGED, "terminated") and "duration" not in result:
        yield "duration-form", f"{verb} without a duration"
    if "duration" in result and not DURATION.fullmatch(str(result["duration"])):
        yield "duration-form", "no ISO 8601 duration with at most two decimals"
    if "score" in result:
        yield from _score(verb, result["score"], expected.mastery)
    if _PROGRESS in (result.get("extensions") or {}):
        progress = result["extensions"][_PROGRESS]
        if verb == "completed" or type(progress) is not int or not 0 <= progress <= 100:
            yield "progress-form", "progress is a whole number 0..100, and not on Completed"


def _score(verb: str, score: Json, mastery: float | None) -> Iterator[Broken]:
    if verb not in ("passed", "failed"):
        yield "score-outside", "a score is only on Passed and Failed"
    if "raw" in score and not {"min", "max"} <= set(score):
        yield "score-form", "raw without min and max"
    scaled = score.get("scaled")
    if isinstance(scaled, int | float):
        if not 0 <= scaled <= 1:
            yield "score-form", "scaled is 0..1"
        if mastery is not None and (scaled >= mastery) != (verb == "passed"):
            yield "mastery-disagrees", f"{verb} with {scaled}, mastery {mastery}"


def _allowed(statement: Json) -> Iterator[Broken]:
    definition = _in(statement, "object", "definition") or {}
    if verb_of(statement) == "answered":
        known = {_in(each, "id") for each in definition.get("choices", ())}
        response = _in(statement, "result", "response")
        if definition.get("interactionType") != "choice" or response not in known:
            yield "interaction", "no choice interaction, or its response is none of the choices"


def _in(value: Any, *path: str) -> Any:
    """What stands in nested objects, else None."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _holds(value: Any, template: Any) -> bool:
    """Whether a value holds all of a template; a list may hold more, and what is there is the same."""
    if isinstance(template, Mapping):
        return isinstance(value, Mapping) and all(
            _holds(value.get(key), part) for key, part in template.items()
        )
    if isinstance(template, list):
        return isinstance(value, list) and all(part in value for part in template)
    return bool(value == template)
