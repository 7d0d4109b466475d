/**
 * SCORM 2004, 3rd and 4th edition (Run-Time Environment, chapters 3 and 4). Completion and success are told apart, each
 * in agreement with what an LMS makes of the measure and the score: it may judge by those instead.
 */
import { clock, scorm, type Settings, type Version } from "./scorm.js";
import type { Tracking } from "./types.js";

const COMPLETION = "cmi.completion_status";
const SUCCESS = "cmi.success_status";
const MEASURE = "cmi.progress_measure";

const SCORM2004: Version = {
  name: "scorm2004",
  object: "API_1484_11",
  calls: "",
  end: "Terminate",
  core: "cmi.",
  learner: "learner_",
  lesson: "",
  statuses: [COMPLETION, SUCCESS],
  bar: "cmi.scaled_passing_score",
  top: 1,
  most: 250,
  forgets: false,
  // Not "exitAll": that makes Moodle fail at the end.
  leave: ["adl.nav.request", "suspendAll"],
  timespan: duration,
  interaction: ({ time, label }) => [
    ["timestamp", time],
    ["description", plain(label)],
  ],
  reached({ complete, measure, success }) {
    // Never 1 before all is done, which an LMS would take for completed; nor 0, which reads as not attempted.
    const part = Math.min(Math.floor(measure * 100), 99) / 100;
    if (!complete) return part > 0 ? [[MEASURE, `${part}`]] : [];
    return [[MEASURE, "1"], [COMPLETION, "completed"], ...(success === null ? [] : [[SUCCESS, success ? "passed" : "failed"] as [string, string]])];
  },
};

/** `time`: now, as `timestamp` writes it. `limit`: at most 64,000; 4,000 in the 3rd edition. */
export const scorm2004 = (page: Window, settings: Settings): Tracking => scorm(page, SCORM2004, settings);

/** Milliseconds as a duration with hundredths; never nothing, which an LMS was seen to store as "P". */
export function duration(milliseconds: number): string {
  const [hours, minutes, seconds] = clock(Math.max(milliseconds, 10));
  return `PT${hours}H${minutes}M${seconds}S`;
}

/** A moment in UTC with hundredths: a zone is taken only behind a fraction of at most two digits. */
export const timestamp = (moment: Date): string => `${moment.toISOString().slice(0, 22)}Z`;

/** Every LMS stores it: no accents, no lines, at most 250 characters. */
const plain = (label: string): string => label.normalize("NFD").replace(/\s+/g, " ").replace(/[^ -~]/g, "").slice(0, 250);
