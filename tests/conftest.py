"""What every test shares. Fixtures of one part live in that part's own folder."""

from __future__ import annotations

from pathlib import Path

import pytest

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything under tests/browser plays in a browser, marked or not."""
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")
