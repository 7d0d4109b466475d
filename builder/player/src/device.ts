/**
 * What this browser keeps, in localStorage: answers the learner wants here, a history the LMS may have
 * missed, and the save of a stand-alone course. Keys hold course, SCO, variant and a hash of the learner.
 */
import { hash } from "./core/chance.js";
import type { Course } from "./data.js";

export type Kept = "answers" | "history" | "save";

export interface Device {
  /** False where the browser stores nothing: what is written then lasts as long as the window. */
  readonly works: boolean;
  read(what: Kept): string | null;
  /** Null forgets. False when the browser refused (full, or blocked). */
  write(what: Kept, text: string | null): boolean;
  /** What no other course or learner has. */
  name: string;
}

/** `storage`: null where there is none or it must not be used. `learner`: null when stand-alone. */
export function device(course: Course, learner: string | null, storage: Storage | null): Device {
  // Not a secret, only a name that does not show on a shared computer; two rounds make clashes unlikely.
  const who = learner === null ? "-" : hash(`1/${learner}`).toString(36) + hash(`2/${learner}`).toString(36);
  const held = new Map<Kept, string>();
  const whose = course.id + (course.sco ? `/${course.sco}` : "");
  const name = `waterlijn:${whose}:${course.variant}:${who}`;
  const key = (what: Kept): string => `${name}:${what}`;
  const works = storage !== null && tries(() => {
    storage.setItem(key("save") + "?", "1");
    storage.removeItem(key("save") + "?");
  });
  return {
    works,
    name,
    read(what) {
      let found = held.get(what) ?? null;
      if (works) tries(() => (found = storage.getItem(key(what)) ?? found));
      return found;
    },
    write(what, text) {
      if (text === null) {
        held.delete(what);
        return !works || tries(() => storage.removeItem(key(what)));
      }
      const stored = works && tries(() => storage.setItem(key(what), text));
      if (stored) held.delete(what);
      else held.set(what, text);
      return stored;
    },
  };
}

function tries(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
