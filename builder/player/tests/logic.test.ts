import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { applied, holds } from "../src/logic.js";
import type { Condition } from "../src/data.js";

interface Row {
  text: string;
  data: Condition;
  cases: { values: Record<string, number>; visited: string[]; chosen: string[]; holds: boolean }[];
}

const TABLE = "../../tests/logic.json";

test("conditions hold as the one table says", { skip: !existsSync(TABLE) && "no table" }, () => {
  const rows = JSON.parse(readFileSync(TABLE, "utf8")) as Row[];
  assert.ok(rows.length > 5);
  for (const { text, data, cases } of rows) {
    for (const each of cases) {
      const facts = { values: each.values ?? {}, visited: each.visited ?? [], chosen: each.chosen ?? [] };
      assert.equal(holds(data, facts), each.holds, `${text} with ${JSON.stringify(each)}`);
    }
  }
});

test("no condition holds; and of nothing holds, or of nothing does not", () => {
  const facts = { values: {}, visited: [], chosen: [] };
  assert.equal(holds(undefined, facts), true);
  assert.equal(holds(["and"], facts), true);
  assert.equal(holds(["or"], facts), false);
});

test("effects come in order and stay in their range", () => {
  const ranges = { m: { low: 0, high: 5 } };
  const add = (number: number) => ({ name: "m", op: "+" as const, number });
  assert.deepEqual(applied([add(9), { name: "m", op: "-", number: 2 }], { m: 1 }, ranges), { m: 3 });
  assert.deepEqual(applied([{ name: "m", op: "=", number: -4 }], { m: 1 }, ranges), { m: 0 });
  assert.deepEqual(applied([{ name: "v", op: "+", number: 2000 }], { v: 1 }, ranges), { v: 999 });
  assert.deepEqual(applied([{ name: "none", op: "+", number: 1 }], { v: 1 }, ranges), { v: 1 });
});
