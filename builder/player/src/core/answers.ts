/** Where a learner's answers may be kept. */
import type { Course, Keep } from "../data.js";
import type { State } from "../core-types.js";

const WIDTH: Record<Keep, number> = { not: 0, device: 1, lms: 2 };

/** The narrowest of some places; the widest there is when none is given. */
export function narrowest(...places: Keep[]): Keep {
  return places.reduce((a, b) => (WIDTH[b] < WIDTH[a] ? b : a), "lms");
}

/**
 * Where the answer to a reflection is kept: the narrowest of what the learner chose (nothing yet: on the
 * screen only), what the question allows and what was decided for this one answer.
 */
export function placeOf(course: Course, state: State, reflection: string): Keep {
  const question = course.reflections[reflection];
  if (!question) return "not";
  return narrowest(state.keep ?? "not", question.keep, state.answers[reflection]?.keep ?? "lms");
}

/** Keys of the answers that are kept in this place, in the course's order. Empty texts are not kept. */
export function answersAt(course: Course, state: State, place: Keep): string[] {
  return Object.keys(course.reflections).filter(
    (key) => state.answers[key]?.text && placeOf(course, state, key) === place,
  );
}

/** The text with unpaired surrogates, which no UTF-8 can hold, replaced by U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) => (found.length === 2 ? found : "\ufffd"));
}

/** Whether a text answers a choice (index of an option), a scale (a number on it) or a date (a day, YYYYMMDD). */
export function isAnswer(course: Course, reflection: string, text: string): boolean {
  const question = course.reflections[reflection];
  if (!question || question.kind === "open") return !!question;
  if (question.kind === "date") return isDay(text);
  if (!/^(0|-?[1-9]\d{0,2})$/.test(text)) return false;
  const { low, high } = question.kind === "scale" ? (question.scale ?? { low: 0, high: -1 }) : { low: 0, high: question.options.length - 1 };
  return Number(text) >= low && Number(text) <= high;
}

function isDay(text: string): boolean {
  const day = text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  return day !== text && new Date(day).toJSON()?.slice(0, 10) === day;
}
