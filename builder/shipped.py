"""The files that come with the builder itself: what the player's build made, and our own styles."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from builder.diagnostics import BuilderError


@cache
def vendored(path: str) -> bytes:
    """A file that the player's build made or gathered, by its path in ``builder/vendored``.

    Raises ``BuilderError("not-built")`` where it is not there.
    """
    found: Traversable = files("builder").joinpath("vendored", *path.split("/"))
    if not found.is_file():
        raise BuilderError("not-built", file=path)
    return found.read_bytes()


@cache
def theme() -> str:
    """The tokens of the house style that lies under every municipality's."""
    return vendored("css/voorbeeld-tokens.css").decode()


@cache
def style(name: str) -> str:
    """A style sheet of our own, by its name in ``builder/styles``."""
    return files("builder").joinpath("styles", f"{name}.css").read_text(encoding="utf-8")
