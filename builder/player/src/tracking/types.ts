/** The seam between the player and whatever keeps its records: an LMS, this browser, or a test. */
import type { Interaction, Progress } from "../core-types.js";

/**
 * "refused": the LMS said no, or gave back something else than was stored. "lost": the session is over.
 * "no-api": there is nothing to talk to. "threw": the LMS's own code failed.
 */
export type Outcome = { ok: true } | { ok: false; why: "refused" | "lost" | "no-api" | "threw" };

export interface Opened {
  /** The save as it was stored last, null without one. */
  save: string | null;
  /** Only "normal" may be written to. */
  mode: "normal" | "review" | "browse";
  /** Null when unknown: then nothing of this learner is kept in the browser beside the LMS. */
  learner: { id: string; name: string } | null;
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
  /** Ends the session; a second call does nothing. `asked`: the learner chose to leave, and is still there. */
  close(asked?: boolean): Outcome;
}

export const OK: Outcome = { ok: true };
