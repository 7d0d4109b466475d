/**
 * The save: one ASCII string that holds a learner's history, from which the state is played again.
 * Its contract is SAVE.md beside this folder; another format needs a new format number.
 */
import type { Course, Scenario } from "./data.js";
import type { Place, Run, State } from "./core-types.js";
import { answersAt } from "./core/answers.js";
import { wayOf } from "./core/run.js";
import { checksum, newest, packed } from "./text.js";

export { restore, type Restored } from "./restore.js";

/** The format number under which saves are written. */
export const FORMAT = "1";

/** The counter starts again from 0 here: its field stays within six characters. */
const COUNTERS = 36 ** 6;

/**
 * The state as a save of at most `budget` characters. Answers kept elsewhere than the LMS are not in it, nor
 * those that `unplaced` names. `texts: false` leaves every answer out (for the copy on the device).
 *
 * Throws when the history alone is longer than the budget, which the builder has proven impossible.
 */
export function encode(course: Course, state: State, counter: number, budget: number, { texts = true } = {}): string {
  const field = texts ? fitting(course, state, budget) : "";
  const save = assembled(course, state, counter, field, texts);
  if (save.length > budget) throw new Error(`${save.length} > ${budget}`);
  return save;
}

/**
 * How many characters of the save are left for free texts, beside a history as long as it can become.
 * They are characters after compression: ordinary Dutch takes about half to three quarters of its length.
 */
export function room(course: Course, state: State, budget: number): number {
  return budget - course.historyBound - textField(course, state, []).length;
}

/** Whether everything in this state, and any history after it, can be saved. */
export function fits(course: Course, state: State, budget: number): boolean {
  return room(course, state, budget) >= 0;
}

/**
 * Keys of answers that belong in the LMS but do not fit in a save now: only after the course grew under
 * texts already there. The longest are left out first; they stay in the state, to be offered the device.
 */
export function unplaced(course: Course, state: State, budget: number): string[] {
  const left = free(course, state, budget);
  const out: string[] = [];
  if (textField(course, state, out).length <= left) return out;
  const shortestFirst = openAnswers(course, state).sort((a, b) => state.answers[a]!.text.length - state.answers[b]!.text.length);
  while (shortestFirst.length && textField(course, state, out, false).length > left) out.push(shortestFirst.pop()!);
  return out;
}

/** The text field that fits; what the course does not know gives way to its own answers. */
function fitting(course: Course, state: State, budget: number): string {
  const out = unplaced(course, state, budget);
  const whole = textField(course, state, out);
  return whole.length <= free(course, state, budget) ? whole : textField(course, state, out, false);
}

function free(course: Course, state: State, budget: number): number {
  return budget - assembled(course, state, COUNTERS - 1, "", true).length;
}

function openAnswers(course: Course, state: State): string[] {
  return answersAt(course, state, "lms").filter((key) => course.reflections[key]!.kind === "open");
}

/** Records of code, length in base 36, colon and text: no character can end one early. */
function textField(course: Course, state: State, without: readonly string[], strangers = true): string {
  const { raw, texts } = state.leftover;
  if (raw) return strangers ? raw.text : "";
  const own = openAnswers(course, state)
    .filter((key) => !without.includes(key))
    .map((key): [string, string] => [course.reflections[key]!.code, state.answers[key]!.text]);
  const all = strangers ? [...own, ...Object.entries(texts)] : own;
  return packed(all.map(([code, text]) => `${code}${text.length.toString(36)}:${text}`).join(""), course.dictionaries ?? {});
}

function assembled(course: Course, state: State, counter: number, texts: string, answers: boolean): string {
  const checks = entries(course.questions, (key, { code }) => {
    const ticked = state.checks[key];
    return ticked && code + ticked.map((index) => index.toString(36)).join("");
  });
  const runs = entries(course.scenarios, (key, scenario) => {
    const { now, first } = state.runs[key] ?? {};
    const played = (mark: string, run?: Run | null): string => (run ? mark + tokens(scenario, state.seed, run) : "");
    return now || first ? scenario.code + played(":", now) + played("/", first) : undefined;
  });
  const short = answersAt(course, state, "lms")
    .map((key) => course.reflections[key]!)
    .filter(({ kind }) => answers && kind !== "open")
    .map(({ key, code }) => code + state.answers[key]!.text);
  const body = [
    FORMAT,
    (texts && state.leftover.raw?.dictionary) || newest(course.dictionaries ?? {}),
    (counter % COUNTERS).toString(36),
    state.seed.toString(36),
    state.keep ? state.keep[0] : "-",
    placeCode(course, state.place),
    state.done.join(""),
    checks.join(","),
    runs.join(","),
    short.join(","),
    texts,
    "",
  ].join(";");
  return body + checksum(body);
}

function entries<T>(table: Record<string, T>, write: (key: string, item: T) => string | undefined): string[] {
  return Object.keys(table).flatMap((key) => write(key, table[key]!) ?? []);
}

/** A place as a short ASCII code: "c" for the contents, "p" for the plan, else codes of lesson and step, "d" for the debrief. */
export function placeCode(course: Course, place: Place): string {
  if (place.at !== "step") return place.at[0]!;
  const lesson = course.lessons[place.lesson]!;
  return lesson.code + lesson.steps[place.step]!.code + (place.debrief ? "d" : "");
}

/** A run's history: two characters a choice, "!" before an event, "~" a skip; at the end "*" on a reaction, "<" after going back. */
function tokens(scenario: Scenario, seed: number, run: Run): string {
  const turns = wayOf(scenario, seed, run).map((turn) => {
    const scene = scenario.scenes[turn.scene]!;
    return turn.kind === "skip" ? "~" : turn.kind === "event" ? `!${scene.code}` : scene.choices[turn.choice]!.code;
  });
  return turns.join("") + (run.phase === "reaction" ? "*" : run.undone ? "<" : "");
}
