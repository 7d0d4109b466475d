import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { progress, remaining, runOf, screen, start, step } from "../src/core.js";
import { hash, turn } from "../src/core/chance.js";
import { fresh } from "../src/core/moves.js";
import { chosen, replayed } from "../src/core/run.js";
import type { Action, Run, State } from "../src/core-types.js";
import type { Beat, Condition, Course, Effect, Scene } from "../src/data.js";
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

test("a thought that is not on every way: below the waterline only where it is there", () => {
  const way = (beats: Beat[]): Course =>
    tiny([scene("aa", [choice("kl", 1), choice("nl", 1)]), scene("bb", [choice("on", 2)], { beats }), scene("uit", [])]);
  const only: Condition = ["chosen", "kl"];
  const thought: Beat = { kind: "thought", who: "mo", only };
  for (const [beat, yes, no] of [
    [thought, "0 true", "0 false"],
    [{ ...thought, if: only }, "1 false", "0 false"],
    [{ ...thought, if: ["and", only, ["visited", "uit"]] as Condition }, "0 true", "0 false"],
    [{ ...thought, who: "karin" }, "1 false", "0 false"],
  ] as const) {
    const shown = (picked: number): string => {
      const course = way([beat]);
      const { beats, below } = screen(course, after(course, enter, choose(picked)))!;
      return `${beats.length} ${below}`;
    };
    assert.deepEqual([shown(0), shown(1)], [yes, no]);
  }
});

