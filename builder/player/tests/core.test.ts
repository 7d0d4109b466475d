import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { progress, remaining, runOf, screen, start, step } from "../src/core.js";
import { comes, hash } from "../src/core/chance.js";
import { replayed } from "../src/core/run.js";
import type { Action, State } from "../src/core-types.js";
import type { Course, Scene } from "../src/data.js";
import { choice, course, sample, scenario, scene } from "./sample.js";
import { moves, play, playActions, randomCourse, runs } from "./random.js";

const enter: Action = { do: "go", place: { at: "step", lesson: 0, step: 1 } };

function after(course: Course, ...actions: Action[]): State {
  return actions.reduce((state, action) => {
    const next = step(course, state, action).state;
    assert.notEqual(next, state, `not possible: ${JSON.stringify(action)}`);
    return next;
  }, start(3));
}

const choose = (choice: number): Action => ({ do: "choose", choice });
const labels = (course: Course, state: State): string[] =>
  screen(course, state)!.offers.map(({ label, closedBy }) => label.slice(5) + (closedBy === null ? "" : ` x${closedBy}`));

/** One scenario without opening: its scenes, ending as last. */
function tiny(scenes: Scene[], more: Parameters<typeof scenario>[2] = {}): Course {
  return course([scenario("t", scenes, more)]);
}

test("a scenario plays: opening, scene, choice, reaction, event, scene, later, ending, debrief", () => {
  let state = after(sample, enter);
  assert.equal(screen(sample, state)!.kind, "opening");
  const { state: begun, commands } = step(sample, state, { do: "begin" });
  assert.deepEqual(commands, [{ order: "save" }, { order: "focus" }]);
  assert.deepEqual(labels(sample, begun), ["dossier", "vragen", "kamer x0", "blijf", "eenmaal"]);

  const asked = step(sample, begun, choose(1));
  assert.deepEqual(asked.commands, [
    { order: "announce", meter: "vertrouwen", from: 2, to: 5 }, // 2 + 9 stays within 5
    { order: "record", interaction: { id: "s.aa-kamer", response: 1, label: "Kies vragen" } },
    { order: "save" },
    { order: "focus" },
  ]);
  assert.deepEqual(screen(sample, asked.state), {
    kind: "reaction",
    scene: 0,
    beats: [{ template: "t-reactie", child: 0 }],
    offers: [],
    arrived: [],
    below: true,
  });
  assert.equal(step(sample, asked.state, choose(0)).state, asked.state);

  state = after(sample, enter, { do: "begin" }, choose(1), { do: "continue" }, choose(1));
  const friday = screen(sample, state)!;
  assert.deepEqual(friday.arrived, [{ scene: 0, choice: 1, later: 0 }]);
  assert.equal(runOf(state, sample.scenarios.gesprek!).values.belofte, 7);

  const ended = step(sample, state, choose(0));
  assert.deepEqual(ended.commands.map(({ order }) => order), ["report", "save", "focus"]); // plain "verder": not recorded
  assert.equal(screen(sample, ended.state)!.kind, "ending");
  const debrief = step(sample, ended.state, { do: "debrief" }).state;
  assert.equal(screen(sample, debrief), null);

  const again = step(sample, debrief, { do: "replay" }).state;
  assert.equal(screen(sample, again)!.kind, "opening");
  assert.equal(again.runs.gesprek!.first!.ended, true);
});

test("whose thoughts show: one's own; another's only under a condition that holds; roles only for who plays them", () => {
  const before = screen(sample, after(sample, enter, { do: "begin" }))!;
  assert.deepEqual(before.beats.map(({ child }) => child), [0, 1]);
  assert.equal(before.below, true);
  const trusted = screen(sample, after(sample, enter, { do: "begin" }, choose(1), { do: "continue" }, choose(0)))!;
  assert.deepEqual(trusted.beats.map(({ child }) => child), [0, 1, 3]);
  const asMo = structuredClone(sample);
  asMo.scenarios.gesprek!.scenes[0]!.me = "mo";
  const his = screen(asMo, after(asMo, enter, { do: "begin" }))!;
  assert.deepEqual(his.beats.map(({ child }) => child), [0, 2, 4]);
  assert.ok(his.offers.some(({ label }) => label === "Kies mo"));
});

