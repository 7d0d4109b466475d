/** The seam between the player and whatever keeps its records: an LMS, this browser, or a test. */
import type { Interaction, Progress } from "../core-types.js";

/**
 * "refused": the LMS said no, or gave back something else than was stored. "lost": the session is over.
 * "no-api": there is nothing to talk to. "threw": the LMS's own code failed. "other": another window saved since; nothing was written over.
 */
export type Outcome = { ok: true } | { ok: false; why: "refused" | "lost" | "no-api" | "threw" } | { ok: false; why: "other"; save: string };

export interface Opened {
  /** The save as it was stored last, null without one. */
  save: string | null;
  /**
   * In "review" and "browse" nothing may be written. "over": the LMS was told that this session is closed, and a page of it
   * came back: what is saved may still be kept, and counts from the next session on.
   */
  mode: "normal" | "review" | "browse" | "over";
  /** The LMS's identifier of the learner; a name is never asked for. Null when unknown: then nothing of them is kept in the browser. */
  learner: string | null;
  /** The LMS already holds this course as completed or passed: there is nothing better to tell. */
  complete: boolean;
  /** Whether what must be written at the start was stored. */
  outcome: Outcome;
}

/**
 * Calls that can be made synchronously are: on `pagehide` nothing later runs. None of them throws.
 * `record` and `report` only hand over; what they brought is stored with the next `save`.
 */
export interface Tracking {
  readonly name: string;
  /** Whether an LMS is at the other end, with a network between. */
  readonly remote: boolean;
  /** A save that is said to be stored has been read back from there: it need not be doubted. */
  readonly sure?: true;
  /** Characters a save may have. */
  readonly budget: number;
  /** Once ever. Null when there is nothing to talk to. */
  open(): Opened | null | Promise<Opened | null>;
  /**
   * `place`: short ASCII code of where the learner is. `again`: an earlier save failed, or may not have
   * arrived: what came since the last `confirmed` must be sent once more.
   */
  save(text: string, place: string, again: boolean): Outcome | Promise<Outcome>;
  /** Everything saved so far arrived, as far as one can know. */
  confirmed(): void;
  record(interaction: Interaction): Outcome;
  report(progress: Progress): Outcome;
  /**
   * Ends the session. `asked`: the learner chose to leave, and is still there; else the page goes, and nothing can be waited for.
   * A second call does nothing, unless the first did not arrive.
   */
  close(asked?: boolean): Outcome | Promise<Outcome>;
  /** Where the LMS wants the learner to go when the session is closed; null or absent: nowhere. */
  home?(): string | null;
}

export const OK: Outcome = { ok: true };
