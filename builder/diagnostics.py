"""What the builder has to tell an author: values with a code and a place, never exceptions.

A text of the interface never stands here: ``messages/nl.toml`` and ``messages/en.toml`` hold, for every
code, a ``message`` and a ``remedy`` with the named placeholders of ``Diagnostic.values``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class BuilderError(Exception):
    """The environment, not the author, stands in the way: a folder that is missing, a disk that is full.

    ``code`` is a key of ``[environment]`` in the message catalogues, ``values`` its placeholders.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Severity(StrEnum):
    """Errors stop a build; warnings do so only with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Every kind of mistake, closed. The value is what authors see in brackets and find in the guide."""

    # files and settings
    FILE_ENCODING = "file-encoding"
    FILE_TOO_LARGE = "file-too-large"
    FILE_MISSING = "file-missing"
    VARIANT_MISSING = "variant-missing"
    LESSON_MISSING = "lesson-missing"
    FILE_PLACE = "file-place"
    FILE_EMPTY = "file-empty"
    FILE_TYPE = "file-type"
    FILE_LATER = "file-later"
    SETTINGS_INVALID = "settings-invalid"
    SETTING_MISSING = "setting-missing"
    SETTING_UNKNOWN = "setting-unknown"
    SETTING_TWICE = "setting-twice"
    SETTING_VALUE = "setting-value"
    SETTING_WORD = "setting-word"
    SETTING_RANGE = "setting-range"
    FACE_UNKNOWN = "face-unknown"
    FACE_UNUSED = "face-unused"
    # near misses: what was meant as syntax and is not
    NEAR_HEADING = "near-heading"
    NEAR_SETEXT = "near-setext"
    NEAR_KEYWORD = "near-keyword"
    NEAR_SPEECH = "near-speech"
    NEAR_QUOTE = "near-quote"
    NEAR_CONDITION = "near-condition"
    NEAR_CHOICE = "near-choice"
    NEAR_INDENT = "near-indent"
    NEAR_TAB = "near-tab"
    NEAR_MINUS = "near-minus"
    NEAR_CURLY = "near-curly"
    NEAR_WIKILINK = "near-wikilink"
    NEAR_DIRECTIVE = "near-directive"
    NEAR_LINK = "near-link"
    NEAR_UNCLOSED = "near-unclosed"
    NEAR_FOOTNOTE = "near-footnote"
    NEAR_PLACEHOLDER = "near-placeholder"
    # shape
    HEADING_LEVEL = "heading-level"
    HEADING_PLACE = "heading-place"
    TEXT_ABOVE = "text-above"
    DEBRIEF_TWICE = "debrief-twice"
    DEBRIEF_PART = "debrief-part"
    QUESTION_ANSWER = "question-answer"
    PROPERTY_PLACE = "property-place"
    CONDITION_SYNTAX = "condition-syntax"
    CONDITION_CHAIN = "condition-chain"
    THOUGHT_ONLY = "thought-only"
    EFFECT_SYNTAX = "effect-syntax"
    LATER_SYNTAX = "later-syntax"
    CHOICE_EMPTY = "choice-empty"
    CHOICE_TARGET = "choice-target"
    CHOICE_PLACE = "choice-place"
    CHOICE_LONG = "choice-long"
    SPEECH_EMPTY = "speech-empty"
    EMOTION_UNKNOWN = "emotion-unknown"
    # names and targets
    SCENE_UNKNOWN = "scene-unknown"
    PERSON_UNKNOWN = "person-unknown"
    PERSON_UNCAST = "person-uncast"
    VARIABLE_UNKNOWN = "variable-unknown"
    FACT_UNKNOWN = "fact-unknown"
    RULE_UNKNOWN = "rule-unknown"
    CHOICE_UNKNOWN = "choice-unknown"
    SOURCE_UNKNOWN = "source-unknown"
    LOCAL_UNKNOWN = "local-unknown"
    LOCAL_MISSING = "local-missing"
    LOCAL_TYPED = "local-typed"
    FILE_UNKNOWN = "file-unknown"
    LINK_UNKNOWN = "link-unknown"
    NAME_TWICE = "name-twice"
    KEY_TWICE = "key-twice"
    CHOICE_TWICE = "choice-twice"
    SCENE_TWICE = "scene-twice"
    KEY_LOST = "key-lost"
    # graph
    SCENE_UNREACHABLE = "scene-unreachable"
    SCENE_ROLE = "scene-role"
    SCENE_DEAD_END = "scene-dead-end"
    SCENE_NO_WAY_OUT = "scene-no-way-out"
    SCENARIO_EMPTY = "scenario-empty"
    SCENARIO_UNUSED = "scenario-unused"
    SCENARIO_ENDLESS = "scenario-endless"
    SCENARIO_LARGE = "scenario-large"
    ENDING_MISSING = "ending-missing"
    DEBRIEF_MISSING = "debrief-missing"
    EVENT_FIRST = "event-first"
    REPLAY_BEGIN = "replay-begin"
    REPLAY_VOICE = "replay-voice"
    # every state of a scenario
    SCENE_NEVER = "scene-never"
    ENDING_NEVER = "ending-never"
    CHOICE_NEVER = "choice-never"
    CHOICE_SPARE = "choice-spare"
    EVENT_NEVER = "event-never"
    LATER_NEVER = "later-never"
    CONDITION_NEVER = "condition-never"
    ELSE_NEVER = "else-never"
    SCENE_STUCK = "scene-stuck"
    SCENE_CIRCLE = "scene-circle"
    SCENE_LUCK = "scene-luck"
    FACT_LEAK = "fact-leak"
    VALUE_CONSTANT = "value-constant"
    VARIABLE_UNREAD = "variable-unread"
    METER_STILL = "meter-still"
    CONDITION_ALWAYS = "condition-always"
    CHOICE_ALWAYS = "choice-always"
    CLOSED_NEVER = "closed-never"
    # completion
    SCORE_OF_NOTHING = "score-of-nothing"
    # size
    SAVE_TOO_LARGE = "save-too-large"
    TEXT_TOO_LARGE = "text-too-large"
    # dilemmas and words
    DILEMMA_FEW = "dilemma-few"
    DILEMMA_WAIT = "dilemma-wait"
    DILEMMA_DOMINATED = "dilemma-dominated"
    DILEMMA_FREE = "dilemma-free"
    DILEMMA_RULE = "dilemma-rule"
    VERDICT_WORD = "verdict-word"
    ACCEPTED_UNUSED = "accepted-unused"
    # plain language
    READING_EASE = "reading-ease"
    SENTENCE_LONG = "sentence-long"
    ABBREVIATION_UNKNOWN = "abbreviation-unknown"
    LINK_VAGUE = "link-vague"
    ADDRESS_MIXED = "address-mixed"
    WORD_STIGMA = "word-stigma"
    WORD_OFFICIALESE = "word-officialese"
    # access
    IMAGE_ALT = "image-alt"
    IMAGE_UNKNOWN = "image-unknown"
    IMAGE_REMOTE = "image-remote"
    IMAGE_UNSAFE = "image-unsafe"
    STYLE_UNSAFE = "style-unsafe"
    COLOUR_CONTRAST = "colour-contrast"
    COLOUR_UNREAD = "colour-unread"
    HTML_REMOVED = "html-removed"


