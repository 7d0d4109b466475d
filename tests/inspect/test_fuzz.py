"""Whatever bytes come in, what comes out is a report, and soon. `make fuzz` looks further than the ordinary run."""

from __future__ import annotations

import struct
import tempfile
import time
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.inspect import report
from builder.inspect.archive import read_package
from builder.inspect.package import inspected
from tests.inspect.corpus import CMI5, SCORM_12, SCORM_2004, THIRD, TWO, Files
from tests.inspect.test_archive import HOSTILE

SECONDS = 10
BASES = (SCORM_12, SCORM_2004, THIRD, TWO, CMI5)

PIECES = (
    "<", ">", "&", '"', "'", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "<!DOCTYPE m [", "<!ENTITY a 'b'>", "&a;",
    "&#0;", "&#x1F600;", "\0", "\ufeff", "\u202e", "\udcff", "xmlns=", 'xmlns:adlcp=""', "xml:base='..'", "identifier=",
    "<item>", "</item>", "<resource>", "<file href='%'/>", "href='../../x'", "href='http://['", "<metadata/>", "<lom/>",
    "<imsss:sequencing/>", "<au/>", "<objective/>", "1e999", "NaN", "-1", " ", "\n", "é", "x" * 300,
)  # fmt: skip

BEGIN = (
    b"", b"<?xml version='1.0'?><manifest>", b"\xff\xfe<\0m\0",
    b"<manifest xmlns='http://www.imsglobal.org/xsd/imscp_v1p1'>",
)  # fmt: skip

names = st.one_of(
    st.sampled_from(
        ("imsmanifest.xml", "cmi5.xml", "a/imsmanifest.xml", "index.html", "les.js", "lom.xml", "a", "a/")
    ),
    st.sampled_from(
        ("../x", "/x", "C:\\x", "a\\b", "x.zip", "__MACOSX/x", "con", "é", "", ".", "a//b", "x.php")
    ),
    st.text(max_size=20),
)


@st.composite
def mutations(draw: st.DrawFn) -> Files:
    """A sound package with pieces put in, taken out, doubled or moved in its files, or a file gone or renamed."""
    files = dict(draw(st.sampled_from(BASES)))
    for _ in range(draw(st.integers(1, 5))):
        name = draw(st.sampled_from(sorted(files)))
        text = files[name]
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.sampled_from((0, 1, 5, 30, 200))))
        kind = draw(st.integers(0, 5))
        if kind <= 2:
            files[name] = text[:at] + draw(st.sampled_from(PIECES)) + text[to:]
        elif kind == 3:
            files[name] = text[:to] + text[at:]
        elif kind == 4:
            there = draw(st.integers(0, len(text)))
            files[name] = text[:there] + text[at:to] + text[there:]
        elif len(files) > 1:
            files[draw(names) or "x"] = files.pop(name)
    return files


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in files.items():
            try:
                target.writestr(name or "x", content)
            except (ValueError, UnicodeError, IndexError, struct.error):  # a name that no zip can hold
                continue
    return buffer.getvalue()


def told(content: bytes, page: bool = True) -> None:
    """The package ``content`` is reported on, in every form, in time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pakket.zip")
        path.write_bytes(content)
        begun = time.monotonic()
        inspection = inspected(read_package(path))
        text = report.as_text(inspection, "nl")
        assert all(each.isprintable() or each == "\n" for each in text)
        report.as_json(inspection, "en")
        if page:
            report.as_html(inspection, "nl")
        assert time.monotonic() - begun < SECONDS


def encoded(files: Files) -> dict[str, bytes]:
    return {name: text.encode("utf-8", "surrogateescape") for name, text in files.items()}


quick = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@quick
@given(mutations())
def test_a_mutated_package_is_told(files: Files) -> None:
    told(zip_of(encoded(files)))


@quick
@given(st.dictionaries(names, st.binary(max_size=200), max_size=8))
def test_any_files_are_told(files: dict[str, bytes]) -> None:
    told(zip_of(files))


@quick
@given(st.sampled_from(sorted(HOSTILE)), st.data())
def test_a_broken_zip_is_told(name: str, data: st.DataObject) -> None:
    if name in ("too many files", "a bomb", "a bomb that denies it"):
        return  # large, and the same every time
    content = bytearray(HOSTILE[name][0]() or zip_of(encoded(SCORM_12)))
    for _ in range(data.draw(st.integers(1, 8))):
        if content:
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    told(bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content))


@pytest.mark.fuzz
@settings(max_examples=3_000, suppress_health_check=list(HealthCheck))
@given(mutations())
def test_many_mutated_packages_are_told(files: Files) -> None:
    told(zip_of(encoded(files)), page=False)


@pytest.mark.fuzz
@settings(max_examples=3_000, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=2_000), st.integers(0, 3))
def test_many_manifests_of_any_bytes_are_told(content: bytes, start: int) -> None:
    told(
        zip_of({"imsmanifest.xml": BEGIN[start] + content, "index.html": content, "les.js": content}),
        page=False,
    )
