"""The command line: what it prints, where it writes, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import AUTHOR, FINE, FORMATS, cli

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "sample"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments], standalone_mode=False)


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own."""
    program = "from builder.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the sample course to write in."""
    for name in ("content", "course"):
        shutil.copytree(SAMPLE / name, tmp_path / name)
    return tmp_path


def spoil(course: Path, old: str, new: str) -> int:
    """Replace ``old`` in the sample's lesson and return the number of its line."""
    lesson = course / "content/lessons/01-klik.md"
    text = lesson.read_text(encoding="utf-8")
    assert old in text
    lesson.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_sound_course_is_told_so() -> None:
    result = run("check", SAMPLE)
    assert result.return_value == FINE
    assert result.output == "1 les: 0 fouten, 0 waarschuwingen.\n"


def test_the_course_itself_is_sound() -> None:
    result = run("check", ROOT, "--strict")
    lessons = len(list((ROOT / "content" / "lessons").glob("*.md")))
    said = f"{lessons} lessen: 0 fouten, 0 waarschuwingen.\n"
    assert (result.return_value, result.output) == (FINE, said)


def test_check_can_be_of_one_scenario(course: Path) -> None:
    spoil(course, "Vraag morgen eerst.", "Vraag <font>morgen</font> eerst.")
    assert run("check", course, "--strict").return_value == AUTHOR
    one = run("check", course, "--strict", "--scenario", "Het klikgesprek")
    assert (one.return_value, one.output) == (FINE, "1 les: 0 fouten, 0 waarschuwingen.\n")


def test_a_report_is_text_or_a_page(course: Path, tmp_path: Path) -> None:
    text = run("check", course, "--scenario", "het-klikgesprek", "--report")
    assert text.return_value == FINE
    assert "Verslag van ‘Het klikgesprek’" in text.output
    path = tmp_path / "nieuw" / "verslag.html"
    html = run("check", course, "--scenario", "het-klikgesprek", "--report", "--out", path)
    assert html.return_value == FINE
    assert str(path) in html.output
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_report_ends_as_a_check_does(course: Path) -> None:
    spoil(course, "- akkoord: dilemma-free, want dit is een proef.\n", "")
    arguments = ("check", course, "--scenario", "het-klikgesprek", "--report")
    assert run(*arguments).return_value == FINE
    assert run(*arguments, "--strict").return_value == AUTHOR
    spoil(course, "vertrouwen -1", "vertrouwn -1")
    broken = run(*arguments)
    assert broken.return_value == AUTHOR
    assert "[variable-unknown]" in broken.output
    assert "Verslag" not in broken.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--report",), "--scenario"),
        (("--scenario", "het-klikgesprek", "--out", "x.html"), "--report"),
        (("--scenario", "het-klikgesprek", "--report", "--format", "json"), "tekst of HTML"),
        (("--scenario", "klikgesprek"), "Bedoelde u: het-klikgesprek?"),
        (("--scenario", "qqq"), "het-klikgesprek (Het klikgesprek)"),
    ],
)
def test_what_cannot_be_reported_is_told_in_one_line(arguments: tuple[str, ...], words: str) -> None:
    result = command("check", SAMPLE, *arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_mistake_is_shown_with_its_line_and_what_was_meant(course: Path) -> None:
    line = spoil(course, "(#de-regels)\n  - effect", "(#de-regel)\n  - effect")
    result = run("check", course)
    assert result.return_value == AUTHOR
    first, shown, below, *rest = result.output.splitlines()
    assert first.startswith(f"content/lessons/01-klik.md:{line}:")
    assert 'fout [scene-unknown] Er is in dit scenario geen scène met de naam "de-regel".' in first
    assert shown == f"{line:>5} | - [Je legt het dossier open en begint bij de regels](#de-regel)"
    assert below.index("^") == shown.index("(#de-regel)") + 1
    assert "Bedoelde u: - [Je legt het dossier open en begint bij de regels](#de-regels)" in "\n".join(rest)


def test_mistakes_as_json_have_every_field(course: Path) -> None:
    line = spoil(course, "vertrouwen -1", "vertrouwn -1")
    rows = json.loads(run("check", course, "--format", "json").output)
    assert [sorted(row) for row in rows] == [
        ["code", "column", "line", "message", "path", "severity", "suggestion"]
    ]
    row = rows[0]
    assert (row["path"], row["line"], row["code"], row["severity"], row["suggestion"]) == (
        "content/lessons/01-klik.md",
        line,
        "variable-unknown",
        "error",
        "  - effect: vertrouwen -1",
    )


def test_a_sound_course_as_json_is_an_empty_array() -> None:
    assert json.loads(run("check", SAMPLE, "--format", "json").output) == []


def test_mistakes_for_github_stand_beside_their_line(course: Path) -> None:
    line = spoil(course, "vertrouwen -1", "vertrouwn -1")
    output = run("check", course, "--format", "github").output
    assert output.startswith(f"::error file=content/lessons/01-klik.md,line={line},col=")
    assert output.count("\n") == 1


def test_a_warning_stops_only_a_strict_check(course: Path) -> None:
    (course / "course/cast.toml").write_text('[mo]\nname = "Mo"\n', encoding="utf-8")
    assert run("check", course).return_value == FINE
    assert run("check", course, "--strict").return_value == AUTHOR


def test_build_writes_a_package_for_every_variant_and_tells_their_facts(course: Path) -> None:
    result = run("build", course)
    assert result.return_value == FINE
    for variant in ("vol", "leeg"):
        made = course / "exports" / variant
        assert all((made / f"proef-{name}.zip").is_file() for name in FORMATS)
        assert (made / "web" / "index.html").is_file()
    assert all(limit in result.output for limit in ("/ 4096", "/ 64000", "/ 4000"))
    assert "lokaal:nazorg" in result.output  # the empty variant's warning


def test_build_makes_one_variant_where_it_is_told(course: Path, tmp_path: Path) -> None:
    result = run("build", course, "--variant", "vol", "--format", "scorm12", "--out", tmp_path / "uit")
    assert result.return_value == FINE
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*.zip")] == [
        Path("uit/vol/proef-scorm12.zip")
    ]


