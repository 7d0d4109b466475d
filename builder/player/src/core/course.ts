/** Steps, places and progress of a course. */
import type { Course, Lesson, Scenario, Step } from "../data.js";
import type { Place, Progress, Run, Runs, State } from "../core-types.js";
import { fresh } from "./moves.js";

/** The step one stands at, or null in the contents (also where the place does not exist). */
export function stepAt(course: Course, place: Place): Step | null {
  return place.at === "step" ? (course.lessons[place.lesson]?.steps[place.step] ?? null) : null;
}

/** The scenario of the step one stands at, or null. */
export function scenarioAt(course: Course, place: Place): Scenario | null {
  const step = stepAt(course, place);
  return step?.kind === "scenario" ? (course.scenarios[step.key] ?? null) : null;
}

/** The runs of a scenario; both null before its first. */
export function runsOf(state: State, scenario: string): Runs {
  return state.runs[scenario] ?? { now: null, first: null };
}

/** The run one is in, or would start: at the opening, or in the first scene. */
export function runOf(state: State, scenario: Scenario): Run {
  return runsOf(state, scenario.key).now ?? fresh(scenario);
}

/** The run that a debrief looks back on: the one one is in when it reached an ending, else the first that did. */
export function finished(state: State, scenario: string): Run | null {
  const { now, first } = runsOf(state, scenario);
  return now?.ended ? now : first;
}

/** Whether a debrief can be shown. */
export function hasEnded(state: State, scenario: string): boolean {
  return finished(state, scenario) !== null;
}

/** The place after or before this one within its lesson; null at its end. */
export function neighbour(course: Course, place: Place, by: 1 | -1): Place | null {
  if (place.at !== "step") return null;
  const step = place.step + by;
  return course.lessons[place.lesson]?.steps[step] ? { at: "step", lesson: place.lesson, step } : null;
}

/** What of a lesson is left to do, of how many steps: "nog 2 van 5". */
export function remaining(course: Course, state: State, lesson: number): { left: number; of: number } {
  const steps = course.lessons[lesson]?.steps ?? [];
  return { left: steps.filter((step) => !state.done.includes(step.code)).length, of: steps.length };
}

/**
 * How far the learner is. By the rule "steps" complete when every step is done. By "endings" when each lesson's scenarios
 * reached an ending; a lesson without one when all its pages and plans were read, or where it has no pages either, when
 * all its steps are done. A course that keeps a score asks for its knowledge checks too. `measure` is the part of those
 * steps that is done, so it is 1 exactly when complete.
 */
export function progress(course: Course, state: State): Progress {
  const needed = course.lessons.flatMap((lesson) => required(course, lesson));
  const done = needed.filter((step) => state.done.includes(step.code)).length;
  const complete = done === needed.length;
  const score = complete && course.score ? scored(course, state) : null;
  const passed = score !== null && course.mastery !== undefined ? score >= course.mastery : course.report === "passed" || null;
  return { complete, measure: needed.length ? done / needed.length : 1, score, success: complete ? passed : null };
}

function required({ rule, score }: Course, { steps }: Lesson): Step[] {
  if (rule === "steps") return steps;
  const of = (...kinds: Step["kind"][]): Step[] => steps.filter(({ kind }) => kinds.includes(kind));
  const needed = [of("scenario"), of("page", "plan"), steps].find((some) => some.length) ?? [];
  return score ? [...new Set([...needed, ...of("question")])] : needed;
}

/** Part of the knowledge checks whose ticked options are exactly the right ones, rounded down to a whole percentage. */
function scored({ questions }: Course, { checks }: State): number {
  const all = Object.values(questions);
  const right = all.filter(({ key, options }) => options.every(({ correct }, index) => (checks[key] ?? []).includes(index) === correct));
  return all.length ? Math.floor((100 * right.length) / all.length) : 100;
}
