"""Prose to HTML: Python-Markdown, then a sanitiser; where GitHub's renderer differs, that is smoothed out first."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape

import nh3
from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension

from builder.model.text import Prose

_TAGS = set(
    """a abbr b blockquote br caption cite code dd del div dl dt em h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre q s
    small span strong sub sup table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905 - a list of words reads better
)

_ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "role", "aria-label"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "li": {"role"},
}

_ITEM = re.compile(r"^(\s*)([-*+]|\d{1,9}[.)])(\s+)")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")

_CLIPPED = re.compile(r"(?<![\w'])'(?=(?:s|t|n|k|m|r|ns|em|tis)(?![\w']))", re.IGNORECASE)
"""The apostrophe of a word that lost its beginning ('s avonds, 't, 'n); an opening quote would look the same."""

_OUTSIDE = re.compile(r'<a (href="https?:[^"]*"[^>]*>.*?)</a>', re.DOTALL)

Picture = Callable[[str], str]


def _markdown() -> Markdown:
    return Markdown(
        extensions=[
            "tables",
            "footnotes",
            "def_list",
            "abbr",
            "fenced_code",
            "sane_lists",
            SmartyExtension(smart_dashes=False, substitutions=_DUTCH_QUOTES),
        ],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "Terug naar de tekst bij noot {}"}},
        output_format="html",
    )


_DUTCH_QUOTES = {
    "left-single-quote": "‘",
    "right-single-quote": "’",
    "left-double-quote": "“",
    "right-double-quote": "”",
    "ellipsis": "…",
}

_engine = _markdown()


def html(prose: Prose, picture: Picture = str, prefix: str = "", new_window: str = "") -> str:
    """The HTML of ``prose``, safe to put in a page.

    ``picture`` gives the address of an image from its path relative to the course's root. ``prefix`` is put before
    the ids of footnotes, so that those of several pieces of prose in one page do not clash. Mentions of facts
    keep their words only. Links to elsewhere open a new window, so that the LMS stays, and say so with
    ``new_window``. Raw HTML beyond a handful of inline tags is taken out.
    """
    text = re.sub(r"(?<!!)\[([^\]]*)\]\(#feit-[^)\s]*\)", r"\1", normalised(prose.markdown))
    rendered = _converted(_CLIPPED.sub("’", text))
    folder = posixpath.dirname(prose.span.path)
    rendered = re.sub(
        r'(<img\b[^>]*?\bsrc=")([^"]*)(")',
        lambda found: found[1] + picture(posixpath.normpath(posixpath.join(folder, found[2]))) + found[3],
        rendered,
    )
    if prefix:
        rendered = re.sub(r'((?:id="|href="#))(fn(?:ref)?\d*:)', rf"\g<1>{prefix}\2", rendered)
    rendered = rendered.replace("<table>", '<div class="owl-table"><table>')
    rendered = rendered.replace("</table>", "</table></div>")
    clean = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    hint = f'<span class="owl-unseen"> ({escape(new_window)})</span>' if new_window else ""
    return _OUTSIDE.sub(rf'<a target="_blank" \1{hint}</a>', clean)


@lru_cache(maxsize=20_000)
def _converted(text: str) -> str:
    """Remembered, as the same words stand in the package of every format."""
    converted: str = _engine.reset().convert(text)
    return converted


def inline(text: str) -> str:
    """The HTML of one line of Markdown, without its paragraph."""
    rendered = html(Prose(markdown=text)).strip()
    return rendered.removeprefix("<p>").removesuffix("</p>")


def plain(text: str) -> str:
    """The words of one line of Markdown, for buttons and reports."""
    return unescape(re.sub(r"<[^>]+>", "", inline(text))).strip()


def normalised(text: str) -> str:
    """``text`` as GitHub would read it, written as Python-Markdown does.

    Nested lists get four spaces a level, a list right under a paragraph gets a line between, and citations
    that a blank line separates stay apart.
    """
    return _citations_apart(_lists(text))


def _lists(text: str) -> str:
    lines: list[str] = []
    levels: list[tuple[int, int]] = []  # (where the marker stands, where its text begins)
    fence = ""
    for line in text.split("\n"):
        opening = _FENCE.match(line)
        if fence or opening:
            mark = opening[1] if opening else ""
            fence = "" if fence and mark == fence else fence or mark
            lines.append(_indented(line, levels))
            continue
        item = _ITEM.match(line)
        if item and len(item[1]) < 4 + (levels[-1][1] if levels else 0):
            indent = len(item[1].expandtabs(4))
            while levels and indent < levels[-1][1] and indent <= levels[-1][0]:
                levels.pop()
            while levels and indent < levels[-1][1] and indent != levels[-1][0]:
                levels.pop()
            if not levels and lines and lines[-1].strip() and not _ITEM.match(lines[-1]):
                lines.append("")
            levels.append((indent, indent + len(item[2]) + min(len(item[3]), 4)))
            lines.append("    " * (len(levels) - 1) + item[2] + " " + line[item.end() :])
        elif not line.strip():
            lines.append("")
        else:
            indent = len(line) - len(line.lstrip())
            after_blank = bool(lines) and not lines[-1].strip()
            while levels and after_blank and indent < levels[-1][1]:
                levels.pop()
            lines.append(_indented(line, levels))
    return "\n".join(lines)


def _indented(line: str, levels: list[tuple[int, int]]) -> str:
    if not levels or not line.strip():
        return line
    own = len(line) - len(line.lstrip())
    return "    " * len(levels) + " " * max(0, own - levels[-1][1]) + line.lstrip()


def _citations_apart(text: str) -> str:
    """Python-Markdown merges citations with a blank line between; an empty comment keeps them apart."""
    lines: list[str] = []
    source = text.split("\n")
    for number, line in enumerate(source):
        if (
            line.lstrip().startswith(">")
            and number >= 2
            and not source[number - 1].strip()
            and source[number - 2].lstrip().startswith(">")
        ):
            lines += ["<!-- -->", ""]
        lines.append(line)
    return "\n".join(lines)
