// The two ways out of the browser: the record (synchronous, or by beacon) and the log (in the background).
import type { LogEntry } from "./log.js";
import type { Outcome, Server } from "./runtime.js";
import type { Elements } from "./standard.js";

export interface Addresses {
  /** GET: the record as {"elements": {…}}. */
  readonly record: string;
  /** POST {"elements": {…}}: adds them to the record. Takes `&delay=` milliseconds. */
  readonly commit: string;
  /** POST [entry, …]: adds them to the log; an entry sent twice counts once. */
  readonly log: string;
}

/** Knows whether the page of the LMS is being left: browsers forbid synchronous requests then. */
export class Leaving {
  #leaving = false;

  constructor(page: Window) {
    page.addEventListener("pagehide", () => { this.#leaving = true; });
    page.addEventListener("pageshow", () => { this.#leaving = false; });
  }

  now(): boolean {
    return this.#leaving;
  }
}

/** `trustsBeacon`: a save that could only be handed to a beacon counts as "unknown" (not failed), as on real LMSs. */
export function httpServer(to: Addresses, leaving: Leaving, trustsBeacon: boolean): Server {
  const request = (method: string, url: string, body?: string): XMLHttpRequest | null => {
    try {
      const asked = new XMLHttpRequest();
      asked.open(method, url, false);
      asked.send(body);
      return asked;
    } catch {
      return null;
    }
  };
  return {
    load() {
      const answer = request("GET", to.record);
      if (answer?.status !== 200) return null;
      return (JSON.parse(answer.responseText) as { elements: Elements }).elements;
    },
    save(elements, delay): Outcome {
      const body = JSON.stringify({ elements });
      const url = delay > 0 ? `${to.commit}&delay=${delay}` : to.commit;
      const answer = leaving.now() ? null : request("POST", url, body);
      if (answer) return answer.status === 200 ? "stored" : "failed";
      // Sent blindly, whatever is said of it: it may be the last chance.
      const taken = navigator.sendBeacon(url, body);
      return taken && (leaving.now() || trustsBeacon) ? "unknown" : "failed";
    },
  };
}

/** Sends log entries to the server in small batches, keeps those that did not arrive, and loses none on leaving. */
export class LogPost {
  readonly #url: string;
  readonly #leaving: Leaving;
  #waiting: LogEntry[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, leaving: Leaving, page: Window) {
    this.#url = url;
    this.#leaving = leaving;
    page.addEventListener("pagehide", () => this.#beacon());
  }

  add(entry: LogEntry): void {
    this.#waiting.push(entry);
    if (this.#leaving.now()) this.#beacon();
    else this.#timer ??= setTimeout(() => void this.#send(), 0);
  }

  #beacon(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length > 0) navigator.sendBeacon(this.#url, JSON.stringify(batch));
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    const batch = this.#waiting.slice();
    try {
      const answer = await fetch(this.#url, { method: "POST", body: JSON.stringify(batch) });
      if (!answer.ok) return;
    } catch {
      return; // the entries wait for the next call
    }
    this.#waiting = this.#waiting.filter((entry) => !batch.includes(entry));
  }
}
