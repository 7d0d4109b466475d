// The API object of the LMS: the state machine of a session, its saves, its log.
import type { Faults } from "./faults.js";
import type { LogEntry, Rule } from "./log.js";
import { Model, type Answer } from "./model.js";
import type { Profile } from "./profiles.js";
import type { Call, Elements, Launch, Lookup, Problem, Standard } from "./standard.js";

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
  readonly throws?: boolean;
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
  /** What it held and this session did not get back: gone with the first save. */
  #gone: Elements = {};
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
      commit: (_1, _2, given) => this.#blank(given) ?? this.#running("commit", "false") ?? this.#commit(),
      get: (element) => this.#running("get", "") ?? this.#get(element),
      set: (element, value) => this.#running("set", "false") ?? this.#set(element, value),
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
    const error = reply.problem ? this.#code(reply.problem) : "0";
    if (!aboutErrors) {
      this.#error = error;
      this.#why = reply.why ?? "";
    }
    const loose = given.some((value) => typeof value !== "string") && !reply.violation;
    this.#log(name, words, loose ? { ...reply, violation: "not-a-string" } : reply, error);
    if (reply.throws) throw new SyntaxError(reply.why);
    return reply.result;
  }

  #code(problem: Problem): string {
    const own = problem === "not-begun" || problem === "not-saved" || problem === "not-ended";
    return this.#at.standard.codes[own && this.#at.profile.failsGenerally ? "general" : problem];
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

  #running(call: "finish" | "get" | "set" | "commit", otherwise: string): Reply | null {
    if (this.#state === "running") return null;
    const after = this.#state === "finished";
    return {
      result: otherwise,
      problem: `${call}-${after ? "after" : "before"}`,
      why: after ? "the session was finished" : "the session was not initialised",
      violation: after ? "after-finish" : "before-initialise",
    };
  }

  #fresh(record: Elements): Model {
    const { standard, profile, launch } = this.#at;
    return new Model(standard, profile.supports, standard.session.begin(record, launch, profile));
  }

  #initialise(): Reply {
    if (this.#state !== "before") {
      if (this.#state === "running" && this.#at.profile.secondInitialiseWipes) this.#model = this.#fresh({});
      const problem = this.#state === "running" ? "running" : "over";
      return { result: "false", problem, why: "initialised before", violation: "initialised-twice" };
    }
    const loaded = this.#at.server.load();
    if (!loaded) return { result: "false", problem: "not-begun", why: "the LMS cannot read its record" };
    const { standard: { session }, launch } = this.#at;
    const record = Object.fromEntries(Object.entries(loaded).filter(([name]) => !session.momentary.includes(name)));
    this.#state = "running";
    this.#stored = loaded;
    this.#model = this.#fresh(record);
    const held = Object.entries(this.#model.written()).map(([name, value]) => [name, record[name] ?? value]);
    const lost = Object.entries(record).filter(([name]) => launch.mode === "normal" && !this.#model.has(name));
    this.#gone = Object.fromEntries(lost.map(([name]) => [name, ""]));
    this.#sent = Object.fromEntries([...held, ...lost]) as Elements;
    return TRUE;
  }

  #get(element: string): Reply {
    const answer = this.#model.get(element);
    // Asking for what is optional or was never set, and hearing that it is not there, is how a SCO finds out.
    const asked = "problem" in answer && (answer.problem === "not-implemented" || answer.problem === "unset");
    if ("problem" in answer) return this.#refused("", answer, !asked);
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

  #value: Lookup = (element) => this.#model.peek(element);

  /** A look back has nothing to tell: it had better write nothing at all. */
  #looksBack(): boolean {
    const { mode, credit } = this.#at.launch;
    return mode !== "normal" || credit !== "credit";
  }

  #unsound(): Rule | null {
    return this.#looksBack() ? null : this.#at.standard.session.unsound(this.#value, this.#at.launch);
  }

  #commit(): Reply {
    return { ...this.#save("not-saved"), violation: this.#unsound() };
  }

  #finish(): Reply {
    const wrong = this.#running("finish", "false");
    if (wrong) return this.#state === "finished" ? { ...wrong, violation: "finished-twice" } : wrong;
    const { profile, launch, standard: { session } } = this.#at;
    const timed = session.timed(this.#value) || this.#looksBack();
    const violation = timed ? this.#unsound() : "no-session-time";
    const saved = this.#save("not-ended", session.end(this.#value, launch, profile));
    if (saved.result === "true" || profile.finishEndsAnyway) this.#state = "finished";
    const ending = saved.result === "true" ? session.ending(this.#value, profile) : "well";
    if (ending === "well") return { ...saved, violation };
    const why = "the values were stored; the navigation asked for failed";
    return { ...saved, result: ending === "throws" ? "" : "false", problem: "general", why, violation, throws: ending === "throws" };
  }

  /** Saves; `ended` is what the LMS writes itself when the session ends. */
  #save(failure: Problem, ended: Elements = {}): Reply {
    const { profile, launch, faults, server } = this.#at;
    const all: Elements = { ...this.#gone, ...this.#model.written(), ...ended };
    const changed = Object.entries(all).filter(([name, value]) => this.#sent[name] !== value);
    const elements = profile.sendsChangesOnly ? Object.fromEntries(changed) : all;
    this.#sent = all;
    const unsaved = faults.saving();
    if (unsaved) return this.#saved(failure, unsaved.says, false, unsaved.fault);
    if (profile.protectsReview && launch.mode !== "normal") return { ...TRUE, stored: false };
    const delay = faults.delay();
    const outcome = server.save(elements, delay);
    if (outcome === "stored") this.#stored = { ...this.#stored, ...elements };
    const stored = outcome === "unknown" ? null : outcome === "stored";
    return this.#saved(failure, outcome !== "failed", stored, delay > 0 ? "slow" : undefined);
  }

  #saved(failure: Problem, says: boolean, stored: boolean | null, fault?: string): Reply {
    const heard: Reply = says ? TRUE : { result: "false", problem: failure, why: "the save failed" };
    return { ...heard, stored, ...(fault ? { fault } : {}) };
  }
}
