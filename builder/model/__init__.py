"""The course as a value. Frozen, keyword-only dataclasses; spans take no part in equality."""
