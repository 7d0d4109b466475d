/**
 * cmi5 (Quartz): statements to a Learning Record Store, the save as a document of its State resource.
 *
 * A save is believed when it reads back; one that another window made is never written over unasked.
 * Statements keep their order and their ids, so whatever may have been lost is sent again and counts once.
 */
import type { Interaction, Progress } from "../core-types.js";
import type { Course } from "../data.js";
import { launchDataOf, launchOf, read, tokenOf, type Launch, type LaunchData } from "./launch.js";
import { ALLOWED, definition, duration, iri, letter, progressed, scored, statement, type Said, type Statement, type Verb } from "./statements.js";
import { OK, type Opened, type Outcome, type Tracking } from "./types.js";
import { call, outcomeOf, query, rejected, took, type Answer, type Asked } from "./xapi.js";

export interface Settings {
  fetch: typeof fetch;
  /** The query of the page's address. */
  search: string;
  /** Lasts as long as the tab; null where a browser keeps nothing. */
  store: Storage | null;
  /** Milliseconds since 1970, UTC. */
  now(): number;
  uuid(): string;
  wait(milliseconds: number): Promise<void>;
  /** The page goes away only to come back, as far as one can know. */
  reloading(): boolean;
}

/** What a tab keeps of its session, so that a reload goes on in it. No answer is in it. */
interface Kept {
  token: string;
  /** When the session began. */
  started: number;
  /** Terminated was said: the session is over for good. */
  over: boolean;
  /** Verbs said in this session, or known of the registration. */
  said: string[];
  /** Not yet known to have arrived, in order. */
  pending: Statement[];
}

/** What the LRS holds of ours, as far as we know. */
interface Held {
  save: string | null;
  etag: string;
}

const ONCE: Verb[] = ["completed", "passed"];
const DOCUMENT = "waterlijn.save";
const REFUSED: Outcome = { ok: false, why: "refused" };
const LOST: Outcome = { ok: false, why: "lost" };

/** Before each next try of a call without which nothing begins, in milliseconds. */
const TRIES = [1000, 3000];

/** Bytes that may go on their way while a page closes; browsers allow 65,536 in all, addresses and headers among them. */
const LASTING = 61000;

