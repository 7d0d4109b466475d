"""Names as keys: how an author's words become something a machine can hold on to."""

from __future__ import annotations

import re
import unicodedata

FACT = re.compile(r"[^\W\d][\w-]*")
"""The name of a municipality's own fact; anything else after ``lokaal:`` is the fact itself."""

_LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def anchor(heading: str) -> str:
    """The anchor GitHub gives a heading of that text: lower case, punctuation dropped, spaces to hyphens.

    Letters of any script, their marks, digits, hyphens and underscores stay; of a link its words.
    """
    words = _LINKED.sub(r"\1", heading).strip().lower()
    kept = (
        each
        for each in words
        if each.isalnum() or each in " -_" or unicodedata.category(each)[0] == "M" or each.isspace()
    )
    return re.sub(r"\s", "-", "".join(kept))


def slug(words: str) -> str:
    """An ASCII key of ``[a-z0-9-]``: accents dropped, everything else a single hyphen; may be empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
