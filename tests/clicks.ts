/**
 * Plays scenarios with the player's core by given choices, for tests/test_bots.py.
 * In: a JSON file of courses (data.ts) with plays of each: a scenario's key, a seed, and the choices (indices; null
 * skips the scene). Out, on standard output, per play: where one stands, the values, and the events in its history.
 */
import { readFileSync } from "node:fs";
import { runOf, scenarioAt, screen, start, step } from "../builder/player/src/core.js";
import type { Action, State } from "../builder/player/src/core-types.js";
import type { Course } from "../builder/player/src/data.js";

interface Play {
  scenario: string;
  seed: number;
  choices: (number | null)[];
}

function placed(course: Course, state: State, key: string): State {
  for (const [lesson, { steps }] of course.lessons.entries()) {
    const index = steps.findIndex((each) => each.kind === "scenario" && each.key === key);
    if (index >= 0) return step(course, state, { do: "go", place: { at: "step", lesson, step: index } }).state;
  }
  throw new Error(key);
}

function played(course: Course, { scenario, seed, choices }: Play): unknown {
  let state = placed(course, start(seed), scenario);
  const act = (action: Action): void => {
    const before = state;
    state = step(course, state, action).state;
    if (state === before) throw new Error(`${scenario} ${seed}: ${JSON.stringify(action)}`);
  };
  if (screen(course, state)?.kind === "opening") act({ do: "begin" });
  for (const choice of choices) {
    act(choice === null ? { do: "skip" } : { do: "choose", choice });
    if (screen(course, state)?.kind === "reaction") act({ do: "continue" });
  }
  const own = scenarioAt(course, state.place)!;
  const run = runOf(state, own);
  const events = run.history.flatMap((each) => ("event" in each ? [each.event] : []));
  return { scene: own.scenes[run.scene]!.key, values: run.values, ended: run.ended, events };
}

const courses = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as { course: Course; plays: Play[] }[];
process.stdout.write(JSON.stringify(courses.map(({ course, plays }) => plays.map((play) => played(course, play)))));
