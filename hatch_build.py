"""The hatchling hook that puts the player's bundle in every build: sdist, wheel and editable install."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _load(root: str) -> ModuleType:
    """The build module, by its path: nothing of ours can be imported while it is being installed."""
    spec = importlib.util.spec_from_file_location("_player_build", Path(root, "builder/player/build.py"))
    if spec is None or spec.loader is None:
        raise ImportError("builder/player/build.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


class PlayerHook(BuildHookInterface[Any]):
    """Brings `builder/vendored/` up to date before hatchling collects the files."""

    def dependencies(self) -> list[str]:
        requirements: list[str] = _load(self.root).build_requirements(Path(self.root))
        return requirements

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        build = _load(self.root)
        try:
            build.ensure(Path(self.root), self.app.display_info)
        except build.BuildError as error:
            self.app.abort(str(error))
