/**
 * Plays courses at random with the player's core, for tests/test_states.py.
 * In: a JSON file of courses (data.ts) and a number of plays. Out, on standard output, per course: the longest save
 * seen, and every state (scene key and values) and ending seen, as JSON.
 */
import { readFileSync } from "node:fs";
import { hash } from "../builder/player/src/core/chance.js";
import { back, finished, runOf, scenarioAt, screen, start, step } from "../builder/player/src/core.js";
import type { Action, State } from "../builder/player/src/core-types.js";
import type { Course } from "../builder/player/src/data.js";
import { encode } from "../builder/player/src/save.js";

const STEPS = 60;
const [file, plays] = process.argv.slice(2);
const courses = JSON.parse(readFileSync(file!, "utf8")) as Course[];

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
        if (n % 6 === 5 || now(course, state) === "ending") seen.save = Math.max(seen.save, encode(course, state, 36 ** 6 - 1, 1e6).length);
        const scenario = scenarioAt(course, state.place)!;
        const run = runOf(state, scenario);
        if (run.phase === "scene") seen.states.add(JSON.stringify([scenario.key, scenario.scenes[run.scene]!.key, run.values]));
      }
    }
  }
}

const results = courses.map((course) => {
  const seen = { save: 0, states: new Set<string>() };
  for (let seed = 0; seed < Number(plays); seed++) walk(course, seed * 7919, seen);
  return { save: seen.save, states: [...seen.states].sort() };
});
process.stdout.write(JSON.stringify(results));