def test_build_writes_nothing_when_an_author_made_a_mistake(course: Path) -> None:
    spoil(course, "(#de-regels)\n  - effect", "(#de-regel)\n  - effect")
    assert run("build", course).return_value == AUTHOR
    assert not (course / "exports").exists()


def test_the_course_is_found_from_a_file_or_folder_in_it(course: Path) -> None:
    for place in ("content/lessons/01-klik.md", "content/lessons", "course"):
        assert run("check", course / place).output == run("check", course).output
    assert run("build", course / "content", "--variant", "vol").return_value == FINE
    assert (course / "exports/vol/proef-scorm12.zip").is_file()


def test_a_local_fact_that_nobody_fills_in_is_told_once(course: Path) -> None:
    line = spoil(course, "lokaal:nazorg", "lokaal:nazorgg")
    output = run("build", course, "--variant", "vol").output
    assert output.count(f"01-klik.md:{line}:") == 1


def test_a_strict_build_wants_every_local_fact(course: Path) -> None:
    assert run("build", course, "--strict", "--variant", "leeg").return_value == AUTHOR
    assert run("build", course, "--strict", "--variant", "vol").return_value == FINE


def test_release_records_every_key_and_keeps_those_it_had(course: Path) -> None:
    assert run("release", course).return_value == FINE
    keys = (course / "course/keys.toml").read_text(encoding="utf-8")
    assert '"de-spreekkamer" = ' in keys
    spoil(course, "### De regels\n", "### De regels en meer\n\n- id: de-regels\n")
    lesson = course / "content/lessons/01-klik.md"
    lesson.write_text(
        lesson.read_text(encoding="utf-8").replace("(#de-regels)", "(#de-regels-en-meer)"), encoding="utf-8"
    )
    assert run("check", course, "--strict").return_value == FINE
    assert run("release", course).return_value == FINE
    assert (course / "course/keys.toml").read_text(encoding="utf-8") == keys


