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
 * How far the learner is. Complete when each lesson's scenarios reached an ending; a lesson without one when
 * all its pages and plans were read, or where it has no pages either, when all its steps are done. `measure` is the part of those
 * steps that is done, so it is 1 exactly when complete.
 */
export function progress(course: Course, state: State): Progress {
  const needed = course.lessons.flatMap(required);
  const done = needed.filter((step) => state.done.includes(step.code)).length;
  return { complete: done === needed.length, measure: needed.length ? done / needed.length : 1 };
}

function required(lesson: Lesson): Step[] {
  const of = (...kinds: Step["kind"][]): Step[] => lesson.steps.filter(({ kind }) => kinds.includes(kind));
  return [of("scenario"), of("page", "plan"), lesson.steps].find((steps) => steps.length) ?? [];
}
