import assert from "node:assert/strict";
import test from "node:test";
import { line } from "../src/log.js";
import type { ProfileName } from "../src/profiles.js";
import { addTime } from "../src/session12.js";
import { desk } from "./desk.js";

const ALL: readonly ProfileName[] = ["mandatory", "realistic", "full"];

for (const profile of ALL) {
  test(`${profile}: nothing but initialise before the session`, () => {
    const lms = desk(profile);
    for (const [call, ...given] of [["GetValue", "cmi.suspend_data"], ["SetValue", "cmi.suspend_data", "x"],
      ["Commit", ""], ["Finish", ""]] as const) {
      assert.notEqual(lms.call(call, ...given), "true");
      assert.equal(lms.error(), "301");
    }
    assert.deepEqual(new Set(lms.violations()), new Set(["before-initialise"]));
    assert.deepEqual(lms.saves, []);
  });

  test(`${profile}: nothing after the session`, () => {
    const lms = desk(profile);
    lms.call("Initialize", "");
    lms.call("SetValue", "cmi.core.session_time", "00:00:01.00");
    assert.equal(lms.call("Finish", ""), "true");
    assert.equal(lms.call("SetValue", "cmi.suspend_data", "x"), "false");
    assert.equal(lms.error(), "301");
    assert.equal(lms.call("Finish", ""), "false");
    assert.equal(lms.call("Initialize", ""), "false");
    assert.deepEqual(lms.violations(), ["after-finish", "finished-twice", "initialised-twice"]);
  });

  test(`${profile}: commit says true after a refused value`, () => {
    const lms = desk(profile);
    lms.call("Initialize", "");
    assert.equal(lms.call("SetValue", "cmi.suspend_data", "é"), "false");
    assert.equal(lms.call("Commit", ""), "true");
    assert.equal(lms.record["cmi.suspend_data"] ?? "", "");
  });

  test(`${profile}: a failed save is told`, () => {
    const lms = desk(profile);
    lms.call("Initialize", "");
    lms.outcome = "failed";
    assert.equal(lms.call("Commit", ""), "false");
    assert.equal(lms.error(), "101");
  });

  test(`${profile}: without a record there is no session`, () => {
    const lms = desk(profile);
    lms.reachable = false;
    assert.equal(lms.call("Initialize", ""), "false");
    lms.reachable = true;
    assert.equal(lms.call("Initialize", ""), "true");
    assert.deepEqual(lms.violations(), []);
  });
}

test("the argument is the empty string", () => {
  const lms = desk();
  assert.equal(lms.call("Initialize"), "false");
  assert.equal(lms.error(), "201");
  assert.equal(lms.call("Initialize", "x"), "false");
  assert.equal(lms.call("Initialize", ""), "true");
  assert.equal(lms.call("Commit", "now"), "false");
  assert.equal(lms.error(), "201");
});

test("asking about errors keeps the error; the next call clears it", () => {
  const lms = desk();
  lms.call("Initialize", "");
  lms.call("GetValue", "cmi.core.exit");
  assert.equal(lms.call("GetErrorString", "404"), "Element is write only");
  assert.match(lms.call("GetDiagnostic", ""), /cmi\.core\.exit/);
  assert.equal(lms.error(), "404");
  lms.call("GetValue", "cmi.core.entry");
  assert.equal(lms.error(), "0");
  assert.equal(lms.call("GetErrorString", "999"), "");
});

test("a value that is no string is taken and noted", () => {
  const lms = desk();
  lms.call("Initialize", "");
  assert.equal(lms.call("SetValue", "cmi.core.score.raw", 80), "true");
  assert.equal(lms.call("GetValue", "cmi.core.score.raw"), "80");
  assert.deepEqual(lms.violations(), ["not-a-string"]);
});

test("realistic: a second initialise wipes the model; elsewhere it does not", () => {
  for (const profile of ALL) {
    const lms = desk(profile);
    lms.call("Initialize", "");
    lms.call("SetValue", "cmi.suspend_data", "van An");
    assert.equal(lms.call("Initialize", ""), "false");
    assert.equal(lms.error(), "101");
    assert.equal(lms.call("GetValue", "cmi.suspend_data"), profile === "realistic" ? "" : "van An", profile);
  }
});

