import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { desk, type Desk } from "../../lms/tests/desk.js";
import type { Fault } from "../../lms/src/faults.js";
import type { Action } from "../src/core-types.js";
import type { SessionEvent } from "../src/session-types.js";
import { restore } from "../src/save.js";
import { open } from "../src/session.js";
import { local } from "../src/tracking/local.js";
import { memory } from "../src/tracking/memory.js";
import { moves, action, runs } from "./random.js";
import { sample } from "./sample.js";
import { launch, settled, stand } from "./stand.js";

const OPENING: Action[] = [{ do: "go", place: { at: "step", lesson: 0, step: 1 } }, { do: "begin" }, { do: "choose", choice: 1 }];
const TEXT = "Ik dacht eerst dat hij onwillig was – één blik, € 5, en café.";

const play = (session: { dispatch(action: Action): boolean }, ...actions: Action[]): void => {
  for (const each of actions) assert.ok(session.dispatch(each), JSON.stringify(each));
};
const saved = (lms: Desk) => restore(sample, lms.record["cmi.suspend_data"] ?? null, 0);
const next = (lms: Desk, launchAs: Parameters<typeof desk>[2] = {}): Desk => desk("realistic", lms.record, launchAs);
const history = (kept: Map<string, string>) => [...kept].filter(([key]) => key.endsWith(":history"));

test("every choice is saved at once, typing after a pause, and another browser stands at the same place", async () => {
  const lms = desk("realistic");
  const here = stand();
  const session = await launch(sample, lms, here);
  assert.equal(session.where, "lms");
  assert.equal(session.learner, "an-1");
  play(session, ...OPENING);
  assert.deepEqual(saved(lms).state.runs, session.state().runs);
  assert.equal(session.saveState(), "saving");
  await here.pass(0);
  assert.equal(session.saveState(), "saved");
  play(session, { do: "keep", where: "lms" });
  const before = lms.log.length;
  for (let i = 1; i <= TEXT.length; i++) play(session, { do: "answer", reflection: "open1", text: TEXT.slice(0, i) });
  assert.equal(lms.log.length, before);
  await here.pass(2000);
  assert.equal(saved(lms).state.answers.open1!.text, TEXT);
  play(session, { do: "answer", reflection: "open1", text: TEXT + "!" });
  session.flush();
  assert.equal(saved(lms).state.answers.open1!.text, TEXT + "!");
  here.fire("leaving");
  here.fire("hidden");
  assert.deepEqual(lms.violations(), []);

  const second = await launch(sample, next(lms), stand());
  assert.deepEqual(second.state(), session.state());
  assert.equal(second.offer(), null);
});

test("of two windows in one browser the newest goes on; the older closes, is told, and takes nothing back", async () => {
  const lms = desk("full");
  const kept = new Map<string, string>();
  const here = stand(kept);
  const first = await launch(sample, lms, here);
  const told: SessionEvent[] = [];
  first.subscribe((event) => told.push(event));
  play(first, ...OPENING, { do: "keep", where: "lms" }, { do: "answer", reflection: "open1", text: TEXT });
  assert.deepEqual(told.filter(({ on }) => on === "elsewhere"), []);
  const other = await launch({ ...sample, variant: "elders" }, desk("full"), stand(kept));
  assert.equal(other.saveState(), "saved");
  assert.deepEqual(told.filter(({ on }) => on === "elsewhere"), [], "another course");

  const look = await launch(sample, next(lms, { mode: "review" }), stand(kept));
  assert.equal(look.mode, "review");
  assert.deepEqual(told.filter(({ on }) => on === "elsewhere"), [], "a look back writes nothing");

  const later = desk("full", lms.record);
  const second = await launch(sample, later, stand(kept));
  assert.deepEqual(told.filter(({ on }) => on === "elsewhere"), [{ on: "elsewhere" }]);
  assert.equal(saved(lms).state.answers.open1!.text, TEXT);
  assert.equal(lms.log.filter(({ call }) => call === "LMSFinish").length, 1);
  const before = lms.log.length;
  first.dispatch({ do: "choose", choice: 0 });
  here.fire("hidden");
  here.fire("leaving");
  assert.equal(lms.log.length, before);
  play(second, { do: "answer", reflection: "open1", text: "Verder." });
  second.flush();
  assert.equal(saved(later).state.answers.open1!.text, "Verder.");
  assert.deepEqual([...lms.violations(), ...later.violations()], []);
});

