/**
 * Plays courses with the player's core as a learner would, and reads saves, for tests/test_saves.py and tests/saves/record.py.
 * In: a JSON file of courses (data.ts), learners that play one of them, and saves that one of them reads. Out, on standard
 * output: of each learner the save, and of both the state in words.
 */
import { readFileSync } from "node:fs";
import { finished, runsOf, screen, start, step, stepAt } from "../../builder/player/src/core.js";
import { answersAt } from "../../builder/player/src/core/answers.js";
import type { Action, Run, State } from "../../builder/player/src/core-types.js";
import type { Course, Keep, Scenario } from "../../builder/player/src/data.js";
import { encode, restore } from "../../builder/player/src/save.js";

interface Learner {
  course: string;
  seed: number;
  /** Choices to take where they are open, by key, most wanted first; else the first open one. */
  picks: string[];
  keep: Keep;
  /** What is written at each open question. */
  text: string;
  /** Stops at this step ("scenario/klik"): as soon as it is entered, at the scene with this key, or (empty) at its ending. */
  until: string;
  scene?: string;
  /** What is done at the end. */
  then?: Action[];
}

interface Given {
  courses: Record<string, Course>;
  learners: Learner[];
  saves: { course: string; save: string }[];
}

const given = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as Given;
const COUNTER = 40;

function played(course: Course, { seed, picks, keep, text, until, scene, then = [] }: Learner): State {
  let state = start(seed);
  const act = (action: Action): void => {
    const before = state;
    state = step(course, state, action).state;
    if (state === before) throw new Error(`${JSON.stringify(action)} is not possible`);
  };
  const answer = (key: string): void => {
    const { kind, scale, options } = course.reflections[key]!;
    act({ do: "answer", reflection: key, text: kind === "open" ? text : kind === "date" ? "20261130" : `${kind === "scale" ? scale!.high : options.length - 1}` });
  };
  const walk = (): void => {
    for (const [lesson, { steps }] of course.lessons.entries()) {
      for (const [index, { kind, key }] of steps.entries()) {
        act({ do: "go", place: { at: "step", lesson, step: index } });
        if (`${kind}/${key}` === until && scene === undefined) return;
        if (kind === "page" || kind === "plan") act({ do: "next" });
        if (kind === "reflection") {
          if (state.keep === null) act({ do: "keep", where: keep });
          answer(key);
        }
        if (kind === "question") act({ do: "check", question: key, ticked: [course.questions[key]!.options.length - 1] });
        if (kind !== "scenario") continue;
        const scenario = course.scenarios[key]!;
        for (;;) {
          const now = screen(course, state)!;
          if (now.kind === "ending" || (now.kind === "scene" && scenario.scenes[now.scene]!.key === scene && `${kind}/${key}` === until)) break;
          if (now.kind !== "scene") act({ do: now.kind === "opening" ? "begin" : "continue" });
          else {
            const open = now.offers.filter(({ closedBy }) => closedBy === null).map(({ index: at }) => at);
            const keyOf = (at: number): string => scenario.scenes[now.scene]!.choices[at]!.key;
            act({ do: "choose", choice: picks.flatMap((pick) => open.filter((at) => keyOf(at) === pick))[0] ?? open[0]! });
          }
        }
        if (`${kind}/${key}` === until) return;
        if (!scenario.looking) continue;
        act({ do: "debrief" });
        if (state.keep === null) act({ do: "keep", where: keep });
        for (const each of Object.values(scenario.looking)) answer(each);
      }
    }
  };
  walk();
  then.forEach(act);
  return state;
}

/** What a learner would say of a state: keys of lessons, steps and scenes, the meters, the answers the LMS keeps. */
function told(course: Course, state: State): Record<string, unknown> {
  const { place } = state;
  const here = stepAt(course, place);
  const runOf = (scenario: Scenario, run: Run): unknown => ({
    scene: scenario.scenes[run.scene]!.key,
    phase: run.phase,
    ended: run.ended,
    choices: run.history.map((each) => ("choice" in each ? each.choice : "event" in each ? `! ${each.event}` : "~")),
    visited: run.visited,
    values: run.values,
    on_its_way: run.pending.length,
    went_back: run.undone,
  });
  const runs = Object.keys(state.runs).map((key) => {
    const { now, first } = runsOf(state, key);
    const scenario = course.scenarios[key]!;
    return [key, { ...(now && { now: runOf(scenario, now) }), ...(first && { first: runOf(scenario, first) }), shown: finished(state, key) !== null }];
  });
  return {
    place: place.at !== "step" ? place.at : `${course.lessons[place.lesson]!.key}: ${here!.kind}/${here!.key}${place.debrief ? ", debrief" : ""}`,
    keep: state.keep ?? "",
    done: course.lessons.flatMap(({ steps }) => steps.filter(({ code }) => state.done.includes(code)).map(({ kind, key }) => `${kind}/${key}`)),
    answers: Object.fromEntries(answersAt(course, state, "lms").map((key) => [key, state.answers[key]!.text])),
    checks: state.checks,
    runs: Object.fromEntries(runs),
    strays: Object.values(state.leftover.texts),
    notices: state.notices.map((notice) => {
      const scene = "scene" in notice && notice.scene !== undefined ? `, ${course.scenarios[notice.scenario]!.scenes[notice.scene]!.key}` : "";
      return notice.kind + ("scenario" in notice ? `: ${notice.scenario}` : "") + scene;
    }),
  };
}

const learners = given.learners.map((learner) => {
  const course = given.courses[learner.course]!;
  const state = played(course, learner);
  return { save: encode(course, state, COUNTER, course.limit), told: told(course, state) };
});
const saves = given.saves.map(({ course: name, save }) => {
  const course = given.courses[name]!;
  const { state, counter } = restore(course, save, 0);
  return { save: encode(course, state, counter, course.limit), told: told(course, state) };
});
process.stdout.write(JSON.stringify({ learners, saves }));
