"""Pictures and raw HTML: what would shut somebody out, or not survive the way to the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from html import escape

from builder.diagnostics import Code, Diagnostic, Span, diagnostic
from builder.link.course import image_path
from builder.model.course import Course
from builder.model.text import Prose
from builder.model.walk import every

_MAGIC = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".gif": b"GIF8",
    ".webp": b"RIFF",
    ".svg": b"",
}

_UNSAFE_SVG = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<script|<foreignObject|<iframe|\son\w+\s*=|(?:href|src)\s*=\s*[\"']\s*(?!#)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)

_REMOTE_CSS = re.compile(r"@import|@charset|url\(|</", re.IGNORECASE)

_TAG = re.compile(r"</?([a-zA-Z][\w-]*)(\s[^<>]*)?/?>")
_SOURCE = re.compile(r"\bsrc\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
_CODE = re.compile(r"^( {0,3})(```|~~~).*?^\s*\2[^\n]*$|`[^`\n]*`", re.DOTALL | re.MULTILINE)

ALLOWED_TAGS = frozenset(
    "abbr b br cite em i kbd mark q s small strong sub sup".split()  # noqa: SIM905 - a list of words reads better
)
"""Raw HTML that an author may use, without attributes."""


def access(course: Course) -> Iterator[Diagnostic]:
    """Pictures without a text or a file, HTML that will be taken out, and what a package may not hold."""
    for variant in course.variants:
        folder = f"course/variants/{variant.key}"
        if variant.logo and (reason := unsafe("logo.svg", variant.logo.encode())):
            yield diagnostic(
                Code.IMAGE_UNSAFE, Span(path=f"{folder}/logo.svg"), name="logo.svg", reason=reason
            )
        for name, sheet in (("tokens.css", variant.tokens), ("tokens-dark.css", variant.tokens_dark)):
            for found in _REMOTE_CSS.finditer(sheet):
                line = sheet.count("\n", 0, found.start()) + 1
                column = found.start() - sheet.rfind("\n", 0, found.start())
                span = Span(path=f"{folder}/{name}", line=line, column=column, length=len(found[0]))
                yield diagnostic(Code.STYLE_UNSAFE, span, words=found[0])
    for prose in every((course.lessons, course.glossary), Prose):
        yield from _images(prose, course)
        yield from _html(prose)


def _images(prose: Prose, course: Course) -> Iterator[Diagnostic]:
    for link in prose.links:
        if not link.image:
            continue
        name = link.target.rpartition("/")[2]
        if not link.words.strip():
            yield diagnostic(Code.IMAGE_ALT, link.span, f"![Wat er te zien is]({link.target})", name=name)
        if "://" in link.target or link.target.startswith("//"):
            local = f"![{link.words}](../images/{name})"
            yield diagnostic(Code.IMAGE_REMOTE, link.span, local, name=link.target)
            continue
        path = image_path(link)
        data = course.assets.get(path)
        if data is None:
            near = get_close_matches(path, course.assets, n=1)
            instead = f"![{link.words}](../images/{near[0].rpartition('/')[2]})" if near else ""
            yield diagnostic(Code.IMAGE_UNKNOWN, link.span, instead, name=link.target)
        elif reason := unsafe(name, data):
            yield diagnostic(Code.IMAGE_UNSAFE, link.span, name=name, reason=reason)


def unsafe(name: str, data: bytes) -> str:
    """Why a picture cannot be shipped, else empty.

    ``type``: it is not what its name says; ``svg``: it has active or remote content.
    """
    extension = "." + name.lower().rpartition(".")[2]
    if extension not in _MAGIC or not data.startswith(_MAGIC[extension]):
        return "type"
    if extension == ".svg" and (b"<svg" not in data or _UNSAFE_SVG.search(data)):
        return "svg"
    return ""


def _html(prose: Prose) -> Iterator[Diagnostic]:
    text = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), prose.markdown)
    for found in _TAG.finditer(text):
        if found[1].lower() in ALLOWED_TAGS and not (found[2] or "").strip(" /"):
            continue
        before = text[: found.start()]
        span = Span(
            path=prose.span.path,
            line=prose.span.line + before.count("\n"),
            column=found.start() - before.rfind("\n"),
            length=len(found[0]),
        )
        picture = _SOURCE.search(found[2] or "") if found[1].lower() == "img" else None
        meant = f"![…](../images/{picture[1].rpartition('/')[2]})" if picture else ""
        yield diagnostic(Code.HTML_REMOVED, span, meant, tag=escape(found[1], quote=False))
