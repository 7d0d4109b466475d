/**
 * What SCORM 1.2 and 2004 have in common: an object in some window above that may throw, refuse, cut, or say
 * one thing and do another. LMSs differ in what they forgive; none of this relies on forgiveness.
 */
import type { Interaction, Progress } from "../core-types.js";
import { find } from "./find.js";
import { OK, type Opened, type Outcome, type Tracking } from "./types.js";

/** The API object of an LMS. Hostile until checked: anything may throw or return anything. */
type Api = Readonly<Record<string, (...given: string[]) => unknown>>;

/** An element and its value; `other` makes an LMS that sends only changes see one. */
export type Told = [element: string, value: string, other?: string];

export interface Decision extends Interaction {
  /** The response as a letter: all versions take that. */
  letter: string;
  /** When it was made, as the version writes it. */
  time: string;
}

/** What a version of SCORM calls things, and tells in its own way. */
export interface Version {
  readonly name: "scorm12" | "scorm2004";
  /** The object to look for; what its calls begin with; its last call. */
  readonly object: string;
  readonly calls: string;
  readonly end: string;
  /** What the names of elements begin with: all of them, those of the learner, and some others. */
  readonly core: string;
  readonly learner: string;
  readonly lesson: string;
  /** Elements that must never be lowered; the first says whether the course was begun. */
  readonly statuses: readonly [string, ...string[]];
  /** The element with the score from which an LMS calls a learner passed, on a scale up to `top`. */
  readonly bar: string;
  readonly top: number;
  /** How many interactions every LMS keeps. */
  readonly most: number;
  /** Whether some LMSs send only what changed, and forget what they failed to send. */
  readonly forgets: boolean;
  /** Tells an LMS that the learner chose to leave; it acts on it after the end. With "_valid.…" it is asked what it can do. */
  readonly leave?: Told;
  /** How long a session took, in milliseconds. */
  timespan(milliseconds: number): string;
  /** What is told of a decision after its id and type, by member. */
  interaction(decision: Decision): Told[];
  /** How progress is told, each status last. */
  reached(progress: Progress): Told[];
}

export interface Settings {
  /** Characters a save may have. */
  limit: number;
  /** Set where each lesson has a record of its own: others may follow. */
  sco?: string | undefined;
  /** Milliseconds since any moment; only differences count. */
  now(): number;
  /** The time, as the version writes it. */
  time(): string;
}

const DATA = "cmi.suspend_data";
const THREW: Outcome = { ok: false, why: "threw" };
const REFUSED: Outcome = { ok: false, why: "refused" };

/** How much a status says; one is never replaced by another that says less. What is not here says nothing. */
const RANKS: Readonly<Record<string, number>> = { incomplete: 1, failed: 2, completed: 2, passed: 3 };
const rank = (status: string | undefined): number => RANKS[status ?? ""] ?? 0;

