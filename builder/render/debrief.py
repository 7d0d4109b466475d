"""The debrief of a scenario: its map, a stop for every scene, what can come later, what stayed below, its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from builder.model.scenario import Debrief, Scenario
from builder.render import names
from builder.render.chart import chart
from builder.render.choices import Coming, Offered, offered
from builder.render.hints import hints
from builder.render.prose import plain
from builder.render.templates import Here, Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A scene on the path; ``at`` is its index, ``skip`` what happens there in short for who passes it over."""

    at: int
    kind: str
    time: str
    title: str
    continues: bool
    skip: str
    choices: tuple[Offered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What someone thinks and no choice brings up: ``thoughts`` as the player knows them, and how they are heard."""

    who: str
    text: str
    thoughts: tuple[str, ...]


def debrief(
    scenario: Scenario,
    number: int,
    here: Here,
    ledger: Sequence[Coming],
    replays: Sequence[str],
    language: str,
    made: Templates,
) -> Markup:
    """The screen of the debrief of a scenario, the ``number``-th of the course from 0.

    ``ledger`` is all that can come later, ``replays`` the names of those through whose eyes one can look back.
    """
    own = scenario.debrief or Debrief()
    stops = [
        Stop(
            at=at,
            kind=str(scene.kind),
            time=plain(scene.time),
            title=plain(scene.title),
            continues=scene.continues,
            skip=plain(scene.skip.summary) if scene.skip else "",
            choices=offered(scenario, scene, names.scene(number, at)),
        )
        for at, scene in enumerate(scenario.scenes)
    ]
    found = list(hints(scenario, number, language))
    return made(
        "debrief.html",
        here=here,
        name=names.debrief(number),
        title=plain(scenario.title),
        debrief=own,
        asked=own.questions,
        chart=chart(scenario),
        stops=stops,
        hints=[hint for hint in found if not hint.who],
        kept=[
            Kept(
                who=who, text=text, thoughts=tuple(h.thought for h in found if (h.who, h.text) == (who, text))
            )
            for who, text in dict.fromkeys((hint.who, hint.text) for hint in found if hint.who)
        ],
        ledger=[[later for later in ledger if later.intended is meant] for meant in (True, False)],
        replays=replays,
    )
