"""A table of names, and what to say when one is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from builder.diagnostics import Code, Diagnostic, diagnostic
from builder.model.text import Ref


def folded(name: str) -> str:
    """How names are compared: without regard to case, and with spaces folded."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of one kind, by folded name: ``(name as defined, key)``.

    ``code`` is what a missing one is reported as.
    """

    code: Code
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, code: Code, pairs: Iterable[tuple[str, str]]) -> Names:
        """Names from ``(name, key)`` pairs; the first of two equal ones counts."""
        known: dict[str, tuple[str, str]] = {}
        for name, key in pairs:
            known.setdefault(folded(name), (name, key))
        return cls(code=code, known=known)

    def resolve(self, ref: Ref, found: list[Diagnostic]) -> Ref:
        """``ref`` with its key; a name unknown is added to ``found`` with the nearest one."""
        hit = self.known.get(folded(ref.text))
        if hit:
            return replace(ref, key=hit[1])
        near = get_close_matches(folded(ref.text), self.known, n=1, cutoff=0.5)
        instead = self.known[near[0]][0] if near else ""
        all_names = ", ".join(name for name, _ in self.known.values())
        found.append(diagnostic(self.code, ref.span, instead, name=ref.text, known=all_names or "–"))
        return ref
