"""Every element that a package gives to an LMS, by standard: what the data sheet tells, and a test finds in a browser.

Names are those of the standards' run-time environments; ``n`` stands for a number. Of cmi5 a statement is named by its
verb, and the save by the document it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from builder.model.course import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One element: the key of what it is for (``[sent]`` of the messages), an example, who sees it, how long it stays.

    ``seen``: in ordinary reports, or only in the details that an LMS keeps. ``stays``: ``kept``, ``last`` (each
    replaces the one before), ``added`` to a sum, or ``once`` (makes an LMS do something). ``only``: sent only where a
    course has choices reported, a score, or passes somebody.
    """

    name: str
    what: str
    example: str
    seen: Literal["report", "detail"] = "report"
    stays: Literal["kept", "last", "added", "once"] = "last"
    only: Literal["", "choices", "score", "passing"] = ""


_SAVE = "1;1;2f;k3j9x0;l;aaabd;aaab;;aa:xyzw;;;1k2l3m4"


def _detail(
    name: str,
    what: str,
    example: str,
    stays: Literal["kept", "last", "added", "once"] = "last",
    only: Literal["", "choices", "score", "passing"] = "",
) -> Sent:
    return Sent(name=name, what=what, example=example, seen="detail", stays=stays, only=only)


def _decision(member: str, what: str, example: str) -> Sent:
    return Sent(name=f"cmi.interactions.n.{member}", what=what, example=example, stays="kept", only="choices")


def _score(core: str, *more: Sent) -> tuple[Sent, ...]:
    return (
        Sent(name=f"{core}score.raw", what="score", example="75", only="score"),
        _detail(f"{core}score.min", "range", "0", only="score"),
        _detail(f"{core}score.max", "range", "100", only="score"),
        *more,
    )


_SCORM12 = (
    Sent(name="cmi.core.lesson_status", what="status", example="completed"),
    *_score("cmi.core."),
    Sent(name="cmi.core.session_time", what="time", example="0000:24:10.00", stays="added"),
    _detail("cmi.suspend_data", "save", _SAVE),
    _detail("cmi.core.lesson_location", "place", "aaab 2f"),
    _detail("cmi.core.exit", "exit", "suspend"),
    _decision("id", "decision", "het-klikgesprek.de-map"),
    _decision("type", "kind", "choice"),
    _decision("student_response", "response", "b"),
    _decision("result", "result", "neutral"),
    _decision("time", "moment", "10:11:12"),
)

_SCORM2004 = (
    Sent(name="cmi.completion_status", what="completion", example="completed"),
    Sent(name="cmi.success_status", what="success", example="passed", only="passing"),
    Sent(name="cmi.progress_measure", what="measure", example="0.5"),
    *_score("cmi.", Sent(name="cmi.score.scaled", what="score", example="0.75", only="score")),
    Sent(name="cmi.session_time", what="time", example="PT0H24M10.00S", stays="added"),
    _detail("cmi.suspend_data", "save", _SAVE),
    _detail("cmi.location", "place", "aaab 2f"),
    _detail("cmi.exit", "exit", "suspend"),
    _detail("adl.nav.request", "leave", "suspendAll", "once"),
    _decision("id", "decision", "het-klikgesprek.de-map"),
    _decision("type", "kind", "choice"),
    _decision("learner_response", "response", "b"),
    _decision("result", "result", "neutral"),
    _decision("timestamp", "moment", "2026-11-22T10:11:12.00Z"),
    _decision("description", "label", "Je legt het dossier open"),
)

_CMI5 = (
    Sent(name="initialized", what="begun", example="initialized", stays="kept"),
    Sent(name="progressed", what="measure", example="50", stays="kept"),
    Sent(name="completed", what="completion", example="completed", stays="kept"),
    Sent(name="passed", what="success", example="passed", stays="kept", only="passing"),
    Sent(name="failed", what="failed", example="failed", stays="kept", only="score"),
    Sent(name="answered", what="answered", example="het-klikgesprek.de-map: b", stays="kept", only="choices"),
    Sent(name="terminated", what="ended", example="PT1450.00S", stays="kept"),
    _detail("waterlijn.save", "save", _SAVE),
)

SENT: Mapping[str, tuple[Sent, ...]] = {
    "scorm12": _SCORM12,
    "scorm2004": _SCORM2004,
    "scorm2004-3rd": _SCORM2004,
    "cmi5": _CMI5,
    "web": (),
}
"""By format. Whatever a walk gives an LMS is here, and nothing else is."""


def sent(format_: str, settings: Settings) -> tuple[Sent, ...]:
    """What a package of a course with these ``settings`` gives an LMS that asks for nothing of its own."""
    here = {
        "": True,
        "choices": settings.choices,
        "score": settings.score,
        "passing": settings.report == "passed" or settings.mastery is not None,
    }
    return tuple(each for each in SENT[format_] if here[each.only])
