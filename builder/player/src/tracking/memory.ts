/** Keeps records in the window only: for tests, and where a browser stores nothing. */
import type { Interaction, Progress } from "../core-types.js";
import { OK, type Opened, type Tracking } from "./types.js";

export interface Memory extends Tracking {
  /** What was handed over so far. */
  held: { save: string | null; interactions: Interaction[]; progress: Progress | null; closed: boolean };
}

/** `save`: what is found on opening. */
export function memory(save: string | null = null, budget = 64000): Memory {
  const held: Memory["held"] = { save, interactions: [], progress: null, closed: false };
  return {
    name: "memory",
    remote: false,
    budget,
    held,
    open: (): Opened => ({ save: held.save, mode: "normal", learner: null, complete: false, outcome: OK }),
    save(text) {
      held.save = text;
      return OK;
    },
    confirmed() {},
    record(interaction) {
      held.interactions.push(interaction);
      return OK;
    },
    report(progress) {
      held.progress = progress;
      return OK;
    },
    close() {
      held.closed = true;
      return OK;
    },
  };
}
