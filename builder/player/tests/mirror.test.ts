import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { finished, runOf, start, step } from "../src/core.js";
import { isShown } from "../src/core/moves.js";
import type { Action, State } from "../src/core-types.js";
import type { Beat, Course, Scenario } from "../src/data.js";
import { turnsOf, type Seen, type Turn } from "../src/looking-back/turns.js";
import { encode } from "../src/save.js";
import { choice, course, scenario, scene } from "./sample.js";
import { playActions, randomCourse, runs } from "./random.js";

const enter: Action = { do: "go", place: { at: "step", lesson: 0, step: 1 } };
const prose = (more: Partial<Beat> = {}): Beat => ({ kind: "prose", ...more });
const says = (who: string, more: Partial<Beat> = {}): Beat => ({ kind: "speech", who, ...more });
const thinks = (who: string, more: Partial<Beat> = {}): Beat => ({ kind: "thought", who, ...more });

/** Karin reads a file without Mo, meets him, and is phoned; Mo was in the corridor before. */
const talk = scenario(
  "gesprek",
  [
    scene("aa-map", [choice("lezen", 1), choice("bellen", 1)], { beats: [prose(), thinks("karin")] }),
    scene(
      "bb-kamer",
      [
        choice("vragen", 2, { beats: [prose(), prose({ role: "mo" }), says("mo"), thinks("mo"), thinks("karin")], template: "t-vragen" }),
        choice("zwijgen", 2),
      ],
      {
        beats: [
          prose(), // 0: "je" is Karin
          prose({ role: "mo" }),
          prose({ role: "mo", if: ["chosen", "bellen"] }),
          prose({ if: ["chosen", "lezen"] }),
          says("mo"),
          thinks("mo", { if: ["chosen", "lezen"] }), // 5
          thinks("mo"),
          thinks("karin"),
          thinks("karin", { if: ["chosen", "lezen"] }), // 8: comes up by what was done
          thinks("karin", { role: "karin", if: ["chosen", "lezen"] }),
        ],
      },
    ),
    scene("cc-alleen", [choice("verder", 3)], { beats: [prose(), says("anna")], continues: true }),
    scene("dd-deur", [choice("open", 4), choice("dicht", 4)], { beats: [prose(), says("mo")], intense: true, skip: { to: 4 } }),
    scene("ee-samen", [choice("tekenen", 5), choice("wachten", 5)], { beats: [prose(), thinks("mo")], me: "mo" }),
    scene("ff-einde", [], { beats: [prose(), thinks("mo")] }),
    scene("gg-gang", [choice("naar", 7)], { beats: [prose(), thinks("mo")], role: "mo", continues: true }),
    scene("hh-bank", [choice("binnen", 1, { beats: [prose({ role: "mo" })], template: "t-binnen" })], { beats: [prose()], role: "mo", continues: true }),
  ],
  { replays: [{ who: "mo", begin: 6 }], people: { karin: "Karin", mo: "Mo", anna: "Anna" } },
);

function ended(course: Course, ...actions: Action[]): State {
  return [enter, ...actions].reduce((state, action) => {
    const next = step(course, state, action).state;
    assert.notEqual(next, state, `not possible: ${JSON.stringify(action)}`);
    return next;
  }, start(3));
}

const choose = (choice: number): Action => ({ do: "choose", choice });
const children = (all: readonly Seen[]): number[] => all.map(({ child }) => child);

function turns(here: Scenario, state: State, as = 0): Turn[] {
  return turnsOf(here, state.seed, runOf(state, here), as);
}

test("the turns are the way there, and the scenes one was in: with one's own prose, thoughts and what was said", () => {
  const whole = course([talk]);
  const state = ended(whole, choose(0), choose(0), { do: "continue" }, choose(0), choose(1), choose(0));
  const found = turns(talk, state);
  assert.deepEqual(found.map(({ scene, me, choice }) => [talk.scenes[scene]!.key, me, choice]), [
    ["gg-gang", "karin", null],
    ["hh-bank", "karin", null],
    ["bb-kamer", "karin", 0],
    ["dd-deur", "karin", 1],
    ["ee-samen", "mo", 0],
    ["ff-einde", "karin", null],
  ]);
  const [corridor, bench, room, door, together, ending] = found as [Turn, Turn, Turn, Turn, Turn, Turn];
  assert.deepEqual(children(corridor.beats), [0, 1]);
  assert.deepEqual(children(bench.reaction), [0]);
  assert.deepEqual(children(room.beats), [1, 4, 5, 6, 8]); // the prose for Mo, and of Karin's thoughts the one that came up
  assert.deepEqual(children(room.reaction), [1, 2, 3]);
  assert.deepEqual(children(door.beats), [0, 1]); // no prose for Mo: the prose there is
  assert.deepEqual(children(together.beats), [0, 1]);
  assert.deepEqual(together.guesses, []); // his own decision
  assert.deepEqual(children(ending.beats), [0, 1]);
  assert.deepEqual(ending.guesses, []);
});

