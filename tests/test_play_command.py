"""`waterlijn play` without a browser: what it opens, what it refuses, what it serves, how it ends."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from builder.cli import cli
from builder.diagnostics import BuilderError
from builder.inspect.archive import read_package
from builder.lms.launch import Launchable, launchable
from builder.lms.server import Request
from builder.lms.watch import BASE, watching

ROOT = Path(__file__).parents[1]
NAMES = 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
SCORM = f"""<manifest identifier="M" {NAMES}><metadata><schemaversion>1.2</schemaversion></metadata>
<organizations default="B"><organization identifier="A"><title>Niet deze</title></organization>
<organization identifier="B"><title>Een
 cursus</title><item identifier="I" identifierref="R" parameters="?a=b"><title>Les</title>
<adlcp:masteryscore>70</adlcp:masteryscore><adlcp:datafromlms>begin</adlcp:datafromlms></item></organization>
</organizations><resources xml:base="inhoud/"><resource identifier="R" type="webcontent" adlcp:scormtype="sco"
 href="les 1.html"/></resources></manifest>"""
CMI5 = """<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://leren.example/c"><title><langstring lang="nl">Een cursus</langstring></title></course>
<au id="https://leren.example/c/1" moveOn="Passed" masteryScore="0.7"><title><langstring lang="nl">Les</langstring>
</title><url>index.html?a=b</url></au></courseStructure>"""


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def read(tmp_path: Path, files: dict[str, str]) -> Launchable:
    return launchable(read_package(zipped(tmp_path / "pakket.zip", files)))


def refusal(*arguments: object) -> str:
    """The code of what stands in the way."""
    result = CliRunner().invoke(
        cli, ["play", "--no-browser", *map(str, arguments)], standalone_mode=False, catch_exceptions=True
    )
    assert isinstance(result.exception, BuilderError), result.output
    return result.exception.code


def test_a_manifest_is_read_as_an_lms_does(tmp_path: Path) -> None:
    found = read(
        tmp_path, {"map/imsmanifest.xml": SCORM, "map/inhoud/les 1.html": "les", "los.txt": "buiten"}
    )
    (unit,) = found.units
    assert (found.standard, found.title, unit.title) == ("scorm12", "Een cursus", "Les")
    assert (unit.href, unit.mastery, unit.launch_data) == ("inhoud/les%201.html?a=b", "70", "begin")
    assert sorted(map(str, found.files)) == ["imsmanifest.xml", "inhoud/les 1.html"], (
        "from the manifest's folder"
    )


def test_a_course_structure_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, {"cmi5.xml": CMI5, "index.html": "les"})
    (unit,) = found.units
    assert (found.standard, found.title, unit.title, unit.key) == (
        "cmi5",
        "Een cursus",
        "Les",
        "https://leren.example/c/1",
    )
    assert (unit.href, unit.mastery, unit.move_on) == ("index.html?a=b", "0.7", "Passed")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"index.html": "x"}, "no-manifest"),
        ({"imsmanifest.xml": "<manifest>"}, "manifest-unread"),
        ({"imsmanifest.xml": '<!DOCTYPE m [<!ENTITY a "b">]><manifest/>'}, "manifest-unread"),
        ({"imsmanifest.xml": "<manifest/>"}, "no-unit"),
        (
            {"imsmanifest.xml": SCORM.replace('xml:base="inhoud/"', 'xml:base="https://e.example/"')},
            "no-unit",
        ),
        ({"cmi5.xml": CMI5.replace("index.html", "https://e.example/")}, "no-unit"),
        ({"../imsmanifest.xml": SCORM}, "no-zip"),
        ({}, "no-zip"),
    ],
)
def test_what_is_no_package_is_refused(tmp_path: Path, files: dict[str, str], code: str) -> None:
    assert refusal(zipped(tmp_path / "pakket.zip", files)) == code


def test_a_file_of_another_kind_and_none_at_all(tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").write_text("%PDF-1.7 en meer")
    assert refusal(tmp_path / "brief.pdf") == "no-zip"
    assert refusal(tmp_path / "weg.zip") == "no-package"


def test_a_unit_with_a_fragment_and_nonsense_in_move_on_is_launched(tmp_path: Path) -> None:
    structure = CMI5.replace('"Passed"', '"passed"').replace("?a=b", "?a=b#twee")
    found = read(tmp_path, {"cmi5.xml": structure, "index.html": "les"})
    learner = {"id": "1", "name": "An"}
    said = {"unit": found.units[0].key, "learner": learner, "mode": "normal", "faults": []}
    with watching(found, "nl") as server:
        launch = Request(method="POST", path=f"{BASE}launch", body=json.dumps(said).encode())
        address = urlsplit(json.loads(server.apps[BASE](launch).body)["address"])
        assert address.fragment == "twee"
        given = parse_qs(address.query)
        assert given["a"] == ["b"]
        token = Request(method="POST", path=urlsplit(given["fetch"][0]).path)
        assert "auth-token" in json.loads(server.apps["/cmi5/"](token).body)


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    package = zipped(tmp_path / "pakket.zip", {"imsmanifest.xml": SCORM})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert refusal(package, "--port", taken.getsockname()[1]) == "no-port"


@contextmanager
def command(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    program = "from builder.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", program, "play", "--no-browser", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_it_serves_the_package_and_nothing_else_until_it_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    files = {
        "imsmanifest.xml": SCORM,
        "inhoud/les 1.html": '<script src="a.js"></script>',
        "inhoud/a.js": "1",
        "../uit.html": "uit",
        "server.php": "<?php",
    }
    with command(zipped(tmp_path / "pakket.zip", files)) as process:
        assert process.stdout
        line = process.stdout.readline()
        assert "‘Een cursus’" in line
        host = line.split("http://")[1].split("/")[0]

        def get(
            path: str, method: str = "GET", body: str = "", **headers: str
        ) -> tuple[int, dict[str, str], str]:
            with closing(http.client.HTTPConnection(host, timeout=10)) as connection:
                connection.request(method, path, body=body or None, headers=headers)
                answer = connection.getresponse()
                return answer.status, dict(answer.headers), answer.read().decode()

        status, headers, page = get("/play/")
        assert status == 200
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Een cursus" in page
        assert [get(f"/play/{name}")[0] for name in ("watch.css", "watch.js")] == [200, 200]
        launch = (
            '{"unit": "I", "via": "iframe", "profile": "full", "mode": "normal", "faults": [], '
            '"learner": {"id": "1", "name": "An"}}'
        )
        assert get("/play/launch", "POST", launch, Origin="https://elders.example")[0] == 421
        assert get("/play/launch", "POST", "{}")[0] == 400
        assert get("/play/launch", "POST", launch)[0] == 200
        shell = get("/lms/shell?session=s1")[2]
        base = shell.split('src="')[-1].split("inhoud/")[0].removeprefix(f"http://{host}")
        status, headers, body = get(f"{base}inhoud/les%201.html")
        assert (status, headers["Content-Type"], body) == (
            200,
            "text/html; charset=utf-8",
            files["inhoud/les 1.html"],
        )
        assert get(f"{base}inhoud/a.js")[1]["Content-Type"] == "text/javascript; charset=utf-8"
        assert get(f"{base}server.php")[1]["Content-Type"] == "application/octet-stream", "shown, never run"
        for path in (
            "../uit.html",
            "uit.html",
            "%2e%2e/uit.html",
            "../geheim.txt",
            "..%2fgeheim.txt",
            "%2fetc/passwd",
        ):
            assert get(base + path)[0] == 404, path
        for path in ("/", "/etc/passwd", "/play/../builder/cli.py", "/play/fonts/..%2flms.js", "/lms/record"):
            assert get(path)[0] == 404, path
        process.send_signal(signal.SIGINT)
        said, complaint = process.communicate(timeout=20)
        assert (process.returncode, complaint) == (0, "")
        assert said.endswith("Gestopt. Er is niets bewaard.\n")
