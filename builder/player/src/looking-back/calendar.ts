/** Intentions with a day as a calendar file (RFC 5545): what any calendar program opens. */
import { t } from "player";
import type { Course } from "../data.js";
import type { Intention } from "./gather.js";
import { sentence } from "./words.js";

/** Octets of a line before it must be folded, its end left out (RFC 5545, 3.1). */
const LONGEST = 75;

/**
 * The intentions that have a day, each as a whole-day event that reminds at nine. `seed` is the learner's, so that the
 * same intention keeps its identity when it is downloaded again, and no two learners share one. `now`: milliseconds since 1970, UTC.
 */
export function asCalendar(course: Course, intentions: readonly Intention[], seed: number, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const events = intentions.flatMap((each) => (each.day ? event(course, each, seed, stamp) : []));
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${text(course.id)}//${text(course.version)}//${course.language.toUpperCase()}`, "CALSCALE:GREGORIAN"];
  return [...head, ...events, "END:VCALENDAR"].map((line) => `${folded(line)}\r\n`).join("");
}

function event(course: Course, intention: Intention, seed: number, stamp: string): string[] {
  const words = sentence(intention);
  return [
    "BEGIN:VEVENT",
    `UID:${seed.toString(36)}-${intention.code}@${course.id}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${intention.day}`,
    `SUMMARY:${text(words)}`,
    `DESCRIPTION:${text(t("plan_from", { title: intention.title, course: course.title }))}`,
    "CLASS:PRIVATE", // others who may look into one's calendar see no more than that there is something
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${text(words)}`,
    "TRIGGER:PT9H",
    "END:VALARM",
    "END:VEVENT",
  ];
}

/** A value of type TEXT (3.3.11): control characters are not allowed in it. */
function text(words: string): string {
  return words
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n?|\n/g, "\\n")
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, "");
}

/** A line in pieces of at most 75 octets, each after the first begun with a space; no character is split. */
function folded(line: string): string {
  let size = 0;
  let out = "";
  for (const character of line) {
    const octets = new TextEncoder().encode(character).length;
    if (size + octets > LONGEST) {
      out += "\r\n ";
      size = 1;
    }
    out += character;
    size += octets;
  }
  return out;
}
