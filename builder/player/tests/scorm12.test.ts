import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";
import { desk, LAUNCH } from "../../lms/tests/desk.js";
import type { ProfileName } from "../../lms/src/profiles.js";
import type { Progress } from "../src/core-types.js";
import { find } from "../src/tracking/find.js";
import { scorm12, timespan } from "../src/tracking/scorm12.js";
import type { Opened, Tracking } from "../src/tracking/types.js";
import { settings, track, windowOf } from "./stand.js";

const SAVE = "1;1;1;3;-;c;;;;;;abc";
const decision = { id: "contact.spreekkamer", response: 2, label: "Je vraagt door" };
const finished = { complete: true, measure: 1, score: null, success: null };
const opened = (tracking: Tracking): Opened => tracking.open() as Opened;

for (const profile of ["mandatory", "realistic", "full"] as ProfileName[]) {
  test(`${profile}: a whole session breaks no rule, and everything is stored`, () => {
    const lms = desk(profile);
    const tracking = track(lms);
    assert.deepEqual(opened(tracking), { save: null, mode: "normal", learner: LAUNCH.learner.id, complete: false, outcome: { ok: true } });
    assert.equal(lms.record["cmi.core.lesson_status"], "incomplete"); // at once, with the first commit
    assert.equal(lms.record["cmi.core.exit"], "suspend");
    assert.deepEqual(tracking.record(decision), { ok: true });
    assert.deepEqual(tracking.save(SAVE, "L1S0", false), { ok: true });
    assert.equal(lms.record["cmi.suspend_data"], SAVE);
    assert.equal(lms.record["cmi.core.lesson_location"], "L1S0 1");
    tracking.report(finished);
    tracking.save(SAVE + "2", "c", false);
    assert.deepEqual(tracking.close(), { ok: true });
    assert.deepEqual(tracking.close(), { ok: true });
    assert.deepEqual(lms.violations(), []);
    assert.equal(lms.record["cmi.core.lesson_status"], "completed");
    assert.match(lms.record["cmi.core.total_time"]!, /^\d{4}:\d\d:\d\d\.\d\d$/);
    assert.notEqual(lms.record["cmi.core.total_time"], "0000:00:00.00");
    const interaction = Object.entries(lms.record).filter(([name]) => name.startsWith("cmi.interactions.0."));
    assert.deepEqual(Object.fromEntries(interaction), profile === "mandatory" ? {} : {
      "cmi.interactions.0.id": decision.id,
      "cmi.interactions.0.time": "10:11:12",
      "cmi.interactions.0.type": "choice",
      "cmi.interactions.0.student_response": "c",
      "cmi.interactions.0.result": "neutral",
    });
    assert.equal(lms.log.filter(({ call }) => call === "LMSInitialize").length, 1);
    assert.equal(lms.log.filter(({ call }) => call === "LMSFinish").length, 1);
  });

  test(`${profile}: the next launch finds the save, and never lowers the status`, () => {
    const first = desk(profile);
    const tracking = track(first);
    tracking.open();
    tracking.report({ ...finished, success: true });
    tracking.save(SAVE, "c", false);
    tracking.close();
    assert.equal(first.record["cmi.core.lesson_status"], "passed");
    const second = desk(profile, first.record);
    const again = track(second);
    const found = opened(again);
    assert.equal(found.save, SAVE);
    assert.equal(found.complete, true);
    again.report(finished);
    again.save(SAVE + "2", "c", false);
    again.close();
    assert.equal(second.record["cmi.core.lesson_status"], "passed");
    assert.deepEqual(second.violations(), []);
  });
}

for (const status of ["failed", "completed", "passed"]) {
  test(`${status} stays as it is`, () => {
    const lms = desk("full", { "cmi.core.lesson_status": status });
    const tracking = track(lms);
    tracking.open();
    tracking.report(finished);
    tracking.save(SAVE, "c", true);
    tracking.close();
    assert.equal(lms.record["cmi.core.lesson_status"], status);
    assert.deepEqual(lms.violations(), []);
  });
}

const scored = (score: number, success: boolean | null = null): Progress => ({ complete: true, measure: 1, score, success });

/** What the LMS holds after these sessions, each with its results. */
function after(profile: ProfileName, masteryScore: string, ...sessions: Progress[][]): Record<string, string> {
  let record: Record<string, string> = {};
  for (const results of sessions) {
    const lms = desk(profile, record, { masteryScore });
    const tracking = track(lms);
    tracking.open();
    for (const result of results) {
      tracking.report(result);
      assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true });
    }
    assert.deepEqual(tracking.close(), { ok: true });
    assert.deepEqual(lms.violations(), []);
    record = lms.record;
  }
  return record;
}

