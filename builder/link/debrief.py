"""The debrief's own questions: reflections that every scenario with a debrief gets."""

from __future__ import annotations

from builder.messages import LANGUAGES, say
from builder.model.reflection import AnswerKind, Reflection
from builder.model.scenario import Debrief, Looking

LINE = 80
"""Characters of one line: a sentence that one still knows next week."""

OUTSIDE = ("everyone", "colleagues", "not", "unsure")
"""To whom one could explain it. A save holds the place in this list: add at its end only."""


def questions(debrief: Debrief, scenario: str, language: str) -> Looking:
    """The questions of the debrief of the scenario with this key, in the course's language."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]

    def words(key: str) -> str:
        return say(spoken, "course", key)

    def question(key: str, text: str, kind: AnswerKind, options: tuple[str, ...] = ()) -> Reflection:
        return Reflection(
            question=words(text),
            anchor="",
            key=f"{scenario}/{key}",
            kind=kind,
            keep=debrief.keep,
            maximum=LINE,
            options=options,
            span=debrief.span,
        )

    return Looking(
        # A save holds the place in these lists too: a catalogue adds at their end only.
        feeling=question(
            "gevoel", "looking-feeling", AnswerKind.CHOICE, tuple(words("looking-feelings").split(", "))
        ),
        words=question("woorden", "looking-words", AnswerKind.OPEN),
        outside=question(
            "uitleg",
            "looking-outside",
            AnswerKind.CHOICE,
            tuple(words(f"looking-outside-{each}") for each in OUTSIDE),
        ),
        when=question("als", "looking-when", AnswerKind.OPEN),
        then=question("dan", "looking-then", AnswerKind.OPEN),
        date=question("datum", "looking-date", AnswerKind.DATE),
    )
