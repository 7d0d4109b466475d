"""Which colour stands on which: every text, edge and picture with what lies under it, and how far they must differ.

A row is a minimum, the names that stand, and the names they stand on: each of the first on each of the second.
``a/b`` is ``a`` laid over ``b``, where ``a`` can be seen through. ``tests/browser/test_access.py`` compares this
table with what is really on the screens.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT = 4.5
EDGE = 3.0

_PAPER = "owl-page owl-surface owl-foam owl-later"
_BUBBLES = "owl-thought-bubble/owl-thought-me owl-thought-bubble/owl-thought"
_WATER = f"owl-thought-me owl-thought owl-deep owl-abyss {_BUBBLES}"
_SECOND, _SUBTLE = "utrecht-button-secondary-action", "utrecht-button-subtle"

_ROWS = (
    # What is read on paper.
    (TEXT, "owl-ink", f"{_PAPER} owl-air owl-speech owl-speech-me owl-letter owl-warn-surface"),
    (TEXT, "owl-ink", "owl-choice owl-choice-hover owl-closed"),
    (TEXT, "owl-ink-soft", "owl-page owl-surface owl-air owl-closed"),
    (TEXT, "owl-accent", "owl-page owl-surface owl-foam owl-air"),
    (TEXT, "owl-on-foam", "owl-foam"),
    (TEXT, "owl-warn", "owl-surface owl-choice owl-choice-hover"),
    (TEXT, "utrecht-heading-1-color", "owl-page"),
    (TEXT, "utrecht-heading-2-color", "owl-page owl-surface owl-foam"),
    (TEXT, "utrecht-heading-3-color", "owl-page owl-surface"),
    (TEXT, "utrecht-paragraph-color", f"{_PAPER} owl-warn-surface"),
    (TEXT, "utrecht-form-label-color", "owl-page"),
    (TEXT, "utrecht-textarea-color", "owl-surface"),
    # Under water.
    (TEXT, "owl-on-water owl-on-water-soft owl-on-thought", _WATER),
    (TEXT, "owl-surface", "owl-water"),
    (TEXT, "owl-abyss", "owl-on-water"),
    # What is pressed, and what has the focus.
    (TEXT, "utrecht-button-primary-action-color", "utrecht-button-primary-action-background-color"),
    (TEXT, "utrecht-button-primary-action-hover-color", "utrecht-button-primary-action-hover-background-color"),
    (TEXT, "utrecht-button-primary-action-active-color", "utrecht-button-primary-action-active-background-color"),
    (TEXT, f"{_SECOND}-color", " ".join(f"{_SECOND}-background-color/{under}" for under in _PAPER.split())),
    (TEXT, f"{_SECOND}-hover-color", f"{_SECOND}-hover-background-color/owl-page"),
    (TEXT, f"{_SECOND}-active-color", f"{_SECOND}-active-background-color/owl-page"),
    (TEXT, f"{_SUBTLE}-color", "owl-page owl-surface owl-foam"),
    (TEXT, f"{_SUBTLE}-hover-color", f"{_SUBTLE}-hover-background-color/owl-page"),
    (TEXT, f"{_SUBTLE}-active-color", f"{_SUBTLE}-active-background-color/owl-page"),
    (TEXT, "owl-on-focus", "owl-focus-surface"),
    # Edges of what can be operated, and pictures that say something.
    (EDGE, "owl-edge", "owl-page owl-surface owl-closed"),
    (EDGE, "owl-choice-edge", "owl-page owl-choice owl-choice-hover"),
    (EDGE, f"{_SECOND}-border-color", _PAPER),
    (EDGE, "utrecht-button-primary-action-background-color", _PAPER),
    (EDGE, "owl-meter owl-meter-off", "owl-page owl-surface"),
    (EDGE, "owl-water", "owl-page owl-surface owl-foam"),
    (EDGE, "owl-later-edge", "owl-later owl-surface"),
    (EDGE, "owl-ok owl-warn owl-edge", "owl-letter"),
    (EDGE, "owl-ok", "owl-surface owl-foam"),
    (EDGE, "owl-warn", "owl-foam"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """``ground`` from the top down: all but the last may be seen through."""

    text: str
    ground: tuple[str, ...]
    least: float


PAIRS = tuple(
    Pair(text=f"--{text}", ground=tuple(f"--{name}" for name in ground.split("/")), least=least)
    for least, texts, grounds in _ROWS
    for text in texts.split()
    for ground in grounds.split()
)
