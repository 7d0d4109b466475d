/**
 * SCORM 1.2 (Run-Time Environment, 1 October 2001, chapter 3), within the strictest reading of it: ASCII
 * only, at most 4,096 characters of suspend data, one-letter responses, only elements an LMS must have, others when it says so.
 * LMSs differ in what they forgive; none of this relies on forgiveness.
 */
import type { Interaction, Progress } from "../core-types.js";
import { find } from "./find.js";
import { OK, type Opened, type Outcome, type Tracking } from "./types.js";

/** The API object of an LMS, §3.3.4. Hostile until checked: anything may throw or return anything. */
export interface Api12 {
  LMSInitialize(empty: ""): unknown;
  LMSFinish(empty: ""): unknown;
  LMSGetValue(element: string): unknown;
  LMSSetValue(element: string, value: string): unknown;
  LMSCommit(empty: ""): unknown;
  LMSGetLastError(): unknown;
}

export interface Settings {
  /** Characters of suspend data, at most 4,096. */
  limit: number;
  /** Milliseconds since any moment; only differences count. */
  now(): number;
  /** The local time of day, HH:MM:SS. */
  time(): string;
}

const STATUS = "cmi.core.lesson_status";
const DATA = "cmi.suspend_data";
const THREW: Outcome = { ok: false, why: "threw" };
const REFUSED: Outcome = { ok: false, why: "refused" };

/** Something set that an unsure save may have lost: its value, and another that makes an LMS see a change. */
type Sent = [element: string, value: string, other: string];

