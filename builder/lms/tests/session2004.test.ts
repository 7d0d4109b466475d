import assert from "node:assert/strict";
import test from "node:test";
import type { Fault } from "../src/faults.js";
import type { ProfileName } from "../src/profiles.js";
import { SCORM2004, SCORM2004_3RD } from "../src/scorm2004.js";
import { addDuration } from "../src/session2004.js";
import type { Elements, Launch } from "../src/standard.js";
import { desk, type Desk } from "./desk.js";

const ALL: readonly ProfileName[] = ["mandatory", "realistic", "full"];

const at = (
  profile: ProfileName = "full", record: Elements = {}, launch: Partial<Launch> = {}, faults: readonly Fault[] = [],
): Desk => desk(profile, record, launch, faults, SCORM2004);

function launched(...given: Parameters<typeof at>): Desk {
  const lms = at(...given);
  assert.equal(lms.call("Initialize", ""), "true");
  return lms;
}

function set(lms: Desk, values: Elements): void {
  for (const [element, value] of Object.entries(values)) assert.equal(lms.call("SetValue", element, value), "true", element);
}

const TIMED = { "cmi.session_time": "PT10.5S" };
const SUSPENDED = { "cmi.exit": "suspend" };

for (const profile of ALL) {
  test(`2004 ${profile}: each call has its own number before the session, and after it`, () => {
    const calls = [
      ["GetValue", "122", "123", "cmi.location"], ["SetValue", "132", "133", "cmi.location", "x"],
      ["Commit", "142", "143", ""], ["Terminate", "112", "113", ""],
    ] as const;
    const early = at(profile);
    for (const [call, before, , ...given] of calls) {
      assert.notEqual(early.call(call, ...given), "true");
      assert.equal(early.error(), before);
    }
    assert.deepEqual(new Set(early.violations()), new Set(["before-initialise"]));
    const late = launched(profile);
    set(late, TIMED);
    assert.equal(late.call("Terminate", ""), "true");
    for (const [call, , after, ...given] of calls) {
      assert.notEqual(late.call(call, ...given), "true");
      assert.equal(late.error(), after);
    }
    assert.deepEqual([late.call("Initialize", ""), late.error()], ["false", "104"]);
    assert.deepEqual(late.violations(), [
      "after-finish", "after-finish", "after-finish", "finished-twice", "initialised-twice",
    ]);
  });

  test(`2004 ${profile}: a second initialise is refused and changes nothing`, () => {
    const lms = launched(profile);
    set(lms, { "cmi.suspend_data": "van An" });
    assert.deepEqual([lms.call("Initialize", ""), lms.error()], ["false", "103"]);
    assert.equal(lms.call("GetValue", "cmi.suspend_data"), "van An");
    assert.deepEqual(lms.violations(), ["initialised-twice"]);
  });

  test(`2004 ${profile}: everything is sent each time, so the next save repairs a lost one`, () => {
    const lms = launched(profile);
    set(lms, { "cmi.suspend_data": "é" });
    lms.outcome = "failed";
    assert.equal(lms.call("Commit", ""), "false");
    assert.equal(lms.error(), profile === "realistic" ? "101" : "391");
    lms.outcome = "stored";
    assert.equal(lms.call("Commit", ""), "true");
    assert.equal(lms.record["cmi.suspend_data"], "é");
    assert.deepEqual(lms.violations(), []);
  });

  test(`2004 ${profile}: only a suspended session gets its state back`, () => {
    const left = (exit: string) => ({
      "cmi.suspend_data": "s", "cmi.location": "l", "cmi.completion_status": "incomplete", "cmi.total_time": "PT10S",
      "cmi.interactions.0.id": "i", "cmi.session_time": "PT5S", "adl.nav.request": "suspendAll", "cmi.exit": exit,
    });
    for (const exit of ["suspend", "logout", "normal", "time-out", ""]) {
      const lms = launched(profile, left(exit));
      const back = exit === "suspend" || (exit === "logout" && profile === "full");
      assert.equal(lms.call("GetValue", "cmi.entry"), back ? "resume" : "ab-initio", exit);
      assert.equal(lms.call("GetValue", "cmi.suspend_data"), back ? "s" : "", exit);
      assert.equal(lms.error(), back ? "0" : "403", exit);
      assert.equal(lms.call("GetValue", "cmi.total_time"), back ? "PT10S" : "PT0H0M0S", exit);
      assert.equal(lms.call("GetValue", "cmi.interactions._count"), back ? "1" : "0", exit);
      assert.equal(lms.call("GetValue", "adl.nav.request"), "_none_", "that was of the session before");
      set(lms, TIMED);
      lms.call("Terminate", "");
      assert.equal(lms.record["cmi.total_time"], back ? "PT0H0M20.5S" : "PT0H0M10.5S", exit);
      assert.equal(lms.record["cmi.suspend_data"], back ? "s" : "", "what did not come back is gone");
      assert.equal(lms.record["cmi.exit"], "", "each session says anew how it ends");
    }
  });
}

