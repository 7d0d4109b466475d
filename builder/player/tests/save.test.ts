import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { answersAt, placeOf, start, step } from "../src/core.js";
import { wayOf } from "../src/core/run.js";
import type { Action, State } from "../src/core-types.js";
import type { Course } from "../src/data.js";
import { encode, fits, restore, room, unplaced } from "../src/save.js";
import { dictionaries, sample } from "./sample.js";
import { anyText, moves, play, randomCourse, runs } from "./random.js";

const BUDGET = 4096;

/** The state as an LMS gives it back: without what is kept elsewhere, and without what was told. */
function stored(course: Course, state: State): State {
  const kept = answersAt(course, state, "lms").map((key) => [key, { text: state.answers[key]!.text, keep: "lms" as const }]);
  return { ...state, answers: Object.fromEntries(kept), notices: [] };
}

function after(course: Course, ...actions: Action[]): State {
  return actions.reduce((state, action) => step(course, state, action).state, start(3));
}

const inScenario: Action[] = [{ do: "go", place: { at: "step", lesson: 0, step: 1 } }, { do: "begin" }];

test("replaying a save gives the same state, and no save exceeds the budget, whatever is played and typed", () => {
  fc.assert(
    fc.property(fc.oneof(randomCourse, fc.constant(sample)), fc.integer({ min: 0, max: 2 ** 32 - 1 }), moves(50), fc.nat(), (course, seed, list, counter) => {
      for (const { state } of play(course, start(seed), list, (next) => fits(course, next, BUDGET))) {
        const save = encode(course, state, counter, BUDGET);
        assert.ok(save.length <= BUDGET);
        assert.match(save, /^[!-~]*$/);
        const back = restore(course, save, 0);
        assert.deepEqual(back.state, stored(course, state));
        assert.equal(back.counter, counter % 36 ** 6);
        assert.equal(encode(course, back.state, counter, BUDGET), save);
      }
    }),
    { numRuns: runs ?? 1500 },
  );
});

test("a course that grew under its texts keeps to the budget and names what does not fit", () => {
  fc.assert(
    fc.property(moves(40), fc.integer({ min: 300, max: 1500 }), (list, budget) => {
      for (const { state } of play(sample, start(1), list)) {
        const save = encode(sample, state, 1, budget);
        assert.ok(save.length <= budget);
        const left = unplaced(sample, state, budget);
        const back = restore(sample, save, 0).state;
        for (const key of answersAt(sample, state, "lms")) {
          assert.equal(back.answers[key]?.text, left.includes(key) ? undefined : state.answers[key]!.text);
        }
      }
    }),
    { numRuns: runs ?? 500 },
  );
});

test("a damaged save is told, never throws, and shows no text but what was typed", () => {
  const flip = fc.record({ at: fc.nat(), to: fc.string({ unit: "binary", minLength: 0, maxLength: 3 }), cut: fc.boolean() });
  fc.assert(
    fc.property(randomCourse, moves(30), fc.array(flip, { minLength: 1, maxLength: 3 }), (course, list, flips) => {
      const state = play(course, start(5), list, (next) => fits(course, next, BUDGET)).pop()?.state ?? start(5);
      const save = encode(course, state, 9, BUDGET);
      const broken = flips.reduce((text, { at, to, cut }) => {
        const i = at % (text.length + 1);
        return text.slice(0, i) + to + (cut ? "" : text.slice(i + 1));
      }, save);
      const back = restore(course, broken, 0);
      if (broken === save) return;
      assert.ok(back.newer || broken === "" || back.state.notices.length > 0, `unnoticed: ${broken}`);
      for (const [key, { text }] of Object.entries(back.state.answers)) {
        if (course.reflections[key]!.kind === "open") assert.equal(text, state.answers[key]?.text);
      }
      const again = encode(course, back.state, 10, BUDGET);
      assert.match(again, /^[!-~]*$/);
      assert.deepEqual({ ...restore(course, again, 0).state, notices: [] }, { ...back.state, notices: [] });
    }),
    { numRuns: runs ?? 2000 },
  );
});

test("any text at all is read as a save without throwing", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const back = restore(sample, text, 4);
      assert.ok(text === "" || back.newer || back.state.notices.length > 0);
      encode(sample, back.state, 1, BUDGET);
    }),
    { numRuns: runs ?? 1000 },
  );
});

test("another version of the course keeps the longest true prefix and tells what was lost", () => {
  const pair = fc.tuple(randomCourse, fc.nat(), fc.nat(), fc.constantFrom("remove", "rename", "close"));
  fc.assert(
    fc.property(pair, moves(40), ([course, s, c, how], list) => {
      const state = play(course, start(8), list, (next) => fits(course, next, BUDGET)).pop()?.state ?? start(8);
      const other = structuredClone(course);
      const scenes = other.scenarios.verhaal!.scenes.filter(({ choices }) => choices.length);
      const scene = scenes[s % scenes.length]!;
      const choice = scene.choices[c % scene.choices.length]!;
      if (how === "remove") scene.choices.splice(scene.choices.indexOf(choice), 1);
      if (how === "rename") Object.assign(choice, { key: "new", code: "zz" });
      if (how === "close") choice.closed = { rule: 0, unless: ["<", "getal", -999] };
      const back = restore(other, encode(course, state, 1, BUDGET), 0).state;
      const before = state.runs.verhaal?.now?.history ?? [];
      const now = back.runs.verhaal?.now?.history ?? [];
      // What is kept is a true beginning: the same, item for item, but for circles the change closes.
      const told = back.notices.find((notice) => notice.kind === "changed");
      if (now.length === before.length) assert.deepEqual(now, before);
      else assert.ok(told, "lost unseen");
      assert.deepEqual(stored(other, back).answers, stored(course, state).answers);
    }),
    { numRuns: runs ?? 1000 },
  );
});

