"""The Jinja2 environment in which pages are made: what templates may call, and nothing more."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from builder.messages import filled, player_texts, say
from builder.model.text import Prose
from builder.render.prose import Picture, html, plain

Templates = Callable[..., Markup]
"""``templates("scene.html", title=…)`` gives its HTML."""

Portrait = Callable[[str, str], list[str]]
"""``portrait("mo", "bang")`` gives the addresses of the pictures that are his face, back to front; none without one."""

Screen = tuple[str, Markup]
"""Id of a template, and its HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A step and its place: ``lesson`` and ``step`` count from 0, ``of`` is how many steps the lesson has.

    ``number`` is the lesson's in the whole course, from 1; ``goals`` are told above the first step only.
    """

    lesson: int
    number: int
    title: str
    minutes: int
    goals: tuple[str, ...]
    step: int
    of: int


def templates(language: str, picture: Picture, portrait: Portrait, *, alone: bool = False) -> Templates:
    """The templates of ``builder/templates`` in ``language``; ``picture`` gives the address of an image.

    ``alone``: they show one lesson, that has a record of its own.
    They may call ``say`` (a text of the player), ``plain`` (the words of a line of Markdown), ``html`` (safe HTML of
    prose, with the prefix of its ids), ``action`` (an action of ``core-types.ts``, for ``data-act``) and ``portrait``.
    """
    new_window = say(language, "course", "new-window")

    texts = player_texts(language, alone=alone)

    def words(key: str, **values: object) -> str:
        return filled(texts[key], **values)

    def prose_html(prose: Prose, name: str) -> Markup:
        return Markup(html(prose, picture, prefix=f"{name}-", new_window=new_window))  # noqa: S704 - sanitised

    return environment(
        range=range, say=words, plain=plain, html=prose_html, action=_action, portrait=portrait, alone=alone
    )


def environment(**functions: object) -> Templates:
    """The templates of ``builder/templates``, that may call ``functions``."""
    made = Environment(
        loader=PackageLoader("builder"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals = functions

    def rendered(file: str, /, **values: object) -> Markup:
        return Markup(made.get_template(file).render(values).strip())  # noqa: S704 - autoescaped

    return rendered


def _action(do: str, **more: object) -> str:
    return json.dumps({"do": do, **more}, separators=(",", ":"))