export function scorm(page: Window, version: Version, settings: Settings): Tracking {
  const { calls, core, learner, lesson, statuses } = version;
  const [STATUS] = statuses;
  const SCORE = `${core}score.`;
  const RAW = `${SCORE}raw`;
  const EXIT = `${core}exit`;
  let api: Api | null = null;
  let writes = false;
  let over = false;
  /** Reading threw. Error numbers do not count: LMSs leave old ones standing. */
  let deaf = false;
  let started = 0;
  let saves = 0;
  /** What the LMS has, or is going to have, of what must never be lowered. */
  const held: Record<string, string> = {};
  let bar = 0;
  /** Next free index, or null where the LMS keeps no interactions. */
  let interactions: number | null = null;
  /** Decisions the LMS has not taken yet: told again with every save. */
  let untold: Decision[] = [];
  /** To be set with the next save, again and again until it is taken. */
  let wanted: Told[] = [];
  /** Set since the last commit; committed but not yet confirmed. */
  let sent: Told[] = [];
  let carried: Told[] = [];
  /** Some commit may not have arrived. One that did may still hold less than was wanted. */
  let doubt = false;
  /** What became of the last save. */
  let last: Outcome = OK;

  function says(call: string, ...given: string[]): Outcome {
    try {
      return String(api![calls + call]!(...given)) === "true" ? OK : REFUSED;
    } catch {
      return THREW;
    }
  }
  /** "" for what is not there: reading something optional is how one finds out. */
  function get(element: string): string {
    try {
      return String(api![calls + "GetValue"]!(element) ?? "");
    } catch {
      deaf = true;
      return "";
    }
  }
  const set = (element: string, value: string): Outcome => says("SetValue", element, value);
  const commit = (): Outcome => says("Commit", "");
  /** Sets, and reads back: some LMSs cut what they say they took. */
  function put(element: string, value: string): Outcome {
    const outcome = set(element, value);
    return outcome.ok && get(element) !== value ? REFUSED : outcome;
  }
  function deliver(): Outcome {
    const outcomes = wanted.splice(0).map((each) => {
      const [element, value] = each;
      const outcome = (statuses.includes(element) ? put : set)(element, value);
      if (!outcome.ok && /\.m(in|ax)$/.test(element)) return OK; // said for completeness
      (outcome.ok ? sent : wanted).push(each);
      return outcome;
    });
    return first(outcomes);
  }
  function want(...told: Told): void {
    wanted = [...wanted.filter(([element]) => element !== told[0]), told];
    held[told[0]] = told[1];
  }
  function store(outcomes: Outcome[]): Outcome {
    const done = commit();
    const outcome = first([...outcomes, done]);
    carried.push(...sent);
    sent = [];
    doubt ||= outcome.ok || !done.ok;
    return outcome;
  }
  const timed = (): Outcome => set(`${core}session_time`, version.timespan(settings.now() - started));

  function open(): Opened | null {
    api = find<Api>(page, version.object);
    if (!api) return null;
    started = settings.now();
    // Where it was initialised before (a frame loaded anew), a second call fails but the session goes on.
    const initialised = says("Initialize", "");
    for (const element of [...statuses, RAW]) held[element] = get(element);
    if (!initialised.ok && !held[STATUS]) return (api = null);
    const save = get(DATA) || null;
    const told = get(`${core}${lesson}mode`);
    const mode = told === "review" ? "review" : told === "browse" || get(`${core}credit`) === "no-credit" ? "browse" : "normal";
    writes = mode === "normal";
    const id = get(`${core}${learner}id`);
    const opened: Opened = {
      save,
      mode,
      learner: id || null,
      complete: rank(held[STATUS]) > 1 && statuses.every((element) => held[element] !== "failed"),
      outcome: OK,
    };
    // Taking silence for emptiness would write a fresh start over what is there.
    if (deaf) return (api = null);
    bar = Number(get(version.bar));
    if (get("cmi.interactions._children").includes(`${learner}response`)) interactions = Number(get("cmi.interactions._count")) || 0;
    if (!writes) {
      // Else an LMS may take the end for a real end, and forget the save. Where it knows a look back by its mode, it does not.
      if (told !== "review" && told !== "browse") set(EXIT, "suspend");
      return opened;
    }
    // At once: without a status some LMSs show and give back nothing, or call it completed at the end.
    if (!rank(held[STATUS])) want(STATUS, "incomplete", "browsed");
    want(EXIT, "suspend", "");
    return { ...opened, outcome: store([deliver()]) };
  }

  function save(text: string, place: string, again: boolean): Outcome {
    if (over) return { ok: false, why: "lost" };
    if (!api) return { ok: false, why: "no-api" };
    if (!writes) return REFUSED;
    if (text.length > settings.limit) return REFUSED; // the core keeps to it; an LMS might cut in silence
    if (again && doubt && version.forgets) resend();
    tell();
    saves += 1;
    const outcomes = [deliver(), put(DATA, text)];
    // Nothing depends on these two. The number makes the location change with every save: some LMSs send
    // only what changed, and forget what they failed to send.
    set(`${core}${lesson}location`, `${place} ${saves.toString(36)}`);
    timed();
    return (last = store(outcomes));
  }

  /**
   * An LMS that sends only what changed forgets what a lost save brought: give it another value, then the
   * right one again. Suspend data and location change by themselves. Not where only a value was refused: the rest arrived.
   */
  function resend(): void {
    if (!carried.length) return;
    for (const [element, , other] of carried) set(element, other!);
    commit();
    for (const [element, value] of carried) set(element, value);
  }

  function record(interaction: Interaction): Outcome {
    if (!api || over || !writes || interactions === null || interaction.response > 25) return OK;
    untold.push({ ...interaction, letter: String.fromCharCode(97 + interaction.response), time: settings.time() });
    return tell();
  }

  function tell(): Outcome {
    if (interactions! >= version.most) untold = [];
    untold = untold.filter((each) => !told(each));
    return untold.length ? REFUSED : OK;
  }

  /** Id first: without it nothing may follow, and the index is not used up. */
  function told(decision: Decision): boolean {
    const at = `cmi.interactions.${interactions}.`;
    if (!set(`${at}id`, decision.id).ok) return false;
    const rest: Told[] = [
      ["type", "choice", "performance"],
      [`${learner}response`, decision.letter, "-"],
      ["result", "neutral", "unanticipated"],
      ...version.interaction(decision),
    ];
    const all = rest.map(([member, ...more]): Told => [at + member, ...more]);
    for (const [element, value] of all) set(element, value);
    interactions! += 1;
    sent.push([`${at}id`, decision.id, `${decision.id}-`], ...all);
    return true;
  }

  function report(progress: Progress): Outcome {
    if (!api || over || !writes) return OK;
    const { score } = progress;
    let { success } = progress;
    if (score !== null) {
      const best = Number(held[RAW]) || 0;
      // An LMS with a bar of its own judges by it: what is told agrees.
      if (bar > 0) success = (Math.max(score, best) * version.top) / 100 >= bar;
      // Who passed, or completed where that is all there is, would lose it by a score below the bar.
      const verdict = held[statuses[statuses.length - 1]!]!;
      const loses = success === false && rank(verdict) > 1 && verdict !== "failed";
      if (!loses && (!held[RAW] || score > best)) {
        const has = get(`${SCORE}_children`);
        const members: Told[] = [
          ["min", "0", "0.0"],
          ["max", "100", "100.0"],
          ["raw", `${score}`, `${score}.0`],
          ["scaled", `${score / 100}`],
        ];
        // 1.2 knows no "scaled", and may do without two of the others.
        for (const [member, ...more] of members) if (version.top === 1 || member === "raw" || has.includes(member)) want(SCORE + member, ...more);
      }
    }
    for (const told of version.reached({ ...progress, success })) {
      const [element, value] = told;
      if (statuses.includes(element) ? rank(value) > rank(held[element]) : rank(held[STATUS]) < 2) want(...told);
    }
    return OK;
  }

  function close(asked = false): Outcome {
    if (!api || over) return OK;
    const outcomes = [last];
    if (writes) {
      tell();
      outcomes.push(deliver());
      timed();
      outcomes.push(commit());
    }
    const stored = first(outcomes);
    // Who is still there may try again: the session stays open for it.
    if (asked && !stored.ok) return stored;
    if (asked && version.leave) {
      const [element, stop] = version.leave;
      // A finished lesson leads on to the next, where the LMS has one and says so.
      const on = settings.sco && rank(held[STATUS]) > 1 && get(`${element}_valid.continue`) === "true";
      set(element, on ? "continue" : stop);
    }
    over = says(version.end, "").ok || !asked;
    return stored;
  }

  const { name } = version;
  return { name, remote: true, budget: settings.limit, open, save, confirmed: () => void ((carried = []), (doubt = false)), record, report, close };
}

function first(outcomes: readonly Outcome[]): Outcome {
  return outcomes.find(({ ok }) => !ok) ?? OK;
}

/** A time in milliseconds, at most 9999:59:59.99; minutes as two digits, seconds with hundredths. */
export function clock(milliseconds: number): [hours: number, minutes: string, seconds: string] {
  const within = Math.min(Math.max(milliseconds, 0), 35999999990);
  const day = new Date(within).toISOString();
  return [Math.floor(within / 3600000), day.slice(14, 16), day.slice(17, 22)];
}