test("renaming a choice midway keeps what came before it", () => {
  const state = after(sample, ...inScenario, { do: "choose", choice: 1 }, { do: "continue" }, { do: "choose", choice: 1 }, { do: "choose", choice: 0 });
  assert.equal(state.runs.gesprek!.now!.ended, true);
  const other = structuredClone(sample);
  Object.assign(other.scenarios.gesprek!.scenes[1]!.choices[1]!, { key: "verder", code: "vv" });
  const { state: back } = restore(other, encode(sample, state, 1, BUDGET), 0);
  assert.deepEqual(back.runs.gesprek!.now!.history, [{ choice: "vragen" }]);
  assert.deepEqual(back.notices, [{ kind: "changed", scenario: "gesprek", scene: 1 }]);
  assert.deepEqual(back.done, state.done); // what was reached stays reached
});

test("what is no longer there is told once, and takes nothing else with it", () => {
  const answered = after(
    sample,
    { do: "keep", where: "lms" },
    { do: "check", question: "vraag", ticked: [1] },
    { do: "answer", reflection: "keuze", text: "1" },
    { do: "answer", reflection: "schaal", text: "9" },
    ...inScenario,
    { do: "choose", choice: 1 },
  );
  const told = (change: (course: Course) => void, state = answered): { state: State; kinds: string[] } => {
    const other = structuredClone(sample);
    change(other);
    const back = restore(other, encode(sample, state, 1, BUDGET), 0).state;
    return { state: back, kinds: back.notices.map(({ kind }) => kind) };
  };
  assert.deepEqual(told(() => {}).kinds, []);
  const options = told((course) => course.reflections.keuze!.options.pop());
  assert.deepEqual([options.kinds, Object.keys(options.state.answers)], [["answer-gone"], ["schaal"]]);
  assert.deepEqual(options.state.checks, answered.checks);
  const scale = told((course) => void (course.reflections.schaal!.scale!.high = 5));
  assert.deepEqual([scale.kinds, Object.keys(scale.state.answers)], [["answer-gone"], ["keuze"]]);
  const ticked = told((course) => course.questions.vraag!.options.splice(1));
  assert.deepEqual([ticked.kinds, ticked.state.checks, Object.keys(ticked.state.answers).length], [["answer-gone"], {}, 2]);
  // A step that went to another lesson is the place where one was; one that is gone is not.
  const moved = told(({ lessons }) => void lessons[1]!.steps.push(...lessons[0]!.steps.splice(1, 1)));
  assert.deepEqual([moved.kinds, moved.state.place], [[], { at: "step", lesson: 1, step: 1 }]);
  assert.deepEqual(moved.state.runs, answered.runs);
  const gone = told((course) => {
    course.lessons[0]!.steps.splice(1, 1);
    delete course.scenarios.gesprek;
  });
  assert.deepEqual([gone.kinds, gone.state.place], [["scenario-gone", "place-gone"], { at: "contents" }]);
});

test("the format, to the letter", () => {
  const state = after(
    sample,
    { do: "go", place: { at: "step", lesson: 0, step: 0 } },
    { do: "next" },
    { do: "begin" },
    { do: "choose", choice: 0 },
    { do: "choose", choice: 0 }, // and Mo walks out
    { do: "choose", choice: 0 },
    { do: "choose", choice: 1 },
    { do: "keep", where: "lms" },
    { do: "check", question: "vraag", ticked: [1, 0] },
    { do: "answer", reflection: "keuze", text: "1" },
    { do: "answer", reflection: "schaal", text: "10" },
    { do: "answer", reflection: "datum", text: "20261130" },
  );
  const fields = encode(sample, state, 71, BUDGET).split(";");
  assert.deepEqual(fields.slice(0, 11), ["1", "1", "1z", "3", "l", "L1S0", "P1Q1R3R4R5", "q101", "ge:dote!ccwavr*", "ke1,sc10,da20261130", ""]);
  const back = step(sample, state, { do: "back" }).state;
  assert.equal(encode(sample, back, 72, BUDGET).split(";")[8], "ge:dote!ccwa<");
  const begin = after(sample, ...inScenario, { do: "choose", choice: 0 }, { do: "back" });
  assert.equal(encode(sample, begin, 73, BUDGET).split(";")[8], "ge:<");
});

