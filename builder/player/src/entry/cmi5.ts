import { cmi5 } from "cmi5";
import { start } from "../start.js";

/** Milliseconds from a key to a page that goes because of it, at most. */
const SOON = 3000;

// No browser tells whether a page that goes will come back; but most reload with a key.
let reloads = -SOON;
addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
  if (key === "F5" || (key.toLowerCase() === "r" && (ctrlKey || metaKey))) reloads = performance.now();
});

start((course) =>
  cmi5(course, {
    fetch: (...asked) => fetch(...asked),
    search: location.search,
    store: storage(),
    now: () => Date.now(),
    uuid,
    wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    reloading: () => performance.now() - reloads < SOON,
  }),
);

function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** Version 4 (RFC 4122 §4.4). The browser's own is there only on https. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return [...bytes].map((byte, index) => ([4, 6, 8, 10].includes(index) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}