test("once, closed and otherwise", () => {
  const one = tiny([
    scene("sa", [choice("ca", 0, { once: true }), choice("cb", 1, { closed: { rule: 0 } }), choice("cc", 1, { otherwise: true })]),
    scene("sb", []),
  ]);
  const state = after(one, enter);
  assert.deepEqual(labels(one, state), ["ca", "cb x0"]);
  assert.deepEqual(labels(one, after(one, enter, choose(0))), ["cb x0", "cc"]);
  assert.equal(step(one, state, choose(1)).state, state); // closed
  assert.equal(step(one, state, choose(2)).state, state); // not offered
  assert.equal(step(one, state, choose(9)).state, state);
});

test("an event comes on leaving, by the seed, once if so, and goes on to where one was going", () => {
  const events = tiny([
    scene("sa", [choice("ca", 1)]),
    scene("sb", [choice("cb", 0), choice("cc", 3)]),
    scene("sc", [choice("cd", -1)], { kind: "event", at: [0], chance: 100, once: true, if: ["=", "m", 1] }),
    scene("sd", []),
  ], { meters: [{ key: "m", name: "m", start: 1, low: 0, high: 1 }] });
  const during = after(events, enter, choose(0));
  assert.equal(screen(events, during)!.scene, 2);
  assert.deepEqual(runOf(during, events.scenarios.t!).history, [{ choice: "ca" }, { event: "sc" }]);
  assert.equal(screen(events, after(events, enter, choose(0), choose(0)))!.scene, 1);
  const later = after(events, enter, choose(0), choose(0), choose(0), choose(0));
  assert.equal(screen(events, later)!.scene, 1); // it came once
  const never = structuredClone(events);
  never.scenarios.t!.scenes[2]!.if = ["=", "m", 0];
  assert.equal(screen(never, after(never, enter, choose(0)))!.scene, 1);
});

test("the draw is frozen, and as often as its chance says", () => {
  assert.deepEqual(["", "a", "3/gesprek/cc-loopt-weg/2"].map(hash), [2872998923, 444641715, 133060411]);
  const share = Array.from({ length: 10000 }, (_, seed) => comes(seed, "s", "e", seed % 7, 30)).filter(Boolean).length;
  assert.ok(share > 2800 && share < 3200, `${share}`);
  assert.equal(comes(1, "s", "e", 1, 0), false);
  assert.equal(comes(1, "s", "e", 1, 100), true);
});

test("going round adds nothing to the history, however long", () => {
  const round = tiny([scene("sa", [choice("ca", 1), choice("cb", 2)]), scene("sb", [choice("cc", 0)]), scene("sc", [choice("cd", 0), choice("ce", 3)]), scene("sd", [])]);
  let state = after(round, enter);
  let longest = 0;
  for (let i = 0; i < 300; i++) {
    const open = screen(round, state)!.offers;
    state = step(round, state, choose(open[hash(String(i)) % (open.length - (screen(round, state)!.scene === 2 ? 1 : 0))]!.index)).state;
    longest = Math.max(longest, runOf(state, round.scenarios.t!).history.length);
  }
  assert.ok(longest >= 4 && longest <= 12, `${longest}`);
});

