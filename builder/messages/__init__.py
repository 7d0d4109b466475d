"""Every text of the interface, once, for Python and the player alike.

A catalogue (``nl.toml``, ``en.toml``) is a table of sections; a text has named placeholders in braces, and is either a
string or a table ``{one = "…", other = "…"}`` chosen by the value of ``count``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en")

_ALONE = "_alone"

Text = str | Mapping[str, str]


@cache
def catalogue(language: str) -> Mapping[str, Mapping[str, Text | Mapping[str, str]]]:
    """The whole catalogue of ``language``, one of ``LANGUAGES``.

    Raises ``KeyError`` for another language.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


def say(language: str, section: str, key: str, /, **values: object) -> str:
    """The text ``key`` of ``section`` with its placeholders filled in.

    Raises ``KeyError`` when the text, or one of its placeholders, is missing: a mistake of ours.
    """
    return filled(catalogue(language)[section][key], **values)


def player_texts(language: str, *, alone: bool = False) -> Mapping[str, Text]:
    """The texts of the player; ``alone``: of one lesson, for which ``key_alone`` may say it otherwise."""
    texts = catalogue(language)["player"]
    own = {key.removesuffix(_ALONE): text for key, text in texts.items() if key.endswith(_ALONE)}
    return {
        key: own.get(key, text) if alone else text for key, text in texts.items() if not key.endswith(_ALONE)
    }


def filled(text: Text, /, **values: object) -> str:
    """``text`` with its placeholders filled in. Raises ``KeyError`` when one has no value."""
    if not isinstance(text, str):
        text = text["one" if str(values.get("count")) == "1" else "other"]
    return text.format_map(values)


def number(language: str, value: float, digits: int = 0) -> str:
    """A number as ``language`` writes it."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text
