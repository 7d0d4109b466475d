"""What a catalogue asks of a course: the fields of NL LOM that nothing else of a course tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STATUSES = ("draft", "final", "revised", "unavailable")
KINDS = (
    "exercise", "simulation", "questionnaire", "diagram", "figure", "graph", "index", "slide", "table",
    "narrative text", "exam", "experiment", "problem statement", "self assessment", "lecture",
)  # fmt: skip
AUDIENCES = ("learner", "teacher", "author", "manager")
CONTEXTS = ("training", "higher education", "school", "other")

VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "status": STATUSES,
    "type": KINDS,
    "audience": AUDIENCES,
    "context": CONTEXTS,
}
"""The words of IEEE 1484.12.1 (LOMv1.0), elements 2.2, 5.2, 5.5 and 5.6, by the name of their setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """Who wrote or publishes a course. Empty or None: not told."""

    names: tuple[str, ...] = ()
    organisation: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxon:
    """A place in a classification: that of ``source``, with its identifier there and its words."""

    source: str
    id: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """``[metadata]`` of ``course/course.toml``; what is empty or None was not set, and is told to nobody.

    ``catalog`` and ``entry``: the course's number in a catalogue. ``status``, ``type``, ``audience`` and ``context``
    are words of ``VOCABULARIES``. ``licence``: that of the content.
    """

    catalog: str = ""
    entry: str = ""
    status: str = ""
    type: str = ""
    audience: str = ""
    context: str = ""
    licence: str = ""
    author: Contributor | None = None
    publisher: Contributor | None = None
    discipline: Taxon | None = None
