// The log of every call: what a tester reads, and what the verdict is made from.

/** A rule of the standard, or of good sense on real LMSs, that a call broke by the SCO's own doing. */
export type Rule =
  | "before-initialise"
  | "after-finish"
  | "initialised-twice"
  | "finished-twice"
  | "refused"
  | "not-a-string"
  | "status-downgraded"
  | "written-in-review"
  | "no-session-time"
  /** SCORM 2004: a status that its measure or score contradicts. */
  | "status-disagrees"
  /** SCORM 2004: a scaled score without the same in raw, from which LMSs take the grade. */
  | "score-without-raw";

export interface LogEntry {
  readonly session: string;
  /** Counts from 1 within a session. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly call: string;
  readonly arguments: readonly string[];
  readonly result: string;
  readonly error: string;
  /** In words for a developer; "" when nothing was wrong. */
  readonly why: string;
  readonly violation: Rule | null;
  /** The commanded fault that decided the answer. */
  readonly fault: string | null;
  /** Of a save: whether the server said it has it; null for other calls and for a beacon, which nobody answers. */
  readonly stored: boolean | null;
}

/** One line for people: `12:00:03.120 LMSSetValue("cmi.suspend_data", "…") → "false" [405] why`. */
export function line(entry: LogEntry): string {
  const given = entry.arguments.map((argument) => JSON.stringify(argument)).join(", ");
  const marks = [
    entry.error === "0" ? "" : `[${entry.error}]`,
    entry.why,
    entry.fault ? `(fault: ${entry.fault})` : "",
    entry.violation ? `(violation: ${entry.violation})` : "",
  ].filter(Boolean);
  const head = `${entry.time.slice(11, 23)} ${entry.call}(${given}) → ${JSON.stringify(entry.result)}`;
  return [head, ...marks].join(" ");
}

/** The verdict: every call that broke a rule. Serialisable. */
export function violations(log: readonly LogEntry[]): LogEntry[] {
  return log.filter((entry) => entry.violation !== null);
}