const told = (record: Record<string, string>): unknown[] => ["lesson_status", "score.raw", "score.min", "score.max"].map((name) => record[`cmi.core.${name}`]);

test("a score is told with its bounds; a status follows from it, and from the LMS's own mastery score", () => {
  assert.deepEqual(told(after("full", "", [scored(85)])), ["completed", "85", "0", "100"]);
  assert.deepEqual(told(after("full", "", [scored(0, false)])), ["failed", "0", "0", "100"]);
  assert.deepEqual(told(after("mandatory", "", [scored(85, true)])), ["passed", "85", undefined, undefined]);
  // The LMS judges at the end; the player says the same before it, also where nobody was to be judged.
  assert.deepEqual(told(after("full", "70", [scored(69, true)])), ["failed", "69", "0", "100"]);
  assert.deepEqual(told(after("realistic", "70", [scored(70, false)])), ["passed", "70", "0", "100"]);
  assert.deepEqual(told(after("realistic", "70", [scored(60)])), ["failed", "60", "0", "100"]);
  assert.deepEqual(told(after("full", "", [{ complete: false, measure: 0.5, score: null, success: null }])), ["incomplete", undefined, undefined, undefined]);
});

test("who failed may pass later; a score and a status never go down", () => {
  for (const mastery of ["", "70"]) {
    assert.deepEqual(told(after("realistic", mastery, [scored(40, false)], [scored(90, true)])), ["passed", "90", "0", "100"]);
    assert.deepEqual(told(after("realistic", mastery, [scored(40, false), scored(90, true), scored(20, false)])), ["passed", "90", "0", "100"]);
    assert.deepEqual(told(after("realistic", mastery, [scored(90, true)], [scored(20, false)])), ["passed", "90", "0", "100"]);
    assert.deepEqual(told(after("realistic", mastery, [scored(40, false)], [scored(50, false)])), ["failed", "50", "0", "100"]);
  }
});

test("who completed before there was a score to reach keeps that: a score below it is not told", () => {
  for (const status of ["completed", "passed"]) {
    for (const [score, held] of [[40, undefined], [90, "90"]] as const) {
      const lms = desk("realistic", { "cmi.core.lesson_status": status, "cmi.core.exit": "suspend" }, { masteryScore: "70" });
      const tracking = track(lms);
      tracking.open();
      tracking.report(scored(score, score >= 70));
      tracking.close();
      assert.deepEqual([lms.record["cmi.core.lesson_status"], lms.record["cmi.core.score.raw"]], [held ? "passed" : status, held]);
      assert.deepEqual(lms.violations(), []);
    }
  }
});

test("a lost score goes again, on an LMS that sends only what changed", () => {
  const lms = desk("realistic");
  const tracking = track(lms);
  tracking.open();
  lms.faults.replace([{ name: "network-cut" }]);
  tracking.report(scored(85, true));
  tracking.save(SAVE, "c", false);
  lms.faults.replace([]);
  tracking.save(SAVE + "2", "c", true);
  assert.deepEqual(told(lms.record), ["passed", "85", "0", "100"]);
  assert.deepEqual(lms.violations(), []);
});

for (const launch of [{ mode: "review" as const }, { mode: "browse" as const }, { credit: "no-credit" as const }]) {
  test(`nothing is written with ${JSON.stringify(launch)}`, () => {
    const lms = desk("realistic", { "cmi.core.lesson_status": "passed", "cmi.suspend_data": SAVE }, launch);
    const tracking = track(lms);
    const found = opened(tracking);
    assert.equal(found.mode, launch.mode ?? "browse");
    assert.equal(found.save, SAVE);
    tracking.record(decision);
    tracking.report(finished);
    assert.equal((tracking.save("new", "c", false) as { ok: boolean }).ok, false);
    tracking.close();
    const written = lms.log.filter(({ call }) => call === "LMSSetValue" || call === "LMSCommit").map(({ arguments: [element] }) => element);
    // Only that the session is not over for good, where the LMS would not know of itself.
    assert.deepEqual(written, launch.mode ? [] : ["cmi.core.exit"]);
    assert.equal(lms.record["cmi.suspend_data"], SAVE);
    assert.deepEqual(lms.violations(), []);
  });
}

test("a look back without credit ends so that the save comes back", () => {
  const before = { "cmi.core.lesson_status": "completed", "cmi.suspend_data": SAVE, "cmi.core.exit": "suspend" };
  const lms = desk("mandatory", before, { credit: "no-credit" });
  const tracking = track(lms);
  tracking.open();
  tracking.close();
  assert.equal(opened(track(desk("mandatory", lms.record))).save, SAVE);
});

