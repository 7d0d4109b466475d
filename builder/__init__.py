"""Markdown lessons with embedded choice scenarios, rendered into packages for any LMS."""

__version__ = "0.1.0"
