"""Bots: manners of choosing, each a function from what is declared of a choice to a score.

What is told counts for nothing. How a scenario goes for them is in ``plays.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

TRUST, ROOM, TIME = "vertrouwen", "ruimte", "tijd"
"""Meters that bots look at, by key; trust is the first meter where none has that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What is declared of one way on.

    ``moves``: by meter, how far it goes up or down, now and later together; ``trust``: the meter of trust among them.
    ``bends``: a rule in force gives way. ``skips``: it passes by an intense scene. ``meant`` and ``unmeant``: how many
    consequences come later. ``left``: choices from where it leads to the nearest ending.
    """

    moves: Mapping[str, int]
    trust: int = 0
    bends: bool = False
    skips: bool = False
    meant: int = 0
    unmeant: int = 0
    left: int = 0

    def of(self, *meters: str) -> int:
        return sum(self.moves.get(meter, 0) for meter in meters)

    @property
    def stir(self) -> int:
        """How much it sets in motion."""
        return sum(map(abs, self.moves.values())) + self.meant + self.unmeant


Score = tuple[int, ...]
Bot = Callable[[Option], Score]
"""From an option to its score; the greatest is taken, compared part by part."""


def rule_keeper(option: Option) -> Score:
    """Bends no rule, does not reach for more room, and lets no appointment run over."""
    return (-option.bends, -option.skips, -max(0, option.of(ROOM)), option.of(TIME), -option.unmeant)


def pleaser(option: Option) -> Score:
    """Wants to be liked: trust before all, and what was meant well."""
    return (-option.skips, option.trust, option.meant, -option.unmeant)


def avoider(option: Option) -> Score:
    """Passes by what is hard, stirs as little as can be, and is soon out of it."""
    return (option.skips, -option.stir, -option.left)


def guard(option: Option) -> Score:
    """Sets limits: keeps room and time, and takes nothing on that comes back later."""
    return (-option.skips, option.of(ROOM, TIME), -option.unmeant, -option.trust)


def at_random(option: Option) -> Score:
    """Anything, but passes by no scene."""
    return (-option.skips,)


BOTS: Mapping[str, Bot] = {
    "rule-keeper": rule_keeper,
    "pleaser": pleaser,
    "avoider": avoider,
    "guard": guard,
    "random": at_random,
}
"""By their name in the messages (``[bots]``)."""
