// The API object of the LMS: the state machine of a session, its saves, its log.
import type { Faults } from "./faults.js";
import type { LogEntry, Rule } from "./log.js";
import { Model, type Answer } from "./model.js";
import type { Profile } from "./profiles.js";
import type { Call, Elements, Launch, Problem, Standard } from "./standard.js";

/** What the server did with a save; "unknown" when it went by beacon. */
export type Outcome = "stored" | "failed" | "unknown";

/** The LMS's own server. Calls are synchronous, as a SCO expects. */
export interface Server {
  /** The stored record, empty for a first launch; null when the server cannot be reached. */
  load(): Elements | null;
  /** `delay` is the time in milliseconds the server is asked to take. */
  save(elements: Elements, delay: number): Outcome;
}

export interface Settings {
  readonly session: string;
  readonly standard: Standard;
  readonly profile: Profile;
  readonly launch: Launch;
  readonly faults: Faults;
  readonly server: Server;
  readonly now: () => Date;
  readonly report: (entry: LogEntry) => void;
}

export type Api = Readonly<Record<string, (...given: unknown[]) => string>>;

interface Reply {
  readonly result: string;
  readonly problem?: Problem;
  readonly why?: string;
  readonly violation?: Rule | null;
  readonly fault?: string;
  readonly stored?: boolean | null;
}

const TRUE: Reply = { result: "true" };

export class Runtime {
  readonly #at: Settings;
  #state: "before" | "running" | "finished" = "before";
  #model: Model;
  /** What was last sent, whatever came of it. */
  #sent: Elements = {};
  /** What the server is known to hold. */
  #stored: Elements = {};
  #error = "0";
  #why = "";
  #number = 0;

  constructor(settings: Settings) {
    this.#at = settings;
    this.#model = this.#fresh({});
  }

