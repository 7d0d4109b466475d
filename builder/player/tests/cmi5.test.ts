import assert from "node:assert/strict";
import test from "node:test";
import type { Action, Progress } from "../src/core-types.js";
import type { SaveState, Session } from "../src/session-types.js";
import { open } from "../src/session.js";
import { cmi5, type Settings } from "../src/tracking/cmi5.js";
import { duration } from "../src/tracking/statements.js";
import type { Opened, Outcome, Tracking } from "../src/tracking/types.js";
import { restore } from "../src/save.js";
import { Lrs, QUERY, type Call, type Said } from "./lrs.js";
import { sample } from "./sample.js";
import { settled, stand, type Stand } from "./stand.js";

const SAVE = "1;1;1;3;-;c;;;;;;abc";
const TEXT = "Ik dacht eerst dat hij onwillig was.";
const CMI5 = "https://w3id.org/xapi/cmi5/context/categories/";
const OK: Outcome = { ok: true };
const DECISION = { id: "s.aa-kamer", response: 2, label: "Kies kamer" };
const OPENING: Action[] = [{ do: "go", place: { at: "step", lesson: 0, step: 1 } }, { do: "begin" }, { do: "choose", choice: 1 }];

const progress = (more: Partial<Progress> = {}): Progress => ({ complete: true, measure: 1, score: null, success: null, ...more });

function storage(): Storage {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) } as Storage;
}

let ids = 0;
function unit(lrs: Lrs, more: Partial<Settings> = {}): Tracking {
  let now = Date.UTC(2026, 10, 24, 10);
  return cmi5({ ...sample, limit: 56000 }, {
    fetch: lrs.fetch,
    search: `?own=1&${QUERY}`,
    store: storage(),
    now: () => (now += 1250),
    uuid: () => `id-${(ids += 1)}`,
    wait: () => Promise.resolve(),
    reloading: () => false,
    ...more,
  });
}
const opened = async (tracking: Tracking): Promise<Opened> => (await tracking.open()) as Opened;
const last = (lrs: Lrs, verb: string): Said => lrs.statements.filter((each) => each.verb.id.endsWith(`/${verb}`)).pop()!;
const categories = (said: Said): string[] => (said.context.contextActivities.category ?? []).map(({ id }) => id.replace(CMI5, ""));
const refused = (status: number) => (): Response => new Response("", { status });
const when = (path: string, method: string, instead: (call: Call) => ReturnType<Lrs["instead"]>) => (call: Call) =>
  call.path === path && call.method === method ? instead(call) : undefined;

