/**
 * Plays courses with the player's core, for tests/test_states.py.
 * In: a JSON file of courses (data.ts) each with actions to do one after another under a seed, and a number of random
 * plays. Out, on standard output, per course: the longest save seen at random, the longest after those actions, and every
 * moment seen at which a run stood in a scene, by all that tells it from others, with what is open there.
 */
import { readFileSync } from "node:fs";
import { hash } from "../builder/player/src/core/chance.js";
import { back, finished, runOf, scenarioAt, screen, start, step } from "../builder/player/src/core.js";
import type { Action, State } from "../builder/player/src/core-types.js";
import type { Course } from "../builder/player/src/data.js";
import { encode } from "../builder/player/src/save.js";

const STEPS = 60;
const [file, plays] = process.argv.slice(2);
const given = JSON.parse(readFileSync(file!, "utf8")) as { course: Course; seed: number; actions: Action[] }[];

function actions(course: Course, state: State): Action[] {
  const now = screen(course, state);
  if (!now) {
    const { history } = finished(state, scenarioAt(course, state.place)!.key)!;
    return history.map((_, to) => ({ do: "rewind", to }));
  }
  if (now.kind === "opening") return [{ do: "begin" }];
  const scenario = scenarioAt(course, state.place)!;
  const undo: Action[] = back(scenario, state.seed, runOf(state, scenario)) ? [{ do: "back" }] : [];
  if (now.kind === "reaction") return [{ do: "continue" }, ...undo];
  if (now.kind === "ending") return [{ do: "replay" }, { do: "debrief" }, ...undo];
  const found: Action[] = now.offers.filter((offer) => offer.closedBy === null).map(({ index }) => ({ do: "choose", choice: index }));
  const skip: Action[] = scenario.scenes[now.scene]!.skip ? [{ do: "skip" }] : [];
  return [...found, ...found, ...skip, ...undo]; // going on twice as often as back
}

const now = (course: Course, state: State): string | undefined => screen(course, state)?.kind;

function walk(course: Course, seed: number, seen: { save: number; states: Set<string> }): void {
  let state = start(seed);
  for (const [lesson, { steps }] of course.lessons.entries()) {
    for (const [index, { kind }] of steps.entries()) {
      if (kind !== "scenario") continue;
      state = step(course, state, { do: "go", place: { at: "step", lesson, step: index } }).state;
      for (let n = 0; n < STEPS; n++) {
        const open = actions(course, state);
        if (!open.length) break;
        const dice = hash(`${seed} ${lesson} ${index} ${n}`);
        const next = step(course, state, open[dice % open.length]!);
        // In a debrief, before an event or a plain "verder" nothing is decided.
        state = next.commands.length ? next.state : step(course, state, { do: "replay" }).state;
        if (n % 12 === 11 || now(course, state) === "ending") seen.save = Math.max(seen.save, encode(course, state, 36 ** 6 - 1, 1e6).length);
        const scenario = scenarioAt(course, state.place)!;
        const run = runOf(state, scenario);
        if (run.phase !== "scene") continue;
        const { scene, values, visited, chosen, spent, pending, resume } = run;
        const offers = screen(course, state)?.offers.filter(({ closedBy }) => closedBy === null) ?? [];
        seen.states.add(JSON.stringify({ scenario: scenario.key, scene, values, visited, chosen, spent, pending, resume, open: offers.map(({ index }) => index) }));
      }
    }
  }
}

/** The longest save once all actions are done: its counter decides how long the checksum is. */
function longest(course: Course, seed: number, actions: Action[]): number {
  const last = actions.reduce((state, action) => {
    const { state: next } = step(course, state, action);
    if (next === state) throw new Error(`${JSON.stringify(action)} is not possible`);
    return next;
  }, start(seed));
  return Math.max(...Array.from({ length: 50 }, (_, n) => encode(course, last, 36 ** 6 - 1 - n, 1e6).length));
}

const results = given.map(({ course, seed, actions }) => {
  const seen = { save: 0, states: new Set<string>() };
  for (let play = 0; play < Number(plays); play++) walk(course, play * 7919, seen);
  return { save: seen.save, longest: longest(course, seed, actions), states: [...seen.states].map((each) => JSON.parse(each) as object) };
});
process.stdout.write(JSON.stringify(results));
