"""A course: its settings, its people, its words, its lessons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from builder.diagnostics import Span
from builder.model.accepted import Accepted
from builder.model.faces import Face
from builder.model.metadata import Metadata
from builder.model.reflection import Reflection
from builder.model.scenario import Scenario
from builder.model.text import NOWHERE, Prose, Ref
from builder.model.walk import every
from builder.model.wording import Language, Wording

AFTERCARE = Ref(text="nazorg")
"""The local fact that is meant where a course names no contact of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Prose under one ``##`` heading, or before the first one (then ``title`` is empty)."""

    title: str
    anchor: str
    prose: Prose
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a knowledge check, with what is said once it is chosen."""

    text: str
    correct: bool
    feedback: Prose | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    title: str
    anchor: str
    id: str = ""
    key: str = ""
    options: tuple[Option, ...] = ()
    prose: Prose | None = None
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TryThis:
    prose: Prose
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """Where the learner's intentions and answers of the whole course come together, under the author's own words."""

    prose: Prose
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerNote:
    """Only ever in the trainer's guide."""

    prose: Prose
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioFile:
    """``## Scenario: [Titel](../scenarios/x.md)`` before linking puts the scenario in its place."""

    title: str
    target: str
    span: Span = field(default=NOWHERE, compare=False)


Block = Section | Scenario | ScenarioFile | Reflection | Question | TryThis | ActionPlan | TrainerNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """``sources`` are identifiers of ``course.toml``'s ``[sources]``; ``minutes`` is what it takes.

    ``number`` is its place in the whole course, from 1.
    """

    title: str
    path: str
    id: str = ""
    key: str = ""
    number: int = 1
    sources: tuple[Ref, ...] = ()
    minutes: int = 0
    goals: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    name: str
    anchor: str
    prose: Prose
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``course/course.toml``.

    ``rule``: when a course is complete: each scenario at an ending (``endings``), or every step done (``steps``).
    ``report``: whether a finished course without a score to pass is told to the LMS as ``completed`` or as ``passed``.
    ``score``: whether the knowledge checks give a score, 0 to 100; ``mastery``: the score from which one passes.
    ``choices``: whether choices are sent as interactions.
    ``iri``: an absolute IRI without a slash at its end, under which cmi5 names the course; empty: a name of our own.
    ``sco``: what an LMS launches and keeps a record of: the whole ``course``, or each ``lesson`` by itself.
    ``contact``: the local fact that says whom to talk to after an intense scene.
    ``minutes``: what the whole takes, 0 where only the lessons tell; ``metadata``: what a catalogue asks.
    """

    id: str
    title: str
    language: str
    version: str
    date: date
    description: str = ""
    keywords: tuple[str, ...] = ()
    rule: str = "endings"
    report: str = "completed"
    score: bool = False
    mastery: int | None = None
    score_span: Span = field(default=NOWHERE, compare=False)
    choices: bool = True
    iri: str = ""
    sco: str = "course"
    contact: Ref = AFTERCARE
    minutes: int = 0
    metadata: Metadata = field(default_factory=Metadata)
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One of ``course/cast.toml``. Who has no ``face`` is shown as an initial."""

    key: str
    name: str
    role: str = ""
    face: Face | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A municipality's own fact: the words to show and, where given, a link (``mailto:``, ``tel:``, ``https:``)."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """``course/variants/<key>/``. ``tokens`` and ``logo`` are the files' texts, empty where absent."""

    key: str
    name: str
    local: Mapping[str, Local] = field(default_factory=dict)
    tokens: str = ""
    tokens_dark: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A course as written: names not yet resolved. ``scenarios`` are the files under ``content/scenarios/``.

    ``assets`` are the bytes of every file under ``content/images/``, by path relative to the root.
    ``released`` is ``course/keys.toml``: namespace to key to short code.
    """

    settings: Settings
    cast: tuple[Character, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    glossary: tuple[Term, ...] = ()
    variants: tuple[Variant, ...] = ()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    released: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wording: Wording = field(default_factory=Wording)
    language: Language = field(default_factory=Language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course whose every name is resolved. ``codes`` holds, by namespace, the short code of every key.

    ``aftercare`` says whom to talk to after an intense scene; None where there is none.
    """

    settings: Settings
    cast: tuple[Character, ...]
    lessons: tuple[Lesson, ...]
    glossary: tuple[Term, ...]
    variants: tuple[Variant, ...]
    assets: Mapping[str, bytes]
    codes: Mapping[str, Mapping[str, str]]
    aftercare: Prose | None = None
    wording: Wording = field(default_factory=Wording)
    language: Language = field(default_factory=Language)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """All scenarios in the order of the lessons."""
        return tuple(
            block for lesson in self.lessons for block in lesson.blocks if isinstance(block, Scenario)
        )

    @property
    def reflections(self) -> tuple[Reflection, ...]:
        """All reflections in the order of the lessons, those of the debriefs where their scenario stands."""
        return tuple(
            each
            for lesson in self.lessons
            for block in lesson.blocks
            if isinstance(block, Reflection | Scenario)
            for each in every(block, Reflection)
        )