test("a later consequence under a condition comes if that holds on arriving; else it is gone for good", () => {
  const effects: Effect[] = [{ name: "m", op: "+", number: 2 }];
  const away = choice("aw", 2, { later: [{ to: 1, effects, if: ["=", "m", 0] }, { to: 1, effects: [], if: ["visited", "bb"] }, { to: 1, effects, if: ["=", "m", 0] }] });
  const course = tiny(
    [
      scene("aa", [away, choice("up", 0, { effects: [{ name: "m", op: "=", number: 1 }] })]),
      scene("bb", [choice("on", 2, { effects: [{ name: "m", op: "=", number: 0 }] })]),
      scene("cc", [choice("ba", 1), choice("st", 3)]),
      scene("uit", []),
    ],
    { meters: [{ key: "m", name: "m", start: 0, low: 0, high: 9 }] },
  );
  const arrived = (...actions: Action[]): [number[], number] => {
    const state = after(course, enter, ...actions);
    const run = runOf(state, course.scenarios.t!);
    assert.deepEqual(run.pending, []);
    return [run.arrived.map(({ later }) => later), run.values.m!];
  };
  assert.deepEqual(arrived(choose(0), choose(0)), [[0, 1, 2], 4], "each is asked before any of them moved a meter");
  assert.deepEqual(arrived(choose(1), choose(0), choose(0)), [[1], 1]);
  assert.deepEqual(arrived(choose(1), choose(0), choose(0), choose(0), choose(0)), [[], 0], "not at the next time either");
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

test("a rule closes only while it is in force, and what opens a choice all the same stretches it", () => {
  const ruled = tiny([
    scene("sa", [choice("strict", 1), choice("loose", 1)]),
    scene("sb", [
      choice("cb", 2, { closed: { rule: 0 } }),
      choice("cc", 2, { closed: { rule: 0, unless: [">=", "m", 1] } }),
      choice("cd", 1, { effects: [{ name: "m", op: "+", number: 1 }] }),
      choice("ce", 2, { closed: { rule: 1 } }),
      choice("cf", 2, { otherwise: true }),
    ]),
    scene("sc", []),
  ], { rules: [{ if: ["chosen", "strict"] }, {}], variables: [{ key: "m", start: 0 }] });
  const offered = (...picks: number[]): string[] =>
    screen(ruled, after(ruled, enter, ...picks.map(choose)))!.offers.map(({ label, closedBy, bends }) => label.slice(5) + (bends ? "~" : closedBy ?? ""));
  assert.deepEqual(offered(0), ["cb0", "cc0", "cd", "ce1"]);
  assert.deepEqual(offered(0, 2), ["cb0", "cc~", "cd", "ce1"]);
  assert.deepEqual(offered(1), ["cb", "cc", "cd", "ce1"]);
  assert.deepEqual(offered(1, 2), ["cb", "cc", "cd", "ce1"]); // nothing in force, nothing stretched
});

test("an event comes on leaving, by the seed, as often as it may, and goes on to where one was going", () => {
  const events = tiny([
    scene("sa", [choice("ca", 1)]),
    scene("sb", [choice("cb", 1, { effects: [{ name: "n", op: "+", number: 1 }] }), choice("cc", 3)]),
    scene("sc", [choice("cd", -1)], { kind: "event", at: [0, 1], chance: 100, most: 2, if: ["=", "m", 1] }),
    scene("sd", []),
  ], { meters: [{ key: "m", name: "m", start: 1, low: 0, high: 1 }], variables: [{ key: "n", start: 0 }] });
  const scenes = (...picks: number[]): number[] =>
    picks.map((_, i) => screen(events, after(events, enter, ...picks.slice(0, i + 1).map(choose)))!.scene);
  assert.deepEqual(scenes(0), [1]); // never on leaving the first scene
  assert.deepEqual(scenes(0, 0, 0, 0, 0, 0), [1, 2, 1, 2, 1, 1]); // twice, and no more
  const during = runOf(after(events, enter, choose(0), choose(0), choose(0), choose(1)), events.scenarios.t!);
  assert.deepEqual(during.history, [{ choice: "ca" }, { choice: "cb" }, { event: "sc" }, { choice: "cd" }, { choice: "cc" }, { event: "sc" }]);
  assert.deepEqual(during.spent, ["sc", "sc#2"]);
  const never = structuredClone(events);
  never.scenarios.t!.scenes[2]!.if = ["=", "m", 0];
  assert.equal(screen(never, after(never, enter, choose(0), choose(0)))!.scene, 1);
});

test("the draw is frozen, and as often as its chance says", () => {
  assert.deepEqual(["", "a", "3/gesprek/cc-loopt-weg/2", "3/gesprek/cc-loopt-weg/2/order"].map(hash), [2872998923, 444641715, 133060411, 1795959740]);
  const share = Array.from({ length: 10000 }, (_, seed) => turn(seed, "s", "e", seed % 7, 30) < Infinity).filter(Boolean).length;
  assert.ok(share > 2800 && share < 3200, `${share}`);
  assert.equal(turn(1, "s", "e", 1, 0), Infinity);
  assert.equal(turn(1, "s", "e", 1, 100), hash("1/s/e/1/order"));
});

/** Three events at one scene, and what comes of 10,000 seeds: key of the event or "" to how often. */
function drawn(chances: Record<string, number>): Record<string, number> {
  const keys = Object.keys(chances);
  const here = scenario("t", [
    scene("sa", [choice("ca", 1)]),
    scene("sb", [choice("cb", 2)]),
    scene("sc", []),
    ...keys.map((key) => scene(key, [choice("cd", -1)], { kind: "event", at: [0, 1], chance: chances[key]!, most: 1 })),
  ]);
  const found: Record<string, number> = {};
  for (let seed = 0; seed < 10_000; seed++) {
    const play = (): Run => chosen(here, seed, chosen(here, seed, fresh(here), 0)!, 0)!;
    const { history } = play();
    assert.deepEqual(play().history, history); // the same seed, the same run
    assert.ok(history[1] && "choice" in history[1], "never in the first scene");
    const events = history.flatMap((item) => ("event" in item ? [item.event] : []));
    assert.ok(events.length <= 1);
    found[events[0] ?? ""] = (found[events[0] ?? ""] ?? 0) + 1;
  }
  return found;
}

test("over 10,000 seeds events come as often as their chance says, and where they stand in the file gives no advantage", () => {
  const near = (found: number | undefined, wanted: number): void => assert.ok(Math.abs(found! - wanted) < 200, `${found} of ${wanted}`);
  const one = drawn({ xa: 30 });
  near(one.xa, 3000);
  const even = drawn({ xa: 100, xb: 100, xc: 100 });
  assert.equal(even[""], undefined); // one always comes
  for (const key of ["xa", "xb", "xc"]) near(even[key], 3333);
  const odd = drawn({ xa: 50, xb: 50 });
  near(odd[""], 2500);
  near(odd.xa, 3750);
  near(odd.xb, 3750);
  assert.deepEqual(drawn({ xb: 50, xa: 50 }), odd); // the same in another order
});

test("over 10,000 seeds no event comes more often than it may, and each time as likely", () => {
  const row = ["sa", "sb", "sc", "sd"].map((key, i) => scene(key, [choice("ca", i + 1)]));
  const often = scenario("t", [...row, scene("se", []), scene("xa", [choice("cd", -1)], { kind: "event", at: [0, 1, 2, 3], chance: 60, most: 2 })]);
  const found = [0, 0, 0];
  for (let seed = 0; seed < 10_000; seed++) {
    let run = chosen(often, seed, fresh(often), 0)!;
    while (!run.ended) run = chosen(often, seed, run, 0)!; // of an event on to where one was going
    found[run.history.filter((item) => "event" in item).length]! += 1;
  }
  assert.equal(found.length, 3);
  for (const [times, share] of [0.4 ** 3, 3 * 0.6 * 0.4 ** 2].entries()) assert.ok(Math.abs(found[times]! - 10_000 * share) < 200, `${times} times: ${found[times]}`);
});

test("going back: to the last decision, as often as the scenario lets one, with the same events to come", () => {
  const made = (back: "no" | "scene" | "free"): Course => {
    const other = structuredClone(sample);
    Object.assign(other.scenarios.gesprek!, { back });
    return other;
  };
  const [none, once, free] = (["no", "scene", "free"] as const).map(made) as [Course, Course, Course];
  const here = free.scenarios.gesprek!;
  const back: Action = { do: "back" };
  const begun: Action[] = [enter, { do: "begin" }];
  const asked: Action[] = [...begun, choose(1)];
  for (const actions of [[enter], begun]) assert.deepEqual(step(free, after(free, ...actions), back).commands, []); // nothing was chosen
  assert.equal(step(none, after(none, ...asked), back).commands.length, 0);

  const gone = step(free, after(free, ...asked), back); // from a reaction
  assert.deepEqual(gone.commands, [{ order: "save" }, { order: "focus" }]);
  const was = runOf(after(free, ...begun), here);
  assert.deepEqual(runOf(gone.state, here), { ...was, undone: true });
  assert.deepEqual(runOf(after(free, ...asked, back, choose(1)), here), runOf(after(free, ...asked), here));

  const far: Action[] = [...asked, { do: "continue" }, choose(1)]; // in the scene of Friday
  const friday = after(once, ...far, back);
  assert.equal(screen(once, friday)!.scene, 1);
  assert.equal(step(once, friday, back).state, friday); // once, until something else is chosen
  assert.equal(screen(once, after(once, ...far, back, choose(1), back))!.scene, 1);
  assert.equal(screen(free, after(free, ...far, back, back))!.scene, 0);

  const ended = after(once, ...far, choose(0));
  const again = step(once, ended, back).state; // past the plain "verder", to where it can be skipped
  assert.equal(screen(once, again)!.scene, 3);
  assert.equal(runOf(again, here).ended, false);
  assert.deepEqual(again.runs.gesprek!.first, ended.runs.gesprek!.now);
  assert.deepEqual(again.done, ended.done);
});

test("a plain verder is no decision: going back goes past it", () => {
  const plain = tiny([
    scene("sa", [choice("ca", 1), choice("cb", 1)]),
    scene("sb", [choice("cc", 2)], { continues: true }),
    scene("sc", [choice("cd", 3)]),
    scene("sd", []),
  ], { back: "scene" });
  assert.equal(screen(plain, after(plain, enter, choose(0), choose(0), { do: "back" }))!.scene, 0);
});

test("from a debrief one stands again at any decision, and the first finished run stays", () => {
  const there: Action[] = [enter, { do: "begin" }, choose(1), { do: "continue" }, choose(1), choose(0)];
  const ended = after(sample, ...there);
  assert.equal(step(sample, ended, { do: "rewind", to: 1 }).state, ended); // only from the debrief
  const debrief = step(sample, ended, { do: "debrief" }).state;
  const { history } = runOf(debrief, sample.scenarios.gesprek!);
  assert.equal(history.length, 3);
  for (const to of [-1, 0.5, 3, 9]) assert.equal(step(sample, debrief, { do: "rewind", to }).state, debrief);
  const { state, commands } = step(sample, debrief, { do: "rewind", to: 1 });
  assert.deepEqual(commands, [{ order: "save" }, { order: "focus" }]);
  assert.deepEqual(state.place, { at: "step", lesson: 0, step: 1 });
  assert.deepEqual(runOf(state, sample.scenarios.gesprek!).history, history.slice(0, 1));
  assert.deepEqual(state.runs.gesprek!.first, ended.runs.gesprek!.now);
  const other = [choose(0), choose(0), { do: "continue" }, choose(1), choose(0)].reduce((at, action) => step(sample, at, action as Action).state, state);
  const later = step(sample, step(sample, other, { do: "debrief" }).state, { do: "rewind", to: 0 }).state;
  assert.deepEqual(later.runs.gesprek!.first, ended.runs.gesprek!.now);
});

test("the finished run through another's eyes is a place: nothing of what was done changes", () => {
  const ended = after(sample, enter, { do: "begin" }, choose(1), { do: "continue" }, choose(1), choose(0));
  const place = { at: "step" as const, lesson: 0, step: 1, debrief: true, mirror: { as: 0, at: 2 } };
  const seen = step(sample, ended, { do: "go", place });
  assert.deepEqual(seen.state, { ...ended, place });
  assert.equal(screen(sample, seen.state), null);
  assert.equal(step(sample, ended, { do: "go", place: { ...place, mirror: { as: 1, at: 0 } } }).state, ended);
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
        const doing = can[pick % can.length]!;
        state = step(course, state, doing).state;
        const run = runOf(state, here);
        if (doing.do !== "back" && run.history.length <= before && run.phase === "scene" && before) circles += 1;
        if (run.history.some((item) => "event" in item)) events += 1;
        const codes = run.history; // keys and codes are the same in these courses
        const replay = replayed(here, seed, codes, run.phase === "reaction");
        if (run.phase === "opening") continue;
        assert.deepEqual({ ...replay.run, undone: run.undone }, run);
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
  assert.deepEqual(remaining(sample, state, 0), { left: 9, of: 9 });
  assert.deepEqual(progress(sample, state), { complete: false, measure: 0, score: null, success: null });
  state = step(sample, state, { do: "go", place: { at: "step", lesson: 0, step: 0 } }).state;
  state = step(sample, state, { do: "next" }).state;
  assert.deepEqual(state.place, { at: "step", lesson: 0, step: 1 });
  assert.deepEqual(remaining(sample, state, 0), { left: 8, of: 9 });
  assert.equal(progress(sample, state).measure, 0); // the lesson has a scenario: that is what counts
  state = [{ do: "begin" }, choose(1), { do: "continue" }, choose(1), { do: "skip" }].reduce((at, action) => step(sample, at, action as Action).state, state);
  assert.deepEqual(progress(sample, state), { complete: false, measure: 0.5, score: null, success: null });
  state = step(sample, state, { do: "go", place: { at: "step", lesson: 1, step: 0 } }).state;
  const done = step(sample, state, { do: "next" });
  assert.deepEqual(done.state.place, { at: "contents" });
  assert.deepEqual(done.commands[0], { order: "report", progress: { complete: true, measure: 1, score: null, success: null } });
  assert.equal(progress({ ...sample, report: "passed" }, done.state).success, true);
  assert.deepEqual(progress({ ...sample, rule: "steps" }, done.state), { complete: false, measure: 0.3, score: null, success: null });
});

test("a course that keeps a score asks for its knowledge checks, and judges only where it says from what", () => {
  const scored = { ...sample, score: true as const, mastery: 70 };
  const all = { ...start(1), done: sample.lessons.flatMap((lesson) => lesson.steps.map(({ code }) => code)).sort() };
  const unasked = { ...all, done: all.done.filter((code) => code !== "Q1") };
  assert.deepEqual(progress(scored, unasked), { complete: false, measure: 2 / 3, score: null, success: null });
  assert.deepEqual(progress(scored, { ...all, checks: { vraag: [1] } }), { complete: true, measure: 1, score: 0, success: false });
  assert.deepEqual(progress(scored, { ...all, checks: { vraag: [0] } }), { complete: true, measure: 1, score: 100, success: true });
  assert.deepEqual(progress({ ...sample, score: true }, { ...all, checks: {} }), { complete: true, measure: 1, score: 0, success: null });
  const wrong = step(scored, all, { do: "check", question: "vraag", ticked: [1] });
  const right = step(scored, wrong.state, { do: "check", question: "vraag", ticked: [0] });
  assert.deepEqual(right.commands[0], { order: "report", progress: { complete: true, measure: 1, score: 100, success: true } });
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
    { do: "answer", reflection: "datum", text: "20260230" },
    { do: "answer", reflection: "datum", text: "2026-11-30" },
    { do: "answer", reflection: "datum", text: "20261130x" },
    { do: "check", question: "none", ticked: [] },
    { do: "heard" },
  ] as Action[]) {
    assert.equal(step(sample, state, action).state, state, JSON.stringify(action));
  }
  assert.deepEqual(step(sample, state, { do: "check", question: "vraag", ticked: [1, 7, 1, -1] }).state.checks, { vraag: [1] });
});

