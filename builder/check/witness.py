"""The shortest way to a place in a scenario, ready to be clicked along: by hand, or by the player's own actions.

found = witness(scenario, "einde-de-bus")
found.seed      # `start(seed)` of the player's core: then events come as they must
found.actions   # [{"do": "begin"}, {"do": "choose", "choice": 1}, {"do": "continue"}, …], one after another
found.told      # De spreekkamer → Je wacht tot hij meer zegt
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from builder.check.chance import comes
from builder.check.states import Space, Step, explore
from builder.model.scenario import Scenario

Action = dict[str, str | int]
"""What the player's ``step`` takes (``core-types.ts``)."""


@dataclass(frozen=True)
class Witness:
    """A way through a space: steps that follow each other from the beginning.

    ``halts``: it ends on taking the last choice, with its reaction on the screen if it has one.
    """

    space: Space
    steps: tuple[Step, ...]
    halts: bool = False

    @cached_property
    def actions(self) -> list[Action]:
        """What to do, from the opening of the scenario on."""
        machine = self.space.machine
        found: list[Action] = [{"do": "begin"}] if machine.scenario.opening else []
        for at, choice, _ in self.steps:
            if choice is None:
                found.append({"do": "skip"})
                continue
            found.append({"do": "choose", "choice": choice})
            if machine.reacts(self.space.states[at], choice) and not (self.halts and at == self.steps[-1].at):
                found.append({"do": "continue"})
        return found

    @cached_property
    def seed(self) -> int:
        """The least seed under which the events of this way come, and no others."""
        return next(seed for seed in count() if self.falls(seed))

    @cached_property
    def told(self) -> str:
        """The way in the author's words: the first scene, and all that is clicked or happens from there on."""
        scenes = self.space.machine.scenario.scenes
        words = [scenes[self.space.machine.begin].title]
        for at, choice, event in self.steps:
            scene = scenes[self.space.states[at].scene]
            words.append(f"overslaan: {scene.title}" if choice is None else scene.choices[choice].label)
            if event is not None:
                words.append(f"Gebeurtenis: {scenes[event].title}")
        return " → ".join(words)

    def falls(self, seed: int) -> bool:
        """Whether under this seed the events of this way come, and no others."""
        return all(self._falls(seed))

    def _falls(self, seed: int) -> Iterator[bool]:
        machine = self.space.machine
        for steps, (at, choice, event) in enumerate(self.steps, start=1):
            if choice is None:
                continue
            may = machine.coming(machine.taken(self.space.states[at], choice))
            yield event == comes(machine.scenario, may, seed, steps)


def witness(scenario: Scenario, scene: str, choice: str = "") -> Witness | None:
    """The shortest way to a scene, event or ending (its key), or to taking a choice of it; none when there is none.

    Raises ``ValueError`` when the scenario is too large to be explored whole and no way was found.
    """
    space = explore(scenario)
    for number, state in enumerate(space.states):
        at = scenario.scenes[state.scene]
        if at.key != scene:
            continue
        if not choice:
            return Witness(space, space.way(number))
        for _, taken, event in space.arrows[number]:
            if taken is not None and at.choices[taken].key == choice:
                return Witness(space, (*space.way(number), Step(number, taken, event)), halts=True)
    if not space.whole:
        raise ValueError(scene)
    return None
