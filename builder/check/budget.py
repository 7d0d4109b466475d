"""How long a save can get: an upper bound of the history over all paths, as ``player/SAVE.md`` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from builder.check.states import Space, explore, longest
from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.course import Course
from builder.model.scenario import ON, Scenario
from builder.model.steps import steps
