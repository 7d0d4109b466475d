"""What every test shares. Fixtures of one part live in that part's own folder."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.browser.walks import matrix

# No test fails for being slow on a busy machine, and the ordinary run is the same every time.
# `make fuzz` looks further, with new examples each time.
settings.register_profile("test", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=10_000, print_blob=True)
settings.load_profile("test")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of walks, where some were walked. It stands here for the process that hears all workers."""
    signs = {"passed": True, "failed": False, "error": False}
    lines = matrix(
        (report.nodeid, passed)
        for outcome, passed in signs.items()
        for report in terminalreporter.stats.get(outcome, [])
    )
    if lines:
        terminalreporter.section("walks by standard")
        terminalreporter.write_line("\n".join(lines))