for (const times of [1, 2, 3, 4, 5, 6, 7, 8, undefined]) {
  test(`an LMS that cannot be read (${times ?? "always"}) is left alone`, () => {
    const before = { "cmi.core.lesson_status": "completed", "cmi.suspend_data": SAVE, "cmi.core.exit": "suspend" };
    const lms = desk("realistic", before, {}, [{ name: "throws", calls: ["LMSGetValue"], ...(times && { times }) }]);
    assert.equal(track(lms).open(), null);
    assert.deepEqual(lms.saves, []);
    assert.deepEqual(lms.record, before);
  });
}

for (const optional of ["cmi.interactions._children", "cmi.interactions._count", "cmi.student_data.mastery_score"]) {
  test(`an LMS that throws on ${optional} keeps all else`, () => {
    const lms = desk("full");
    const page = windowOf(lms) as unknown as { API: Record<string, (...given: string[]) => string> };
    const { LMSGetValue } = page.API;
    page.API.LMSGetValue = (element) => {
      if (element === optional) throw new Error("not here");
      return LMSGetValue!(element!);
    };
    const tracking = scorm12(page as unknown as Window, settings());
    assert.equal(opened(tracking).learner, LAUNCH.learner.id);
    tracking.report(finished);
    assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true });
    assert.deepEqual(tracking.close(), { ok: true });
    assert.equal(lms.record["cmi.core.lesson_status"], "completed");
  });
}

test("bounds of a score that an LMS does not take are no loss", () => {
  const lms = desk("full", {}, {}, [{ name: "refuse-set", elements: ["cmi.core.score.min", "cmi.core.score.max"] }]);
  const tracking = track(lms);
  tracking.open();
  tracking.report({ ...finished, score: 80, success: true });
  assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true });
  assert.equal(lms.record["cmi.core.score.raw"], "80");
});

test("a refusal is told: of suspend data, of the status, of a commit, of an LMS that cuts or throws", () => {
  const outcome = (...faults: Parameters<typeof desk>[3] & {}) => {
    const tracking = track(desk("full", {}, {}, faults));
    return [opened(tracking).outcome, tracking.save(SAVE, "c", false)].map((each) => ("why" in each ? each.why : "ok"));
  };
  assert.deepEqual(outcome({ name: "refuse-set", elements: ["cmi.suspend_data"] }), ["ok", "refused"]);
  assert.deepEqual(outcome({ name: "refuse-set", elements: ["cmi.core.lesson_status"] }), ["refused", "refused"]);
  assert.deepEqual(outcome({ name: "refuse-set", elements: ["cmi.interactions", "cmi.core.session_time"] }), ["ok", "ok"]);
  assert.deepEqual(outcome({ name: "fail-commit", times: 1 }), ["refused", "ok"]);
  assert.deepEqual(outcome({ name: "truncate", length: 10 }), ["ok", "refused"]);
  assert.deepEqual(outcome({ name: "throws", calls: ["LMSCommit"] }), ["threw", "threw"]);
});

test("every call may throw, and none of it comes out", () => {
  for (const call of ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish"]) {
    const tracking = track(desk("full", {}, {}, [{ name: "throws", calls: [call] }]));
    tracking.open();
    tracking.record(decision);
    tracking.report(finished);
    tracking.save(SAVE, "c", true);
    tracking.close();
  }
});

for (const fault of [{ name: "throws", calls: ["LMSSetValue"] }, { name: "refuse-set", elements: ["cmi.interactions"] }] as const) {
  test(`decisions that the LMS did not take (${fault.name}) are told with the next save, in order`, () => {
    const lms = desk("realistic");
    const tracking = track(lms);
    tracking.open();
    tracking.record(decision);
    lms.faults.replace([fault as Parameters<typeof lms.faults.replace>[0][number]]);
    tracking.record({ ...decision, id: "contact.gang", response: 0 });
    tracking.record({ ...decision, id: "contact.deur", response: 1 });
    tracking.save(SAVE, "c", false);
    lms.faults.replace([]);
    assert.deepEqual(tracking.save(SAVE + "2", "c", true), { ok: true });
    const found = [0, 1, 2].map((n) => [lms.record[`cmi.interactions.${n}.id`], lms.record[`cmi.interactions.${n}.student_response`]]);
    assert.deepEqual(found, [[decision.id, "c"], ["contact.gang", "a"], ["contact.deur", "b"]]);
  });
}

