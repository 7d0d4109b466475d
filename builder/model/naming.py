"""Names as keys: how an author's words become something a machine can hold on to."""

from __future__ import annotations

import re
import unicodedata


def anchor(heading: str) -> str:
    """GitHub's anchor of a heading's text: lower case, punctuation dropped, spaces to hyphens."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    kept = "".join(c for c in words if c in " -_" or unicodedata.category(c)[0] in "LNM")
    return kept.replace(" ", "-")


def slug(words: str) -> str:
    """An ASCII key of ``[a-z0-9-]``: accents dropped, everything else a single hyphen; may be empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
