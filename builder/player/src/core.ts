/**
 * The core of the player: `step(course, state, action) -> { state, commands }`.
 * Pure: no page, clock, LMS or chance; what must happen outside is handed back as commands.
 */
import type { Course, Scenario } from "./data.js";
import type { Action, Answer, Command, Place, Run, State } from "./core-types.js";
import { isAnswer, placeOf, wellFormed } from "./core/answers.js";
import { finished, hasEnded, neighbour, progress, runOf, runsOf, scenarioAt, stepAt } from "./core/course.js";
import { begun } from "./core/moves.js";
import { back, chosen, continued, rewound, skipped } from "./core/run.js";

export { answersAt, placeOf } from "./core/answers.js";
export { finished, hasEnded, progress, remaining, runOf, runsOf, scenarioAt, stepAt } from "./core/course.js";
export { laterOf, meIn } from "./core/moves.js";
export { back, wayOf } from "./core/run.js";
export { screen } from "./core/screen.js";

export interface Stepped {
  state: State;
  commands: Command[];
}

/** The state before anything was done. `seed`: any whole number from 0 to 2^32 - 1; decides the events. */
export function start(seed: number): State {
  return {
    seed: seed >>> 0,
    place: { at: "contents" },
    runs: {},
    done: [],
    keep: null,
    answers: {},
    checks: {},
    leftover: { raw: null, texts: {} },
    notices: [],
  };
}

/**
 * Do one action. An action that is not possible now gives the very same state back, and no commands.
 * Commands come in the order in which to carry them out; "save" stands after what must be in the save.
 */
export function step(course: Course, state: State, action: Action): Stepped {
  const after = done(course, state, act(course, state, action), action);
  if (after === null || after === state) return { state, commands: [] };
  return { state: after, commands: commands(course, state, after, action) };
}

function act(course: Course, state: State, action: Action): State | null {
  switch (action.do) {
    case "go":
      return went(course, state, action.place);
    case "next":
      if (state.place.at !== "step") return null;
      return { ...state, place: neighbour(course, state.place, 1) ?? { at: "contents" } };
    case "previous": {
      if (state.place.at === "contents") return null;
      if (state.place.at === "plan") return { ...state, place: state.place.from ?? { at: "contents" } };
      if (state.place.debrief) return { ...state, place: { at: "step", lesson: state.place.lesson, step: state.place.step } };
      return { ...state, place: neighbour(course, state.place, -1) ?? { at: "contents" } };
    }
    case "begin":
      return moved(course, state, begun);
    case "choose":
      return moved(course, state, (scenario, run) => chosen(scenario, state.seed, run, action.choice));
    case "continue":
      return moved(course, state, (scenario, run) => continued(scenario, state.seed, run));
    case "skip":
      return moved(course, state, (scenario, run) => skipped(scenario, state.seed, run));
    case "back":
      return moved(course, state, (scenario, run) => back(scenario, state.seed, run));
    case "debrief":
      return state.place.at === "step" ? went(course, state, { ...state.place, debrief: true }) : null;
    case "replay":
      return again(course, state);
    case "rewind":
      return again(course, state, action.to);
    case "keep":
      return kept(state, action.where);
    case "answer":
      return answered(course, state, action);
    case "check":
      return checked(course, state, action);
    case "heard":
      return state.notices.length ? { ...state, notices: [] } : null;
    case "restart":
      return start(state.seed + 1);
  }
}

function went(course: Course, state: State, place: Place): State | null {
  if (place.at === "contents") return { ...state, place: { at: "contents" } };
  if (place.at === "plan") return state.place.at === "plan" ? null : { ...state, place: { at: "plan", from: state.place } };
  const { lesson, step: index, mirror } = place;
  if (!stepAt(course, place)) return null;
  if (!place.debrief) return { ...state, place: { at: "step", lesson, step: index } };
  const scenario = scenarioAt(course, place);
  if (!scenario || !hasEnded(state, scenario.key) || (mirror && !scenario.replays[mirror.as])) return null;
  return { ...state, place: { at: "step", lesson, step: index, debrief: true, ...(mirror && { mirror }) } };
}

function moved(course: Course, state: State, move: (scenario: Scenario, run: Run) => Run | null): State | null {
  const scenario = scenarioAt(course, state.place);
  if (!scenario || (state.place.at === "step" && state.place.debrief)) return null;
  const now = move(scenario, runOf(state, scenario));
  return now && withRun(state, scenario, now);
}