test("realistic: only changes are sent, and a lost change is not sent again until it changes", () => {
  const lms = desk("realistic");
  lms.call("Initialize", "");
  lms.call("SetValue", "cmi.core.lesson_location", "a");
  lms.outcome = "failed";
  assert.equal(lms.call("Commit", ""), "false");
  lms.outcome = "stored";
  lms.call("SetValue", "cmi.core.lesson_location", "a");
  assert.equal(lms.call("Commit", ""), "true");
  assert.equal(lms.record["cmi.core.lesson_location"], undefined);
  lms.call("SetValue", "cmi.core.lesson_location", "b");
  lms.call("Commit", "");
  assert.deepEqual(lms.saves.at(-1), { "cmi.core.lesson_location": "b" });
});

test("the others send everything again", () => {
  const lms = desk("full");
  lms.call("Initialize", "");
  lms.call("SetValue", "cmi.core.lesson_location", "a");
  lms.outcome = "failed";
  lms.call("Commit", "");
  lms.outcome = "stored";
  lms.call("Commit", "");
  assert.equal(lms.record["cmi.core.lesson_location"], "a");
});

test("entry and what comes back", () => {
  const left = (exit: string) =>
    ({ "cmi.core.lesson_status": "incomplete", "cmi.suspend_data": "s", "cmi.core.lesson_location": "l", "cmi.core.exit": exit });
  const cases: readonly (readonly [ProfileName, string, string, string])[] = [
    ["full", "suspend", "resume", "s"], ["full", "", "", "s"], ["full", "time-out", "", "s"],
    ["realistic", "logout", "", "s"],
    ["mandatory", "suspend", "resume", "s"], ["mandatory", "", "", ""],
  ];
  for (const [profile, exit, entry, data] of cases) {
    const lms = desk(profile, left(exit));
    lms.call("Initialize", "");
    assert.equal(lms.call("GetValue", "cmi.core.entry"), entry, `${profile} ${exit}`);
    assert.equal(lms.call("GetValue", "cmi.suspend_data"), data, `${profile} ${exit}`);
  }
});

test("each session says anew how it ended", () => {
  for (const profile of ALL) {
    const lms = desk(profile, { "cmi.core.lesson_status": "incomplete", "cmi.core.exit": "suspend" });
    lms.call("Initialize", "");
    lms.call("Commit", "");
    assert.equal(lms.record["cmi.core.exit"], "", profile);
  }
});

test("at finish: time adds up, and a status never set becomes completed", () => {
  const lms = desk("realistic", { "cmi.core.total_time": "0000:59:59.50" });
  lms.call("Initialize", "");
  lms.call("SetValue", "cmi.core.session_time", "00:00:00.75");
  lms.call("Finish", "");
  assert.equal(lms.record["cmi.core.total_time"], "0001:00:00.25");
  assert.equal(lms.record["cmi.core.lesson_status"], "completed");
});

test("at finish: an explicit status stays", () => {
  const lms = desk();
  lms.call("Initialize", "");
  lms.call("SetValue", "cmi.core.lesson_status", "incomplete");
  lms.call("Finish", "");
  assert.equal(lms.record["cmi.core.lesson_status"], "incomplete");
  assert.deepEqual(lms.violations(), ["no-session-time"]);
});

for (const look of [{ mode: "review" }, { mode: "browse" }, { credit: "no-credit" }] as const) {
  test(`at finish: a look back has no time to tell (${Object.values(look)[0]})`, () => {
    const lms = desk("full", {}, look);
    lms.call("Initialize", "");
    lms.call("Finish", "");
    assert.deepEqual(lms.violations(), []);
  });
}

