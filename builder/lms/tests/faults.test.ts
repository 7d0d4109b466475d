import assert from "node:assert/strict";
import test from "node:test";
import type { Fault } from "../src/faults.js";
import { desk, type Desk } from "./desk.js";

function launched(...faults: readonly Fault[]): Desk {
  const lms = desk("full", {}, {}, faults);
  lms.call("Initialize", "");
  return lms;
}

const save = (lms: Desk, value: string): string => {
  lms.call("SetValue", "cmi.suspend_data", value);
  return lms.call("Commit", "");
};

test("refuse-set: the named elements and what is below them", () => {
  const lms = launched({ name: "refuse-set", elements: ["cmi.suspend_data", "cmi.interactions"] });
  assert.equal(lms.call("SetValue", "cmi.suspend_data", "x"), "false");
  assert.equal(lms.error(), "101");
  assert.equal(lms.call("SetValue", "cmi.interactions.0.id", "i"), "false");
  assert.equal(lms.call("SetValue", "cmi.core.lesson_location", "x"), "true");
  assert.deepEqual(lms.violations(), [], "a commanded refusal is not the SCO's doing");
  assert.deepEqual(lms.log.map((entry) => entry.fault).filter(Boolean), ["refuse-set", "refuse-set"]);
});

test("fail-commit: the first so many", () => {
  const lms = launched({ name: "fail-commit", times: 2 });
  assert.deepEqual([save(lms, "a"), lms.error()], ["false", "101"]);
  assert.equal(save(lms, "b"), "false");
  assert.deepEqual(lms.saves, []);
  assert.equal(save(lms, "c"), "true");
  assert.equal(lms.record["cmi.suspend_data"], "c");
});

test("fail-commit: always, finish included", () => {
  const lms = launched({ name: "fail-commit" });
  for (const value of ["a", "b", "c"]) assert.equal(save(lms, value), "false");
  assert.equal(lms.call("Finish", ""), "false");
});

test("lie-commit: true, and nothing stored", () => {
  const lms = launched({ name: "lie-commit", times: 1 });
  assert.deepEqual([save(lms, "a"), lms.error()], ["true", "0"]);
  assert.deepEqual(lms.record, {});
  assert.equal(lms.log.at(-2)?.stored, false);
  save(lms, "b");
  assert.equal(lms.record["cmi.suspend_data"], "b");
});

test("session-lost: from then on, every save fails", () => {
  const lms = launched({ name: "session-lost", after: 3 });
  assert.equal(save(lms, "a"), "true"); // calls 2 and 3
  assert.equal(save(lms, "b"), "false");
  assert.equal(save(lms, "c"), "false");
  assert.equal(lms.record["cmi.suspend_data"], "a");
});

test("network-cut: true, nothing stored, until the network is back", () => {
  const lms = launched({ name: "network-cut" });
  assert.equal(save(lms, "a"), "true");
  assert.deepEqual(lms.record, {});
  lms.faults.replace([]);
  assert.equal(save(lms, "b"), "true");
  assert.equal(lms.record["cmi.suspend_data"], "b");
});

test("truncate: what is read back is cut, what is stored is not", () => {
  const lms = launched({ name: "truncate", length: 4 });
  save(lms, "1234567");
  assert.equal(lms.call("GetValue", "cmi.suspend_data"), "1234");
  assert.equal(lms.record["cmi.suspend_data"], "1234567");
});

test("throws: the named calls", () => {
  const lms = launched({ name: "throws", calls: ["LMSCommit"], times: 1 });
  assert.throws(() => lms.call("Commit", ""), TypeError);
  assert.equal(lms.log.at(-1)?.fault, "throws");
  assert.equal(lms.call("Commit", ""), "true");
});

test("faults combine", () => {
  const lms = launched({ name: "truncate", length: 1 }, { name: "fail-commit", times: 1 });
  assert.equal(save(lms, "ab"), "false");
  assert.equal(lms.call("GetValue", "cmi.suspend_data"), "a");
  assert.equal(save(lms, "ab"), "true");
});
