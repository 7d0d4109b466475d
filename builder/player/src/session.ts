/** The shell: carries out what the core asks for, between the views, the tracking and this browser. */
import { answersAt, placeOf, progress, start, step } from "./core.js";
import type { Action, Answer, Command, State } from "./core-types.js";
import type { Course } from "./data.js";
import { device, type Device } from "./device.js";
import type { Environment } from "./environment.js";
import { isAnswer, wellFormed } from "./core/answers.js";
import { encode, fits, placeCode, restore, room, unplaced } from "./save.js";
import { saving } from "./saving.js";
import type { SaveState, Session, SessionEvent, SessionOffer, Where } from "./session-types.js";
import { local } from "./tracking/local.js";
import type { Opened, Outcome, Tracking } from "./tracking/types.js";

/** Ordinary Dutch needs at most this part of its length in a save, in texts of some length. */
const PACKED = 0.75;

/**
 * Open a session. Without an LMS to talk to, it goes on in this browser, and `missing` says so.
 *
 * `tracking` gets the place on this device where a stand-alone save goes.
 */
export async function open(
  course: Course,
  tracking: (device: Device) => Tracking,
  environment: Environment,
): Promise<Session> {
  const alone = device(course, null, environment.storage);
  let track = tracking(alone);
  let opened = await track.open();
  const missing = opened === null;
  if (opened === null) {
    track = local(alone, course.limit);
    opened = (await track.open()) as Opened;
  }
  return session(course, track, opened, missing, alone, environment);
}

