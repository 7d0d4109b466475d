"""The only reader of an author's files."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.diagnostics import BuilderError, Code, Diagnostic, Span, diagnostic

TEXT_LIMIT = 2 * 1024 * 1024
PICTURE_LIMIT = 20 * 1024 * 1024
COUNT_LIMIT = 5000
_COURSE = frozenset({".toml", ".css", ".svg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTree:
    """An author's files: bytes by path relative to the root, with ``/``, in order.

    ``problems`` are the files that were left out, and why.
    """

    files: Mapping[str, bytes]
    problems: tuple[Diagnostic, ...] = field(default=(), compare=False)


def course_of(place: Path) -> Path:
    """The folder of the course that ``place``, a file or folder, is in: the nearest one upwards that has lessons
    or a ``course.toml``; ``place`` itself where there is none.
    """
    here = place.resolve()
    for folder in (here, *here.parents):
        if (folder / "content" / "lessons").is_dir() or (folder / "course" / "course.toml").is_file():
            return place if folder == here else folder
    return place


def read(root: Path) -> SourceTree:
    """All that authors wrote under ``root``: ``content/**/*.md``, ``content/images/**`` and the TOML, CSS and SVG
    files of ``course/**``. Files whose name starts with a dot are not theirs.

    A file over 2 MB (a picture: 20 MB) is left out and reported, as is one under ``content/`` of another type.
    Raises ``BuilderError``: ``no-course`` where there is neither ``content/`` nor ``course/``, ``outside-course`` for
    a link that leads out of ``root``, ``too-many-files`` over 5,000, ``unreadable`` for what cannot be read.
    """
    root = root.resolve()
    if not (root / "content").is_dir() and not (root / "course").is_dir():
        raise BuilderError("no-course", path=str(root))
    files: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    for path in sorted(_wanted(root)):
        name = path.relative_to(root).as_posix()
        if not _is_read(name):
            problems.append(
                diagnostic(
                    Code.FILE_TYPE,
                    Span(path=name),
                    f"{(name.rpartition('.')[0] or name).removesuffix('.md')}.md",
                )
            )
            continue
        if len(files) >= COUNT_LIMIT:
            raise BuilderError("too-many-files", path=str(root), count=str(COUNT_LIMIT))
        limit = PICTURE_LIMIT if name.startswith("content/images/") else TEXT_LIMIT
        try:
            size = path.stat().st_size
            if size > limit:
                megabytes = str(limit // (1024 * 1024))
                problems.append(diagnostic(Code.FILE_TOO_LARGE, Span(path=name), limit=megabytes))
                continue
            files[name] = path.read_bytes()
        except OSError as error:
            raise BuilderError("unreadable", path=name, reason=error.strerror or "") from error
    return SourceTree(files=files, problems=tuple(problems))


def _is_read(name: str) -> bool:
    """Whether a file under ``content/`` is one of those that authors write; ``course/`` may hold anything else."""
    return (
        not name.startswith("content/") or name.startswith("content/images/") or name.lower().endswith(".md")
    )


def _wanted(root: Path) -> Iterator[Path]:
    yield from _files(root, root / "content")
    for path in _files(root, root / "course"):
        if path.suffix.lower() in _COURSE:
            yield path


def _files(root: Path, folder: Path) -> Iterator[Path]:
    """The regular files under ``folder``. A link is followed to a file in ``root``, never to a folder (it may turn
    in circles) and never out of it.
    """
    if not folder.is_dir():
        return
    if not folder.resolve().is_relative_to(root):
        raise BuilderError("outside-course", path=folder.relative_to(root).as_posix())
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise BuilderError(
            "unreadable", path=folder.relative_to(root).as_posix(), reason=error.strerror or ""
        ) from error
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.is_symlink():
            if not path.resolve().is_relative_to(root):
                raise BuilderError("outside-course", path=path.relative_to(root).as_posix())
            if path.is_dir():
                continue
        if path.is_dir():
            yield from _files(root, path)
        elif path.exists() and stat.S_ISREG(path.stat().st_mode):
            yield path