def test_a_released_scene_that_is_renamed_is_a_warning_with_the_line_to_write(course: Path) -> None:
    run("release", course)
    lesson = course / "content/lessons/01-klik.md"
    text = (
        lesson.read_text(encoding="utf-8")
        .replace("### De regels\n", "### De wet\n")
        .replace("(#de-regels)", "(#de-wet)")
    )
    lesson.write_text(text, encoding="utf-8")
    output = run("check", course).output
    assert "[key-lost]" in output
    assert "- id: de-regels" in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "/nergens"], "geen cursus"),
        (["build", SAMPLE, "--variant", "nergens"], "geen gemeente nergens"),
        (["check", "--format", "xml"], "xml"),
        (["bouw"], "bouw"),
    ],
)
def test_what_stands_in_the_way_is_told_in_one_line_with_exit_code_2(
    arguments: list[object], words: str
) -> None:
    done = command(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_exit_codes_reach_the_shell(course: Path) -> None:
    assert command("check", SAMPLE).returncode == 0
    spoil(course, "(#de-regels)\n  - effect", "(#de-regel)\n  - effect")
    assert command("check", course).returncode == 1


def test_help_is_dutch_and_names_every_command() -> None:
    output = run("--help").output
    for name in cli.commands:
        assert name in output
    assert "Van Markdown naar een lespakket" in output
    for words in (output, run("check", "--help").output):
        assert "Gebruik: " in words
        assert "Opties:" in words
        assert not re.search(r"Usage|Options:|Commands|Show", words)


@pytest.fixture
def package(course: Path) -> Path:
    """The package of SCORM 1.2 of the sample."""
    assert run("build", course, "--variant", "vol", "--format", "scorm12").return_value == FINE
    return course / "exports/vol/proef-scorm12.zip"


def test_inspect_tells_what_a_package_is_and_whether_it_plays(package: Path, tmp_path: Path) -> None:
    told = run("inspect", package)
    assert told.return_value == FINE
    first, second = told.output.splitlines()
    assert first.startswith("SCORM 1.2 · Proef & voorbeeld · 1 onderdeel (SCO) · start met index.html · ")
    assert first.endswith(" · geen meldingen")
    assert second == "Dit pakket speelt in Moodle en in andere LMS'en met SCORM 1.2."
    unpacked = tmp_path / "los"
    shutil.unpack_archive(package, unpacked)
    assert run("inspect", unpacked, "--strict").output.splitlines()[1:] == [second]


def test_inspect_ends_as_its_findings_are(package: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "los"
    shutil.unpack_archive(package, unpacked)
    (unpacked / "vergeten.js").write_text("", encoding="utf-8")
    assert run("inspect", unpacked).return_value == FINE
    assert run("inspect", unpacked, "--strict").return_value == AUTHOR
    (unpacked / "index.html").unlink()
    lost = run("inspect", unpacked)
    assert lost.return_value == AUTHOR
    assert "[launch-absent] imsmanifest.xml:" in lost.output
    assert "bij de cursist gaat het mis" in lost.output


def test_inspect_says_what_a_person_who_zipped_a_folder_must_do(package: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(package, tmp_path / "om/pakket")
    zipped = shutil.make_archive(str(tmp_path / "om"), "zip", tmp_path / "om")
    told = run("inspect", zipped)
    assert told.return_value == AUTHOR
    assert "het manifest staat in de map pakket/" in told.output
    assert told.output.count("Fout [") == 1


def test_inspect_writes_json_and_a_page(package: Path, tmp_path: Path) -> None:
    whole = json.loads(run("inspect", package, "--format", "json").output)
    assert (whole["standard"], whole["verdict"], whole["findings"]) == ("SCORM 1.2", "sound", [])
    path = tmp_path / "verslag.html"
    told = run("inspect", package, "--format", "html", "--out", path)
    assert str(path) in told.output
    page = path.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    run("inspect", package, "--out", path)
    assert path.read_text(encoding="utf-8") == page


def test_inspect_of_no_zip_and_of_nothing(tmp_path: Path) -> None:
    pdf = tmp_path / "pakket.zip"
    pdf.write_bytes(b"%PDF-1.7")
    told = command("inspect", pdf)
    assert (told.returncode, told.stderr) == (1, "")
    assert "Dit bestand is geen zip. Het lijkt een pdf." in told.stdout
    gone = command("inspect", tmp_path / "weg.zip")
    assert (gone.returncode, gone.stdout, len(gone.stderr.splitlines())) == (2, "", 1)