test("leaving in the middle of typing saves what was typed", async () => {
  const lms = desk("full");
  const here = stand();
  const session = await launch(sample, lms, here);
  play(session, { do: "keep", where: "lms" }, { do: "answer", reflection: "open1", text: TEXT });
  here.fire("leaving");
  assert.equal(saved(lms).state.answers.open1!.text, TEXT);
  assert.equal(lms.log.filter(({ call }) => call === "LMSFinish").length, 1);
});

const HONEST: Fault[] = [{ name: "fail-commit", times: 3 }, { name: "throws", calls: ["LMSCommit"], times: 2 }];
for (const fault of HONEST) {
  test(`${JSON.stringify(fault)}: told, tried again, stored`, async () => {
    const lms = desk("realistic");
    const here = stand();
    const session = await launch(sample, lms, here);
    const told: string[] = [];
    session.subscribe((event) => event.on === "save" && told.push(session.saveState()));
    lms.faults.replace([fault]);
    play(session, ...OPENING);
    assert.equal(session.saveState(), "retrying");
    await here.pass(60000);
    assert.equal(session.saveState(), "saved");
    assert.deepEqual([...new Set(told)].sort(), ["retrying", "saved", "saving"]);
    assert.deepEqual(saved(lms).state.runs, session.state().runs);
    assert.equal(lms.record["cmi.interactions.0.id"], "s.aa-kamer");
    assert.deepEqual(history(here.kept), []);
    assert.deepEqual(lms.violations(), []);
  });
}

test("an LMS that keeps refusing: called lost, and trying goes on", async () => {
  for (const fault of [{ name: "fail-commit" }, { name: "truncate", length: 30 }, { name: "refuse-set", elements: ["cmi.suspend_data"] }] as Fault[]) {
    const lms = desk("realistic");
    const here = stand();
    const session = await launch(sample, lms, here);
    lms.faults.replace([fault]);
    play(session, ...OPENING);
    await here.pass(120000);
    assert.equal(session.saveState(), "lost", fault.name);
    lms.faults.replace([]);
    await here.pass(60000);
    assert.equal(session.saveState(), "saved", fault.name);
    assert.deepEqual(saved(lms).state.runs, session.state().runs);
  }
});

test("a way out that failed can be tried again, and then all is stored", async () => {
  for (const fault of [{ name: "fail-commit" }, { name: "refuse-set", elements: ["cmi.suspend_data"] }] as Fault[]) {
    const lms = desk("mandatory");
    const here = stand();
    const session = await launch(sample, lms, here);
    lms.faults.replace([fault]);
    play(session, ...OPENING);
    session.close();
    await here.pass(120000);
    assert.notEqual(session.saveState(), "saved", fault.name);
    lms.faults.replace([]);
    session.retry();
    await here.pass(0);
    assert.equal(session.saveState(), "saved", fault.name);
    assert.deepEqual(saved(lms).state.runs, session.state().runs);
    assert.equal(lms.log.filter(({ call, result }) => call === "LMSFinish" && result === "true").length, 1);
    here.fire("leaving");
    assert.deepEqual(lms.violations(), []);
  }
});

for (const probes of [true, false]) {
  test(`a cut network that says stored is not believed (${probes ? "a file is asked for" : "only the browser's word"})`, async () => {
    const lms = desk("realistic");
    const here = stand(new Map(), { probes });
    const session = await launch(sample, lms, here);
    lms.faults.replace([{ name: "network-cut" }]);
    here.network = false;
    play(session, ...OPENING);
    await here.pass(0);
    assert.equal(session.saveState(), "retrying");
    assert.deepEqual(saved(lms).state.runs, {});
    lms.faults.replace([]);
    here.network = true;
    here.fire("online");
    await here.pass(0);
    assert.equal(session.saveState(), "saved");
    assert.deepEqual(saved(lms).state.runs, session.state().runs);
    assert.equal(lms.record["cmi.interactions.0.student_response"], "b");
    assert.deepEqual(lms.violations(), []);
  });
}

