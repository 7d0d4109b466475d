"""A scenario: people, meters, scenes, choices and what comes of them.

The same nodes serve before and after linking: linking fills the ``key`` of every ``Ref`` and of every
scene and choice, and turns ``else`` chains into conditions of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from builder.diagnostics import Span
from builder.model.accepted import Accepted
from builder.model.logic import Condition, Effect
from builder.model.reflection import Keep, Reflection
from builder.model.text import NOWHERE, Prose, Ref

ON = "verder"
"""The target of an event's choice that goes on to where one was going."""


class BeatKind(StrEnum):
    PROSE = "prose"
    SPEECH = "speech"
    THOUGHT = "thought"


class Branch(StrEnum):
    """How a condition stands to the block right before it: ``als``, ``anders als``, ``anders``."""

    IF = "if"
    ELIF = "elif"
    ELSE = "else"


class SceneKind(StrEnum):
    SCENE = "scene"
    EVENT = "event"
    ENDING = "ending"


class Back(StrEnum):
    """``terug:``: may one go back during play: not at all, one scene, or freely."""

    NO = "no"
    SCENE = "scene"
    FREE = "free"


class Moment(StrEnum):
    """When a delayed consequence comes."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Help(StrEnum):
    HELPS = "helps"
    HINDERS = "hinders"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Under what a beat is seen: a condition, a role in whose perspective one plays, or both.

    After linking ``branch`` is always ``IF`` and ``condition`` is whole (an ``anders`` holds the negation
    of what went before it). A thought is there on every way, and comes up where ``condition`` holds; an ``only`` one
    is there only where it holds, ``up`` is what must hold besides for it to come up, ``deep`` that it never does.
    """

    branch: Branch = Branch.IF
    condition: Condition | None = None
    role: Ref | None = None
    only: bool = False
    up: Condition | None = None
    deep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One paragraph, speech or thought. ``speaker`` is set unless it is prose."""

    kind: BeatKind
    prose: Prose
    speaker: Ref | None = None
    emotion: str = ""
    guard: Guard | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    description: str = ""
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A number the player sees move, kept within ``low`` and ``high``."""

    name: str
    start: int
    low: int
    high: int
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A number the player does not see. Kept within -999 and 999."""

    name: str
    start: int
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    name: str
    text: str
    known_by: tuple[Ref, ...] = ()
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule, procedure or agreement; in force only while ``condition`` holds."""

    name: str
    text: str
    help: Help
    condition: Condition | None = None
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learns:
    """``weet: Mo huisverbod``: from here on this person knows this fact, where ``condition`` holds here."""

    who: Ref
    fact: Ref
    condition: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A delayed consequence: plays on arriving at its scene, before the text, if ``condition`` holds then."""

    target: Ref
    text: str
    intended: bool
    whom: str
    moment: Moment
    effects: tuple[Effect, ...] = ()
    condition: Condition | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one can do. ``key`` (after linking) is ``id`` or else its target's key.

    ``fallback`` is ``alleen als: anders``: offered only when no other choice is open.
    ``closed_by`` shows the choice closed by that rule until ``unless`` holds.
    """

    label: str
    target: Ref
    id: str = ""
    key: str = ""
    effects: tuple[Effect, ...] = ()
    condition: Condition | None = None
    fallback: bool = False
    closed_by: Ref | None = None
    unless: Condition | None = None
    once: bool = False
    learns: tuple[Learns, ...] = ()
    later: tuple[Later, ...] = ()
    feedback: Prose | None = None
    role: Ref | None = None
    reaction: tuple[Beat, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def bare(self) -> bool:
        """Whether it has no property and no reaction's condition: alone in its scene it is no decision."""
        return not (
            self.id or self.effects or self.condition or self.fallback or self.closed_by or self.once
            or self.learns or self.later or self.feedback or self.role
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """``overslaan:``: the way past an intense scene, with a neutral summary."""

    target: Ref
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A passage. An event has ``at``, ``chance`` (percent), ``condition`` and ``most`` besides.

    ``most`` is how often an event may come in one run; 0 is without limit.
    """

    title: str
    kind: SceneKind
    anchor: str
    id: str = ""
    key: str = ""
    perspective: Ref | None = None
    time: str = ""
    intense: bool = False
    skip: Skip | None = None
    learns: tuple[Learns, ...] = ()
    rules: tuple[Ref, ...] = ()
    role: Ref | None = None
    beats: tuple[Beat, ...] = ()
    choices: tuple[Choice, ...] = ()
    trainer: Prose | None = None
    at: tuple[Ref, ...] = ()
    chance: int = 100
    condition: Condition | None = None
    most: int = 0
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def continues(self) -> bool:
        """Whether its only choice is a plain "verder": no decision, not numbered, not reported."""
        return len(self.choices) == 1 and self.choices[0].bare


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """``opnieuw als: Mo, begin: […](#…)``."""

    person: Ref
    begin: Ref | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """The debrief's own questions: what one felt, in a few words, whether it can be explained, an intention."""

    feeling: Reflection
    words: Reflection
    outside: Reflection
    when: Reflection
    then: Reflection
    date: Reflection


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """The author's introduction to each part of the debrief; path, thoughts and ledger are generated.

    ``keep`` is the widest place for the answers to ``questions``, which linking makes.
    """

    opening: Prose | None = None
    feelings: Prose | None = None
    path: Prose | None = None
    thoughts: Prose | None = None
    what_if: Prose | None = None
    keep: Keep = Keep.LMS
    questions: Looking | None = None
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierItem:
    """The answer to one of the eleven questions a case must answer (``number`` 1 to 11)."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """``perspective`` is the person that "je" is; ``opening`` is the text before the first scene."""

    title: str
    anchor: str
    id: str = ""
    key: str = ""
    people: tuple[Person, ...] = ()
    perspective: Ref | None = None
    meters: tuple[Meter, ...] = ()
    variables: tuple[Variable, ...] = ()
    facts: tuple[Fact, ...] = ()
    rules: tuple[Rule, ...] = ()
    begin: Ref | None = None
    replays: tuple[Replay, ...] = ()
    back: Back = Back.NO
    dossier: tuple[DossierItem, ...] = ()
    opening: tuple[Beat, ...] = ()
    scenes: tuple[Scene, ...] = ()
    debrief: Debrief | None = None
    trainer: Prose | None = None
    accepted: tuple[Accepted, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)
