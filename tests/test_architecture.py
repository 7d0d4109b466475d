"""The shape of the builder: a module imports only from lower layers, and heavy libraries only where they belong."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = [
    {"diagnostics", "messages"},
    {"model", "keys", "shipped"},
    {"source"},
    {"link"},
    {"vary", "check"},
    {"render"},
    {"package", "inspect"},
    {"pipeline", "release", "lms"},
    {"report", "summary", "survey"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

ONLY_IN = {
    "lxml": {"package", "inspect", "lms"},
    "nh3": {"render"},
    "markdown": {"render"},
    "jinja2": {"render"},
    "fast_sugiyama": {"render"},
    "weasyprint": {"render"},
    "flask": {"preview"},
    "click": {"cli"},
}

LONGEST = 400

MODULES = sorted(path for path in (ROOT / "builder").rglob("*.py") if "node_modules" not in path.parts)


def imports(path: Path) -> set[str]:
    """Full names of everything a module imports, at the top or within a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def part(path: Path) -> str:
    """The part of the builder a module stands in: ``check`` for ``builder/check/states.py``."""
    return path.relative_to(ROOT / "builder").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_to_its_layer(path: Path) -> None:
    here = part(path)
    if here in ("__init__", "player"):  # player/build.py runs before anything of ours is installed
        assert not {name for name in imports(path) if name.startswith("builder.")}
        return
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "builder" and rest:
            there = rest.partition(".")[0]
            assert there == here or LEVEL[there] < LEVEL[here], f"{here} may not import {there}"
        assert here in ONLY_IN.get(top, {here}), f"{top} belongs in {ONLY_IN.get(top)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_command_line_imports_nothing_heavy_before_it_must() -> None:
    tree = ast.parse((ROOT / "builder/cli.py").read_text(encoding="utf-8"))
    top = {node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module}
    assert {name for name in top if name.startswith("builder")} <= {"builder.diagnostics", "builder.messages"}
