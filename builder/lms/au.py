"""A strict cmi5 LMS: the one-time token, State and statements (cmi5 sections 7 to 11, xAPI 1.0.3 part 3).

From a request to an answer, without a network. Each call has a line in the log, in the shape of ``src/log.ts``; a
broken rule is its ``violation``, and the call is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha1
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from builder.lms.registration import Launch, Registration
from builder.lms.server import LogEntry, Request
from builder.lms.statements import CMI5, VERBS, Broken, Expected, Json, broken, verb_of

LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"
VERSION = "1.0.3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the LMS says; a status of 0 is a connection that is closed without a word."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    violations: tuple[Broken, ...] = ()
    fault: str | None = None


@dataclass(slots=True)
class AuSession:
    """One launch. ``base`` is its address, ending in a slash; ``faults``, those of README.md, may be replaced."""

    identifier: str
    base: str
    launch: Launch
    registration: Registration
    faults: list[dict[str, Any]] = field(default_factory=list)
    token: str = field(default_factory=lambda: str(uuid4()))
    fetched: bool = False
    read: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)

    @property
    def actor(self) -> Json:
        """The learner as an Agent with an account (section 8.1)."""
        account = {"homePage": "https://lms.example", "name": self.launch.learner}
        return {"objectType": "Agent", "account": account, "name": self.launch.name}

    @property
    def template(self) -> Json:
        """The context that each statement begins with."""
        return {
            "contextActivities": {"grouping": [{"objectType": "Activity", "id": self.launch.publisher}]},
            "extensions": {f"{CMI5}context/extensions/sessionid": self.identifier},
        }

    def query(self) -> str:
        """The launch as the query of the unit's address."""
        values = {
            "endpoint": f"{self.base}xapi",
            "fetch": f"{self.base}fetch",
            "actor": json.dumps(self.actor),
            "registration": self.registration.identifier,
            "activityId": self.launch.activity,
        }
        return urlencode(values)

    def launch_data(self) -> bytes:
        """The document ``LMS.LaunchData`` (section 10)."""
        launch = self.launch
        data = {
            "contextTemplate": self.template,
            "launchMode": launch.mode,
            "launchMethod": "AnyWindow",
            "moveOn": launch.move_on,
            **({} if launch.mastery is None else {"masteryScore": launch.mastery}),
            **({"returnURL": launch.return_url} if launch.return_url else {}),
        }
        return json.dumps(data).encode()

    def delay(self, request: Request) -> float:
        """Seconds before a save is even looked at."""
        slow = next((each for each in self.faults if each["name"] == "slow"), None)
        return float(slow["ms"]) / 1000 if slow and _writes(request) else 0.0

    def answer(self, request: Request) -> Reply:
        """Answer a call, and write it in the log."""
        answer = self._faulty(request) or self._answered(request)
        rules = [rule for rule, _ in answer.violations]
        self.log.append(
            {
                "session": self.identifier,
                "number": len(self.log) + 1,
                "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "call": f"{request.method} {request.path.removeprefix('xapi/').removeprefix('activities/')}",
                "arguments": _told(request),
                "result": str(answer.status),
                "error": "0" if 200 <= answer.status < 300 else str(answer.status),
                "why": "; ".join(why for _, why in answer.violations),
                "violation": ", ".join(dict.fromkeys(rules)) or None,
                "fault": answer.fault,
                "stored": (200 <= answer.status < 300 and answer.fault is None) if _writes(request) else None,
            }
        )
        return answer

    # Faults on command.

    def _faulty(self, request: Request) -> Reply | None:
        for fault in list(self.faults):
            if request.path.startswith("xapi/") and fault.get("after", 0) > 0:
                fault["after"] -= 1
                continue
            answer = self._fault(fault["name"], fault, request)
            if answer is None:
                continue
            if "times" in fault:
                fault["times"] -= 1
                if fault["times"] <= 0:
                    self.faults.remove(fault)
            return answer
        return None

    def _fault(self, name: str, fault: Mapping[str, Any], request: Request) -> Reply | None:
        document = request.path == "xapi/activities/state"
        match name:
            case "network-cut":
                return Reply(status=0, fault=name)
            case "session-lost" if request.path.startswith("xapi/"):
                return Reply(status=401, fault=name)
            case "refuse-set" if document and request.method == "PUT":
                return Reply(status=int(fault.get("status", 400)), fault=name)
            case "fail-commit" if _writes(request):
                return Reply(status=500, fault=name)
            case "lie-commit" if _writes(request):
                return Reply(status=204, fault=name)
            case "throws" if request.path.startswith("xapi/"):
                return Reply(status=200, body=b"<!doctype html><title>Log in</title>", fault=name)
            case "truncate" if (
                document and request.method == "GET" and request.query.get("stateId") != LAUNCH_DATA
            ):
                whole = self._answered(request)
                return Reply(
                    status=whole.status, body=whole.body[: fault["length"]], headers=whole.headers, fault=name
                )
        return None

    # What an LMS answers.

    def _answered(self, request: Request) -> Reply:
        if request.path == "fetch":
            return self._fetch(request)
        if request.path == "xapi/about":
            return _json({"version": [VERSION]})
        if not self.fetched or request.headers.get("authorization") != f"Basic {self.token}":
            return _refusal(401, "not-authorised", "not the token of this session")
        if not request.headers.get("x-experience-api-version", "").startswith("1.0"):
            return _refusal(400, "no-version", "no X-Experience-API-Version")
        match request.path:
            case "xapi/statements":
                return self._statements(request)
            case "xapi/activities/state":
                return self._state(request)
            case "xapi/agents/profile":
                return self._profile(request)
        return _refusal(404, "unknown-resource", f"there is no {request.path}")

    def _fetch(self, request: Request) -> Reply:
        if request.method != "POST":
            return _refusal(405, "fetch-method", "the token is asked for with POST")
        if self.fetched:
            text = "The token was given before."
            twice = (("fetch-twice", "the token is given once"),)
            return _json({"error-code": "1", "error-text": text}, violations=twice)
        self.fetched = True
        return _json({"auth-token": self.token})

    def _profile(self, request: Request) -> Reply:
        if request.method != "GET":
            return Reply(status=403)
        if request.query.get("profileId") == PREFERENCES and self._same(request.query.get("agent")):
            self.read.add(PREFERENCES)
            return Reply(status=404)
        return _refusal(400, "wrong-actor", "no profile of the learner launched")

    def _state(self, request: Request) -> Reply:
        query, method = request.query, request.method
        name = query.get("stateId", "")
        right = (self.launch.activity, self.registration.identifier)
        if (query.get("activityId"), query.get("registration")) != right or not self._same(
            query.get("agent")
        ):
            return _refusal(400, "wrong-state", "not the activity, registration and agent launched")
        if name == LAUNCH_DATA:
            if method != "GET":
                return _refusal(403, "launch-data-written", "LMS.LaunchData is the LMS's own")
            self.read.add(name)
            return _document(self.launch_data())
        documents = self.registration.documents
        if not name and method == "GET":
            return _json([LAUNCH_DATA, *documents])
        if method == "GET":
            return _document(documents[name]) if name in documents else Reply(status=404)
        if method not in ("PUT", "POST", "DELETE"):
            return Reply(status=405)
        if self.launch.mode != "Normal":
            return _refusal(403, "written-in-review", f"a document in mode {self.launch.mode}")
        if not _matches(request.headers, documents.get(name)):
            return Reply(status=412)
        if method == "DELETE":
            documents.pop(name, None)
        elif "content-type" not in request.headers:
            return _refusal(400, "no-content-type", "a document without a content type")
        else:
            documents[name] = request.body
        return Reply(status=204)

    def _statements(self, request: Request) -> Reply:
        if request.method == "GET":
            return _json({"statements": list(self._found(request.query)), "more": ""})
        if request.method not in ("POST", "PUT"):
            return Reply(status=405)
        try:
            given = json.loads(request.body)
            batch = given if isinstance(given, list) else [given]
            if request.method == "PUT" and batch[0].get("id") != request.query.get("statementId"):
                return _refusal(400, "id-form", "not the statement of the query")
            return self._take(batch)
        except (ValueError, AttributeError, IndexError):
            return _refusal(400, "no-statements", "no JSON of statements")

    def _take(self, batch: list[Json]) -> Reply:
        """All of a batch, or nothing of it."""
        kept, said, rules = dict(self.registration.statements), list(self.said), list[Broken]()
        for statement in batch:
            identifier = str(statement.get("id"))
            if identifier in kept:
                if kept[identifier] != statement:
                    return _refusal(409, "id-twice", "another statement has this id")
                continue
            rules += broken(statement, self._expected(said, kept))
            if verb_of(statement) == "initialized" and not {LAUNCH_DATA, PREFERENCES} <= self.read:
                rules.append(("unread", "launch data and preferences are read before Initialized"))
            kept[identifier] = statement
            said.append(verb_of(statement))
        if rules:
            return Reply(status=403, violations=tuple(rules))
        self.registration.statements, self.said = kept, said
        return _json([statement["id"] for statement in batch])

    def _expected(self, said: list[str], kept: Mapping[str, Json]) -> Expected:
        return Expected(
            actor=self.actor,
            registration=self.registration.identifier,
            activity=self.launch.activity,
            template=self.template,
            mode=self.launch.mode,
            mastery=self.launch.mastery,
            said=tuple(said),
            known=frozenset(verb_of(each) for each in kept.values()),
        )

    def _found(self, query: Mapping[str, str]) -> Iterator[Json]:
        """Statements by verb, activity and registration, the newest first."""
        limit = int(query.get("limit", "0")) or None
        found = [
            each
            for each in reversed(self.registration.statements.values())
            if query.get("verb", VERBS + verb_of(each)) == VERBS + verb_of(each)
            and query.get("activity", each["object"]["id"]) == each["object"]["id"]
            and query.get("registration", self.registration.identifier) == self.registration.identifier
        ]
        yield from found[:limit]

    def _same(self, agent: str | None) -> bool:
        try:
            return bool(json.loads(agent or "null") == self.actor)
        except ValueError:
            return False


def _writes(request: Request) -> bool:
    return request.path in ("xapi/statements", "xapi/activities/state") and request.method != "GET"


def _told(request: Request) -> list[str]:
    names = [request.query[name] for name in ("stateId", "verb", "profileId") if name in request.query]
    return [*names, *([request.body.decode("utf-8", "replace")] if request.body else [])]


def _matches(headers: Mapping[str, str], body: bytes | None) -> bool:
    """Whether a document is as the caller last saw it (RFC 9110, section 13); without a word of that it is."""
    if "if-match" in headers:
        return body is not None and headers["if-match"] in ("*", _etag(body))
    return headers.get("if-none-match") != "*" or body is None


def _etag(body: bytes) -> str:
    return f'"{sha1(body, usedforsecurity=False).hexdigest()}"'


def _document(body: bytes) -> Reply:
    return Reply(status=200, body=body, headers={"Content-Type": "application/json", "ETag": _etag(body)})


def _json(value: object, violations: tuple[Broken, ...] = ()) -> Reply:
    body = json.dumps(value).encode()
    return Reply(status=200, body=body, headers={"Content-Type": "application/json"}, violations=violations)


def _refusal(status: int, rule: str, why: str) -> Reply:
    return Reply(status=status, violations=((rule, why),))
