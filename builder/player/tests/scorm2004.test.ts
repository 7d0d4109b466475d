import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";
import type { Fault } from "../../lms/src/faults.js";
import type { ProfileName } from "../../lms/src/profiles.js";
import { SCORM2004, SCORM2004_3RD } from "../../lms/src/scorm2004.js";
import type { Elements, Launch } from "../../lms/src/standard.js";
import { desk, type Desk } from "../../lms/tests/desk.js";
import type { Progress } from "../src/core-types.js";
import { duration, scorm2004, timestamp } from "../src/tracking/scorm2004.js";
import type { Opened, Tracking } from "../src/tracking/types.js";
import type { Settings } from "../src/tracking/scorm.js";
import { settings } from "./stand.js";

const SAVE = "1;1;1;3;-;c;;;;;;abc";
const TIME = "2026-11-24T10:11:12.13Z";
const decision = { id: "contact.spreekkamer", response: 2, label: "“Hoe gaat het écht?”\nvraag je" };
const ALL: readonly ProfileName[] = ["mandatory", "realistic", "full"];
const part = (measure: number): Progress => ({ complete: false, measure, score: null, success: null });
const whole = (score: number | null = null, success: boolean | null = null): Progress =>
  ({ complete: true, measure: 1, score, success });

const at = (profile: ProfileName, record: Elements = {}, launch: Partial<Launch> = {}, faults: readonly Fault[] = []): Desk =>
  desk(profile, record, launch, faults, SCORM2004);

function track(lms: Desk, more: Partial<Settings> = {}): Tracking {
  const calls = ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError"];
  const api = Object.fromEntries(calls.map((name) => [name, (...given: string[]) => lms.call(name, ...given)]));
  return over(api, more);
}

function over(api: object, more: Partial<Settings> = {}): Tracking {
  const page: Record<string, unknown> = { opener: null, API_1484_11: api };
  page.parent = page.top = page;
  return scorm2004(page as unknown as Window, settings({ limit: 64_000, time: () => TIME, ...more }));
}

/** What the LMS holds after these sessions, each with its results; no session breaks a rule. */
function after(profile: ProfileName, launch: Partial<Launch>, ...sessions: Progress[][]): Record<string, string> {
  let record: Elements = {};
  for (const results of sessions) {
    const lms = at(profile, record, launch);
    const tracking = track(lms);
    assert.deepEqual((tracking.open() as Opened).outcome, { ok: true });
    for (const result of results) {
      tracking.report(result);
      assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true });
    }
    assert.deepEqual(tracking.close(true), { ok: true });
    assert.deepEqual(lms.violations(), [], JSON.stringify(sessions));
    record = lms.record;
  }
  return record;
}

const told = (record: Elements): unknown[] =>
  ["completion_status", "success_status", "progress_measure", "score.raw", "score.scaled"].map((name) => record[`cmi.${name}`]);

