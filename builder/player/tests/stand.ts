/** A browser and an LMS to stand in for the real ones: time, network and storage at the test's command. */
import type { Desk } from "../../lms/tests/desk.js";
import type { Environment } from "../src/environment.js";
import type { Session } from "../src/session-types.js";
import { open } from "../src/session.js";
import type { Course } from "../src/data.js";
import { scorm12 } from "../src/tracking/scorm12.js";
import type { Settings } from "../src/tracking/scorm.js";
import type { Tracking } from "../src/tracking/types.js";

export interface Stand extends Environment {
  online: () => boolean;
  /** Lets milliseconds pass; what was planned happens in order, also what asks the network. */
  pass(milliseconds: number): Promise<void>;
  /** Fires an event of the page. */
  fire(event: "online" | "hidden" | "leaving"): void;
  network: boolean;
  /** Where the page made place for. */
  went: string[];
  /** What localStorage holds. */
  kept: Map<string, string>;
}

/** Who listens to which name, by the browser they share; no window hears itself. */
const channels = new WeakMap<object, { name: string; act: () => void }[]>();

/** `kept`: the storage of an earlier window of the same browser; null blocks storage. */
export function stand(kept: Map<string, string> | null = new Map(), { probes = true } = {}): Stand {
  let now = 0;
  const timers = new Map<object, { at: number; act: () => void }>();
  const listeners: [string, () => void][] = [];
  const storage = {
    getItem: (key: string) => kept!.get(key) ?? null,
    setItem: (key: string, value: string) => void kept!.set(key, value),
    removeItem: (key: string) => void kept!.delete(key),
  } as Storage;
  const made: Stand = {
    network: true,
    went: [],
    kept: kept ?? new Map<string, string>(),
    now: () => now,
    seed: () => 3,
    online: () => made.network,
    probe: probes ? () => Promise.resolve(made.network) : null,
    storage: kept && storage,
    after(milliseconds, act) {
      const timer = {};
      timers.set(timer, { at: now + milliseconds, act });
      return timer;
    },
    call(name, act) {
      const others = channels.get(made.kept) ?? [];
      others.filter((each) => each.name === name).forEach((each) => each.act());
      channels.set(made.kept, [...others, { name, act }]);
    },
    go: (address) => void made.went.push(address),
    cancel: (timer) => void timers.delete(timer as object),
    listen: (event, act) => void listeners.push([event, act]),
    fire: (event) => listeners.filter(([name]) => name === event).forEach(([, act]) => act()),
    async pass(milliseconds) {
      const until = now + milliseconds;
      await settled();
      for (;;) {
        const next = [...timers].sort(([, a], [, b]) => a.at - b.at)[0];
        if (!next || next[1].at > until) break;
        timers.delete(next[0]);
        now = next[1].at;
        next[1].act();
        await settled();
      }
      now = until;
    },
  };
  return made;
}

/** Everything promised so far has come. */
export const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

/** A window with the API of `lms`, or the windows given. */
export function windowOf(lms: Desk | null): Window {
  const page = { opener: null } as Record<string, unknown>;
  page.parent = page.top = page;
  if (lms) page.API = apiOf(lms);
  return page as unknown as Window;
}

function apiOf(lms: Desk): Record<string, (...given: string[]) => string> {
  const calls = ["Initialize", "Finish", "GetValue", "SetValue", "Commit", "GetLastError"];
  return Object.fromEntries(calls.map((name) => [`LMS${name}`, (...given: string[]) => lms.call(name, ...given)]));
}

export function settings(more: Partial<Settings> = {}): Settings {
  let now = 0;
  return { limit: 4096, now: () => (now += 1250), time: () => "10:11:12", ...more };
}

export const track = (lms: Desk | null, more: Partial<Settings> = {}): Tracking => scorm12(windowOf(lms), settings(more));

/** A launch of the course on this LMS in this browser. */
export function launch(course: Course, lms: Desk | null, browser: Stand, more: Partial<Settings> = {}): Promise<Session> {
  return open(course, () => track(lms, more), browser);
}