  /** The object to put where SCOs look for it. */
  api(): Api {
    const acts: Record<Call, (first: string, second: string, given: readonly unknown[]) => Reply> = {
      initialise: (_1, _2, given) => this.#blank(given) ?? this.#initialise(),
      finish: (_1, _2, given) => this.#blank(given) ?? this.#finish(),
      commit: (_1, _2, given) => this.#blank(given) ?? this.#running("false") ?? this.#save(),
      get: (element) => this.#running("") ?? this.#get(element),
      set: (element, value) => this.#running("false") ?? this.#set(element, value),
      "last-error": () => ({ result: this.#error }),
      "error-string": (code) => ({ result: this.#at.standard.errors[code] ?? "" }),
      diagnostic: () => ({ result: this.#why || (this.#at.standard.errors[this.#error] ?? "") }),
    };
    const names = Object.entries(this.#at.standard.calls) as [Call, string][];
    return Object.fromEntries(
      names.map(([call, name]) => [name, (...given: unknown[]) => this.#call(call, name, given, acts[call])]),
    );
  }

  #call(
    call: Call, name: string, given: readonly unknown[],
    act: (first: string, second: string, given: readonly unknown[]) => Reply,
  ): string {
    const words = given.map(String);
    if (this.#at.faults.calling(name)) {
      this.#log(name, words, { result: "", fault: "throws" }, "");
      throw new TypeError(`${name} is not available`);
    }
    const [first = "", second = ""] = words;
    const reply = act(first, second, given);
    const aboutErrors = call === "last-error" || call === "error-string" || call === "diagnostic";
    const error = reply.problem ? this.#at.standard.codes[reply.problem] : "0";
    if (!aboutErrors) {
      this.#error = error;
      this.#why = reply.why ?? "";
    }
    const loose = given.some((value) => typeof value !== "string") && !reply.violation;
    this.#log(name, words, loose ? { ...reply, violation: "not-a-string" } : reply, error);
    return reply.result;
  }

  #log(call: string, words: readonly string[], reply: Reply, error: string): void {
    this.#number += 1;
    this.#at.report({
      session: this.#at.session,
      number: this.#number,
      time: this.#at.now().toISOString(),
      call,
      arguments: words,
      result: reply.result,
      error,
      why: reply.why ?? "",
      violation: reply.violation ?? null,
      fault: reply.fault ?? null,
      stored: reply.stored ?? null,
    });
  }

  /** The argument of these calls is the empty string (§3.3.4). */
  #blank(given: readonly unknown[]): Reply | null {
    if (given.length === 1 && given[0] === "") return null;
    return { result: "false", problem: "argument", why: "the argument must be \"\"", violation: "refused" };
  }

  #running(otherwise: string): Reply | null {
    if (this.#state === "running") return null;
    const after = this.#state === "finished";
    return {
      result: otherwise,
      problem: "not-initialised",
      why: after ? "the session was finished" : "the session was not initialised",
      violation: after ? "after-finish" : "before-initialise",
    };
  }

  #fresh(record: Elements): Model {
    const { standard, profile, launch } = this.#at;
    return new Model(standard, profile.supports, standard.session.begin(record, launch, profile.keepsOnlySuspended));
  }

  #initialise(): Reply {
    if (this.#state !== "before") {
      if (this.#state === "running" && this.#at.profile.secondInitialiseWipes) this.#model = this.#fresh({});
      return { result: "false", problem: "general", why: "initialised before", violation: "initialised-twice" };
    }
    const record = this.#at.server.load();
    if (!record) return { result: "false", problem: "general", why: "the LMS cannot read its record" };
    this.#state = "running";
    this.#stored = record;
    this.#model = this.#fresh(record);
    const held = Object.entries(this.#model.written()).map(([name, value]) => [name, record[name] ?? value]);
    this.#sent = Object.fromEntries(held) as Elements;
    return TRUE;
  }

  #get(element: string): Reply {
    const answer = this.#model.get(element);
    // Asking for something optional, and hearing that it is not there, is how a SCO finds out.
    if ("problem" in answer) return this.#refused("", answer, answer.problem !== "not-implemented");
    const read = this.#at.faults.read(element, answer.value);
    return read === answer.value ? { result: read } : { result: read, fault: "truncate" };
  }

  #set(element: string, value: string): Reply {
    if (this.#at.faults.refuses(element)) {
      return { result: "false", problem: "general", why: `${element} is refused`, fault: "refuse-set" };
    }
    const answer = this.#model.set(element, value);
    if ("problem" in answer) return this.#refused("false", answer, true);
    const { standard, launch } = this.#at;
    return { ...TRUE, violation: standard.session.unwise(this.#stored, launch, element, value) };
  }

  #refused(result: string, answer: Extract<Answer, { problem: Problem }>, counts: boolean): Reply {
    return { result, problem: answer.problem, why: answer.why, violation: counts ? "refused" : null };
  }

  #finish(): Reply {
    const wrong = this.#running("false");
    if (wrong) return this.#state === "finished" ? { ...wrong, violation: "finished-twice" } : wrong;
    const { session } = this.#at.standard;
    const value = (element: string): string => this.#model.peek(element);
    const { mode, credit } = this.#at.launch;
    // A look back has no time to tell: it had better write nothing at all.
    const timed = session.timed(value) || mode !== "normal" || credit !== "credit";
    const saved = this.#save(session.end(value, this.#at.launch));
    if (saved.result === "true" || this.#at.profile.finishEndsAnyway) this.#state = "finished";
    return { ...saved, violation: timed ? null : "no-session-time" };
  }

  /** Saves; `ended` is what the LMS writes itself when the session ends. */
  #save(ended: Elements = {}): Reply {
    const { profile, launch, faults, server } = this.#at;
    const all: Elements = { ...this.#model.written(), ...ended };
    const changed = Object.entries(all).filter(([name, value]) => this.#sent[name] !== value);
    const elements = profile.sendsChangesOnly ? Object.fromEntries(changed) : all;
    this.#sent = all;
    const unsaved = faults.saving();
    if (unsaved) return this.#saved(unsaved.says, false, unsaved.fault);
    if (profile.protectsReview && launch.mode !== "normal") return { ...TRUE, stored: false };
    const delay = faults.delay();
    const outcome = server.save(elements, delay);
    if (outcome === "stored") this.#stored = { ...this.#stored, ...elements };
    const stored = outcome === "unknown" ? null : outcome === "stored";
    return this.#saved(outcome !== "failed", stored, delay > 0 ? "slow" : undefined);
  }

  #saved(says: boolean, stored: boolean | null, fault?: string): Reply {
    const heard: Reply = says ? TRUE : { result: "false", problem: "general", why: "the save failed" };
    return { ...heard, stored, ...(fault ? { fault } : {}) };
  }
}
