"""What every test shares. Fixtures of one part live in that part's own folder."""

from __future__ import annotations

from hypothesis import settings

# No test fails for being slow on a busy machine, and the ordinary run is the same every time.
# `make fuzz` looks further, with new examples each time.
settings.register_profile("test", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=10_000, print_blob=True)
settings.load_profile("test")
