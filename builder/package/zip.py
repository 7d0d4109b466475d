"""The one writer of packages: the same files give the same bytes, wherever and whenever it runs."""

from __future__ import annotations

import os
import tempfile
import zipfile
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


def _entry(path: PurePosixPath) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(str(path), DATE)
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    entry.compress_type = zipfile.ZIP_STORED if path.suffix in STORED else zipfile.ZIP_DEFLATED
    return entry
