// The log as a reader sees it: every entry once, in order, filtered, as text, and what it comes to. Pure.
import { line, type LogEntry, type Rule } from "../log.js";

export type Filter = "all" | "sets" | "mistakes";

/** What a tester concludes from more than one call. */
export type Fault = Rule | "no-finish" | "missing-file" | "no-api";

/** A call of cmi5 may break several, with a comma between them. */
export const rules = (entry: LogEntry): Rule[] => (entry.violation?.split(", ") ?? []) as Rule[];

export interface Group {
  readonly rule: Fault;
  /** The entries that broke it; none for what is seen in no single call. */
  readonly entries: readonly LogEntry[];
  /** Sessions or files it is about, where it is no entry. */
  readonly about: readonly string[];
}

const WRITES = /SetValue$|^(PUT|POST) (state|statements)/;
const READS = /GetValue$|^GET /;
const SAVES = /(Commit|Finish|Terminate)$|^(PUT|POST) (state|statements)/;
const VERB = /adlnet\.gov\/expapi\/verbs\/(\w+)/g;

export const writes = (entry: LogEntry): boolean => WRITES.test(entry.call);
export const reads = (entry: LogEntry): boolean => READS.test(entry.call);
export const saves = (entry: LogEntry): boolean => SAVES.test(entry.call);

/** What is given: a value, a document, statements. */
export const lastOf = (entry: LogEntry): string | undefined => entry.arguments[entry.arguments.length - 1];

/** The verbs of the statements that a call of cmi5 sends. */
export function verbs(entry: LogEntry): string[] {
  if (!/^(PUT|POST) statements/.test(entry.call)) return [];
  return [...new Set([...(lastOf(entry) ?? "").matchAll(VERB)].map(([, verb = ""]) => verb))];
}

/** What it is about: an element, a document, or the verbs of statements. */
export const about = (entry: LogEntry): string =>
  /^(PUT|POST) statements/.test(entry.call)
    ? verbs(entry).join(", ")
    : (entry.arguments[0] ?? "").replace(/^.*adlnet\.gov\/expapi\/verbs\//, "");

export const failed = (entry: LogEntry): boolean => entry.error !== "0" && entry.error !== "";

/** Whether something went wrong at this call, by the package's doing or by the LMS's. */
export function wrong(entry: LogEntry): boolean {
  // Asking for something that is not there is how one finds out.
  return entry.violation !== null || entry.fault !== null || entry.stored === false
    || (failed(entry) && !reads(entry));
}

const begins = (entry: LogEntry): boolean =>
  /Initialize$/.test(entry.call) ? entry.result === "true" : verbs(entry).includes("initialized") && entry.error === "0";
const ends = (entry: LogEntry): boolean =>
  /(Finish|Terminate)$/.test(entry.call) ? entry.result === "true" : verbs(entry).includes("terminated") && entry.error === "0";

const SHOWN: Readonly<Record<Filter, (entry: LogEntry) => boolean>> = {
  all: () => true,
  sets: (entry) => writes(entry) || saves(entry),
  mistakes: wrong,
};

export const shows = (filter: Filter, entry: LogEntry): boolean => SHOWN[filter](entry);

export class Journal {
  readonly #sessions = new Map<string, Map<number, LogEntry>>();

  /** Adds what is not there yet and gives it back, in order. */
  add(entries: readonly LogEntry[]): LogEntry[] {
    const fresh: LogEntry[] = [];
    for (const entry of entries) {
      const session = this.#sessions.get(entry.session) ?? new Map<number, LogEntry>();
      this.#sessions.set(entry.session, session);
      if (session.has(entry.number)) continue;
      session.set(entry.number, entry);
      fresh.push(entry);
    }
    return fresh.sort(inOrder);
  }

  all(): LogEntry[] {
    return [...this.#sessions.values()].flatMap((session) => [...session.values()]).sort(inOrder);
  }

  clear(): void {
    this.#sessions.clear();
  }

  text(filter: Filter): string {
    return this.all().filter((entry) => shows(filter, entry)).map((entry) => `${entry.session} ${line(entry)}\n`).join("");
  }

  json(filter: Filter): string {
    return `${JSON.stringify(this.all().filter((entry) => shows(filter, entry)), null, 2)}\n`;
  }

  begun(session: string): boolean {
    return this.#some(session, begins);
  }

  ended(session: string): boolean {
    return this.#some(session, ends);
  }

  /** Which of `units` a session that ended asks for next (SCORM 2004, adl.nav.request); null where it asks for none. */
  next(session: string, units: readonly string[], here: string): string | null {
    const last = [...(this.#sessions.get(session)?.values() ?? [])].sort(inOrder)
      .filter((entry) => entry.arguments[0] === "adl.nav.request" && writes(entry) && entry.result === "true").pop();
    const asked = last ? lastOf(last) ?? "" : "";
    if (!this.ended(session)) return null;
    const target = /^\{target=(.*)\}(choice|jump)$/.exec(asked)?.[1] ?? units[units.indexOf(here)
      + ({ continue: 1, previous: -1 }[asked] ?? units.length)];
    return target !== undefined && units.includes(target) ? target : null;
  }

  heard(session: string): boolean {
    return (this.#sessions.get(session)?.size ?? 0) > 0;
  }

  #some(session: string, holds: (entry: LogEntry) => boolean): boolean {
    return [...(this.#sessions.get(session)?.values() ?? [])].some(holds);
  }
}

function inOrder(one: LogEntry, other: LogEntry): number {
  if (one.session === other.session) return one.number - other.number;
  return one.time < other.time ? -1 : one.time > other.time ? 1 : 0;
}

/**
 * Everything that was broken, by rule. `gone` are sessions whose window is closed, `silent` those that should have
 * been heard by now, `missing` files that were asked for and are not in the package.
 */
export function verdict(
  journal: Journal, gone: readonly string[], silent: readonly string[], missing: readonly string[],
): Group[] {
  const groups = new Map<Fault, LogEntry[]>();
  for (const entry of journal.all()) {
    for (const rule of rules(entry)) groups.set(rule, [...(groups.get(rule) ?? []), entry]);
  }
  const unfinished = gone.filter((session) => journal.begun(session) && !journal.ended(session));
  const loose: readonly (readonly [Fault, readonly string[]])[] = [
    ["no-api", silent], ["no-finish", unfinished], ["missing-file", missing],
  ];
  return [
    ...[...groups].map(([rule, entries]) => ({ rule, entries, about: [] })),
    ...loose.filter(([, about]) => about.length > 0).map(([rule, about]) => ({ rule, entries: [], about })),
  ];
}
