/**
 * Getting saves to where they belong: try, check, try again, and say how it stands.
 *
 * An LMS that says "stored" is believed only while the browser is on line and, on http(s), a file of the
 * package itself can be fetched anew: some LMSs say it of saves that never left the computer.
 */
import type { Environment } from "./environment.js";
import type { SaveState } from "./session-types.js";
import type { Outcome } from "./tracking/types.js";

/** Milliseconds before each next try; the last one repeats. */
const WAITS = [2000, 5000, 10000, 20000, 40000, 60000];

/** After so many tries without success it is called lost; trying goes on. */
const PATIENCE = 4;

export interface Saving {
  /** Send now. */
  save(): void;
  /** Send soon: saves of typing are put together. */
  soon(): void;
  /** Send what waits. */
  flush(): void;
  /** Something failed outside a save. */
  failed(): void;
  /** Whether everything was sent and confirmed. */
  settled(): boolean;
  state(): SaveState;
  /** No further tries unasked: the session is over. */
  stop(): void;
}

/**
 * `send` hands over a save made now (`again`: earlier ones may be lost); `arrived` hears when all is
 * confirmed; `tell` when the state changed. `doubtful`: whether "stored" may be said of what never arrived.
 */
export function saving(
  environment: Environment,
  doubtful: boolean,
  send: (again: boolean) => Outcome | Promise<Outcome>,
  arrived: () => void,
  tell: () => void,
): Saving {
  let state: SaveState = "saved";
  let attempt = 0;
  let failures = 0;
  /** Some save since the last confirmed one failed, or may have. */
  let unsure = false;
  let waiting: unknown = null;
  let typing: unknown = null;
  let stopped = false;

  const become = (next: SaveState): void => {
    if (state === next) return;
    state = next;
    tell();
  };
  const still = (): void => {
    environment.cancel(waiting);
    environment.cancel(typing);
    waiting = typing = null;
  };

  function save(): void {
    still();
    attempt += 1;
    const mine = attempt;
    const again = unsure;
    if (!again) become("saving");
    const outcome = send(again);
    if ("then" in outcome) void outcome.then((late) => sent(mine, again, late));
    else sent(mine, again, outcome);
  }

  function sent(mine: number, again: boolean, outcome: Outcome): void {
    if (!outcome.ok) return failed(outcome.why);
    if (!doubtful) return confirmed(mine, again);
    if (!environment.online()) return failed();
    if (!environment.probe) return confirmed(mine, again);
    void environment.probe().then((reached) => (reached ? confirmed(mine, again) : failed()));
  }

  function confirmed(mine: number, again: boolean): void {
    // An older save says nothing of a newer one; and after a failure only what was sent again counts.
    if (mine !== attempt || (unsure && !again)) return;
    unsure = false;
    failures = 0;
    arrived();
    if (!typing) become("saved");
  }

  function failed(why?: string): void {
    unsure = true;
    failures += 1;
    become(failures > PATIENCE || why === "lost" || why === "no-api" ? "lost" : "retrying");
    if (stopped || waiting || why === "other") return; // the learner decides what goes on
    waiting = environment.after(WAITS[Math.min(failures, WAITS.length) - 1]!, save);
  }

  environment.listen("online", () => unsure && !stopped && save());

  return {
    save,
    soon() {
      if (stopped) return;
      environment.cancel(typing);
      typing = environment.after(1500, save);
      if (!unsure) become("saving");
    },
    flush: () => void (typing && save()),
    failed: () => failed(),
    settled: () => state === "saved",
    state: () => state,
    stop() {
      still();
      stopped = true;
    },
  };
}
