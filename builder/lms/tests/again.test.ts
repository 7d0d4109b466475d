import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";
import { ROWS as ROWS12 } from "./values12.js";
import { ROWS as ROWS2004, ROWS_3RD } from "./values2004.js";

// A second LMS: what ours accepts, scorm-again accepts, so that ours is the stricter of the two.

type Api = Readonly<Record<string, (...given: string[]) => string>>;
type Maker = new (settings: Record<string, unknown>) => Api;

function maker(version: "12" | "2004"): Maker {
  const context = vm.createContext({ console, setTimeout, clearTimeout });
  vm.runInContext(readFileSync(`node_modules/scorm-again/dist/scorm${version}.js`, "utf8"), context);
  return vm.runInContext(`Scorm${version}API`, context) as Maker;
}

for (const [version, calls, rows] of [["12", "LMS", ROWS12], ["2004", "", [...ROWS2004, ...ROWS_3RD]]] as const) {
  const Their = maker(version);
  for (const { element, accepts, after = [] } of rows.filter((row) => row.accepts.length > 0)) {
    test(`scorm-again ${version}: ${element} ${after.map(([, value]) => value).join(" ")}`, () => {
      for (const value of accepts) {
        const api = new Their({ autocommit: false, lmsCommitUrl: false, logLevel: 5 });
        const call = (name: string, ...given: string[]): string => String(api[calls + name]!(...given));
        call("Initialize", "");
        for (const [name, first] of after) assert.equal(call("SetValue", name, first), "true", name);
        assert.equal(call("SetValue", element, value), "true", `${JSON.stringify(value.slice(0, 40))}: ${call("GetLastError")}`);
      }
    });
  }
}