export function cmi5(course: Course, settings: Settings): Tracking {
  let launch: Launch;
  let data: LaunchData;
  let kept: Kept;
  let held: Held = { save: null, etag: "" };
  /** Sent since a save last read back: one of these found at the LRS is no other window's. */
  let tried: string[] = [];
  let wanted: string | null = null;
  /** Everything waits its turn. */
  let line: Promise<Outcome> = Promise.resolve(OK);
  let writes = false;
  /** As far as it was told in this page; null before. */
  let measure: number | null = null;
  /** A score too low, to be told at the end unless it gets better; null where there is none. */
  let failing: Progress | null = null;

  const remember = (): void => keep(settings.store, launch, kept);
  const ask = (path: string, asked: Asked = {}): Promise<Answer> =>
    call(settings.fetch, launch.endpoint + path, {
      ...asked,
      headers: {
        Authorization: `Basic ${kept.token}`,
        "X-Experience-API-Version": "1.0.3",
        ...(asked.body && { "Content-Type": "application/json" }),
        ...asked.headers,
      },
    });
  const agent = (): string => JSON.stringify(launch.actor);
  const state = (stateId: string): string =>
    `activities/state?${query({ stateId, activityId: launch.activityId, agent: agent(), registration: launch.registration })}`;

  /** Nothing can begin without its answer: where nobody answers, or not now, it is asked again. */
  async function patiently(asking: () => Promise<Answer>): Promise<Answer> {
    for (const wait of TRIES) {
      const answer = await asking();
      if (answer.status && answer.status < 500 && answer.status !== 429) return answer;
      await settings.wait(wait);
    }
    return asking();
  }

  async function open(): Promise<Opened | null> {
    const found = launchOf(settings.search);
    if (!found) return null;
    launch = found;
    const session = keptOf(settings.store, launch) ?? (await begin());
    if (!session) return null;
    kept = session;
    remember(); // whatever follows: a second token there is not
    const [told, document] = await Promise.all([
      patiently(() => ask(state("LMS.LaunchData"))),
      patiently(() => ask(state(DOCUMENT))),
      // Has to be read before anything is said (§11); there is one language here, and no sound.
      ask(`agents/profile?${query({ profileId: "cmi5LearnerPreferences", agent: agent() })}`),
    ]);
    const launched = took(told) ? launchDataOf(told.text) : null;
    // Taking silence for emptiness would write a fresh start over what is there.
    if (!launched || (!took(document) && document.status !== 404)) return null;
    data = launched;
    if (took(document)) {
      held = { save: saveIn(document) ?? document.text, etag: document.etag };
      for (const verb of toldIn(document)) kept.said.includes(verb) || kept.said.push(verb);
    }
    const { account } = launch.actor;
    const opened: Opened = {
      save: held.save,
      mode: data.mode,
      learner: `${account.homePage}|${account.name}`,
      complete: false,
      outcome: OK,
    };
    writes = data.mode === "normal";
    if (kept.over) return { ...opened, mode: writes ? "over" : data.mode, outcome: await deliver() };
    if (writes) await Promise.all(ONCE.map(once));
    if (!kept.said.includes("initialized")) say({ verb: "initialized" });
    const outcome = await deliver();
    return { ...opened, complete: kept.said.includes("completed"), outcome };
  }

  /** The token is given once ever (§8.2). */
  async function begin(): Promise<Kept | null> {
    const answer = await patiently(() => call(settings.fetch, launch.fetch, { method: "POST" }));
    const token = took(answer) ? tokenOf(answer.text) : null;
    return token === null ? null : { token, started: settings.now(), over: false, said: [], pending: [] };
  }

  /** Once in a registration, whatever the session (§9.3): asked, for a save that says so may have been lost. */
  async function once(verb: Verb): Promise<void> {
    if (kept.said.includes(verb)) return;
    const { registration, activityId: activity } = launch;
    const answer = await patiently(() => ask(`statements?${query({ agent: agent(), verb: iri(verb), activity, registration, limit: "1" })}`));
    const found = (read(answer.text) as { statements?: unknown[] } | null)?.statements;
    if (took(answer) && found?.length) kept.said.push(verb);
  }

  /** Puts a statement in the queue. */
  function say(said: Omit<Said, "id" | "at">): void {
    kept.pending.push(statement(launch, data.contextTemplate, { ...said, id: settings.uuid(), at: settings.now() }));
    if (!ALLOWED.includes(said.verb)) kept.said.push(said.verb);
    remember();
  }
  const timed = (result: Record<string, unknown> = {}): Record<string, unknown> => ({ ...result, duration: duration(settings.now() - kept.started) });

  /** Sends what is in the queue: all at once, or one by one where one of them is not wanted. */
  async function deliver(): Promise<Outcome> {
    const batch = [...kept.pending];
    if (!batch.length) return OK;
    const answer = await ask("statements", { method: "POST", body: JSON.stringify(batch) });
    if (took(answer)) return arrived(batch);
    if (!rejected(answer) && answer.status !== 403) return outcomeOf(answer);
    // Forbidden may be said of a statement, or of everything: the save tells which.
    if (answer.status === 403 && !(await look())) return LOST;
    for (const each of batch) {
      const one = batch.length > 1 ? await ask("statements", { method: "POST", body: JSON.stringify([each]) }) : answer;
      // One that is there already counts. An answer that an LRS does not want is no loss to the learner.
      const done = took(one) || [403, 409].includes(one.status) || (rejected(one) && ALLOWED.some((verb) => iri(verb as Verb) === each.verb.id));
      if (!done) return outcomeOf(one);
      arrived([each]);
    }
    return OK;
  }

  function arrived(batch: Statement[]): Outcome {
    kept.pending = kept.pending.filter((each) => !batch.includes(each));
    remember();
    return OK;
  }

  /** The save as it is wanted now, unless another window's came between. */
  async function put(): Promise<Outcome> {
    const save = wanted;
    if (save === null || save === held.save) return OK;
    if (!held.etag && held.save !== null) {
      const there = await look(); // without an ETag the LRS cannot look for us
      if (there && !ours(there)) return other(there);
    }
    let answer = await putting(save);
    if (answer.status === 412) {
      const there = await look();
      if (!there) return REFUSED;
      if (!ours(there)) return other(there);
      held = { ...there, etag: "" };
      answer = await putting(save);
    }
    if (!took(answer)) return outcomeOf(answer);
    const there = await look();
    if (there && !ours(there)) return other(there);
    if (there?.save !== save) return REFUSED;
    held = there;
    tried = [];
    return OK;
  }

  function putting(save: string, leaving = false): Promise<Answer> {
    tried.push(save);
    const none = held.save === null && !held.etag;
    const headers: Record<string, string> = held.etag ? { "If-Match": held.etag } : none ? { "If-None-Match": "*" } : {};
    return ask(state(DOCUMENT), { method: "PUT", body: JSON.stringify({ save, told: ONCE.filter((verb) => kept.said.includes(verb) && kept.pending.every((each) => each.verb.id !== iri(verb))) }), headers, leaving });
  }

  /** What is there now; null where that cannot be told. */
  async function look(): Promise<Held | null> {
    const answer = await ask(state(DOCUMENT));
    if (answer.status === 404) return { save: null, etag: "" };
    const save = took(answer) ? saveIn(answer) : null;
    return save === null ? null : { save, etag: answer.etag };
  }
  /** Also where it was cut short: no save is the beginning of another. */
  const ours = ({ save }: Held): boolean => save === null || [held.save, ...tried].some((each) => each?.startsWith(save));
  function other(there: Held): Outcome {
    held = there;
    tried = [];
    wanted = null; // whatever is to be written over it, the learner has to want
    return { ok: false, why: "other", save: there.save! };
  }

  function save(text: string): Promise<Outcome> | Outcome {
    if (!writes) return REFUSED;
    wanted = text;
    return inTurn(async () => first([await deliver(), await put()]));
  }

  function inTurn(act: () => Promise<Outcome>): Promise<Outcome> {
    return (line = line.then(() => (gone ? LOST : act())).catch((): Outcome => ({ ok: false, why: "threw" })));
  }

  function record(interaction: Interaction): Outcome {
    if (!writes || kept.over || interaction.response > 25) return OK;
    const { id, response } = interaction;
    say({
      verb: "answered",
      result: { response: letter(response), ...(measure !== null && progressed(measure)) },
      answered: { id, definition: definition(course, interaction) },
    });
    return OK;
  }

  function report(progress: Progress): Outcome {
    if (!writes || kept.over) return OK;
    const { complete, score } = progress;
    const said = (verb: Verb): boolean => kept.said.includes(verb);
    if (!complete && progress.measure !== measure) say({ verb: "progressed", result: progressed(progress.measure) });
    measure = progress.measure;
    if (!complete) return OK;
    if (!said("completed")) say({ verb: "completed", result: timed({ completion: true }) });
    const success = verdict(progress);
    failing = success === false ? progress : null;
    if (success && !said("passed")) say({ verb: "passed", result: timed({ success, ...scored(score) }), mastery: data.masteryScore });
    return OK;
  }

  /** The mastery score that the LMS gave decides. Where it waits for a Passed and the course has no verdict, all done is passed. */
  function verdict({ score, success }: Progress): boolean | null {
    if (data.masteryScore !== null && score !== null) return score / 100 >= data.masteryScore;
    return success ?? (data.moveOn === "Passed" || data.moveOn === "CompletedAndPassed" ? true : null);
  }

  let gone = false;

  /** What is to be said last; nothing may come after it. */
  function terminate(): void {
    if (kept.over) return;
    if (failing && !kept.said.includes("passed")) {
      say({ verb: "failed", result: timed({ success: false, ...scored(failing.score) }), mastery: data.masteryScore });
    }
    kept.over = true;
    say({ verb: "terminated", result: timed() });
  }

  function close(asked = false): Outcome | Promise<Outcome> {
    if (!data || gone) return OK;
    if (asked) {
      return inTurn(async () => {
        terminate();
        return first([await deliver(), await put()]);
      });
    }
    gone = true;
    if (!settings.reloading()) terminate();
    return last();
  }

  /** Without waiting for anything: the save first, for statements can be made again from it. */
  function last(): Outcome {
    let room = LASTING;
    if (writes && wanted !== null && wanted !== held.save) {
      // One on its way makes that what we know of the LRS no longer holds; it is ours all the same.
      if (tried.length) held = { save: wanted, etag: "" };
      room -= wanted.length;
      void putting(wanted, true);
    }
    const body = JSON.stringify(kept.pending);
    if (kept.pending.length) void ask("statements", { method: "POST", body, leaving: new Blob([body]).size < room });
    return OK;
  }

  return {
    name: "cmi5",
    remote: true,
    sure: true,
    budget: course.limit,
    open,
    save,
    confirmed() {},
    record,
    report,
    close,
    home: () => data?.returnURL ?? null,
  };
}

function saveIn({ text }: Answer): string | null {
  const save = (read(text) as { save?: unknown } | null)?.save;
  // Cut short it is no JSON any more, and a save in part is better than none: nothing in one is ever escaped.
  return typeof save === "string" ? save : (/"save":\s*"([^"]+)/.exec(text)?.[1] ?? null);
}

/** What was told of this registration, for an LRS that does not say. */
function toldIn({ text }: Answer): string[] {
  const told = (read(text) as { told?: unknown } | null)?.told;
  return Array.isArray(told) ? told.filter((verb) => ONCE.includes(verb)) : [];
}

/** The address is this session's alone. */
const key = ({ fetch }: Launch): string => `waterlijn:session:${fetch}`;

function keptOf(store: Storage | null, launch: Launch): Kept | null {
  try {
    return read(store?.getItem(key(launch)) ?? null) as Kept | null;
  } catch {
    return null;
  }
}

function keep(store: Storage | null, launch: Launch, kept: Kept): void {
  try {
    store?.setItem(key(launch), JSON.stringify(kept));
  } catch {
    // A reload will then have to be a new launch.
  }
}

function first(outcomes: readonly Outcome[]): Outcome {
  return outcomes.find(({ ok }) => !ok) ?? OK;
}