test("an older save's good news does not cover a newer one's bad news", async () => {
  const lms = desk("realistic");
  const here = stand();
  const asked: ((reached: boolean) => void)[] = [];
  here.probe = () => new Promise((answer) => asked.push(answer));
  const session = await launch(sample, lms, here);
  play(session, ...OPENING); // three saves
  assert.equal(asked.length, 3);
  asked[2]!(true);
  asked[0]!(false); // late, and bad
  await settled();
  assert.equal(session.saveState(), "retrying");
  await here.pass(2000);
  asked[3]!(true);
  await settled();
  assert.equal(session.saveState(), "saved");
});

test("what a lost session had is offered on this device the next time, without any answer", async () => {
  const lms = desk("realistic");
  const here = stand();
  const session = await launch(sample, lms, here);
  play(session, { do: "keep", where: "lms" }, { do: "answer", reflection: "open1", text: TEXT }, { do: "answer", reflection: "keuze", text: "1" });
  session.flush();
  await here.pass(0);
  lms.faults.replace([{ name: "session-lost", after: 0 }]);
  play(session, ...OPENING, { do: "continue" });
  here.fire("leaving");
  const [[, copy] = []] = history(here.kept);
  assert.ok(copy);
  assert.deepEqual(restore(sample, copy!, 0).state.answers, {});

  const elsewhere = await launch(sample, next(lms), stand());
  assert.equal(elsewhere.offer(), null);
  assert.deepEqual(elsewhere.state().runs, {});

  const again = next(lms);
  const second = await launch(sample, again, stand(new Map(here.kept)));
  assert.deepEqual(second.offer(), { kind: "ahead" });
  second.acceptOffer();
  assert.equal(second.offer(), null);
  assert.deepEqual(second.state().runs, session.state().runs);
  assert.equal(second.state().answers.open1!.text, TEXT); // from the LMS
  assert.deepEqual(saved(again).state, second.state());

  const kept = new Map(here.kept);
  const third = await launch(sample, next(lms), stand(kept));
  third.declineOffer();
  assert.deepEqual(third.state().runs, {});
  assert.deepEqual(history(kept), []);
});

test("a completion that never arrived is told at the next launch", async () => {
  const lms = desk("realistic");
  const here = stand();
  const session = await launch(sample, lms, here);
  play(session, ...OPENING, { do: "continue" }, { do: "choose", choice: 1 }, { do: "choose", choice: 0 });
  play(session, { do: "go", place: { at: "step", lesson: 1, step: 0 } }, { do: "next" });
  await here.pass(0);
  assert.equal(lms.record["cmi.core.lesson_status"], "completed");
  here.fire("leaving");
  lms.record = { ...lms.record, "cmi.core.lesson_status": "incomplete" };
  const again = next(lms);
  await launch(sample, again, stand());
  assert.equal(again.record["cmi.core.lesson_status"], "completed");
});

test("a score that never arrived is told too, where the completion did", async () => {
  const scored = { ...sample, score: true as const };
  const lms = desk("realistic");
  const here = stand();
  const session = await launch(scored, lms, here);
  play(session, ...OPENING, { do: "continue" }, { do: "choose", choice: 1 }, { do: "choose", choice: 0 });
  play(session, { do: "go", place: { at: "step", lesson: 1, step: 0 } }, { do: "next" });
  const step = scored.lessons[0]!.steps.findIndex(({ kind }) => kind === "question");
  play(session, { do: "go", place: { at: "step", lesson: 0, step } }, { do: "check", question: "vraag", ticked: [0] });
  await here.pass(0);
  here.fire("leaving");
  assert.deepEqual([lms.record["cmi.core.lesson_status"], lms.record["cmi.core.score.raw"]], ["completed", "100"]);
  const { "cmi.core.score.raw": _lost, ...left } = lms.record;
  lms.record = left;
  const again = next(lms);
  (await launch(scored, again, stand())).close();
  assert.equal(again.record["cmi.core.score.raw"], "100");
  assert.deepEqual(again.violations(), []);
});

