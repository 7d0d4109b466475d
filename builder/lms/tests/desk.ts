// A launch without a browser: the runtime with a server that is an object.
import { Faults, type Fault } from "../src/faults.js";
import type { LogEntry } from "../src/log.js";
import { profileOf, type ProfileName } from "../src/profiles.js";
import { Runtime, type Outcome } from "../src/runtime.js";
import { SCORM12 } from "../src/scorm12.js";
import type { Elements, Launch, Standard } from "../src/standard.js";

export interface Desk {
  record: Elements;
  outcome: Outcome;
  reachable: boolean;
  /** What each save sent. */
  readonly saves: Elements[];
  readonly log: LogEntry[];
  readonly faults: Faults;
  /** Calls by their SCORM 2004 names, without LMS: `call("SetValue", element, value)`. */
  call(name: string, ...given: unknown[]): string;
  error(): string;
  violations(): (string | null)[];
}

export const LAUNCH: Launch = {
  learner: { id: "an-1", name: "Jansen, An" }, mode: "normal", credit: "credit",
  masteryScore: "", scaledPassingScore: "", completionThreshold: "", launchData: "",
};

export function desk(
  profile: ProfileName = "full", record: Elements = {}, launch: Partial<Launch> = {}, faults: readonly Fault[] = [],
  standard: Standard = SCORM12,
): Desk {
  const log: LogEntry[] = [];
  const commanded = new Faults(faults);
  const made: Desk = {
    record,
    outcome: "stored",
    reachable: true,
    saves: [],
    log,
    faults: commanded,
    call: (name, ...given) => {
      const act = api[name] ?? api[`LMS${name}`];
      if (!act) throw new Error(`no call ${name}`);
      return act(...given);
    },
    error: () => made.call("GetLastError"),
    violations: () => log.map((entry) => entry.violation).filter((rule) => rule !== null),
  };
  const api = new Runtime({
    session: "s1", standard, profile: profileOf(profile, standard), launch: { ...LAUNCH, ...launch }, faults: commanded,
    server: {
      load: () => (made.reachable ? made.record : null),
      save: (elements) => {
        made.saves.push(elements);
        if (made.outcome === "stored") made.record = { ...made.record, ...elements };
        return made.outcome;
      },
    },
    now: () => new Date(0),
    report: (entry) => log.push(entry),
  }).api();
  return made;
}
