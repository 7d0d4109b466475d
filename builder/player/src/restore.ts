/**
 * Reading a save: tolerant of what is damaged, of older and newer courses and of newer players.
 * What cannot be read is told in the state's notices, never dropped in silence and never guessed.
 */
import type { Course, Keep, Scenario } from "./data.js";
import type { Happened, Notice, Place, Run, State } from "./core-types.js";
import { isAnswer } from "./core/answers.js";
import { hasEnded } from "./core/course.js";
import { replayed } from "./core/run.js";
import { start } from "./core.js";
import { checksum, newest, unpacked } from "./text.js";

export interface Restored {
  state: State;
  /** Of the save that was read, 0 without one: the next save counts on from here. */
  counter: number;
  /** Written by a newer player: must not be overwritten until the learner says so. */
  newer: boolean;
}

const KEEPS: readonly Keep[] = ["lms", "device", "not"];

/**
 * The state that a save stands for; `seed` is for where there is none. Never throws, whatever the text.
 * Each run is replayed as far as it is true in this course.
 */
export function restore(course: Course, save: string | null, seed: number): Restored {
  const blank = start(seed);
  if (!save) return { state: blank, counter: 0, newer: false };
  if (/^([2-9]|[1-9]\d+);/.test(save)) {
    return { state: { ...blank, notices: [{ kind: "save-newer" }] }, counter: 0, newer: true };
  }
  const notices: Notice[] = [];
  const end = save.lastIndexOf(";") + 1;
  const fields = save.split(";");
  const [format, dictionary = "", counter, ownSeed, keep, place, done = "", checks, runs, short, texts = ""] = fields;
  if (fields.length !== 12 || checksum(save.slice(0, end)) !== save.slice(end)) notices.push({ kind: "save-damaged" });
  if (format !== "1") return { state: { ...blank, notices }, counter: 0, newer: false };

  const state: State = { ...blank, seed: base36(ownSeed) ?? seed, keep: KEEPS.find((each) => each[0] === keep) ?? null };
  const codes = course.lessons.flatMap((lesson) => lesson.steps.map((step) => step.code));
  const read = new Set(done.match(/../g) ?? []);
  state.done = codes.filter((code) => read.has(code)).sort();
  readRuns(course, state, runs, notices);
  const still = [readChecks(course, state, checks), readShort(course, state, short)];
  if (still.includes(false)) notices.push({ kind: "answer-gone" });
  readTexts(course, state, texts, dictionary, notices);
  // Answers found here were kept here by the learner's own choice.
  if (state.keep === null && (Object.keys(state.answers).length || hasLeftover(state))) state.keep = "lms";
  const found = readPlace(course, state, place ?? "");
  if (found) state.place = found;
  else if (place) notices.push({ kind: "place-gone" });
  return { state: { ...state, notices }, counter: base36(counter) ?? 0, newer: false };
}

function hasLeftover({ leftover }: State): boolean {
  return leftover.raw !== null || Object.keys(leftover.texts).length > 0;
}

function base36(field: string | undefined): number | null {
  return field && /^[0-9a-z]{1,7}$/.test(field) ? parseInt(field, 36) >>> 0 : null;
}

/** Items between commas, each a code of two characters and the rest. */
function items(field: string | undefined): [code: string, rest: string][] {
  return (field ?? "").split(",").flatMap((item): [string, string][] => (item.length < 2 ? [] : [[item.slice(0, 2), item.slice(2)]]));
}

function byCode<T extends { code: string }>(table: Record<string, T>, code: string): [string, T] | undefined {
  return Object.entries(table).find(([, item]) => item.code === code);
}

/** Whether every answer still stands: its question is there, and each option that was ticked. */
function readChecks(course: Course, state: State, field: string | undefined): boolean {
  const read = items(field).map(([code, digits]) => {
    const [key, question] = byCode(course.questions, code) ?? [];
    const ticked = [...new Set([...digits].map((digit) => parseInt(digit, 36)))];
    if (!key || ticked.some((index) => !question!.options[index])) return false;
    state.checks[key] = ticked.sort((a, b) => a - b);
    return true;
  });
  return !read.includes(false);
}

