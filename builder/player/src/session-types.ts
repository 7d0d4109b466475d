/** What the shell (session.ts) offers the views: the whole surface between them. */
import type { Course } from "./data.js";
import type { Action, Command, State } from "./core-types.js";

/**
 * "saved": confirmed as far as a package can know. "saving": under way. "retrying": no connection or
 * refused, another try is planned. "lost": the LMS cannot be reached any more in this window, or refused too
 * often; trying goes on where it can, the learner is told to keep the window open or copy what matters.
 * "off": nothing is written (review or browse mode, or a save of a newer player).
 */
export type SaveState = "saved" | "saving" | "retrying" | "lost" | "off";

/** Where the history goes: the LMS, this browser (`local`), or nowhere but the window (storage blocked). */
export type Where = "lms" | "device" | "memory";

/**
 * A question to put before anything else.
 * "shared": stand-alone, something is kept here: go on with it (accept) or wipe it (decline).
 * "ahead": this device holds a later history than the LMS: take it (accept) or drop it (decline).
 * "newer": the save is of a newer player: look around without saving (accept) or start anew, which
 * overwrites it (decline; ask twice).
 * "other": while one played, another window saved: go on from there (accept) or from here (decline). Answers of both stay.
 */
export type SessionOffer = { kind: "shared" | "ahead" | "newer" | "other" };

/** What happened, in the order it should be shown. */
export type SessionEvent =
  /** The state changed; `commands` holds only "focus" and "announce". Draw first, then carry them out. */
  | { on: "state"; commands: Command[] }
  | { on: "save"; save: SaveState }
  /** An offer came, or was answered. */
  | { on: "offer" }
  /** The course was opened in another window of this browser and goes on there: this session is closed. */
  | { on: "elsewhere" }
  /** An answer for the LMS did not fit and was not taken: offer the device. */
  | { on: "no-room"; reflection: string; text: string };

export interface Session {
  readonly course: Course;
  /** "review" and "browse": everything plays, nothing is written. "over": see `Opened` (tracking/types.ts). Say so. */
  readonly mode: "normal" | "review" | "browse" | "over";
  readonly where: Where;
  /** The LMS held the course as completed or passed when this began. */
  readonly complete: boolean;
  /** An LMS was meant but not found: the learner plays on the device and must be told. */
  readonly missing: boolean;
  readonly learner: string | null;
  /** Whether this browser can keep answers (storage not blocked, learner known). */
  readonly device: boolean;
  /** Put this before all else while it is not null. */
  offer(): SessionOffer | null;
  acceptOffer(): void;
  declineOffer(): void;
  state(): State;
  /**
   * Do an action, save, and tell the subscribers. False when it was refused: an action that is not
   * possible now, or an answer for which there is no room (the event "no-room" tells). May be called at every keystroke: saves of
   * typing are put together; any other action, blur (call `flush`) and leaving send them at once.
   */
  dispatch(action: Action): boolean;
  /** Save now what is still waiting (on blur). */
  flush(): void;
  saveState(): SaveState;
  /** Try again now; after `close` to close. */
  retry(): void;
  /** How many characters of ordinary text still fit in the LMS, roughly (see `room` in save.ts). */
  room(): number;
  /** Whether this answer would fit where it would be kept. */
  fits(reflection: string, text: string): boolean;
  /** Keys of answers that should be in the LMS but no longer fit (the course grew): offer the device. */
  unplaced(): string[];
  /** Forget everything this browser holds of this learner and course: answers, history, save. */
  wipe(): void;
  /** Milliseconds since 1970, UTC: for what is downloaded. */
  now(): number;
  /**
   * Save, finish with the LMS; nothing can be written afterwards. For the button "Sluiten". The save state goes on telling
   * how it went; where the LMS wants the learner elsewhere, the page goes there once all arrived.
   */
  close(): void;
  /** Returns the way to stop listening. */
  subscribe(listener: (event: SessionEvent) => void): () => void;
}
