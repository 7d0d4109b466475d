"""The files of a package, from a zip or a folder, whoever made it: bounded in size and time, and nothing is unpacked.

What is hostile or broken in the zip itself becomes a finding; the entry it is about is left out.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader, FileIO
from itertools import pairwise
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from builder.diagnostics import BuilderError
from builder.inspect.finding import Code, Finding, finding, in_order

MOST_ENTRIES = 5_000
LARGEST_FILE = 200_000_000
LARGEST_PACKAGE = 500_000_000
"""Bytes, unpacked, of all files together. The packed file may not be larger either."""

RATIO = 200
"""How many times larger a file may become: text packs some 4 times, an empty bitmap seldom over 100."""

_RATIO_FROM = 1_000_000
_DIRECTORY = 4_000_000  # bytes of the zip's list of files that we are willing to read: 800 for each entry
_CHUNK = 1_000_000
_LONGEST_NAME = 255  # bytes in one name, on every disk in use
_UTF8, _ENCRYPTED = 0x800, 0x1
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip
"""What the standard library raises on zips that are broken, on purpose or not."""

_KINDS = {
    b"%PDF": "pdf", b"Rar!": "rar", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip", b"\xd0\xcf\x11\xe0": "office",
    b"<!": "html", b"<h": "html", b"<?xml": "xml", b"\x89PNG": "image", b"\xff\xd8\xff": "image",
    b"PK": "zip-part", b"MZ": "program",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """``files`` by path, without folders; ``size`` in bytes as it lies on the disk, so packed for a zip."""

    name: str
    files: Mapping[PurePosixPath, bytes]
    size: int
    findings: tuple[Finding, ...] = ()


def read_package(path: Path) -> Archive:
    """The files of the zip or folder ``path``; what is wrong with it is in its findings.

    Raises ``BuilderError`` ``no-package`` or ``unreadable`` where there is nothing to read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return _folder(path)
        if stat.S_ISREG(mode):
            return _zip(path)
    except FileNotFoundError as error:
        raise BuilderError("no-package", path=str(path)) from error
    except OSError as error:
        raise BuilderError("unreadable", path=str(path), reason=error.strerror or str(error)) from error
    raise BuilderError("no-package", path=str(path))


class _Careful(BufferedReader):
    """A file that refuses to be read in one gulp: ``zipfile`` asks for the whole list of entries at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _DIRECTORY:
            raise _TooManyError
        return super().read(size)


class _TooManyError(Exception):
    pass


def _zip(path: Path) -> Archive:
    size = path.stat().st_size

    def refused(code: Code, limit: int = 0, kind: str = "") -> Archive:
        found = finding(code, path.name, limit=limit, kind=kind)
        return Archive(name=path.name, files={}, size=size, findings=(found,))

    if size > LARGEST_PACKAGE:
        return refused(Code.ZIP_LARGE, limit=LARGEST_PACKAGE // 1_000_000)
    with _Careful(FileIO(path)) as file:
        try:
            source = zipfile.ZipFile(file)
        except _TooManyError:
            return refused(Code.ZIP_ENTRIES, limit=MOST_ENTRIES)
        except UnicodeDecodeError:
            return refused(Code.ZIP_DAMAGED)
        except _UNREADABLE:
            file.seek(0)
            return refused(Code.ZIP_NOT, kind=_kind(file.read(16)))
        with source:
            entries = source.infolist()
            if len(entries) > MOST_ENTRIES:
                return refused(Code.ZIP_ENTRIES, limit=MOST_ENTRIES)
            if _overlap(entries):
                return refused(Code.ZIP_OVERLAP)
            if sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
                return refused(Code.ZIP_LARGE, limit=LARGEST_PACKAGE // 1_000_000)
            found: list[Finding] = []
            files: dict[PurePosixPath, bytes] = {}
            for entry in entries:
                content = _entry(source, entry, found)
                if content is not None:
                    name = PurePosixPath(entry.orig_filename)
                    if name in files:
                        found.append(finding(Code.ZIP_TWICE, name))
                    files[name] = content
    return _archive(path, files, size, found)


def _kind(start: bytes) -> str:
    """What a file that is no zip seems to be, as a key of ``[inspect]`` in the messages after ``kind-``."""
    begin = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "empty"
    return next((kind for magic, kind in _KINDS.items() if begin.lower().startswith(magic.lower())), "other")


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether two entries share bytes of the zip, as in bombs that need only one large piece."""
    ends = sorted((entry.header_offset, entry.header_offset + 30 + entry.compress_size) for entry in entries)
    return any(end > start for (_, end), (start, _) in pairwise(ends))


