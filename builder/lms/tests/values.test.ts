import assert from "node:assert/strict";
import test from "node:test";
import { SCORM12 } from "../src/scorm12.js";
import { desk, type Desk } from "./desk.js";
import { OPTIONAL, READS, ROWS, type Row } from "./values12.js";

const show = (value: string): string => JSON.stringify(value.length > 30 ? `${value.slice(0, 10)}…${value.length}` : value);

function ready({ after = [] }: Row): Desk {
  const lms = desk();
  assert.equal(lms.call("Initialize", ""), "true");
  for (const [element, value] of after) assert.equal(lms.call("SetValue", element, value), "true", element);
  return lms;
}

for (const row of ROWS) {
  const after = row.after?.map(([, value]) => value).join(" ") ?? "";
  test(`${row.element} ${after}`, () => {
    for (const value of row.accepts) {
      const lms = ready(row);
      assert.equal(lms.call("SetValue", row.element, value), "true", `${show(value)} is accepted`);
      assert.equal(lms.error(), "0");
      assert.deepEqual(lms.violations(), []);
      lms.call("Commit", "");
      assert.equal(lms.record[row.element], value, "and reaches the record");
    }
    for (const value of row.refuses) {
      const lms = ready(row);
      const before = lms.call("GetValue", row.element);
      assert.equal(lms.call("SetValue", row.element, value), "false", `${show(value)} is refused`);
      assert.equal(lms.error(), row.error ?? "405", show(value));
      assert.equal(lms.call("GetValue", row.element), before, "and the old value stays");
      assert.ok(lms.violations().includes("refused"));
    }
  });
}

test("every element of the standard is in the table of values", () => {
  const tried = new Set(ROWS.map(({ element }) => element.replace(/\.\d+(?=\.|$)/g, ".n")));
  const untried = SCORM12.elements.map(({ name }) => name).filter((name) => !tried.has(name));
  assert.deepEqual(untried, [
    "cmi.objectives.n.score.min", "cmi.objectives.n.score.max", // as raw
    "cmi.student_data.max_time_allowed", "cmi.student_data.time_limit_action", // as mastery_score
  ]);
});

for (const [element, value, error] of READS) {
  test(`reading ${element}: ${value || error}`, () => {
    const lms = desk();
    lms.call("Initialize", "");
    assert.equal(lms.call("GetValue", element), value);
    assert.equal(lms.error(), error);
  });
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
