"""Pages outside any package: one HTML file that needs nothing else, to read, to print, to send."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from builder.render.templates import environment
from builder.shipped import style

_STYLES = ("tokens", "dark", "paper")


def paper(
    template: str,
    language: str,
    *styles: str,
    functions: Mapping[str, Callable[..., object]],
    **values: object,
) -> bytes:
    """The page ``template`` (which extends ``paper.html``), with ``styles`` of ``builder/styles`` on top of the usual.

    ``functions`` are what it may call, ``values`` what it tells.
    """
    sheets = Markup("\n".join(map(style, (*_STYLES, *styles))))  # noqa: S704 - our own
    return f"{environment(**functions)(template, lang=language, style=sheets, **values)}\n".encode()
