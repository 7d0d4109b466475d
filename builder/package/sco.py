"""What an LMS launches and keeps a record of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Sco:
    """A SCO (SCORM) or assignable unit (cmi5) of a package: its page in the site, and what it is called.

    ``key`` is unique in the course and the same in every version: lower-case ASCII letters, digits and hyphens.
    """

    key: str
    title: str
    page: PurePosixPath
