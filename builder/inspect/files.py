"""Addresses of files in a package: what they lead to, and whether it is there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from builder.inspect.finding import Code, Finding, finding

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_JUNK = re.compile(
    r"(^|/)(__MACOSX(/|$)|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._|\.git(/|$)|\.svn(/|$))", re.IGNORECASE
)
_SERVER = re.compile(
    r"(^|/)\.ht(access|passwd)$|\.(php\d?|phtml|phar|aspx?|ashx|jspx?|cgi|pl|exe|bat|sh|dll|scr)$",
    re.IGNORECASE,
)
_WINDOWS = re.compile(r'[<>:"|?*]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)
_LARGE = 100_000_000

LONGEST = 8_000
"""Characters of an address, four times what the standards promise; what is longer leads nowhere."""


@dataclass(frozen=True, slots=True)
class Index:
    """The files of a package, found by address too where only capitals or the form of accents differ."""

    files: Mapping[PurePosixPath, bytes]
    folded: Mapping[str, PurePosixPath] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", {_fold(path): path for path in self.files})

    def near(self, path: PurePosixPath) -> PurePosixPath | None:
        """The file that ``path`` must have meant."""
        return path if path in self.files else self.folded.get(_fold(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an address leads to: ``path`` is nothing where that is no place in the package."""

    path: PurePosixPath | None
    codes: tuple[Code, ...] = ()


def target(href: str, base: str = "") -> Target:
    """The file that ``href`` leads to, and what is wrong with it; ``base`` is an address ending in ``/``, or ""."""
    if len(base) + len(href) > LONGEST:
        return Target(path=None, codes=(Code.HREF_LONG,))
    whole = base + href
    codes = [Code.HREF_SPACE] if re.search(r"\s", whole) else []
    if "\\" in whole:
        return Target(path=None, codes=(*codes, Code.HREF_BACKSLASH))
    if _SCHEME.match(href) or _SCHEME.match(base):
        return Target(path=None, codes=(*codes, Code.HREF_EXTERNAL))
    bare = re.split(r"[?#]", whole, maxsplit=1)[0]
    if bare != whole:
        codes.append(Code.HREF_QUERY)
    try:
        decoded = unquote(bare, errors="strict")
    except UnicodeDecodeError:
        decoded = None
    if decoded is None or _BAD_PERCENT.search(bare):
        return Target(path=None, codes=(*codes, Code.HREF_PERCENT))
    if decoded.startswith("/"):
        codes.append(Code.HREF_SLASH)
    parts: list[str] = []
    for part in decoded.split("/"):
        if part == ".." and not parts:
            return Target(path=None, codes=(*codes, Code.HREF_CLIMB))
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return Target(path=PurePosixPath(*parts), codes=tuple(codes))


def present(path: PurePosixPath, index: Index, absent: Code, at: Finding) -> Iterator[Finding]:
    """A finding of ``absent`` where ``path`` is not in the package, at the place of ``at``."""
    if path in index.files:
        return
    near = index.near(path)
    if near is None:
        yield finding(absent, at.path, at.line, at.element, name=path)
    else:
        yield finding(Code.HREF_CASE, at.path, at.line, at.element, name=path, near=near)


def names(files: Mapping[PurePosixPath, bytes], size: int) -> Iterator[Finding]:
    """What is remarkable about the files of a package by their names, and by the ``size`` of all together."""
    for path in sorted(files):
        name = str(path)
        if _JUNK.search(name):
            yield finding(Code.FILE_JUNK, name)
            continue
        if _SERVER.search(name):
            yield finding(Code.FILE_SERVER, name)
        if path.suffix.casefold() == ".swf":
            yield finding(Code.FILE_FLASH, name)
        if not name.isascii():
            yield finding(Code.NAME_ASCII, name)
        if any(_WINDOWS.search(part) for part in path.parts):
            yield finding(Code.NAME_WINDOWS, name)
    if size > _LARGE:
        yield finding(Code.PACKAGE_LARGE, size=size // 1_000_000)


def is_junk(path: PurePosixPath) -> bool:
    """Whether a file was left by an operating system, and belongs to no course."""
    return bool(_JUNK.search(str(path)))


def _fold(path: PurePosixPath) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()