for (const profile of ALL) {
  test(`2004 ${profile}: a whole session breaks no rule, and everything comes back`, () => {
    const lms = at(profile);
    const tracking = track(lms);
    assert.equal((tracking.open() as Opened).save, null);
    assert.deepEqual([lms.record["cmi.completion_status"], lms.record["cmi.exit"]], ["incomplete", "suspend"], "at once");
    assert.deepEqual(tracking.record(decision), { ok: true });
    tracking.report(part(0.5));
    assert.deepEqual(tracking.save(SAVE, "L1S0", false), { ok: true });
    assert.equal(lms.record["cmi.location"], "L1S0 1");
    assert.deepEqual(tracking.close(), { ok: true });
    assert.deepEqual(tracking.close(), { ok: true });
    assert.deepEqual(lms.violations(), []);
    assert.deepEqual(told(lms.record), ["incomplete", undefined, "0.5", undefined, undefined]);
    assert.match(lms.record["cmi.total_time"]!, /^PT0H0M[1-9][\d.]*S$/);
    const members = Object.entries(lms.record).filter(([name]) => name.startsWith("cmi.interactions.0."));
    assert.deepEqual(Object.fromEntries(members.map(([name, value]) => [name.slice(19), value])), {
      id: decision.id, type: "choice", learner_response: "c", result: "neutral", timestamp: TIME,
      description: "Hoe gaat het echt? vraag je",
    });
    const next = at(profile, lms.record);
    const again = track(next);
    const opened = again.open() as Opened;
    assert.deepEqual([opened.save, opened.mode, opened.complete], [SAVE, "normal", false]);
    again.record({ ...decision, response: 0 });
    again.close(true);
    assert.equal(next.record["cmi.interactions.1.learner_response"], "a", "decisions go on behind those of before");
    assert.equal(next.record["cmi.exit"], "suspend");
    assert.deepEqual(next.violations(), []);
  });

  test(`2004 ${profile}: completion, success, measure and score agree, whatever the LMS judges by`, () => {
    const unjudged = [{}, { completionThreshold: "1.0" }];
    for (const launch of unjudged) {
      assert.deepEqual(told(after(profile, launch, [part(0), part(0.3), whole()])), ["completed", undefined, "1", undefined, undefined]);
      assert.deepEqual(told(after(profile, launch, [whole(null, true)])), ["completed", "passed", "1", undefined, undefined]);
      assert.deepEqual(told(after(profile, launch, [whole(40, false)])), ["completed", "failed", "1", "40", "0.4"]);
      assert.deepEqual(told(after(profile, launch, [part(0.999)], [part(0.999)])), ["incomplete", undefined, "0.99", undefined, undefined]);
    }
    for (const launch of [...unjudged, { scaledPassingScore: "0.7", completionThreshold: "1.0" }]) {
      assert.deepEqual(told(after(profile, launch, [whole(40, false)], [whole(90, true)])), ["completed", "passed", "1", "90", "0.9"]);
      assert.deepEqual(told(after(profile, launch, [whole(90, true)], [whole(40, false)])), ["completed", "passed", "1", "90", "0.9"]);
      assert.deepEqual(told(after(profile, launch, [whole(70, true), whole(57, true)])), ["completed", "passed", "1", "70", "0.7"]);
    }
  });

  test(`2004 ${profile}: an LMS with another bar than the course is told what it judges itself`, () => {
    const record = after(profile, { scaledPassingScore: "0.8", completionThreshold: "0.5" }, [whole(75, true)]);
    assert.deepEqual(told(record), ["completed", "failed", "1", "75", "0.75"]);
  });

  test(`2004 ${profile}: a look back writes nothing, and the save stays`, () => {
    const before = { "cmi.completion_status": "completed", "cmi.suspend_data": SAVE, "cmi.exit": "suspend" };
    for (const launch of [{ mode: "review" }, { mode: "browse" }, { credit: "no-credit" }] as const) {
      const lms = at(profile, before, launch);
      const tracking = track(lms);
      const opened = tracking.open() as Opened;
      assert.deepEqual([opened.save, opened.mode, opened.complete], [SAVE, "mode" in launch ? launch.mode : "browse", true]);
      tracking.record(decision);
      tracking.report(whole(10, false));
      tracking.save("new", "c", false);
      tracking.close(true);
      assert.deepEqual(lms.violations(), []);
      for (const [element, value] of Object.entries(before)) assert.equal(lms.record[element], value, element);
    }
  });

  test(`2004 ${profile}: what a lost save brought is there after the next`, () => {
    const lms = at(profile);
    const tracking = track(lms);
    tracking.open();
    lms.faults.replace([{ name: "network-cut" }]);
    tracking.record(decision);
    tracking.report(whole(80, true));
    tracking.save(SAVE, "c", false);
    lms.faults.replace([]);
    assert.deepEqual(tracking.save(SAVE + "2", "c", true), { ok: true });
    assert.deepEqual(told(lms.record), ["completed", "passed", "1", "80", "0.8"]);
    assert.equal(lms.record["cmi.interactions.0.learner_response"], "c");
    assert.deepEqual(lms.violations(), []);
  });
}