/** Play again from the beginning, or from the decision before item `to` of the run that the debrief shows. */
function again(course: Course, state: State, to?: number): State | null {
  const { place } = state;
  const scenario = scenarioAt(course, place);
  if (!scenario || place.at !== "step" || !state.runs[scenario.key]) return null;
  const shown = place.debrief ? finished(state, scenario.key) : null;
  const now = to === undefined ? null : shown && rewound(scenario, state.seed, shown, to);
  if (to !== undefined && !now) return null;
  return { ...withRun(state, scenario, now), place: { at: "step", lesson: place.lesson, step: place.step } };
}

/** With another run to be in: one that reached an ending stays for comparison, if it is the first that did. */
function withRun(state: State, scenario: Scenario, now: Run | null): State {
  const { [scenario.key]: _, ...others } = state.runs;
  const was = runsOf(state, scenario.key);
  const first = was.first ?? (was.now?.ended ? was.now : null);
  return { ...state, runs: now || first ? { ...others, [scenario.key]: { now, first } } : others };
}

/** Out of the LMS means out of it wholly: also what of an earlier course could not be read goes. */
function kept(state: State, where: State["keep"]): State {
  const leftover = where === "lms" ? state.leftover : { raw: null, texts: {} };
  return { ...state, keep: where, leftover };
}

function answered(course: Course, state: State, action: Extract<Action, { do: "answer" }>): State | null {
  const question = course.reflections[action.reflection];
  if (!question) return null;
  const text = wellFormed(action.text);
  if (question.kind !== "open" && text && !isAnswer(course, action.reflection, text)) return null;
  const before = state.answers[action.reflection];
  const answer: Answer = { text, keep: action.keep ?? before?.keep ?? "lms" };
  if ((before?.text ?? "") === text && (before?.keep ?? answer.keep) === answer.keep) return state;
  const { [action.reflection]: _, ...others } = state.answers;
  const after = { ...state, answers: text ? { ...others, [action.reflection]: answer } : others };
  // Writing anew is what ends the keeping of texts that could not be read.
  const anew = question.kind === "open" && text && placeOf(course, after, action.reflection) === "lms";
  return anew ? { ...after, leftover: { ...state.leftover, raw: null } } : after;
}

function checked(course: Course, state: State, action: Extract<Action, { do: "check" }>): State | null {
  const question = course.questions[action.question];
  if (!question) return null;
  const ticked = [...new Set(action.ticked)].filter((index) => question.options[index]).sort((a, b) => a - b);
  return { ...state, checks: { ...state.checks, [action.question]: ticked } };
}

/** Tick off the step this action finished: a page left by "next", an ending reached, a question answered. */
function done(course: Course, before: State, after: State | null, action: Action): State | null {
  if (after === null || action.do === "restart") return after;
  const current = stepAt(course, before.place);
  const codes: string[] = [];
  if ((current?.kind === "page" || current?.kind === "plan") && action.do === "next") codes.push(current.code);
  if (current?.kind === "scenario" && runsOf(after, current.key).now?.ended) codes.push(current.code);
  const key = action.do === "answer" && action.text ? action.reflection : action.do === "check" ? action.question : null;
  const kind = action.do === "answer" ? "reflection" : "question";
  for (const each of course.lessons.flatMap((lesson) => lesson.steps)) {
    if (each.kind === kind && each.key === key) codes.push(each.code);
  }
  const all = [...new Set([...after.done, ...codes])].sort();
  return all.length === after.done.length ? after : { ...after, done: all };
}

function commands(course: Course, before: State, after: State, action: Action): Command[] {
  const found: Command[] = [];
  const scenario = scenarioAt(course, before.place);
  if (scenario && action.do !== "restart") {
    const was = runOf(before, scenario);
    const now = runOf(after, scenario);
    if (action.do === "choose" || action.do === "continue" || action.do === "skip" || action.do === "begin") {
      for (const { key } of scenario.meters) {
        const [from, to] = [was.values[key]!, now.values[key]!];
        if (from !== to) found.push({ order: "announce", meter: key, from, to });
      }
    }
    const scene = scenario.scenes[was.scene]!;
    if (action.do === "choose" && course.choices && !scene.continues) {
      const label = scene.choices[action.choice]!.label;
      found.push({ order: "record", interaction: { id: scene.report, response: action.choice, label } });
    }
  }
  const [was, now] = [progress(course, before), progress(course, after)];
  if (now.measure !== was.measure || now.complete !== was.complete || now.score !== was.score) found.push({ order: "report", progress: now });
  found.push({ order: "save" });
  if (action.do !== "answer" && action.do !== "check" && action.do !== "keep" && action.do !== "heard") found.push({ order: "focus" });
  return found;
}
