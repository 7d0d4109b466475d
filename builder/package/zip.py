"""The one writer: the same files give the same bytes, wherever and whenever it runs."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from builder.diagnostics import BuilderError
from builder.render.site import Site

DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold: no clock, no time zone."""

STORED = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2", ".mp3", ".mp4"}
"""Compressed already; deflating them again costs time and gains nothing."""


def zipped(site: Site) -> bytes:
    """A zip of ``site``: sorted names, one fixed date and mode."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(site):
            archive.writestr(_entry(path), site[path], compresslevel=9)
    return buffer.getvalue()


def write_zip(site: Site, path: Path) -> int:
    """Write ``site`` as the zip ``path``; returns its size in bytes. An earlier file stays until all is written.

    Raises ``BuilderError("cannot-write")`` when the folder or disk does not allow it.
    """
    return write(zipped(site), path)


def write(content: bytes, path: Path) -> int:
    """Write ``content`` to ``path`` whole or not at all, making its folder; returns its size in bytes."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BuilderError("cannot-write", path=str(path), reason=error.strerror or str(error)) from error
    return len(content)


def write_folder(site: Site, folder: Path) -> int:
    """Write ``site`` as the folder ``folder``, in place of an earlier one; returns the size of its files in bytes.

    Whoever looks meanwhile finds the earlier folder or the new one. Raises ``BuilderError("cannot-write")`` when the
    disk does not allow it, and ``BuilderError("not-ours")`` where the folder holds anything no build of ours wrote.
    """
    for path in _others(site, folder):
        raise BuilderError("not-ours", folder=str(folder), path=str(path))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".", ignore_cleanup_errors=True) as beside:
            made, earlier = Path(beside) / "made", Path(beside) / "earlier"
            made.mkdir()
            for at, content in site.items():
                write(content, made / at)
            if folder.exists():
                folder.replace(earlier)
            try:
                made.replace(folder)
            except OSError:
                if earlier.exists():
                    earlier.replace(folder)
                raise
    except OSError as error:
        raise BuilderError("cannot-write", path=str(folder), reason=error.strerror or str(error)) from error
    return sum(map(len, site.values()))


_HASHED = re.compile(r"-[0-9a-f]{8}\.[a-z0-9]+$")
"""How a site names what changes with its content."""

_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}


def _others(site: Site, folder: Path) -> Iterator[Path]:
    """What lies in ``folder`` and is neither of ``site``, nor of an earlier one, nor put there by a file manager."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        yield folder
        return
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        ours = PurePosixPath(path.relative_to(folder)) in site or _HASHED.search(path.name)
        if not ours and path.name not in _SYSTEM:
            yield path


def _entry(path: PurePosixPath) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(str(path), DATE)
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    entry.compress_type = zipfile.ZIP_STORED if path.suffix in STORED else zipfile.ZIP_DEFLATED
    return entry
