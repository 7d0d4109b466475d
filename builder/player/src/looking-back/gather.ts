/** What the learner wrote down, gathered from the whole course: for the plan, and for what is downloaded. */
import { hasEnded, narrowest, placeOf } from "player";
import type { Place, State } from "../core-types.js";
import type { Course, Keep, Reflection } from "../data.js";

/** A given answer, in words. */
export interface Noted {
  reflection: Reflection;
  words: string;
  /** Where it belongs; where it is in fact depends on what this browser and LMS can. */
  keep: Keep;
  /** Where it can be changed; null where that cannot be reached now. */
  place: Place | null;
}

/** An intention of one scenario; `day` is YYYYMMDD, or empty. `key` is that of its first question. */
export interface Intention {
  key: string;
  code: string;
  title: string;
  when: string;
  then: string;
  day: string;
  keep: Keep;
  place: Place | null;
}

export interface Chapter {
  /** Of the lesson in the course, from 1. */
  number: number;
  title: string;
  answers: Noted[];
}

/** Intentions in the course's order, and all other answers by lesson; lessons without any are left out. */
export interface Gathered {
  intentions: Intention[];
  chapters: Chapter[];
  /** What was written to questions that an update of the course took away. */
  strays: string[];
}

/** `drafts` are words that could not be stored yet, by key of the reflection. */
export function gather(course: Course, state: State, drafts: ReadonlyMap<string, string>): Gathered {
  const textOf = (key: string): string => (drafts.get(key) ?? state.answers[key]?.text ?? "").trim();
  const intentions: Intention[] = [];
  const chapters = course.lessons.flatMap((lesson, at): Chapter[] => {
    const answers: Noted[] = [];
    const note = (key: string, place: Place | null): void => {
      const reflection = course.reflections[key]!;
      const words = inWords(reflection, textOf(key));
      if (words) answers.push({ reflection, words, keep: placeOf(course, state, key), place });
    };
    lesson.steps.forEach((step, number) => {
      const place: Place = { at: "step", lesson: at, step: number };
      if (step.kind === "reflection") note(step.key, place);
      const scenario = step.kind === "scenario" ? course.scenarios[step.key]! : null;
      if (!scenario?.looking) return;
      const { feeling, words, outside, when, then, date } = scenario.looking;
      const back = hasEnded(state, step.key) ? { ...place, debrief: true } : null;
      for (const key of [feeling, words, outside]) note(key, back);
      const [cue, act, day] = [bare(textOf(when), /^(als|when)\s+/i), bare(textOf(then), /^(dan|then)\s+/i), textOf(date)];
      if (!cue && !act) return;
      // Of a sentence in two places the part that is kept least far tells how far it is kept.
      const keep = narrowest(...[when, then].filter(textOf).map((key) => placeOf(course, state, key)));
      intentions.push({ key: when, code: scenario.code, title: scenario.title, when: cue, then: act, day, keep, place: back });
    });
    return answers.length ? [{ number: lesson.number, title: lesson.title, answers }] : [];
  });
  return { intentions, chapters, strays: Object.values(state.leftover.texts) };
}

/** Without the word the sentence begins with anyhow, and without the mark at its end. */
function bare(text: string, start: RegExp): string {
  return text.replace(start, "").replace(/[\s,.]+$/, "");
}

/** An answer in words: that of a choice is its option, of a scale its number, of a date the day. */
function inWords({ kind, options, scale }: Reflection, text: string): string {
  if (!text || kind === "open") return text;
  if (kind === "choice") return options[Number(text)] ?? "";
  return scale ? `${text} (${scale.low}–${scale.high})` : text;
}