test("2004: a refusal is told: of suspend data, of the status, of a commit, of an LMS that cuts or throws", () => {
  const outcome = (...faults: Fault[]): string[] => {
    const tracking = track(at("full", {}, {}, faults));
    return [(tracking.open() as Opened).outcome, tracking.save(SAVE, "c", false)].map((each) => ("why" in each ? each.why : "ok"));
  };
  assert.deepEqual(outcome({ name: "refuse-set", elements: ["cmi.suspend_data"] }), ["ok", "refused"]);
  assert.deepEqual(outcome({ name: "refuse-set", elements: ["cmi.completion_status"] }), ["refused", "refused"]);
  assert.deepEqual(outcome({ name: "fail-commit", times: 1 }), ["refused", "ok"]);
  assert.deepEqual(outcome({ name: "truncate", length: 10 }), ["ok", "refused"]);
  assert.deepEqual(outcome({ name: "throws", calls: ["Commit"] }), ["threw", "threw"]);
});

test("2004: every call may throw, and none of it comes out", () => {
  for (const call of ["Initialize", "GetValue", "SetValue", "Commit", "Terminate"]) {
    const tracking = track(at("full", {}, {}, [{ name: "throws", calls: [call] }]));
    tracking.open();
    tracking.record(decision);
    tracking.report(whole());
    tracking.save(SAVE, "c", true);
    tracking.close(true);
  }
});

test("2004: a save fits its edition", () => {
  for (const [standard, limit] of [[SCORM2004, 64_000], [SCORM2004_3RD, 4000]] as const) {
    const lms = desk("realistic", {}, {}, [], standard);
    const tracking = track(lms, { limit });
    tracking.open();
    assert.deepEqual(tracking.save("x".repeat(limit), "c", false), { ok: true });
    assert.deepEqual(tracking.save("x".repeat(limit + 1), "c", false), { ok: false, why: "refused" });
    tracking.close();
    assert.deepEqual(lms.violations(), []);
  }
});

test("2004: who passed before there was a score to reach keeps that: a score below it is not told", () => {
  const before = { "cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.exit": "suspend" };
  for (const [score, held] of [[40, undefined], [90, "0.9"]] as const) {
    const lms = at("realistic", before, { scaledPassingScore: "0.7" });
    const tracking = track(lms);
    tracking.open();
    tracking.report(whole(score, score >= 70));
    tracking.close();
    assert.deepEqual([lms.record["cmi.success_status"], lms.record["cmi.score.scaled"]], ["passed", held]);
  }
});

test("2004: more decisions than an LMS must keep are no mistake", () => {
  const lms = at("realistic");
  const tracking = track(lms);
  tracking.open();
  for (let index = 0; index < 260; index += 1) tracking.record({ ...decision, id: `scene.${index}` });
  assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true });
  tracking.close();
  assert.equal(lms.record["cmi.interactions.249.id"], "scene.249");
  assert.deepEqual(lms.violations(), []);
});

test("2004: a frame loaded anew goes on where the session was; after its end there is nothing to talk to", () => {
  const lms = at("full");
  const first = track(lms);
  first.open();
  first.record(decision);
  first.save(SAVE, "c", false);
  const second = track(lms);
  const opened = second.open() as Opened;
  assert.deepEqual([opened.save, opened.mode, opened.outcome], [SAVE, "normal", { ok: true }]);
  second.record({ ...decision, id: "contact.gang" });
  assert.deepEqual(second.save(SAVE + "2", "c", false), { ok: true });
  assert.equal(lms.record["cmi.interactions.1.id"], "contact.gang");
  second.close();
  assert.deepEqual(lms.violations(), ["initialised-twice"]);
  const third = track(lms);
  assert.equal(third.open(), null);
  assert.deepEqual(third.save(SAVE, "c", false), { ok: false, why: "no-api" });
  assert.equal(lms.record["cmi.suspend_data"], SAVE + "2");
});

for (const times of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, undefined]) {
  test(`2004: an LMS that cannot be read (${times ?? "always"}) is left alone`, () => {
    const before = { "cmi.completion_status": "completed", "cmi.suspend_data": SAVE, "cmi.exit": "suspend" };
    const lms = at("realistic", before, {}, [{ name: "throws", calls: ["GetValue"], ...(times && { times }) }]);
    assert.equal(track(lms).open(), null);
    assert.deepEqual(lms.saves, []);
    assert.deepEqual(lms.record, before);
  });
}

