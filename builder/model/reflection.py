"""A question whose answer is the learner's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from builder.diagnostics import Span
from builder.model.accepted import Accepted
from builder.model.text import NOWHERE, Prose


class AnswerKind(StrEnum):
    OPEN = "open"
    CHOICE = "choice"
    SCALE = "scale"
    DATE = "date"
    """A day; only the debrief asks for one."""


class Keep(StrEnum):
    """The widest place where an answer may be kept."""

    LMS = "lms"
    DEVICE = "device"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    low: int
    high: int
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """``maximum`` is in characters and counts for an open answer only; ``places`` are where the options stand."""

    question: str
    anchor: str
    id: str = ""
    key: str = ""
    kind: AnswerKind = AnswerKind.OPEN
    keep: Keep = Keep.LMS
    maximum: int = 400
    scale: Scale | None = None
    options: tuple[str, ...] = ()
    places: tuple[Span, ...] = field(default=(), compare=False)
    prose: Prose | None = None
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)