test("who was at the plan comes back there; where one came from is not kept", () => {
  const save = encode(sample, after(sample, { do: "go", place: { at: "step", lesson: 0, step: 2 } }, { do: "go", place: { at: "plan" } }), 1, BUDGET);
  assert.equal(save.split(";")[5], "p");
  const back = restore(sample, save, 0).state;
  assert.deepEqual(back.place, { at: "plan" });
  assert.deepEqual(step(sample, back, { do: "previous" }).state.place, { at: "contents" });
});

test("texts under another dictionary are noticed, kept as they are, and end when the learner writes anew", () => {
  const state = after(sample, { do: "keep", where: "lms" }, { do: "answer", reflection: "open1", text: "Ik dacht dat het anders zou gaan – één keer, € 5." });
  const save = encode(sample, state, 1, BUDGET);
  const otherwise = { ...sample, dictionaries: { "1": dictionaries["1"].replace(/[aeiou]/g, "y") } };
  const { state: back } = restore(otherwise, save, 0);
  assert.deepEqual(back.notices, [{ kind: "text-garbled" }]);
  assert.deepEqual(back.answers, {});
  assert.equal(encode(otherwise, back, 1, BUDGET), save);
  assert.deepEqual(restore(sample, encode(otherwise, back, 1, BUDGET), 0).state.answers, state.answers);
  const unknown = { ...sample, dictionaries: { "2": "x" } };
  const { state: kept } = restore(unknown, save, 0);
  assert.equal(encode(unknown, kept, 1, BUDGET).split(";")[1], "1");
  const anew = step(otherwise, back, { do: "answer", reflection: "x3", text: "Nieuw" }).state;
  assert.deepEqual(restore(otherwise, encode(otherwise, anew, 2, BUDGET), 0).state.answers, { x3: { text: "Nieuw", keep: "lms" } });
});

test("the text of a reflection that is gone stays in the save and comes back with it", () => {
  const state = after(sample, { do: "keep", where: "lms" }, { do: "answer", reflection: "open1", text: "Blijft" });
  const { open1: _, ...others } = sample.reflections;
  const without = { ...sample, reflections: others };
  const { state: back } = restore(without, encode(sample, state, 1, BUDGET), 0);
  assert.deepEqual(back.leftover.texts, { op: "Blijft" });
  assert.equal(restore(sample, encode(without, back, 1, BUDGET), 0).state.answers.open1?.text, "Blijft");
  const out = step(without, back, { do: "keep", where: "not" }).state;
  assert.ok(!encode(without, out, 1, BUDGET).includes("."));
});

test("a save of a newer player is left alone", () => {
  const { state, newer } = restore(sample, "2;whatever;it;is", 4);
  assert.equal(newer, true);
  assert.deepEqual(state.notices, [{ kind: "save-newer" }]);
});

test("narrowing takes answers out of the save at once, the question and the answer narrow too", () => {
  const text = "Vertrouwelijk verhaal over mijn werk";
  const open = after(sample, { do: "answer", reflection: "open1", text });
  assert.equal(placeOf(sample, open, "open1"), "not"); // nothing chosen yet
  const keep = (state: State, where: "lms" | "device" | "not"): State => step(sample, state, { do: "keep", where }).state;
  const holdsText = (state: State): boolean => encode(sample, state, 1, BUDGET).split(";")[10] !== "";
  assert.ok(!holdsText(open));
  assert.ok(holdsText(keep(open, "lms")));
  assert.ok(!holdsText(keep(keep(open, "lms"), "device")));
  assert.ok(!holdsText(keep(keep(open, "lms"), "not")));
  assert.equal(keep(keep(open, "lms"), "not").answers.open1!.text, text); // still on the screen
  assert.equal(placeOf(sample, step(sample, keep(open, "lms"), { do: "answer", reflection: "r2", text }).state, "r2"), "device");
  assert.equal(placeOf(sample, step(sample, keep(open, "lms"), { do: "answer", reflection: "x3", text, keep: "not" }).state, "x3"), "not");
});

test("the room goes down with what is typed, and a text that fills it is refused by fits", () => {
  const none = after(sample, { do: "keep", where: "lms" });
  const text = Array.from({ length: 3000 }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919) % 20000))).join("");
  const some = step(sample, none, { do: "answer", reflection: "open1", text: text.slice(0, 300) }).state;
  assert.ok(room(sample, some, BUDGET) < room(sample, none, BUDGET));
  assert.ok(!fits(sample, step(sample, none, { do: "answer", reflection: "open1", text }).state, BUDGET));
});

test("the way of a run is its history", () => {
  fc.assert(
    fc.property(randomCourse, moves(40), (course, list) => {
      for (const { state } of play(course, start(2), list)) {
        const run = state.runs.verhaal?.now;
        if (!run) continue;
        const scenario = course.scenarios.verhaal!;
        const way = wayOf(scenario, 2, run).map((turn) => {
          const scene = scenario.scenes[turn.scene]!;
          return turn.kind === "skip" ? { skip: true } : turn.kind === "event" ? { event: scene.key } : { choice: scene.choices[turn.choice]!.key };
        });
        assert.deepEqual(way, run.history);
      }
    }),
    { numRuns: runs ?? 300 },
  );
});