test("at another's decision one's own thought is guessed first: the real one that stayed below, and two others, in any order", () => {
  const whole = course([talk]);
  const state = ended(whole, choose(0), choose(1), choose(0), choose(1), choose(0));
  const room = turns(talk, state)[2]!;
  assert.deepEqual(children(room.thoughts), [5, 6]);
  assert.equal(room.guesses.length, 3);
  const real = room.guesses.filter(({ beat }) => room.thoughts.some((each) => each.beat === beat));
  assert.deepEqual(children(real), [6]); // 5 was seen by Karin
  const places = new Set<number>();
  for (let seed = 0; seed < 60; seed++) {
    const again = turnsOf(talk, seed, runOf(state, talk), 0)[2]!;
    assert.deepEqual(again, turnsOf(talk, seed, runOf(state, talk), 0)[2]);
    places.add(again.guesses.findIndex(({ beat }) => beat === real[0]!.beat));
  }
  assert.deepEqual([...places].sort(), [0, 1, 2]);
});

test("what was heard before or is thought at the end is guessed from last", () => {
  const minds = (key: string, to: number): ReturnType<typeof scene> =>
    scene(key, [choice("a", to), choice("b", to)], { beats: [thinks("mo"), thinks("mo"), thinks("mo")] });
  const long = { ...talk, scenes: [minds("aa-een", 1), minds("bb-twee", 2), minds("cc-drie", 3), scene("dd-einde", [], { beats: [thinks("mo"), thinks("mo")], kind: "ending" })], replays: [{ who: "mo" }] };
  const state = ended(course([long]), choose(0), choose(0), choose(0));
  for (let seed = 0; seed < 60; seed++) {
    const [, second, third] = turnsOf(long, seed, runOf(state, long), 0) as [Turn, Turn, Turn, Turn];
    const from = ({ guesses }: Turn): number[] => guesses.map(({ beat }) => long.scenes.findIndex(({ beats }) => beats.includes(beat))).sort();
    assert.deepEqual(from(second), [1, 2, 2]);
    assert.equal(from(third).filter((at) => at === 2).length, 1); // only heard and last ones are left
  }
});

test("a scene that was passed over is not lived again, nor one without the other; without other thoughts nothing is guessed", () => {
  const whole = course([talk]);
  const keys = (state: State): string[] => turns(talk, state).map(({ scene }) => talk.scenes[scene]!.key);
  assert.deepEqual(keys(ended(whole, choose(1), choose(1), choose(0), { do: "skip" }, choose(0))), ["gg-gang", "hh-bank", "bb-kamer", "ee-samen", "ff-einde"]);
  const called = { ...talk, scenes: talk.scenes.map((each, i) => (i === 0 ? scene("aa-map", [choice("lezen", 1), choice("bellen", 1, { beats: [says("mo")], template: "t-bellen" })], { beats: [prose(), says("anna")] }) : each)) };
  const phone = turns(called, ended(course([called]), choose(1), { do: "continue" }, choose(1), choose(0), choose(0), choose(0)))[2]!;
  assert.deepEqual([phone.scene, phone.choice, children(phone.beats), children(phone.reaction)], [0, 1, [], [0]]); // he was only phoned
  const lonely = { ...talk, replays: [{ who: "anna" }] };
  const other = course([lonely]);
  const state = ended(other, choose(1), choose(1), choose(0), choose(0), choose(0));
  assert.deepEqual(turns(lonely, state).map(({ scene, guesses }) => [scene, guesses.length]), [[2, 0]]);
});

test("looking through another's eyes leaves everything as it was, whatever was played", () => {
  let looked = 0;
  fc.assert(
    fc.property(randomCourse, fc.integer({ min: 0, max: 9 }), fc.array(fc.nat(), { maxLength: 40 }), (made, seed, picks) => {
      const here = { ...made.scenarios.verhaal!, replays: [{ who: "mo", begin: 0 }] };
      const whole = { ...made, scenarios: { verhaal: here } };
      let state = step(whole, start(seed), enter).state;
      for (const pick of picks) {
        const can = playActions(whole, state);
        if (!can.length) break;
        state = step(whole, state, can[pick % can.length]!).state;
      }
      const run = finished(state, "verhaal");
      if (!run) return;
      looked += 1;
      const frozen = JSON.stringify(state);
      const save = encode(whole, step(whole, state, { do: "debrief" }).state, 1, 4096);
      for (const { scene, beats, thoughts, guesses } of turnsOf(here, seed, run, 0)) {
        assert.equal(new Set(guesses.map(({ beat }) => beat)).size, guesses.length);
        assert.equal(guesses.filter(({ beat }) => thoughts.some((each) => each.beat === beat)).length, guesses.length ? 1 : 0);
        for (const { beat } of beats) assert.ok(here.scenes[scene]!.beats.includes(beat) && (beat.kind !== "thought" || beat.who === "mo" || beat.if));
      }
      const there = step(whole, state, { do: "go", place: { at: "step", lesson: 0, step: 1, debrief: true, mirror: { as: 0, at: 1 } } }).state;
      assert.equal(encode(whole, there, 1, 4096), save);
      assert.equal(JSON.stringify(state), frozen);
    }),
    { numRuns: runs ?? 500 },
  );
  assert.ok(looked > 100, `${looked} runs came to an end`);
});

test("whose thoughts show in a turn is the rule of play, with another me", () => {
  const whole = course([talk]);
  const state = ended(whole, choose(0), choose(0), { do: "continue" }, choose(0), choose(0), choose(0));
  const run = runOf(state, talk);
  const [, room] = talk.scenes;
  const thoughts = room!.beats.filter(({ kind }) => kind === "thought");
  assert.deepEqual(thoughts.map((beat) => isShown(beat, "mo", run)), [true, true, false, true, false]);
});