for (const mode of ["review", "browse"] as const) {
  test(`${mode}: everything plays, nothing is written, here or there`, async () => {
    const first = desk("realistic");
    const session = await launch(sample, first, stand());
    play(session, ...OPENING);
    session.close();
    const lms = next(first, { mode });
    const before = { ...lms.record };
    const here = stand();
    const second = await launch(sample, lms, here);
    assert.equal(second.mode, mode);
    assert.equal(second.saveState(), "off");
    assert.deepEqual(second.state(), session.state());
    play(second, { do: "continue" }, { do: "keep", where: "device" }, { do: "answer", reflection: "open1", text: TEXT });
    await here.pass(9000);
    here.fire("hidden");
    here.fire("leaving");
    for (const name of Object.keys(before).filter((each) => !/exit|session_time|total_time/.test(each))) {
      assert.equal(lms.record[name], before[name], name);
    }
    assert.equal(here.kept.size, 0);
  });
}

test("without an LMS the course plays on in this browser, says so, and asks the next one first", async () => {
  const here = stand();
  const session = await launch(sample, null, here);
  assert.equal(session.missing, true);
  assert.equal(session.where, "device");
  assert.equal(session.offer(), null);
  play(session, ...OPENING);
  assert.equal(session.saveState(), "saved");
  const second = await launch(sample, null, stand(here.kept));
  assert.deepEqual(second.offer(), { kind: "shared" });
  second.acceptOffer();
  assert.deepEqual(second.state(), session.state());
  const third = await launch(sample, null, stand(here.kept));
  third.declineOffer();
  assert.deepEqual(third.state().runs, {});
  assert.equal(here.kept.size, 0);
});

test("a browser that keeps nothing is told, and everything plays", async () => {
  const here = stand(null);
  const session = await open(sample, (device) => local(device, sample.limit), here);
  assert.equal(session.where, "memory");
  assert.equal(session.device, false);
  play(session, ...OPENING);
  await here.pass(120000);
  assert.equal(session.saveState(), "saved", "tried again, where `where` told that it is of no use");
  const full = stand();
  full.storage = { ...full.storage!, setItem: () => { throw new Error("QuotaExceededError"); } };
  assert.equal((await open(sample, (device) => local(device, sample.limit), full)).device, false);
});

test("answers go where the learner wants: the device, the LMS, or nowhere; and leave where they were", async () => {
  const lms = desk("realistic");
  const here = stand();
  const session = await launch(sample, lms, here);
  const kept = (): string => [...here.kept].filter(([key]) => key.endsWith(":answers")).map(([, text]) => text).join();
  play(session, { do: "keep", where: "device" }, { do: "answer", reflection: "open1", text: TEXT });
  session.flush();
  assert.ok(kept().includes(TEXT));
  assert.deepEqual(saved(lms).state.answers, {});
  const later = await launch(sample, next(lms), stand(new Map(here.kept)));
  assert.equal(later.state().answers.open1!.text, TEXT);
  assert.equal((await launch(sample, next(lms), stand())).state().answers.open1, undefined);
  const other = desk("realistic", {}, { learner: { id: "bo-2", name: "Bo" } });
  assert.equal((await launch(sample, other, stand(here.kept))).state().answers.open1, undefined);

  play(session, { do: "keep", where: "lms" });
  assert.equal(saved(lms).state.answers.open1!.text, TEXT);
  assert.equal(kept(), "");
  play(session, { do: "keep", where: "not" });
  assert.deepEqual(saved(lms).state.answers, {});
  assert.equal(kept(), "");
  assert.equal(session.state().answers.open1!.text, TEXT);
});

test("what this browser holds as answers is not trusted", async () => {
  for (const bad of ["", "{", "null", "[]", '{"answers":{"open1":{"text":5}}}', '{"answers":{"none":{"text":"x"}}}', '{"answers":7}']) {
    const here = stand();
    here.storage!.setItem(`waterlijn:proef:v:-:answers`, bad);
    const session = await open(sample, (device) => local(device, sample.limit), here);
    assert.deepEqual(session.state().answers, {});
  }
});