test("what a lost save brought goes again, also on an LMS that sends only what changed", () => {
  const lms = desk("realistic");
  const tracking = track(lms);
  tracking.open();
  lms.faults.replace([{ name: "network-cut" }]);
  tracking.record(decision);
  tracking.report(finished);
  assert.deepEqual(tracking.save(SAVE, "c", false), { ok: true }); // it lies
  lms.faults.replace([]);
  tracking.save(SAVE + "2", "c", true);
  tracking.confirmed();
  assert.equal(lms.record["cmi.core.lesson_status"], "completed");
  assert.equal(lms.record["cmi.suspend_data"], SAVE + "2");
  assert.equal(lms.record["cmi.interactions.0.id"], decision.id);
  assert.equal(lms.record["cmi.interactions.0.student_response"], "c");
  assert.equal(lms.record["cmi.interactions.0.type"], "choice");
  assert.equal(lms.record["cmi.core.exit"], "suspend");
  assert.deepEqual(lms.violations(), []);
  const calls = lms.log.length;
  tracking.save(SAVE + "3", "c", true);
  assert.equal(lms.log.length - calls, 5, "what was confirmed does not go again");
});

test("a save over 4,096 characters is never handed over", () => {
  const lms = desk("full");
  const tracking = track(lms);
  tracking.open();
  assert.deepEqual(tracking.save("x".repeat(4097), "c", false), { ok: false, why: "refused" });
  assert.deepEqual(tracking.save("x".repeat(4096), "c", false), { ok: true });
});

test("after the session, and without one, a save says so", () => {
  const lms = desk("full");
  const tracking = track(lms);
  tracking.open();
  tracking.close();
  assert.deepEqual(tracking.save(SAVE, "c", false), { ok: false, why: "lost" });
  const none = track(null);
  assert.equal(none.open(), null);
  assert.deepEqual(none.save(SAVE, "c", false), { ok: false, why: "no-api" });
  assert.deepEqual(lms.violations(), []);
});

test("the API is found up to fifty windows up and in openers, past windows of another origin", () => {
  const API = {};
  const page = (more: object): Window => {
    const made: Record<string, unknown> = { opener: null, ...more };
    made.parent ??= made;
    made.top ??= made;
    return made as unknown as Window;
  };
  const foreign = new Proxy({}, { get: () => { throw new Error("cross-origin"); } });
  assert.equal(find(page({ API }), "API"), API);
  assert.equal(find(page({ parent: page({ parent: page({ API }) }) }), "API"), API);
  assert.equal(find(page({ opener: page({ parent: page({ API }) }) }), "API"), API);
  assert.equal(find(page({ top: page({ opener: page({ API }) }), parent: foreign }), "API"), API);
  assert.equal(find(page({ parent: foreign, opener: foreign, top: foreign }), "API"), null);
  assert.equal(find(page({ API: "no object" }), "API"), null);
  const endless: Record<string, unknown> = {};
  Object.defineProperty(endless, "parent", { get: () => ({ __proto__: endless }) });
  assert.equal(find(endless as unknown as Window, "API"), null);
});

test("timespans", () => {
  assert.equal(timespan(0), "0000:00:00.00");
  assert.equal(timespan(3723456), "0001:02:03.45");
  assert.equal(timespan(-5), "0000:00:00.00");
  assert.equal(timespan(1e12), "9999:59:59.99");
});

test("scorm-again, a second opinion: a session is taken without an error", () => {
  const context = vm.createContext({ console, setTimeout, clearTimeout });
  context.window = context;
  vm.runInContext(readFileSync("node_modules/scorm-again/dist/scorm12.js", "utf8"), context);
  const api = vm.runInContext("new Scorm12API({ logLevel: 5 })", context) as Record<string, (...given: string[]) => string>;
  const errors: string[] = [];
  const watched = Object.fromEntries(
    ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit"].map((call) => [
      call,
      (...given: string[]) => {
        const result = api[call]!(...given);
        const error = api.LMSGetLastError!();
        if (error !== "0") errors.push(`${call} ${given.join(" ")}: ${error}`);
        return result;
      },
    ]),
  );
  const page = windowOf(null) as unknown as Record<string, unknown>;
  page.API = watched;
  const tracking = scorm12(page as unknown as Window, settings());
  opened(tracking);
  for (let i = 0; i < 3; i++) assert.deepEqual(tracking.record({ ...decision, response: i * 12 }), { ok: true });
  tracking.report(finished);
  assert.deepEqual(tracking.save(SAVE, "L1S0d", false), { ok: true });
  assert.deepEqual(tracking.save(SAVE + "x", "L1S0d", true), { ok: true });
  assert.equal(api.LMSGetValue!("cmi.core.lesson_status"), "completed");
  assert.equal(api.LMSGetValue!("cmi.interactions._count"), "3");
  assert.deepEqual(tracking.close(), { ok: true });
  assert.deepEqual(errors, []);
});