test("no run passes the same moment twice, and its history is its replay", () => {
  let circles = 0;
  let events = 0;
  fc.assert(
    fc.property(randomCourse, fc.integer({ min: 0, max: 9 }), fc.array(fc.nat(), { maxLength: 60 }), (course, seed, picks) => {
      const here = course.scenarios.verhaal!;
      let state = step(course, start(seed), enter).state;
      for (const pick of picks) {
        const can = playActions(course, state);
        if (!can.length) break;
        const before = runOf(state, here).history.length;
        state = step(course, state, can[pick % can.length]!).state;
        const run = runOf(state, here);
        if (run.history.length <= before && run.phase === "scene" && before) circles += 1;
        if (run.history.some((item) => "event" in item)) events += 1;
        const codes = run.history; // keys and codes are the same in these courses
        const replay = replayed(here, seed, codes, run.phase === "reaction");
        if (run.phase === "opening") continue;
        assert.deepEqual(replay.run, run);
        assert.equal(replay.used, codes.length);
      }
    }),
    { numRuns: runs ?? 1500 },
  );
  assert.ok(circles > 100 && events > 100, `the plays meet ${circles} circles and ${events} events`);
});

test("the same seed and the same actions give the same state", () => {
  fc.assert(
    fc.property(randomCourse, fc.integer(), moves(30), (course, seed, list) => {
      const first = play(course, start(seed), list).map(({ state, commands }) => ({ state, commands }));
      const frozen = JSON.stringify(first);
      assert.deepEqual(play(course, start(seed), list).map(({ state, commands }) => ({ state, commands })), first);
      assert.equal(JSON.stringify(first), frozen); // nothing was changed in place
    }),
    { numRuns: runs ?? 200 },
  );
});

test("steps, progress and what remains", () => {
  let state = start(1);
  assert.deepEqual(remaining(sample, state, 0), { left: 8, of: 8 });
  assert.deepEqual(progress(sample, state), { complete: false, measure: 0 });
  state = step(sample, state, { do: "go", place: { at: "step", lesson: 0, step: 0 } }).state;
  state = step(sample, state, { do: "next" }).state;
  assert.deepEqual(state.place, { at: "step", lesson: 0, step: 1 });
  assert.deepEqual(remaining(sample, state, 0), { left: 7, of: 8 });
  assert.equal(progress(sample, state).measure, 0); // the lesson has a scenario: that is what counts
  state = [{ do: "begin" }, choose(1), { do: "continue" }, choose(1), { do: "skip" }].reduce((at, action) => step(sample, at, action as Action).state, state);
  assert.deepEqual(progress(sample, state), { complete: false, measure: 0.5 });
  state = step(sample, state, { do: "go", place: { at: "step", lesson: 1, step: 0 } }).state;
  const done = step(sample, state, { do: "next" });
  assert.deepEqual(done.state.place, { at: "contents" });
  assert.deepEqual(done.commands[0], { order: "report", progress: { complete: true, measure: 1 } });
});

test("only what is there can be gone to, answered or ticked", () => {
  const state = start(1);
  for (const action of [
    { do: "go", place: { at: "step", lesson: 7, step: 0 } },
    { do: "go", place: { at: "step", lesson: 0, step: 1, debrief: true } },
    { do: "begin" },
    { do: "debrief" },
    { do: "replay" },
    { do: "next" },
    { do: "answer", reflection: "none", text: "a" },
    { do: "answer", reflection: "keuze", text: "2" },
    { do: "answer", reflection: "keuze", text: "ja" },
    { do: "answer", reflection: "schaal", text: "11" },
    { do: "check", question: "none", ticked: [] },
    { do: "heard" },
  ] as Action[]) {
    assert.equal(step(sample, state, action).state, state, JSON.stringify(action));
  }
  assert.deepEqual(step(sample, state, { do: "check", question: "vraag", ticked: [1, 7, 1, -1] }).state.checks, { vraag: [1] });
});

test("answers hold what was typed, but for halves of characters", () => {
  const { state } = step(sample, start(1), { do: "answer", reflection: "open1", text: "a\ud800b\u{1f600}\udc00" });
  assert.equal(state.answers.open1!.text, "a\ufffdb\u{1f600}\ufffd");
  assert.deepEqual(step(sample, state, { do: "answer", reflection: "open1", text: "" }).state.answers, {});
});