test("an answer for which there is no room is refused, told, and fits on the device", async () => {
  const lms = desk("realistic");
  const session = await launch(sample, lms, stand());
  const told: SessionEvent[] = [];
  session.subscribe((event) => event.on === "no-room" && told.push(event));
  play(session, { do: "keep", where: "lms" });
  const text = Array.from({ length: 3000 }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919) % 20000))).join("");
  assert.equal(session.fits("open1", text), false);
  assert.equal(session.dispatch({ do: "answer", reflection: "open1", text }), false);
  assert.deepEqual(told, [{ on: "no-room", reflection: "open1", text }]);
  play(session, { do: "answer", reflection: "open1", text, keep: "device" });
  session.flush();
  assert.ok(lms.record["cmi.suspend_data"]!.length <= 4096);
});

test("a save of a newer player is not overwritten until the learner says so", async () => {
  const record = { "cmi.suspend_data": "2;newer", "cmi.core.lesson_status": "incomplete" };
  const looking = desk("realistic", record);
  const session = await launch(sample, looking, stand());
  assert.deepEqual(session.offer(), { kind: "newer" });
  session.acceptOffer();
  play(session, ...OPENING);
  session.close();
  assert.equal(session.saveState(), "off");
  assert.equal(looking.record["cmi.suspend_data"], "2;newer");
  const anew = desk("realistic", record);
  const other = await launch(sample, anew, stand());
  other.declineOffer();
  play(other, ...OPENING);
  assert.deepEqual(saved(anew).state.runs, other.state().runs);
});

test("wiping forgets what this browser holds, and nothing of the LMS", async () => {
  const lms = desk("realistic");
  const here = stand();
  const session = await launch(sample, lms, here);
  play(session, { do: "keep", where: "device" }, { do: "answer", reflection: "open1", text: TEXT }, ...OPENING);
  session.wipe();
  await here.pass(0);
  assert.equal(here.kept.size, 0);
  assert.equal(session.state().answers.open1, undefined);
  assert.deepEqual(saved(lms).state.runs, session.state().runs);
});

test("memory keeps in the window what is handed over", async () => {
  const held = memory();
  const session = await open(sample, () => held, stand());
  play(session, ...OPENING);
  assert.equal(held.held.interactions.length, 1);
  session.close();
  assert.equal(held.held.closed, true);
});

test("whatever is played under whatever faults, it ends with all stored or the learner told", async () => {
  const fault = fc.constantFrom<Fault[]>(
    [],
    [{ name: "fail-commit", times: 2 }],
    [{ name: "refuse-set", elements: ["cmi.suspend_data"] }],
    [{ name: "truncate", length: 40 }],
    [{ name: "session-lost", after: 30 }],
    [{ name: "network-cut" }],
    [{ name: "throws", calls: ["LMSSetValue"], times: 3 }],
  );
  const profile = fc.constantFrom("mandatory" as const, "realistic" as const, "full" as const);
  await fc.assert(
    fc.asyncProperty(profile, fault, moves(25), fc.nat({ max: 60000 }), async (as, faults, list, wait) => {
      const lms = desk(as);
      const here = stand();
      const session = await launch(sample, lms, here);
      lms.faults.replace(faults);
      here.network = !faults.some(({ name }) => name === "network-cut");
      let acted = false;
      for (const move of list) {
        acted = session.dispatch(action(sample, session.state(), move)) || acted;
        if (move.pick % 5 === 0) await here.pass(wait);
      }
      session.flush();
      await here.pass(0);
      const stored = saved(lms).state;
      const state = session.state();
      if (acted && session.saveState() === "saved") {
        assert.deepEqual([stored.runs, stored.done, stored.place, stored.checks], [state.runs, state.done, state.place, state.checks]);
      }
      here.fire("leaving");
      // Where setting throws, the time of the session cannot be told.
      assert.deepEqual(lms.violations().filter((rule) => rule !== "no-session-time" || faults[0]?.name !== "throws"), []);
    }),
    { numRuns: runs ?? 300 },
  );
});
