"""A package put in a folder, as an LMS does when it is uploaded."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

MAX_FILES = 5_000
MAX_BYTES = 200_000_000


class UnsafeZipError(ValueError):
    """A zip with a name that leads out of its folder, a link, or more than a package may hold."""


def unpack(package: Path, folder: Path) -> None:
    """Unpack the zip `package` into the new `folder`; raises UnsafeZipError before anything is written."""
    with zipfile.ZipFile(package) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_BYTES:
            raise UnsafeZipError("too much in it")
        for entry in entries:
            path = PurePosixPath(entry.filename)
            link = (entry.external_attr >> 16) & 0o170000 == 0o120000
            if path.is_absolute() or ".." in path.parts or re.search(r"[\\:\0]", entry.filename) or link:
                raise UnsafeZipError(entry.filename)
        folder.mkdir(parents=True)
        archive.extractall(folder)
