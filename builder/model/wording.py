"""What the checks look for in texts: ``course/words.toml`` and ``course/language.toml``, which a course owner edits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

GAP = "…"
_BETWEEN = r"\W+(?:\w+\W+){0,6}?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoided:
    """Words that do not belong somewhere: why not, and what to write there."""

    words: tuple[str, ...]
    reason: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """``verdicts`` are words that judge; ``fine`` are phrases in which such a word judges nothing.

    ``waiting`` are the words that make a choice one of waiting, asking or consulting.
    """

    verdicts: tuple[Avoided, ...] = ()
    fine: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What plain language is in this course. What is 0, False or empty is not looked at.

    ``sentence``: the most words in a sentence; ``ease``: the least that a lesson scores by Flesch-Douma.
    ``abbreviations``: whether one must be explained, unless it is ``known``.
    ``address``: whether a text may not call its reader both ``u`` and ``je``.
    ``vague``: words of a link that do not say where it leads.
    ``stigma`` and ``official``: words to avoid about people, and words of an office; ``fine``: phrases with such a
    word in which nothing is wrong.
    """

    sentence: int = 0
    ease: int = 0
    abbreviations: bool = False
    known: tuple[str, ...] = ()
    address: bool = False
    vague: tuple[str, ...] = ()
    stigma: tuple[Avoided, ...] = ()
    official: tuple[Avoided, ...] = ()
    fine: tuple[str, ...] = ()


def phrases(written: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of these phrases as whole words, the longest first; none for no phrases.

    Spaces stand for any white space, ``…`` for at most six words between.
    """
    longest_first = sorted((" ".join(each.split()) for each in written), key=len, reverse=True)
    parts = [
        _BETWEEN.join(r"\s+".join(map(re.escape, side.split())) for side in each.split(GAP))
        for each in longest_first
        if each
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None
