"""One learner and one course at a cmi5 LMS: how it is launched, what is kept of it, whether that satisfies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from builder.lms.statements import JUDGED, Json, verb_of

_SATISFIED: Mapping[str, tuple[frozenset[str], ...]] = {
    "NotApplicable": (frozenset(),),
    "Completed": (frozenset({"completed"}),),
    "Passed": (frozenset({"passed"}),),
    "CompletedAndPassed": (frozenset({"completed", "passed"}),),
    "CompletedOrPassed": (frozenset({"completed"}), frozenset({"passed"})),
}
"""By ``moveOn``: one of these sets of verbs is enough. Whatever else a package says counts as the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """How an assignable unit is launched: by whom, in which mode, and what the LMS demands of it."""

    learner: str
    name: str
    activity: str = "https://lms.example/activities/au"
    publisher: str = "https://lms.example/cursus/au"
    mode: str = "Normal"
    move_on: str = "Completed"
    mastery: float | None = None
    return_url: str = ""


@dataclass(slots=True)
class Registration:
    """What is kept of one learner and one course, over all sessions."""

    identifier: str = field(default_factory=lambda: str(uuid4()))
    documents: dict[str, bytes] = field(default_factory=dict)
    statements: dict[str, Json] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[str]:
        """The verbs of its statements."""
        return frozenset(verb_of(each) for each in self.statements.values())

    def record(self, move_on: str) -> dict[str, str]:
        """What a tester reads: the documents by their ids, the verdicts that were told, and whether that satisfies."""
        documents = {name: body.decode("utf-8", "replace") for name, body in self.documents.items()}
        told = {verb: "true" for verb in JUDGED if verb in self.known}
        satisfied = any(verbs <= self.known for verbs in _SATISFIED.get(move_on, _SATISFIED["NotApplicable"]))
        return {**documents, **told, "satisfied": str(satisfied).lower()}
