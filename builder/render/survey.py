"""The report on one scenario as one HTML page that needs nothing else: to keep, to print, to send."""

from __future__ import annotations

from collections.abc import Sequence

from builder.check.survey import Survey, percent
from builder.messages import number, say
from builder.model.scenario import SceneKind
from builder.render.paper import paper


def page(survey: Survey, messages: Sequence[tuple[str, str, str]], language: str) -> bytes:
    """``messages`` are the findings: where, what, and what to do, each as text."""

    def words(key: str, **values: object) -> str:
        return say(language, "survey", key, **values)

    def bot(key: str) -> str:
        return say(language, "bots", key)

    def figure(value: float, digits: int = 0) -> str:
        return number(language, value, digits)

    kinds = [scene.kind for scene in survey.scenario.scenes]
    return paper(
        "survey.html",
        language,
        "survey",
        functions={"say": words, "bot": bot, "number": figure, "percent": percent},
        survey=survey,
        scenario=survey.scenario,
        counts={kind.value: kinds.count(kind) for kind in SceneKind},
        choices=sum(len(scene.choices) for scene in survey.scenario.scenes),
        stuck=any(tally.endings.get("") for tally in survey.tallies),
        messages=messages,
    )
