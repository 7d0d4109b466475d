import assert from "node:assert/strict";
import test from "node:test";
import { SCORM12 } from "../src/scorm12.js";
import { SCORM2004, SCORM2004_3RD } from "../src/scorm2004.js";
import type { Standard } from "../src/standard.js";
import { desk, type Desk } from "./desk.js";
import { OPTIONAL, READS as READS12, ROWS as ROWS12, type Row } from "./values12.js";
import { READS as READS2004, ROWS as ROWS2004, ROWS_3RD } from "./values2004.js";

const show = (value: string): string => JSON.stringify(value.length > 30 ? `${value.slice(0, 10)}…${value.length}` : value);
const launched = (standard: Standard): Desk => {
  const lms = desk("full", {}, {}, [], standard);
  assert.equal(lms.call("Initialize", ""), "true");
  return lms;
};

function ready(standard: Standard, { after = [] }: Row): Desk {
  const lms = launched(standard);
  for (const [element, value] of after) assert.equal(lms.call("SetValue", element, value), "true", element);
  return lms;
}

/** Every row on a standard; a value of the wrong type gets the error `mismatch` there. */
function values(standard: Standard, rows: readonly Row[], mismatch: string): void {
  for (const row of rows) {
    const after = row.after?.map(([, value]) => value).join(" ") ?? "";
    test(`${standard.version}: ${row.element} ${after} ${row.error ?? ""}`, () => {
      for (const value of row.accepts) {
        const lms = ready(standard, row);
        assert.equal(lms.call("SetValue", row.element, value), "true", `${show(value)} is accepted`);
        assert.equal(lms.error(), "0");
        assert.deepEqual(lms.violations(), []);
        lms.call("Commit", "");
        assert.equal(lms.record[row.element], value, "and reaches the record");
      }
      for (const value of row.refuses) {
        const lms = ready(standard, row);
        const before = lms.call("GetValue", row.element);
        assert.equal(lms.call("SetValue", row.element, value), "false", `${show(value)} is refused`);
        assert.equal(lms.error(), row.error ?? mismatch, show(value));
        assert.equal(lms.call("GetValue", row.element), before, "and the old value stays");
        assert.ok(lms.violations().includes("refused"));
      }
    });
  }
}

values(SCORM12, ROWS12, "405");
values(SCORM2004, ROWS2004, "406");
values(SCORM2004_3RD, ROWS_3RD, "406");

for (const [standard, rows, same] of [
  [
    SCORM12, ROWS12, [
      "cmi.objectives.n.score.min", "cmi.objectives.n.score.max", // as raw
      "cmi.student_data.max_time_allowed", "cmi.student_data.time_limit_action", // as mastery_score
    ],
  ],
  [SCORM2004, ROWS2004, []],
] as const) {
  test(`every element of SCORM ${standard.version} is in the table of values`, () => {
    const tried = new Set(rows.map(({ element }) =>
      element.replace(/\.\d+(?=\.|$)/g, ".n").replace(/\{target=[^}]*\}$/, "{target}")));
    assert.deepEqual(standard.elements.map(({ name }) => name).filter((name) => !tried.has(name)), same);
  });
}

for (const [standard, reads] of [[SCORM12, READS12], [SCORM2004, READS2004]] as const) {
  for (const [element, value, error] of reads) {
    test(`${standard.version}: reading ${element}: ${value || error}`, () => {
      const lms = launched(standard);
      assert.equal(lms.call("GetValue", element), value);
      assert.equal(lms.error(), error);
    });
  }
}

test("an LMS with the mandatory elements alone has the others not", () => {
  const lms = desk("mandatory");
  lms.call("Initialize", "");
  for (const element of OPTIONAL) {
    assert.equal(lms.call("GetValue", element), "", element);
    assert.equal(lms.error(), "401", element);
  }
  assert.deepEqual(lms.violations(), [], "asking is no mistake");
  assert.equal(
    lms.call("GetValue", "cmi.core._children"),
    "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,exit,session_time",
  );
  assert.equal(lms.call("GetValue", "cmi.core.score._children"), "raw");
  assert.equal(lms.call("SetValue", "cmi.interactions.0.id", "i1"), "false");
  assert.equal(lms.error(), "401");
  assert.deepEqual(lms.violations(), ["refused"], "setting it is");
});

test("comments grow, up to their limit", () => {
  const lms = desk();
  lms.call("Initialize", "");
  lms.call("SetValue", "cmi.comments", "een ");
  lms.call("SetValue", "cmi.comments", "twee");
  assert.equal(lms.call("GetValue", "cmi.comments"), "een twee");
  assert.equal(lms.call("SetValue", "cmi.comments", "x".repeat(4089)), "false");
  assert.equal(lms.call("GetValue", "cmi.comments"), "een twee");
});

test("counts follow the records, also those of an earlier session", () => {
  const lms = desk("full", { "cmi.interactions.0.id": "i1", "cmi.interactions.0.type": "choice" });
  lms.call("Initialize", "");
  assert.equal(lms.call("GetValue", "cmi.interactions._count"), "1");
  assert.equal(lms.call("SetValue", "cmi.interactions.1.id", "i2"), "true");
  assert.equal(lms.call("GetValue", "cmi.interactions._count"), "2");
  assert.equal(lms.call("GetValue", "cmi.interactions.1.correct_responses._count"), "0");
  assert.equal(lms.call("SetValue", "cmi.interactions.0.correct_responses.0.pattern", "a"), "true");
  assert.equal(lms.call("GetValue", "cmi.interactions.0.correct_responses._count"), "1");
});

test("2004: an LMS need not keep more than so many records", () => {
  const lms = launched(SCORM2004);
  for (let index = 0; index < 100; index += 1) {
    assert.equal(lms.call("SetValue", `cmi.objectives.${index}.id`, `o${index}`), "true");
  }
  assert.equal(lms.call("SetValue", "cmi.objectives.100.id", "o100"), "false");
  assert.equal(lms.error(), "351");
  assert.equal(lms.call("GetValue", "cmi.objectives._count"), "100");
});

test("2004: an LMS tells which requests it can grant", () => {
  const valid = "adl.nav.request_valid";
  const requests = { [`${valid}.continue`]: "true", [`${valid}.choice.{target=les.2}`]: "true" };
  const lms = desk("full", {}, { requests }, [], SCORM2004);
  lms.call("Initialize", "");
  const told = ["continue", "previous", "choice.{target=les.2}", "choice.{target=les.3}"]
    .map((name) => lms.call("GetValue", `${valid}.${name}`));
  assert.deepEqual(told, ["true", "unknown", "true", "unknown"]);
  assert.deepEqual(lms.violations(), []);
});

test("2004: what a SCO set it can read, also of interactions, and a launch's own numbers", () => {
  const launch = { completionThreshold: "0.8", scaledPassingScore: "0.7", launchData: "é" };
  const lms = desk("full", {}, launch, [], SCORM2004);
  lms.call("Initialize", "");
  lms.call("SetValue", "cmi.interactions.0.id", "i1");
  assert.equal(lms.call("GetValue", "cmi.interactions.0.id"), "i1");
  assert.equal(lms.call("GetValue", "cmi.interactions.0.type"), "");
  assert.equal(lms.error(), "403");
  for (const [element, value] of [["completion_threshold", "0.8"], ["scaled_passing_score", "0.7"], ["launch_data", "é"]]) {
    assert.equal(lms.call("GetValue", `cmi.${element}`), value);
  }
  assert.deepEqual(lms.violations(), [], "asking for what was never set is no mistake");
});
