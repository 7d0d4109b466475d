"""The words that the checks look for: ``course/words.toml``, which a course owner edits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

GAP = "…"
_BETWEEN = r"\W+(?:\w+\W+){0,6}?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Words that judge: why they do not belong in a consequence, and what to write there."""

    words: tuple[str, ...]
    reason: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """``fine`` are phrases in which a verdict's word judges nothing.

    ``waiting`` are the words that make a choice one of waiting, asking or consulting.
    """

    verdicts: tuple[Verdict, ...] = ()
    fine: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


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
