"""The site: every file of a course but what a standard adds. One page, script, style, fonts and pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from markupsafe import Markup

from builder.link.course import image_path
from builder.messages import player_texts
from builder.model.course import Course, Variant
from builder.model.emotions import expression
from builder.model.naming import slug
from builder.model.text import Prose
from builder.model.walk import every
from builder.render.avatar import credit, layers
from builder.render.data import runtime
from builder.render.screens import screens
from builder.render.templates import templates
from builder.shipped import style, theme, vendored

Site = Mapping[PurePosixPath, bytes]
"""Files by their path in the package: lower case, ``[a-z0-9._/-]`` only."""

PAGE = PurePosixPath("index.html")
NOTICES = PurePosixPath("notices.txt")
THEME = "voorbeeld-theme"

DARK = "@media screen and (prefers-color-scheme: dark)"

OWN_STYLES = (
    "fonts",
    "tokens",
    "base",
    "contents",
    "scene",
    "water",
    "play",
    "debrief",
    "map",
    "mirror",
    "plan",
    "forms",
    "print",
)

AddFile = Callable[[str, str, bytes], str]
"""Puts a file into a site: folder, name, content; gives its path with the hash."""

_RULE = "\n" + "-" * 78 + "\n"
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_SHARED = re.compile(r"(--basis-[\w-]+):[^;{}]*;\s*")
_BEFORE = {"cmi5": ("cmi5.js",)}
"""What a player needs before it, beside the library."""
_ALONE = "local"
"""The player that no LMS is at the other end of."""
_FONT = re.compile(r'url\("fonts/([^")]+)"\)')


def render(
    course: Course, variant: Variant, player: str, *, limit: int, page: PurePosixPath = PAGE, sco: str = ""
) -> Site:
    """The site of a linked ``course`` that ``vary`` put into the words of ``variant``; it starts at ``page``.

    ``player`` names the bundle that runs it (``scorm12``, ``local``): how it keeps and reports is decided
    here and never guessed. A save may have ``limit`` characters. ``sco``: the course is one lesson of a larger
    one, and this is the key by which what a browser keeps of it is told apart. Names of all other files carry a
    hash of the content, because LMSs cache over an update.

    Raises ``BuilderError("not-built")`` where the player has not been built.
    """
    site: dict[PurePosixPath, bytes] = {}

    def add(folder: str, name: str, content: bytes) -> str:
        path = PurePosixPath(folder) / hashed(name, content)
        site[path] = content
        return str(path)

    pictures = {
        path: add("media", path.rpartition("/")[2], course.assets[path])
        for path in _pictures(course)
        if path in course.assets
    }
    language = course.settings.language
    faces = {person.key: person.face for person in course.cast}

    def portrait(who: str, emotion: str) -> list[str]:
        face = faces.get(who)
        drawn = layers(face, expression(emotion)) if face else ()
        return [add("media", f"{layer.name}.svg", layer.svg) for layer in drawn]

    made = templates(language, lambda path: pictures.get(path, path), portrait, alone=bool(sco))
    style = add("assets", "style.css", _style(variant, add))
    bundles = ("library.js", *_BEFORE.get(player, ()), f"player-{player}.js", "looking-back.js")
    scripts = [add("assets", name, vendored(name)) for name in bundles]
    logo = add("media", "logo.svg", variant.logo.encode()) if variant.logo else ""
    html = made(
        "page.html",
        lang=language,
        title=course.settings.title,
        version=course.settings.version,
        organisation=variant.name,
        theme=THEME,
        styles=[style],
        logo=logo,
        aftercare=course.aftercare,
        choices=course.settings.choices,
        remote=player != _ALONE,
        templates=screens(course, made),
        course=_script(runtime(course, variant.key, limit, sco)),
        player_texts=_script(player_texts(language, alone=bool(sco))),
        scripts=scripts,
    )
    site[page] = html.encode()
    site[NOTICES] = vendored("NOTICES.txt") + (
        f"{_RULE}{credit()}\n".encode() if any(faces.values()) else b""
    )
    return dict(sorted(site.items()))


def hashed(name: str, content: bytes) -> str:
    """``name`` in lower-case ASCII, with eight hex digits of the content's SHA-256 before its extension."""
    stem, _, extension = name.rpartition(".")
    return f"{slug(stem) or 'file'}-{sha256(content).hexdigest()[:8]}.{slug(extension)}"


def _pictures(course: Course) -> list[str]:
    return sorted(
        {image_path(link) for prose in every(course.lessons, Prose) for link in prose.links if link.image}
    )


def _style(variant: Variant, add: AddFile) -> bytes:
    """One style sheet: the theme, the components, our own, and the municipality's tokens over them."""
    sheets = [theme(), vendored("css/components.css").decode(), *map(style, OWN_STYLES)]
    dark = f"{DARK} {{\n{variant.tokens_dark}\n}}" if variant.tokens_dark else ""
    sheets += (variant.tokens, style("dark"), dark)
    bare = (_COMMENT.sub("", re.sub(r"^@charset[^;]*;\s*", "", sheet)) for sheet in sheets if sheet)
    whole = _without_unread("\n".join(('@charset "utf-8";', *bare)))

    def font(found: re.Match[str]) -> str:
        path = add("fonts", found[1], vendored(f"fonts/{found[1]}"))
        return f'url("../{path}")'

    return _FONT.sub(font, whole).encode()


def _without_unread(sheet: str) -> str:
    """``sheet`` without the theme's shared tokens that nothing reads, a municipality's own tokens included."""
    read = set(re.findall(r"var\(\s*(--[\w-]+)", sheet))
    fewer = _SHARED.sub(lambda found: found[0] if found[1] in read else "", sheet)
    return fewer if fewer == sheet else _without_unread(fewer)


def _script(value: object) -> Markup:
    """JSON that cannot end the ``<script>`` it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704