export function scorm12(page: Window, settings: Settings): Tracking {
  let api: Api12 | null = null;
  let writes = false;
  let over = false;
  /** Reading threw. Error numbers do not count: LMSs leave old ones standing. */
  let deaf = false;
  let started = 0;
  let status = "";
  let saves = 0;
  /** Next free index, or null where the LMS keeps no interactions. */
  let interactions: number | null = null;
  /** Decisions the LMS has not taken yet (id, time, letter): told again with every save. */
  let untold: [id: string, time: string, letter: string][] = [];
  /** To be set with the next save, again and again until it is taken. */
  let wanted: Sent[] = [];
  /** Set since the last commit; committed but not yet confirmed. */
  let sent: Sent[] = [];
  let carried: Sent[] = [];

  function says(call: () => unknown): Outcome {
    try {
      return String(call()) === "true" ? OK : REFUSED;
    } catch {
      return THREW;
    }
  }
  /** "" for what is not there: reading something optional is how one finds out. */
  function get(element: string): string {
    try {
      return String(api!.LMSGetValue(element) ?? "");
    } catch {
      deaf = true;
      return "";
    }
  }
  const set = (element: string, value: string): Outcome => says(() => api!.LMSSetValue(element, value));
  const commit = (): Outcome => says(() => api!.LMSCommit(""));
  /** Sets, and reads back: some LMSs cut what they say they took. */
  function put(element: string, value: string): Outcome {
    const outcome = set(element, value);
    return outcome.ok && get(element) !== value ? REFUSED : outcome;
  }
  function deliver(): Outcome {
    const outcomes = wanted.map(([element, value]) => (element === STATUS ? put : set)(element, value));
    sent.push(...wanted.filter((_, i) => outcomes[i]!.ok));
    wanted = wanted.filter((_, i) => !outcomes[i]!.ok);
    return first(outcomes);
  }
  function want(element: string, value: string, other: string): void {
    wanted = [...wanted.filter(([each]) => each !== element), [element, value, other]];
  }
  function store(outcomes: Outcome[]): Outcome {
    const outcome = first([...outcomes, commit()]);
    carried.push(...sent);
    sent = [];
    return outcome;
  }
  const clock = (): Outcome => set("cmi.core.session_time", timespan(settings.now() - started));

  function open(): Opened | null {
    api = find<Api12>(page, "API");
    if (!api) return null;
    started = settings.now();
    // Where it was initialised before (a frame loaded anew), a second call fails but the session goes on.
    const initialised = says(() => api!.LMSInitialize(""));
    status = get(STATUS);
    if (!initialised.ok && !status) return (api = null);
    const save = get(DATA) || null;
    const lessonMode = get("cmi.core.lesson_mode");
    const credit = get("cmi.core.credit");
    const mode = lessonMode === "review" ? "review" : lessonMode === "browse" || credit === "no-credit" ? "browse" : "normal";
    writes = mode === "normal";
    const id = get("cmi.core.student_id");
    const opened: Opened = {
      save,
      mode,
      learner: id ? { id, name: get("cmi.core.student_name") } : null,
      complete: isFinal(status) && status !== "failed",
      outcome: OK,
    };
    if (get("cmi.interactions._children").includes("student_response")) interactions = Number(get("cmi.interactions._count")) || 0;
    // Taking silence for emptiness would write a fresh start over what is there.
    if (deaf) return (api = null);
    if (!writes) {
      // Else an LMS may take the end for a real end, and forget the save. Where it knows a look back by its mode, it does not.
      if (lessonMode !== "review" && lessonMode !== "browse") set("cmi.core.exit", "suspend");
      return opened;
    }
    // At once: without a status some LMSs show and give back nothing, or call it completed at the end.
    if (!isFinal(status) && status !== "incomplete") want(STATUS, (status = "incomplete"), "browsed");
    want("cmi.core.exit", "suspend", "");
    return { ...opened, outcome: store([deliver()]) };
  }

  function save(text: string, place: string, again: boolean): Outcome {
    if (over) return { ok: false, why: "lost" };
    if (!api) return { ok: false, why: "no-api" };
    if (!writes) return REFUSED;
    if (text.length > settings.limit) return REFUSED; // the core keeps to the budget; an LMS might cut in silence
    if (again) resend();
    tell();
    saves += 1;
    const outcomes = [deliver(), put(DATA, text)];
    // Nothing depends on these two. The number makes the location change with every save: some LMSs send
    // only what changed, and forget what they failed to send.
    set("cmi.core.lesson_location", `${place} ${saves.toString(36)}`);
    clock();
    return store(outcomes);
  }

  /**
   * An LMS that sends only what changed forgets what a lost save brought: give it another value, then the
   * right one again. Suspend data and location change by themselves.
   */
  function resend(): void {
    if (!carried.length) return;
    for (const [element, , other] of carried) set(element, other);
    commit();
    for (const [element, value] of carried) set(element, value);
  }

  function record({ id, response }: Interaction): Outcome {
    if (!api || over || !writes || interactions === null || response > 25) return OK;
    untold.push([id, settings.time(), String.fromCharCode(97 + response)]);
    return tell();
  }

  function tell(): Outcome {
    untold = untold.filter((each) => !told(...each));
    return untold.length ? REFUSED : OK;
  }

  /** Id first: without it nothing may follow, and the index is not used up. */
  function told(id: string, time: string, letter: string): boolean {
    const at = `cmi.interactions.${interactions}`;
    if (!set(`${at}.id`, id).ok) return false;
    const rest: Sent[] = [
      [`${at}.time`, time, "00:00:00"],
      [`${at}.type`, "choice", "performance"],
      [`${at}.student_response`, letter, "-"],
      [`${at}.result`, "neutral", "unanticipated"],
    ];
    for (const [element, value] of rest) set(element, value);
    interactions! += 1;
    sent.push([`${at}.id`, id, `${id}-`], ...rest);
    return true;
  }

  function report({ complete, success }: Progress): Outcome {
    if (!api || over || !writes || !complete) return OK;
    const next = success === null ? "completed" : success ? "passed" : "failed";
    // Never down; but who failed may still pass.
    if (isFinal(status) && !(status === "failed" && success)) return OK;
    want(STATUS, (status = next), "incomplete");
    return OK;
  }

  function close(): Outcome {
    if (!api || over) return OK;
    over = true;
    const outcomes: Outcome[] = [];
    if (writes) {
      tell();
      outcomes.push(deliver());
      clock();
      outcomes.push(commit());
    }
    return first([...outcomes, says(() => api!.LMSFinish(""))]);
  }

  return { name: "scorm12", remote: true, budget: settings.limit, open, save, confirmed: () => void (carried = []), record, report, close };
}

/** A status that the player leaves as it is. */
function isFinal(status: string): boolean {
  return status === "passed" || status === "completed" || status === "failed";
}

function first(outcomes: readonly Outcome[]): Outcome {
  return outcomes.find(({ ok }) => !ok) ?? OK;
}

/** Milliseconds as CMITimespan HHHH:MM:SS.SS, at most 9999:59:59.99. */
export function timespan(milliseconds: number): string {
  const hundredths = Math.min(Math.max(Math.floor(milliseconds / 10), 0), 3599999999);
  const two = (number: number): string => String(Math.floor(number)).padStart(2, "0");
  const hours = String(Math.floor(hundredths / 360000)).padStart(4, "0");
  return `${hours}:${two((hundredths / 6000) % 60)}:${two((hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}
