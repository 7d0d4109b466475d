"""Flesch-Douma: how easily a Dutch text reads, from about 0 (hard) to 100 (easy)."""

from __future__ import annotations

from collections.abc import Sequence

from builder.check.syllables import syllables

Words = Sequence[str]
FEWEST = 100
"""Words under which the figure says little about a text."""
NAMED = 3


def score(sentences: Sequence[Words]) -> float | None:
    """206.84 − 0.77 × syllables per 100 words − 0.93 × words per sentence; None for too few words."""
    words, spoken = _totals(sentences)
    return _score(len(sentences), words, spoken) if words >= FEWEST else None


def heaviest(sentences: Sequence[Words]) -> list[int]:
    """The numbers of the few sentences without which the score would be highest, the heaviest first."""
    words, spoken = _totals(sentences)
    without = {
        number: _score(len(sentences) - 1, words - len(each), spoken - sum(map(syllables, each)))
        for number, each in enumerate(sentences)
        if len(each) < words
    }
    return sorted(without, key=lambda number: (-without[number], number))[:NAMED]


def _totals(sentences: Sequence[Words]) -> tuple[int, int]:
    words = sum(map(len, sentences))
    return words, sum(syllables(word) for each in sentences for word in each)


def _score(sentences: int, words: int, spoken: int) -> float:
    return 206.84 - 0.77 * 100 * spoken / words - 0.93 * words / sentences