function session(
  course: Course,
  track: Tracking,
  opened: Opened,
  missing: boolean,
  alone: Device,
  environment: Environment,
): Session {
  const { mode, learner } = opened;
  const inLms = track.remote;
  // An LMS that does not say who is there: nothing is kept in a browser others may use.
  const own = !inLms ? alone : device(course, learner, learner ? environment.storage : null);
  const where: Where = inLms ? "lms" : track.name === "local" && own.works ? "device" : "memory";
  const listeners = new Set<(event: SessionEvent) => void>();
  const tell = (event: SessionEvent): void => listeners.forEach((listener) => listener(event));

  const found = restore(course, opened.save, environment.seed());
  let { state, counter } = found;
  let offer: SessionOffer | null = null;
  let readOnly = mode === "review" || mode === "browse";
  let closed = false;
  /** What another window saved meanwhile. */
  let elsewhere: string | null = null;

  const saver = saving(environment, inLms && !track.sure, send, arrived, () => tell({ on: "save", save: saveState() }));
  const writable = (): boolean => !readOnly && !closed && offer === null;
  const saveState = (): SaveState => (readOnly ? "off" : saver.state());

  function send(again: boolean): Outcome | Promise<Outcome> {
    if (elsewhere !== null) return { ok: false, why: "other", save: elsewhere };
    counter += 1;
    let text: string;
    try {
      // The history alone first: should the LMS miss this save, it is offered here the next time.
      if (inLms) own.write("history", encode(course, state, counter, track.budget, { texts: false }));
      text = encode(course, state, counter, track.budget);
    } catch (error) {
      console.error(error); // our own mistake: the bound is proven by the builder
      return { ok: false, why: "threw" };
    }
    const outcome = track.save(text, placeCode(course, state.place), again);
    return "then" in outcome ? outcome.then(seen) : outcome;
  }

  function seen(outcome: Outcome): Outcome {
    if (!outcome.ok && outcome.why === "other") {
      elsewhere = outcome.save;
      offer = { kind: restore(course, elsewhere, 0).newer ? "newer" : "other" };
      tell({ on: "offer" });
    }
    return outcome;
  }

  function arrived(): void {
    track.confirmed();
    if (inLms) own.write("history", null);
  }

  const save = (): void => void (writable() && saver.save());

  function become(next: State, commands: Command[]): void {
    state = next;
    tell({ on: "state", commands });
  }

  function dispatch(action: Action): boolean {
    const before = state;
    const { state: after, commands } = step(course, state, action);
    if (after === before) return false;
    if (action.do === "answer" && crowds(after, action.reflection)) {
      tell({ on: "no-room", reflection: action.reflection, text: action.text });
      return false;
    }
    become(action.do === "keep" ? stayed(before, after) : after, commands.filter(({ order }) => order === "focus" || order === "announce"));
    if (!writable()) return true;
    keepAnswers();
    for (const command of commands) {
      if (command.order === "record") track.record(command.interaction);
      if (command.order === "report") track.report(command.progress);
      if (command.order === "save") action.do === "answer" ? saver.soon() : saver.save();
    }
    return true;
  }

  /** Whether an answer for the LMS makes the texts too long for it. One that makes them shorter never does. */
  function crowds(after: State, reflection: string): boolean {
    if (course.reflections[reflection]?.kind !== "open" || placeOf(course, after, reflection) !== "lms") return false;
    if (fits(course, after, track.budget)) return false;
    return room(course, after, track.budget) < room(course, state, track.budget) || state.answers[reflection] === undefined;
  }

  /** When the learner widens the place to the LMS, what does not fit there stays on the device if it was there. */
  function stayed(before: State, after: State): State {
    const answers = { ...after.answers };
    for (const key of unplaced(course, after, track.budget)) {
      if (placeOf(course, before, key) === "device") answers[key] = { ...answers[key]!, keep: "device" };
    }
    return { ...after, answers };
  }

  function keepAnswers(): void {
    const kept = answersAt(course, state, "device").map((key): [string, Answer] => [key, state.answers[key]!]);
    const text = kept.length ? JSON.stringify({ keep: state.keep, answers: Object.fromEntries(kept) }) : null;
    if (text !== own.read("answers")) own.write("answers", text);
  }

  function withOwnAnswers(to: State): State {
    const { keep, answers } = readAnswers(course, own.read("answers"));
    // What was kept here was kept by choice; a save without that choice is a damaged or lost one.
    return { ...to, keep: to.keep ?? keep, answers: { ...answers, ...to.answers } };
  }

  function ahead(): boolean {
    const history = own.read("history");
    if (!history) return false;
    if (restore(course, history, 0).counter > counter) return true;
    own.write("history", null);
    return false;
  }

  function answerOffer(): void {
    offer = elsewhere = null;
    tell({ on: "offer" });
  }

  /** Two windows become one: the choices of the other, or if one wants to `stay` those of this one; and the answers of both. */
  function join(stay: boolean): void {
    const other = restore(course, elsewhere, state.seed);
    const [one, two] = stay ? [state, other.state] : [other.state, state];
    const added = Object.keys(two.answers).map((key): [string, Answer] => [key, { ...two.answers[key]!, keep: placeOf(course, two, key) }]);
    counter = Math.max(counter, other.counter);
    state = { ...one, keep: one.keep ?? two.keep, answers: { ...Object.fromEntries(added), ...one.answers } };
    keepAnswers();
  }

  function wipe(): void {
    // Also what was kept where no LMS was found: whose that is, nobody can tell any more.
    for (const what of ["answers", "history", "save"] as const) for (const place of [own, alone]) place.write(what, null);
    const answers = Object.fromEntries(Object.entries(state.answers).filter(([key]) => placeOf(course, state, key) !== "device"));
    if (!inLms) counter = 0;
    become(inLms ? { ...state, answers } : start(environment.seed()), [{ order: "focus" }]);
  }

  function leave(asked: boolean): void {
    // Also when it is asked again, after a way out that failed.
    if (!readOnly && offer === null && !saver.settled()) saver.save();
    closed = true;
    saver.stop();
    const outcome = track.close(asked);
    if (asked) "then" in outcome ? void outcome.then(left) : left(outcome);
  }

  function left({ ok }: Outcome): void {
    const home = track.home?.();
    if (!ok) saver.failed();
    else if (home) environment.go(home);
  }

  if (found.newer) offer = { kind: "newer" };
  else if (!inLms && (opened.save || own.read("answers"))) offer = { kind: "shared" };
  else if (inLms && !readOnly && ahead()) offer = { kind: "ahead" };
  state = withOwnAnswers(state);
  if (writable()) {
    const reached = progress(course, state);
    // Told before, but all of it or a part may never have arrived.
    if (reached.complete) track.report(reached);
    if (reached.complete && !opened.complete) saver.save();
    else if (!opened.outcome.ok) saver.failed();
  }
  if (!readOnly) {
    // Two windows would write over one another's save, and some LMSs send all they know, also what is old: the newest goes on.
    environment.call(own.name, () => {
      leave(false);
      tell({ on: "elsewhere" });
    });
  }
  environment.listen("hidden", () => (inLms ? save() : saver.flush()));
  environment.listen("leaving", () => leave(false));

  return {
    course,
    mode,
    where,
    complete: opened.complete,
    missing,
    learner,
    device: own.works,
    offer: () => offer,
    acceptOffer() {
      const kind = offer?.kind;
      if (kind === "newer") readOnly = true;
      if (kind === "ahead") {
        const taken = restore(course, own.read("history"), state.seed);
        const { keep, answers, leftover } = state;
        counter = taken.counter;
        state = { ...taken.state, keep: taken.state.keep ?? keep, answers, leftover };
      }
      if (kind === "other") join(false);
      answerOffer();
      if (kind === "ahead" || kind === "other") {
        const reached = progress(course, state);
        if (reached.complete) track.report(reached);
        save();
      }
    },
    declineOffer() {
      const kind = offer?.kind;
      if (kind === "ahead") own.write("history", null);
      if (kind === "shared") wipe();
      if (kind === "newer") state = start(environment.seed());
      if (kind === "other") join(true);
      answerOffer();
      if (kind === "newer" || kind === "other") save();
    },
    state: () => state,
    dispatch,
    flush: () => saver.flush(),
    saveState,
    retry: () => (closed ? leave(true) : save()),
    room: () => Math.max(0, Math.floor(room(course, state, track.budget) / PACKED)),
    fits(reflection, text) {
      const after = step(course, state, { do: "answer", reflection, text: wellFormed(text) }).state;
      return !crowds(after, reflection);
    },
    unplaced: () => unplaced(course, state, track.budget),
    wipe,
    now: environment.now,
    close: () => leave(true),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Answers as this browser kept them: hostile until checked, since anything may have written there. */
function readAnswers(course: Course, text: string | null): Pick<State, "keep" | "answers"> {
  const answers: State["answers"] = {};
  try {
    const read = JSON.parse(text ?? "{}") as { keep?: unknown; answers?: Record<string, { text?: unknown; keep?: unknown }> };
    for (const key of Object.keys(course.reflections)) {
      const one = read.answers?.[key];
      if (typeof one?.text === "string" && isAnswer(course, key, one.text)) answers[key] = { text: wellFormed(one.text), keep: one.keep === "device" ? "device" : "lms" };
    }
    return { keep: Object.keys(answers).length ? "device" : null, answers };
  } catch {
    return { keep: null, answers: {} };
  }
}