for (const [raw, said, credit, stored] of [
  ["69.9", "passed", "credit", "failed"], ["70", "incomplete", "credit", "passed"],
  ["", "completed", "credit", "completed"], ["90", "completed", "no-credit", "completed"],
] as const) {
  test(`mastery 70: raw "${raw}", ${said}, ${credit} → ${stored}`, () => {
    const lms = desk("full", {}, { masteryScore: "70", credit });
    lms.call("Initialize", "");
    if (raw) lms.call("SetValue", "cmi.core.score.raw", raw);
    lms.call("SetValue", "cmi.core.lesson_status", said);
    lms.call("Commit", "");
    assert.equal(lms.record["cmi.core.lesson_status"], said, "not before finish");
    lms.call("Finish", "");
    assert.equal(lms.record["cmi.core.lesson_status"], stored);
  });
}

test("a finish that could not be stored may be tried again, but not on the realistic LMS", () => {
  for (const profile of ALL) {
    const lms = desk(profile);
    lms.call("Initialize", "");
    lms.call("SetValue", "cmi.core.session_time", "00:00:10.00");
    lms.outcome = "failed";
    assert.equal(lms.call("Finish", ""), "false");
    assert.equal(lms.error(), "101");
    lms.outcome = "stored";
    assert.equal(lms.call("Finish", ""), profile === "realistic" ? "false" : "true", profile);
    assert.equal(lms.record["cmi.core.total_time"], profile === "realistic" ? undefined : "0000:00:10.00");
  }
});

test("review: protected or not, the verdict sees it", () => {
  for (const profile of ALL) {
    const before = { "cmi.core.lesson_status": "passed", "cmi.core.exit": "suspend", "cmi.core.total_time": "0000:01:00.00" };
    const lms = desk(profile, before, { mode: "review", credit: "no-credit" });
    lms.call("Initialize", "");
    assert.equal(lms.call("SetValue", "cmi.core.lesson_status", "incomplete"), "true");
    lms.call("SetValue", "cmi.core.session_time", "00:01:00.00");
    lms.call("Finish", "");
    const stored = profile === "full" ? "passed" : "incomplete";
    assert.equal(lms.record["cmi.core.lesson_status"], stored, profile);
    assert.equal(lms.record["cmi.core.total_time"], "0000:01:00.00");
    assert.equal(lms.record["cmi.core.exit"], "suspend");
    assert.deepEqual(lms.violations(), ["written-in-review"]);
  }
});

test("browse: a status never set becomes browsed", () => {
  const lms = desk("realistic", {}, { mode: "browse", credit: "no-credit" });
  lms.call("Initialize", "");
  lms.call("Finish", "");
  assert.equal(lms.record["cmi.core.lesson_status"], "browsed");
});

test("a downgrade is one against what the server holds", () => {
  const lms = desk("realistic");
  lms.call("Initialize", "");
  lms.call("SetValue", "cmi.core.lesson_status", "completed");
  lms.outcome = "failed";
  lms.call("Commit", "");
  lms.call("SetValue", "cmi.core.lesson_status", "incomplete");
  assert.deepEqual(lms.violations(), [], "it was never stored");
  lms.outcome = "stored";
  lms.call("Commit", "");
  lms.call("SetValue", "cmi.core.lesson_status", "completed");
  lms.call("Commit", "");
  lms.call("SetValue", "cmi.core.lesson_status", "completed");
  assert.deepEqual(lms.violations(), []);
  lms.call("SetValue", "cmi.core.lesson_status", "incomplete");
  assert.deepEqual(lms.violations(), ["status-downgraded"]);
});

test("timespans add up", () => {
  assert.equal(addTime("", ""), "0000:00:00.00");
  assert.equal(addTime("00:59:59.99", "00:00:00.01"), "0001:00:00.00");
  assert.equal(addTime("9999:00:00", "01:00:00"), "9999:00:00.00");
});

test("a log line reads as a call", () => {
  const lms = desk();
  lms.call("Initialize", "");
  lms.call("GetValue", "cmi.core.score.raw");
  lms.call("SetValue", "cmi.core.exit", "normal");
  assert.deepEqual(lms.log.map(line), [
    '00:00:00.000 LMSInitialize("") → "true"',
    '00:00:00.000 LMSGetValue("cmi.core.score.raw") → ""',
    '00:00:00.000 LMSSetValue("cmi.core.exit", "normal") → "false" [405] cmi.core.exit may not be "normal" ' +
      "(6 characters) (violation: refused)",
  ]);
});