test("from anywhere to the plan, and back to where one was", () => {
  const there = step(sample, step(sample, start(1), { do: "go", place: { at: "step", lesson: 0, step: 2 } }).state, { do: "go", place: { at: "plan" } });
  assert.equal(there.state.place.at, "plan");
  assert.deepEqual(there.commands.map(({ order }) => order), ["save", "focus"]);
  assert.equal(step(sample, there.state, { do: "go", place: { at: "plan" } }).state, there.state);
  assert.equal(step(sample, there.state, { do: "next" }).state, there.state);
  assert.deepEqual(step(sample, there.state, { do: "previous" }).state.place, { at: "step", lesson: 0, step: 2 });
});

test("a plan that is a step is done when one goes on", () => {
  const planned: Course = { ...sample, lessons: [{ ...sample.lessons[1]!, steps: [{ kind: "plan", key: "slot/1", code: "A1", template: "t-plan" }] }] };
  const there = step(planned, start(1), { do: "go", place: { at: "step", lesson: 0, step: 0 } }).state;
  assert.equal(progress(planned, there).complete, false);
  assert.equal(progress(planned, step(planned, there, { do: "next" }).state).complete, true);
});

test("a date is a day that exists", () => {
  for (const text of ["20261130", "20280229"]) {
    assert.equal(step(sample, start(1), { do: "answer", reflection: "datum", text }).state.answers.datum?.text, text);
  }
});

test("answers hold what was typed, but for halves of characters", () => {
  const { state } = step(sample, start(1), { do: "answer", reflection: "open1", text: "a\ud800b\u{1f600}\udc00" });
  assert.equal(state.answers.open1!.text, "a\ufffdb\u{1f600}\ufffd");
  assert.deepEqual(step(sample, state, { do: "answer", reflection: "open1", text: "" }).state.answers, {});
});
