"""What an author has looked at and leaves as it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.diagnostics import Span
from builder.model.text import NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """``akkoord: code, want reden``: what the checks need not say here any more."""

    code: str
    reason: str
    span: Span = field(default=NOWHERE, compare=False)