test("2004: without a record there is no session", () => {
  for (const [profile, error] of [["full", "102"], ["realistic", "101"]] as const) {
    const lms = at(profile);
    lms.reachable = false;
    assert.deepEqual([lms.call("Initialize", ""), lms.error()], ["false", error]);
    lms.reachable = true;
    assert.equal(lms.call("Initialize", ""), "true");
  }
});

test("2004: an end that could not be stored may be tried again, but not on the realistic LMS", () => {
  for (const profile of ALL) {
    const lms = launched(profile);
    set(lms, TIMED);
    lms.outcome = "failed";
    assert.deepEqual([lms.call("Terminate", ""), lms.error()], ["false", profile === "realistic" ? "101" : "111"]);
    lms.outcome = "stored";
    assert.equal(lms.call("Terminate", ""), profile === "realistic" ? "false" : "true", profile);
  }
});

test("2004: the 3rd edition has room for 4,000 characters", () => {
  const lms = desk("full", {}, {}, [], SCORM2004_3RD);
  lms.call("Initialize", "");
  assert.equal(lms.call("SetValue", "cmi.suspend_data", "é".repeat(4000)), "true");
  assert.equal(lms.call("SetValue", "cmi.suspend_data", "é".repeat(4001)), "false");
  assert.equal(lms.error(), "406");
});

for (const [measure, said, stored] of [
  ["0.8", "incomplete", "completed"], ["0.79", "completed", "incomplete"], ["", "completed", "completed"],
] as const) {
  test(`2004: completion threshold 0.8: measure "${measure}", ${said} → ${stored}`, () => {
    for (const profile of ALL) {
      const lms = launched(profile, {}, { completionThreshold: "0.8" });
      set(lms, { "cmi.completion_status": said, ...TIMED, ...SUSPENDED, ...(measure ? { "cmi.progress_measure": measure } : {}) });
      lms.call("Commit", "");
      assert.equal(lms.record["cmi.completion_status"], said, "not before the end");
      lms.call("Terminate", "");
      assert.equal(lms.record["cmi.completion_status"], stored);
      assert.deepEqual(new Set(lms.violations()), new Set(measure ? ["status-disagrees"] : []));
    }
  });
}

for (const [scaled, said, stored] of [
  ["0.7", "failed", "passed"], ["0.69", "passed", "failed"], ["", "passed", "unknown"], ["0.9", "", "passed"],
] as const) {
  test(`2004: passing score 0.7: scaled "${scaled}", "${said}" → ${stored}, but as said on the realistic LMS`, () => {
    for (const profile of ALL) {
      const lms = launched(profile, {}, { scaledPassingScore: "0.7" });
      const score: Elements = scaled ? { "cmi.score.scaled": scaled, "cmi.score.raw": String(Number(scaled) * 100) } : {};
      set(lms, { ...(said ? { "cmi.success_status": said } : {}), ...score, ...TIMED });
      lms.call("Terminate", "");
      assert.equal(lms.record["cmi.success_status"] ?? "", profile === "realistic" ? said : stored, profile);
      assert.deepEqual(lms.violations(), ["status-disagrees"], profile);
    }
  });
}

