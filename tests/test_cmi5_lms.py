"""The strict cmi5 LMS without a network: what is right is taken, each wrong call refused by the name of its rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest

from builder.lms.au import AuSession, Reply
from builder.lms.registration import Launch, Registration
from builder.lms.server import Request
from builder.lms.statements import CMI5, VERBS

Statement = dict[str, Any]
SAVE = "waterlijn.save"


class Unit:
    """A unit that says exactly what a test wants."""

    def __init__(
        self, registration: Registration | None = None, *, begin: bool = True, **launch: Any
    ) -> None:
        self.registration = registration or Registration()
        self.session = AuSession(
            str(uuid4()),
            "http://127.0.0.1/cmi5/c1/",
            Launch(learner="an-1", name="An", **launch),
            self.registration,
        )
        self.headers = {"x-experience-api-version": "1.0.3", "content-type": "application/json"}
        if begin:
            token = json.loads(self.call("POST", "fetch").body)["auth-token"]
            self.headers["authorization"] = f"Basic {token}"
            self.state("GET", "LMS.LaunchData")
            self.call("GET", "xapi/agents/profile", profileId="cmi5LearnerPreferences", agent=self.agent)

    @property
    def agent(self) -> str:
        return json.dumps(self.session.actor)

    def call(self, method: str, path: str, body: object = None, **query: str) -> Reply:
        sent = b"" if body is None else json.dumps(body).encode()
        return self.session.answer(
            Request(method=method, path=path, query=query, headers=self.headers, body=sent)
        )

    def state(self, method: str, name: str, body: object = None, **changed: str) -> Reply:
        query = {
            "stateId": name,
            "activityId": self.session.launch.activity,
            "agent": self.agent,
            "registration": self.registration.identifier,
        }
        return self.call(method, "xapi/activities/state", body, **(query | changed))

    def statement(self, verb: str, **result: Any) -> Statement:
        """A right one."""
        context = deepcopy(dict(self.session.template)) | {"registration": self.registration.identifier}
        defined = verb not in ("answered", "progressed")
        names = [
            *(["cmi5"] if defined else []),
            *(["moveon"] if {"completion", "success"} & set(result) else []),
        ]
        context["contextActivities"] = context["contextActivities"] | {
            "category": [{"id": f"{CMI5}context/categories/{name}"} for name in names]
        }
        if verb in ("passed", "failed") and self.session.launch.mastery is not None:
            context["extensions"][f"{CMI5}context/extensions/masteryscore"] = self.session.launch.mastery
        return {
            "id": str(uuid4()),
            "actor": dict(self.session.actor),
            "verb": {"id": VERBS + verb},
            "object": {"id": self.session.launch.activity},
            "context": context,
            **({"result": result} if result else {}),
            "timestamp": "2026-11-24T10:00:00.123Z",
        }

    def say(self, *statements: Statement) -> list[str]:
        """The rules that were broken, none when all were taken."""
        reply = self.call("POST", "xapi/statements", list(statements))
        assert (reply.status == 200) == (not reply.violations)
        return [rule for rule, _ in reply.violations]


def right(unit: Unit) -> dict[str, Statement]:
    return {
        "initialized": unit.statement("initialized"),
        "completed": unit.statement("completed", completion=True, duration="PT1M2.5S"),
        "passed": unit.statement("passed", success=True, duration="PT0S", score={"scaled": 0.8}),
        "failed": unit.statement("failed", success=False, duration="PT0S"),
        "terminated": unit.statement("terminated", duration="PT12.34S"),
    }


def test_a_right_session_breaks_no_rule_and_satisfies() -> None:
    unit = Unit(move_on="CompletedAndPassed", mastery=0.7)
    said = right(unit)
    for verb in ("initialized", "completed", "passed", "terminated"):
        assert unit.registration.record("CompletedAndPassed")["satisfied"] == "false" or verb == "terminated"
        assert unit.say(said[verb]) == []
    assert unit.registration.record("CompletedAndPassed")["satisfied"] == "true"
    assert unit.say(said["completed"]) == []  # the same once more is no second
    assert unit.say(said["completed"] | {"timestamp": "2026-11-24T11:00:00Z"}) == ["id-twice"]
    assert [entry["violation"] for entry in unit.session.log][:-1] == [None] * (len(unit.session.log) - 1)


@pytest.mark.parametrize(
    ("move_on", "enough"),
    [
        ("NotApplicable", [set[str]()]),
        ("Completed", [{"completed"}]),
        ("Passed", [{"passed"}]),
        ("CompletedAndPassed", [{"completed", "passed"}]),
        ("CompletedOrPassed", [{"completed"}, {"passed"}]),
    ],
)
def test_what_satisfies(move_on: str, enough: list[set[str]]) -> None:
    for verbs in (set[str](), {"completed"}, {"passed"}, {"completed", "passed"}):
        unit = Unit(mastery=0.7)
        unit.say(*(right(unit)[verb] for verb in ("initialized", *sorted(verbs))))
        satisfied = unit.registration.record(move_on)["satisfied"] == "true"
        assert satisfied == any(each <= verbs for each in enough)


ORDERS = {
    "not-initialised-first": ["completed", "initialized"],
    "after-terminated": ["initialized", "terminated", "completed"],
    "verb-twice": ["initialized", "initialized"],
    "passed-and-failed": ["initialized", "failed", "passed"],
    "failed-after-passed": ["initialized", "passed", "failed"],
}


@pytest.mark.parametrize("rule", ORDERS)
def test_the_order_of_a_session(rule: str) -> None:
    unit = Unit()
    said = [right(unit)[verb] for verb in ORDERS[rule]]
    said = [each if each["verb"]["id"] != VERBS + "passed" else each | {"id": str(uuid4())} for each in said]
    assert rule in unit.say(*said[:-1]) + unit.say(*said)


def test_completed_and_passed_are_said_once_in_a_registration() -> None:
    first = Unit()
    assert first.say(*(right(first)[verb] for verb in ("initialized", "completed", "passed"))) == []
    second = Unit(first.registration)
    assert second.say(right(second)["initialized"]) == []
    assert second.say(right(second)["completed"]) == ["registration-twice"]
    assert second.say(right(second)["passed"]) == ["registration-twice"]
    assert second.say(right(second)["failed"]) == ["failed-after-passed"]


def test_in_review_and_browse_nothing_but_the_frame_is_said_or_kept() -> None:
    for mode in ("Review", "Browse"):
        unit = Unit(mode=mode)
        assert unit.say(right(unit)["initialized"]) == []
        assert unit.say(right(unit)["completed"]) == ["written-in-review"]
        assert [rule for rule, _ in unit.state("PUT", SAVE, {}).violations] == ["written-in-review"]
        assert unit.say(right(unit)["terminated"]) == []


def without(statement: Statement, *path: str) -> None:
    *above, last = path
    for name in above:
        statement = statement[name]
    del statement[last]


WRONG: dict[str, tuple[str, str, Callable[[Statement], object]]] = {
    "no id": ("id-form", "completed", lambda it: it.update(id="1")),
    "another id": ("id-form", "completed", lambda it: it.update(id="1a25de6c-47da-1272-98ff-2052525ccd2f")),
    "no time": ("timestamp-form", "completed", lambda it: without(it, "timestamp")),
    "local time": ("timestamp-form", "completed", lambda it: it.update(timestamp="2026-11-24T10:00:00+01:00")),
    "actor": ("wrong-actor", "completed", lambda it: it["actor"].update(name="Mo")),
    "object": ("wrong-object", "completed", lambda it: it["object"].update(id="https://x.example")),
    "registration": ("wrong-registration", "completed", lambda it: without(it, "context", "registration")),
    "session": ("template-missing", "completed", lambda it: without(it, "context", "extensions")),
    "grouping": ("template-missing", "completed", lambda it: without(it, "context", "contextActivities", "grouping")),
    "category": ("category", "completed", lambda it: it["context"]["contextActivities"]["category"].pop(0)),
    "moveon": ("moveon-category", "completed", lambda it: it["context"]["contextActivities"]["category"].pop(1)),
    "mastery": ("mastery-extension", "passed", lambda it: it["context"]["extensions"].popitem()),
    "result": ("result", "completed", lambda it: it["result"].update(success=True)),
    "no completion": ("result", "completed", lambda it: it["result"].update(completion=False)),
    "no duration": ("duration-form", "terminated", lambda it: without(it, "result", "duration")),
    "decimals": ("duration-form", "terminated", lambda it: it["result"].update(duration="PT1.234S")),
    "empty": ("duration-form", "terminated", lambda it: it["result"].update(duration="PT")),
    "score": ("score-outside", "completed", lambda it: it["result"].update(score={"scaled": 1})),
    "scaled": ("score-form", "passed", lambda it: it["result"].update(score={"scaled": 80})),
    "raw": ("score-form", "passed", lambda it: it["result"].update(score={"raw": 80})),
    "too low": ("mastery-disagrees", "passed", lambda it: it["result"].update(score={"scaled": 0.5})),
    "too high": ("mastery-disagrees", "failed", lambda it: it["result"].update(score={"scaled": 0.7})),
    "progress": ("progress-form", "passed", lambda it: it["result"].update(
        extensions={f"{CMI5}result/extensions/progress": 0.5})),
    "progress of what is complete": ("progress-form", "completed", lambda it: it["result"].update(
        extensions={f"{CMI5}result/extensions/progress": 100})),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_statement(case: str) -> None:
    rule, verb, spoil = WRONG[case]
    unit = Unit(mastery=0.7)
    assert unit.say(right(unit)["initialized"]) == []
    statement = right(unit)[verb]
    spoil(statement)
    assert rule in unit.say(statement)
    assert unit.registration.known == {"initialized"}


def test_an_answer_is_one_of_the_choices_and_not_cmi5s_own() -> None:
    unit = Unit()
    unit.say(right(unit)["initialized"])
    answered = unit.statement("answered", response="b")
    answered["object"] = {
        "id": f"{unit.session.launch.activity}/scene",
        "definition": {"interactionType": "choice", "choices": [{"id": "a"}, {"id": "b"}]},
    }
    assert unit.say(answered) == []
    assert unit.say(answered | {"id": str(uuid4()), "result": {"response": "c"}}) == ["interaction"]
    answered["context"]["contextActivities"]["category"] = [{"id": f"{CMI5}context/categories/cmi5"}]
    assert unit.say(answered | {"id": str(uuid4())}) == ["category"]


def test_a_batch_is_taken_whole_or_not_at_all() -> None:
    unit = Unit()
    said = right(unit)
    assert unit.say(said["initialized"], said["completed"] | {"id": "1"}) == ["id-form"]
    assert unit.registration.statements == {}
    assert unit.say(said["initialized"], said["completed"]) == []
    found = unit.call("GET", "xapi/statements", verb=f"{VERBS}completed", limit="1")
    assert [each["id"] for each in json.loads(found.body)["statements"]] == [said["completed"]["id"]]
    assert unit.call("POST", "xapi/statements", "no").violations[0][0] == "no-statements"
    alone = unit.statement("terminated", duration="PT1S")
    assert unit.call("PUT", "xapi/statements", alone, statementId=alone["id"]).status == 200
    assert unit.call("PUT", "xapi/statements", alone, statementId="x").violations[0][0] == "id-form"


def test_the_token_is_given_once_and_needed_always() -> None:
    unit = Unit(begin=False)
    assert unit.call("GET", "fetch").violations[0][0] == "fetch-method"
    assert unit.state("GET", SAVE).violations[0][0] == "not-authorised"
    assert unit.call("GET", "xapi/about").status == 200
    token = json.loads(unit.call("POST", "fetch").body)["auth-token"]
    again = unit.call("POST", "fetch")
    assert (again.status, json.loads(again.body)["error-code"]) == (200, "1")
    assert again.violations[0][0] == "fetch-twice"
    unit.headers["authorization"] = f"Basic {token}"
    assert unit.say(right(unit)["initialized"]) == ["unread"]
    assert unit.call("GET", "xapi/activities").violations[0][0] == "unknown-resource"
    del unit.headers["x-experience-api-version"]
    assert unit.state("GET", SAVE).violations[0][0] == "no-version"


def test_a_document_is_not_written_over_unseen() -> None:
    unit = Unit()
    assert unit.state("GET", SAVE).status == 404
    unit.headers["if-none-match"] = "*"
    assert unit.state("PUT", SAVE, 1).status == 204
    assert unit.state("PUT", SAVE, 2).status == 412
    del unit.headers["if-none-match"]
    unit.headers["if-match"] = unit.state("GET", SAVE).headers["ETag"]
    assert unit.state("PUT", SAVE, 3).status == 204
    assert unit.state("PUT", SAVE, 4).status == 412
    del unit.headers["if-match"]
    assert json.loads(unit.state("GET", SAVE).body) == 3
    assert json.loads(unit.state("GET", "").body) == ["LMS.LaunchData", SAVE]
    assert unit.state("GET", SAVE, registration=str(uuid4())).violations[0][0] == "wrong-state"
    assert unit.state("PUT", "LMS.LaunchData", 1).violations[0][0] == "launch-data-written"
    del unit.headers["content-type"]
    assert unit.state("PUT", SAVE, 5).violations[0][0] == "no-content-type"
    assert unit.state("DELETE", SAVE).status == 204
    assert unit.state("GET", SAVE).status == 404


@pytest.mark.parametrize(
    ("fault", "statuses"),
    [
        ({"name": "refuse-set"}, [200, 200, 400]),
        ({"name": "refuse-set", "status": 403}, [200, 200, 403]),
        ({"name": "fail-commit", "times": 1}, [200, 500, 204]),
        ({"name": "lie-commit"}, [200, 204, 204]),
        ({"name": "session-lost", "after": 1}, [200, 401, 401]),
        ({"name": "network-cut"}, [0, 0, 0]),
        ({"name": "truncate", "length": 3}, [200, 200, 204]),
        ({"name": "throws", "times": 1}, [200, 200, 204]),
    ],
)  # fmt: skip
def test_a_fault_decides_the_answer(fault: dict[str, Any], statuses: list[int]) -> None:
    unit = Unit()
    unit.state("PUT", SAVE, "saved before")
    unit.session.faults.append(fault)
    got = [unit.state("GET", SAVE), unit.call("POST", "xapi/statements", [right(unit)["initialized"]])]
    got.append(unit.state("PUT", SAVE, "saved"))
    assert [each.status for each in got] == statuses
    assert any(entry["fault"] == fault["name"] for entry in unit.session.log)
    kept = unit.registration.documents[SAVE] == b'"saved"'
    assert kept == (fault["name"] in ("fail-commit", "truncate", "throws"))