def _entry(source: zipfile.ZipFile, entry: zipfile.ZipInfo, found: list[Finding]) -> bytes | None:
    """The content of an entry; nothing for a folder, or with a finding for what is not to be trusted."""
    name = entry.orig_filename
    if code := _refused_name(name):
        found.append(finding(code, name))
        return None
    if name.endswith("/"):
        return None
    if not name.isascii() and not entry.flag_bits & _UTF8:
        found.append(finding(Code.NAME_ENCODING, name))
    code = None
    if stat.S_ISLNK(entry.external_attr >> 16):
        code = Code.ZIP_LINK
    elif entry.flag_bits & _ENCRYPTED:
        code = Code.ZIP_ENCRYPTED
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        code = Code.ZIP_METHOD
    elif entry.file_size > LARGEST_FILE:
        code = Code.ZIP_LARGE
    elif entry.file_size > _RATIO_FROM and entry.file_size > RATIO * entry.compress_size:
        code = Code.ZIP_BOMB
    if code:
        found.append(finding(code, name, limit=LARGEST_FILE // 1_000_000))
        return None
    content = bytearray()
    try:
        with source.open(entry) as file:
            while piece := file.read(_CHUNK):
                content += piece
    except (*_UNREADABLE, _TooManyError):
        content.clear()
    if len(content) != entry.file_size:
        found.append(finding(Code.ZIP_DAMAGED, name))
        return None
    return bytes(content)


def _refused_name(name: str) -> Code | None:
    """Why a file of this name is not to be taken in, if it is not."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or name[1:2] == ":" or not name.strip("./"):
        return Code.ZIP_ESCAPE
    if not all(each.isprintable() for each in name):
        return Code.NAME_CONTROL
    if any(len(part.encode("utf-8", "surrogatepass")) > _LONGEST_NAME for part in parts):
        return Code.NAME_LONG
    return None


def _folder(root: Path) -> Archive:
    found: list[Finding] = []
    files: dict[PurePosixPath, bytes] = {}
    size = 0
    for path in _regular(root, found):
        name = PurePosixPath(path.relative_to(root).as_posix())
        length = path.stat().st_size
        code = Code.ZIP_LARGE if length > LARGEST_FILE else _refused_name(str(name))
        if code:
            found.append(finding(code, name, limit=LARGEST_FILE // 1_000_000))
            continue
        size += length
        if len(files) == MOST_ENTRIES or size > LARGEST_PACKAGE:
            code = Code.ZIP_LARGE if size > LARGEST_PACKAGE else Code.ZIP_ENTRIES
            limit = LARGEST_PACKAGE // 1_000_000 if size > LARGEST_PACKAGE else MOST_ENTRIES
            return Archive(
                name=root.name, files={}, size=size, findings=(finding(code, root.name, limit=limit),)
            )
        with path.open("rb") as file:
            files[name] = file.read(LARGEST_FILE)
    return _archive(root, files, size, found)


def _regular(root: Path, found: list[Finding]) -> Iterator[Path]:
    """Every ordinary file below ``root``, in order; links and devices are a finding and are not followed."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted((*folders, *names)):
            path = Path(folder, name)
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                yield path
            elif not stat.S_ISDIR(mode):
                found.append(finding(Code.ZIP_LINK, path.relative_to(root).as_posix()))


def _archive(path: Path, files: dict[PurePosixPath, bytes], size: int, found: list[Finding]) -> Archive:
    """``files`` with what is wrong with their names together."""
    folded: dict[str, PurePosixPath] = {}
    folders = {parent for name in files for parent in name.parents}
    for name in sorted(files):
        other = folded.setdefault(str(name).casefold(), name)
        if other != name:
            found.append(finding(Code.NAME_CASE, name, other=other))
        if "\\" in str(name):
            found.append(finding(Code.NAME_BACKSLASH, name))
        if name in folders:
            found.append(finding(Code.ZIP_TWICE, name))
    if not files and not found:
        found.append(finding(Code.ZIP_EMPTY, path.name))
    return Archive(
        name=path.resolve().name, files=MappingProxyType(files), size=size, findings=in_order(found)
    )
