/**
 * SCORM 1.2 (Run-Time Environment, 1 October 2001, chapter 3), within the strictest reading of it: ASCII only, at most
 * 4,096 characters of suspend data, one-letter responses, only elements an LMS must have, others when it says so.
 */
import { clock, scorm, type Settings, type Version } from "./scorm.js";
import type { Tracking } from "./types.js";

const STATUS = "cmi.core.lesson_status";

const SCORM12: Version = {
  name: "scorm12",
  object: "API",
  calls: "LMS",
  end: "Finish",
  core: "cmi.core.",
  learner: "student_",
  lesson: "lesson_",
  statuses: [STATUS],
  bar: "cmi.student_data.mastery_score",
  top: 100,
  most: Infinity, // none is named
  forgets: true,
  timespan,
  interaction: ({ time }) => [["time", time, "00:00:00"]],
  // One field for both notions (§3.4.4).
  reached: ({ complete, success }) => (complete ? [[STATUS, success === null ? "completed" : success ? "passed" : "failed", "incomplete"]] : []),
};

/** `time`: the local time of day, HH:MM:SS. `limit`: at most 4,096. */
export const scorm12 = (page: Window, settings: Settings): Tracking => scorm(page, SCORM12, settings);

/** Milliseconds as CMITimespan HHHH:MM:SS.SS (§3.4.5), at most 9999:59:59.99. */
export function timespan(milliseconds: number): string {
  const [hours, minutes, seconds] = clock(milliseconds);
  return `${`${hours}`.padStart(4, "0")}:${minutes}:${seconds}`;
}
