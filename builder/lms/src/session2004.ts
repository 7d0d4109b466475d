// What an LMS does itself at the two ends of a SCORM 2004 session (Run-Time Environment, §4.2). Pure.
import type { Rule } from "./log.js";
import type { Profile } from "./profiles.js";
import type { Elements, Ending, Launch, Lookup, SessionRules } from "./standard.js";

const COMPLETION = "cmi.completion_status";
const SUCCESS = "cmi.success_status";
const MEASURE = "cmi.progress_measure";
const SCALED = "cmi.score.scaled";
const RAW = "cmi.score.raw";
const EXIT = "cmi.exit";
const REQUEST = "adl.nav.request";
/** What nobody who has it may lose. */
const EARNED: Elements = { [COMPLETION]: "completed", [SUCCESS]: "passed" };

/** The length of a duration in hundredths of a second; a year is 365 days, a month 30. */
function hundredths(duration: string): number {
  const [date = "", time = ""] = duration.replace(/^P/, "").split("T");
  const sum = (text: string, units: Readonly<Record<string, number>>): number =>
    [...text.matchAll(/([\d.]+)([A-Z])/g)].reduce((all, [, size, unit = ""]) => all + Number(size) * (units[unit] ?? 0), 0);
  const seconds = sum(date, { Y: 31_536_000, M: 2_592_000, D: 86_400 }) + sum(time, { H: 3600, M: 60, S: 1 });
  return Math.round(seconds * 100);
}

/** Adds two durations; "" counts as nothing. */
export function addDuration(first: string, second: string): string {
  const whole = hundredths(first) + hundredths(second);
  const seconds = (whole % 6000) / 100;
  return `PT${Math.floor(whole / 360_000)}H${Math.floor(whole / 6000) % 60}M${Number(seconds.toFixed(2))}S`;
}

/** Elements with a value; "" is none. */
const filled = (elements: Elements): Elements =>
  Object.fromEntries(Object.entries(elements).filter(([, value]) => value !== ""));

function begin(record: Elements, launch: Launch, profile: Profile): Elements {
  const exit = record[EXIT] ?? "";
  const resumes = exit === "suspend" || (exit === "logout" && !profile.keepsOnlySuspended);
  return {
    // Only a suspended attempt goes on; anything else begins a new one, with nothing in it.
    ...(resumes ? filled(record) : {}),
    ...launch.requests,
    "cmi.learner_id": launch.learner.id,
    "cmi.learner_name": launch.learner.name,
    "cmi.credit": launch.credit,
    "cmi.mode": launch.mode,
    "cmi.entry": resumes ? "resume" : "ab-initio",
    [EXIT]: launch.mode === "normal" ? "" : exit,
    ...filled({
      "cmi.launch_data": launch.launchData,
      "cmi.completion_threshold": launch.completionThreshold,
      "cmi.scaled_passing_score": launch.scaledPassingScore,
    }),
  };
}

/** What follows from the progress measure (§4.2.4), or "". */
function completion(value: Lookup, launch: Launch): string {
  const measure = value(MEASURE);
  if (launch.completionThreshold === "" || measure === "") return "";
  return Number(measure) >= Number(launch.completionThreshold) ? "completed" : "incomplete";
}

/** What follows from the scaled score (§4.2.22): nothing is known without one. "" when there is no passing score. */
function success(value: Lookup, launch: Launch): string {
  const scaled = value(SCALED);
  if (launch.scaledPassingScore === "") return "";
  if (scaled === "") return "unknown";
  return Number(scaled) >= Number(launch.scaledPassingScore) ? "passed" : "failed";
}

function end(value: Lookup, launch: Launch, profile: Profile): Elements {
  if (launch.mode !== "normal") return {};
  return filled({
    "cmi.total_time": addDuration(value("cmi.total_time"), value("cmi.session_time")),
    [COMPLETION]: completion(value, launch),
    [SUCCESS]: profile.derivesSuccess ? success(value, launch) : "",
  });
}

function ending(value: Lookup, profile: Profile): Ending {
  if (!profile.failsOnExitRequests) return "well";
  const request = value(REQUEST);
  if (request === "exitAll") return "throws";
  return ["exit", "abandon", "abandonAll"].includes(request) ? "refused" : "well";
}

function unsound(value: Lookup, launch: Launch): Rule | null {
  const scaled = value(SCALED);
  const raw = value(RAW);
  if (scaled !== "" && (raw === "" || Math.abs(Number(scaled) * 100 - Number(raw)) > 0.01)) return "score-without-raw";
  const followed = completion(value, { ...launch, completionThreshold: launch.completionThreshold || "1" });
  const said = value(COMPLETION) === "completed" ? "completed" : "incomplete";
  if (followed !== "" && followed !== said) return "status-disagrees";
  const verdict = success(value, launch);
  return verdict !== "" && verdict !== (value(SUCCESS) || "unknown") ? "status-disagrees" : null;
}

export const SESSION2004: SessionRules = {
  momentary: ["cmi.session_time", REQUEST],
  begin,
  end,
  ending,
  timed: (value) => hundredths(value("cmi.session_time")) > 0,
  unwise(stored, launch, element, value) {
    if (!/^cmi\.(completion_status|success_status|progress_measure|score\.)/.test(element)) return null;
    if (launch.mode !== "normal" || launch.credit !== "credit") return "written-in-review";
    const earned = EARNED[element];
    return earned !== undefined && stored[element] === earned && value !== earned ? "status-downgraded" : null;
  },
  unsound,
};
