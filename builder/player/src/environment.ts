/** What the shell needs of the browser around it, so that tests can stand in for it. */

export interface Environment {
  /** Any whole number from 0 to 2^32 - 1. */
  seed(): number;
  /** Milliseconds since 1970, UTC. */
  now(): number;
  online(): boolean;
  /** Whether a file of the package can be fetched now, uncached; null where nothing is fetched (file:). */
  probe: (() => Promise<boolean>) | null;
  /** Null where the browser keeps nothing. */
  storage: Storage | null;
  after(milliseconds: number, act: () => void): unknown;
  /** Makes place for another page. */
  go(address: string): void;
  /** Calls all windows of this browser that heard of this name before; acts when a later one calls. Nothing is kept of it. */
  call(name: string, act: () => void): void;
  /** Calls off what `after` gave; does nothing for null. */
  cancel(timer: unknown): void;
  /** "hidden": the page may be thrown away from here on. "leaving": it is. */
  listen(event: "online" | "hidden" | "leaving", act: () => void): void;
}

/** A file is fetched within this many milliseconds, or counts as out of reach. */
const PATIENCE = 15000;

/** The browser's own. `script`: address of the player's script, the file that is asked for. */
export function browser(script: string): Environment {
  return {
    seed: () => crypto.getRandomValues(new Uint32Array(1))[0]!,
    now: () => Date.now(),
    online: () => navigator.onLine,
    probe: /^https?:/.test(script) ? () => reachable(script) : null,
    storage: storage(),
    after: (milliseconds, act) => setTimeout(act, milliseconds),
    call(name, act) {
      if (!window.BroadcastChannel) return;
      const channel = new BroadcastChannel(name);
      channel.onmessage = act;
      channel.postMessage(0);
    },
    go: (address) => location.assign(address),
    cancel: (timer) => clearTimeout(timer as number),
    listen(event, act) {
      if (event === "online") addEventListener("online", act);
      // Never unload or beforeunload: browsers are taking them away.
      else if (event === "leaving") addEventListener("pagehide", act);
      else document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && act());
    },
  };
}

function reachable(script: string): Promise<boolean> {
  const late = new Promise<boolean>((answer) => setTimeout(() => answer(false), PATIENCE));
  // Any answer will do, also an error of the server: something at the other end heard us.
  const asked = fetch(script, { method: "HEAD", cache: "no-store" }).then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]);
}

/** Even asking for it may throw, where a browser blocks it. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