test("a whole session: the token once, what must be read, statements in order, each as cmi5 has it", async () => {
  const lrs = new Lrs();
  const tracking = unit(lrs);
  assert.deepEqual(await opened(tracking), { save: null, mode: "normal", learner: "https://lms.example|an-1", complete: false, outcome: OK });
  assert.deepEqual([lrs.calls[0]!.path, lrs.calls[0]!.method], ["fetch", "POST"]);
  assert.ok(lrs.calls.length <= 7);
  assert.ok(lrs.calls.slice(1).every(({ headers }) => headers["X-Experience-API-Version"] === "1.0.3"));
  assert.deepEqual(lrs.verbs(), ["initialized"]);
  tracking.report(progress({ complete: false, measure: 0.335 }));
  tracking.record(DECISION);
  assert.deepEqual(await tracking.save(SAVE, "c", false), OK);
  assert.equal(lrs.save(), SAVE);
  tracking.report(progress({ score: 80, success: true }));
  tracking.report(progress({ score: 90, success: true }));
  await tracking.save(SAVE + "2", "c", false);
  assert.deepEqual(JSON.parse(lrs.documents.get("waterlijn.save")!), { save: SAVE + "2", told: ["completed", "passed"] });
  assert.deepEqual(await tracking.close(true), OK);
  assert.equal(tracking.home!(), "https://lms.example/back");
  tracking.close();
  await settled();
  assert.deepEqual(lrs.verbs(), ["initialized", "progressed", "answered", "completed", "passed", "terminated"]);
  assert.equal(new Set(lrs.statements.map(({ id }) => id)).size, 6);
  for (const said of lrs.statements) {
    assert.match(said.timestamp, /^2026-11-24T10:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(said.context.registration, "7f0b6d3c-7a0e-4c8e-9a53-2f6d7d4b0c11");
    assert.deepEqual(said.context.extensions, { session: "s1" });
    assert.deepEqual(said.context.contextActivities.grouping, [{ id: "https://a.example/au" }]);
  }
  assert.deepEqual(lrs.statements.map(categories), [["cmi5"], [], [], ["cmi5", "moveon"], ["cmi5", "moveon"], ["cmi5"]]);
  const [, progressed, answered, completed, passed, terminated] = lrs.statements.map(({ result }) => result!);
  assert.deepEqual(progressed, { extensions: { "https://w3id.org/xapi/cmi5/result/extensions/progress": 33 } });
  assert.equal(answered!.response, "c");
  assert.deepEqual({ ...completed, duration: "" }, { completion: true, duration: "" });
  assert.deepEqual({ ...passed, duration: "" }, { success: true, score: { scaled: 0.8, raw: 80, min: 0, max: 100 }, duration: "" });
  for (const result of [completed, passed, terminated]) assert.match(String(result!.duration), /^PT\d+\.\d\dS$/);
  const { id, definition } = last(lrs, "answered").object;
  assert.equal(id, "https://lms.example/a/1/s.aa-kamer");
  assert.deepEqual(definition!.choices.map(({ id }) => id), ["a", "b", "c", "d", "e", "f", "g"]);
});

test("a choice made before progress was told in this page does not say that nothing is done", async () => {
  const lrs = new Lrs();
  const tracking = unit(lrs);
  await tracking.open();
  tracking.record(DECISION);
  await tracking.save(SAVE, "c", false);
  assert.deepEqual(last(lrs, "answered").result, { response: "c" });
});

test("no launch, no token, or nonsense: there is nothing to talk to", async () => {
  assert.equal(await unit(new Lrs(), { search: "" }).open(), null);
  assert.equal(await unit(new Lrs(), { search: `?${QUERY.replace("fetch=", "x=")}` }).open(), null);
  assert.equal(await unit(new Lrs(), { search: `?${QUERY.replace(/actor=[^&]*/, "actor=%7B")}` }).open(), null);
  const used = new Lrs();
  used.fetched = 1;
  assert.equal(await unit(used).open(), null);
  for (const path of ["fetch", "activities/state"]) {
    for (const text of ["<!doctype html>", "null", '"x"', "{}", "[]"]) {
      const lrs = new Lrs();
      lrs.instead = (call) => (call.path === path ? new Response(text) : undefined);
      assert.equal(await unit(lrs).open(), null, `${path} ${text}`);
      assert.deepEqual(lrs.statements, []);
    }
  }
});

test("where nobody answers at first it is asked again, but not without end", async () => {
  const lrs = new Lrs();
  let failures = 2;
  lrs.instead = (call) => (call.path === "activities/state" && (failures -= 1) >= 0 ? new Error("no network") : undefined);
  assert.notEqual(await unit(lrs).open(), null);
  lrs.instead = () => new Response("", { status: 503 });
  assert.equal(await unit(lrs).open(), null);
});

test("a page that is loaded anew goes on in its session; one that came back after the end says no more, and still saves", async () => {
  const lrs = new Lrs();
  const store = storage();
  let reloading = true;
  const first = unit(lrs, { store, reloading: () => reloading });
  await opened(first);
  first.record(DECISION);
  void first.save(SAVE, "c", false);
  first.close();
  await settled();
  assert.deepEqual([lrs.verbs(), lrs.save()], [["initialized", "answered"], SAVE]);
  const second = unit(lrs, { store, reloading: () => reloading });
  assert.deepEqual(await opened(second), { save: SAVE, mode: "normal", learner: "https://lms.example|an-1", complete: false, outcome: OK });
  reloading = false;
  second.close();
  await settled();
  assert.deepEqual(lrs.verbs(), ["initialized", "answered", "terminated"]);
  const third = unit(lrs, { store });
  assert.equal((await opened(third)).mode, "over");
  third.record(DECISION);
  third.report(progress());
  assert.deepEqual(await third.save(SAVE + "3", "c", false), OK);
  third.close();
  await settled();
  assert.equal(lrs.save(), SAVE + "3");
  assert.deepEqual(lrs.verbs(), ["initialized", "answered", "terminated"]);
  assert.equal(lrs.fetched, 1);
});

test("leaving waits for nothing: one last save and one last call, Terminated at its end, also with a save on its way", async () => {
  for (const busy of [false, true]) {
    const lrs = new Lrs();
    const tracking = unit(lrs);
    await opened(tracking);
    if (busy) lrs.instead = ({ keepalive }) => (keepalive ? undefined : null);
    void tracking.save(SAVE, "c", false);
    tracking.record(DECISION);
    await settled();
    void tracking.save(SAVE + "2", "c", false);
    tracking.report(progress());
    const before = lrs.calls.length;
    assert.deepEqual(tracking.close(), OK);
    const [put, post, ...more] = lrs.calls.slice(before);
    assert.deepEqual(more, []);
    assert.deepEqual([put!.method, put!.keepalive, post!.method, post!.keepalive], ["PUT", true, "POST", true]);
    await settled();
    assert.equal(lrs.save(), SAVE + "2");
    assert.deepEqual(lrs.verbs(), ["initialized", "answered", "completed", "terminated"]);
    tracking.close();
    assert.equal(lrs.calls.length, before + 2);
  }
});

test("nothing is told twice: not after a lost answer, not in a next session, not where the save that said so was lost", async () => {
  const lrs = new Lrs();
  const first = unit(lrs);
  await opened(first);
  first.report(progress({ success: true }));
  const taken = lrs.fetch;
  lrs.instead = when("statements", "POST", (call) => {
    lrs.instead = () => undefined;
    void taken("https://lrs.example/xapi/statements", { method: "POST", body: call.body, headers: call.headers });
    return new Error("the answer is lost");
  });
  assert.equal((await first.save(SAVE, "c", false)).ok, false);
  assert.deepEqual(await first.save(SAVE + "2", "c", true), OK);
  await first.close(true);
  const said = ["initialized", "completed", "passed", "terminated"];
  assert.deepEqual(lrs.verbs(), said);
  for (const forget of [false, true]) {
    lrs.fetched = 0;
    if (forget) lrs.documents.clear();
    else lrs.instead = when("statements", "GET", refused(403));
    const next = unit(lrs);
    assert.equal((await opened(next)).complete, true);
    lrs.instead = () => undefined;
    next.report(progress({ success: true }));
    await next.save(SAVE + "3", "c", false);
    await next.close(true);
    said.push("initialized", "terminated");
    assert.deepEqual(lrs.verbs(), said);
  }
});

test("the mastery score of the launch decides; who fails is told so at the end, and not who passed after all", async () => {
  const lrs = new Lrs();
  lrs.data.masteryScore = 0.7;
  const first = unit(lrs);
  await opened(first);
  first.report(progress({ score: 60, success: true }));
  await first.save(SAVE, "c", false);
  assert.deepEqual(lrs.verbs(), ["initialized", "completed"]);
  first.report(progress({ score: 65, success: true }));
  await first.close(true);
  assert.deepEqual(lrs.verbs().slice(2), ["failed", "terminated"]);
  assert.deepEqual(last(lrs, "failed").result!.score, { scaled: 0.65, raw: 65, min: 0, max: 100 });
  assert.equal(last(lrs, "failed").context.extensions["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"], 0.7);
  lrs.fetched = 0;
  const second = unit(lrs);
  await opened(second);
  second.report(progress({ score: 50, success: false }));
  second.report(progress({ score: 70, success: false }));
  second.report(progress({ score: 40, success: false }));
  await second.close(true);
  assert.deepEqual(lrs.verbs().slice(4), ["initialized", "passed", "terminated"]);
});

test("where the LMS waits for Passed and the course judges nobody, all done is passed", async () => {
  for (const [moveOn, verbs] of [["CompletedAndPassed", ["completed", "passed"]], ["Passed", ["completed", "passed"]], ["CompletedOrPassed", ["completed"]]] as const) {
    const lrs = new Lrs();
    lrs.data.moveOn = moveOn;
    const tracking = unit(lrs);
    await opened(tracking);
    tracking.report(progress());
    await tracking.close(true);
    assert.deepEqual(lrs.verbs(), ["initialized", ...verbs, "terminated"]);
  }
});

for (const launchMode of ["Browse", "Review"]) {
  test(`${launchMode}: nothing but Initialized and Terminated, and nothing is written`, async () => {
    const lrs = new Lrs();
    lrs.documents.set("waterlijn.save", JSON.stringify({ save: SAVE }));
    lrs.data.launchMode = launchMode;
    const tracking = unit(lrs);
    const found = await opened(tracking);
    assert.deepEqual([found.mode, found.save], [launchMode.toLowerCase(), SAVE]);
    tracking.record(DECISION);
    tracking.report(progress({ score: 10, success: false }));
    assert.equal((await tracking.save("new", "c", false)).ok, false);
    tracking.close();
    await settled();
    assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
    assert.deepEqual([lrs.save(), lrs.count("activities/state", "PUT")], [SAVE, 0]);
  });
}

for (const etags of [true, false]) {
  test(`what another window saved is not written over (${etags ? "with" : "without"} ETags)`, async () => {
    const lrs = new Lrs();
    lrs.etags = etags;
    const tracking = unit(lrs);
    await opened(tracking);
    await tracking.save(SAVE, "c", false);
    lrs.documents.set("waterlijn.save", JSON.stringify({ save: "theirs" }));
    assert.deepEqual(await tracking.save(SAVE + "2", "c", false), { ok: false, why: "other", save: "theirs" });
    tracking.close(); // before the learner decided
    await settled();
    assert.equal(lrs.save(), "theirs");
  });
}

test("our own save, of which the answer was lost, is no other window's", async () => {
  const lrs = new Lrs();
  const tracking = unit(lrs);
  await opened(tracking);
  await tracking.save(SAVE, "c", false);
  lrs.instead = when("activities/state", "PUT", ({ body }) => {
    lrs.documents.set("waterlijn.save", body);
    return new Error("the answer is lost");
  });
  assert.equal((await tracking.save(SAVE + "2", "c", false)).ok, false);
  lrs.instead = () => undefined;
  assert.deepEqual(await tracking.save(SAVE + "3", "c", true), OK);
  assert.equal(lrs.save(), SAVE + "3");
});

test("a save that reads back otherwise was not stored, whatever the LRS says", async () => {
  const lies: Record<string, Lrs["instead"]> = {
    nowhere: when("activities/state", "PUT", () => new Response(null, { status: 204 })),
    cut: when("activities/state", "GET", () => new Response('{"save":"1;1;1;3', { headers: { ETag: '"x"' } })),
    "something else": when("activities/state", "GET", () => new Response("<!doctype html>")),
  };
  for (const [name, lie] of Object.entries(lies)) {
    const lrs = new Lrs();
    const tracking = unit(lrs);
    await opened(tracking);
    await tracking.save(SAVE, "c", false);
    lrs.instead = lie;
    for (const text of [SAVE + "2", SAVE + "3"]) assert.deepEqual(await tracking.save(text, "c", false), { ok: false, why: "refused" }, name);
    lrs.instead = () => undefined;
    assert.deepEqual(await tracking.save(SAVE + "4", "c", true), OK, name);
  }
});

test("an answer that the LRS does not want is no loss; what must be told is told again until it is taken", async () => {
  const lrs = new Lrs();
  const tracking = unit(lrs);
  await opened(tracking);
  lrs.instead = when("statements", "POST", ({ body }) => (body.includes("answered") ? new Response("", { status: 400 }) : undefined));
  tracking.record(DECISION);
  tracking.report(progress());
  assert.deepEqual(await tracking.save(SAVE, "c", false), OK);
  assert.deepEqual(lrs.verbs(), ["initialized", "completed"]);
  lrs.instead = when("statements", "POST", refused(400));
  tracking.report(progress({ success: true }));
  assert.deepEqual(await tracking.save(SAVE + "2", "c", false), { ok: false, why: "refused" });
  assert.equal(lrs.save(), SAVE + "2");
  lrs.instead = when("statements", "POST", refused(401));
  assert.deepEqual(await tracking.save(SAVE + "3", "c", true), { ok: false, why: "lost" });
  lrs.instead = () => undefined;
  assert.deepEqual(await tracking.save(SAVE + "4", "c", true), OK);
  assert.deepEqual(lrs.verbs(), ["initialized", "completed", "passed"]);
});

test("a statement that may not be told holds up neither the others nor the save", async () => {
  const lrs = new Lrs();
  const tracking = unit(lrs);
  await opened(tracking);
  lrs.instead = when("statements", "POST", ({ body }) => (body?.includes("/completed") ? new Response("", { status: 403 }) : undefined));
  tracking.report(progress());
  assert.deepEqual(await tracking.save(SAVE, "c", false), OK);
  assert.deepEqual(await tracking.close(true), OK);
  assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
  assert.equal(lrs.save(), SAVE);
});

test("one that is there already counts as taken", async () => {
  const lrs = new Lrs();
  const tracking = unit(lrs);
  await opened(tracking);
  lrs.instead = when("statements", "POST", refused(409));
  tracking.report(progress());
  assert.deepEqual(await tracking.save(SAVE, "c", false), OK);
});

test("times are durations with hundredths", () => {
  assert.deepEqual([0, 1, 65432, 3600000, -5].map(duration), ["PT0.00S", "PT0.00S", "PT65.43S", "PT3600.00S", "PT0.00S"]);
});

// With the player's shell around it.

function launched(lrs: Lrs, here: Stand, more: Partial<Settings> = {}): Promise<Session> {
  lrs.fetched = 0;
  return open(sample, () => unit(lrs, more), here);
}
const play = (session: Session, ...actions: Action[]): void => {
  for (const each of actions) assert.ok(session.dispatch(each), JSON.stringify(each));
};
const held = (lrs: Lrs) => restore(sample, lrs.save(), 0).state;

test("what is played while a slow save is on its way arrives, also on leaving", async () => {
  const lrs = new Lrs();
  const here = stand();
  const session = await launched(lrs, here);
  lrs.instead = ({ keepalive }) => (keepalive ? undefined : null);
  play(session, ...OPENING, { do: "keep", where: "lms" }, { do: "answer", reflection: "open1", text: TEXT });
  await here.pass(0);
  assert.equal(session.saveState(), "saving");
  here.fire("leaving");
  await settled();
  assert.deepEqual(held(lrs).runs, session.state().runs);
  assert.equal(held(lrs).answers.open1!.text, TEXT);
  assert.deepEqual(lrs.verbs(), ["initialized", "answered", "terminated"]);
  assert.ok(!JSON.stringify(lrs.statements).includes("onwillig"));
});

test("a failing LRS is told and tried again; a session that is over is called lost", async () => {
  for (const [status, state] of [[500, "retrying"], [400, "retrying"], [401, "lost"], [403, "lost"]] as [number, SaveState][]) {
    const lrs = new Lrs();
    const here = stand();
    const session = await launched(lrs, here);
    lrs.instead = when("activities/state", "PUT", refused(status));
    play(session, ...OPENING);
    await here.pass(0);
    assert.equal(session.saveState(), state);
    lrs.instead = () => undefined;
    await here.pass(60000);
    assert.equal(session.saveState(), "saved");
    assert.deepEqual(held(lrs).runs, session.state().runs);
  }
});

for (const stays of [false, true]) {
  test(`two windows: the learner decides (${stays ? "for this one" : "for the other"}), and the answers of both are kept`, async () => {
    const lrs = new Lrs();
    const [one, two] = [stand(), stand()];
    const here = await launched(lrs, one);
    play(here, { do: "keep", where: "lms" }, { do: "answer", reflection: "open1", text: TEXT });
    await one.pass(2000);
    const there = await launched(lrs, two);
    play(there, ...OPENING, { do: "answer", reflection: "x3", text: "van daar" });
    await two.pass(2000);
    assert.equal(there.saveState(), "saved");
    play(here, { do: "go", place: { at: "step", lesson: 1, step: 0 } });
    await one.pass(120000);
    assert.deepEqual(here.offer(), { kind: "other" });
    assert.deepEqual(held(lrs).runs, there.state().runs);
    if (stays) here.declineOffer();
    else here.acceptOffer();
    await one.pass(2000);
    assert.equal(here.saveState(), "saved");
    assert.deepEqual(here.state().runs, stays ? {} : there.state().runs);
    assert.deepEqual(held(lrs).runs, here.state().runs);
    assert.deepEqual(Object.keys(here.state().answers).sort(), ["open1", "x3"]);
    assert.equal(held(lrs).answers.open1!.text, TEXT);
  });
}

test("joining two windows widens the place of no answer", async () => {
  const lrs = new Lrs();
  const [one, two] = [stand(), stand()];
  const here = await launched(lrs, one);
  const there = await launched(lrs, two);
  play(there, { do: "keep", where: "lms" }, { do: "answer", reflection: "x3", text: "van daar" });
  await two.pass(2000);
  play(here, { do: "keep", where: "device" }, { do: "answer", reflection: "open1", text: TEXT });
  await one.pass(2000);
  assert.deepEqual(here.offer(), { kind: "other" });
  here.acceptOffer();
  await one.pass(2000);
  assert.equal(here.saveState(), "saved");
  assert.equal(here.state().answers.open1!.text, TEXT);
  assert.deepEqual(Object.keys(held(lrs).answers), ["x3"]);
  assert.ok([...one.kept.entries()].some(([key, text]) => key.endsWith(":answers") && text.includes(TEXT)));
});

test("closing waits until all arrived, and then goes where the LMS says; where it fails it is told and tried again", async () => {
  const lrs = new Lrs();
  const here = stand();
  const session = await launched(lrs, here);
  play(session, ...OPENING);
  lrs.instead = when("statements", "POST", refused(500));
  session.close();
  await here.pass(0);
  assert.notEqual(session.saveState(), "saved");
  assert.deepEqual(here.went, []);
  lrs.instead = () => undefined;
  session.retry();
  await here.pass(0);
  assert.deepEqual(here.went, ["https://lms.example/back"]);
  assert.deepEqual(lrs.verbs(), ["initialized", "answered", "terminated"]);
  here.fire("leaving");
  await settled();
  assert.equal(lrs.verbs().filter((verb) => verb === "terminated").length, 1);
});

test("without a launch it plays on this device, and says so", async () => {
  const session = await launched(new Lrs(), stand(), { search: "" });
  assert.deepEqual([session.missing, session.where], [true, "device"]);
});
