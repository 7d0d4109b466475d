"""Whatever is in a zip or folder, reading it ends soon, in files and findings."""

from __future__ import annotations

import os
import struct
import time
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path, PurePosixPath

import pytest

from builder.diagnostics import BuilderError
from builder.inspect import archive
from builder.inspect.archive import read_package
from builder.inspect.finding import Code
from builder.messages import LANGUAGES


def zip_of(*entries: tuple[str | zipfile.ZipInfo, bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compress) as target, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two entries with one name
        for entry, content in entries:
            target.writestr(entry, content)
    return buffer.getvalue()


def of(**entries: bytes) -> bytes:
    return zip_of(*entries.items())


def named(*names: str) -> bytes:
    return zip_of(*((name, b"x") for name in names))


def link() -> bytes:
    entry = zipfile.ZipInfo("link")
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    return zip_of((entry, b"/etc/passwd"))


def flagged(at_local: int, at_central: int, value: bytes, content: bytes | None = None) -> bytes:
    """A zip of one entry ``a`` with bytes of its two headers overwritten."""
    whole = bytearray(content or of(a=b"x" * 100))
    central = whole.index(b"PK\x01\x02")
    whole[at_local : at_local + len(value)] = value
    whole[central + at_central : central + at_central + len(value)] = value
    return bytes(whole)


def latin() -> bytes:
    """A name in code page 437, as old Windows programs write it."""
    return of(aaaa=b"x").replace(b"aaaa", b"caf\x82")


def invalid_utf8() -> bytes:
    whole = named("é")
    return whole.replace("é".encode(), b"\xc3\x28")


def overlapping() -> bytes:
    """Two entries in the list of files, one piece of content."""
    whole = named("aa", "ab")
    first = whole.index(b"PK\x01\x02")
    second = whole.index(b"PK\x01\x02", first + 1)
    moved = bytearray(whole)
    moved[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(moved)


def garbled() -> bytes:
    whole = of(a=b"x" * 100)
    return whole[:31] + b"\xff\xff" + whole[33:]


def bomb() -> bytes:
    return of(a=b"\0" * 5_000_000)


HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a pdf": (lambda: b"%PDF-1.7\n...", {Code.ZIP_NOT}),
    "nothing": (lambda: b"", {Code.ZIP_NOT}),
    "a truncated zip": (lambda: named("a", "b")[:-30], {Code.ZIP_NOT}),
    "only the end of a zip": (lambda: of(a=b"x" * 500)[-22:], {Code.ZIP_NOT}),
    "an empty zip": (lambda: named(), {Code.ZIP_EMPTY}),
    "a path that climbs out": (lambda: named("../a", "b"), {Code.ZIP_ESCAPE}),
    "a path that climbs out later": (lambda: named("a/../../b", "b"), {Code.ZIP_ESCAPE}),
    "a path that climbs out with backslashes": (lambda: named("..\\a", "b"), {Code.ZIP_ESCAPE}),
    "an absolute path": (lambda: named("/etc/a", "b"), {Code.ZIP_ESCAPE}),
    "a drive": (lambda: named("C:\\a", "b"), {Code.ZIP_ESCAPE}),
    "a folder with backslashes": (lambda: named("a\\b"), {Code.NAME_BACKSLASH}),
    "a link": (link, {Code.ZIP_LINK}),
    "a name twice": (lambda: named("a", "a"), {Code.ZIP_TWICE}),
    "a file that is a folder too": (lambda: named("a", "a/b"), {Code.ZIP_TWICE}),
    "a name twice but for capitals": (lambda: named("a.js", "A.js"), {Code.NAME_CASE}),
    "a password": (lambda: flagged(6, 8, b"\x01"), {Code.ZIP_ENCRYPTED}),
    "an unknown way of packing": (lambda: flagged(8, 10, b"\x63"), {Code.ZIP_METHOD}),
    "bzip2": (lambda: zip_of(("a", b"x"), compress=zipfile.ZIP_BZIP2), {Code.ZIP_METHOD}),
    "a wrong sum": (lambda: flagged(14, 16, b"\x00\x00\x00\x00"), {Code.ZIP_DAMAGED}),
    "a size smaller than what comes out": (lambda: flagged(22, 24, b"\x10\x00\x00\x00"), {Code.ZIP_DAMAGED}),
    "a size larger than what comes out": (lambda: flagged(22, 24, b"\x00\x10\x00\x00"), {Code.ZIP_DAMAGED}),
    "garbage where the content was": (garbled, {Code.ZIP_DAMAGED}),
    "a bomb": (bomb, {Code.ZIP_BOMB}),
    "a bomb that denies it": (lambda: flagged(22, 24, b"\x10\x00\x00\x00", bomb()), {Code.ZIP_DAMAGED}),
    "a file that says it is huge": (lambda: flagged(22, 24, b"\x00\x00\x00\x0f"), {Code.ZIP_LARGE}),
    "a file that says it is larger than all": (lambda: flagged(22, 24, b"\xff\xff\xff\xf0"), {Code.ZIP_LARGE}),
    "content shared by two files": (overlapping, {Code.ZIP_OVERLAP}),
    "too many files": (lambda: named(*map(str, range(5_001))), {Code.ZIP_ENTRIES}),
    "a list of files that never ends": (lambda: named(*(f"{i:0>9999}" for i in range(450))), {Code.ZIP_ENTRIES}),
    "a name too long for a disk": (lambda: named("a" * 256), {Code.NAME_LONG}),
    "a name with a bell": (lambda: named("a\x07"), {Code.NAME_CONTROL}),
    "a name with a hidden end": (lambda: of(axb=b"").replace(b"axb", b"a\0b"), {Code.NAME_CONTROL}),
    "a name that turns the text around": (lambda: named("a\u202egpj.exe"), {Code.NAME_CONTROL}),
    "a name of an old Windows program": (latin, {Code.NAME_ENCODING}),
    "a name that is no text": (invalid_utf8, {Code.ZIP_DAMAGED}),
    "a name of nothing": (lambda: named("."), {Code.ZIP_ESCAPE}),
}  # fmt: skip


@pytest.mark.parametrize(("make", "codes"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_zip_is_told(tmp_path: Path, make: Callable[[], bytes], codes: set[str]) -> None:
    path = tmp_path / "pakket.zip"
    path.write_bytes(make())
    begun = time.monotonic()
    found = read_package(path)
    assert time.monotonic() - begun < 5
    assert {each.code for each in found.findings} == codes
    for each in found.findings:
        for language in LANGUAGES:
            assert all(each.said(part, language) for part in ("what", "why", "remedy"))
            assert each.where.isprintable()
        assert Code.ZIP_ESCAPE not in codes or PurePosixPath("a") not in found.files


def test_a_sound_zip_has_its_files_and_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "pakket.zip"
    path.write_bytes(zip_of(("a/", b""), ("a/b.js", b"1"), ("c", b"")))
    found = read_package(path)
    assert (found.findings, found.name, found.size) == ((), "pakket.zip", path.stat().st_size)
    assert dict(found.files) == {PurePosixPath("a/b.js"): b"1", PurePosixPath("c"): b""}


def test_a_folder_is_read_and_no_link_is_followed(tmp_path: Path) -> None:
    outside = tmp_path / "buiten"
    outside.mkdir()
    (outside / "geheim").write_text("x", encoding="utf-8")
    root = tmp_path / "pakket"
    (root / "sub").mkdir(parents=True)
    (root / "sub/a.js").write_bytes(b"1")
    (root / "naar").symlink_to(outside)
    (root / "naar2").symlink_to(outside / "geheim")
    (root / "rond").symlink_to(root)
    os.mkfifo(root / "pijp")
    found = read_package(root)
    assert dict(found.files) == {PurePosixPath("sub/a.js"): b"1"}
    assert [(each.code, each.path) for each in found.findings] == [
        (Code.ZIP_LINK, name) for name in ("naar", "naar2", "pijp", "rond")
    ]


def test_a_folder_has_the_same_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"12345")
    monkeypatch.setattr(archive, "LARGEST_FILE", 4)
    assert [each.code for each in read_package(tmp_path).findings] == [Code.ZIP_LARGE] * 3
    monkeypatch.setattr(archive, "LARGEST_FILE", 10)
    monkeypatch.setattr(archive, "MOST_ENTRIES", 2)
    assert [each.code for each in read_package(tmp_path).findings] == [Code.ZIP_ENTRIES]
    monkeypatch.setattr(archive, "LARGEST_PACKAGE", 12)
    monkeypatch.setattr(archive, "MOST_ENTRIES", 5)
    assert [each.code for each in read_package(tmp_path).findings] == [Code.ZIP_LARGE]


def test_what_is_not_there_is_of_the_environment(tmp_path: Path) -> None:
    with pytest.raises(BuilderError) as error:
        read_package(tmp_path / "nergens.zip")
    assert error.value.code == "no-package"
    os.mkfifo(tmp_path / "pijp")
    with pytest.raises(BuilderError) as error:
        read_package(tmp_path / "pijp")
    assert error.value.code == "no-package"
