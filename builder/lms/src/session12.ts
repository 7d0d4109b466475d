// What an LMS does itself at the two ends of a SCORM 1.2 session (Run-Time Environment, §3.4.4). Pure.
import type { Profile } from "./profiles.js";
import type { Elements, Launch, Lookup, SessionRules } from "./standard.js";

const STATUS = "cmi.core.lesson_status";
const ORDER = ["not attempted", "browsed", "incomplete", "failed", "completed", "passed"];

/** Adds two timespans (HHHH:MM:SS.SS); "" counts as nothing. Hours stop at 9999. */
export function addTime(first: string, second: string): string {
  const hundredths = [first, second]
    .filter((time) => time !== "")
    .map((time) => time.split(":").map(Number))
    .map(([hours = 0, minutes = 0, seconds = 0]) => Math.round((hours * 3600 + minutes * 60 + seconds) * 100))
    .reduce((sum, each) => sum + each, 0);
  const whole = Math.floor(hundredths / 100);
  const two = (number: number): string => String(number).padStart(2, "0");
  const hours = String(Math.min(9999, Math.floor(whole / 3600))).padStart(4, "0");
  return `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${two(hundredths % 100)}`;
}

function begin(record: Elements, launch: Launch, profile: Profile): Elements {
  const status = record[STATUS] ?? "not attempted";
  const suspended = record["cmi.core.exit"] === "suspend";
  const forgotten = profile.keepsOnlySuspended && !suspended ? { "cmi.suspend_data": "", "cmi.core.lesson_location": "" } : {};
  return {
    ...record,
    ...forgotten,
    [STATUS]: status,
    "cmi.core.student_id": launch.learner.id,
    "cmi.core.student_name": launch.learner.name,
    "cmi.core.credit": launch.credit,
    "cmi.core.lesson_mode": launch.mode,
    "cmi.core.entry": suspended ? "resume" : status === "not attempted" ? "ab-initio" : "",
    "cmi.core.total_time": record["cmi.core.total_time"] ?? "0000:00:00.00",
    // A look back leaves things as they were; otherwise each session says anew how it ended.
    "cmi.core.exit": launch.mode === "normal" ? "" : (record["cmi.core.exit"] ?? ""),
    "cmi.launch_data": launch.launchData,
    "cmi.student_data.mastery_score": launch.masteryScore,
  };
}

function end(value: Lookup, launch: Launch): Elements {
  if (launch.mode === "review") return {};
  const attempted = value(STATUS) !== "not attempted";
  if (launch.mode === "browse") return attempted ? {} : { [STATUS]: "browsed" };
  const total = addTime(value("cmi.core.total_time"), value("cmi.core.session_time"));
  const raw = value("cmi.core.score.raw");
  const judged = launch.masteryScore !== "" && launch.credit === "credit" && raw !== "";
  const verdict = judged ? (Number(raw) >= Number(launch.masteryScore) ? "passed" : "failed") : "completed";
  return { "cmi.core.total_time": total, ...(judged || !attempted ? { [STATUS]: verdict } : {}) };
}

export const SESSION12: SessionRules = {
  momentary: ["cmi.core.session_time"],
  begin,
  end,
  ending: () => "well",
  timed: (value) => value("cmi.core.session_time") !== "",
  unwise(stored, launch, element, value) {
    if (!/^cmi\.core\.(lesson_status|score\.)/.test(element)) return null;
    if (launch.mode !== "normal" || launch.credit !== "credit") return "written-in-review";
    const earned = ORDER.indexOf(stored[STATUS] ?? "");
    const done = earned >= ORDER.indexOf("completed");
    return element === STATUS && done && ORDER.indexOf(value) < earned ? "status-downgraded" : null;
  },
  unsound: () => null,
};