test("2004: decisions that were not taken are told with the next save; one without its description is no loss", () => {
  const lms = at("realistic");
  const tracking = track(lms);
  tracking.open();
  lms.faults.replace([{ name: "refuse-set", elements: ["cmi.interactions"] }]);
  tracking.record(decision);
  assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true });
  lms.faults.replace([{ name: "refuse-set", elements: ["cmi.interactions.0.description"] }]);
  tracking.record({ ...decision, id: "contact.gang", response: 0 });
  assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true });
  const found = [0, 1, 2].map((n) => [lms.record[`cmi.interactions.${n}.id`], lms.record[`cmi.interactions.${n}.learner_response`]]);
  assert.deepEqual(found, [[decision.id, "c"], ["contact.gang", "a"], [undefined, undefined]]);
  assert.equal(lms.record["cmi.interactions.0.timestamp"], TIME);
});

test("2004: only who chose to leave asks for the next thing", () => {
  for (const [asked, request] of [[true, "suspendAll"], [false, undefined]] as const) {
    const lms = at("realistic");
    const tracking = track(lms);
    tracking.open();
    assert.deepEqual(tracking.close(asked), { ok: true });
    assert.equal(lms.record["adl.nav.request"], request);
  }
});

test("2004: a finished lesson with a record of its own leads on to the next, where the LMS has one", () => {
  const grants = (valid: string): Partial<Launch> => ({ requests: { "adl.nav.request_valid.continue": valid } });
  const cases: [sco: string | undefined, launch: Partial<Launch>, progress: Progress, request: string][] = [
    ["les", grants("true"), whole(), "continue"],
    ["les", grants("true"), part(0.5), "suspendAll"],
    ["les", grants("false"), whole(), "suspendAll"],
    ["les", {}, whole(), "suspendAll"], // unknown
    [undefined, grants("true"), whole(), "suspendAll"],
  ];
  for (const [sco, given, progress, request] of cases) {
    const lms = at("realistic", {}, given);
    const tracking = track(lms, { sco });
    tracking.open();
    tracking.report(progress);
    tracking.save(SAVE, "c", false);
    assert.deepEqual(tracking.close(true), { ok: true });
    assert.equal(lms.record["adl.nav.request"], request, JSON.stringify([sco, given, progress]));
  }
});

test("durations and timestamps are as every LMS takes them", () => {
  assert.deepEqual([0, 3, 3_723_456, -5].map(duration), ["PT0H00M00.01S", "PT0H00M00.01S", "PT1H02M03.45S", "PT0H00M00.01S"]);
  assert.equal(timestamp(new Date(Date.UTC(2026, 10, 24, 9, 8, 7, 65))), "2026-11-24T09:08:07.06Z");
});

test("2004: scorm-again, a second opinion: two sessions are taken without an error", () => {
  const context = vm.createContext({ console, setTimeout, clearTimeout });
  context.window = context;
  vm.runInContext(readFileSync("node_modules/scorm-again/dist/scorm2004.js", "utf8"), context);
  const api = vm.runInContext("new Scorm2004API({ logLevel: 5 })", context) as Record<string, (...given: string[]) => string>;
  const errors: string[] = [];
  const calls = ["Initialize", "Terminate", "GetValue", "SetValue", "Commit"];
  const watched = Object.fromEntries(calls.map((call) => [call, (...given: string[]) => {
    const result = api[call]!(...given);
    const error = api.GetLastError!();
    // 403: asking for what was never set.
    if (error !== "0" && error !== "403") errors.push(`${call} ${given.join(" ")}: ${error}`);
    return result;
  }]));
  const tracking = over(watched);
  tracking.open();
  tracking.record(decision);
  tracking.report(whole(80, true));
  assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true });
  assert.deepEqual(tracking.close(true), { ok: true });
  assert.deepEqual(errors, []);
});