test("2004: what agrees is no violation", () => {
  const launch = { scaledPassingScore: "0.7", completionThreshold: "1.0" };
  for (const profile of ALL) {
    const lms = launched(profile, {}, launch);
    set(lms, { "cmi.completion_status": "incomplete", "cmi.progress_measure": "0.99", ...SUSPENDED });
    lms.call("Commit", "");
    set(lms, { "cmi.score.raw": "33", "cmi.score.scaled": "0.33", "cmi.success_status": "failed" });
    lms.call("Commit", "");
    set(lms, { "cmi.score.raw": "90", "cmi.score.scaled": "0.9", "cmi.success_status": "passed" });
    set(lms, { "cmi.completion_status": "completed", "cmi.progress_measure": "1", ...TIMED });
    set(lms, { "adl.nav.request": "suspendAll" });
    assert.deepEqual([lms.call("Terminate", ""), lms.error()], ["true", "0"]);
    assert.deepEqual(lms.violations(), []);
  }
});

test("2004: a measure of 1 without a threshold says completed too, and completed says 1", () => {
  for (const [measure, status] of [["1", "incomplete"], ["0.5", "completed"], ["1", ""]] as const) {
    const lms = launched();
    set(lms, { "cmi.progress_measure": measure, ...(status ? { "cmi.completion_status": status } : {}) });
    lms.call("Commit", "");
    assert.deepEqual(lms.violations(), ["status-disagrees"], `${measure} ${status}`);
  }
});

test("2004: a scaled score goes with the same in raw", () => {
  for (const [raw, wrong] of [["", true], ["75", false], ["15", true], ["0.75", true]] as const) {
    const lms = launched();
    set(lms, { "cmi.score.scaled": "0.75", ...(raw ? { "cmi.score.raw": raw } : {}) });
    lms.call("Commit", "");
    assert.deepEqual(lms.violations(), wrong ? ["score-without-raw"] : [], raw);
  }
});

test("2004: a session takes time", () => {
  for (const [time, wrong] of [["", true], ["PT0S", true], ["PT0H0M0.00S", true], ["PT0.01S", false]] as const) {
    const lms = launched();
    if (time) set(lms, { "cmi.session_time": time });
    lms.call("Terminate", "");
    assert.deepEqual(lms.violations(), wrong ? ["no-session-time"] : [], time);
  }
});

for (const [request, says] of [
  ["suspendAll", "true"], ["continue", "true"], ["previous", "true"], ["exit", "false"], ["abandon", "false"],
  ["abandonAll", "false"], ["exitAll", "throws"],
] as const) {
  test(`2004: ${request} and the end: true by the standard, ${says} on the realistic LMS; stored all the same`, () => {
    for (const profile of ALL) {
      const lms = launched(profile);
      set(lms, { "cmi.suspend_data": "s", "adl.nav.request": request, ...TIMED });
      const end = (): string => lms.call("Terminate", "");
      const expected = profile === "realistic" ? says : "true";
      if (expected === "throws") assert.throws(end, SyntaxError);
      else assert.equal(end(), expected);
      assert.equal(lms.error(), expected === "true" ? "0" : "101");
      assert.equal(lms.record["cmi.suspend_data"], "s");
      assert.equal(lms.record["cmi.total_time"], "PT0H0M10.5S");
      assert.equal(lms.call("Terminate", ""), "false", "it is over");
      assert.deepEqual(lms.violations(), ["finished-twice"], "the request itself is no mistake");
    }
  });
}

test("2004: nothing earned is taken back", () => {
  const before = { "cmi.completion_status": "completed", "cmi.success_status": "passed", ...SUSPENDED };
  for (const [element, value, rule] of [
    ["cmi.completion_status", "incomplete", "status-downgraded"], ["cmi.completion_status", "unknown", "status-downgraded"],
    ["cmi.success_status", "failed", "status-downgraded"], ["cmi.success_status", "unknown", "status-downgraded"],
    ["cmi.completion_status", "completed", null], ["cmi.success_status", "passed", null],
  ] as const) {
    const lms = launched("realistic", before);
    set(lms, { [element]: value });
    assert.deepEqual(lms.violations(), rule ? [rule] : [], `${element} ${value}`);
  }
  const again = launched("realistic", { "cmi.completion_status": "completed", "cmi.success_status": "failed", ...SUSPENDED });
  set(again, { "cmi.success_status": "passed" });
  assert.deepEqual(again.violations(), [], "failed may become passed");
  const anew = launched("realistic", { ...before, "cmi.exit": "normal" });
  set(anew, { "cmi.completion_status": "incomplete" });
  assert.deepEqual(anew.violations(), ["status-downgraded"], "a new attempt takes it away as well");
});