function readShort(course: Course, state: State, field: string | undefined): boolean {
  const read = items(field).map(([code, text]) => {
    const [key, question] = byCode(course.reflections, code) ?? [];
    if (!key || question!.kind === "open" || !isAnswer(course, key, text)) return false;
    state.answers[key] = { text, keep: "lms" };
    return true;
  });
  return !read.includes(false);
}

function readRuns(course: Course, state: State, field: string | undefined, notices: Notice[]): void {
  for (const [code, rest] of items(field)) {
    const [scenario, found] = byCode(course.scenarios, code) ?? [];
    if (!scenario || !found) {
      notices.push({ kind: "scenario-gone" });
      continue;
    }
    const [nowField = "", firstField] = rest.split("/");
    const now = nowField.startsWith(":") ? replay(found, state.seed, nowField.slice(1)) : null;
    const first = firstField === undefined ? null : replay(found, state.seed, firstField);
    const whole = first?.run.ended ? first.run : null;
    if (now || whole) state.runs[scenario] = { now: now?.run ?? null, first: whole };
    if (now?.lost) notices.push({ kind: "changed", scenario, ...(now.kept && { scene: now.run.scene }) });
    if (first && (first.lost || !whole)) notices.push({ kind: "first-changed", scenario });
  }
}

/** A run as far as it is true; whether something of it is, and whether something is not. */
function replay(scenario: Scenario, seed: number, field: string): { run: Run; kept: boolean; lost: boolean } {
  const whole = /^(?:!?[\w-]{2}|~)*[*<]?$/.test(field);
  const marks = field.match(/!?[\w-]{2}|~/g) ?? [];
  const codes = marks.map((mark): Happened => {
    return mark === "~" ? { skip: true } : mark[0] === "!" ? { event: mark.slice(1) } : { choice: mark };
  });
  const { run, used } = replayed(scenario, seed, codes, field.endsWith("*"));
  const lost = used < codes.length || !whole;
  if (!lost) run.undone = field.endsWith("<");
  return { run, kept: run.history.length > 0, lost };
}

function readTexts(course: Course, state: State, field: string, dictionary: string, notices: Notice[]): void {
  const number = /^[0-9a-z]$/.test(dictionary) ? dictionary : newest(course.dictionaries ?? {});
  const plain = unpacked(field, number, course.dictionaries ?? {});
  const records = plain === null ? null : split(plain);
  if (records === null) {
    state.leftover = { ...state.leftover, raw: { dictionary: number, text: field.replace(/[^!-~]/g, "?") } };
    notices.push({ kind: "text-garbled" });
    return;
  }
  for (const [code, text] of records) {
    const [key, question] = byCode(course.reflections, code) ?? [];
    if (key && question?.kind === "open") state.answers[key] = { text, keep: "lms" };
    else state.leftover.texts[code] = text;
  }
}

/** Records of code, length in base 36, colon and text; null where they do not add up. */
function split(plain: string): [string, string][] | null {
  const records: [string, string][] = [];
  for (let at = 0; at < plain.length; ) {
    const head = /^([\w-]{2})([0-9a-z]{1,4}):/.exec(plain.slice(at, at + 7));
    if (!head) return null;
    const from = at + head[0].length;
    at = from + parseInt(head[2]!, 36);
    if (at > plain.length) return null;
    records.push([head[1]!, plain.slice(from, at)]);
  }
  return records;
}

/** A step keeps its code, also in another lesson. */
function readPlace(course: Course, state: State, field: string): Place | null {
  if (field === "c") return { at: "contents" };
  if (field === "p") return { at: "plan" };
  const [, code, debrief] = /^[\w-]{2}([\w-]{2})(d?)$/.exec(field) ?? [];
  for (const [lesson, { steps }] of course.lessons.entries()) {
    const step = steps.findIndex((each) => each.code === code);
    if (step < 0) continue;
    const ended = steps[step]!.kind === "scenario" && hasEnded(state, steps[step]!.key);
    return { at: "step", lesson, step, ...(debrief && ended ? { debrief: true } : {}) };
  }
  return null;
}
