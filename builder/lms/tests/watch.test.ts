// What the page of `waterlijn play` makes of a log and of values.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogEntry } from "../src/log.js";
import { decode } from "../src/watch/decode.js";
import { about, Journal, shows, verdict, wrong } from "../src/watch/journal.js";

function entry(number: number, call: string, given: string[] = [], more: Partial<LogEntry> = {}): LogEntry {
  return {
    session: "s1", number, time: `2026-11-24T10:00:0${number}.000Z`, call, arguments: given, result: "true", error: "0",
    why: "", violation: null, fault: null, stored: null, ...more,
  };
}

const BEGIN = entry(1, "LMSInitialize", [""]);
const SET = entry(2, "LMSSetValue", ["cmi.core.lesson_status", "klaar"], { error: "405", violation: "refused" });

test("an entry counts once, whoever tells it, and stands in order", () => {
  const journal = new Journal();
  assert.deepEqual(journal.add([SET]), [SET]);
  assert.deepEqual(journal.add([SET, BEGIN]), [BEGIN]);
  assert.deepEqual(journal.all(), [BEGIN, SET]);
  assert.match(journal.text("mistakes"), /^s1 10:00:02.000 LMSSetValue\(.*"klaar"\).*\[405\].*\n$/);
  assert.deepEqual(JSON.parse(journal.json("all")), [BEGIN, SET]);
});

test("asking for what is not there is no mistake; a save that failed is", () => {
  const absent = entry(3, "LMSGetValue", ["cmi.interactions._children"], { error: "401", result: "" });
  const lost = entry(4, "LMSCommit", [""], { stored: false });
  assert.deepEqual([absent, lost].map(wrong), [false, true]);
  assert.deepEqual([absent, lost].map((each) => shows("sets", each)), [false, true]);
});

test("the verdict is by rule, and knows who left without a word", () => {
  const journal = new Journal();
  journal.add([BEGIN, SET]);
  const rules = (gone: string[]): string[] => verdict(journal, gone, [], []).map(({ rule }) => rule);
  assert.deepEqual(rules([]), ["refused"]);
  assert.deepEqual(rules(["s1"]), ["refused", "no-finish"]);
  journal.add([entry(3, "LMSFinish", [""])]);
  assert.deepEqual(rules(["s1"]), ["refused"]);
  assert.deepEqual(verdict(journal, [], ["s2"], ["weg.png"]).slice(1).map(({ about: told }) => told), [["s2"], ["weg.png"]]);
});

test("statements of cmi5 are known by their verbs, and may break several rules", () => {
  const statement = (verb: string): string => JSON.stringify([{ verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` } }]);
  const journal = new Journal();
  const both = entry(2, "POST statements", [statement("completed")], { error: "403", violation: "category, result" as "refused" });
  journal.add([entry(1, "POST statements", [statement("initialized")]), both]);
  assert.equal(about(both), "completed");
  assert.equal(about(entry(3, "GET statements", ["http://adlnet.gov/expapi/verbs/passed"])), "passed");
  assert.deepEqual(verdict(journal, ["s1"], [], []).map(({ rule }) => rule), ["category", "result", "no-finish"]);
  journal.add([entry(3, "POST statements", [statement("terminated")])]);
  assert.equal(journal.ended("s1"), true);
});

test("a unit that ended leads on to the one it asked for, and to nothing else", () => {
  const asks = (value: string, ended = true): string | null => {
    const journal = new Journal();
    journal.add([entry(1, "Initialize", [""]), entry(2, "SetValue", ["adl.nav.request", value])]);
    if (ended) journal.add([entry(3, "Terminate", [""])]);
    return journal.next("s1", ["een", "twee", "drie"], "twee");
  };
  assert.deepEqual(["continue", "previous", "{target=een}choice"].map((each) => asks(each)), ["drie", "een", "een"]);
  assert.deepEqual(["suspendAll", "exitAll", "{target=weg}choice"].map((each) => asks(each)), [null, null, null]);
  assert.equal(asks("continue", false), null);
});

test("a value says what is in it, and nothing is made of what says nothing", () => {
  const save = "1;1;2f;k3j9x0;l;aaabd;aaabac;;aa:xyzw;;;1k2l3m4";
  for (const value of [save, JSON.stringify({ save, told: [] })]) {
    const found = decode(value);
    assert.equal(found?.kind === "save" && Object.fromEntries(found.fields)["place"], "aaabd");
  }
  assert.deepEqual(decode('{"a":1}'), { kind: "json", text: '{\n  "a": 1\n}' });
  assert.deepEqual(decode(btoa("een geheim bericht")), { kind: "base64", text: "een geheim bericht" });
  for (const value of ["", "incomplete", "0000:00:12.50", "{geen json", "1;2;3", "abcdefghijklmnopqrst"]) {
    assert.equal(decode(value), null, value);
  }
});