ACCEPTABLE = frozenset(
    {
        Code.DILEMMA_FEW,
        Code.DILEMMA_WAIT,
        Code.DILEMMA_DOMINATED,
        Code.DILEMMA_FREE,
        Code.DILEMMA_RULE,
        Code.VERDICT_WORD,
        Code.REPLAY_VOICE,
        Code.READING_EASE,
        Code.SENTENCE_LONG,
        Code.ABBREVIATION_UNKNOWN,
        Code.LINK_VAGUE,
        Code.ADDRESS_MIXED,
        Code.WORD_STIGMA,
        Code.WORD_OFFICIALESE,
    }
)
"""Warnings of judgement, which an author may leave as they are with ``akkoord: code, want reden``."""

PROVEN = frozenset(
    {
        Code.SCENE_NEVER,
        Code.ENDING_NEVER,
        Code.CHOICE_NEVER,
        Code.CHOICE_SPARE,
        Code.EVENT_NEVER,
        Code.LATER_NEVER,
        Code.CONDITION_NEVER,
        Code.ELSE_NEVER,
        Code.SCENE_STUCK,
        Code.SCENE_CIRCLE,
        Code.SCENE_LUCK,
        Code.FACT_LEAK,
        Code.VALUE_CONSTANT,
        Code.VARIABLE_UNREAD,
        Code.METER_STILL,
        Code.CONDITION_ALWAYS,
        Code.CHOICE_ALWAYS,
        Code.CLOSED_NEVER,
    }
)
"""What is proven by going through every state of a scenario."""

WARNINGS = ACCEPTABLE | frozenset(
    {
        Code.ACCEPTED_UNUSED,
        Code.REPLAY_BEGIN,
        Code.FILE_TYPE,
        Code.FILE_LATER,
        Code.CHOICE_LONG,
        Code.LOCAL_TYPED,
        Code.NEAR_CONDITION,
        Code.NEAR_CURLY,
        Code.FACE_UNUSED,
        Code.EMOTION_UNKNOWN,
        Code.PERSON_UNCAST,
        Code.LOCAL_UNKNOWN,
        Code.LOCAL_MISSING,
        Code.KEY_LOST,
        Code.SCENARIO_UNUSED,
        Code.SCENARIO_ENDLESS,
        Code.SCENARIO_LARGE,
        Code.VARIABLE_UNREAD,
        Code.METER_STILL,
        Code.CONDITION_ALWAYS,
        Code.CHOICE_ALWAYS,
        Code.CLOSED_NEVER,
        Code.TEXT_TOO_LARGE,
        Code.HTML_REMOVED,
        Code.COLOUR_CONTRAST,
        Code.COLOUR_UNREAD,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A place in an author's file: ``path`` relative to the course's root with ``/``, ``line`` and
    ``column`` from 1, ``length`` in characters (at least 1) to underline on that line.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One mistake, or doubt, at one place.

    ``values`` fills the placeholders of its texts; ``instead`` is the
    finished text to write (one line of Markdown or a link) where it is known, else empty.
    """

    code: Code
    span: Span
    values: tuple[tuple[str, str], ...] = ()
    instead: str = ""

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR


def diagnostic(code: Code, span: Span, instead: str = "", **values: object) -> Diagnostic:
    """A ``Diagnostic`` whose values are given as keywords; each becomes text."""
    return Diagnostic(
        code=code,
        span=span,
        instead=instead,
        values=tuple((key, str(value)) for key, value in values.items()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed(Generic[T]):
    """A value and everything there is to say about how it was written."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether at least one of them stops a build."""
    return any(each.severity is Severity.ERROR for each in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each once, by file, line and column; errors before warnings at one place."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.span, d.severity, d.code, d.values)))
