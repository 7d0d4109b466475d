"""The data sheet of a package, for whoever guards privacy: what is sent, to whom it shows, what stays on the device."""

from __future__ import annotations

from collections.abc import Sequence

from builder.messages import say
from builder.model.course import Course, Question, Variant
from builder.model.reflection import Reflection
from builder.model.walk import every
from builder.render.lms import LANGUAGE, day
from builder.render.paper import paper
from builder.render.prose import plain
from builder.render.sent import Sent, sent


def datasheet(course: Course, variant: Variant, formats: Sequence[str]) -> bytes:
    """``gegevensblad-….html``: one sheet about the packages of ``formats``."""
    settings = course.settings

    def words(key: str, **values: object) -> str:
        return say(settings.language, "player", key, **values)

    def told(key: str) -> str:
        return say(LANGUAGE, "sent", key)

    def elements(name: str) -> tuple[Sent, ...]:
        return sent(name, settings)

    blocks = [(lesson.title, block) for lesson in course.lessons for block in lesson.blocks]
    return paper(
        "datasheet.html",
        LANGUAGE,
        "lms",
        functions={"say": words, "told": told, "sent": elements, "plain": plain},
        settings=settings,
        variant=variant,
        formats=tuple(formats),
        day=day(settings.date),
        questions=[(plain(title), block) for title, block in blocks if isinstance(block, Reflection)],
        debriefs=_debriefs(course),
        checks=sum(isinstance(block, Question) for _, block in blocks),
    )


def _debriefs(course: Course) -> list[tuple[str, tuple[Reflection, ...]]]:
    """The questions of the debriefs, once for all scenarios that ask the same and keep it as far, with their titles."""
    found: dict[tuple[tuple[str, str], ...], tuple[list[str], tuple[Reflection, ...]]] = {}
    for scenario in course.scenarios:
        asked = tuple(every(scenario, Reflection))
        if asked:
            same = tuple((each.question, each.keep.value) for each in asked)
            found.setdefault(same, ([], asked))[0].append(f"‘{plain(scenario.title)}’")
    return [(", ".join(titles), asked) for titles, asked in found.values()]