test("2004: review: protected or not, the verdict sees it", () => {
  const before = { "cmi.completion_status": "completed", "cmi.total_time": "PT1M", "cmi.exit": "normal", "cmi.suspend_data": "s" };
  for (const profile of ALL) {
    const lms = launched(profile, before, { mode: "review", credit: "no-credit" });
    assert.equal(lms.call("GetValue", "cmi.mode"), "review");
    set(lms, { "cmi.completion_status": "incomplete", "cmi.progress_measure": "1", "cmi.score.scaled": "0.1", "cmi.location": "mag" });
    lms.call("Terminate", "");
    assert.equal(lms.record["cmi.completion_status"], profile === "full" ? "completed" : "incomplete");
    assert.equal(lms.record["cmi.total_time"], "PT1M");
    assert.equal(lms.record["cmi.suspend_data"], "s", "a look back empties nothing");
    assert.equal(lms.record["cmi.exit"], "normal");
    assert.deepEqual(lms.violations(), ["written-in-review", "written-in-review", "written-in-review"], "and that is all");
  }
});

test("2004: without credit nothing is to be written either", () => {
  const lms = launched("full", {}, { credit: "no-credit" });
  set(lms, { "cmi.success_status": "passed", "cmi.suspend_data": "mag" });
  assert.deepEqual(lms.violations(), ["written-in-review"]);
});

test("2004: what an earlier attempt emptied was never set", () => {
  const lms = launched("full", { "cmi.suspend_data": "", "cmi.score.raw": "", ...SUSPENDED });
  for (const element of ["cmi.suspend_data", "cmi.score.raw"]) {
    assert.deepEqual([lms.call("GetValue", element), lms.error()], ["", "403"]);
  }
});

test("2004: faults are the LMS's, also under these names", () => {
  const lms = launched("full", {}, {}, [
    { name: "refuse-set", elements: ["cmi.interactions"] }, { name: "throws", calls: ["Commit"], times: 1 },
    { name: "truncate", length: 2 }, { name: "lie-commit", times: 1 },
  ]);
  assert.deepEqual([lms.call("SetValue", "cmi.interactions.0.id", "i"), lms.error()], ["false", "101"]);
  set(lms, { "cmi.suspend_data": "één" });
  assert.equal(lms.call("GetValue", "cmi.suspend_data"), "éé");
  assert.throws(() => lms.call("Commit", ""), TypeError);
  assert.equal(lms.call("Commit", ""), "true");
  assert.deepEqual(lms.record, {});
  assert.equal(lms.call("Commit", ""), "true");
  assert.equal(lms.record["cmi.suspend_data"], "één");
  assert.deepEqual(lms.violations(), []);
});

test("2004: error strings are those of the standard", () => {
  const lms = launched();
  lms.call("SetValue", "cmi.score.scaled", "1.5");
  assert.equal(lms.error(), "407");
  assert.match(lms.call("GetErrorString", "407"), /out of range/);
  assert.match(lms.call("GetDiagnostic", ""), /cmi\.score\.scaled must be from -1 to 1/);
  const known = new Set(Object.keys(SCORM2004.errors));
  assert.deepEqual(Object.values(SCORM2004.codes).filter((code) => !known.has(code)), []);
});

test("durations add up", () => {
  assert.equal(addDuration("", ""), "PT0H0M0S");
  assert.equal(addDuration("PT59M59.99S", "PT0.01S"), "PT1H0M0S");
  assert.equal(addDuration("P1DT1H", "P1M"), "PT745H0M0S");
  assert.equal(addDuration("PT0.1S", "PT0.25S"), "PT0H0M0.35S");
});
